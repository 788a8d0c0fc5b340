"""Answers that no honest service sends: halves of characters, counts that are none, fields of any shape.
Never a crash."""

import json
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from core.base.canonical import digest
from core.base.errors import BadRequest, ModelFailed
from core.base.gap import Gap
from core.jury.ballot import Ballot, Reply
from core.jury.reading import read_ballot
from providers.models import anthropic, openai
from providers.models.prices import ListPrices
from providers.models.registry import build_model
from providers.models.services import BY_NAME, Pace, Target
from providers.models.stepping import Memory
from tests.contracts.test_models import BRIEF
from tests.providers.models.model_stub import Served, anthropic_stream, openai_stream, serving

WIRES = ("anthropic", "openai")
HALF = "\ud83d"
OTHER_HALF = "\ude00"


def streamed(name: str, text: str, **more: Any) -> Served:
    return (anthropic_stream if name == "anthropic" else openai_stream)(text, **more)


async def ask_over(name: str, status: int, kind: str, body: bytes) -> Reply:
    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, headers={"content-type": kind}, content=body)

    service = BY_NAME[name]
    target = Target(
        service=service, model="m", address="http://127.0.0.1:1/v1", temperature=Decimal(0), secret="k"
    )
    build = anthropic.build if service.wire == "anthropic" else openai.build
    model = build(target, Memory(), Pace(), transport=httpx2.MockTransport(answer))
    try:
        return await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
    finally:
        await model.aclose()


async def ask(name: str, served: Served) -> Reply:
    raw = b"".join(piece for piece in served.pieces if isinstance(piece, bytes))
    return await ask_over(name, served.status, served.headers["content-type"], raw)


@pytest.mark.parametrize("name", WIRES)
async def test_a_character_that_came_in_two_halves_is_whole_again(name: str) -> None:
    # The stub cuts after 40 characters, as servers that count in UTF-16 do: in the middle of this one.
    reply = await ask(name, streamed(name, "x" * 39 + HALF + OTHER_HALF + "y"))

    assert reply.text == "x" * 39 + "\U0001f600y"


@pytest.mark.parametrize("name", WIRES)
async def test_half_a_character_is_a_failure_that_can_be_stored_and_never_a_ballot(name: str) -> None:
    with pytest.raises(ModelFailed, match="characters that do not exist") as caught:
        await ask(name, streamed(name, '{"names": "' + HALF + '"}'))

    assert (caught.value.cause, caught.value.permanent) == ("not_an_answer", False)
    assert isinstance(caught.value.partial, Reply)
    assert caught.value.partial.text == '{"names": "\\ud83d"}'
    assert caught.value.partial.usage.output == 50


@pytest.mark.parametrize("name", WIRES)
async def test_ids_and_stop_reasons_of_half_characters_and_any_length_can_be_stored(name: str) -> None:
    reply = await ask(
        name, streamed(name, "{}", response_id="id" + HALF + "z" * 5_000, finish=HALF + "a" * 900)
    )

    said = f"{reply.response_id} {reply.finish_raw} {reply.model}"
    assert digest(said)
    assert len(said) < 300
    assert str(reply.response_id).startswith("id\\ud83d")


@pytest.mark.parametrize("name", WIRES)
async def test_a_count_that_no_model_reaches_is_no_count(name: str) -> None:
    huge = 10**60
    usage = {"input_tokens": huge, "prompt_tokens": huge, "completion_tokens": huge}

    reply = await ask(name, streamed(name, "{}", usage=usage))

    assert isinstance(reply.usage.input, Gap)
    assert isinstance(ListPrices().cost(f"{name}:gpt-5", reply.usage, date(2026, 11, 22)), Gap)


@pytest.mark.parametrize("name", WIRES)
async def test_an_error_that_is_null_is_no_error(name: str) -> None:
    served = streamed(name, "{}")
    pieces = [piece.replace(b"data: {", b'data: {"error": null, ') for piece in served.pieces]

    reply = await ask(name, replace(served, pieces=pieces))

    assert reply.text == "{}"


@pytest.mark.parametrize("name", WIRES)
async def test_what_a_cut_answer_cost_is_not_taken_from_its_first_line(name: str) -> None:
    served = streamed(name, "x" * 400)

    with pytest.raises(ModelFailed) as caught:
        await ask(name, replace(served, pieces=served.pieces[:5]))

    assert caught.value.cause == "stream_cut"
    assert isinstance(caught.value.partial, Reply)
    assert isinstance(caught.value.partial.usage.output, Gap)


@pytest.mark.parametrize("name", WIRES)
async def test_an_answer_too_large_to_read_was_paid_and_nobody_knows_how_much(name: str) -> None:
    served = Served(pieces=[b'data: {"a": "', *[b"x" * 1_000_000] * 5])

    async with serving(lambda _: served) as service:
        model = build_model(
            f"{name}:m",
            temperature=None,
            base_url=service.address,
            keys={"MODEL_API_KEY": "k"},
            memory=Memory(),
        )
        with pytest.raises(ModelFailed) as caught:
            await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert caught.value.cause == "too_large"
    assert isinstance(caught.value.partial, Reply)
    assert isinstance(caught.value.partial.usage.output, Gap)


KEYS = ("type", "error", "message", "content", "delta", "choices", "usage", "id", "model", "index",
        "finish_reason",
        "stop_reason", "text", "output_tokens", "prompt_tokens", "prompt_tokens_details", "cached_tokens",
        "content_block", "refusal", "code", "detail", "status", "metadata", "raw", "param")  # fmt: skip
VALUES = (None, True, 0, -1, 1.5, 10**60, "", "stop", "end_turn", "message", "message_start", "message_delta",
          "content_block_delta", "error", "\ud800", "\x00", "429", 429, 400, "temperature")  # fmt: skip


def anything(chance: random.Random, depth: int) -> Any:
    if depth <= 0 or chance.random() < 0.4:
        return chance.choice(VALUES)
    if chance.random() < 0.3:
        return [anything(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return {chance.choice(KEYS): anything(chance, depth - 1) for _ in range(chance.randint(0, 5))}


def event(chance: random.Random) -> Any:
    """Anything, or an event of the right outline with anything in it."""
    deep, flat = anything(chance, 3), anything(chance, 1)
    return chance.choice(
        (
            anything(chance, 5),
            {"type": "message", "content": deep, "stop_reason": "end_turn", "usage": deep},
            {"type": "message_start", "message": deep},
            {"type": "content_block_delta", "delta": {"text": flat}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": deep},
            {"choices": [{"delta": {"content": deep}, "finish_reason": "stop"}], "usage": deep},
            {"choices": deep, "id": flat, "model": flat},
        )
    )


@pytest.mark.parametrize("seed", range(4))
async def test_no_body_of_any_shape_is_a_crash_or_a_vote(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        name = chance.choice(("anthropic", "openai", "gemini", "mimo", "openrouter"))
        events = [event(chance) for _ in range(chance.randint(1, 4))]
        lines = b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in events)
        kind, body = chance.choice(
            (("text/event-stream", lines), ("application/json", json.dumps(events[0]).encode()))
        )
        try:
            reply = await ask_over(name, chance.choice((200, 200, 200, 400, 404, 429, 529)), kind, body)
        except ModelFailed as failure:
            # Half a character in any of it would raise here.
            digest(str(failure))
        else:
            digest(f"{reply.text} {reply.response_id} {reply.model} {reply.finish_raw}")
            assert not isinstance(read_ballot(reply, BRIEF, index=0, attempt=1), Ballot)


@pytest.mark.parametrize("key", ["clé-0123456789", "日本", "a\nb", "a\x00b"])
def test_a_key_that_cannot_be_one_is_named_and_not_shown(key: str) -> None:
    with pytest.raises(BadRequest, match="MODEL_API_KEY holds a character that no key has") as caught:
        build_model("openai:m", temperature=None, base_url=None, keys={"MODEL_API_KEY": key}, memory=Memory())

    assert key not in str(caught.value)


def test_an_address_with_a_question_behind_it_is_refused() -> None:
    with pytest.raises(BadRequest, match="must end with its path") as caught:
        build_model(
            "openai:m",
            temperature=None,
            base_url="http://127.0.0.1:1/v1?key=hunter2",
            keys={},
            memory=Memory(),
        )

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", WIRES)
async def test_a_password_in_the_address_is_used_and_never_repeated(name: str) -> None:
    async with serving(lambda _: Served(status=404, pieces=[b"no"])) as service:
        address = service.address.replace("http://", "http://me:hunter2@")
        model = build_model(
            f"{name}:m", temperature=None, base_url=address, keys={"MODEL_API_KEY": "k"}, memory=Memory()
        )
        with pytest.raises(ModelFailed, match=r"answers at http://127\.0\.0\.1") as caught:
            await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert "hunter2" not in str(caught.value)
    assert service.asked[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize("name", WIRES)
async def test_headers_and_accounts_of_the_environment_stay_here(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting in ("OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(setting, "X-Secret: hunter2")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-hunter2")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "hunter2")

    async with serving(lambda _: streamed(name, "{}")) as service:
        model = build_model(
            f"{name}:m",
            temperature=None,
            base_url=service.address,
            keys={"MODEL_API_KEY": "k"},
            memory=Memory(),
        )
        await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert "hunter2" not in json.dumps(service.asked[0].headers)
    assert service.asked[0].headers["authorization"] == "Bearer k"
