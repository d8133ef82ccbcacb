"""Trains the demo model, on the CPU alone, and goes on from its checkpoints when started again.

    python -m train.train --work FOLDER (--minutes 120 | --steps 3000)      (run in models/)
"""

import argparse
import os
import random
import time
from pathlib import Path

import torch
from torch import distributed, multiprocessing

from train.run import Run, tokenizer

WORKERS = 2  # one for the eyes, one for the tongue, until both do both


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True, help="folder of the checkpoints")
    arguments.add_argument("--minutes", type=float, default=120, help="length of the whole training, in time of the processor that each worker gets")
    arguments.add_argument("--steps", type=int, default=0, help="length in steps of a worker instead, to get the same each time")
    arguments.add_argument("--batch", type=int, default=16, help="pictures that a worker looks at in a step; half as many where it speaks")
    arguments.add_argument("--rate", type=float, default=2e-3)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--report", type=float, default=60, help="seconds of the processor between reports and checkpoints")
    options = arguments.parse_args()
    options.workers = WORKERS
    return options


def work(rank, options):
    """One worker, of one thread: on a busy machine, two threads would wait for each other in every operation."""
    torch.set_num_threads(1)
    meeting = options.work / f"meeting-{options.meeting}"
    distributed.init_process_group("gloo", init_method=f"file://{meeting.absolute()}", rank=rank, world_size=WORKERS)
    run = Run(options, rank)
    if rank == 0:
        size = sum(w.numel() for w in run.trainee.model.parameters())
        print("parameters", size, "tokens", len(run.encoder.tokenizer), "from step", run.step, flush=True)
    reported, figures, clock = run.seconds, {}, time.process_time()
    while run.progress < 1 or not run.joined:
        now = time.process_time()
        new, met = run.learn(now - clock)
        clock = now
        for name, share in new.items():
            figures.setdefault(name, []).append(share)
        if met and run.seconds - reported > options.report:
            reported = run.seconds
            run.save()
            report(run, figures)
            figures = {}
    run.save()
    report(run, figures)
    distributed.barrier()
    if rank == 0:
        meeting.unlink(missing_ok=True)


def report(run, figures):
    part = "both" if run.joined else ("eyes", "tongue")[run.rank]
    means = {name: round(sum(shares) / len(shares), 2) for name, shares in sorted(figures.items())}
    if run.rank == 0 or not run.joined:
        head = f"{time.strftime('%H:%M')} {run.seconds:.0f} s {run.progress:.0%} {part} step {run.step} pictures {run.pictures} answers {run.answers}"
        print(head, " ".join(f"{name} {mean}" for name, mean in means.items()), flush=True)


def main():
    options = parse()
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer(options.work / "tokenizer")
    options.meeting = f"{os.getpid()}-{random.getrandbits(32):x}"
    multiprocessing.spawn(work, (options,), nprocs=WORKERS)


if __name__ == "__main__":
    main()
