"""Reports from the ledger, the last few kept in hand: closed runs never change, and a button pressed twice
reads once."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.texts import chat as texts
from core.base.errors import NotFound
from core.base.gap import Gap
from core.engine.past import last_calls
from core.jury.call import Call
from core.run import Closing, Purpose, Run, RunState, RunSummary

if TYPE_CHECKING:
    from core.engine.engine import Engine

REPORTS = (Purpose.REPORT, Purpose.PUSH)
KEPT = 14  # twelve months for the strip of calls, and two that are being read in the history


class Shelf:
    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._kept: OrderedDict[str, Run] = OrderedDict()

    def run(self, run_id: str) -> Run:
        """A run by its id. Raises NotFound with a sentence for a person when it is no longer there."""
        if run_id in self._kept:
            self._kept.move_to_end(run_id)
            return self._kept[run_id]
        try:
            run = self._engine.ledger.run(run_id)
        except NotFound as error:
            raise NotFound(texts.REPORT_GONE) from error
        if isinstance(run.closing, Closing):
            self._kept[run_id] = run
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return run

    def last(self) -> Run:
        """The newest finished report. Raises NoReport when there is none yet."""
        for summary in self._engine.ledger.runs(purposes=REPORTS, limit=20):
            if summary.state is RunState.DONE:
                return self.run(summary.id)
        try:
            return self._engine.last_report()
        except NotFound as error:
            raise NoReport(texts.NO_REPORT) from error

    def previous(self, run: Run) -> Run | None:
        return self._engine.previous_report(run)

    def calls(self, run: Run, ticker: str) -> tuple[Call | Gap, ...]:
        """What the last twelve reports up to `run` called a name, oldest first; a gap where one had no call
        for it."""
        return last_calls(self._engine.ledger, ticker, run, read=self.run)

    def history(self, limit: int) -> tuple[RunSummary, ...]:
        return self._engine.ledger.runs(purposes=REPORTS, limit=limit)


class NoReport(NotFound):
    """There is no report yet: the answer offers to make one."""
