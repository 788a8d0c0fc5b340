"""What a run cost when not everything was counted: unknown is said as unknown, with what is known, and never
as zero."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.base.errors import ModelFailed, QuorumNotMet
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Reply, Usage
from core.run import RunState
from tests.core.engine.fakes import Ledger, Model, Prices, ballot, closed, engine, known

UNSAID = Gap(gap="not said")


class ByOutput(Prices):
    """A cent for each thousand tokens of output; a gap where they were not counted."""

    def cost(self, model: str, usage: Usage, day: date, tier: str = "standard") -> Decimal | Gap:
        return UNSAID if isinstance(usage.output, Gap) else Decimal(usage.output) / 100_000


def broken_at(*indexes: int, partial: Reply | None = None, cause: str = "stream_cut") -> Model:
    def script(brief: Brief, index: int, attempt: int) -> object:
        if index in indexes and attempt == 1:
            return ModelFailed("It broke off.", source="fake", cause=cause, partial=partial)
        return ballot(brief)

    return Model(script=script)


async def counted_reply(**usage: int | Gap) -> Reply:
    """A reply of the fake, with this usage."""
    run = await engine(ledger=Ledger()).analyze()
    whole = Usage(input=1000, cached_read=0, cache_write=0, output=1000, reasoning=UNSAID)
    return replace(known(run.answers[0].reply), usage=replace(whole, **usage))


async def test_an_answer_that_never_came_in_time_makes_the_cost_unknown() -> None:
    run = await engine(ledger=Ledger(), model=broken_at(2, cause="timeout")).analyze()

    assert closed(run).cost_usd == Gap(gap="an answer did not come in time, and nobody said what it used")


async def test_a_report_whose_cost_is_not_known_in_full_says_the_least_and_why() -> None:
    partial = await counted_reply(output=UNSAID)

    run = await engine(ledger=Ledger(), model=broken_at(2, partial=partial), prices=ByOutput()).analyze()

    assert closed(run).state is RunState.DONE
    [remark] = [text for text in closed(run).remarks if "cost" in text]
    assert remark.startswith("The cost is not known in full: at least $0.0")
    assert remark.endswith("was spent, and not said.")


async def test_a_refused_call_costs_nothing() -> None:
    run = await engine(ledger=Ledger(), model=broken_at(2, cause="rate_limited")).analyze()

    assert closed(run).cost_usd == Decimal("0.05")


async def test_nothing_is_unknown_about_a_model_without_a_bill() -> None:
    free = Prices(each=Decimal(0), expected=Decimal(0))

    run = await engine(ledger=Ledger(), model=broken_at(2, cause="timeout"), prices=free).analyze()

    assert closed(run).cost_usd == 0


@pytest.mark.parametrize("lost", ["input", "output"])
async def test_what_was_counted_is_the_least_that_was_spent(lost: str) -> None:
    ledger = Ledger()
    partial = await counted_reply(**{lost: UNSAID})

    class Down(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            if index == 0:
                reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
                return replace(reply, usage=replace(reply.usage, output=7000))
            raise ModelFailed("Cut.", source="fake", cause="stream_cut", permanent=True, partial=partial)

    class Priced(ByOutput):
        def cost(self, model: str, usage: Usage, day: date, tier: str = "standard") -> Decimal | Gap:
            return UNSAID if isinstance(usage.input, Gap) else super().cost(model, usage, day)

    with pytest.raises(QuorumNotMet) as caught:
        await engine(ledger=ledger, model=Down(), prices=Priced()).analyze()

    assert isinstance(closed(ledger.run(caught.value.run_id)).cost_usd, Gap)
    least = "0.07" if lost == "output" else "0.08"
    assert f"at least ${least} was spent" in str(caught.value)


async def test_the_limit_of_a_run_holds_although_one_answer_was_not_counted() -> None:
    partial = await counted_reply(output=UNSAID)
    asked = []

    class Long(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            asked.append(index)
            if index == 0 and attempt == 1:
                raise ModelFailed("Cut.", source="fake", cause="stream_cut", partial=partial)
            reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
            return replace(reply, usage=replace(reply.usage, output=150_000))

    with pytest.raises(QuorumNotMet, match="cost limit"):
        await engine(ledger=Ledger(), model=Long(), prices=ByOutput(), concurrency=1, max_cost="2").analyze()

    assert len(asked) == 3


async def test_a_limit_of_zero_stops_no_model_without_a_bill() -> None:
    free = Prices(each=Decimal(0), expected=Decimal(0))

    run = await engine(ledger=Ledger(), prices=free, max_cost="0").analyze()

    assert (closed(run).state, closed(run).cost_usd) == (RunState.DONE, Decimal(0))


@pytest.mark.parametrize(
    ("expected", "each", "cost", "words"),
    [
        (Decimal("0.05"), Decimal("0.01"), None, "at least $0.01 had been spent"),
        (Decimal(0), Decimal(0), Decimal(0), "$0.00 had been spent"),
    ],
)
async def test_cancelled_calls_under_way_are_paid_and_nobody_says_how_much(
    expected: Decimal, each: Decimal, cost: Decimal | None, words: str
) -> None:
    ledger = Ledger()
    gate = asyncio.Event()
    asked = []

    class Slow(Model):
        async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
            asked.append(index)
            reply = await super().ask(brief, index=index, attempt=attempt, heard=heard)
            if index > 0:
                await gate.wait()
            return reply

    prices = Prices(each=each, expected=expected)
    task = asyncio.create_task(engine(ledger=ledger, model=Slow(), prices=prices).analyze())
    while len(asked) < 5 and not task.done():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    closing = closed(ledger.run("run-1"))
    assert words in known(closing.failure)
    assert cost == closing.cost_usd if cost is not None else isinstance(closing.cost_usd, Gap)
