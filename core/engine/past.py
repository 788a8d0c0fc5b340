"""What the ledger alone says of earlier reports: the track record, from the prices that were frozen with each report."""

from datetime import date

from core.gap import Gap
from core.ports import Ledger
from core.record.track import TrackRecord, track
from core.run import Purpose, RunState

# Ten years of monthly reports and as many asked for in between.
REPORTS = 240


def track_record(ledger: Ledger, *, today: date) -> TrackRecord:
    """The record of all finished reports up to `today`. Raises LedgerFailed."""
    rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=REPORTS, newest_first=False)
    runs = [ledger.run(row.id) for row in rows if row.state is RunState.DONE]
    quotes = tuple(dossier.quote for run in runs for dossier in run.opening.snapshot.dossiers)
    series = [run.opening.snapshot.index for run in runs if not isinstance(run.opening.snapshot.index, Gap)]
    index = series[-1] if series else Gap(gap="no report has an index series")
    return track(runs, quotes, index, today=today)
