"""One worker's part of a training run: its weights, its steps, its checkpoint."""

import copy
import random

import torch
from torch import distributed
from torch.nn import functional as F
from transformers import Qwen2TokenizerFast

from export import tokenizer as tokenizers
from train import curriculum, grounding, sight
from train.dialogues import sentences
from train.encoding import Encoder, patches, pixels
from train.model import Trainee, build
from train.optimizer import Optimizer

MEETING = 4  # steps from one meeting of the workers to the next
AVERAGE = 0.9  # kept of the averaged weights at each; they are what is evaluated and shipped
SEEING = 0.3  # weight of what the eyes are to tell, once they serve the language model
ADDING = 0.05  # weight of what the language model is to add to that
SPEAKING = 0.2  # weight of knowing of what the next word speaks
EYES, TONGUE = 0, 1  # the workers' parts while they learn apart


def tokenizer(folder=None):
    """The one kept in `folder`, so that a run that goes on keeps its tokens; else a new one, kept there."""
    if folder and folder.exists():
        return Qwen2TokenizerFast.from_pretrained(folder)
    chance, rows = random.Random(0), []
    for _ in range(40):
        _, grid = curriculum.some_grid(chance)
        scenes = [s for s in curriculum.imagined_scenes(chance, 24, 1.0, grid) if s.things or not s.writing]
        rows += curriculum.some_rows(chance, scenes, 0.0)
    made = tokenizers.qwen(sentences(rows), size=1024)
    if folder:
        made.save_pretrained(folder)
    return made


class Run:
    def __init__(self, options, rank):
        torch.manual_seed(options.seed)
        self.options, self.rank = options, rank
        self.step, self.seconds, self.pictures, self.answers, self.unmet = 0, 0.0, 0, 0, 0.0
        self.joined = False
        self.encoder = Encoder(tokenizer(options.work / "tokenizer"))
        self.trainee = Trainee(build(self.encoder.tokenizer))
        self.average = copy.deepcopy(self.trainee) if rank == 0 else None
        self.weights = list(self.trainee.parameters())
        self.optimizer = Optimizer(self.trainee.named_parameters(), options.rate, grounding.kept(self.trainee.model))
        if checkpoint(options.work, rank).exists():
            self._resume(load(options.work, rank))

    @property
    def progress(self):
        if self.options.steps:
            return self.step / self.options.steps
        return self.seconds / (60 * self.options.minutes)

    def learn(self, seconds):
        """One step; `seconds` of the processor went by since the last one. Figures of it, and whether it ended in a meeting."""
        if not self.joined and self.progress >= curriculum.APART:
            self._join()
        chance = random.Random(f"{self.options.seed} {self.step} {self.rank}")
        torch.manual_seed(chance.getrandbits(32))
        lesson = self._both if self.joined else (self._see, self._speak)[self.rank % 2]
        loss, figures = lesson(chance)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step(curriculum.rate_at(self.progress, self.step))
        self.step += 1
        if not self.joined:
            self.seconds += seconds
            return figures, True
        self.unmet += seconds
        if self.step % MEETING:
            return figures, False
        self._meet()
        return figures, True

    def _see(self, chance):
        proportions, grid = curriculum.some_grid(chance)
        scenes = curriculum.scenes_to_see(chance, self.options.batch, self.progress, proportions, grid)
        told = sight.facts(scenes, grid)
        seen = self._look(chance, scenes, grid)
        return sight.loss(seen, told), _sees(seen, told)

    def _speak(self, chance):
        _, grid = curriculum.some_grid(chance)
        scenes = curriculum.imagined_scenes(chance, self.options.batch // 2, self.progress, grid)
        told = sight.facts(scenes, grid)
        seen = sight.imagined(told, self.trainee.model.config.text_config.hidden_size)
        return self._answer(chance, scenes, grid, told, seen)

    def _both(self, chance):
        """Half of the pictures are asked about."""
        proportions, grid = curriculum.some_grid(chance)
        half = self.options.batch // 2
        scenes = curriculum.some_scenes(chance, half, self.progress, proportions, grid)
        more = curriculum.scenes_to_see(chance, half, self.progress, proportions, grid)
        told = sight.facts(scenes + more, grid)
        seen = self._look(chance, scenes + more, grid)
        loss, figures = self._answer(chance, scenes, grid, told[:half], seen[:half])
        return loss + SEEING * sight.loss(seen, told), figures | _sees(seen, told)

    def _look(self, chance, scenes, grid):
        self.pictures += len(scenes)
        return self.trainee.look(patches(pixels(chance, scenes, grid), grid), grid)

    def _answer(self, chance, scenes, grid, told, seen):
        batch = self.encoder.batch(curriculum.some_rows(chance, scenes, self.progress), grid)
        shown = len(batch.shown) > 0
        logits, labels, spoken, added = self.trainee.speak(batch, seen if shown else None)
        self.answers += len(batch.kinds)
        loss = F.cross_entropy(logits, labels)
        if shown:
            loss = loss + SPEAKING * sight.spoken_loss(spoken, batch.spoken[batch.labels >= 0])
            told = told[batch.shown]
            told[..., sight.NAMES.index("picture")] = batch.nth[:, None] + 1
            loss = loss + ADDING * sight.added_loss(added, told.flatten(0, 1))
        return loss, right(batch, logits, labels)

    def _join(self):
        """Each worker gets from the other what that one learnt."""
        eyes = {id(w) for w in self.trainee.model.model.visual.parameters()}
        for weight in self.weights:
            distributed.broadcast(weight.data, EYES if id(weight) in eyes else TONGUE)
        if self.average:
            self.average.load_state_dict(self.trainee.state_dict())
        self._agree()
        self.joined = True

    def _agree(self):
        """On the step and the seconds, which were each worker's own, or come from checkpoints of different moments."""
        both = torch.tensor([self.step, self.seconds], dtype=torch.float64)
        distributed.all_reduce(both)
        self.step, self.seconds = int(both[0]) // self.options.workers // MEETING * MEETING, both[1].item() / self.options.workers

    def _meet(self):
        """Weights become the mean over the workers, and so do the seconds: all see the same progress."""
        everything = torch.cat([w.detach().flatten() for w in self.weights] + [torch.tensor([self.unmet])])
        distributed.all_reduce(everything)
        everything /= self.options.workers
        self.seconds, self.unmet = self.seconds + everything[-1].item(), 0.0
        with torch.no_grad():
            for weight, part in zip(self.weights, everything[:-1].split([w.numel() for w in self.weights])):
                weight.copy_(part.view_as(weight))
            if self.average:
                for kept, weight in zip(self.average.parameters(), self.weights):
                    kept.lerp_(weight, 1 - AVERAGE)

    def save(self):
        state = {name: getattr(self, name) for name in ("step", "seconds", "pictures", "answers", "joined")}
        state |= {"trainee": self.trainee.state_dict(), "optimizer": self.optimizer.state_dict()}
        if self.average:
            state["average"] = self.average.state_dict()
        path = checkpoint(self.options.work, self.rank)
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def _resume(self, state):
        for name in ("step", "seconds", "pictures", "answers", "joined"):
            setattr(self, name, state[name])
        self.trainee.load_state_dict(state["trainee"])
        self.optimizer.load_state_dict(state["optimizer"])
        if self.average:
            self.average.load_state_dict(state["average"])
        if self.joined:
            self._agree()


def checkpoint(work, rank):
    return work / f"checkpoint-{rank}.pt"


def load(work, rank=0):
    return torch.load(checkpoint(work, rank), weights_only=True)


def _sees(seen, told):
    return {f"sees {name}": share for name, share in sight.right(seen.detach(), told).items()}


def right(batch, logits, labels):
    """Of the answers of each kind, the part that is right to the last token."""
    hits, at, found = (logits.argmax(-1) == labels).tolist(), 0, {}
    for kind, length in batch.kinds:
        found.setdefault(kind, []).append(all(hits[at : at + length]))
        at += length
    return {kind: sum(oks) / len(oks) for kind, oks in found.items()}
