"""Figures for people (a table), for programs (JSON) and for the eye (a plot)."""

import dataclasses
import json
from pathlib import Path

from harness.intervals import Interval


def table(heads, rows):
    """Columns as wide as what is in them; the first is text, the others are numbers."""
    cells = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = []
    for row in cells:
        fitted = [cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(fitted).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def throughput_table(summary):
    heads = ["picture, tokens, at once", "server", "tokens/s", "÷ engine", "first token ms", "− engine's ms"]
    heads += ["p99 between ms", "CPU ms/token", "failed"]
    rows = [
        [
            f"{one['picture']}, {one['tokens']}, {one['concurrency']}",
            one["server"],
            one["tokens_per_second"].text(),
            _text(one.get("rate_ratio"), "{:.3f}"),
            one["first_token_ms"].text(),
            _text(one.get("first_token_above_ms")),
            one["between_tokens_p99_ms"].text(),
            one["server_cpu_ms_per_token"].text("{:.2f}"),
            one["failed"],
        ]
        for one in summary
    ]
    return table(heads, rows)


def _text(interval, form="{:.1f}"):
    return interval.text(form) if interval else ""


def write_json(path, document):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(document, indent=2, default=_plain) + "\n")


def _plain(value):
    if isinstance(value, Interval):
        return dataclasses.asdict(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")


def plot(path, summary, title):
    """Tokens a second, and the time to the first token, over the requests at once: a row for each picture's size."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = [("tokens_per_second", "output tokens / s"), ("first_token_ms", "first token, median ms")]
    pictures = list(dict.fromkeys(one["picture"] for one in summary))
    figure, axes = pyplot.subplots(len(pictures), 2, figsize=(11, 3.4 * len(pictures)), squeeze=False)
    for row, picture in zip(axes, pictures):
        for panel, (key, label) in zip(row, shown):
            _panel(panel, [one for one in summary if one["picture"] == picture], key)
            panel.set(xscale="log", yscale="log", xlabel="requests at once", ylabel=label, title=f"pictures {picture}")
            panel.grid(True, which="both", alpha=0.25)
    axes[0][0].legend(fontsize=8)
    figure.suptitle(title)
    figure.tight_layout()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def _panel(panel, summary, key):
    markers = {}
    for server in dict.fromkeys(one["server"] for one in summary):
        for tokens in dict.fromkeys(one["tokens"] for one in summary):
            points = sorted(
                (one for one in summary if one["server"] == server and one["tokens"] == tokens),
                key=lambda one: one["concurrency"],
            )
            if not points:
                continue
            colour = markers.setdefault(server, f"C{len(markers)}")
            style = {32: ":", 128: "--"}.get(tokens, "-")
            panel.errorbar(
                [one["concurrency"] for one in points],
                [one[key].mean for one in points],
                yerr=[_reach(one[key]) for one in points],
                color=colour,
                linestyle=style,
                marker="o",
                markersize=3,
                capsize=2,
                label=f"{server}, {tokens} tokens",
            )


def _reach(interval):
    return 0.0 if interval.high is None else interval.high - interval.mean
