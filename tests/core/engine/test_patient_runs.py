"""Runs that have a day's time, and juries that end when no call is expected to change."""

import asyncio
from dataclasses import replace

import pytest

from core.base.gap import Gap
from core.brief.model import Brief
from core.engine.engine import Engine
from core.jury.waves import Size
from core.run import Purpose, RunState
from tests.core.engine import fakes


class Desk:
    """The `Batches` port: one model for all runs, and what was given up."""

    def __init__(self, model: fakes.Model | None = None) -> None:
        self.model = model or fakes.Model()
        self.sat: list[str] = []
        self.given_up: list[str] = []

    def sitting(self, run_id: str) -> fakes.Model:
        self.sat.append(run_id)
        return self.model

    async def give_up(self, run_id: str) -> None:
        self.given_up.append(run_id)


def with_batches(engine: Engine, desk: Desk, *, tier: str = "batch") -> Engine:
    return Engine(replace(engine.doors, batches=desk), replace(engine.terms, tier=tier))


async def test_the_monthly_report_is_handed_in_as_a_batch_and_what_is_asked_for_is_not() -> None:
    asked, desk = fakes.Model(), Desk()
    engine = with_batches(fakes.engine(model=asked), desk)

    pushed = await engine.analyze(purpose=Purpose.PUSH, period="2026-04")
    wanted = await engine.analyze()

    assert desk.sat == [pushed.opening.id]
    assert (len(desk.model.asked), len(asked.asked)) == (5, 5)
    assert (pushed.opening.stamp.tier, wanted.opening.stamp.tier) == ("batch", "standard")


async def test_without_batches_a_patient_run_is_asked_in_the_standard_way() -> None:
    engine = fakes.engine()
    run = await Engine(engine.doors, replace(engine.terms, tier="batch")).analyze(purpose=Purpose.PUSH)

    assert run.opening.stamp.tier == "standard"
    assert fakes.closed(run).state is RunState.DONE


async def test_flex_is_asked_for_by_every_run() -> None:
    desk = Desk()

    run = await with_batches(fakes.engine(), desk, tier="flex").analyze()

    assert (run.opening.stamp.tier, desk.sat) == ("flex", [])


async def test_the_estimate_is_that_of_the_price_class() -> None:
    prices = fakes.Prices()

    await with_batches(fakes.engine(prices=prices), Desk()).analyze(purpose=Purpose.PUSH)

    assert prices.tiers[0] == "batch"
    assert set(prices.tiers[1:]) == {"standard"}


@pytest.mark.parametrize(
    ("tier", "asked"), [("flex", "flex"), ("standard", "standard"), ("batch", "standard")]
)
async def test_what_a_person_asks_for_is_estimated_at_its_own_price_class(tier: str, asked: str) -> None:
    prices = fakes.Prices()

    await with_batches(fakes.engine(prices=prices), Desk(), tier=tier).estimate()

    assert prices.tiers == [asked]


@pytest.mark.parametrize(("parking", "given_up"), [(False, 1), (True, 0)])
async def test_cancelling_gives_the_batch_up_and_parking_leaves_it(parking: bool, given_up: int) -> None:
    desk = Desk(fakes.Model(wait=asyncio.Event()))
    engine = with_batches(fakes.engine(), desk)
    task = asyncio.create_task(engine.analyze(purpose=Purpose.PUSH))
    while not desk.model.asked:
        await asyncio.sleep(0)
    if parking:
        engine.parking.set()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert len(desk.given_up) == given_up


def sized(engine: Engine, least: int, most: int) -> Engine:
    return Engine(engine.doors, replace(engine.terms, jury=Size(least=least, most=most)))


async def test_a_jury_of_one_mind_ends_with_the_least_and_says_so() -> None:
    agreed = fakes.Model(script=lambda brief, index, attempt: fakes.ballot(brief, weight=5.0 + index / 10))
    names = tuple(f"N{number}" for number in range(12))
    engine = sized(fakes.engine(model=agreed, holdings=fakes.portfolio(*names)), 3, 9)

    run = await engine.analyze()

    assert len(agreed.asked) == 3
    assert (run.opening.stamp.asked, run.opening.stamp.least) == (9, 3)
    assert (
        fakes.known(fakes.closed(run).stability).asked,
        fakes.known(fakes.closed(run).stability).quorum,
    ) == (3, 3)
    assert (
        "3 of at most 9 ballots were asked: no call was expected to change with more."
        in fakes.closed(run).remarks
    )


async def test_a_jury_of_many_minds_is_asked_to_the_most() -> None:
    stances = ("add", "hold", "lighten")
    torn = fakes.Model(script=lambda brief, index, attempt: fakes.ballot(brief, stances[index % 3]))
    engine = sized(fakes.engine(model=torn), 3, 6)

    run = await engine.analyze()

    assert [index for index, _ in torn.asked] == [0, 1, 2, 3, 4, 5]
    assert fakes.known(fakes.closed(run).stability).asked == 6
    assert not any("at most" in remark for remark in fakes.closed(run).remarks)


async def test_what_a_batch_leaves_open_is_asked_at_once_and_not_in_another_batch() -> None:
    stances = ("add", "hold", "lighten")
    torn = fakes.Model(script=lambda brief, index, attempt: fakes.ballot(brief, stances[index % 3]))
    desk = Desk(torn)
    standard = fakes.Model(script=torn.script)

    await sized(with_batches(fakes.engine(model=standard), desk), 3, 6).analyze(purpose=Purpose.PUSH)

    assert [index for index, _ in torn.asked] == [0, 1, 2]
    assert [index for index, _ in standard.asked] == [3, 4, 5]


async def test_an_interrupted_jury_of_waves_goes_on_as_it_would_have() -> None:
    stances = ("add", "hold", "lighten")
    ledger = fakes.Ledger()

    def script(brief: Brief, index: int, attempt: int) -> object:
        return fakes.ballot(brief, stances[index % 3], weight=10.0 + index)

    whole = await sized(fakes.engine(model=fakes.Model(script=script), ledger=ledger), 3, 6).analyze()
    half = replace(whole, answers=whole.answers[:4], closing=Gap(gap="open"))
    ledger.kept[whole.opening.id] = half
    rest = fakes.Model(script=script)

    again = await sized(fakes.engine(model=rest, ledger=ledger), 3, 6).resume(whole.opening.id)

    assert [index for index, _ in rest.asked] == [4, 5]
    assert fakes.closed(again).stability == fakes.closed(whole).stability


async def test_a_rerun_has_as_many_ballots_as_its_report_really_had() -> None:
    agreed = fakes.Model(script=lambda brief, index, attempt: fakes.ballot(brief, weight=5.0 + index / 10))
    names = tuple(f"N{number}" for number in range(12))
    engine = sized(fakes.engine(model=agreed, holdings=fakes.portfolio(*names)), 3, 9)
    await engine.analyze()

    result = await engine.variance()

    assert result.asked == 3
