from dataclasses import replace
from datetime import timedelta

from core.base.gap import Gap
from core.engine.past import STRIP, last_calls
from core.jury.call import Call
from core.jury.verdict import Stability
from core.run import Run, RunState, RunSummary
from tests.bot.report.made_run import AS_OF, made_run

SPLIT = {"stability": Stability.SPLIT, "direction": Gap(gap="split")}


class Ledger:
    """The reports of a ledger, newest first."""

    def __init__(self, *runs: Run) -> None:
        self.kept = {run.opening.id: run for run in runs}
        self.read: list[str] = []

    def runs(self, *, purposes=(), limit: int = 20):  # type: ignore[no-untyped-def]
        ordered = sorted(self.kept.values(), key=lambda run: run.opening.opened, reverse=True)
        return tuple(map(_summary, ordered))[:limit]

    def run(self, run_id: str) -> Run:
        self.read.append(run_id)
        return self.kept[run_id]


def _summary(run: Run) -> RunSummary:
    return RunSummary(
        id=run.opening.id,
        purpose=run.opening.purpose,
        state=RunState.OPEN if isinstance(run.closing, Gap) else run.closing.state,
        opened=run.opening.opened,
        period=Gap(gap="x"),
        model="m",
        rehearsal=False,
        names=8,
        asked=5,
        valid=5,
        cost_usd=Gap(gap="x"),
    )


def aged(number: int, **options: object) -> Run:
    run = made_run(run_id=f"r{number:02}", **options)  # type: ignore[arg-type]
    return replace(run, opening=replace(run.opening, opened=AS_OF + timedelta(days=30 * number)))


def test_the_calls_stand_oldest_first_and_a_name_that_was_not_on_a_map_is_a_gap() -> None:
    ledger = Ledger(aged(0, tickers=("HD",)), aged(1), aged(2))

    found = last_calls(ledger, "INTC", aged(2), read=ledger.run)  # type: ignore[arg-type]

    assert found == (Gap(gap="not on that map"), Call.CUT, Call.CUT)


def test_twelve_at_most_and_none_after_the_report_that_is_looked_at() -> None:
    ledger = Ledger(*(aged(number) for number in range(20)))

    found = last_calls(ledger, "COST", aged(15), read=ledger.run)  # type: ignore[arg-type]

    assert found == (Call.HOLD,) * STRIP
    assert ledger.read == [f"r{number:02}" for number in range(15, 3, -1)]


def test_failed_and_open_runs_have_no_place_in_it_and_a_finished_one_without_a_map_is_a_gap() -> None:
    failed = aged(0, closing={"state": RunState.FAILED, "stability": Gap(gap="failed")})
    odd = aged(1, closing={"stability": Gap(gap="lost")})
    unread = replace(aged(3), closing=Gap(gap="open"))
    ledger = Ledger(failed, odd, aged(2), unread)

    def read(run_id: str) -> Run:
        return unread if run_id == "r02" else ledger.run(run_id)

    found = last_calls(ledger, "INTC", aged(3), read=read)  # type: ignore[arg-type]

    assert found == (Gap(gap="not on that map"), Gap(gap="not on that map"))
