"""What is learnt when: seeing first, then speaking; one thing on a plain ground first, then all the rest."""

import math
from dataclasses import dataclass

from train.dialogues import one_picture, plain_talk, two_pictures
from train.drawing import BACKGROUNDS, Scene, some_scene
from train.encoding import MERGED


@dataclass(frozen=True)
class Stage:
    until: float  # part of the whole training
    counts: tuple  # weights of 0, 1, 2 things
    backgrounds: tuple  # weights of BACKGROUNDS
    speaking: float  # part of the steps that train the language model too
    talk: float = 0.06  # part of those without pictures
    pairs: float = 0.04  # part of those with two pictures a dialogue


STAGES = [
    Stage(0.06, (0, 1, 0), (8, 2, 0, 0), speaking=0),
    Stage(0.25, (0.3, 9, 1), (5, 2, 1, 2), speaking=0),
    Stage(0.75, (0.4, 9, 1), (5, 2, 1, 2), speaking=0.5),
    Stage(1.01, (0.5, 10, 0), (6, 1.5, 0.5, 2.5), speaking=0.6, pairs=0.03),
]
AREA = 112  # pictures are scaled to the square of this, at most
SHAPES_OF_PICTURES = [(1, 1), (1, 1), (1, 1), (4, 3), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16)]


def stage_at(progress):
    return next(stage for stage in STAGES if progress < stage.until)


def grid_for(width, height, area):
    """Rows and columns of tokens that a reader makes of a large picture when it scales down to area² pixels at most."""
    scale = area / math.sqrt(width * height) + 1e-9
    return max(1, int(height * scale / MERGED)), max(1, int(width * scale / MERGED))


def rate_at(progress, step, top, warm_up=150):
    return top * min(1, (step + 1) / warm_up) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


def some_scenes(chance, stage, size):
    """`size` pictures, all for one grid."""
    proportions = chance.choice(SHAPES_OF_PICTURES)
    grid = grid_for(*proportions, AREA)
    return [a_scene(chance, stage, proportions, grid) for _ in range(size)], grid


def some_dialogues(chance, stage, size):
    """`size` pictures' worth of dialogues."""
    kind = chance.random()
    if kind < stage.talk:
        return [plain_talk(chance) for _ in range(size)], (1, 1)
    scenes, grid = some_scenes(chance, stage, size)
    if kind < stage.talk + stage.pairs:
        return [two_pictures(chance, list(pair)) for pair in zip(scenes[::2], scenes[1::2])], grid
    return [one_picture(chance, scene) for scene in scenes], grid


def a_scene(chance, stage, proportions, grid) -> Scene:
    area = chance.choice([1.0, 1.0, 1.5, 2.0, 2.5]) * math.sqrt(grid[0] * grid[1]) * MERGED
    scale = area / math.sqrt(proportions[0] * proportions[1])
    size = (round(proportions[0] * scale), round(proportions[1] * scale))
    count = chance.choices([0, 1, 2], stage.counts)[0]
    return some_scene(chance, size, count, chance.choices(BACKGROUNDS, stage.backgrounds)[0])
