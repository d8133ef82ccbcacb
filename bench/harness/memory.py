"""Resident memory of Grevy, and of the Python process that serves the same model, after the same work."""

import tempfile
from pathlib import Path

from harness import intervals, machine, report, sse
from harness.options import add_common, say, served, settings, sized
from harness.servers import Ceiling, grevy
from harness.work import Cell, Work

MIB = 2**20


def add(parser):
    add_common(parser)
    parser.set_defaults(rounds=3)
    parser.add_argument("--picture", type=sized, default=(448, 448), help="default 448x448")
    parser.add_argument("--requests", type=int, default=64)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=64)


def run(options):
    model, logs = served(options), options.out / "logs"
    cell = Cell(*options.picture, options.tokens, options.concurrency, options.requests)
    rounds = []
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="grevy-bench-") as scratch:
            items = [vars(item) for item in Work(Path(scratch), cell, number).items]
            rounds.append({"engine": _engine(model, options, logs, items), "grevy": _grevy(model, options, logs, items)})
        say(f"round {number + 1}: " + ", ".join(f"{who} {_mib(one['after'])} MiB" for who, one in rounds[-1].items()))
    summary = {
        when: {
            "engine_mib": intervals.of(_mib(one["engine"][when]) for one in rounds),
            "grevy_mib": intervals.of(_mib(one["grevy"][when]) for one in rounds),
            "above_mib": intervals.of(_mib(one["grevy"][when]) - _mib(one["engine"][when]) for one in rounds),
        }
        for when in ("loaded", "after")
    }
    document = {"machine": machine.describe(), "model": vars(model), "cell": cell.described(), "summary": summary}
    report.write_json(options.out / f"memory-{model.name}.json", {**document, "rounds": rounds})
    labels = {"loaded": "model loaded", "after": f"after {cell.requests} requests"}
    rows = [[labels[when], *(figure.text("{:.0f}") for figure in figures.values())] for when, figures in summary.items()]
    say("\n" + report.table(["resident MiB", "engine in Python", "Grevy, all processes", "above"], rows))
    for process, size in rounds[-1]["grevy"]["after"].items():
        say(f"  {process}: {size // MIB} MiB")
    return 0


def _engine(model, options, logs, items):
    ceiling = Ceiling(model, settings(options), logs)
    with ceiling.program as program:
        loaded = program.resident_bytes()
        _require_all(ceiling.measure(items, options.tokens, options.concurrency))
        return {"loaded": loaded, "after": program.resident_bytes()}


def _grevy(model, options, logs, items):
    server = grevy(model, settings(options), logs)
    with server.program as program:
        loaded = program.resident_bytes()
        _require_all(sse.measure(server, items, options.tokens, options.concurrency))
        return {"loaded": loaded, "after": program.resident_bytes()}


def _require_all(measured):
    if measured["failed"]:
        raise ValueError(f"{measured['failed']} requests failed: {measured.get('errors')}")


def _mib(processes):
    return sum(processes.values()) // MIB
