"""A mixed load: streams of text run on while long prompts and big pictures come in; how long do they stand still?"""

import asyncio
import random
import tempfile
from pathlib import Path

from harness import intervals, machine, report, sse
from harness.options import add_common, say, served, settings, sized
from harness.servers import grevy
from harness.work import WORDS, Cell, Work

SHARES = (50, 99, 99.9)


def add(parser):
    add_common(parser)
    parser.set_defaults(rounds=3)
    parser.add_argument("--streams", type=int, default=8, help="streams that run on")
    parser.add_argument("--tokens", type=int, default=1500, help="tokens of each")
    parser.add_argument("--arrivals", type=int, default=8, help="requests that come in, one after the other")
    parser.add_argument("--picture", type=sized, default=(1280, 960), help="their pictures; default 1280x960")
    parser.add_argument("--words", type=int, default=1500, help="words of their prompts, every second one's without picture")


def run(options):
    model = served(options)
    server = grevy(model, settings(options), options.out / "logs")
    rounds = []
    with server.program, tempfile.TemporaryDirectory(prefix="grevy-bench-") as scratch:
        for number in range(options.rounds + 1):
            one = asyncio.run(_round(server, options, Path(scratch) / str(number), number))
            say(f"{'round ' + str(number) if number else 'warming up'}: {_shown(one)}")
            rounds += [one] if number else []
    summary = {
        kind: {f"p{share}": intervals.of(1e3 * intervals.percentile(one[kind], share) for one in rounds) for share in SHARES}
        for kind in ("alone", "beside", "arrivals")
    }
    document = {"machine": machine.describe(), "model": vars(model), "summary": summary}
    report.write_json(options.out / f"mixed-{model.name}.json", document)
    labels = {
        "alone": "between tokens, streams alone",
        "beside": "between tokens, while requests come in",
        "arrivals": "first token of those that come in",
    }
    rows = [[labels[kind], *(figure.text() for figure in figures.values())] for kind, figures in summary.items()]
    say("\n" + report.table(["ms", *(f"p{share}" for share in SHARES)], rows))
    return 0


async def _round(server, options, folder, number):
    chance = random.Random(number)
    texts = [_text(chance, 12) for _ in range(options.streams)]
    short = [sse.body(server, item, min(options.tokens, 300)) for item in texts]
    alone = _good(await sse.ask_all(server, short, len(short)))
    running = asyncio.gather(*(sse.ask(server, sse.body(server, item, options.tokens)) for item in texts))
    pictures = Work(folder, Cell(*options.picture, 8, 1, options.arrivals), number).items
    arrivals, begun, ended = [], asyncio.get_running_loop().time(), 0.0
    for place, item in enumerate(pictures):
        asked = vars(item) if place % 2 == 0 else _text(chance, options.words)
        arrivals.append(await sse.ask(server, sse.body(server, asked, 8)))
        ended = asyncio.get_running_loop().time()
    streams = _good(await running)
    return {
        "alone": [gap for stream in alone for gap in stream.between],
        # perf_counter and the loop's time are the same clock on Linux.
        "beside": [gap for stream in streams for gap, at in zip(stream.between, stream.at) if begun <= at <= ended],
        "arrivals": [stream.first for stream in _good(arrivals)],
    }


def _text(chance, words):
    return {"question": " ".join(chance.choice(WORDS) for _ in range(words)), "picture": None}


def _good(streams):
    failed = [stream.error for stream in streams if stream.error]
    if failed:
        raise ValueError(f"{len(failed)} of {len(streams)} streams failed: {failed[0]}")
    return streams


def _shown(one):
    return ", ".join(f"{kind} p99 {1e3 * intervals.percentile(one[kind], 99):.1f} ms" for kind in one)
