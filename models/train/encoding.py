"""From dialogues to tensors: tokens, what is to be learnt of them, positions, who hears whom, picture patches."""

from dataclasses import dataclass

import numpy as np
import torch

from export import tokenizer as tokens
from train.drawing import as_seen
from train.model import MERGED, PATCH
from train.spoken import GROUPS, marks

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073])
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711])
IGNORED = -100


@dataclass
class Batch:
    ids: torch.Tensor  # rows × length
    labels: torch.Tensor  # the same: the token to come next, IGNORED where nothing is to be said
    positions: torch.Tensor  # 3 × rows × length
    spoken: torch.Tensor  # rows × length × train.spoken's groups: of what the token to come next speaks
    mask: torch.Tensor  # rows × length × length: whether a token (first) hears another (second)
    shown: torch.Tensor  # number of the picture of each row, one row's after another's
    nth: torch.Tensor  # which of its row's pictures each of them is
    kinds: list  # kind of each answer and how many tokens it has, in the order of the labels


class Encoder:
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        number = tokenizer.convert_tokens_to_ids
        self.image, self.end, self.pad = number(tokens.IMAGE_PAD), number(tokens.TURN_END), number(tokens.END_OF_TEXT)
        self.known = {}

    def text(self, text):
        return self._encoded(text)[0]

    def _encoded(self, text):
        """Tokens, and where each ends."""
        if text not in self.known:
            found = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
            self.known[text] = found["input_ids"], [end for _, end in found["offset_mapping"]]
        return self.known[text]

    def batch(self, rows, grid):
        """Padded on the right, which nobody hears."""
        made = [self._row(row, grid) for row in rows]
        length = -(-max(len(ids) for ids, *_ in made) // 8) * 8
        shape = (len(rows), length)
        ids, labels, parts = torch.full(shape, self.pad), torch.full(shape, IGNORED), torch.full(shape, -1)
        spoken = torch.zeros((*shape, len(GROUPS)), dtype=torch.long)
        for i, (row, said, marked, part, _) in enumerate(made):
            ids[i, : len(row)], labels[i, : len(said)], parts[i, : len(part)] = map(torch.tensor, (row, said, part))
            spoken[i, : len(row)] = torch.tensor(marked)
        hears = (parts[:, None, :] == 0) | (parts[:, :, None] == parts[:, None, :])
        hears &= torch.ones(length, length, dtype=torch.bool).tril()
        kinds = [kind for *_, kinds in made for kind in kinds]
        shown = torch.tensor([number for row in rows for number in row.scenes], dtype=torch.long)
        nth = torch.tensor([n for row in rows for n in range(len(row.scenes))], dtype=torch.long)
        return Batch(ids, labels, positions(ids, parts, self.image, grid), spoken, hears, shown, nth, kinds)

    def _row(self, row, grid):
        """Tokens, labels, of what they speak, and for each token its part: 0 is what all dialogues share, then one number for each."""
        picture = tokens.VISION_START + tokens.IMAGE_PAD * (grid[0] * grid[1]) + tokens.VISION_END
        ids, labels, spoken, parts, kinds = [], [], [], [], []
        nothing = (0,) * len(GROUPS)
        opening = _system(row.system) if row.shared else ""
        if row.shared:
            ids += self.text(f"{opening}{tokens.TURN}user\n{picture * len(row.scenes)}")
            labels, spoken, parts = [IGNORED] * len(ids), [nothing] * len(ids), [0] * len(ids)
        for number, dialogue in enumerate(row.dialogues):
            head = "" if row.shared else f"{_system(dialogue.system)}{tokens.TURN}user\n"
            seen = row.shared
            for turn in dialogue.turns:
                shown = picture * len(turn.pictures)
                said = shown + turn.question if turn.picture_first else turn.question + shown
                asked = self.text(f"{head}{said}") + self.text(f"{tokens.TURN_END}\n{tokens.TURN}assistant\n")
                answer, ends = self._encoded(turn.answer)
                seen = seen or bool(turn.pictures)
                of = marks(turn.marked, int(seen))
                marked = [of[end - 1] for end in ends] + [nothing]
                answer = answer + [self.end]
                ids += asked + answer
                labels += [IGNORED] * (len(asked) - 1) + answer + [IGNORED]
                spoken += [nothing] * (len(asked) - 1) + marked + [nothing]
                parts += [number + row.shared] * (len(asked) + len(answer))
                kinds.append((turn.kind, len(answer)))
                head = f"\n{tokens.TURN}user\n"
        return ids, labels, spoken, parts, kinds


def _system(text):
    return f"{tokens.TURN}system\n{text}{tokens.TURN_END}\n" if text else ""


def positions(ids, parts, image, grid):
    """Qwen2-VL's: text counts on in all three; a picture's tokens have one time, a row and a column each.

    Each part counts on from where the shared one ended.
    """
    rows, columns = grid
    size = rows * columns
    result = torch.zeros((3, *ids.shape), dtype=torch.long)
    row, column = torch.arange(size) // columns, torch.arange(size) % columns
    line = torch.arange(ids.shape[1])
    for i, (row_ids, row_parts) in enumerate(zip(ids, parts)):
        place = line.repeat(3, 1)
        for start in torch.nonzero(row_ids == image).flatten()[::size].tolist():
            base = int(place[0, start])
            place[0, start : start + size] = base
            place[1, start : start + size] = base + row
            place[2, start : start + size] = base + column
            place[:, start + size :] = line[start + size :] - (start + size) + base + max(rows, columns)
        shared = int((row_parts == 0).sum())
        if 0 < shared < len(line):
            first = torch.nonzero(row_parts[1:] != row_parts[:-1]).flatten() + 1
            begin = torch.zeros_like(line)
            begin[first] = first
            since = line - begin.cummax(0).values
            place[:, shared:] = place[0, shared] + since[shared:]
        result[:, i] = place
    return result


def pixels(chance, scenes, grid):
    size = (grid[1] * MERGED, grid[0] * MERGED)
    return torch.from_numpy(np.stack([np.asarray(as_seen(chance, scene.picture, size)) for scene in scenes]))


def patches(pictures, grid):
    """Pictures × patches × (channel, row, column), the four patches of a token one after the other."""
    rows, columns = grid
    values = ((pictures.float() / 255 - MEAN) / DEVIATION).reshape(-1, rows, 2, PATCH, columns, 2, PATCH, 3)
    return values.permute(0, 1, 4, 2, 5, 7, 3, 6).reshape(len(pictures), rows * columns * 4, -1)
