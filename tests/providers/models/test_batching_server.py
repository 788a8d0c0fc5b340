"""The temperature experiment against a server that batches like the real ones: at zero its answers depend on
what runs beside them (recorded from llama.cpp: five equal answers one by one, three different ones of five
side by side)."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from core.jury.ballot import Answer
from core.jury.sampler import Bounds, Sitting
from core.jury.tally import ZERO_REMARK, tally_jury
from core.jury.verdict import Stability, StabilityMap
from providers.models.registry import build_model
from providers.models.stepping import Memory
from tests.core.jury.juries import asked, brief, line, written
from tests.providers.models.model_stub import Asked, Served, openai_stream, serving

NAMES = tuple(f"N{number}" for number in range(6))
QUESTION = brief(*(asked(ticker, "15") for ticker in NAMES))


class Batching:
    """Answers are decided by how many run at once when theirs ends, and, above zero, by chance (here: their
    number)."""

    def __init__(self) -> None:
        self.running = 0

    async def answer(self, question: Asked) -> Served:
        self.running += 1
        beside = self.running
        await asyncio.sleep(0.03)
        self.running -= 1
        zero = question.body.get("temperature") == 0
        state = min(beside, 3) if zero else question.number
        stance = "add" if state % 2 else "lighten"
        lines = [
            line(ticker, stance, 15 + (1 if stance == "add" else -1), reasons_for=[f"state {state}"])
            for ticker in NAMES
        ]
        return openai_stream(written(lines, 10), response_id=f"c-{question.number}")


async def jury(temperature: int | None, at_once: int) -> StabilityMap:
    async with serving(Batching().answer) as service:
        model: Any = build_model(
            "llamacpp:m",
            temperature=None if temperature is None else Decimal(temperature),
            base_url=service.address,
            keys={},
            memory=Memory(),
        )
        answers: tuple[Answer, ...] = await Sitting(
            model=model,
            brief=QUESTION,
            asked=5,
            bounds=Bounds(concurrency=at_once, deadline_s=30.0, warm_s=0.001),
            store=lambda _: None,
            progress=lambda _: None,
            may_spend=lambda _: True,
            jitter=lambda: 0.0,
        ).answers()
        await model.aclose()
    return tally_jury(answers, QUESTION, (), asked=5)


async def test_at_zero_one_by_one_measures_nothing_and_side_by_side_measures_the_server() -> None:
    alone, together = await jury(0, 1), await jury(0, 5)

    assert alone.constant
    assert {one.stability for one in alone.verdicts} == {Stability.CONSTANT}
    assert not together.constant
    assert together.distinct == 2
    assert ZERO_REMARK in together.remarks
    assert not any(isinstance(one.repeat_probability, float) for one in (*alone.verdicts, *together.verdicts))


@pytest.mark.parametrize("at_once", [1, 5])
async def test_with_its_own_sampling_each_answer_is_a_draw_however_many_run(at_once: int) -> None:
    own = await jury(None, at_once)

    assert own.distinct == 2
    assert all(isinstance(one.repeat_probability, float) for one in own.verdicts)
    assert ZERO_REMARK not in own.remarks
