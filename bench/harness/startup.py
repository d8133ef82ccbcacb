"""Time to start: Grevy, and a Liberty with the same features and no application."""

import shutil
import tempfile
import time
import xml.etree.ElementTree as xml
from pathlib import Path

from harness import intervals, machine, report
from harness.options import add_common, say, served, settings
from harness.processes import Program, free_port
from harness.servers import ROOT

LIBERTY = ROOT / "src/server/target/liberty/wlp"
CONFIGURATION = ROOT / "liberty-config"


def add(parser):
    add_common(parser)


def run(options):
    model, flags = served(options), settings(options).flags()
    if not (LIBERTY / "bin/server").exists():
        raise ValueError(f"there is no Liberty at {LIBERTY}; build Grevy first, by starting it once")
    rounds = []
    with tempfile.TemporaryDirectory(prefix="grevy-bench-") as scratch:
        folder = Path(scratch)
        empty_server(folder / "user")
        # The first start of each fills Liberty's caches, and does not count.
        for number in range(options.rounds + 1):
            one = {"empty": _empty(folder), "grevy": _grevy(folder, model, flags)}
            say(f"{'round ' + str(number) if number else 'first start'}: {one}")
            rounds += [one] if number else []
    summary = {
        "empty_live_seconds": intervals.of(one["empty"]["live"] for one in rounds),
        "grevy_live_seconds": intervals.of(one["grevy"]["live"] for one in rounds),
        "grevy_model_seconds": intervals.of(one["grevy"]["model"] for one in rounds),
        "live_ratio": intervals.of_ratios((one["grevy"]["live"], one["empty"]["live"]) for one in rounds),
        "model_ratio": intervals.of_ratios((one["grevy"]["model"], one["empty"]["live"]) for one in rounds),
        "cpu_ratio": intervals.of_ratios((one["grevy"]["cpu"], one["empty"]["cpu"]) for one in rounds),
    }
    document = {"machine": machine.describe(), "model": vars(model), "rounds": rounds, "summary": summary}
    report.write_json(options.out / "startup.json", document)
    rows = [[name, figure.text("{:.2f}")] for name, figure in summary.items()]
    say("\n" + report.table(["from the command to a live server, and to a model that serves", ""], rows))
    return 0


def empty_server(user):
    """A server of Grevy's features, endpoint and options, and nothing else."""
    server = user / "servers/empty"
    server.mkdir(parents=True)
    for name in ("bootstrap.properties", "jvm.options"):
        if (CONFIGURATION / name).exists():
            shutil.copy(CONFIGURATION / name, server / name)
    root = xml.parse(CONFIGURATION / "server.xml").getroot()
    for child in list(root):
        if child.tag in ("library", "webApplication"):
            root.remove(child)
    xml.ElementTree(root).write(server / "server.xml", encoding="unicode")


def _empty(folder):
    port = free_port()
    environment = {
        "WLP_USER_DIR": str(folder / "user"),
        "WLP_OUTPUT_DIR": str(folder / "empty"),
        "GREVY_REST_PORT": str(port),
    }
    begun = time.monotonic()
    with Program([LIBERTY / "bin/server", "run", "empty"], folder / "empty.log", environment) as program:
        program.await_http(f"http://127.0.0.1:{port}/health/live")
        return {"live": time.monotonic() - begun, "cpu": program.cpu_seconds()}


def _grevy(folder, model, flags):
    port = free_port()
    command = [ROOT / "grevy", "--rest_port", port, "--model_name", model.name, "--model_path", model.folder, *flags]
    begun = time.monotonic()
    with Program(command, folder / "grevy.log", {"WLP_OUTPUT_DIR": str(folder / "grevy")}) as program:
        program.await_http(f"http://127.0.0.1:{port}/health/live")
        live, cpu = time.monotonic() - begun, program.cpu_seconds()
        program.await_http(f"http://127.0.0.1:{port}/v3/models/{model.name}")
        return {"live": live, "cpu": cpu, "model": time.monotonic() - begun}
