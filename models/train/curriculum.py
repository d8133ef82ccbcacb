"""What is learnt when: eyes and tongue apart at first, plain and few before rich and many, all kinds of talk from the start."""

import math

from train import drawing, variety
from train.dialogues import many, plain_talk, text_first, two_pictures
from train.model import MERGED

APART = 0.25  # of the training, in which one worker learns to see and the other to speak
SMALLEST, LARGEST = 13_000, 16_500  # pixels that a picture is scaled to
SHAPES_OF_PICTURES = [((1, 1), 6), ((4, 3), 2), ((3, 4), 1), ((3, 2), 1), ((5, 4), 0.7), ((16, 9), 0.7), ((9, 16), 0.4)]
COUNTS = [(0.3, 8, 2, 0.5, 0, 0), (0.5, 3, 3, 3, 1.2, 1.2)]  # weights of 0 to 5 things, at first and at last
GROUNDS = [(8, 2, 0.3, 0.3), (5, 2, 1, 3)]  # weights of drawing.BACKGROUNDS, likewise
PLAIN = 0.05  # of the training, until which the eyes see dark things on white; then ever fewer of them
FULL_FROM = 0.15  # of the training, when all that is to be learnt is there
PRINTED = 0.42  # part of the pictures
SOUP = 0.75  # part of the pictures that the eyes alone learn from of which nothing could be asked: full of shapes and letters
HALVES = 1.04  # of half a token's width lie between two letters there, or more
COMPARING_FROM = 0.42  # of the training, when those that compare become more
QUESTIONS = 7  # about a picture, in one go


def rate_at(progress, step, warm_up=60):
    return min(1, (step + 1) / warm_up) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


def grid_for(width, height):
    """Rows and columns of tokens that a reader makes of a large picture when it scales down to LARGEST pixels."""
    scale = math.sqrt(LARGEST / (width * height))
    return max(1, int(height * scale / MERGED)), max(1, int(width * scale / MERGED))


def some_grid(chance):
    """Proportions and grid for the pictures of one step."""
    shapes, weights = zip(*SHAPES_OF_PICTURES)
    proportions = chance.choices(shapes, weights)[0]
    return proportions, grid_for(*proportions)


def some_scenes(chance, number, progress, proportions, grid):
    """Pictures to ask about."""
    return [_scene(chance, progress, _size(chance, proportions, grid)) for _ in range(number)]


def imagined_scenes(chance, number, progress, grid):
    """The same for those who do not look at them."""
    size = (grid[1] * MERGED, grid[0] * MERGED)
    return [_scene(chance, progress, size, "plain") for _ in range(number)]


def scenes_to_see(chance, number, progress, proportions, grid):
    """Pictures for the eyes alone."""
    return [_sight(chance, progress, proportions, grid) for _ in range(number)]


def _sight(chance, progress, proportions, grid):
    size = _size(chance, proportions, grid)
    least = HALVES * size[0] / grid[1] / 2
    if chance.random() < (FULL_FROM - progress) / (FULL_FROM - PLAIN):
        return drawing.some_plain_soup(chance, size, variety.some_face, least)
    if chance.random() < SOUP:
        return drawing.some_soup(chance, _canvas(chance, progress, size), variety.some_face, least)
    return _scene(chance, progress, size)


def _size(chance, proportions, grid):
    """Of a picture with these proportions, as large as read or larger."""
    side = chance.choice([1.0, 1.25, 1.5, 2.0, 2.5]) * math.sqrt(grid[0] * grid[1]) * MERGED
    scale = side / math.sqrt(proportions[0] * proportions[1])
    return round(proportions[0] * scale), round(proportions[1] * scale)


def _scene(chance, progress, size, ground=None):
    canvas = _canvas(chance, progress, size, ground)
    if chance.random() < PRINTED:
        return drawing.some_print(chance, canvas, variety.some_face(chance))
    return drawing.some_scene(chance, canvas, chance.choices(range(6), _weights(COUNTS, progress))[0])


def _canvas(chance, progress, size, ground=None):
    ground = ground or chance.choices(drawing.BACKGROUNDS, _weights(GROUNDS, progress))[0]
    if ground == "photo":
        return variety.some_photograph(chance, size)
    return drawing.some_background(chance, ground, size)


def _weights(ends, progress):
    share = min(1.0, progress / FULL_FROM)
    return [first + (last - first) * share for first, last in zip(*ends)]


def some_rows(chance, scenes, progress):
    """Rows of one kind about the pictures."""
    kind, pictures = chance.random(), list(enumerate(scenes))
    if kind < 0.06:
        return [plain_talk(chance) for _ in range(3 * len(scenes))]
    if kind < 0.13:
        pairs = list(zip(pictures[::2], pictures[1::2]))
        return [two_pictures(chance, (i, j), (one, other)) for (i, one), (j, other) in pairs + [p[::-1] for p in pairs]]
    if kind < 0.45:
        return [text_first(chance, i, scene) for i, scene in pictures for _ in range(3)]
    return [many(chance, i, scene, QUESTIONS, progress >= COMPARING_FROM) for i, scene in pictures]
