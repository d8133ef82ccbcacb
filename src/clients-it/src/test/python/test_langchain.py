"""LangChain."""

from typing import Literal

import pytest
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, Field

from conftest import CALLING, PICTURES, QUESTION, SAMPLED, SEEING, assert_looked, base64_of, data_uri, media_type


@pytest.fixture
def seeing(server):
    return ChatOpenAI(base_url=f"{server}/v3", api_key="not used", model=SEEING, max_retries=0)


def picture_by_url(name):
    return {"type": "image_url", "image_url": {"url": data_uri(name)}}


def picture_by_base64(name):
    return {"type": "image", "base64": base64_of(name), "mime_type": media_type(name)}


def about(name, part=picture_by_url):
    return [HumanMessage(content=[{"type": "text", "text": QUESTION}, part(name)])]


def test_says_who_it_is(seeing):
    answer = seeing.invoke("Who are you?")

    assert "shapes" in answer.content
    assert answer.usage_metadata["output_tokens"] > 3


@pytest.mark.parametrize("part", [picture_by_url, picture_by_base64])
@pytest.mark.parametrize("picture", PICTURES)
def test_says_what_is_in_a_picture(seeing, picture, part):
    answer = seeing.invoke(about(picture, part))

    assert answer.content == PICTURES[picture]
    assert answer.response_metadata["finish_reason"] == "stop"


def test_streams_what_it_says_whole(seeing):
    pieces = [chunk.content for chunk in seeing.stream(about("red-circle.png"))]

    assert "".join(pieces) == PICTURES["red-circle.png"]
    assert len([piece for piece in pieces if piece]) > 4


def test_answers_several_questions_at_once(seeing):
    answers = seeing.batch([about(picture) for picture in PICTURES])

    assert [answer.content for answer in answers] == list(PICTURES.values())


@tool
def look(colour: Literal["red", "grün"], sides: int = Field(ge=0, le=9)) -> str:
    """Looks at something."""
    return f"{colour}, {sides} sides"


def test_takes_a_tools_result_and_goes_on(server):
    calling = ChatOpenAI(
        base_url=f"{server}/v3", api_key="not used", model=CALLING, max_retries=0, temperature=1, seed=5, max_tokens=200
    )
    messages = [HumanMessage("What do you see?")]
    first = calling.bind_tools([look], tool_choice="required", parallel_tool_calls=False, strict=True).invoke(messages)

    (call,) = first.tool_calls
    assert call["name"] == "look"
    assert_looked(call["args"])

    result = look.invoke(call)
    assert isinstance(result, ToolMessage)
    second = calling.bind_tools([look], tool_choice="auto").invoke([*messages, first, result], max_tokens=8)

    assert second.tool_calls == []
    assert second.content
    assert second.usage_metadata["input_tokens"] > first.usage_metadata["input_tokens"]


class Seen(BaseModel):
    """What is seen."""

    colour: Literal["red", "blue"]
    shape: Literal["circle", "square"]


def test_answers_in_the_form_of_a_class(server):
    seeing = ChatOpenAI(base_url=f"{server}/v3", api_key="not used", model=SEEING, max_retries=0, **SAMPLED)

    seen = seeing.with_structured_output(Seen, method="json_schema").invoke(about("red-circle.png"))

    assert isinstance(seen, Seen)
