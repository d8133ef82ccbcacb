"""OpenAI's own client, at /v3/responses."""

import json
from typing import Literal

import openai
import pytest
from pydantic import BaseModel

from conftest import ARGUMENTS, CALLING, PICTURES, QUESTION, SEEING, assert_looked, data_uri

LOOK = {
    "type": "function",
    "name": "look",
    "description": "Looks at something.",
    "parameters": ARGUMENTS,
    "strict": True,
}


@pytest.fixture
def client(server):
    with openai.OpenAI(base_url=f"{server}/v3", api_key="not used", max_retries=0) as client:
        yield client


def about(name):
    picture = {"type": "input_image", "detail": "auto", "image_url": data_uri(name)}
    return [{"role": "user", "content": [{"type": "input_text", "text": QUESTION}, picture]}]


def test_says_who_it_is(client):
    answer = client.responses.create(model=SEEING, input="Who are you?", store=False, max_output_tokens=40)

    assert answer.object == "response" and answer.status == "completed"
    assert "shapes" in answer.output_text
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens


@pytest.mark.parametrize("picture", PICTURES)
def test_says_what_is_in_a_picture(client, picture):
    answer = client.responses.create(model=SEEING, input=about(picture), store=False)

    assert answer.output_text == PICTURES[picture]


def test_streams_what_it_says_whole(client):
    with client.responses.stream(model=SEEING, input=about("red-circle.png"), store=False) as stream:
        events = list(stream)
        final = stream.get_final_response()

    pieces = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(pieces) == final.output_text == PICTURES["red-circle.png"]
    assert len(pieces) > 4


def test_streams_events_in_openais_order(client):
    events = list(client.responses.create(model=SEEING, input="Who are you?", store=False, stream=True))

    kinds = [event.type for event in events]
    deltas = kinds.count("response.output_text.delta")
    assert deltas > 4
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        *["response.output_text.delta"] * deltas,
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event.sequence_number for event in events] == list(range(len(events)))


def test_ends_at_the_token_limit_and_says_so(client):
    answer = client.responses.create(model=SEEING, input="Who are you?", store=False, max_output_tokens=2)

    assert answer.status == "incomplete"
    assert answer.incomplete_details.reason == "max_output_tokens"


def test_takes_a_tools_result_and_goes_on(client):
    asked = dict(model=CALLING, tools=[LOOK], parallel_tool_calls=False, temperature=1, store=False)
    conversation = [{"role": "user", "content": "What do you see?"}]
    first = client.responses.create(input=conversation, tool_choice="required", max_output_tokens=200, **asked)

    (call,) = [item for item in first.output if item.type == "function_call"]
    assert call.name == "look"
    assert_looked(json.loads(call.arguments))

    result = {"type": "function_call_output", "call_id": call.call_id, "output": "a red triangle"}
    second = client.responses.create(
        input=[*conversation, *first.output, result], tool_choice="auto", max_output_tokens=8, **asked
    )

    assert [item.type for item in second.output] == ["message"]
    assert second.usage.input_tokens > first.usage.input_tokens


class Seen(BaseModel):
    colour: Literal["red", "blue"]
    shape: Literal["circle", "square"]


def test_answers_in_the_form_of_a_class(client):
    # Greedily the demo model, which never saw JSON, writes white space for ever: the grammar lets it.
    answer = client.responses.parse(
        model=SEEING,
        input=about("red-circle.png"),
        text_format=Seen,
        store=False,
        temperature=1,
        max_output_tokens=1000,
        extra_body={"seed": 7},
    )

    assert isinstance(answer.output_parsed, Seen)


def test_an_unknown_model_is_its_own_error(client):
    with pytest.raises(openai.NotFoundError) as e:
        client.responses.create(model="nobody/nothing", input="Hello", store=False)

    assert e.value.code == "model_not_found"
