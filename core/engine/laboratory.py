"""`/variance`: the same question asked again, or changed on purpose, on the same frozen snapshot. Never a
report.

Decisions: a re-run is held against the report whose snapshot it repeats; when there is none (a snapshot
file), a plain jury is asked first and stands in for it. Earlier re-runs of the same question count as further
plain ballots, so that an experiment is held against as much noise as is known. A jury without quorum is still
compared: what is defined is shown.
"""

from collections.abc import Awaitable, Callable
from decimal import Decimal

from core.base.errors import NotFound, QuorumNotMet
from core.base.gap import Gap
from core.base.progress import Sink
from core.brief.render import render
from core.engine.cost import priced
from core.engine.stamping import Question
from core.engine.terms import Doors, Terms
from core.laboratory.modes import prepare
from core.laboratory.rerun import compare
from core.laboratory.result import VarianceResult
from core.ports import Ledger
from core.run import Closing, Purpose, Run
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Snapshot

# Enough plain ballots for any experiment (60 re-runs of five are 300), and a bound on what is read back.
RERUNS = 60

# Asks a question; true for the one that was asked for, false for the report that is made to hold it against.
Ask = Callable[[Question, Sink, bool], Awaitable[Run]]


async def variance(
    doors: Doors,
    terms: Terms,
    ask: Ask,
    *,
    purpose: Purpose,
    ballots: int | None,
    snapshot: Snapshot | None,
    progress: Sink,
) -> VarianceResult:
    """What moved. Raises NotFound without any report, BadRequest for a cost limit or an experiment that could
    change nothing, QuorumNotMet when not one ballot was readable."""
    base = await _base(doors.ledger, terms, ask, snapshot, ballots, progress)
    earlier = _reruns(doors.ledger, base)
    number = ballots or _asked(base)
    question = (
        _plain(base, number) if purpose is Purpose.RERUN else _changed(base, purpose, number, len(earlier))
    )
    return compare(base, await _kept(doors.ledger, ask, question, progress, True), reruns=earlier)


def compared(ledger: Ledger, run: Run) -> VarianceResult:
    """What moved in a finished laboratory run, from the ledger alone. Raises NotFound without its report."""
    if isinstance(run.opening.parent, Gap):
        raise NotFound(f"The run {run.opening.id} repeats no report.")
    base = ledger.run(run.opening.parent)
    earlier = tuple(other for other in _reruns(ledger, base) if other.opening.id != run.opening.id)
    return compare(base, run, reruns=earlier)


def expected_cost(
    doors: Doors, terms: Terms, *, purpose: Purpose, ballots: int | None, snapshot: Snapshot | None
) -> tuple[Decimal | Gap, int]:
    """US dollars that `variance` would cost, from the very brief that it would send, and the ballots it would
    ask for.

    Raises as `variance` does before it asks anything: an experiment that could change nothing is refused
    before a person is asked to pay for it."""
    if snapshot is None:
        base = doors.ledger.last_report()
    else:
        known = _report_on(doors.ledger, snapshot)
        if known is None:
            # The plain jury that stands in for the report, and the one that was asked for.
            number = ballots or terms.jury_size
            one = priced(doors, terms, render(snapshot, terms.principles), number)
            return one if isinstance(one, Gap) else one * 2, number * 2
        base = known
    number = ballots or _asked(base)
    question = _plain(base, number) if purpose is Purpose.RERUN else _changed(base, purpose, number, 0)
    return priced(doors, terms, question.brief, number), number


def _report_on(ledger: Ledger, snapshot: Snapshot) -> Run | None:
    """The last report, if it is the one that froze `snapshot`."""
    try:
        report = ledger.last_report()
    except NotFound:
        return None
    return report if report.opening.stamp.snapshot_digest == snapshot_digest(snapshot) else None


async def _base(
    ledger: Ledger, terms: Terms, ask: Ask, snapshot: Snapshot | None, ballots: int | None, progress: Sink
) -> Run:
    """The run whose question is asked again."""
    if snapshot is None:
        return ledger.last_report()
    known = _report_on(ledger, snapshot)
    if known is not None:
        return known
    question = Question(
        purpose=Purpose.RERUN,
        snapshot=snapshot,
        brief=render(snapshot, terms.principles),
        ballots=ballots or terms.jury_size,
    )
    return await _kept(ledger, ask, question, progress, False)


def _asked(base: Run) -> int:
    """How many ballots the jury really had: one that was settled early is repeated as long as it was."""
    stability = base.closing.stability if isinstance(base.closing, Closing) else base.closing
    return base.opening.stamp.asked if isinstance(stability, Gap) else stability.asked


def _plain(base: Run, ballots: int) -> Question:
    """The same bytes again."""
    return Question(
        purpose=Purpose.RERUN,
        snapshot=base.opening.snapshot,
        brief=base.opening.brief,
        ballots=ballots,
        parent=base.opening.id,
    )


def _changed(base: Run, purpose: Purpose, ballots: int, seed: int) -> Question:
    """The question with one thing changed on purpose. Raises BadRequest when that could change nothing."""
    setup = prepare(purpose, base.opening.snapshot, base.opening.brief, seed=seed)
    return Question(
        purpose=purpose,
        snapshot=setup.snapshot,
        brief=setup.brief(base.opening.brief.system),
        ballots=ballots,
        parent=base.opening.id,
    )


async def _kept(ledger: Ledger, ask: Ask, question: Question, progress: Sink, wanted: bool) -> Run:
    """The jury's run, also without quorum, as long as one ballot can be read."""
    try:
        return await ask(question, progress, wanted)
    except QuorumNotMet as error:
        if error.valid == 0:
            raise
        return ledger.run(error.run_id)


def _reruns(ledger: Ledger, base: Run) -> tuple[Run, ...]:
    """Earlier plain re-runs of the same snapshot."""
    rows = ledger.runs(purposes=(Purpose.RERUN,), limit=RERUNS)
    runs = [ledger.run(row.id) for row in rows if row.id != base.opening.id]
    digest = base.opening.stamp.snapshot_digest
    return tuple(run for run in runs if run.opening.stamp.snapshot_digest == digest and _has_map(run))


def _has_map(run: Run) -> bool:
    return isinstance(run.closing, Closing) and not isinstance(run.closing.stability, Gap)
