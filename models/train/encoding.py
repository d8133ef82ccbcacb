"""From dialogues to tensors: tokens, what is to be learnt of them, positions, picture patches."""

from dataclasses import dataclass

import numpy as np
import torch

from export import tokenizer as tokens
from train.drawing import as_seen
from train.world import COLOURS, SHAPES

PATCH, MERGED = 14, 28  # pixels on a side: of a patch, and of the four that become one token
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073])
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711])
IGNORED = -100


@dataclass
class Batch:
    ids: torch.Tensor | None  # dialogues × length; None where pictures are only looked at
    labels: torch.Tensor  # the same; IGNORED where nothing is to be said
    positions: torch.Tensor  # 3 × dialogues × length
    patches: torch.Tensor | None  # pictures × patches × values, in merge order
    grid: tuple  # rows and columns of tokens in each picture
    covered: torch.Tensor | None  # pictures × tokens × (shape, colour, place); 0 is background
    spans: list  # for each dialogue (kind, start, end) of its answers
    lengths: list  # tokens of each dialogue, rising


class Encoder:
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        number = tokenizer.convert_tokens_to_ids
        self.image, self.end, self.pad = number(tokens.IMAGE_PAD), number(tokens.TURN_END), number(tokens.END_OF_TEXT)

    def text(self, text):
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    def batch(self, chance, dialogues, grid):
        """All pictures scaled to `grid`. Pad to the right: attention looks back only, so no mask is needed."""
        made = [(self._dialogue(dialogue, grid), dialogue) for dialogue in dialogues]
        made.sort(key=lambda pair: len(pair[0][0]))
        rows, dialogues = zip(*made)
        length = -(-max(len(row[0]) for row in rows) // 8) * 8
        ids = torch.full((len(rows), length), self.pad)
        labels = torch.full((len(rows), length), IGNORED)
        for i, (row, said, _) in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            labels[i, : len(said)] = torch.tensor(said)
        scenes = [scene for dialogue in dialogues for scene in dialogue.scenes]
        pictures = pixels(chance, scenes, grid) if scenes else None
        return Batch(
            ids, labels, positions(ids, self.image, grid), patches(pictures, grid) if scenes else None,
            grid, covered(scenes, grid) if scenes else None, [row[2] for row in rows], [len(row[0]) for row in rows],
        )

    def looks(self, chance, scenes, grid):
        """Pictures of which nothing is said."""
        return Batch(None, None, None, patches(pixels(chance, scenes, grid), grid), grid, covered(scenes, grid), [], [])

    def _dialogue(self, dialogue, grid):
        picture = tokens.VISION_START + tokens.IMAGE_PAD * (grid[0] * grid[1]) + tokens.VISION_END
        ids, labels, spans = [], [], []
        head = f"{tokens.TURN}system\n{dialogue.system}{tokens.TURN_END}\n" if dialogue.system else ""
        for turn in dialogue.turns:
            shown = picture * len(turn.pictures)
            said = shown + turn.question if turn.picture_first else turn.question + shown
            asked = self.text(f"{head}{tokens.TURN}user\n{said}{tokens.TURN_END}\n{tokens.TURN}assistant\n")
            answer = self.text(turn.answer) + [self.end]
            spans.append((turn.kind, len(ids) + len(asked), len(ids) + len(asked) + len(answer)))
            ids += asked + answer
            labels += [IGNORED] * len(asked) + answer
            head = "\n"
        return ids, labels, spans


def positions(ids, image, grid):
    """Qwen2-VL's: text counts on in all three; a picture's tokens have one time, a row and a column each."""
    rows, columns = grid
    size = rows * columns
    result = torch.zeros((3, *ids.shape), dtype=torch.long)
    line = torch.arange(ids.shape[1])
    row, column = torch.arange(size) // columns, torch.arange(size) % columns
    for i, row_ids in enumerate(ids):
        starts = torch.nonzero(row_ids == image).flatten()[::size].tolist()
        result[:, i] = line
        for start in starts:
            base = int(result[0, i, start])
            result[0, i, start : start + size] = base
            result[1, i, start : start + size] = base + row
            result[2, i, start : start + size] = base + column
            after = line[start + size :] - (start + size) + base + max(rows, columns)
            result[:, i, start + size :] = after
    return result


def pixels(chance, scenes, grid):
    size = (grid[1] * MERGED, grid[0] * MERGED)
    return torch.from_numpy(np.stack([np.asarray(as_seen(chance, scene.picture, size)) for scene in scenes]))


def patches(pictures, grid):
    """Pictures × patches × (channel, row, column), the four patches of a token one after the other."""
    rows, columns = grid
    values = ((pictures.float() / 255 - MEAN) / DEVIATION).reshape(-1, rows, 2, PATCH, columns, 2, PATCH, 3)
    return values.permute(0, 1, 4, 2, 5, 7, 3, 6).reshape(len(pictures), rows * columns * 4, -1)


def covered(scenes, grid):
    """Which shape and colour each token looks at, and at which place that thing is."""
    rows, columns = grid
    result = torch.zeros((len(scenes), rows, columns, 3), dtype=torch.long)
    y = (torch.arange(rows) + 0.5)[:, None] / rows
    x = (torch.arange(columns) + 0.5)[None] / columns
    for i, scene in enumerate(scenes):
        width, height = scene.picture.size
        for thing in scene.things:
            reach = thing.radius * min(width, height)
            wide, high = reach / width + 0.2 / columns, reach / height + 0.2 / rows
            inside = ((x - thing.x) / wide) ** 2 + ((y - thing.y) / high) ** 2 < 1
            place = int(thing.y * 3) * 3 + int(thing.x * 3)
            what = (SHAPES.index(thing.shape), list(COLOURS).index(thing.colour), place)
            result[i][inside] = torch.tensor(what) + 1
    return result.reshape(len(scenes), rows * columns, 3)
