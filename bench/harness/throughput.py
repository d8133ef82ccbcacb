"""The same work for each server in turn, round after round: tokens a second and times to the first token."""

import statistics
import tempfile
from pathlib import Path

from harness import intervals
from harness.work import Work

CEILING = "engine"
MIB = 2**20


class Measured(dict):
    """One server's measurement of one cell in one round."""

    @property
    def rate(self):
        return self["tokens"] / self["seconds"]


def measure_all(ceiling, servers, cells, tool, tokenizer, rounds, warmups, say):
    """Gives for each cell the measurements of its rounds, each by server; rounds of warming up are left out."""
    results = {cell: [] for cell in cells}
    with tempfile.TemporaryDirectory(prefix="grevy-bench-") as scratch:
        for number in range(-warmups, rounds):
            for place, cell in enumerate(cells):
                work = Work(Path(scratch) / f"{number}-{place}", cell, number + warmups)
                measured = _round(ceiling, servers, work, tool, tokenizer, number)
                say(_line(number, cell, measured))
                if number >= 0:
                    results[cell].append(measured)
    return results


def _round(ceiling, servers, work, tool, tokenizer, number):
    """All servers at the same work; who begins changes from round to round."""
    everyone = ([ceiling] if ceiling else []) + servers
    turn = number % len(everyone)
    measured = {}
    for server in everyone[turn:] + everyone[:turn]:
        cpu = server.program.cpu_seconds()
        if server is ceiling:
            items = [vars(item) for item in work.items]
            # vLLM's client sends its first request once more, in front and not counted.
            ceiling.measure(items[:1], work.cell.tokens, 1)
            cpu = server.program.cpu_seconds()
            result = ceiling.measure(items, work.cell.tokens, work.cell.concurrency)
        else:
            result = tool.measure(server, work, tokenizer)
        server.program.require_alive()
        result["server_cpu_seconds"] = server.program.cpu_seconds() - cpu
        measured[server.name] = Measured(result)
    return measured


def _line(number, cell, measured):
    label = f"round {number + 1}" if number >= 0 else "warming up"
    rates = ", ".join(
        f"{name} {m.rate:.1f} tokens/s" + (f" ({m['failed']} failed)" if m["failed"] else "")
        for name, m in measured.items()
    )
    return f"{label}: {cell.picture}, {cell.tokens} tokens, {cell.concurrency} at once: {rates}"


def summary(results):
    """For each cell and server the figures with their intervals over the rounds."""
    return [
        {**cell.described(), "server": name, **_figures([one[name] for one in rounds], _ceilings(rounds, name))}
        for cell, rounds in results.items()
        for name in sorted(rounds[0], key=lambda name: name != CEILING)
    ]


def _ceilings(rounds, name):
    return [one[CEILING] for one in rounds] if name != CEILING and CEILING in rounds[0] else []


def _figures(measured, ceilings):
    figures = {
        "tokens_per_second": intervals.of(one.rate for one in measured),
        "first_token_ms": intervals.of(_first_ms(one) for one in measured),
        "between_tokens_p99_ms": intervals.of(
            1e3 * intervals.percentile(one["between"] or [0.0], 99) for one in measured
        ),
        "server_cpu_ms_per_token": intervals.of(
            1e3 * one["server_cpu_seconds"] / max(1, one["tokens"]) for one in measured
        ),
        "failed": sum(one["failed"] for one in measured),
        "errors": sorted({error for one in measured for error in one.get("errors", [])}),
    }
    pairs = list(zip(measured, ceilings))
    if pairs:
        figures["rate_ratio"] = intervals.of_ratios((one.rate, top.rate) for one, top in pairs)
        figures["first_token_above_ms"] = intervals.of(_first_ms(one) - _first_ms(top) for one, top in pairs)
        figures["first_token_ratio"] = intervals.of_ratios((_first_ms(one), _first_ms(top)) for one, top in pairs)
    return figures


def _first_ms(measured):
    if not measured["first"]:
        raise ValueError(f"no request succeeded: {measured.get('errors')}")
    return 1e3 * statistics.median(measured["first"])
