"""Measures Grevy beside the bare engine and other servers, on this machine, in one run.

    bench/run.sh throughput    tokens a second and times to the first token, against the engine in process
    bench/run.sh memory        resident memory, against the Python process that serves the same model
    bench/run.sh startup       time to start, against an empty Liberty with the same features
    bench/run.sh mixed         the time between tokens while long prompts and big pictures come in
    bench/run.sh streams       a thousand open streams of an engine that emits 20 tokens a second
    bench/run.sh model         makes a model of realistic size, with random weights

Each has --help. Figures are printed, and written to bench/results as JSON, with a plot where there is something to see.
"""

import argparse
import signal
import sys

from harness import machine, memory, mixed, model, report, startup, streams, throughput
from harness.options import add_common, home, numbers, say, served, settings, sizes
from harness.processes import DidNotStart
from harness.servers import Ceiling, found, grevy, peer
from harness.tools import Aiperf, Own, ToolFailed, Vllm
from harness.work import cells

PICTURES = "320x240,448x448,1280x960"
TOKENS = "32,128,512"
CONCURRENCY = "1,4,16,64"


def add_throughput(parser):
    add_common(parser)
    parser.add_argument("--pictures", type=sizes, default=sizes(PICTURES), help=f"default {PICTURES}")
    parser.add_argument("--tokens", type=numbers, default=numbers(TOKENS), help=f"default {TOKENS}")
    parser.add_argument("--concurrency", type=numbers, default=numbers(CONCURRENCY), help=f"default {CONCURRENCY}")
    parser.add_argument("--requests-per-slot", type=int, default=2, help="requests for each that is under way")
    parser.add_argument("--warmups", type=int, default=1, help="rounds that do not count, first")
    parser.add_argument("--tool", choices=["vllm", "aiperf", "own"], default="vllm", help="what makes the load")
    parser.add_argument(
        "--peer",
        type=peer,
        action="append",
        help="another server: transformers, ovms, vllm, or NAME=COMMAND with {port}, {model}, {name}, {weights};"
        " by default those of the three that are on the PATH",
    )
    parser.add_argument("--quick", action="store_true", help="a few small requests: shows that all of it runs")


def run_throughput(options):
    if options.quick:
        options.pictures, options.tokens, options.concurrency = [(320, 240)], [16], [1, 4]
        options.rounds, options.requests_per_slot, options.tool = 2, 1, "own"
    model_served, tool = served(options), tool_of(options.tool)
    peers = options.peer or ([] if options.quick else found(model_served))
    logs = options.out / "logs"
    started = []
    try:
        ceiling = Ceiling(model_served, settings(options), logs)
        started.append(ceiling)
        for start in (lambda: grevy(model_served, settings(options), logs), *(_starter(p, model_served, logs) for p in peers)):
            started.append(start())
        servers = started[1:]
        say(f"measuring {', '.join(one.name for one in started)} with {model_served.name} by {tool.name}")
        planned = cells(options.pictures, options.tokens, options.concurrency, options.requests_per_slot)
        results = throughput.measure_all(
            ceiling, servers, planned, tool, model_served.folder, options.rounds, options.warmups, say
        )
    finally:
        for one in started:
            one.program.stop()
    summary = throughput.summary(results)
    name = f"throughput-{model_served.name}-{tool.name}"
    document = {
        "machine": machine.describe(),
        "model": vars(model_served),
        "settings": vars(settings(options)),
        "tool": tool.name,
        "rounds": options.rounds,
        "summary": summary,
        "cells": [{**cell.described(), "rounds": rounds} for cell, rounds in results.items()],
    }
    report.write_json(options.out / f"{name}.json", document)
    report.plot(options.out / f"{name}.png", summary, f"{model_served.name}, {options.rounds} rounds, mean and 95 %")
    say("\n" + report.throughput_table(summary))
    say(f"\n{options.out / name}.json and .png")
    return 1 if any(one["failed"] for one in summary) else 0


def _starter(other, model_served, logs):
    return lambda: other.start(model_served, logs)


def tool_of(name):
    if name == "vllm":
        return Vllm(home() / "tools")
    if name == "aiperf":
        return Aiperf(home() / "aiperf/bin/aiperf")
    return Own()


COMMANDS = {
    "throughput": (add_throughput, run_throughput),
    "memory": (memory.add, memory.run),
    "startup": (startup.add, startup.run),
    "mixed": (mixed.add, mixed.run),
    "streams": (streams.add, streams.run),
    "model": (model.add, model.run),
}


def main():
    parser = argparse.ArgumentParser(
        prog="bench/run.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (add, _) in COMMANDS.items():
        add(commands.add_parser(name))
    options = parser.parse_args()
    # As an exception, so that what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return COMMANDS[options.command][1](options)
    except (DidNotStart, ToolFailed, ValueError) as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
