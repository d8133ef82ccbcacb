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
    speaking: bool = True
    talk: float = 0.0  # part of the batches without pictures
    pairs: float = 0.0  # part of the batches with two pictures a dialogue
    areas: tuple = (112,)  # pictures are scaled to about the square of one of these


STAGES = [
    Stage(0.06, (0, 1, 0), (8, 2, 0, 0), speaking=False),
    Stage(0.20, (0.3, 8, 2), (4, 2, 2, 2), speaking=False),
    Stage(0.45, (0.4, 9, 1.5), (4, 2, 2, 2), talk=0.08, pairs=0.04),
    Stage(0.75, (0.4, 8, 3), (3, 2, 2, 3), talk=0.08, pairs=0.1, areas=(112, 112, 140)),
    Stage(1.01, (0.4, 8, 3), (3, 2, 2, 3), talk=0.08, pairs=0.1, areas=(112, 140)),
]
SHAPES_OF_PICTURES = [(1, 1), (1, 1), (1, 1), (4, 3), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16)]


def stage_at(progress):
    return next(stage for stage in STAGES if progress < stage.until)


def grid_for(width, height, area):
    """Rows and columns of tokens that a reader makes of a picture when it scales to about area² pixels."""
    scale = area / math.sqrt(width * height)
    return max(1, round(height * scale / MERGED)), max(1, round(width * scale / MERGED))


def rate_at(progress, step, top, warm_up=150):
    return top * min(1, (step + 1) / warm_up) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


def some_dialogues(chance, stage, size):
    """`size` pictures' worth of dialogues, all for one grid."""
    kind = chance.random()
    if stage.speaking and kind < stage.talk:
        return [plain_talk(chance) for _ in range(size)], (1, 1)
    proportions = chance.choice(SHAPES_OF_PICTURES)
    grid = grid_for(*proportions, chance.choice(stage.areas))
    scenes = [a_scene(chance, stage, proportions, grid) for _ in range(size)]
    if stage.speaking and kind < stage.talk + stage.pairs:
        return [two_pictures(chance, list(pair)) for pair in zip(scenes[::2], scenes[1::2])], grid
    return [one_picture(chance, scene) for scene in scenes], grid


def a_scene(chance, stage, proportions, grid) -> Scene:
    area = chance.choice([1.0, 1.0, 1.5, 2.0, 2.5]) * math.sqrt(grid[0] * grid[1]) * MERGED
    scale = area / math.sqrt(proportions[0] * proportions[1])
    size = (round(proportions[0] * scale), round(proportions[1] * scale))
    count = chance.choices([0, 1, 2], stage.counts)[0]
    return some_scene(chance, size, count, chance.choices(BACKGROUNDS, stage.backgrounds)[0])
