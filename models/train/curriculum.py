"""What is learnt when: eyes and tongue apart at first, few things before many, all kinds of talk from the start."""

import math

from train import drawing
from train.dialogues import many, plain_talk, text_first, two_pictures
from train.model import MERGED

APART = 0.25  # of the training, in which one worker learns to see and the other to speak
SMALLEST, LARGEST = 13_000, 16_500  # pixels that a picture is scaled to
SHAPES_OF_PICTURES = [((1, 1), 6), ((4, 3), 2), ((3, 4), 1), ((3, 2), 1), ((5, 4), 0.7), ((16, 9), 0.7), ((9, 16), 0.4)]
COUNTS = [(0.3, 8, 2, 0.5, 0, 0), (0.5, 3, 3, 3, 1.2, 1.2)]  # weights of 0 to 5 things, at first and at last
GROUNDS = [(8, 2, 0.3, 0.3), (5, 2, 1, 2)]  # weights of drawing.BACKGROUNDS, likewise
FULL_FROM = 0.1  # of the training
PRINTED = 0.42  # part of the pictures
SOUP = 0.75  # part of the pictures of which nothing is asked: many shapes and letters, for the eyes alone
QUESTIONS = 7  # about a picture, in one go


def rate_at(progress, step, warm_up=60):
    return min(1, (step + 1) / warm_up) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


def grid_for(width, height):
    """Rows and columns of tokens that a reader makes of a large picture when it scales down to LARGEST pixels."""
    scale = math.sqrt(LARGEST / (width * height))
    return max(1, int(height * scale / MERGED)), max(1, int(width * scale / MERGED))


def some_scenes(chance, number, progress, plain=False, soup=0.0):
    """`number` pictures, all for one grid. `plain`: for those who do not look at them; `soup`: part that nobody asks about."""
    shapes, weights = zip(*SHAPES_OF_PICTURES)
    proportions = chance.choices(shapes, weights)[0]
    grid = grid_for(*proportions)
    return [_scene(chance, progress, proportions, grid, plain, soup) for _ in range(number)], grid


def _scene(chance, progress, proportions, grid, plain, soup):
    share = min(1.0, progress / FULL_FROM)
    counts, grounds = (_between(*ends, share) for ends in (COUNTS, GROUNDS))
    side = (1.0 if plain else chance.choice([1.0, 1.25, 1.5, 2.0, 2.5])) * math.sqrt(grid[0] * grid[1]) * MERGED
    scale = side / math.sqrt(proportions[0] * proportions[1])
    size = (round(proportions[0] * scale), round(proportions[1] * scale))
    ground = "plain" if plain else chance.choices(drawing.BACKGROUNDS, grounds)[0]
    if chance.random() < soup:
        return drawing.some_soup(chance, size, ground)
    if chance.random() < PRINTED:
        return drawing.some_print(chance, size, ground)
    return drawing.some_scene(chance, size, chance.choices(range(6), counts)[0], ground)


def _between(first, last, share):
    return [a + (b - a) * share for a, b in zip(first, last)]


def some_rows(chance, scenes):
    """Rows of one kind about the pictures."""
    kind, pictures = chance.random(), list(enumerate(scenes))
    if kind < 0.06:
        return [plain_talk(chance) for _ in range(3 * len(scenes))]
    if kind < 0.13:
        pairs = list(zip(pictures[::2], pictures[1::2]))
        return [two_pictures(chance, (i, j), (one, other)) for (i, one), (j, other) in pairs + [p[::-1] for p in pairs]]
    if kind < 0.3:
        return [text_first(chance, i, scene) for i, scene in pictures for _ in range(3)]
    return [many(chance, i, scene, QUESTIONS) for i, scene in pictures]
