"""What the ledger was told is what it says later, whole, in order and unchanged."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import LeaseLost, LedgerFailed, NotFound
from core.base.gap import Gap
from core.jury.ballot import Ballot, SpoiledBallot
from core.portfolio.accounts import alone
from core.run import Purpose, Run, RunState
from providers.ledger.sqlite import SqliteLedger
from tests.providers.ledger import samples

MONTH = timedelta(days=31)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def test_a_run_is_read_back_exactly_as_it_was_written(ledger: SqliteLedger) -> None:
    opening = samples.opening(period="2026-04", parent="r0", purpose=Purpose.PUSH)
    ledger.open_run(opening)
    ledger.store_answer(samples.lease("r1"), samples.spoiled(1))
    ledger.store_answer(samples.lease("r1"), samples.answer(1, attempt=2))
    ledger.store_answer(samples.lease("r1"), samples.answer(0))
    ledger.close_run(samples.lease("r1"), samples.closing())

    run = ledger.run("r1")

    assert run == Run(
        opening=opening,
        answers=(samples.answer(0), samples.spoiled(1), samples.answer(1, attempt=2)),
        closing=samples.closing(),
    )


def test_an_interrupted_run_is_open_and_keeps_the_answers_that_were_paid(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())
    ledger.store_answer(samples.lease("r1"), samples.answer(2))

    run = ledger.run("r1")

    assert isinstance(run.closing, Gap)
    assert [answer.index for answer in run.answers] == [2]
    assert ledger.runs()[0].state is RunState.OPEN


def test_readings_come_back_as_what_they_were(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())
    ledger.store_answer(samples.lease("r1"), samples.answer(0))
    ledger.store_answer(samples.lease("r1"), samples.spoiled(1))

    readings = [type(answer.reading) for answer in ledger.run("r1").answers]

    assert readings == [Ballot, SpoiledBallot]


def test_a_closed_run_is_never_changed(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())
    ledger.close_run(samples.lease("r1"), samples.closing())

    with pytest.raises(LeaseLost, match="never changed"):
        ledger.store_answer(samples.lease("r1"), samples.answer(0))
    with pytest.raises(LeaseLost, match="never changed"):
        ledger.close_run(samples.lease("r1"), samples.closing(state=RunState.FAILED))

    assert ledger.run("r1").closing == samples.closing()


@pytest.mark.parametrize("table", ["runs", "answers", "closings", "texts", "portfolios"])
def test_the_file_itself_refuses_to_rewrite_what_is_remembered(ledger: SqliteLedger, table: str) -> None:
    ledger.open_run(samples.opening())
    ledger.store_answer(samples.lease("r1"), samples.answer(0))
    ledger.close_run(samples.lease("r1"), samples.closing())
    ledger.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin="import")
    column = "digest" if table in {"texts", "answers"} else "rowid"

    with pytest.raises(LedgerFailed, match="never changed"):
        ledger.store.write(lambda db: db.execute(f"UPDATE {table} SET {column} = {column}"))


def test_the_same_attempt_stored_twice_is_one_and_another_one_is_refused(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())
    ledger.store_answer(samples.lease("r1"), samples.answer(0))

    ledger.store_answer(samples.lease("r1"), samples.answer(0))
    with pytest.raises(LedgerFailed, match="stored already"):
        ledger.store_answer(samples.lease("r1"), samples.answer(0, text="another"))

    assert ledger.run("r1").answers == (samples.answer(0),)


def test_a_run_that_does_not_exist_is_not_found(ledger: SqliteLedger) -> None:
    for ask in (
        lambda: ledger.run("nope"),
        lambda: ledger.store_answer(samples.lease("nope"), samples.answer(0)),
        lambda: ledger.close_run(samples.lease("nope"), samples.closing()),
        lambda: ledger.last_report(before="nope"),
    ):
        with pytest.raises(NotFound, match="nope"):
            ask()


def test_a_run_id_is_used_once(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())

    with pytest.raises(LedgerFailed, match="opened before"):
        ledger.open_run(samples.opening())


def test_a_run_cannot_be_closed_as_open(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())

    with pytest.raises(LedgerFailed, match="cannot be closed as open"):
        ledger.close_run(samples.lease("r1"), samples.closing(state=RunState.OPEN))


def test_the_last_report_is_the_newest_finished_one_and_no_rehearsal_of_it(ledger: SqliteLedger) -> None:
    for run_id, purpose, state in (
        ("first", Purpose.REPORT, RunState.DONE),
        ("second", Purpose.PUSH, RunState.DONE),
        ("again", Purpose.RERUN, RunState.DONE),
        ("broken", Purpose.REPORT, RunState.NO_QUORUM),
    ):
        ledger.open_run(samples.opening(run_id, purpose=purpose))
        ledger.close_run(samples.lease(run_id), samples.closing(state=state))
    ledger.open_run(samples.opening("running"))

    assert ledger.last_report().opening.id == "second"
    assert ledger.last_report(before="second").opening.id == "first"
    assert ledger.last_report(before="running").opening.id == "second"
    with pytest.raises(NotFound, match="no earlier report"):
        ledger.last_report(before="first")


def test_without_any_report_the_ledger_says_so(ledger: SqliteLedger) -> None:
    with pytest.raises(NotFound, match="no report yet: `analyze` makes"):
        ledger.last_report()

    assert ledger.runs() == ()


def test_newest_is_the_order_of_opening_even_when_the_clock_jumped_back(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening("noon"))
    ledger.close_run(samples.lease("noon"), samples.closing())
    ledger.open_run(samples.opening("ten", at=samples.NOON - timedelta(hours=2)))
    ledger.close_run(samples.lease("ten"), samples.closing())

    assert ledger.last_report().opening.id == "ten"
    assert [row.id for row in ledger.runs()] == ["ten", "noon"]
    assert [row.id for row in ledger.runs(newest_first=False, limit=1)] == ["noon"]


def test_the_history_can_be_asked_by_purpose(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening("a", purpose=Purpose.ORDER, parent="z"))
    ledger.open_run(samples.opening("b"))
    ledger.close_run(samples.lease("b"), samples.closing(cost=Gap(gap="no price")))

    rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH))

    assert [(row.id, row.valid, row.cost_usd) for row in rows] == [("b", 5, Gap(gap="no price"))]
    assert isinstance(ledger.runs(purposes=(Purpose.ORDER,))[0].valid, Gap)


def test_a_run_without_a_vote_counts_no_ballots_as_unknown_and_not_zero(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening())
    ledger.close_run(samples.lease("r1"), samples.closing(state=RunState.FAILED))

    assert ledger.runs()[0].valid == Gap(gap="no vote was counted")


def test_spending_adds_ended_runs_and_the_estimates_of_open_ones(ledger: SqliteLedger) -> None:
    start = datetime(2026, 4, 1, tzinfo=UTC)
    ledger.open_run(samples.opening("a"))
    ledger.close_run(samples.lease("a"), samples.closing(cost=Decimal("0.37")))
    ledger.open_run(samples.opening("b", estimate=Decimal("0.40")))
    ledger.open_run(samples.opening("may", at=samples.NOON + MONTH, estimate=Decimal(9)))

    assert ledger.spent(start, start + timedelta(days=30)) == Decimal("0.77")
    assert ledger.spent(start - MONTH, start) == Decimal(0)


def test_an_unknown_cost_makes_the_sum_unknown(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening("a", estimate=Gap(gap="no price for this model")))
    ledger.close_run(samples.lease("a"), samples.closing(cost=Gap(gap="no price for this model")))

    spent = ledger.spent(samples.NOON, samples.NOON + MONTH)

    assert spent == Gap(gap="the cost of run a is unknown (no price for this model)")


def test_an_answer_that_was_not_counted_leaves_the_run_at_its_estimate(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening("a", estimate=Decimal("0.40")))
    ledger.close_run(
        samples.lease("a"), samples.closing(cost=Gap(gap="the answer broke off before it was counted"))
    )

    assert ledger.spent(samples.NOON, samples.NOON + MONTH) == Decimal("0.40")


def test_runs_on_the_same_snapshot_store_it_once(ledger: SqliteLedger) -> None:
    ledger.open_run(samples.opening("a"))
    ledger.open_run(samples.opening("b", purpose=Purpose.RERUN, parent="a"))

    texts = ledger.store.read(lambda db: db.table("texts").count)

    assert texts == 2
    assert ledger.run("b").opening.snapshot == ledger.run("a").opening.snapshot


def test_a_changed_letter_inside_a_stored_answer_is_damage_and_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = SqliteLedger(path)
    ledger.open_run(samples.opening())
    ledger.store_answer(samples.lease("r1"), samples.answer(0))
    ledger.close()
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER answers_write_once")
    raw.execute("UPDATE answers SET body = replace(body, 'strong', 'string')")
    raw.commit()
    raw.close()
    ledger = SqliteLedger(path)

    with pytest.raises(LedgerFailed, match="damaged"):
        ledger.run("r1")

    ledger.close()


def test_portfolios_are_kept_and_the_one_before_can_be_restored(ledger: SqliteLedger) -> None:
    first, second = samples.portfolio("1"), samples.portfolio("2")
    ledger.save_accounts(alone(first), at=samples.NOON, origin="csv")
    ledger.save_accounts(alone(second), at=samples.NOON, origin="csv")

    restored = ledger.restore_accounts(at=samples.NOON)

    assert restored == alone(first)
    assert ledger.portfolio() == first
    assert ledger.restore_accounts(at=samples.NOON) == alone(second)


def test_without_a_portfolio_the_ledger_says_so(ledger: SqliteLedger) -> None:
    with pytest.raises(NotFound, match="no portfolio yet"):
        ledger.portfolio()
    with pytest.raises(NotFound, match="no earlier portfolio"):
        ledger.restore_accounts(at=samples.NOON)
