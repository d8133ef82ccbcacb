"""One training run: its weights, its steps, its checkpoint."""

import copy
import random

import torch
from torch import distributed
from torch.nn import functional as F
from transformers import Qwen2TokenizerFast

from export import tokenizer as tokenizers
from train import curriculum
from train.dialogues import sentences
from train.encoding import Encoder
from train.model import Trainee, build

EVALUATION_BATCH = 64
CHECKPOINT = "checkpoint.pt"
MEETING = 8  # steps from one meeting of the workers to the next
AVERAGE = 0.96  # kept of the averaged weights at each; they are what is evaluated and shipped


def tokenizer(folder=None):
    """The one kept in `folder`, so that a run that goes on keeps its tokens; else a new one, kept there."""
    if folder and folder.exists():
        return Qwen2TokenizerFast.from_pretrained(folder)
    chance = random.Random(0)
    stage = curriculum.STAGES[-1]
    dialogues = [d for _ in range(40) for d in curriculum.some_dialogues(chance, stage, 32)[0]]
    made = tokenizers.qwen(sentences(dialogues), size=1024)
    if folder:
        made.save_pretrained(folder)
    return made


class Run:
    def __init__(self, options, rank=0):
        torch.manual_seed(options.seed)
        self.options, self.rank = options, rank
        self.step, self.seconds, self.pictures, self.unmet = 0, 0.0, 0, 0.0
        self.encoder = Encoder(tokenizer(options.work / "tokenizer"))
        self.trainee = Trainee(build(self.encoder.tokenizer))
        self.average = copy.deepcopy(self.trainee)
        self.weights = list(self.trainee.parameters())
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [w for w in self.weights if w.dim() > 1], "weight_decay": 0.05},
                {"params": [w for w in self.weights if w.dim() < 2], "weight_decay": 0.0},
            ],
            betas=(0.9, 0.98),
        )
        if (options.work / CHECKPOINT).exists():
            self._resume(load(options.work))

    @property
    def progress(self):
        if self.options.steps:
            return self.step / self.options.steps
        return self.seconds / (60 * self.options.minutes)

    def batch(self):
        """The batch of a step hangs on seed, step and worker alone."""
        chance = random.Random(f"{self.options.seed} {self.step} {self.rank}")
        stage, size = curriculum.stage_at(self.progress), self.options.batch // self.options.workers
        if chance.random() < stage.speaking:
            return self.encoder.batch(chance, *curriculum.some_dialogues(chance, stage, size))
        return self.encoder.looks(chance, *curriculum.some_scenes(chance, stage, 2 * size))

    def learn(self, seconds):
        """One step of this worker, and at every few a meeting; `seconds` have passed since the last step."""
        batch = self.batch()
        rate = curriculum.rate_at(self.progress, self.step, self.options.rate)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        coverage, speech, right = losses(self.trainee, batch)
        self.optimizer.zero_grad(set_to_none=True)
        (speech + coverage).backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        self.step += 1
        self.pictures += len(batch.patches) * self.options.workers if batch.patches is not None else 0
        self.unmet += seconds
        if self.step % MEETING == 0:
            self._meet()
        return coverage.item(), speech.item(), right

    def _meet(self):
        """Weights become the mean over the workers, and so do the seconds: all see the same progress."""
        everything = torch.cat([w.detach().flatten() for w in self.weights] + [torch.tensor([self.unmet])])
        distributed.all_reduce(everything)
        everything /= self.options.workers
        self.seconds, self.unmet = self.seconds + everything[-1].item(), 0.0
        parts = everything[:-1].split([w.numel() for w in self.weights])
        keep = min(AVERAGE, self.step / (self.step + 10 * MEETING))
        with torch.no_grad():
            for weight, mean, part in zip(self.weights, self.average.parameters(), parts):
                weight.copy_(part.view_as(weight))
                mean.lerp_(weight, 1 - keep)

    def save(self):
        state = {
            "trainee": self.trainee.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "counters": (self.step, self.seconds, self.pictures),
        }
        fresh = self.options.work / "checkpoint.new"
        torch.save(state, fresh)
        fresh.replace(self.options.work / CHECKPOINT)

    def _resume(self, state):
        self.trainee.load_state_dict(state["trainee"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds, self.pictures = state["counters"]

    def evaluate(self, batches):
        """Share of exactly right answers by kind, on pictures that training never sees."""
        stage, right = curriculum.STAGES[-1], []
        with torch.no_grad():
            for number in range(batches):
                chance = random.Random(f"evaluation {number}")
                dialogues, grid = curriculum.some_dialogues(chance, stage, EVALUATION_BATCH)
                right += losses(self.average, self.encoder.batch(chance, dialogues, grid))[2]
        return shares(right)


def load(work):
    return torch.load(work / CHECKPOINT, weights_only=True)


def losses(trainee, batch):
    seen = trainee.look(batch.patches, batch.grid) if batch.patches is not None else None
    coverage = trainee.coverage_loss(seen, batch.covered) if seen is not None else torch.zeros(())
    if batch.ids is None:
        return coverage, torch.zeros(()), []
    logits, labels = trainee.speak(batch, seen)
    return coverage, F.cross_entropy(logits, labels), _right(batch, logits)


def _right(batch, logits):
    """(kind, right or not) for every answer of the batch."""
    chosen, at, result = logits.argmax(-1), 0, []
    for row, spans in enumerate(batch.spans):
        for kind, start, end in spans:
            length = end - start
            result.append((kind, bool((chosen[at : at + length] == batch.labels[row, start:end]).all())))
            at += length
    return result


def shares(right):
    kinds = {kind: [ok for k, ok in right if k == kind] for kind in sorted({k for k, _ in right})}
    return {kind: round(sum(oks) / len(oks), 3) for kind, oks in kinds.items()}
