"""How earlier verdicts fared against an index, by stability class, and how long until that could prove anything. Pure.

Promise: modest and true. One window (the first known price 28 to 62 days later), one call a name and calendar month, so
asking more often counts nothing twice; names of one month are not taken as independent; every interval is printed
beside its share. Gains are in the name's own currency against the index in its own: exchange rates are left out, and
dividends too. Refused: any word on skill while the interval holds one half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.base.gap import Gap
from core.jury.ballot import Direction
from core.jury.verdict import Stability
from core.market.quote import Quote
from core.record.interval import effective_number, needed_number, wilson
from core.record.outcome import Call, Hindsight, Outcome, gains_of, hindsight, outcome_of
from core.run import Purpose, Run
from core.snapshot.model import IndexSeries

REPORTS: Final = frozenset({Purpose.REPORT, Purpose.PUSH})
CLASSES: Final = (Stability.UNANIMOUS, Stability.CONSENSUS, Stability.LEANING, Stability.CONSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRecord:
    """One stability class. `share` of `calls` that were right with its 95 % Wilson interval at `effective` calls.

    `effective` is what the calls are worth after taking names of one month as related.
    """

    stability: Stability
    calls: int
    right: int
    effective: float
    share: float | Gap
    low: float | Gap
    high: float | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """All classes in a fixed order. `left_out` counts calls without an outcome, by reason.

    `above_index` is the share of all judged names that beat the index, whatever was said of them: the yardstick for up
    calls. `years` until a true hit rate of 55 % could be told from a coin at this pace.
    """

    classes: tuple[ClassRecord, ...]
    outcomes: tuple[Outcome, ...]
    above_index: float | Gap
    months: int
    years: float | Gap
    left_out: tuple[tuple[str, int], ...]
    rehearsal: bool
    sentence: str


def track(
    runs: Sequence[Run], quotes: Sequence[Quote], index: IndexSeries | Gap, *, today: date
) -> TrackRecord:
    """The record of all closed reports among `runs`, judged by `quotes` and `index` up to `today`."""
    reports = _first_of_month(runs)
    known = hindsight(quotes, index, today=today)
    left_out: dict[str, int] = {}
    outcomes: list[Outcome] = []
    for call in (call for run in reports for call in _calls(run)):
        outcome = outcome_of(call, known)
        if isinstance(outcome, Gap):
            left_out[outcome.reason] = left_out.get(outcome.reason, 0) + 1
        else:
            outcomes.append(outcome)
    months = len({_month(outcome) for outcome in outcomes})
    directed = _effective(outcomes)
    years = needed_number() / (directed / months) / 12 if months else Gap(gap="no verdict is old enough yet")
    return TrackRecord(
        classes=tuple(_class(stability, outcomes) for stability in CLASSES),
        outcomes=tuple(outcomes),
        above_index=_above_index(reports, known),
        months=months,
        years=years,
        left_out=tuple(sorted(left_out.items())),
        rehearsal=any(run.opening.stamp.rehearsal for run in reports),
        sentence=_sentence(years, months),
    )


def _first_of_month(runs: Sequence[Run]) -> list[Run]:
    """The first report of each calendar month, oldest first; the others would only repeat its bets."""
    first: dict[tuple[int, int], Run] = {}
    for run in sorted(runs, key=lambda run: (run.opening.snapshot.as_of, run.opening.id)):
        if run.opening.purpose in REPORTS and not isinstance(run.closing, Gap):
            day = run.opening.snapshot.day
            first.setdefault((day.year, day.month), run)
    return list(first.values())


def _calls(run: Run) -> list[Call]:
    if isinstance(run.closing, Gap) or isinstance(run.closing.stability, Gap):
        return []
    quotes = {dossier.ticker: dossier.quote for dossier in run.opening.snapshot.dossiers}
    return [
        Call(
            run_id=run.opening.id,
            ticker=verdict.ticker,
            stability=verdict.stability,
            direction=verdict.direction,
            quote=quotes[verdict.ticker],
        )
        for verdict in run.closing.stability.verdicts
        if verdict.direction in (Direction.UP, Direction.DOWN) and isinstance(verdict.direction, Direction)
    ]


def _above_index(reports: Sequence[Run], known: Hindsight) -> float | Gap:
    seen = [
        gains
        for run in reports
        for dossier in run.opening.snapshot.dossiers
        if not isinstance(gains := gains_of(dossier.quote, known), Gap)
    ]
    if not seen:
        return Gap(gap="no name has a later price and an index close")
    return sum(gain > index_gain for _, gain, index_gain in seen) / len(seen)


def _month(outcome: Outcome) -> str:
    return outcome.call.run_id


def _effective(outcomes: Sequence[Outcome]) -> float:
    months = [_month(outcome) for outcome in outcomes]
    return effective_number(months.count(month) for month in sorted(set(months)))


def _class(stability: Stability, outcomes: Sequence[Outcome]) -> ClassRecord:
    mine = [outcome for outcome in outcomes if outcome.call.stability is stability]
    right = sum(outcome.right for outcome in mine)
    effective = _effective(mine)
    none = Gap(gap="no call of this class has an outcome yet")
    low, high = wilson(right / len(mine), effective) if mine else (none, none)
    return ClassRecord(
        stability=stability,
        calls=len(mine),
        right=right,
        effective=effective,
        share=right / len(mine) if mine else none,
        low=low,
        high=high,
    )


def _sentence(years: float | Gap, months: int) -> str:
    if isinstance(years, Gap):
        return "No verdict is old enough to be looked at: the first can be 28 days after its report."
    if months / 12 >= years:
        return f"{months} months are enough to tell a hit rate of 55 % from a coin: the intervals say what was seen."
    return (
        f"{months} {'month proves' if months == 1 else 'months prove'} nothing yet: at this pace it takes about {max(1, round(years))} years of monthly reports "
        "to tell a hit rate of 55 % from a coin."
    )
