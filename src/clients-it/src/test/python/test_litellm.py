"""LiteLLM, which is told that this is a server of OpenAI's API."""

import json
import os
from typing import Literal

import pytest
from pydantic import BaseModel

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else importing it asks the net for prices
import litellm  # noqa: E402

from conftest import CALLING, LOOK, PICTURES, SAMPLED, SEEING, about, assert_looked


@pytest.fixture
def ask(server):
    def ask(model, messages, **members):
        return litellm.completion(
            model=f"openai/{model}",
            api_base=f"{server}/v3",
            api_key="not used",
            messages=messages,
            num_retries=0,
            **members,
        )

    return ask


def test_says_who_it_is(ask):
    answer = ask(SEEING, [{"role": "user", "content": "Who are you?"}], max_tokens=40)

    assert "shapes" in answer.choices[0].message.content
    assert answer.usage.completion_tokens > 3


@pytest.mark.parametrize("picture", PICTURES)
def test_says_what_is_in_a_picture(ask, picture):
    answer = ask(SEEING, about(picture))

    assert answer.choices[0].message.content == PICTURES[picture]
    assert answer.choices[0].finish_reason == "stop"


def test_streams_what_it_says_whole(ask):
    chunks = list(ask(SEEING, about("red-circle.png"), stream=True))

    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == PICTURES["red-circle.png"]
    assert len(chunks) > 4


def test_takes_a_tools_result_and_goes_on(ask):
    members = dict(tools=[LOOK], temperature=1, seed=5, parallel_tool_calls=False)
    messages = [{"role": "user", "content": "What do you see?"}]
    first = ask(CALLING, messages, tool_choice="required", max_tokens=200, **members)

    (call,) = first.choices[0].message.tool_calls
    assert call.function.name == "look"
    assert_looked(json.loads(call.function.arguments))

    messages += [first.choices[0].message, {"role": "tool", "tool_call_id": call.id, "content": "a red triangle"}]
    second = ask(CALLING, messages, tool_choice="auto", max_tokens=8, **members)

    assert not second.choices[0].message.tool_calls
    assert second.choices[0].message.content
    assert second.usage.prompt_tokens > first.usage.prompt_tokens


class Seen(BaseModel):
    colour: Literal["red", "blue"]
    shape: Literal["circle", "square"]


def test_answers_in_the_form_of_a_class(ask):
    answer = ask(SEEING, about("red-circle.png"), response_format=Seen, **SAMPLED)

    Seen.model_validate_json(answer.choices[0].message.content)
