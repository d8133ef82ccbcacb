"""Starts the language model with what it would learn first: which words mean which facts, and where in the picture a token is.

A word such as "circle" begins with the value that stands for a circle in what the eyes give (`train.sight`), so that
it finds the circle by likeness and takes on the circle's colour; three heads of the later layers look at the words
just before; and a picture's tokens know their row and column by how far they are from the picture's start, of which
Qwen2-VL tells them nothing else. All of it is only a start, which training is free to change.
"""

import math

import torch

from export import tokenizer as tokens
from train import sight
from train.questions import NUMBERS
from train.world import COLOURS, SHAPES

LIKENESS = 1.2  # gain of the heads that find things by likeness
FASTEST = 3  # pairs of values that turn fast enough to tell one word from the next
SLOWEST = 9  # first of the pairs that hardly turn: there, what is alike stays alike however far apart
SHARPNESS = 8.0  # of looking at one word and no other
COLUMN, ROW = 3, 2  # pairs that turn by about a fifth and a third of a radian with each column and row
MIDDLE = 3.2  # columns or rows from the picture's start, which half of a head's attention reaches


@torch.no_grad()
def ground(model, tokenizer):
    start, column, row = range(sight.WIDTH, sight.WIDTH + 3)  # values that mean: start of a picture; near it, across and down
    _mean(model, tokenizer, start)
    first, *rest = (layer.self_attn for layer in model.model.language_model.layers)
    for attention in (first, *rest):
        _find_alike(attention)
    for attention in rest:
        _look_back(attention)
    _know_places(first, start, column, row)


def _mean(model, tokenizer, start):
    """Words that stand for a fact begin with its value, and are likely where it is found."""
    words, said = model.model.language_model.embed_tokens.weight, model.lm_head.weight
    words[:, : start + 3] *= 0.2
    for token, number in tokenizer.get_vocab().items():
        for value in _facts(token.removeprefix("Ġ")):
            words[number, value] += 1.0
            said[number, value] += 0.5
    words[tokenizer.convert_tokens_to_ids(tokens.VISION_START), start] = 2.0


def _facts(word):
    """The values that a word stands for."""
    if word in sight.GLYPHS:
        return [_value(half, sight.GLYPHS.index(word)) for half in ("left", "right")]
    word = word.lower()
    singular = next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in SHAPES), word)
    for group, names in (("colour", list(COLOURS)), ("shape", SHAPES), ("count", NUMBERS)):
        if singular in names:
            return [_value(group, names.index(singular))]
    return []


def _value(group, index):
    return sum(size for name, size in list(sight.GROUPS.items())[: list(sight.GROUPS).index(group)]) + index


def _values(group):
    return [_value(group, i) for i in range(sight.GROUPS[group])]


class _Heads:
    """The heads of one attention: the first half share one key and value, the others share the second."""

    def __init__(self, attention):
        self.attention, self.size = attention, attention.head_dim
        self.pairs = self.size // 2
        self.shared = attention.num_key_value_groups

    def query(self, head):
        return self._part(self.attention.q_proj, head)

    def key(self, head):
        return self._part(self.attention.k_proj, head // self.shared)

    def value(self, head):
        return self._part(self.attention.v_proj, head // self.shared)

    def given(self, head):
        return self.attention.o_proj.weight[:, head * self.size :][:, : self.size]

    def _part(self, projection, head):
        rows = slice(head * self.size, (head + 1) * self.size)
        return projection.weight[rows], projection.bias[rows] if projection.bias is not None else None

    def turning(self, pair):
        """Radians from one place to the next."""
        return self.attention.config.rope_theta ** (-pair / self.pairs)


def _find_alike(attention):
    """The first three heads: the same colour and shape, the same shape, the same colour; they take on what is known there."""
    heads = _Heads(attention)
    colour, shape = _values("colour"), _values("shape")
    alike = colour + shape
    places = [pair + half for pair in range(SLOWEST, heads.pairs) for half in (0, heads.pairs)]
    key, _ = heads.key(0)
    key *= 0.3
    key[places, alike] += LIKENESS
    for head, by in enumerate((alike, shape, colour)):
        query, _ = heads.query(head)
        query *= 0.3
        for place, value in zip(places, alike):
            if value in by:
                query[place, value] += LIKENESS
        _pass_on(heads, head, 0.05)


def _look_back(attention):
    """The last three heads: one, two and three words before; the first of them takes on what is known there."""
    heads = _Heads(attention)
    strength = math.sqrt(SHARPNESS * math.sqrt(heads.size))
    key, key_bias = heads.key(heads.shared)
    key *= 0.2
    key_bias[:FASTEST] = strength
    for back in (1, 2, 3):
        query, bias = heads.query(heads.shared + back - 1)
        query *= 0.2
        for pair in range(FASTEST):
            bias[pair] = strength * math.cos(back * heads.turning(pair))
            bias[heads.pairs + pair] = -strength * math.sin(back * heads.turning(pair))
    _pass_on(heads, heads.shared, 0.15)


def _pass_on(heads, head, share):
    """What is known of count, shape and colour where the head looks is added to what is known here."""
    values = _values("count") + _values("shape") + _values("colour")
    places = list(range(len(values)))
    seen, _ = heads.value(head)
    if head % heads.shared == 0:
        seen[places] *= 0.1
        seen[places, values] += 1.0
    heads.given(head)[values, places] += share


def _know_places(attention, start, column, row):
    """Of the last three heads, one looks at the picture's start the more, the nearer its column is, and one its row."""
    heads = _Heads(attention)
    first = heads.shared
    loudness = 8.0  # of the start, after the norm
    for part in (heads.key(first), heads.value(first), *(heads.query(first + i) for i in range(heads.shared))):
        part[0].mul_(0.05)
    for i in range(heads.shared):
        heads.given(first + i).mul_(0.05)
    key, _ = heads.key(first)
    key[[ROW, COLUMN, SLOWEST], start] = 1 / loudness
    heads.value(first)[0][0, start] = 1 / loudness
    for head, pair, steepness, value in ((first, COLUMN, 6.0, column), (first + 1, ROW, 4.0, row)):
        phase = math.pi / 2 - heads.turning(pair) * MIDDLE
        _, bias = heads.query(head)
        bias[pair] = steepness * math.sqrt(heads.size) * math.cos(phase)
        bias[heads.pairs + pair] = steepness * math.sqrt(heads.size) * math.sin(phase)
        bias[SLOWEST] = 3.0 * math.sqrt(heads.size)  # about as much as all other tokens together
        heads.given(head)[value, 0] = 1.0
