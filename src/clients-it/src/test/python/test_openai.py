"""OpenAI's own client."""

import json
from typing import Literal

import openai
import pytest
from pydantic import BaseModel

from conftest import CALLING, LOOK, PICTURES, SAMPLED, SEEING, about, assert_looked


@pytest.fixture
def client(server):
    with openai.OpenAI(base_url=f"{server}/v3", api_key="not used", max_retries=0) as client:
        yield client


def test_says_who_it_is(client):
    answer = client.chat.completions.create(
        model=SEEING, messages=[{"role": "user", "content": "Who are you?"}], max_completion_tokens=40
    )

    assert "shapes" in answer.choices[0].message.content
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


@pytest.mark.parametrize("picture", PICTURES)
def test_says_what_is_in_a_picture(client, picture):
    answer = client.chat.completions.create(model=SEEING, messages=about(picture))

    assert answer.choices[0].message.content == PICTURES[picture]
    assert answer.choices[0].finish_reason == "stop"


def test_streams_what_it_says_whole(client):
    with client.chat.completions.stream(
        model=SEEING, messages=about("red-circle.png"), stream_options={"include_usage": True}
    ) as stream:
        pieces = [event.delta for event in stream if event.type == "content.delta"]
        final = stream.get_final_completion()

    assert "".join(pieces) == final.choices[0].message.content == PICTURES["red-circle.png"]
    assert len(pieces) > 4
    assert final.usage.completion_tokens >= len(pieces)


def calling(messages, **members):
    return dict(
        model=CALLING,
        messages=messages,
        tools=[LOOK],
        tool_choice="required",
        parallel_tool_calls=False,
        temperature=1,
        seed=5,
        max_completion_tokens=200,
    ) | members


def test_takes_a_tools_result_and_goes_on(client):
    messages = [{"role": "user", "content": "What do you see?"}]
    first = client.chat.completions.create(**calling(messages))

    (call,) = first.choices[0].message.tool_calls
    assert first.choices[0].finish_reason == "tool_calls"
    assert call.function.name == "look"
    assert_looked(json.loads(call.function.arguments))

    messages += [first.choices[0].message, {"role": "tool", "tool_call_id": call.id, "content": "a red triangle"}]
    second = client.chat.completions.create(**calling(messages, tool_choice="auto", max_completion_tokens=8))

    assert second.choices[0].message.tool_calls is None
    assert second.choices[0].message.content
    assert second.usage.prompt_tokens > first.usage.prompt_tokens


def test_streams_a_calls_arguments_in_pieces(client):
    messages = [{"role": "user", "content": "What do you see?"}]
    with client.chat.completions.stream(**calling(messages)) as stream:
        pieces = [e.arguments_delta for e in stream if e.type == "tool_calls.function.arguments.delta"]
        (call,) = stream.get_final_completion().choices[0].message.tool_calls

    assert len(pieces) > 2
    assert "".join(pieces) == call.function.arguments
    assert_looked(json.loads(call.function.arguments))


class Seen(BaseModel):
    colour: Literal["red", "blue"]
    shape: Literal["circle", "square"]


def test_answers_in_the_form_of_a_class(client):
    answer = client.chat.completions.parse(
        model=SEEING, messages=about("red-circle.png"), response_format=Seen, **SAMPLED
    )

    assert isinstance(answer.choices[0].message.parsed, Seen)


def test_goes_on_with_raw_prompts(client):
    answer = client.completions.create(
        model=CALLING, prompt=["The circle", "The square"], max_tokens=4, temperature=0, echo=True
    )

    assert [choice.index for choice in answer.choices] == [0, 1]
    assert answer.choices[0].text.startswith("The circle")
    assert answer.choices[1].text.startswith("The square")
    assert answer.usage.completion_tokens == 8


def test_streams_raw_completions(client):
    asked = dict(model=CALLING, prompt="The circle", max_tokens=6, temperature=0)
    whole = client.completions.create(**asked)

    streamed = list(client.completions.create(**asked, stream=True))

    assert "".join(chunk.choices[0].text for chunk in streamed) == whole.choices[0].text
    assert streamed[-1].choices[0].finish_reason == "length"


def test_lists_its_models(client):
    assert {model.id for model in client.models.list()} == {SEEING, CALLING}
    assert client.models.retrieve(SEEING).id == SEEING


def test_an_unknown_model_is_its_own_error(client):
    with pytest.raises(openai.NotFoundError) as e:
        client.chat.completions.create(model="nobody/nothing", messages=about("red-circle.png"))

    assert e.value.code == "model_not_found"
    assert "nobody/nothing" in e.value.message


def test_a_bad_value_names_its_parameter(client):
    with pytest.raises(openai.BadRequestError) as e:
        client.chat.completions.create(model=SEEING, messages=about("red-circle.png"), temperature=3)

    assert e.value.param == "temperature"
