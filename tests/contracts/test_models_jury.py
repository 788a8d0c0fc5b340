"""A whole jury over HTTP for every service: warm first, one mode, failures become spoiled ballots, a wrong
key stops it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.brief.model import AskedName, Brief
from core.brief.schema import ballot_schema
from core.jury.ballot import Answer, Ballot, Reply, SpoiledBallot
from core.jury.sampler import Bounds, Sitting
from providers.models.registry import build_model
from providers.models.services import BY_NAME, SERVICES
from providers.models.stepping import Memory
from tests.providers.models.model_stub import Asked, Served, anthropic_stream, as_json, openai_stream, serving

ROWS = tuple(service.name for service in SERVICES)
BRIEF = Brief(
    system="s",
    user="<task>Rule.</task>",
    schema=json.dumps(ballot_schema(("AAPL",))),
    digest="d",
    principles_digest="p",
    names=(AskedName(ticker="AAPL", held=True, weight=Decimal(60), fact_ids=()),),
    cash_weight=Decimal(40),
)


def ballot(name: str, number: int) -> Served:
    line = {"ticker": "AAPL", "facts": [], "reasons_against": [], "reasons_for": [str(number)],
            "stance": "hold",
            "target_weight": 60}  # fmt: skip
    text = json.dumps({"names": [line], "cash_target_weight": 40})
    stream = anthropic_stream if BY_NAME[name].wire == "anthropic" else openai_stream
    return stream(text, response_id=f"id-{number}")


async def jury(
    name: str, script: Callable[[Asked], Any], *, asked: int = 5
) -> tuple[tuple[Answer, ...], list[Asked]]:
    async with serving(script) as service:
        model = build_model(
            f"{name}:m",
            temperature=Decimal(0),
            base_url=service.address,
            keys={"MODEL_API_KEY": "k"},
            memory=Memory(),
        )
        answers = await Sitting(
            model=model,
            brief=BRIEF,
            asked=asked,
            bounds=Bounds(concurrency=8, deadline_s=20.0),
            store=lambda _: None,
            progress=lambda _: None,
            may_spend=lambda _: True,
            jitter=lambda: 0.0,
            sleep=lambda _: asyncio.sleep(0),
        ).answers()
        await model.aclose()
        return answers, service.asked


def outcomes(answers: tuple[Answer, ...]) -> list[str]:
    last = {answer.index: answer.reading for answer in answers}
    return [
        reading.cause if isinstance(reading, SpoiledBallot) else "ok" for _, reading in sorted(last.items())
    ]


@pytest.mark.parametrize("name", ROWS)
async def test_the_first_ballot_settles_everything_and_the_rest_follow_its_first_token(name: str) -> None:
    def script(asked: Asked) -> Served:
        if "temperature" in asked.body:
            return as_json({"error": {"message": "temperature is deprecated for this model."}}, status=400)
        served = ballot(name, asked.number)
        return replace(served, pieces=[served.pieces[0], 0.1, *served.pieces[1:-1], 0.1, served.pieces[-1]])

    answers, asked = await jury(name, script)

    assert outcomes(answers) == ["ok"] * 5
    assert ["temperature" in one.body for one in asked] == [True, *[False] * 5]
    assert asked[2].at - asked[1].at >= 0.09
    assert asked[5].at - asked[2].at < 0.1
    said = {
        (answer.reply.mode, answer.reply.sampling) for answer in answers if isinstance(answer.reply, Reply)
    }
    assert said == {(BY_NAME[name].modes[0], "provider default")}


@pytest.mark.parametrize("name", ["anthropic", "openai"])
@pytest.mark.parametrize("down", range(6))
@pytest.mark.parametrize("status", [429, 529])
async def test_ballots_whose_calls_fail_twice_are_spoiled_and_the_rest_are_votes(
    name: str, down: int, status: int
) -> None:
    # The first calls of the last `down` ballots are numbers 5 - down to 4; every call after those is a second
    # try.
    def script(asked: Asked) -> Served:
        if asked.number >= 5 - down:
            return as_json({"error": {"message": "Busy."}}, status=status, retry_after="0")
        return ballot(name, asked.number)

    answers, asked = await jury(name, script)

    assert sum(outcome == "ok" for outcome in outcomes(answers)) == 5 - down
    assert len(asked) == 5 + down


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_a_key_refused_at_the_second_ballot_begins_no_further_call(name: str) -> None:
    def script(asked: Asked) -> Served:
        if asked.number >= 1:
            return as_json({"error": {"message": "invalid key"}}, status=401)
        return ballot(name, asked.number)

    answers, asked = await jury(name, script, asked=31)

    assert len(asked) <= 9
    assert outcomes(answers) == ["ok", *["bad_key"] * 30]


@pytest.mark.parametrize("name", ["anthropic", "openai"])
async def test_an_answer_cut_at_any_byte_is_never_a_vote(name: str) -> None:
    whole = b"".join(ballot(name, 0).pieces)
    cuts = [at for at in range(0, len(whole), 97) if b"stop_reason\": \"end_turn" not in whole[:at]
            and b"finish_reason\": \"stop" not in whole[:at]]  # fmt: skip

    def script(asked: Asked) -> Served:
        return Served(pieces=[whole[: cuts[asked.number % len(cuts)]] or b"\n"], cut=True)

    answers, _ = await jury(name, script, asked=31)

    assert not [answer for answer in answers if isinstance(answer.reading, Ballot)]
