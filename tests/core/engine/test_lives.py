"""A run has one owner and one stamp: nothing is mixed over a restart, and whoever lost a run writes nothing
more to it."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import core.ports
from core.base.errors import BadRequest, LeaseLost, LedgerFailed, NotFound, QuorumNotMet
from core.base.gap import Gap
from core.engine import asking
from core.engine.engine import Engine
from core.engine.stamping import PLAN, Question, changed
from core.jury.sampler import Bounds
from core.jury.waves import Size
from core.run import Lease, Purpose, Run, RunState
from tests.core.engine.fakes import NOW, Ledger, Model, ballot, closed, engine, portfolio


def held(ledger: core.ports.Ledger, run_id: str) -> Lease:
    lease = ledger.lease(run_id)
    assert lease is not None
    return lease


async def interrupted(ledger: Ledger, *, purpose: Purpose = Purpose.REPORT, kept: int = 2) -> Run:
    """A run that a process began and left open, with some of its answers, its lease ended."""
    done = await engine(ledger=ledger).analyze(purpose=purpose)
    run = replace(done, answers=done.answers[:kept], closing=Gap(gap="open"))
    ledger.kept[run.opening.id] = run
    return run


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("MODEL", {"model": "another:model"}),
        ("MODEL_BASE_URL", {"model_address": "http://127.0.0.1:9/v1"}),
        ("TEMPERATURE", {"temperature": Decimal("0.5")}),
        ("JURY_SIZE", {"jury": Size(least=7, most=7)}),
        ("JURY_SIZE", {"jury": Size(least=3, most=5)}),
        ("PRINCIPLES_FILE", {"principles": "- Judge otherwise."}),
        ("HORIZON_MONTHS", {"horizon_months": 24}),
        ("MODEL_TIER", {"tier": "flex"}),
    ],
)
async def test_a_run_whose_settings_were_changed_is_closed_with_its_cost_and_never_gone_on_with(
    name: str, change: Any
) -> None:
    ledger, model = Ledger(), Model()
    run = await interrupted(ledger)
    model.label = change.pop("model", model.label)
    subject = engine(ledger=ledger, model=model)
    subject.terms = replace(subject.terms, **change)

    ended = await subject.resume(run.opening.id)

    assert closed(ended).state is RunState.FAILED
    assert closed(ended).failure == (
        f"The run was given up: interrupted, and {name} changed since; $0.02 had been spent."
    )
    assert model.asked == []
    assert ledger.run(run.opening.id) == ended


async def test_an_unchanged_run_is_gone_on_with_and_only_what_is_missing_is_asked() -> None:
    ledger, model = Ledger(), Model()
    run = await interrupted(ledger)

    ended = await engine(ledger=ledger, model=model).resume(run.opening.id)

    assert closed(ended).state is RunState.DONE
    assert sorted(index for index, _ in model.asked) == [2, 3, 4]
    assert held(ledger, run.opening.id).fence == 2


async def test_another_program_that_renders_another_prompt_does_not_go_on() -> None:
    ledger = Ledger()
    run = await interrupted(ledger)
    stamp = replace(run.opening.stamp, prompt_digest="of another version")
    subject = engine(ledger=ledger)

    assert changed(subject.doors, subject.terms, run) == ()
    other = replace(run, opening=replace(run.opening, stamp=stamp))
    assert changed(subject.doors, subject.terms, other) == ("the program",)


async def test_a_laboratory_run_goes_on_whatever_the_principles_and_the_jury_are_now() -> None:
    ledger = Ledger()
    base = await engine(ledger=ledger).analyze()
    result = await engine(ledger=ledger).variance()
    run = replace(ledger.run(result.run_id), closing=Gap(gap="open"))
    subject = engine(ledger=ledger, model=Model(label="another:model"))
    subject.terms = replace(
        subject.terms, principles="- Otherwise.", jury=Size(least=7, most=7), horizon_months=24
    )

    assert base.opening.id == result.report_id
    assert changed(subject.doors, subject.terms, run) == ("MODEL",)


async def test_a_run_that_another_process_is_making_is_left_alone() -> None:
    ledger = Ledger()
    run = await interrupted(ledger)
    ledger.leases[run.opening.id] = replace(held(ledger, run.opening.id), until=NOW + timedelta(days=1))
    subject = engine(ledger=ledger)

    with pytest.raises(LeaseLost, match="is being made by"):
        await subject.resume(run.opening.id)
    with pytest.raises(LeaseLost, match="is being made by"):
        await subject.abandon(run.opening.id, "no reason")

    assert ledger.run(run.opening.id) == run


async def test_a_jury_whose_run_was_taken_over_stops_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "RENEW_S", 0.01)
    ledger, model = Ledger(), Model(wait=asyncio.Event())
    subject = engine(ledger=ledger, model=model)
    task = asyncio.create_task(subject.analyze())
    while not model.asked:
        await asyncio.sleep(0)
    (run_id,) = ledger.kept
    ledger.leases[run_id] = replace(held(ledger, run_id), fence=2)

    with pytest.raises(LeaseLost, match="taken over"):
        await task

    assert ledger.run(run_id).answers == ()
    assert isinstance(ledger.run(run_id).closing, Gap)


async def test_a_lease_is_renewed_while_a_jury_sits_and_a_locked_ledger_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "RENEW_S", 0.01)
    gate = asyncio.Event()
    ledger, model = Ledger(), Model(wait=gate)
    renewed = ledger.renew
    tries: list[datetime] = []

    def renew(lease: Lease, *, until: datetime) -> None:
        tries.append(until)
        if len(tries) == 1:
            raise LedgerFailed("locked")
        renewed(lease, until=until)
        if len(tries) == 3:
            gate.set()

    monkeypatch.setattr(ledger, "renew", renew)

    run = await engine(ledger=ledger, model=model).analyze()

    assert closed(run).state is RunState.DONE
    assert len(tries) >= 3
    assert tries[0] < tries[1] < tries[2]


async def test_parking_gives_the_run_back_at_once_and_a_cancellation_closes_it() -> None:
    ends = {}
    for parked in (True, False):
        ledger, model = Ledger(), Model(wait=asyncio.Event())
        subject = engine(ledger=ledger, model=model)
        task = asyncio.create_task(subject.analyze())
        while not model.asked:
            await asyncio.sleep(0)
        if parked:
            subject.parking.set()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        (run_id,) = ledger.kept
        ends[parked] = (ledger.run(run_id), held(ledger, run_id).until <= subject.doors.clock.now())

    assert isinstance(ends[True][0].closing, Gap)
    assert ends[True][1]
    assert closed(ends[False][0]).state is RunState.CANCELLED


async def test_the_closing_and_what_is_said_of_it_are_written_together_or_not_at_all() -> None:
    ledger = Ledger()
    said = []

    async def publish(run: Run) -> Callable[[], None]:
        assert ledger.run(run.opening.id).closing == Gap(gap="open")
        return lambda: said.append(closed(run).state)

    async def broken(_run: Run) -> Callable[[], None]:
        def write() -> None:
            raise LedgerFailed("full")

        return write

    await engine(ledger=ledger).analyze(publish=publish, errand="update:1")
    first = next(iter(ledger.kept))
    other = engine(ledger=Ledger())
    with pytest.raises(LedgerFailed):
        await other.analyze(publish=broken)

    assert said == [RunState.DONE]
    assert held(ledger, first).errand == "update:1"
    assert [row.state for row in other.ledger.runs()] == [RunState.OPEN]


async def test_a_jury_without_quorum_is_published_too() -> None:
    said = []

    async def publish(run: Run) -> Callable[[], None]:
        return lambda: said.append(closed(run).state)

    model = Model(script=lambda brief, index, attempt: "no ballot")
    with pytest.raises(QuorumNotMet):
        await engine(model=model).analyze(publish=publish)

    assert said == [RunState.NO_QUORUM]


async def test_only_the_run_that_was_asked_for_is_published_not_the_report_it_is_held_against() -> None:
    said = []

    async def publish(run: Run) -> Callable[[], None]:
        return lambda: said.append(run.opening.id)

    subject = engine(holdings=portfolio("AAA", "BBB"))
    snapshot = await subject.freeze()
    result = await subject.variance(snapshot=snapshot, publish=publish)

    assert said == [result.run_id]
    assert result.report_id != result.run_id


async def test_a_laboratory_run_is_compared_again_from_the_ledger_alone() -> None:
    ledger = Ledger()
    subject = engine(ledger=ledger, model=Model(script=lambda brief, index, attempt: ballot(brief, "hold")))
    report = await subject.analyze()
    result = await subject.variance()

    assert subject.compared(ledger.run(result.run_id)) == result
    with pytest.raises(NotFound, match="repeats no report"):
        subject.compared(report)


async def test_a_jury_of_a_plan_is_known_as_one() -> None:
    subject = engine()
    snapshot = await subject.freeze()
    question = Question(
        purpose=Purpose.RERUN,
        snapshot=snapshot,
        brief=(await subject.analyze(snapshot=snapshot)).opening.brief,
        ballots=5,
        period=Gap(gap="none"),
        parent=Gap(gap="none"),
        id="lab-1",
    )

    run = await subject.ask(question)

    assert held(subject.ledger, "lab-1").errand == PLAN
    subject.terms = replace(subject.terms, max_cost_usd=Decimal("0.01"))
    with pytest.raises(BadRequest):
        await subject.ask(question)
    assert run.opening.id == "lab-1"


@pytest.mark.parametrize(
    ("hours", "tier", "errand", "state"),
    [
        (23, "standard", "update:1", RunState.DONE),
        (25, "standard", "update:1", RunState.FAILED),
        (25, "standard", PLAN, RunState.DONE),
        (27, "batch", "", RunState.DONE),
        (29, "batch", "", RunState.FAILED),
    ],
)
async def test_a_run_is_gone_on_with_for_a_day_a_batch_as_long_as_it_may_take_and_a_plan_at_any_time(
    hours: int, tier: str, errand: str, state: RunState
) -> None:
    ledger = Ledger()
    done = await engine(ledger=ledger).analyze(purpose=Purpose.PUSH)
    opening = replace(
        done.opening, opened=NOW - timedelta(hours=hours), stamp=replace(done.opening.stamp, tier=tier)
    )
    ledger.kept[opening.id] = Run(opening=opening, answers=(), closing=Gap(gap="open"))
    ledger.leases[opening.id] = replace(held(ledger, opening.id), errand=errand)
    model, taken = Model(), engine(ledger=ledger)
    subject = Engine(replace(taken.doors, batches=Batch(model)), replace(taken.terms, tier=tier))

    ended = await subject.resume(opening.id)

    assert closed(ended).state is state
    assert len(model.asked) == (5 if (tier, state) == ("batch", RunState.DONE) else 0)
    if state is RunState.FAILED:
        assert "interrupted, and its snapshot is more than a day old" in str(closed(ended).failure)


class Batch:
    """The `Batches` port: one model for all runs."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def sitting(self, run_id: str) -> Model:
        return self.model

    async def give_up(self, run_id: str) -> None:
        assert run_id


async def test_a_batch_that_is_gone_on_with_ends_when_it_would_have_and_is_not_given_another_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = []

    def bounds(*, concurrency: int, deadline_s: float, warm_s: float = 60.0) -> Bounds:
        given.append(deadline_s)
        return Bounds(concurrency=concurrency, deadline_s=deadline_s, warm_s=warm_s)

    monkeypatch.setattr(asking, "Bounds", bounds)
    for hours in (0, 20, 27.95):
        ledger = Ledger()
        plain = engine(ledger=ledger)
        subject = Engine(replace(plain.doors, batches=Batch(Model())), replace(plain.terms, tier="batch"))
        done = await subject.analyze(purpose=Purpose.PUSH)
        opening = replace(done.opening, opened=NOW - timedelta(hours=hours))
        ledger.kept[opening.id] = Run(opening=opening, answers=(), closing=Gap(gap="open"))
        given.clear()
        await subject.resume(opening.id)
        # The clock of these tests moves by a second at each look.
        assert given[1] == pytest.approx(max((28 - hours) * 3600, 600), abs=60)
        assert given[0] == 600


async def test_a_cancellation_while_the_run_is_being_opened_closes_it() -> None:
    ledger, opened = Ledger(), threading.Event()
    really = ledger.open_run

    def slowly(*values: Any, **named: Any) -> Lease:
        lease = really(*values, **named)
        opened.set()
        time.sleep(0.05)
        return lease

    ledger.open_run = slowly  # type: ignore[method-assign]  # the same, but slow
    model = Model()
    task = asyncio.create_task(engine(ledger=ledger, model=model).analyze())
    while not opened.is_set():
        await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    (row,) = ledger.runs()
    assert row.state is RunState.CANCELLED
    assert model.asked == []
