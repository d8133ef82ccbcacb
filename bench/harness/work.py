"""The work: seeded pictures, one for each request, and questions about them; the same for every server of a round."""

import io
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

# The one data set of pictures that vLLM's client of 0.7.3 reads without "conversations"; the name is looked up here.
DATA_SET = "lmarena-ai/vision-arena-bench-v0.1"

WORDS = "what where which colour shape count left right above below near circle square picture please tell me of".split()


@dataclass(frozen=True)
class Cell:
    """One kind of load: of so many requests, with pictures of this size, so many are always under way."""

    width: int
    height: int
    tokens: int
    concurrency: int
    requests: int

    @property
    def picture(self):
        return f"{self.width}x{self.height}" if self.width else "none"

    def described(self):
        return {**asdict(self), "picture": self.picture}


@dataclass(frozen=True)
class Item:
    """A request: its question, and its picture as a file of JPEG, if it has one."""

    question: str
    picture: str | None


def cells(pictures, tokens, concurrencies, requests_per_slot, least=4):
    return [
        Cell(width, height, count, concurrency, max(least, concurrency * requests_per_slot))
        for width, height in pictures
        for count in tokens
        for concurrency in concurrencies
    ]


class Work:
    """The requests of one round of a cell, as files, for each way of reading them."""

    def __init__(self, folder, cell, seed):
        self.folder = Path(folder)
        self.cell = cell
        self.seed = seed
        self.folder.mkdir(parents=True, exist_ok=True)
        self.items = [self._item(number) for number in range(cell.requests)]
        (self.folder / "work.json").write_text(json.dumps([asdict(item) for item in self.items]))

    def _item(self, number):
        chance = random.Random(f"{self.seed}/{self.cell}/{number}")
        question = f"Picture {self.seed}.{number}: " + " ".join(chance.choice(WORDS) for _ in range(16)) + "?"
        if not self.cell.width:
            return Item(question, None)
        path = self.folder / f"{number}.jpg"
        path.write_bytes(jpeg(self._pixels(chance)))
        return Item(question, str(path))

    def _pixels(self, chance):
        """Soft patches of colour with some grain, so that JPEG has about as much to do as with a photograph."""
        import numpy as np
        from PIL import Image

        generator = np.random.default_rng(chance.getrandbits(63))
        size = (self.cell.width, self.cell.height)
        patches = Image.fromarray(generator.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize(size, 3)
        grain = generator.normal(0, 6, (size[1], size[0], 1))
        return Image.fromarray(np.clip(np.asarray(patches) + grain, 0, 255).astype(np.uint8))

    def data_set(self):
        """The folder in which vLLM's client finds the work under the data set's name."""
        from datasets import Dataset, Features, Sequence, Value
        from datasets import Image as Picture
        from datasets.utils import disable_progress_bars

        disable_progress_bars()
        target = self.folder / DATA_SET / "data"
        if not target.exists():
            target.mkdir(parents=True)
            turn = [[{"content": Value("string"), "role": Value("string")}]]
            rows = {
                "images": [[{"bytes": Path(item.picture).read_bytes(), "path": None}] for item in self.items],
                "turns": [[[{"content": item.question, "role": "user"}]] for item in self.items],
            }
            features = Features({"images": Sequence(Picture()), "turns": turn})
            Dataset.from_dict(rows, features=features).to_parquet(target / "train-00000-of-00001.parquet")
        return self.folder


def jpeg(picture):
    """As vLLM's client writes it."""
    out = io.BytesIO()
    picture.save(out, format="JPEG")
    return out.getvalue()
