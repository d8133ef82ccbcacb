"""The load tools, none of them ours: vLLM's benchmark_serving.py and aiperf. Each gives what came in one form."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import sse

VLLM = "vllm==0.7.3"
VLLM_FILES = {
    "benchmark_serving.py": "02ead008104e89a0f8d5a309d31ffbe8443cd7614012d1bacc90734346153bde",
    "backend_request_func.py": "c2ec9a4f566394835634db81ae444d2a0a930355d3fc51d7d74cc7dc8cfe50a2",
    "benchmark_utils.py": "09ac4be616b2245f38f3106bc43fd5c641c8dd50a47786d7102ab288fe15de1a",
}

LOCAL_TOKENIZER, REVISION = "local/tokenizer", "0" * 40


class ToolFailed(Exception):
    """A load tool that did not run to its end, with the end of what it printed."""


def run(command, folder, environment=None):
    result = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "HF_HUB_OFFLINE": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode:
        raise ToolFailed(f"{command[0]} {command[1]} ended with {result.returncode}:\n{result.stdout[-3000:]}")
    return result.stdout


class Own:
    """The harness's own client, for a quick look."""

    name = "own"

    def measure(self, server, work, tokenizer):
        items = [vars(item) for item in work.items]
        return sse.measure(server, items, work.cell.tokens, work.cell.concurrency)


class Vllm:
    """vLLM's client of 0.7.3, as it lies in its source distribution."""

    name = "vllm"

    def __init__(self, home):
        self.sources = fetch_vllm(home / VLLM)

    def measure(self, server, work, tokenizer):
        cell, result = work.cell, work.folder / f"vllm-{server.name}.json"
        command = [
            *(sys.executable, self.sources / "benchmark_serving.py", "--backend", "openai-chat"),
            *("--base-url", server.url, "--endpoint", server.path, "--model", server.model),
            *("--tokenizer", tokenizer, "--dataset-name", "hf", "--dataset-path", "lmarena-ai/vision-arena-bench-v0.1"),
            *("--hf-split", "train", "--hf-output-len", cell.tokens, "--num-prompts", cell.requests),
            *("--max-concurrency", cell.concurrency, "--seed", work.seed, "--disable-tqdm"),
            *("--save-result", "--result-filename", result),
            *(["--ignore-eos"] if server.ignores_eos else []),
        ]
        printed = run(command, work.data_set(), {"HF_DATASETS_OFFLINE": "1"})
        if not result.exists():
            raise ToolFailed(f"vLLM's client wrote no result:\n{printed[-3000:]}")
        return read_vllm(json.loads(result.read_text()))


def read_vllm(result):
    """Of requests that failed, the client keeps a time to the first token of 0."""
    good = [first for first, error in zip(result["ttfts"], result["errors"]) if not error and first > 0]
    return {
        "seconds": result["duration"],
        "tokens": result["total_output_tokens"],
        "first": good,
        "between": [gap for gaps in result["itls"] for gap in gaps],
        "failed": len(result["ttfts"]) - len(good),
        "errors": sorted({error for error in result["errors"] if error}),
    }


def fetch_vllm(folder):
    """The three files of the client, from the registry by pip; checked against what they were when this was written.

    pip has no command for sources alone: it prepares to build what it downloads, which here wants PyTorch, and fails.
    What it unpacked is all that is needed.
    """
    if not all((folder / name).exists() for name in VLLM_FILES):
        with tempfile.TemporaryDirectory() as scratch:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-clean", "--no-build-isolation"]
            subprocess.run(
                [*command, "--no-deps", "--no-binary", ":all:", "--dest", scratch, VLLM],
                env={**os.environ, "TMPDIR": scratch},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            found = next(Path(scratch).glob("*/vllm*/benchmarks/benchmark_serving.py"), None)
            if found is None:
                raise ToolFailed(f"pip did not get the sources of {VLLM}")
            folder.mkdir(parents=True, exist_ok=True)
            for name in VLLM_FILES:
                (folder / name).write_bytes(found.with_name(name).read_bytes())
    for name, digest in VLLM_FILES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise ToolFailed(f"{folder / name} is not the one of {VLLM}; delete it to have it fetched again")
    return folder


class Aiperf:
    """aiperf, in an environment of its own: it is large, and wants other versions of what vLLM's client uses."""

    name = "aiperf"

    def __init__(self, program):
        self.program = program

    def measure(self, server, work, tokenizer):
        cell, out = work.cell, work.folder / f"aiperf-{server.name}"
        lines = [{"text": item.question, **({"image": item.picture} if item.picture else {})} for item in work.items]
        questions = work.folder / "aiperf.jsonl"
        questions.write_text("".join(json.dumps(line) + "\n" for line in lines))
        command = [
            *(self.program, "profile", "--model", server.model, "--url", server.url, "--custom-endpoint", server.path),
            *("--endpoint-type", "chat", "--streaming", "--use-server-token-count", "--tokenizer", LOCAL_TOKENIZER),
            *("--input-file", questions, "--custom-dataset-type", "single_turn"),
            *("--concurrency", cell.concurrency, "--request-count", cell.requests, "--random-seed", work.seed),
            *("--extra-inputs", f"max_completion_tokens:{cell.tokens}", "--extra-inputs", "temperature:0"),
            *(["--extra-inputs", "ignore_eos:true"] if server.ignores_eos else []),
            *("--artifact-dir", out, "--ui", "none"),
        ]
        run(command, work.folder, {"HF_HOME": str(tokenizer_cache(work.folder / "hub", tokenizer))})
        records = (out / "profile_export.jsonl").read_text().splitlines()
        return read_aiperf([json.loads(record) for record in records], cell.requests)


def tokenizer_cache(home, tokenizer):
    """A cache of the hub's client that holds one tokenizer: aiperf takes a name on the hub, and no folder."""
    owner = home / "hub" / ("models--" + LOCAL_TOKENIZER.replace("/", "--"))
    snapshot = owner / "snapshots" / REVISION
    if not snapshot.exists():
        snapshot.parent.mkdir(parents=True)
        snapshot.symlink_to(Path(tokenizer).resolve())
        (owner / "refs").mkdir()
        (owner / "refs/main").write_text(REVISION)
    return home


def read_aiperf(records, requests):
    """Its records of single requests; times come in ms, and the moments in ns."""
    good = [record for record in records if not record.get("error")]
    metrics = [record["metrics"] for record in good]
    begun = min(record["metadata"]["request_start_ns"] for record in good)
    ended = max(record["metadata"]["request_end_ns"] for record in good)
    return {
        "seconds": (ended - begun) / 1e9,
        "tokens": sum(metric["output_sequence_length"]["value"] for metric in metrics),
        "first": [metric["time_to_first_token"]["value"] / 1e3 for metric in metrics],
        "between": [gap / 1e3 for metric in metrics for gap in _gaps(metric)],
        "failed": requests - len(good),
        "errors": sorted({json.dumps(record["error"]) for record in records if record.get("error")}),
    }


def _gaps(metric):
    gaps = metric.get("inter_chunk_latency", metric.get("inter_token_latency", {"value": []}))["value"]
    return gaps if isinstance(gaps, list) else [gaps]
