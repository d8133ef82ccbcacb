"""Trains the demo model on the CPU and goes on from its checkpoint when started again.

    python -m train.train --work FOLDER (--minutes 45 | --steps 3000)      (run in models/)
"""

import argparse
import os
import random
import time
from pathlib import Path

import torch
from torch import distributed, multiprocessing

from train.run import Run, shares, tokenizer


def parse():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, required=True, help="folder of the checkpoint")
    arguments.add_argument("--minutes", type=float, default=45, help="length of the whole training")
    arguments.add_argument("--steps", type=int, default=0, help="length in steps instead, to get the same each time")
    arguments.add_argument("--workers", type=int, default=2, help="processes, of one thread each")
    arguments.add_argument("--batch", type=int, default=64, help="pictures in a step, all workers together; twice as many where none speaks")
    arguments.add_argument("--rate", type=float, default=1e-3)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--report", type=float, default=60, help="seconds between reports and checkpoints")
    return arguments.parse_args()


def work(rank, options):
    """One worker. They meet every few steps, so a busy neighbour costs little; two threads in one would wait in every operation."""
    torch.set_num_threads(1)
    meeting = options.work / f"meeting-{options.meeting}"
    distributed.init_process_group("gloo", init_method=f"file://{meeting.absolute()}", rank=rank, world_size=options.workers)
    run = Run(options, rank)
    if rank == 0:
        size = sum(w.numel() for w in run.trainee.model.parameters())
        print("parameters", size, "tokens", len(run.encoder.tokenizer), flush=True)
    reported, right, clock = run.seconds, [], time.monotonic()
    while run.progress < 1:
        now = time.monotonic()
        coverage, speech, correct = run.learn(now - clock)
        clock = now
        right += correct
        if rank == 0 and run.unmet == 0 and run.seconds - reported > options.report:
            reported = run.seconds
            run.save()
            print(
                f"{run.seconds:.0f} s {run.progress:.0%} step {run.step} pictures {run.pictures}"
                f" coverage {coverage:.3f} speech {speech:.3f} {shares(right)}",
                flush=True,
            )
            right = []
    if rank == 0:
        run.save()
        print(f"done: step {run.step} pictures {run.pictures} {run.seconds:.0f} s", run.evaluate(8), flush=True)
        meeting.unlink(missing_ok=True)


def main():
    options = parse()
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer(options.work / "tokenizer")
    options.meeting = f"{os.getpid()}-{random.getrandbits(32):x}"
    multiprocessing.spawn(work, (options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
