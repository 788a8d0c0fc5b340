"""What the ledger alone says of the past: the track record of reports, and the laboratory runs beside each other."""

from datetime import date

from core.base.errors import NotFound
from core.base.gap import Gap
from core.laboratory.earlier import LABORATORY, AskedAgain, asked_again
from core.ports import Ledger
from core.record.outcome import known_index, known_quotes
from core.record.track import TrackRecord, track
from core.run import Purpose, Run, RunState

# Ten years of monthly reports and as many asked for in between.
REPORTS = 240
# As many laboratory runs as a person can compare; older ones stay in the ledger and in its export.
LABORATORY_RUNS = 40


def track_record(ledger: Ledger, *, today: date) -> TrackRecord:
    """The record of all finished reports up to `today`. Raises LedgerFailed."""
    rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=REPORTS, newest_first=False)
    runs = [ledger.run(row.id) for row in rows if row.state is RunState.DONE]
    index = known_index([run.opening.snapshot for run in runs])
    return track(runs, known_quotes(runs), index, today=today)


def laboratory_record(ledger: Ledger) -> tuple[AskedAgain, ...]:
    """The newest laboratory runs, each under the report it repeats. Empty when there was none. Raises LedgerFailed."""
    runs = [ledger.run(row.id) for row in ledger.runs(purposes=LABORATORY, limit=LABORATORY_RUNS)]
    read = {run.opening.id for run in runs}
    parents = dict.fromkeys(run.opening.parent for run in runs if not isinstance(run.opening.parent, Gap))
    reports = (_found(ledger, parent) for parent in parents if parent not in read)
    return asked_again(runs, [report for report in reports if report is not None])


def _found(ledger: Ledger, run_id: str) -> Run | None:
    try:
        return ledger.run(run_id)
    except NotFound:
        return None
