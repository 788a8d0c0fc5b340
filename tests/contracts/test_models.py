"""Every model service keeps the `ChatModel` contract: the same cases, over real HTTP on loopback, for each
row."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.brief.schema import ballot_schema
from core.jury.ballot import Finish, Reply
from providers.models.registry import OnUse, build_model
from providers.models.services import BY_NAME, SERVICES
from providers.models.stepping import Memory
from tests.providers.models.model_stub import (
    Asked,
    Served,
    anthropic_stream,
    as_html,
    as_json,
    openai_stream,
    serving,
)

SECRET = "sk-canary-0123456789abcdef"
ROWS = tuple(service.name for service in SERVICES)
TEXT = '{"names": [], "cash_target_weight": 100}'
BRIEF = Brief(
    system="Weigh the case against before the case for.",
    user="<portfolio></portfolio><task>Rule.</task>",
    schema=json.dumps(ballot_schema(("AAPL", "MSFT"))),
    digest="brief-one",
    principles_digest="p",
    names=(),
    cash_weight=Decimal(100),
)


def model_at(name: str, address: str, *, memory: Memory | None = None, temperature: str | None = "0") -> Any:
    return build_model(
        f"{name}:some-model",
        temperature=None if temperature is None else Decimal(temperature),
        base_url=address,
        keys={"ANTHROPIC_API_KEY": SECRET, "OPENAI_API_KEY": SECRET, "MODEL_API_KEY": SECRET},
        memory=memory or Memory(),
    )


def answered(name: str, text: str = TEXT, **more: Any) -> Served:
    stream = anthropic_stream if BY_NAME[name].wire == "anthropic" else openai_stream
    return stream(text, **more)


def natural(name: str) -> str:
    return "end_turn" if BY_NAME[name].wire == "anthropic" else "stop"


def error_body(
    name: str, message: str, *, kind: str = "invalid_request_error", param: str | None = None
) -> Any:
    if BY_NAME[name].wire == "anthropic":
        return {"type": "error", "error": {"type": kind, "message": message}}
    body = {"error": {"message": message, "type": kind, "param": param, "code": None}}
    return [body] if name == "gemini" else body


async def ask(
    name: str, script: Callable[[Asked], Any], *, brief: Brief = BRIEF
) -> tuple[Reply, list[Asked]]:
    async with serving(script) as service:
        model = model_at(name, service.address)
        try:
            reply = await model.ask(brief, index=0, attempt=1, heard=lambda _: None)
        finally:
            await model.aclose()
        return reply, service.asked


async def failing(name: str, script: Callable[[Asked], Any]) -> tuple[ModelFailed, int]:
    async with serving(script) as service:
        model = model_at(name, service.address)
        with pytest.raises(ModelFailed) as caught:
            await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()
        return caught.value, len(service.asked)


@pytest.mark.parametrize("name", ROWS)
async def test_an_answer_comes_back_as_it_was_streamed(name: str) -> None:
    reply, asked = await ask(name, lambda _: answered(name, response_id="id-7"))

    assert reply.text == TEXT
    assert (reply.finish, reply.finish_raw) == (Finish.NATURAL, natural(name))
    assert (reply.usage.input, reply.usage.output) == (2000, 50)
    assert (reply.response_id, reply.model) == ("id-7", "m")
    assert (reply.sampling, reply.mode) == ("T=0", BY_NAME[name].modes[0])
    assert reply.notes == ()
    assert len(asked) == 1
    assert asked[0].body["stream"] is True
    assert asked[0].body["temperature"] == 0
    assert SECRET in asked[0].headers["authorization"]


@pytest.mark.parametrize("name", ROWS)
async def test_two_questions_of_one_brief_are_the_same_bytes(name: str) -> None:
    async with serving(lambda _: answered(name)) as service:
        model = model_at(name, service.address)
        for index in (0, 1):
            await model.ask(BRIEF, index=index, attempt=1, heard=lambda _: None)
        await model.aclose()

    first, second = (json.dumps(asked.body) for asked in service.asked)
    assert first == second


@pytest.mark.parametrize("name", ROWS)
async def test_a_refused_temperature_is_dropped_once_and_remembered(name: str) -> None:
    def script(asked: Asked) -> Served:
        if "temperature" in asked.body:
            body = error_body(
                name, "Unsupported value: 'temperature' does not support 0", param="temperature"
            )
            return as_json(body, status=400)
        return answered(name)

    memory = Memory()
    async with serving(script) as service:
        first, second = (model_at(name, service.address, memory=memory) for _ in range(2))
        one = await first.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        two = await second.ask(BRIEF, index=1, attempt=1, heard=lambda _: None)
        await first.aclose()
        await second.aclose()

    assert (one.sampling, two.sampling) == ("provider default", "provider default")
    assert ["temperature" in asked.body for asked in service.asked] == [True, False, False]
    assert "refused the temperature 0" in one.notes[0]


@pytest.mark.parametrize("name", ROWS)
async def test_refused_structure_steps_down_to_words_and_stays_there(name: str) -> None:
    def script(asked: Asked) -> Served:
        if "response_format" in asked.body or "output_config" in asked.body:
            return as_json(error_body(name, "response_format / output_config is not supported"), status=400)
        return answered(name)

    async with serving(script) as service:
        model = model_at(name, service.address)
        one = await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        steps = len(service.asked)
        two = await model.ask(BRIEF, index=1, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert (one.mode, two.mode) == ("text", "text")
    assert steps == len(BY_NAME[name].modes)
    assert len(service.asked) == steps + 1
    assert "target_weight" in json.dumps(service.asked[-1].body["messages"])


@pytest.mark.parametrize("name", ROWS)
async def test_a_refusal_in_the_middle_of_a_jury_does_not_change_its_mode(name: str) -> None:
    def script(asked: Asked) -> Served:
        if asked.number == 1:
            return as_json(error_body(name, "response_format / output_config is not supported"), status=400)
        return answered(name)

    async with serving(script) as service:
        model = model_at(name, service.address)
        one = await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        with pytest.raises(ModelFailed, match="refused the question"):
            await model.ask(BRIEF, index=1, attempt=1, heard=lambda _: None)
        three = await model.ask(BRIEF, index=2, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert one.mode == three.mode == BY_NAME[name].modes[0]


@pytest.mark.parametrize("name", ROWS)
async def test_a_bad_request_that_names_no_field_costs_the_schema_once_and_then_is_a_failure(
    name: str,
) -> None:
    failure, calls = await failing(name, lambda _: as_json(error_body(name, "Something is odd."), status=400))

    tries = 2 if BY_NAME[name].modes[0] == "schema" else 1
    assert (failure.cause, failure.permanent, calls) == ("refused_request", True, tries)


REFUSALS = [
    # status, message, kind, headers, cause, permanent, words of the sentence
    (401, "Incorrect API key provided: " + SECRET, "authentication_error", {}, "bad_key", True,
     "does not accept the key"),
    (403, "This key may not use it.", "permission_error", {}, "forbidden", True, "does not allow"),
    (402, "Insufficient credits", "billing_error", {}, "no_credit", True, "no credit left"),
    (400, "Your credit balance is too low", "invalid_request_error", {}, "no_credit", True, "no credit left"),
    (429, "insufficient_quota: check your plan", "insufficient_quota", {}, "no_credit", True,
     "no credit left"),
    (404, "model: some-model", "not_found_error", {}, "unknown_model", True,
     "does not know the model some-model"),
    (404, "The model `some-model` does not exist", "e", {}, "unknown_model", True, "does not know the model"),
    (404, "Not Found", "not_found_error", {}, "wrong_address", True, "check MODEL_BASE_URL"),
    (429, "Slow down.", "rate_limit_error", {"retry_after": "20"}, "rate_limited", False, "wait 20 seconds"),
    (429, "Slow down.", "rate_limit_error", {}, "rate_limited", False, "limiting the rate"),
    (529, "Overloaded", "overloaded_error", {"retry_after_ms": "1500"}, "overloaded", False,
     "wait 1.5 seconds"),
    (500, "Internal error", "api_error", {}, "server_error", False, "failed (500)"),
    (413, "Too big", "request_too_large", {}, "too_long", True, "too long"),
]  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(("status", "said", "kind", "headers", "cause", "permanent", "words"), REFUSALS)
async def test_a_refusal_is_one_clear_sentence_after_one_call(
    name: str,
    status: int,
    said: str,
    kind: str,
    headers: dict[str, str],
    cause: str,
    permanent: bool,
    words: str,
) -> None:
    body = error_body(name, said, kind=kind)

    failure, calls = await failing(name, lambda _: as_json(body, status=status, **headers))

    assert (failure.cause, failure.permanent, calls) == (cause, permanent, 1)
    assert words in str(failure)
    assert SECRET not in str(failure)
    wait = {"retry_after": 20.0, "retry_after_ms": 1.5}
    assert failure.retry_after == next((wait[key] for key in headers), None)


@pytest.mark.parametrize("name", ROWS)
async def test_a_web_page_with_status_404_is_a_wrong_address(name: str) -> None:
    failure, _ = await failing(name, lambda _: as_html(status=404))

    assert failure.cause == "wrong_address"


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    "body", ["{}", "[]", '{"choices": []}', '{"choices": null}', '{"content": []}', '"text"', "null", ""]
)
async def test_status_200_without_an_answer_is_a_failure(name: str, body: str) -> None:
    failure, calls = await failing(name, lambda _: as_json(body))

    assert (failure.cause, failure.permanent, calls) == ("not_an_answer", False, 1)


@pytest.mark.parametrize("name", ROWS)
async def test_a_block_page_with_status_200_is_a_failure(name: str) -> None:
    failure, _ = await failing(name, lambda _: as_html())

    assert failure.cause == "not_an_answer"
    assert "a web page instead of an answer" in str(failure)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("as_list", [False, True])
async def test_an_error_body_with_status_200_is_a_failure_with_its_own_cause(
    name: str, as_list: bool
) -> None:
    body: Any = {"error": {"message": "Provider returned error", "code": 429}}

    failure, _ = await failing(name, lambda _: as_json([body] if as_list else body))

    assert (failure.cause, failure.permanent) == ("rate_limited", False)
    assert "Provider returned error" in str(failure)


@pytest.mark.parametrize("name", ROWS)
async def test_a_stream_cut_in_the_middle_is_a_failure_that_keeps_what_came(name: str) -> None:
    def script(_: Asked) -> Served:
        served = answered(name, TEXT * 20)
        return replace(served, pieces=served.pieces[:6], cut=True)

    failure, _ = await failing(name, script)

    assert (failure.cause, failure.permanent) == ("stream_cut", False)
    assert isinstance(failure.partial, Reply)
    assert (TEXT * 20).startswith(failure.partial.text)
    assert failure.partial.text


@pytest.mark.parametrize("name", ROWS)
async def test_a_stream_that_ends_without_a_stop_reason_is_no_ballot(name: str) -> None:
    failure, _ = await failing(name, lambda _: answered(name, finish=None))

    assert failure.cause == "stream_cut"


@pytest.mark.parametrize("name", ROWS)
async def test_an_error_in_the_middle_of_a_stream_is_a_failure(name: str) -> None:
    def script(_: Asked) -> Served:
        event = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
        served = answered(name)
        said = f"event: error\ndata: {json.dumps(event)}\n\n".encode()
        return replace(served, pieces=[*served.pieces[:4], said])

    failure, _ = await failing(name, script)

    assert (failure.cause, failure.permanent) == ("overloaded", False)


@pytest.mark.parametrize("name", ROWS)
async def test_an_answer_of_fifty_megabytes_is_refused(name: str) -> None:
    letters = b"x" * 1_000_000

    failure, _ = await failing(name, lambda _: Served(pieces=[b'data: {"a": "', *[letters] * 50, b'"}\n\n']))

    assert failure.cause == "too_large"


@pytest.mark.parametrize("name", ROWS)
async def test_a_stream_of_text_without_end_is_refused(name: str) -> None:
    def script(_: Asked) -> Served:
        served = answered(name, "x" * 40)
        piece = next(piece for piece in served.pieces if b"xxxx" in piece).replace(b"x" * 40, b"x" * 100_000)
        return replace(served, pieces=[*served.pieces[:2], *[piece] * 40])

    failure, _ = await failing(name, script)

    assert failure.cause == "too_large"


@pytest.mark.parametrize("name", ROWS)
async def test_nothing_listening_is_said_in_one_sentence(name: str) -> None:
    async with serving(lambda _: answered(name)) as service:
        address = service.address
    model = model_at(name, address)

    with pytest.raises(ModelFailed, match="nothing listens there") as caught:
        await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
    await model.aclose()

    assert (caught.value.cause, caught.value.permanent) == ("unreachable", False)


STOPS = {
    "anthropic": [("max_tokens", Finish.LENGTH), ("refusal", Finish.REFUSAL), ("tool_use", Finish.UNKNOWN),
                  ("pause_turn", Finish.UNKNOWN), ("model_context_window_exceeded", Finish.LENGTH),
                  ("new", Finish.UNKNOWN)],
    "openai": [("length", Finish.LENGTH), ("content_filter", Finish.FILTER), ("tool_calls", Finish.UNKNOWN),
               ("SAFETY", Finish.FILTER), ("eos", Finish.UNKNOWN), ("", Finish.UNKNOWN)],
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("at", range(6))
async def test_only_a_natural_end_is_natural(name: str, at: int) -> None:
    word, finish = STOPS[BY_NAME[name].wire][at]

    reply, _ = await ask(name, lambda _: answered(name, finish=word))

    assert reply.finish is finish


@pytest.mark.parametrize("name", ROWS)
async def test_what_has_come_is_told_as_it_comes_and_a_sign_of_life_is_no_token(name: str) -> None:
    told: list[tuple[int, float]] = []
    loop = asyncio.get_running_loop()

    def script(_: Asked) -> Served:
        served = answered(name)
        return replace(served, pieces=[served.pieces[0], 0.15, *served.pieces[1:-1], 0.1, served.pieces[-1]])

    async with serving(script) as service:
        model = model_at(name, service.address)
        began = loop.time()
        reply = await model.ask(
            BRIEF, index=0, attempt=1, heard=lambda tokens: told.append((tokens, loop.time() - began))
        )
        await model.aclose()

    counts = [tokens for tokens, _ in told]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert told[0][1] < 0.14
    assert 0.14 < next(at for tokens, at in told if tokens) < reply.seconds + 1
    assert counts[-1] >= len(reply.text) // 4
    assert reply.first_token_s >= 0.14
    assert reply.seconds >= reply.first_token_s + 0.09


@pytest.mark.parametrize("name", ROWS)
async def test_a_model_shows_its_key_nowhere(name: str) -> None:
    model = model_at(name, "http://127.0.0.1:1")

    assert isinstance(model, OnUse)
    assert SECRET not in repr(model) + repr(vars(model))
    assert model.label == f"{name}:some-model"
    assert model.rehearsal is False


@pytest.mark.parametrize("name", ROWS)
async def test_no_temperature_is_sent_where_none_is_set(name: str) -> None:
    async with serving(lambda _: answered(name)) as service:
        model = model_at(name, service.address, temperature=None)
        reply = await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert "temperature" not in service.asked[0].body
    assert reply.sampling == "provider default"


@pytest.mark.parametrize("name", ROWS)
async def test_a_service_that_reports_no_usage_has_gaps_and_no_zeros(name: str) -> None:
    def script(_: Asked) -> Served:
        if BY_NAME[name].wire == "anthropic":
            body: Any = {
                "type": "message",
                "id": "i",
                "content": [{"type": "text", "text": TEXT}],
                "stop_reason": "end_turn",
            }
        else:
            body = {
                "id": "i",
                "choices": [{"index": 0, "message": {"content": TEXT}, "finish_reason": "stop"}],
            }
        return as_json(body)

    reply, _ = await ask(name, script)

    assert reply.text == TEXT
    assert all(
        isinstance(getattr(reply.usage, part), Gap)
        for part in ("input", "output", "cached_read", "reasoning")
    )
