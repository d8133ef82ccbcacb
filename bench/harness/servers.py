"""What is measured: the ceiling, Grevy, and peers. Each is started once and asked round after round."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from harness.processes import DidNotStart, Program, free_port

ROOT = Path(__file__).resolve().parents[2]
HARNESS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Model:
    """A model's folder in OpenVINO's format, its name in requests, and the folder of its torch weights, if any."""

    name: str
    folder: Path
    weights: Path | None = None


@dataclass(frozen=True)
class Settings:
    """The scheduler's settings, the same for Grevy and the ceiling."""

    cache_size: int = 1
    max_num_seqs: int = 256
    max_num_batched_tokens: int = 8192
    enable_prefix_caching: bool = True
    properties: dict = field(default_factory=dict)

    def flags(self):
        flags = [
            *("--cache_size", str(self.cache_size)),
            *("--max_num_seqs", str(self.max_num_seqs)),
            *("--max_num_batched_tokens", str(self.max_num_batched_tokens)),
            *("--enable_prefix_caching", str(self.enable_prefix_caching).lower()),
        ]
        return flags + (["--plugin_config", json.dumps(self.properties)] if self.properties else [])

    def of_engine(self):
        scheduler = {
            "cache_size": self.cache_size,
            "max_num_seqs": self.max_num_seqs,
            "max_num_batched_tokens": self.max_num_batched_tokens,
            "enable_prefix_caching": self.enable_prefix_caching,
        }
        return {"scheduler": scheduler, "properties": self.properties}


class Ceiling:
    """The engine itself, in a process of its own."""

    name = "engine"

    def __init__(self, model, settings, logs):
        self.program = Program(
            [sys.executable, "-m", "harness.ceiling", model.folder, json.dumps(settings.of_engine())],
            logs / "engine.log",
            {"PYTHONPATH": os.pathsep.join(filter(None, [str(HARNESS), os.environ.get("PYTHONPATH")]))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._answer()

    def measure(self, items, tokens, concurrency):
        job = {"items": items, "tokens": tokens, "concurrency": concurrency}
        self.program.process.stdin.write(json.dumps(job).encode() + b"\n")
        self.program.process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self.program.process.stdout.readline()
        if not line:
            raise DidNotStart(f"the engine's process ended:\n{self.program.tail()}")
        return json.loads(line)


@dataclass
class Server:
    """A program that answers the OpenAI API."""

    name: str
    program: Program
    url: str
    path: str
    model: str
    ignores_eos: bool = True

    @property
    def port(self):
        return int(self.url.rpartition(":")[2])


def grevy(model, settings, logs, environment=None, name="grevy"):
    """./grevy as a user starts it. Comments that keep a connection alive are off: vLLM's client takes them for data."""
    port = free_port()
    flags = ["--rest_port", port, "--model_name", model.name, "--model_path", model.folder, *settings.flags()]
    program = Program(
        [ROOT / "grevy", *flags],
        logs / f"{name}.log",
        {"GREVY_SSE_HEARTBEAT_SECONDS": "0", "WLP_OUTPUT_DIR": str(logs / "liberty"), **(environment or {})},
    )
    try:
        program.await_http(f"http://127.0.0.1:{port}/v3/models/{model.name}")
    except BaseException:
        program.stop()
        raise
    return Server(name, program, f"http://127.0.0.1:{port}", "/v3/chat/completions", model.name)


@dataclass(frozen=True)
class Peer:
    """Another server: its command with {port}, {model}, {name} and {weights} in it, and where it answers."""

    name: str
    command: str
    path: str = "/v1/chat/completions"
    ready: str = "/v1/models"
    named: str = "{name}"
    ignores_eos: bool = True

    def needs_weights(self):
        return "{weights}" in self.command

    def program(self):
        return shlex.split(self.command)[0]

    def start(self, model, logs):
        port = free_port()
        values = {"port": port, "model": model.folder, "name": model.name, "weights": model.weights}
        words = [word.format(**values) for word in shlex.split(self.command)]
        program = Program(words, logs / f"{self.name}.log", {"HF_HUB_OFFLINE": "1"})
        url = f"http://127.0.0.1:{port}"
        try:
            program.await_http(url + self.ready)
        except BaseException:
            program.stop()
            raise
        return Server(self.name, program, url, self.path, self.named.format(**values), self.ignores_eos)


PEERS = {
    peer.name: peer
    for peer in (
        Peer(
            "transformers",
            "transformers serve --host 127.0.0.1 --port {port}",
            ready="/health",
            named="{weights}",
            ignores_eos=False,
        ),
        Peer(
            "ovms",
            "ovms --rest_bind_address 127.0.0.1 --rest_port {port} --model_name {name} --model_path {model}",
            path="/v3/chat/completions",
            ready="/v2/health/ready",
        ),
        Peer("vllm", "vllm serve {weights} --host 127.0.0.1 --port {port} --served-model-name {name}"),
    )
}


def peer(text):
    """One that is known by its name, or NAME=COMMAND."""
    name, given, command = text.partition("=")
    if given:
        return Peer(name, command)
    if name not in PEERS:
        raise ValueError(f"no peer '{name}'; known are {', '.join(PEERS)}, any other is given as NAME=COMMAND")
    return PEERS[name]


def found(model):
    """The known peers whose programs are on the PATH and whose format this model is there in."""
    return [
        peer for peer in PEERS.values() if shutil.which(peer.program()) and (model.weights or not _of_torch(peer))
    ]


def _of_torch(peer):
    return peer.needs_weights() or "{weights}" in peer.named
