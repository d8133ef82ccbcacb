"""Keeps generated requests cheap, lets most of them reach a model, and reads streams as OpenAI's clients do."""

import base64
import json
import os
from pathlib import Path

import schemathesis

PICTURE = Path(os.environ["GREVY_PICTURES"]) / "red-circle.png"
DATA_URI = "data:image/png;base64," + base64.b64encode(PICTURE.read_bytes()).decode()

MOST_TOKENS = 4

# What asks the model that sees, with a chat; all else asks that of raw prompts.
SEEING = ("chat/completions", "responses", "messages")


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    if isinstance(body, dict):
        path = case.path.removesuffix("/count_tokens")
        if isinstance(body.get("model"), str) and body["model"]:
            body["model"] = "grevy/demo" if path.endswith(SEEING) else "calling"
        if path.endswith((*SEEING, "completions")):
            cap(body, "max_output_tokens" if path.endswith("responses") else "max_tokens")
        for conversation in ("messages", "input"):
            fetch_nothing(body.get(conversation))


def cap(body, usual):
    named = [name for name in (usual, "max_completion_tokens") if name in body]
    for name in named:
        if isinstance(body[name], (int, float)) and body[name] > MOST_TOKENS:
            body[name] = MOST_TOKENS
    if not any(body.get(name) for name in named):
        body[usual] = MOST_TOKENS


def fetch_nothing(node):
    """Puts a picture where one would be fetched from the net."""
    if isinstance(node, list):
        for element in node:
            fetch_nothing(element)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in ("url", "image_url") and isinstance(value, str) and ":" in value:
                node[name] = DATA_URI
            else:
                fetch_nothing(value)


@schemathesis.deserializer("text/event-stream")
def data_of_events(context, response):
    """The document describes an event's data, not what is around it."""
    lines = response.content.decode().splitlines()
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    return [json.loads(event) for event in data if event != "[DONE]"]
