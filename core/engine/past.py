"""What the ledger alone says of the past: the track record of reports, and the laboratory runs beside each
other."""

from collections.abc import Callable
from datetime import date

from core.base.errors import NotFound
from core.base.gap import Gap
from core.jury.call import Call
from core.laboratory.earlier import LABORATORY, AskedAgain, asked_again
from core.ports import Ledger
from core.record.outcome import known_index, known_quotes
from core.record.track import TrackRecord, track
from core.run import Purpose, Run, RunState

# Ten years of monthly reports and as many asked for in between.
REPORTS = 240
# A year of monthly reports in the strip of `/why`.
STRIP = 12
# As many laboratory runs as a person can compare; older ones stay in the ledger and in its export.
LABORATORY_RUNS = 40


def track_record(ledger: Ledger, *, today: date) -> TrackRecord:
    """The record of all finished reports up to `today`. Raises LedgerFailed."""
    rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=REPORTS, newest_first=False)
    runs = [ledger.run(row.id) for row in rows if row.state is RunState.DONE]
    index = known_index([run.opening.snapshot for run in runs])
    return track(runs, known_quotes(runs), index, today=today)


def last_calls(
    ledger: Ledger, ticker: str, until: Run, *, read: Callable[[str], Run]
) -> tuple[Call | Gap, ...]:
    """What the last twelve finished reports up to `until` called a name, oldest first; a gap where one had no
    call for it. `read` gives a run by its id, from wherever it is kept. Raises LedgerFailed."""
    found: list[Call | Gap] = []
    for row in ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=REPORTS):
        if row.state is not RunState.DONE or row.opened > until.opening.opened:
            continue
        if len(found) == STRIP:
            break
        closing = read(row.id).closing
        stability = closing if isinstance(closing, Gap) else closing.stability
        verdicts = () if isinstance(stability, Gap) else stability.verdicts
        missing = Gap(gap="not on that map")
        found.append(next((verdict.call for verdict in verdicts if verdict.ticker == ticker), missing))
    return tuple(reversed(found))


def laboratory_record(ledger: Ledger) -> tuple[AskedAgain, ...]:
    """The newest laboratory runs, each under the report it repeats; () without any. Raises LedgerFailed."""
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
