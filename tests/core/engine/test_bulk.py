"""Bulk plans: sizes of juries, ids that follow from what is asked, resuming, budgets, ends."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.engine.bulk import Asked, Plan
from core.engine.engine import Engine
from core.run import Purpose, RunState
from core.snapshot.codec import snapshot_digest
from tests.core.engine import fakes
from tests.core.snapshots import dossier, fact, snapshot

FROZEN = snapshot(dossier("AAA", weight="45", facts=(fact("AAA", 1),)), dossier("BBB", weight="45"))
PLAIN = (Purpose.RERUN,)


def plan(*, ballots: int = 5, experiments: tuple[Purpose, ...] = PLAIN, **more: object) -> Plan:
    return Plan(experiments=experiments, ballots=ballots, **more)  # type: ignore[arg-type]


async def asked(engine: Engine, wanted: Plan) -> list[Asked]:
    told: list[Asked] = []
    await engine.bulk(wanted, [FROZEN], told.append)
    return told


@pytest.mark.parametrize(
    ("ballots", "juries"),
    [(3, (3,)), (31, (31,)), (32, (16, 16)), (63, (21, 21, 21)), (95, (24, 24, 24, 23))],
)
def test_juries_are_as_few_and_as_even_as_can_be(ballots: int, juries: tuple[int, ...]) -> None:
    assert plan(ballots=ballots).juries == juries


def test_under_three_ballots_there_is_no_jury() -> None:
    with pytest.raises(BadRequest, match="at least 3 ballots"):
        _ = plan(ballots=2).juries


async def test_each_experiment_is_asked_and_held_to_the_unchanged_question() -> None:
    ledger = fakes.Ledger()

    told = await asked(
        fakes.engine(ledger=ledger), plan(experiments=(Purpose.RERUN, Purpose.FACTS, Purpose.BLIND))
    )

    assert [one.purpose for one in told] == [Purpose.RERUN, Purpose.FACTS, Purpose.BLIND]
    parents = [ledger.kept[one.id].opening.parent for one in told]
    assert isinstance(parents[0], Gap)
    assert parents[1:] == [told[0].id, told[0].id]
    assert len({one.id for one in told}) == 3


async def test_every_changed_jury_is_held_to_the_first_of_the_unchanged_ones() -> None:
    ledger = fakes.Ledger()

    told = await asked(
        fakes.engine(ledger=ledger), plan(ballots=40, experiments=(Purpose.RERUN, Purpose.FACTS))
    )

    parents = [ledger.kept[one.id].opening.parent for one in told]
    assert parents[1:] == [told[0].id] * 3


async def test_without_the_unchanged_question_nothing_is_held_to_anything() -> None:
    ledger = fakes.Ledger()

    told = await asked(fakes.engine(ledger=ledger), plan(ballots=40, experiments=(Purpose.FACTS,)))

    assert all(isinstance(ledger.kept[one.id].opening.parent, Gap) for one in told)


async def test_what_was_asked_is_found_again_and_another_setting_is_another_plan() -> None:
    ledger = fakes.Ledger()
    first = await asked(fakes.engine(ledger=ledger), plan(ballots=40))
    silent = fakes.Model()

    again = await asked(fakes.engine(ledger=ledger, model=silent), plan(ballots=40))
    other = fakes.engine(ledger=ledger)
    other.terms = replace(other.terms, temperature=Decimal("0.5"))

    assert silent.asked == []
    assert [replace(one, new=True) for one in again] == first
    assert {one.new for one in again} == {False}
    assert {one.id for one in await asked(other, plan(ballots=40))}.isdisjoint({one.id for one in first})


async def test_two_snapshots_of_one_day_are_two_and_one_that_comes_twice_is_asked_about_once() -> None:
    other = replace(FROZEN, cash_weight=Decimal(20))
    ledger, model, told = fakes.Ledger(), fakes.Model(), list[Asked]()

    await fakes.engine(ledger=ledger, model=model).bulk(
        plan(experiments=(Purpose.RERUN, Purpose.FACTS)), [FROZEN, other, FROZEN], told.append
    )

    assert [one.snapshot_digest for one in told] == [
        snapshot_digest(one) for one in (FROZEN, FROZEN, other, other)
    ]
    assert len({one.id for one in told}) == len(ledger.kept) == 4
    assert len(model.asked) == 20


async def test_the_same_plan_on_another_day_finds_what_was_asked_and_another_server_is_another_plan() -> None:
    ledger, silent = fakes.Ledger(), fakes.Model()
    first = await asked(fakes.engine(ledger=ledger), plan())
    later = fakes.engine(ledger=ledger, model=silent)
    later.doors = replace(later.doors, clock=fakes.Clock())
    later.doors.clock.moment += timedelta(days=3)  # type: ignore[attr-defined]

    again = await asked(later, plan())
    later.terms = replace(later.terms, model_address="http://elsewhere")
    elsewhere = await asked(later, plan())

    assert [one.id for one in again] == [one.id for one in first]
    assert [one.id for one in elsewhere] != [one.id for one in first]
    assert len(silent.asked) == 5


async def interrupted(ledger: fakes.Ledger, *, seconds: float) -> str:
    """A jury of five of which two answers are stored, held for that long by a process that is gone."""
    [whole] = await asked(fakes.engine(ledger=ledger), plan())
    run = ledger.kept[whole.id]
    ledger.kept[whole.id] = replace(run, answers=run.answers[:2], closing=Gap(gap="open"))
    ledger.leases[whole.id] = replace(ledger.leases[whole.id], until=fakes.NOW + timedelta(seconds=seconds))
    return whole.id


async def test_an_open_jury_is_gone_on_with() -> None:
    ledger, rest = fakes.Ledger(), fakes.Model()
    await interrupted(ledger, seconds=-1)

    [again] = await asked(fakes.engine(ledger=ledger, model=rest), plan())

    assert sorted(index for index, _ in rest.asked) == [2, 3, 4]
    assert (again.new, again.valid) == (True, 5)


async def test_a_jury_that_a_dead_process_holds_is_waited_for() -> None:
    ledger, rest, waited = fakes.Ledger(), fakes.Model(), []
    run_id = await interrupted(ledger, seconds=40)
    engine = fakes.engine(ledger=ledger, model=rest)

    async def a_minute_later(seconds: float) -> None:
        waited.append(seconds)
        ledger.leases[run_id] = replace(ledger.leases[run_id], until=fakes.NOW - timedelta(seconds=1))

    engine.doors = replace(engine.doors, sleep=a_minute_later)
    [again] = await asked(engine, plan())

    assert len(waited) == 1
    assert 40 <= waited[0] <= 42
    assert again.valid == 5


async def test_a_plan_that_another_process_is_at_is_left_to_it() -> None:
    ledger = fakes.Ledger()
    await interrupted(ledger, seconds=40)

    with pytest.raises(BadRequest, match="Another process is at this plan"):
        await asked(fakes.engine(ledger=ledger), plan())


async def test_a_jury_without_quorum_is_told_and_one_without_any_ballot_ends_the_plan() -> None:
    def some(brief: Brief, index: int, attempt: int) -> object:
        return fakes.ballot(brief) if index == 0 else "no ballot"

    [told] = await asked(fakes.engine(model=fakes.Model(script=some)), plan())
    failed = ModelFailed("The key is wrong.", source="fake", cause="bad key", permanent=True)
    dead = fakes.Model(script=lambda *_: failed)

    assert told.valid == 1
    with pytest.raises(
        BadRequest, match=r"not one ballot of the last jury could be read\. .*The key is wrong"
    ):
        await asked(fakes.engine(model=dead), plan(ballots=93))
    assert len(dead.asked) == 1


async def test_a_plan_whose_last_start_ended_without_any_ballot_is_not_stopped_by_it_again() -> None:
    ledger = fakes.Ledger()
    failed = ModelFailed("Down.", source="fake", cause="down", permanent=True)
    with pytest.raises(BadRequest):
        await asked(
            fakes.engine(ledger=ledger, model=fakes.Model(script=lambda *_: failed)), plan(ballots=40)
        )

    told = await asked(fakes.engine(ledger=ledger), plan(ballots=40))

    assert [one.valid for one in told] == [0, 20]
    assert {fakes.closed(run).state for run in ledger.kept.values()} == {RunState.NO_QUORUM, RunState.DONE}


async def test_a_budget_stops_before_it_is_passed_and_the_rest_is_asked_with_a_larger_one() -> None:
    ledger = fakes.Ledger()
    prices = fakes.Prices(each=Decimal("0.01"), expected=Decimal("0.2"))

    with pytest.raises(BadRequest, match=r"Stopped at \$0\.20: the next jury is estimated at \$0\.20"):
        await asked(fakes.engine(ledger=ledger, prices=prices), plan(ballots=40, budget_usd=Decimal("0.39")))
    await asked(fakes.engine(ledger=ledger, prices=prices), plan(ballots=40, budget_usd=Decimal("0.40")))

    assert len(ledger.kept) == 2


async def test_what_is_under_way_counts_against_the_budget_too() -> None:
    prices, ledger = fakes.Prices(each=Decimal("0.001"), expected=Decimal("0.2")), fakes.Ledger()

    with pytest.raises(BadRequest, match="Stopped at"):
        await asked(
            fakes.engine(ledger=ledger, prices=prices),
            plan(ballots=93, at_once=3, budget_usd=Decimal("0.59")),
        )

    assert len(ledger.kept) == 2


async def test_a_jury_whose_cost_nobody_said_counts_as_it_was_estimated() -> None:
    prices = fakes.Prices(each=Gap(gap="nobody said"), expected=Decimal("0.2"))

    with pytest.raises(BadRequest, match=r"Stopped at \$0\.20"):
        await asked(fakes.engine(prices=prices), plan(ballots=40, budget_usd=Decimal("0.3")))


async def test_without_a_price_a_budget_cannot_be_kept() -> None:
    prices = fakes.Prices(expected=Gap(gap="no price of it is known"))

    with pytest.raises(BadRequest, match="The budget cannot be kept: no price"):
        await asked(fakes.engine(prices=prices), plan(budget_usd=Decimal(9), patient=False))


async def test_juries_side_by_side_are_no_more_than_was_said_and_end_when_the_plan_is_stopped() -> None:
    model = fakes.Model(wait=asyncio.Event())
    ledger = fakes.Ledger()
    engine = fakes.engine(model=model, ledger=ledger, concurrency=1)
    task = asyncio.create_task(asked(engine, plan(ballots=155, at_once=3)))
    while len(model.asked) < 3:
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)

    open_juries = len(ledger.kept)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert open_juries == 3
    assert all(isinstance(run.closing, Gap) for run in ledger.kept.values())


async def test_when_a_limit_stops_the_plan_what_is_under_way_is_finished() -> None:
    prices = fakes.Prices(each=Decimal("0.01"), expected=Decimal("0.2"))
    ledger = fakes.Ledger()

    with pytest.raises(BadRequest, match="Stopped at"):
        await asked(
            fakes.engine(ledger=ledger, prices=prices),
            plan(ballots=93, at_once=2, budget_usd=Decimal("0.45")),
        )

    assert all(not isinstance(run.closing, Gap) for run in ledger.kept.values())
