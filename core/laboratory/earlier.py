"""Laboratory runs of the past side by side, each under the question it repeated. Pure, from what the ledger
keeps.

Decisions: runs are grouped by the report whose frozen snapshot they repeat, because only within one question
is a difference the model's (or chance); the report itself stands first, as the yardstick. Agreement may be
compared across any number of ballots; the unanimous share only at the same N, so it never stands without its
N. A run that ended without a map has no figures, and says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.base.gap import Gap
from core.jury.verdict import StabilityMap
from core.run import Closing, Purpose, Run, RunState

LABORATORY = (Purpose.RERUN, Purpose.ORDER, Purpose.FACTS, Purpose.BLIND, Purpose.MEMORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one jury amounts to. `stable_names`: every readable ballot voted, all in one direction; `marked`
    allocation sums; `constant` when all ballots were identical, so that no variance was measurable."""

    valid: int
    stable_names: int
    agreement: float | Gap
    unanimous_share: float | Gap
    marked: int
    constant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One jury, what it was asked with, and its figures (a gap when it ended without a map)."""

    id: str
    purpose: Purpose
    opened: datetime
    state: RunState
    model: str
    temperature: Decimal | Gap
    rehearsal: bool
    asked: int
    names: int
    figures: Figures | Gap
    cost_usd: Decimal | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """One frozen question and the juries that were asked it. `first` is a gap when the report is no longer
    there.

    `runs` oldest first.
    """

    report_id: str
    day: date
    snapshot_digest: str
    first: Measured | Gap
    runs: tuple[Measured, ...]


def measured(run: Run) -> Measured:
    """The figures of one run, open ones included."""
    stamp, closing = run.opening.stamp, run.closing
    state = closing.state if isinstance(closing, Closing) else RunState.OPEN
    return Measured(
        id=run.opening.id,
        purpose=run.opening.purpose,
        opened=run.opening.opened,
        state=state,
        model=stamp.model,
        temperature=stamp.temperature,
        rehearsal=stamp.rehearsal,
        asked=stamp.asked,
        names=len(run.opening.brief.names),
        figures=figures_of(closing.stability) if isinstance(closing, Closing) else closing,
        cost_usd=closing.cost_usd if isinstance(closing, Closing) else closing,
    )


def figures_of(stability: StabilityMap | Gap) -> Figures | Gap:
    if isinstance(stability, Gap):
        return stability
    return Figures(
        valid=stability.valid,
        stable_names=sum(max(one.counts.votes) == stability.valid > 1 for one in stability.verdicts),
        agreement=stability.agreement,
        unanimous_share=stability.unanimous_share,
        marked=sum(ballot.marked for ballot in stability.runs),
        constant=stability.constant,
    )


def asked_again(runs: Sequence[Run], reports: Sequence[Run]) -> tuple[AskedAgain, ...]:
    """`runs` (laboratory runs) under their reports, the question that was asked again last first."""
    known = {run.opening.id: run for run in (*reports, *runs)}
    groups: dict[str, list[Run]] = {}
    for run in sorted(runs, key=lambda one: (one.opening.opened, one.opening.id)):
        parent = run.opening.parent
        groups.setdefault(run.opening.id if isinstance(parent, Gap) else parent, []).append(run)
    newest = sorted(groups.items(), key=lambda group: group[1][-1].opening.opened, reverse=True)
    return tuple(_question(report_id, known.get(report_id), repeated) for report_id, repeated in newest)


def _question(report_id: str, report: Run | None, repeated: list[Run]) -> AskedAgain:
    base = repeated[0] if report is None else report
    return AskedAgain(
        report_id=report_id,
        day=base.opening.snapshot.day,
        snapshot_digest=base.opening.stamp.snapshot_digest,
        first=Gap(gap="the report is no longer in the ledger") if report is None else measured(report),
        runs=tuple(measured(run) for run in repeated if run.opening.id != report_id),
    )
