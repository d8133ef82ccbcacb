"""Keeps generated requests cheap, lets most of them reach a model, and reads streams as OpenAI's clients do."""

import base64
import json
import os
from pathlib import Path

import schemathesis

PICTURE = Path(os.environ["GREVY_PICTURES"]) / "red-circle.png"
DATA_URI = "data:image/png;base64," + base64.b64encode(PICTURE.read_bytes()).decode()

MOST_TOKENS = 4


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    if isinstance(body, dict):
        if isinstance(body.get("model"), str) and body["model"]:
            body["model"] = "grevy/demo" if case.path.endswith("chat/completions") else "calling"
        if case.path.endswith("completions"):
            cap(body)
        for url in urls(body.get("messages")):
            # Nothing is fetched from the net.
            if isinstance(url.get("url"), str) and ":" in url["url"]:
                url["url"] = DATA_URI


def cap(body):
    named = [name for name in ("max_tokens", "max_completion_tokens") if name in body]
    for name in named:
        if isinstance(body[name], (int, float)) and body[name] > MOST_TOKENS:
            body[name] = MOST_TOKENS
    if not any(body.get(name) for name in named):
        body["max_tokens"] = MOST_TOKENS


def urls(node):
    """All objects that an image_url holds."""
    if isinstance(node, list):
        for element in node:
            yield from urls(element)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "image_url" and isinstance(value, dict):
                yield value
            else:
                yield from urls(value)


@schemathesis.deserializer("text/event-stream")
def data_of_events(context, response):
    """The document describes an event's data, not what is around it."""
    lines = response.content.decode().splitlines()
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    return [json.loads(event) for event in data if event != "[DONE]"]
