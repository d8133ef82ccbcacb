"""Every answer, and every event of every stream, has the members and types that OpenAI publishes."""

import json
from itertools import product

import pytest
import requests
from jsonschema import Draft202012Validator

from conftest import CALLING, LOOK, ROOT, SEEING, about

SCHEMAS = ROOT / "src/server/src/test/resources/io/grevy/openai"


def schema(path):
    return Draft202012Validator(json.loads((SCHEMAS / f"{path}.schema.json").read_text()))


CHAT = schema("chat/chat-completion")
CHAT_CHUNK = schema("chat/chat-completion-chunk")
COMPLETION = schema("completions/completion")
COMPLETION_CHUNK = schema("completions/completion-chunk")
MODELS = schema("model-list")
MODEL = schema("model")
ERROR = schema("error")

HELLO = [{"role": "user", "content": "Who are you?"}]
SEEN = {"type": "object", "properties": {"colour": {"enum": ["red", "blue"]}}, "required": ["colour"]}

CHATS = {
    "text": {"model": SEEING, "messages": HELLO},
    "picture": {"model": SEEING, "messages": about("red-circle.png")},
    "limit": {"model": SEEING, "messages": HELLO, "max_completion_tokens": 2},
    "stop": {"model": SEEING, "messages": HELLO, "stop": ["model"], "include_stop_str_in_output": True},
    "logprobs": {"model": SEEING, "messages": HELLO, "logprobs": True},
    "choices": {"model": SEEING, "messages": HELLO, "n": 3, "temperature": 1},
    "choices with logprobs": {"model": SEEING, "messages": HELLO, "n": 2, "temperature": 1, "logprobs": True},
    "structure": {
        "model": SEEING,
        "messages": HELLO,
        "temperature": 1,
        "seed": 7,
        "max_tokens": 200,
        "response_format": {"type": "json_schema", "json_schema": {"name": "seen", "schema": SEEN, "strict": True}},
    },
    "call": {"model": CALLING, "messages": HELLO, "tools": [LOOK], "tool_choice": "required", "max_tokens": 200},
    "calls": {
        "model": CALLING,
        "messages": HELLO,
        "tools": [LOOK],
        "tool_choice": "required",
        "max_tokens": 100,
        "n": 2,
        "temperature": 1,
        "seed": 5,
        "logprobs": True,
    },
    "broken characters": {"model": CALLING, "messages": HELLO, "max_tokens": 30, "logprobs": True},
}

COMPLETIONS = {
    "text": {"prompt": "The circle"},
    "several": {"prompt": ["The circle", "The square"], "n": 2, "temperature": 1},
    "token ids": {"prompt": [[5, 6, 7], [8, 9]]},
    "echo": {"prompt": "The circle", "echo": True},
    "logprobs": {"prompt": "The circle", "logprobs": 1},
    "logprobs alone": {"prompt": "The circle", "logprobs": 0, "n": 2, "temperature": 1},
    "stop": {"prompt": "The circle", "stop": ["e", "a"]},
}


@pytest.fixture
def post(server):
    with requests.Session() as session:

        def post(path, body, **arguments):
            return session.post(f"{server}/v3/{path}", json=body, timeout=120, **arguments)

        yield post


def events(response):
    """The data of all events of a stream, which has to end as OpenAI's do."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].split(";")[0] == "text/event-stream"
    lines = [line for line in response.iter_lines() if line and not line.startswith(b":")]
    assert all(line.startswith(b"data: ") for line in lines)
    assert lines[-1] == b"data: [DONE]"
    return [json.loads(line.removeprefix(b"data: ")) for line in lines[:-1]]


def whole(response):
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    return response.json()


def assert_is_one_stream(chunks, choices):
    """All of one answer, each choice of which ends once, at its end."""
    assert len({(chunk["id"], chunk["created"], chunk["model"]) for chunk in chunks}) == 1
    for index in range(choices):
        ends = [choice["finish_reason"] for chunk in chunks for choice in chunk["choices"] if choice["index"] == index]
        assert ends and ends[-1] and not any(ends[:-1])


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_completion(post, name):
    CHAT.validate(whole(post("chat/completions", CHATS[name])))


@pytest.mark.parametrize("name,usage", product(CHATS, [True, False]))
def test_every_chunk_of_a_chat_completion(post, name, usage):
    body = CHATS[name] | {"stream": True, "stream_options": {"include_usage": usage}}
    chunks = events(post("chat/completions", body, stream=True))

    for chunk in chunks:
        CHAT_CHUNK.validate(chunk)
        assert ("usage" in chunk) == usage
    assert_is_one_stream(chunks, body.get("n", 1))
    assert (chunks[-1]["choices"] == []) == usage


@pytest.mark.parametrize("name", COMPLETIONS)
def test_a_completion(post, name):
    COMPLETION.validate(whole(post("completions", {"model": CALLING, "max_tokens": 8} | COMPLETIONS[name])))


@pytest.mark.parametrize("name,usage", product(COMPLETIONS, [True, False]))
def test_every_chunk_of_a_completion(post, name, usage):
    options = {"stream": True, "stream_options": {"include_usage": usage}}
    chunks = events(
        post("completions", {"model": CALLING, "max_tokens": 8} | COMPLETIONS[name] | options, stream=True)
    )

    for chunk in chunks:
        COMPLETION_CHUNK.validate(chunk)
    prompt = COMPLETIONS[name]["prompt"]
    assert_is_one_stream(chunks, COMPLETIONS[name].get("n", 1) * (len(prompt) if isinstance(prompt, list) else 1))
    assert (chunks[-1]["choices"] == []) == usage


def test_the_models(server):
    listed = whole(requests.get(f"{server}/v3/models", timeout=60))

    MODELS.validate(listed)
    assert [model["id"] for model in listed["data"]] == [SEEING, CALLING]
    for model in listed["data"]:
        MODEL.validate(model)
        assert whole(requests.get(f"{server}/v3/models/{model['id']}", timeout=60)) == model


REFUSALS = {
    "no JSON": ("POST", "chat/completions", {"data": b"{", "headers": {"Content-Type": "application/json"}}, 400),
    "no type": ("POST", "chat/completions", {"data": b"{}", "headers": {"Content-Type": "text/plain"}}, 415),
    "no messages": ("POST", "chat/completions", {"json": {"model": SEEING}}, 400),
    "unknown field": ("POST", "chat/completions", {"json": {"model": SEEING, "messages": HELLO, "nope": 1}}, 400),
    "unknown model": ("POST", "chat/completions", {"json": {"model": "nobody/nothing", "messages": HELLO}}, 404),
    "bad stream": (
        "POST",
        "chat/completions",
        {"json": {"model": SEEING, "messages": HELLO, "stream": True, "temperature": 3}},
        400,
    ),
    "bad completion": ("POST", "completions", {"json": {"model": CALLING, "prompt": "a", "suffix": "b"}}, 400),
    "method": ("DELETE", "chat/completions", {}, 405),
    "unknown path": ("GET", "nothing", {}, 404),
    "unlisted model": ("GET", "models/nobody/nothing", {}, 404),
    "unknown answer": ("POST", "chat/completions/chatcmpl-0/cancel", {}, 404),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal(server, name):
    method, path, arguments, status = REFUSALS[name]
    response = requests.request(method, f"{server}/v3/{path}", timeout=60, **arguments)

    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].split(";")[0] == "application/json"
    ERROR.validate(response.json())


def test_a_failure_within_a_stream(post):
    body = {"model": CALLING, "messages": HELLO, "stream": True, "ignore_eos": True, "max_tokens": 4000}
    with post("chat/completions", body, stream=True) as response:
        lines = (line.removeprefix(b"data: ") for line in response.iter_lines() if line.startswith(b"data: "))
        first = json.loads(next(lines))
        CHAT_CHUNK.validate(first)
        assert post(f"chat/completions/{first['id']}/cancel", {}).status_code == 200
        *chunks, last = lines

    for chunk in chunks:
        CHAT_CHUNK.validate(json.loads(chunk))
    ERROR.validate(json.loads(last))


@pytest.mark.parametrize("validator", [CHAT, CHAT_CHUNK, COMPLETION, COMPLETION_CHUNK, MODELS, MODEL, ERROR])
def test_the_schemas_refuse_what_is_not_openais(validator):
    assert not validator.is_valid({"id": "chatcmpl-1", "object": "chat.completion.part"})
    assert not validator.is_valid({})
