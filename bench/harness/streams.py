"""A thousand open streams of an engine that emits 20 tokens a second: what does the server itself add to a token?"""

import json
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.request
import zipfile
from pathlib import Path

from harness import machine, report
from harness.options import add_common, say
from harness.processes import Program, free_port
from harness.servers import ROOT

JAR = ROOT / "bench/streams/target/grevy-bench-streams.jar"
WAR = ROOT / "src/server/target/grevy.war"
USER = ROOT / "src/server/target/liberty/wlp/usr"
SPARE = 64
MIB = 2**20


def add(parser):
    add_common(parser, model_needed=False)
    parser.set_defaults(rounds=1)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60, help="how long each stream goes on")
    parser.add_argument("--heap", type=int, default=512, help="most of the server's heap, in MiB")


def run(options):
    for part in (JAR, WAR, USER):
        if not part.exists():
            raise ValueError(f"there is no {part}; build it with: mvn -DskipTests -pl bench/streams,src/cli -am package")
    rounds = [_round(options, number) for number in range(options.rounds)]
    document = {"machine": machine.describe(), "options": vars(options), "rounds": rounds}
    report.write_json(options.out / "streams.json", {**document, "options": {**vars(options), "out": str(options.out)}})
    heads = ["round", "streams", "whole", "dropped", "tokens", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "heap MiB", "RSS MiB"]
    rows = [
        [
            *(number + 1, one["streams"], one["whole"], one["dropped"], one["tokens"]),
            *(f"{one[key]:.2f}" for key in ("p50_ms", "p99_ms", "p999_ms", "max_ms")),
            *(one["heap_peak_mib"], one["resident_mib"]),
        ]
        for number, one in enumerate(rounds)
    ]
    say("\n" + report.table(heads, rows))
    return 1 if any(one["dropped"] for one in rounds) else 0


def _round(options, number):
    with tempfile.TemporaryDirectory(prefix="grevy-bench-") as scratch:
        folder, port = Path(scratch), free_port()
        stubbed_server(folder / "user", options.heap)
        most = options.streams + SPARE
        environment = {
            "WLP_USER_DIR": str(folder / "user"),
            "WLP_OUTPUT_DIR": str(folder / "out"),
            "GREVY_MAX_REQUESTS": str(most),
            "GREVY_BENCH_STREAMS": str(most),
        }
        command = [ROOT / "grevy", "--rest_port", port, "--max_num_seqs", most]
        with Program(command, options.out / "logs/streams.log", environment) as program:
            base = f"http://127.0.0.1:{port}"
            program.await_http(f"{base}/v3/models/grevy/demo")
            heap = HeapWatch(f"{base}/metrics")
            measured = load(port, options)
            measured["heap_peak_mib"] = heap.end()
            program.require_alive()
            measured["resident_mib"] = sum(program.resident_bytes().values()) // MIB
            return measured


def stubbed_server(user, heap):
    """Grevy's server with one jar more in its application: an engine that takes the place of the product's."""
    shutil.copytree(USER / "servers/grevy", user / "servers/grevy", ignore=shutil.ignore_patterns("apps", "logs", "workarea"))
    (user / "shared").symlink_to(USER / "shared")
    apps = user / "servers/grevy/apps"
    apps.mkdir()
    shutil.copy(WAR, apps / "grevy.war")
    with zipfile.ZipFile(apps / "grevy.war", "a") as war:
        war.write(JAR, f"WEB-INF/lib/{JAR.name}")
    with open(user / "servers/grevy/jvm.options", "a") as jvm:
        jvm.write(f"\n-Xmx{heap}m\n")


def load(port, options):
    command = ["java", "-Xmx256m", "-cp", JAR, "io.grevy.bench.streams.Load"]
    result = subprocess.run(
        [str(word) for word in [*command, port, options.streams, options.seconds * 20]], capture_output=True, text=True
    )
    if result.returncode:
        raise ValueError(f"the load ended with {result.returncode}: {result.stderr[-2000:]}")
    return json.loads(result.stdout)


class HeapWatch:
    """Reads the used heap once a second, from the server's metrics."""

    def __init__(self, url):
        self.url = url
        self.peak = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self):
        while not self.ended.wait(1):
            try:
                with urllib.request.urlopen(self.url, timeout=5) as answer:
                    text = answer.read().decode()
            except OSError:
                continue  # busy with streams; the next second will do
            used = re.search(r"^memory_usedHeap_bytes\S* (\S+)", text, re.MULTILINE)
            if used:
                self.peak = max(self.peak, int(float(used.group(1)) / MIB))

    def end(self):
        self.ended.set()
        self.thread.join()
        return self.peak
