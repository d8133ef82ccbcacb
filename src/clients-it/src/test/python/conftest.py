"""What all of these tests ask about, and where the server is."""

import base64
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]

SEEING = "grevy/demo"
CALLING = "calling"

QUESTION = "What is in the picture?"
PICTURES = {
    "red-circle.png": "I see a red circle.",
    "blue-square.jpg": "I see a blue square.",
}

ARGUMENTS = {
    "type": "object",
    "properties": {
        "colour": {"enum": ["red", "grün"]},
        "sides": {"type": "integer", "minimum": 0, "maximum": 9},
    },
    "required": ["colour", "sides"],
    "additionalProperties": False,
}

# Greedily the demo model, which never saw JSON, writes white space for ever: the grammar lets it.
SAMPLED = {"temperature": 1, "seed": 7, "max_tokens": 1000}

LOOK = {
    "type": "function",
    "function": {"name": "look", "description": "Looks at something.", "parameters": ARGUMENTS, "strict": True},
}


@pytest.fixture(scope="session")
def server() -> str:
    """Where the server is, without a slash at the end."""
    return os.environ["GREVY_URL"].rstrip("/")


def base64_of(name: str) -> str:
    return base64.b64encode((ROOT / "models/pictures" / name).read_bytes()).decode()


def media_type(name: str) -> str:
    return "image/png" if name.endswith(".png") else "image/jpeg"


def data_uri(name: str) -> str:
    return f"data:{media_type(name)};base64,{base64_of(name)}"


def about(name: str) -> list[dict]:
    """A conversation in OpenAI's form that asks what is in a picture."""
    return [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": QUESTION},
                {"type": "image_url", "image_url": {"url": data_uri(name)}},
            ],
        }
    ]


def assert_looked(arguments: dict) -> None:
    """Arguments as LOOK's schema has them."""
    assert set(arguments) == {"colour", "sides"}
    assert arguments["colour"] in ("red", "grün")
    assert arguments["sides"] in range(10)
