"""Anthropic's own client, at /v1/messages."""

import json

import anthropic
import pytest

from conftest import ARGUMENTS, CALLING, PICTURES, QUESTION, SEEING, assert_looked, base64_of, media_type

LOOK = {"name": "look", "description": "Looks at something.", "input_schema": ARGUMENTS}
HELLO = [{"role": "user", "content": "Who are you?"}]


@pytest.fixture
def client(server):
    with anthropic.Anthropic(base_url=server, api_key="not used", max_retries=0) as client:
        yield client


def about(name):
    source = {"type": "base64", "media_type": media_type(name), "data": base64_of(name)}
    return [{"role": "user", "content": [{"type": "image", "source": source}, {"type": "text", "text": QUESTION}]}]


def test_says_who_it_is(client):
    answer = client.messages.create(model=SEEING, max_tokens=40, messages=HELLO)

    (block,) = answer.content
    assert answer.type == "message" and answer.role == "assistant" and answer.model == SEEING
    assert block.type == "text" and "shapes" in block.text
    assert answer.stop_reason == "end_turn"
    assert answer.usage.input_tokens > 3 and answer.usage.output_tokens > 3


@pytest.mark.parametrize("picture", PICTURES)
def test_says_what_is_in_a_picture(client, picture):
    answer = client.messages.create(model=SEEING, max_tokens=40, messages=about(picture))

    assert answer.content[0].text == PICTURES[picture]


def test_takes_instructions_and_several_turns(client):
    messages = [*about("blue-square.jpg"), {"role": "assistant", "content": "I see a blue square."}]
    answer = client.messages.create(
        model=SEEING,
        max_tokens=40,
        system="Be short.",
        messages=[*messages, {"role": "user", "content": "What colour is it?"}],
    )

    assert "blue" in answer.content[0].text


def test_streams_what_it_says_whole(client):
    with client.messages.stream(model=SEEING, max_tokens=40, messages=about("red-circle.png")) as stream:
        pieces = list(stream.text_stream)
        final = stream.get_final_message()

    assert "".join(pieces) == final.content[0].text == PICTURES["red-circle.png"]
    assert len(pieces) > 4
    assert final.stop_reason == "end_turn"
    assert final.usage.output_tokens >= len(pieces)


def test_streams_events_in_anthropics_order(client):
    events = list(client.messages.create(model=SEEING, max_tokens=40, messages=HELLO, stream=True))

    kinds = [event.type for event in events if event.type != "ping"]
    deltas = len(kinds) - 5
    assert deltas > 4
    assert kinds == [
        "message_start",
        "content_block_start",
        *["content_block_delta"] * deltas,
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


def test_ends_at_the_token_limit_and_says_so(client):
    answer = client.messages.create(model=SEEING, max_tokens=2, messages=HELLO)

    assert answer.stop_reason == "max_tokens"
    assert answer.usage.output_tokens == 2


def test_ends_before_a_stop_sequence(client):
    answer = client.messages.create(
        model=SEEING, max_tokens=40, messages=about("red-circle.png"), stop_sequences=["circle"]
    )

    assert "circle" not in answer.content[0].text
    assert answer.stop_reason == "stop_sequence" and answer.stop_sequence == "circle"


CALL = dict(
    model=CALLING,
    max_tokens=1000,
    tools=[LOOK],
    tool_choice={"type": "any", "disable_parallel_tool_use": True},
    extra_body={"temperature": 1},
)


def test_takes_a_tools_result_and_goes_on(client):
    messages = [{"role": "user", "content": "What do you see?"}]
    first = client.messages.create(messages=messages, **CALL)

    (call,) = [block for block in first.content if block.type == "tool_use"]
    assert first.stop_reason == "tool_use"
    assert call.name == "look"
    assert_looked(call.input)

    result = {"type": "tool_result", "tool_use_id": call.id, "content": "a red triangle"}
    messages += [{"role": "assistant", "content": first.content}, {"role": "user", "content": [result]}]
    second = client.messages.create(messages=messages, **CALL | {"tool_choice": {"type": "auto"}, "max_tokens": 8})

    assert second.content[0].type == "text" and second.content[0].text
    assert second.usage.input_tokens > first.usage.input_tokens


def test_streams_a_calls_input_in_pieces(client):
    with client.messages.stream(messages=[{"role": "user", "content": "What do you see?"}], **CALL) as stream:
        pieces = [event.partial_json for event in stream if event.type == "input_json"]
        (call,) = [block for block in stream.get_final_message().content if block.type == "tool_use"]

    assert len(pieces) > 2
    assert json.loads("".join(pieces)) == call.input
    assert_looked(call.input)


def test_an_unknown_model_is_its_own_error(client):
    with pytest.raises(anthropic.NotFoundError) as e:
        client.messages.create(model="nobody/nothing", max_tokens=4, messages=HELLO)

    assert e.value.body["type"] == "error"
    assert e.value.body["error"]["type"] == "not_found_error"
    assert "nobody/nothing" in e.value.body["error"]["message"]


def test_a_bad_value_is_a_bad_request(client):
    with pytest.raises(anthropic.BadRequestError) as e:
        client.messages.create(model=SEEING, max_tokens=4, messages=HELLO, extra_body={"temperature": 3})

    assert e.value.body["error"]["type"] == "invalid_request_error"
    assert "temperature" in e.value.body["error"]["message"]
