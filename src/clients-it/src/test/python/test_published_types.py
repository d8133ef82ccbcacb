"""Responses, messages, and every event of their streams, have the members and types of their publishers' own classes.

The clients themselves build these classes without checking; here pydantic checks them, strictly.
"""

import json
from itertools import product

import anthropic.types
import openai.types.responses
import pytest
import requests
from pydantic import TypeAdapter, ValidationError

from conftest import ARGUMENTS, CALLING, QUESTION, SEEING, base64_of, data_uri

RESPONSE = TypeAdapter(openai.types.responses.Response)
RESPONSE_EVENT = TypeAdapter(openai.types.responses.ResponseStreamEvent)
MESSAGE = TypeAdapter(anthropic.types.Message)
MESSAGE_EVENT = TypeAdapter(anthropic.types.RawMessageStreamEvent)

SEEN = {"type": "object", "properties": {"colour": {"enum": ["red", "blue"]}}, "required": ["colour"]}
PICTURE = {"type": "input_image", "detail": "auto", "image_url": data_uri("red-circle.png")}
LOOK = {"type": "function", "name": "look", "parameters": ARGUMENTS, "strict": True}

RESPONSES = {
    "text": {"model": SEEING, "input": "Who are you?"},
    "instructions": {"model": SEEING, "input": "Who are you?", "instructions": "Be short.", "metadata": {"a": "b"}},
    "picture": {
        "model": SEEING,
        "input": [{"role": "user", "content": [{"type": "input_text", "text": QUESTION}, PICTURE]}],
    },
    "limit": {"model": SEEING, "input": "Who are you?", "max_output_tokens": 2},
    "structure": {
        "model": SEEING,
        "input": "Who are you?",
        "temperature": 1,
        "seed": 7,
        "max_output_tokens": 200,
        "text": {"format": {"type": "json_schema", "name": "seen", "schema": SEEN, "strict": True}},
    },
    "call": {
        "model": CALLING,
        "input": "Who are you?",
        "tools": [LOOK],
        "tool_choice": "required",
        "max_output_tokens": 200,
        "temperature": 1,
        "seed": 7,
    },
}

BASE64 = {"type": "base64", "media_type": "image/png", "data": base64_of("red-circle.png")}
HELLO = [{"role": "user", "content": "Who are you?"}]

MESSAGES = {
    "text": {"model": SEEING, "max_tokens": 40, "messages": HELLO},
    "picture": {
        "model": SEEING,
        "max_tokens": 40,
        "messages": [
            {"role": "user", "content": [{"type": "image", "source": BASE64}, {"type": "text", "text": QUESTION}]}
        ],
    },
    "limit": {"model": SEEING, "max_tokens": 2, "messages": HELLO},
    "stop": {"model": SEEING, "max_tokens": 40, "messages": HELLO, "stop_sequences": ["model"]},
    "call": {
        "model": CALLING,
        "max_tokens": 200,
        "messages": HELLO,
        "tools": [{"name": "look", "input_schema": ARGUMENTS}],
        "tool_choice": {"type": "any"},
        "temperature": 1,
        "seed": 7,
    },
}


def post(server, path, body):
    response = requests.post(f"{server}{path}", json=body, timeout=120)
    assert response.status_code == 200, response.text
    return response


def events(response):
    """Each event's data; its name is that of its type."""
    blocks = [block for block in response.text.split("\n\n") if block and not block.startswith(":")]
    found = []
    for block in blocks:
        name, data = block.split("\n")
        found.append(json.loads(data.removeprefix("data: ")))
        assert name == f"event: {found[-1]['type']}"
    return found


def checked(types, value):
    """As JSON, since there a tuple is a list and an enum a string."""
    return types.validate_json(json.dumps(value), strict=True)


@pytest.mark.parametrize("name", RESPONSES)
def test_a_response(server, name):
    answer = checked(RESPONSE, post(server, "/v3/responses", RESPONSES[name]).json())

    assert answer.status == ("incomplete" if name == "limit" else "completed") or name == "structure"
    assert answer.output[0].type == ("function_call" if name == "call" else "message")


@pytest.mark.parametrize("name", RESPONSES)
def test_every_event_of_a_response(server, name):
    found = events(post(server, "/v3/responses", RESPONSES[name] | {"stream": True}))

    for number, event in enumerate(found):
        assert checked(RESPONSE_EVENT, event).sequence_number == number
    assert found[0]["type"] == "response.created"
    assert found[-1]["type"] in ("response.completed", "response.incomplete")


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message(server, name):
    answer = checked(MESSAGE, post(server, "/v1/messages", MESSAGES[name]).json())

    reasons = {"limit": "max_tokens", "stop": "stop_sequence", "call": "tool_use"}
    assert answer.stop_reason == reasons.get(name, "end_turn")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_event_of_a_message(server, name):
    found = events(post(server, "/v1/messages", MESSAGES[name] | {"stream": True}))

    for event in found:
        if event["type"] != "ping":  # Anthropic's classes have none for it
            checked(MESSAGE_EVENT, event)
    assert (found[0]["type"], found[-1]["type"]) == ("message_start", "message_stop")


@pytest.mark.parametrize("types,value", list(product([RESPONSE, MESSAGE], [{}, {"id": 1}])))
def test_the_types_refuse_what_is_not_theirs(types, value):
    with pytest.raises(ValidationError):
        checked(types, value)
