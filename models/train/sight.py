"""What a picture's tokens are taught to tell, each of the thing or the letters that it covers.

The first `WIDTH` values of a token that the eyes give stand for one fact each: near one where it holds, near zero
where it does not. The language model learns from such values made of the facts themselves while the eyes still
learn to give them, and so both can start at once. What the eyes cannot know, since they see one picture at a time
(`ADDED`), the language model is taught to add, in the next values of the same tokens.
"""

import torch
from torch.nn import functional as F

from train import spoken
from train.world import COLOURS, DIGITS, LETTERS, MOST_LETTERS, MOST_THINGS, SHAPES

GLYPHS = DIGITS + LETTERS
KINDS = ["shapes", "number", "word"]
GROUPS = {
    "kind": len(KINDS),  # of the whole picture
    "count": MOST_THINGS + 1,  # things or letters in the whole picture
    "shape": len(SHAPES),
    "colour": len(COLOURS),
    "centre": 1,  # whether the thing's centre lies in this token
    "left": len(GLYPHS),  # letter in the token's left half
    "right": len(GLYPHS),
    "left letter": 1,  # whether there is one
    "right letter": 1,
    "left index": MOST_LETTERS,  # of the letter in its row
    "right index": MOST_LETTERS,
    "across": 3,  # third of the picture, from left to right, in which the thing is whose centre lies in this token
    "down": 3,  # likewise from top to bottom
    "order": MOST_THINGS,  # of this thing among the others, as they are read
}
ADDED = {
    "picture": 2,  # the first or the second
}
NONE, UNASKED = -1, -2  # instead of a place in the group
NAMES = [*GROUPS, *ADDED]
WIDTH = sum(GROUPS.values())
_GLOBAL = GROUPS["kind"] + GROUPS["count"]  # the first values, which are about the whole picture
SHARPNESS = 8.0  # what a value of one is worth, as a logit
NOTHING = 0.5  # the value that "none of these" competes with


def facts(scenes, grid):
    """Pictures × tokens × (groups, added): 0 for none, else one more than the place in the group; less than 0 where not asked for."""
    rows, columns = grid
    result = torch.zeros((len(scenes), rows, columns, len(NAMES)), dtype=torch.long)
    for i, scene in enumerate(scenes):
        put = _putter(result[i])
        if scene.writing:
            put("kind", ..., KINDS.index(scene.writing.kind))
            put("count", ..., len(scene.writing.text))
        else:
            put("kind", ..., 0 if scene.things else NONE)
            put("count", ..., min(len(scene.things), MOST_THINGS))
        _drawn(put, scene, rows, columns)
        for writing in [scene.writing, *(scene.more or ())]:
            if writing:
                _written(put, writing, rows, columns)
        if scene.more is not None:
            for group in ("kind", "count", "order"):
                put(group, ..., UNASKED)
    return result.flatten(1, 2)


def _drawn(put, scene, rows, columns):
    width, height = scene.picture.size
    y, x = (torch.arange(rows) + 0.5)[:, None] / rows, (torch.arange(columns) + 0.5)[None] / columns
    nearest = torch.full((rows, columns), 1.0)
    for order, thing in enumerate(scene.things):
        reach = thing.radius * min(width, height)
        wide, high = reach / width + 0.3 / columns, reach / height + 0.3 / rows
        distance = ((x - thing.x) / wide) ** 2 + ((y - thing.y) / high) ** 2
        inside = distance < nearest
        centre = (int(thing.y * rows), int(thing.x * columns))
        inside[centre] = True
        nearest = torch.where(inside, distance, nearest)
        nearest[centre] = -1.0  # no other thing's
        put("shape", inside, SHAPES.index(thing.shape))
        put("colour", inside, list(COLOURS).index(thing.colour))
        put("centre", centre, 0)
        put("across", centre, thing.cell % 3)
        put("down", centre, thing.cell // 3)
        put("order", centre, min(order, MOST_THINGS - 1))


def _written(put, writing, rows, columns):
    """The colour wherever a letter is; the letter only where its middle is, however large it is."""
    middles = (torch.arange(rows) + 0.5) / rows
    middle = int(writing.y * rows)
    tall = (middles - writing.y).abs() < writing.height / 2
    tall[middle] = True
    for index, (half, letter) in enumerate(zip(_halves(writing.letters, 2 * columns), writing.text)):
        side = "left" if half % 2 == 0 else "right"
        put("colour", (tall, half // 2), list(COLOURS).index(writing.colour))
        put(side, (middle, half // 2), GLYPHS.index(letter))
        put(side + " letter", (middle, half // 2), 0)
        put(side + " index", (middle, half // 2), min(index, MOST_LETTERS - 1))


def _halves(centres, number):
    """The half column of each letter: where its centre is, yet each further right than the one before."""
    taken = []
    for centre in centres:
        taken.append(max(int(centre * number), taken[-1] + 1 if taken else 0))
    for i in reversed(range(len(taken))):
        taken[i] = min(taken[i], number - len(taken) + i)
    return taken


def _putter(result):
    def put(group, where, value):
        result[..., NAMES.index(group)][where] = value + 1

    return put


def as_values(told):
    """The facts as a token's first values."""
    parts = [F.one_hot(told[..., i].clamp(min=0), size + 1)[..., 1:] for i, size in enumerate(GROUPS.values())]
    return torch.cat(parts, -1).float()


def imagined(told, width, noise=0.15, elsewhere=0.05):
    """Tokens as eyes might give them, for a language model that learns without."""
    values = as_values(told)
    values = values + noise * torch.randn(values.shape)
    return torch.cat([values, elsewhere * torch.randn((*told.shape[:-1], width - WIDTH))], -1)


def loss(values, told):
    """Of the values of the tokens; those that stand for nothing are to stay near zero."""
    target = F.pad(as_values(told), (0, values.shape[-1] - WIDTH))
    asked = F.pad((told[..., :1] >= 0).float().expand(*told.shape[:-1], _GLOBAL), (0, values.shape[-1] - _GLOBAL), value=1.0)
    wanted = 4 * ((values - target).square() * asked).mean()
    for i, part in enumerate(values[..., :WIDTH].split(list(GROUPS.values()), -1)):
        wanted = wanted + _loss(_logits(part), told[..., i])
    return wanted


def added_loss(values, told):
    """Of the language model's own values at a picture's tokens."""
    parts = values[..., WIDTH : WIDTH + sum(ADDED.values())].split(list(ADDED.values()), -1)
    return sum(_loss(_logits(part), told[..., len(GROUPS) + i]) for i, part in enumerate(parts))


def spoken_loss(values, told):
    """Likewise, at the words of answers: of which thing, letter or picture the next one speaks."""
    return sum(_loss(_logits(values[..., values_of(group)]), told[..., i]) for i, group in enumerate(spoken.GROUPS))


def value(group, index):
    """Which value stands for this fact."""
    sizes = GROUPS | ADDED
    return sum(sizes[name] for name in NAMES[: NAMES.index(group)]) + index


def values_of(group):
    return [value(group, i) for i in range((GROUPS | ADDED)[group])]


def _logits(part):
    """Of "none of these", and of each of a group."""
    return SHARPNESS * F.pad(part, (1, 0), value=NOTHING)


def _loss(logits, told):
    """The tokens that tell something count for most."""
    weight = torch.where(told > 0, 1.0, torch.where(told < 0, 0.0, 0.25)).flatten()
    each = F.cross_entropy(logits.flatten(0, -2), told.clamp(min=0).flatten(), reduction="none")
    return (each * weight).sum() / (weight.sum() + 1)


def right(values, told):
    """Of the tokens that tell something in each group, the part that tells it rightly."""
    shares = {}
    for i, part in enumerate(values[..., :WIDTH].split(list(GROUPS.values()), -1)):
        chosen = _logits(part).argmax(-1)
        if (told[..., i] > 0).any():
            shares[NAMES[i]] = (chosen == told[..., i])[told[..., i] > 0].float().mean().item()
    return shares
