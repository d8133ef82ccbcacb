"""Starts the language model with what it would learn first: which words mean which facts, and where a token is.

A word such as "circle" begins with the value that stands for a circle in what the eyes give (`train.sight`), so that
it finds the circle by likeness and takes on the circle's colour and place. A picture's tokens know their row and
column by how far they are from the picture's start, of which Qwen2-VL tells them nothing else. Heads look at the words
just before, and the last layer's at the letter or the thing whose turn it is. All of it is only a start, which
training is free to change.
"""

import math

import torch
from torch import nn

from export import tokenizer as tokens
from train import sight
from train.questions import NUMBERS
from train.world import COLOURS, SHAPES

LIKENESS = 1.2  # gain of the heads that find by likeness
SHARPNESS = 8.0  # of looking at one word and no other
FASTEST = 3  # pairs of values that turn fast enough to tell one word from the next
ROW, COLUMN = 2, 3  # pairs that turn by about a third and a fifth of a radian with each row and column
SLOWEST = 8  # first of the pairs that hardly turn: there, what is alike stays alike however far apart
MIDDLE = 3.2  # rows or columns from the picture's start, which half of a head's attention reaches
LOUDNESS = 8.0  # of the picture's start, after the norm
START = sight.value(sight.NAMES[-1], sight.PLACED[sight.NAMES[-1]])  # the value that means: a picture starts here
NEAR_COLUMN, NEAR_ROW = START + 1, START + 2  # values that mean: near the start, across and down
SIDES = {"left": [("across", 0)], "right": [("across", 2)], "top": [("down", 0)], "bottom": [("down", 2)], "centre": [("across", 1), ("down", 1)]}


@torch.no_grad()
def ground(model, tokenizer):
    _mean(model, tokenizer)
    first, *middle, last = (_Heads(layer.self_attn) for layer in model.model.language_model.layers)
    known = sight.values_of("count") + sight.values_of("shape") + sight.values_of("colour") + sight.values_of("across") + sight.values_of("down")
    for heads in (first, *middle):
        _find_alike(heads, known)
    _know_places(first)
    for heads in middle:
        _look_back(heads, known)
    _take_turns(last, known)


def _mean(model, tokenizer):
    """Words that stand for a fact begin with its value, and are likely where it is found."""
    words, said = model.model.language_model.embed_tokens.weight, model.lm_head.weight
    words[:, : NEAR_ROW + 1] *= 0.2
    for token, number in tokenizer.get_vocab().items():
        word = token.removeprefix("Ġ")
        for value in _facts(word):
            words[number, value] += 1.0
            said[number, value] += 0.5
        for side in SIDES.get(word.lower(), ()):
            said[number, sight.value(*side)] += 0.5
    words[tokenizer.convert_tokens_to_ids(tokens.VISION_START), START] = 2.0


def _facts(word):
    """The values that a word stands for."""
    if word in sight.GLYPHS:
        return [sight.value(half, sight.GLYPHS.index(word)) for half in ("left", "right")]
    word = word.lower()
    singular = next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in SHAPES), word)
    for group, names in (("colour", list(COLOURS)), ("shape", SHAPES), ("count", NUMBERS)):
        if singular in names:
            return [sight.value(group, names.index(singular))]
    return []


class _Heads:
    """The heads of one attention: the first half share one key and value, the others the second ones."""

    def __init__(self, attention):
        self.attention, self.size = attention, attention.head_dim
        self.pairs = self.size // 2
        self.shared = attention.num_key_value_groups
        self.slow = [pair + half for pair in range(SLOWEST, self.pairs) for half in (0, self.pairs)]

    def query(self, head):
        return self._part(self.attention.q_proj, head)

    def key(self, head):
        return self._part(self.attention.k_proj, head // self.shared)

    def value(self, head):
        return self.attention.v_proj.weight[head // self.shared * self.size :][: self.size]

    def given(self, head):
        return self.attention.o_proj.weight[:, head * self.size :][:, : self.size]

    def _part(self, projection, head):
        rows = slice(head * self.size, (head + 1) * self.size)
        return projection.weight[rows], projection.bias[rows]

    def turning(self, pair):
        """Radians from one place to the next."""
        return self.attention.config.rope_theta ** (-pair / self.pairs)

    def match(self, head, wanted, values):
        """Makes a head look where those of `values` that are `wanted` are as they are here; all its fellows' key has `values`."""
        query, _ = self.query(head)
        query *= 0.3
        for place, value in zip(self.slow, values):
            if value in wanted:
                query[place, value] += LIKENESS

    def seek(self, head, place, strength=3.0):
        """Makes a head look where the key has much at this one of the slow places, whatever is here."""
        _, bias = self.query(head)
        bias[self.slow[place]] = strength * math.sqrt(self.size)

    def offer(self, head, values):
        key, _ = self.key(head)
        key *= 0.3
        key[self.slow[: len(values)], values] += LIKENESS

    def see(self, head, values):
        """What a head and its fellows take from where they look: these values as they are."""
        places = list(range(len(values)))
        self.value(head)[places] *= 0.1
        self.value(head)[places, values] += 1.0

    def add(self, head, values, share):
        """Adds them here."""
        self.given(head)[values, list(range(len(values)))] += share


def _find_alike(heads, known):
    """The first three heads: the same colour and shape, the same shape, the same colour."""
    colour, shape = sight.values_of("colour"), sight.values_of("shape")
    heads.offer(0, colour + shape)
    heads.see(0, known)
    for head, by in enumerate((colour + shape, shape, colour)):
        heads.match(head, by, colour + shape)
        heads.add(head, known, 0.05)


def _look_back(heads, known):
    """The last three heads: one, two and three words before."""
    strength = math.sqrt(SHARPNESS * math.sqrt(heads.size))
    first = heads.shared
    key, bias = heads.key(first)
    key *= 0.2
    bias[:FASTEST] = strength
    heads.see(first, known)
    for back in (1, 2, 3):
        query, bias = heads.query(first + back - 1)
        query *= 0.2
        for pair in range(FASTEST):
            bias[pair] = strength * math.cos(back * heads.turning(pair))
            bias[heads.pairs + pair] = -strength * math.sin(back * heads.turning(pair))
        heads.add(first + back - 1, known, 0.15 / back)


def _know_places(heads):
    """Of the last three heads, one looks at the picture's start the more, the nearer its column is, and one its row."""
    first = heads.shared
    key, _ = heads.key(first)
    for part in (key, heads.value(first), *(heads.query(first + i)[0] for i in range(heads.shared))):
        part.mul_(0.05)
    for i in range(heads.shared):
        heads.given(first + i).mul_(0.05)
    key[[ROW, COLUMN, SLOWEST], START] = 1 / LOUDNESS
    heads.value(first)[0, START] = 1 / LOUDNESS
    for head, pair, steepness, near in ((first, COLUMN, 6.0, NEAR_COLUMN), (first + 1, ROW, 4.0, NEAR_ROW)):
        phase = math.pi / 2 - heads.turning(pair) * MIDDLE
        _, bias = heads.query(head)
        bias[pair] = steepness * math.sqrt(heads.size) * math.cos(phase)
        bias[heads.pairs + pair] = steepness * math.sqrt(heads.size) * math.sin(phase)
        bias[SLOWEST] = 3.0 * math.sqrt(heads.size)  # about as much as all other tokens together
        heads.given(head)[near, 0] = 1.0


def _take_turns(heads, known):
    """One head for the letter in a token's left half, one for that in the right, one for the thing whose turn it is."""
    left, right, order = (sight.values_of(group) for group in ("left index", "right index", "order"))
    turns = left + right
    heads.offer(0, turns + sight.values_of("left letter") + sight.values_of("right letter"))
    heads.value(0)[:] *= 0.1
    for head, half, turn in ((0, "left", left), (1, "right", right)):
        heads.match(head, turn, turns)
        heads.seek(head, len(turns) + head)
        code = nn.init.orthogonal_(torch.empty(heads.size, len(sight.GLYPHS)))  # more letters than values: nearly as they are
        heads.value(0)[:, sight.values_of(half)] += code
        heads.given(head)[sight.values_of(half)] += 0.15 * code.T
    first = heads.shared
    heads.offer(first, order + sight.values_of("centre"))
    heads.match(first, order, order)
    heads.seek(first, len(order))
    heads.see(first, known)
    heads.add(first, known, 0.15)
