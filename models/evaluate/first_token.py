"""How long a client waits for the first token of a question about a picture, over HTTP; `run.sh … --first-token`."""

import base64
import json
import os
import statistics
import time

import requests
from PIL import Image

SIDE = 448
QUESTIONS, WARM_UP = 50, 10


def measure(url, model, folder):
    """Questions are streamed one after the other, each about another picture, so that no cache has seen it.

    From the moment before the request is sent, with its picture encoded already, to the first event with text.
    """
    pictures = _pictures(folder)
    with requests.Session() as session:
        waits = [_wait(session, url, model, picture) for picture in pictures][WARM_UP:]
    return {
        "median ms": statistics.median(waits),
        "ninetieth ms": statistics.quantiles(waits, n=10)[-1],
        "questions": len(waits),
        "picture": f"{SIDE}×{SIDE}",
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
    }


def _pictures(folder):
    found = []
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            if picture.size == (SIDE, SIDE):
                found.append("data:image/png;base64," + base64.b64encode(path.read_bytes()).decode())
    wanted = WARM_UP + QUESTIONS
    if len(found) < wanted:
        raise SystemExit(f"{folder} has {len(found)} pictures of {SIDE}×{SIDE}, and {wanted} are needed: make a larger set.")
    return found[:wanted]


def _wait(session, url, model, picture):
    """In milliseconds."""
    content = [{"type": "image_url", "image_url": {"url": picture}}, {"type": "text", "text": "What is in the picture?"}]
    asked = {"model": model, "messages": [{"role": "user", "content": content}], "temperature": 0, "max_tokens": 40, "stream": True}
    start, waited = time.perf_counter(), None
    with session.post(f"{url.rstrip('/')}/chat/completions", json=asked, stream=True, timeout=120) as answer:
        answer.raise_for_status()
        for line in answer.iter_lines(chunk_size=1):
            if waited is None and _has_text(line):
                waited = 1000 * (time.perf_counter() - start)
    if waited is None:
        raise SystemExit("A stream ended without text.")
    return waited


def _has_text(line):
    if not line.startswith(b"data: {"):
        return False
    choices = json.loads(line[len(b"data: ") :])["choices"]
    return bool(choices and choices[0]["delta"].get("content"))


def _processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "an unknown processor")
