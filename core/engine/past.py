"""What the ledger alone says of earlier reports: the track record, from the prices that were frozen with each report."""

from datetime import date

from core.ports import Ledger
from core.record.outcome import known_index, known_quotes
from core.record.track import TrackRecord, track
from core.run import Purpose, RunState

# Ten years of monthly reports and as many asked for in between.
REPORTS = 240


def track_record(ledger: Ledger, *, today: date) -> TrackRecord:
    """The record of all finished reports up to `today`. Raises LedgerFailed."""
    rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=REPORTS, newest_first=False)
    runs = [ledger.run(row.id) for row in rows if row.state is RunState.DONE]
    index = known_index([run.opening.snapshot for run in runs])
    return track(runs, known_quotes(runs), index, today=today)
