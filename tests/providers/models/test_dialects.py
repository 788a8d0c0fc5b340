"""What goes over the wire to each service, beyond the common contract: cache marks, keys, extras, usage, the
cache note."""

import asyncio
import gzip
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Reply, Usage
from providers.models import anthropic, openai
from providers.models.services import BY_NAME, Pace, Target
from providers.models.stepping import Memory
from tests.providers.models.model_stub import Asked, Served, anthropic_stream, as_json, openai_stream, serving

BRIEF = Brief(
    system="principles",
    user="<task>Rule.</task>",
    schema='{"type":"object","properties":{"b":{"type":"number"},"a":{"type":"number"}},"required":["b","a"]}',
    digest="0123456789abcdef" * 4,
    principles_digest="p",
    names=(),
    cash_weight=Decimal(100),
)


def target(name: str, address: str, model: str = "m") -> Target:
    return Target(service=BY_NAME[name], model=model, address=address, temperature=Decimal(0), secret="k")


async def ask(name: str, served: Any, *, model: str = "m", times: int = 1, deadline_s: float = 30.0) -> Any:
    async with serving(served if callable(served) else lambda _: served) as service:
        build = anthropic.build if BY_NAME[name].wire == "anthropic" else openai.build
        built = build(target(name, service.address, model), Memory(), Pace(deadline_s=deadline_s))
        try:
            replies = [
                await built.ask(BRIEF, index=index, attempt=1, heard=lambda _: None) for index in range(times)
            ]
        finally:
            await built.aclose()
        return replies, service.asked


async def test_claude_gets_one_cache_mark_at_the_end_and_the_older_version_for_a_temperature() -> None:
    _, asked = await ask("anthropic", anthropic_stream("{}"))

    body = asked[0].body
    assert body["messages"][0]["content"] == [
        {"type": "text", "text": BRIEF.user, "cache_control": {"type": "ephemeral"}}
    ]
    assert body["system"] == [{"type": "text", "text": "principles"}]
    assert body["max_tokens"] == 16_000
    assert asked[0].headers["anthropic-version"] == "2023-06-01"
    assert asked[0].headers["x-api-key"] == "k"


async def test_the_schema_goes_out_in_its_own_order() -> None:
    _, asked = await ask("openai", openai_stream("{}"))

    schema = asked[0].body["response_format"]["json_schema"]["schema"]
    assert list(schema["properties"]) == ["b", "a"]
    assert asked[0].body["response_format"]["json_schema"]["strict"] is True


async def test_openai_gets_a_key_for_its_cache_and_the_field_that_reasoning_models_take() -> None:
    _, asked = await ask("openai", openai_stream("{}"))

    assert asked[0].body["prompt_cache_key"] == BRIEF.digest[:32]
    assert asked[0].body["max_completion_tokens"] == 16_000
    assert "max_tokens" not in asked[0].body
    assert asked[0].body["stream_options"] == {"include_usage": True}


async def test_mimo_thinks_not_and_gets_the_schema_in_words_behind_the_question() -> None:
    replies, asked = await ask("mimo", openai_stream("{}"))

    assert asked[0].body["thinking"] == {"type": "disabled"}
    assert asked[0].body["response_format"] == {"type": "json_object"}
    assert asked[0].body["messages"][1]["content"].startswith(BRIEF.user)
    assert asked[0].body["messages"][1]["content"].endswith(BRIEF.schema)
    assert replies[0].sampling == "T=0"


async def test_mimo_that_refuses_to_stop_thinking_is_forced_to_its_own_temperature() -> None:
    def script(asked: Asked) -> Served:
        if "thinking" in asked.body:
            return as_json({"error": {"message": "unknown field thinking"}}, status=400)
        return openai_stream("{}")

    replies, _ = await ask("mimo", script)

    assert replies[0].sampling == "forced 1.0"


async def test_openrouter_may_not_switch_hosts_and_claude_there_is_asked_for_no_temperature() -> None:
    replies, asked = await ask("openrouter", openai_stream("{}"), model="anthropic/claude-opus-5.5")

    assert asked[0].body["provider"] == {"require_parameters": True, "allow_fallbacks": False}
    assert asked[0].body["messages"][1]["content"][0]["cache_control"] == {"type": "ephemeral"}
    assert "temperature" not in asked[0].body
    assert replies[0].sampling == "provider default"


async def test_claudes_prompt_is_the_sum_of_three_counts() -> None:
    usage = {"input_tokens": 3, "cache_read_input_tokens": 1111, "cache_creation_input_tokens": 40}

    replies, _ = await ask("anthropic", anthropic_stream("{}", usage=usage))

    assert replies[0].usage == Usage(
        input=1154, cached_read=1111, cache_write=40, output=50, reasoning=Gap(gap="the service does not say")
    )


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("openai", {"prompt_tokens_details": {"cached_tokens": 4012, "cache_write_tokens": 0}}),
        ("openai-compatible", {"cached_tokens": 4012}),
        ("openai-compatible", {"prompt_cache_hit_tokens": 4012}),
    ],
)
async def test_cached_tokens_are_found_where_the_service_puts_them(name: str, usage: dict[str, Any]) -> None:
    told = {
        "prompt_tokens": 4020,
        "completion_tokens": 4,
        "completion_tokens_details": {"reasoning_tokens": 2},
    }

    replies, _ = await ask(name, openai_stream("{}", usage=told | usage))

    assert (replies[0].usage.input, replies[0].usage.cached_read) == (4020, 4012)
    assert replies[0].usage.reasoning == 2


@pytest.mark.parametrize(
    ("name", "model", "whole", "read", "noted"),
    [
        ("anthropic", "claude-sonnet-5-5", 2000, 0, True),
        ("anthropic", "claude-sonnet-5-5", 1000, 0, False),
        ("anthropic", "claude-haiku-4-5", 2000, 0, False),
        ("anthropic", "claude-sonnet-5-5", 200, 1800, False),
        ("openai", "gpt-6-sol", 2000, 0, True),
        ("openai", "gpt-6-sol", 2000, 1920, False),
        ("gemini", "gemini-3", 9000, 0, False),
        ("ollama", "qwen3", 9000, 0, False),
    ],
)
async def test_a_repeated_question_that_was_not_read_from_the_cache_is_noted(
    name: str, model: str, whole: int, read: int, noted: bool
) -> None:
    if name == "anthropic":
        served = anthropic_stream("{}", usage={"input_tokens": whole, "cache_read_input_tokens": read})
    else:
        told = {
            "prompt_tokens": whole,
            "completion_tokens": 1,
            "prompt_tokens_details": {"cached_tokens": read},
        }
        served = openai_stream("{}", usage=told)

    replies, _ = await ask(name, served, model=model, times=2)

    assert replies[0].notes == ()
    assert [("no cached tokens" in note) for note in replies[1].notes] == [True] * noted


async def test_an_endless_stream_ends_at_the_deadline_with_what_came() -> None:
    def script(_: Asked) -> Served:
        served = anthropic_stream("partial text")
        return replace(served, pieces=[*served.pieces[:4], *[0.05, b": still here\n\n"] * 200])

    with pytest.raises(ModelFailed, match=r"within 0\.3 seconds") as caught:
        await ask("anthropic", script, deadline_s=0.3)

    assert caught.value.cause == "timeout"
    assert isinstance(caught.value.partial, Reply)
    assert caught.value.partial.text == "partial text"
    assert caught.value.partial.usage.input == 2000


async def test_a_cancelled_question_closes_its_connection() -> None:
    closed = asyncio.Event()

    async def waiting(_: Asked) -> Served:
        try:
            await asyncio.sleep(30)
        finally:
            closed.set()
        return anthropic_stream("{}")

    async with serving(waiting) as service:
        built = anthropic.build(target("anthropic", service.address), Memory(), Pace())
        task = asyncio.create_task(built.ask(BRIEF, index=0, attempt=1, heard=lambda _: None))
        while not service.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await built.aclose()

    assert closed.is_set()


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_a_compressed_answer_is_refused_before_it_unfolds(name: str) -> None:
    bomb = gzip.compress(b"\0" * 10_000_000)
    served = Served(headers={"content-type": "text/event-stream", "content-encoding": "gzip"}, pieces=[bomb])

    with pytest.raises(ModelFailed, match="a compressed answer") as caught:
        await ask(name, served)

    assert caught.value.cause == "not_an_answer"


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_a_redirect_is_not_followed(name: str) -> None:
    with pytest.raises(ModelFailed, match="check MODEL_BASE_URL") as caught:
        await ask(name, Served(status=307, headers={"location": "http://127.0.0.1:9/elsewhere"}))

    assert caught.value.cause == "wrong_address"


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_a_refusal_without_end_is_cut_and_still_a_sentence(name: str) -> None:
    served = Served(status=500, headers={"content-type": "text/plain"}, pieces=[b"x" * 100_000] * 100)

    with pytest.raises(ModelFailed) as caught:
        await ask(name, served)

    assert caught.value.cause == "server_error"
    assert len(str(caught.value)) < 400


async def test_a_stream_under_a_wrong_content_type_is_still_read() -> None:
    served = replace(openai_stream("{}"), headers={"content-type": "application/json"})

    replies, _ = await ask("openai", served)

    assert replies[0].text == "{}"


async def test_events_split_at_every_byte_and_carriage_returns_are_read_the_same() -> None:
    served = openai_stream('{"a": "é\u2028"}')
    raw = b"".join(served.pieces).replace(b"\n", b"\r\n")

    replies, _ = await ask("openai", replace(served, pieces=[bytes([byte]) for byte in raw]))

    assert replies[0].text == '{"a": "é\u2028"}'


async def test_a_stream_of_something_else_than_json_is_a_failure() -> None:
    with pytest.raises(ModelFailed, match="no JSON"):
        await ask("openai", Served(pieces=[b"data: {broken\n\n"]))


async def test_thinking_is_not_part_of_the_answer_and_a_spoken_refusal_is_a_refusal() -> None:
    chunks = [
        {"id": "c", "choices": [{"index": 0, "delta": {"reasoning_content": "hm"}}]},
        {"id": "c", "choices": [{"index": 1, "delta": {"content": "another choice"}}]},
        {"id": "c", "choices": [{"index": 0, "delta": {"refusal": "I will not."}, "finish_reason": "stop"}]},
    ]
    served = Served(pieces=[b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks])

    replies, _ = await ask("openai", served)

    assert (replies[0].text, replies[0].finish.value) == ("", "refusal")


async def test_a_transport_can_replace_the_network() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        body = {"id": "i", "choices": [{"index": 0, "message": {"content": "{}"}, "finish_reason": "stop"}]}
        return httpx2.Response(200, json=body)

    built = openai.build(
        target("openai", "http://127.0.0.1:1/v1"), Memory(), Pace(), transport=httpx2.MockTransport(answer)
    )
    reply = await built.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
    await built.aclose()

    assert reply.text == "{}"


async def test_mimo_that_thinks_although_it_was_told_not_to_is_forced_to_its_own_temperature() -> None:
    served = openai_stream("{}")
    thinking = {"id": "c-1", "choices": [{"index": 0, "delta": {"reasoning_content": "Hm."}}]}
    thought = b"data: " + json.dumps(thinking).encode() + b"\n\n"

    replies, _ = await ask("mimo", replace(served, pieces=[thought, *served.pieces]))

    assert (replies[0].sampling, replies[0].text) == ("forced 1.0", "{}")


async def test_a_model_outside_is_asked_by_the_proxy_of_the_settings_and_one_in_the_house_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        serving(lambda _: openai_stream("{}")) as elsewhere,
        serving(lambda _: openai_stream('{"a": 1}')) as proxy,
    ):
        monkeypatch.setenv("HTTP_PROXY", elsewhere.address)
        monkeypatch.setenv("ALL_PROXY", elsewhere.address)
        outside = replace(target("openai", "http://model.invalid"), proxy=proxy.address)
        inside = replace(target("openai", elsewhere.address), proxy=proxy.address)
        said = []
        for each in (outside, inside):
            built = openai.build(each, Memory(), Pace())
            said.append((await built.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)).text)
            await built.aclose()

        assert said == ['{"a": 1}', "{}"]
        assert len(elsewhere.asked) == len(proxy.asked) == 1
