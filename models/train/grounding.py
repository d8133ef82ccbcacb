"""Starts the language model with what it would learn first: which words mean which facts, and where a token is.

A word such as "circle" begins with the value that stands for a circle in what the eyes give (`train.sight`), so that
it finds the circle by likeness and takes on the circle's colour and place. Heads look at the words just before, and the
last layer's at the letter or the thing whose turn it is. What they copy, nothing else writes; the rest is only a start,
which training is free to change.
"""

import math

import torch
from torch import nn

from export import tokenizer as tokens
from train import sight, spoken
from train.questions import NUMBERS
from train.world import COLOURS, SHAPES

LIKENESS = 1.7  # gain of the heads that find by likeness
CALM = 0.1  # of what else the layers say to the values that mean something
FOUND, FOUND_LATER = 0.06, 0.03  # how much of what they find they add, in the first layer and after
CENTRE = 16.0  # how much more these look at a thing's centre, as a logit
SOUGHT = 16.0  # likewise, of those of the last layer at letters or things
REST, REST_LATE = 22.0, 27.0  # likewise, at where nothing is to be found; in the last layer
READ, TOLD = 2.0, 0.6  # how much of the letter, or the thing, that they look at these add
SHARPNESS = 8.0  # of looking at one word and no other
FASTEST = 3  # pairs of values that turn fast enough to tell one word from the next
SLOWEST = 8  # first of the pairs that hardly turn: there, what is alike stays alike however far apart
LOUDNESS = 8.0  # of where nothing is to be found, after the norm
FAINTNESS = 4.5  # of what is true of a picture's token
RESTING = sight.value(sight.NAMES[-1], sight.ADDED[sight.NAMES[-1]])  # the next value; it means: nothing is to be found here
SIDES = {"left": [("across", 0)], "right": [("across", 2)], "top": [("down", 0)], "bottom": [("down", 2)], "centre": [("across", 1), ("down", 1)]}


@torch.no_grad()
def ground(model, tokenizer):
    _mean(model, tokenizer)
    for layer in model.model.language_model.layers:
        for part in (layer.self_attn.o_proj, layer.mlp.down_proj):
            part.weight[: RESTING + 1] *= CALM
            part.weight[_kept()] = 0.0
    first, *middle, last = (_Heads(layer.self_attn) for layer in model.model.language_model.layers)
    known = [value for group in ("count", "shape", "colour", "across", "down", "order") for value in sight.values_of(group)]
    for heads, share in [(first, FOUND), *((heads, FOUND_LATER) for heads in middle)]:
        _find_alike(heads, known, share)
        _look_back(heads, known)
    _take_turns(last, known)


def kept(model):
    """Parts of the weights that training leaves as they are: what stands for facts is written by the eyes, and by the heads that copy it."""
    language = model.model.language_model
    yield language.embed_tokens.weight, (slice(None), _kept())
    for layer in language.layers:
        for part in (layer.self_attn.o_proj, layer.mlp.down_proj):
            yield part.weight, _kept()


def _kept():
    """The values of all facts but those that the language model tells itself when it speaks."""
    return [value for group in sight.GROUPS if group not in spoken.GROUPS for value in sight.values_of(group)]


@torch.no_grad()
def _mean(model, tokenizer):
    """Words that stand for a fact begin with its value, and are likely where it is found."""
    words, said = model.model.language_model.embed_tokens.weight, model.lm_head.weight
    words[:, : RESTING + 1] *= 0.05
    for token, number in tokenizer.get_vocab().items():
        word = token.removeprefix("Ġ")
        for value in _facts(word):
            words[number, value] += 1.0
            said[number, value] += 1.5 if word in sight.GLYPHS else 0.5
        for side in SIDES.get(word.lower(), ()):
            said[number, sight.value(*side)] += 0.5
    words[tokenizer.convert_tokens_to_ids(tokens.TURN), RESTING] = 2.0


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
        query *= 0.05
        for place, value in zip(self.slow, values):
            if value in wanted:
                query[place, value] += LIKENESS

    def seek(self, head, place, logit):
        """Makes a head look where the key has this one of the values that it offers, whatever is here."""
        _, bias = self.query(head)
        bias[self.slow[place]] = logit * math.sqrt(self.size) / (LIKENESS * FAINTNESS)

    def rest(self, head, logit):
        """Makes a head look where nothing is to be found, unless something better is."""
        key, _ = self.key(head)
        _, bias = self.query(head)
        key[self.slow[-1], RESTING] = 1 / LOUDNESS
        bias[self.slow[-1]] = logit * math.sqrt(self.size)

    def offer(self, head, values):
        key, _ = self.key(head)
        key *= 0.05
        key[self.slow[: len(values)], values] += LIKENESS

    def see(self, head, values):
        """What a head and its fellows take from where they look: these values as they are."""
        places = list(range(len(values)))
        self.value(head)[places] *= 0.1
        self.value(head)[places, values] += 1.0

    def add(self, head, values, share):
        """Adds them here."""
        self.given(head)[values, list(range(len(values)))] += share


def _find_alike(heads, known, share):
    """The first three heads: the same colour and shape, the same shape, the same colour."""
    colour, shape = sight.values_of("colour"), sight.values_of("shape")
    heads.offer(0, colour + shape + sight.values_of("centre"))
    heads.see(0, known)
    for head, by in enumerate((colour + shape, shape, colour)):
        heads.match(head, by, colour + shape)
        heads.seek(head, len(colour + shape), CENTRE)
        heads.rest(head, REST)
        heads.add(head, known, share)


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


def _take_turns(heads, known):
    """One head for the letter in a token's left half, one for that in the right, one for the thing whose turn it is."""
    left, right, order, picture = (sight.values_of(group) for group in ("left index", "right index", "order", "picture"))
    turns = left + right + picture
    heads.offer(0, turns + sight.values_of("left letter") + sight.values_of("right letter"))
    heads.value(0)[:] *= 0.1
    for head, half, turn in ((0, "left", left), (1, "right", right)):
        heads.match(head, turn + picture, turns)
        heads.seek(head, len(turns) + head, SOUGHT)
        heads.rest(head, REST_LATE)
        code = nn.init.orthogonal_(torch.empty(heads.size, len(sight.GLYPHS)))  # more letters than values: nearly as they are
        heads.value(0)[:, sight.values_of(half)] += code
        heads.given(head)[sight.values_of(half)] += READ * code.T
    first = heads.shared
    heads.offer(first, order + picture + sight.values_of("centre"))
    heads.match(first, order + picture, order + picture)
    heads.seek(first, len(order + picture), SOUGHT)
    heads.rest(first, REST_LATE)
    heads.see(first, known)
    heads.add(first, known, TOLD)
