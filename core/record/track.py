"""How earlier reports fared against an index, by stability class, and how long until that could prove
anything. Pure.

Promise: modest and true. One window (the first known price 28 to 62 days later), one bet a name and calendar
month, so asking more often counts nothing twice; names of one month are not taken as independent; every
interval is printed beside its share. A report on a day that its model may have read about (before its stated
knowledge ends) counts nothing. Only calls (add, cut) prove anything; leanings stand beside them for
comparison. Gains are in the name's own currency against the index in its own, without exchange rates and
dividends. Refused: any word on skill while an interval holds one half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from core.base.gap import Gap
from core.jury.ballot import Direction
from core.jury.verdict import Stability
from core.market.quote import Quote
from core.record.interval import effective_number, needed_number, wilson
from core.record.knowledge import knowledge_end
from core.record.outcome import FROM_DAYS, Bet, Hindsight, Outcome, gains_of, hindsight, outcome_of
from core.run import Purpose, Run
from core.snapshot.model import IndexSeries

READ_ABOUT: Final = "the model may have read about that day: its stated knowledge ends later"
REPORTS: Final = frozenset({Purpose.REPORT, Purpose.PUSH})
CLASSES: Final = (Stability.UNANIMOUS, Stability.CONSENSUS, Stability.LEANING, Stability.CONSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRecord:
    """One stability class. `share` of `calls` that were right with its 95 % Wilson interval at `effective`
    calls.

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
    """All classes in a fixed order. `left_out` counts bets without an outcome, by reason.

    `above_index` is the share of all judged names that beat the index, whatever was said of them: the
    yardstick for up calls. `months` of reports have outcomes; after `needed_months` a true hit rate of 55 %
    could be told from a coin at this pace; `first_look` is the day from which the oldest report can be looked
    at.
    """

    classes: tuple[ClassRecord, ...]
    outcomes: tuple[Outcome, ...]
    above_index: float | Gap
    months: int
    needed_months: int | Gap
    first_look: date | Gap
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
    for bet in (bet for run in reports for bet in _bets(run)):
        outcome = outcome_of(bet, known)
        if isinstance(outcome, Gap):
            left_out[outcome.reason] = left_out.get(outcome.reason, 0) + 1
        else:
            outcomes.append(outcome)
    known_before = sum(len(_bets(run)) for run in runs if run.opening.purpose in REPORTS and not _unread(run))
    if known_before:
        left_out[READ_ABOUT] = known_before
    months = len({outcome.bet.run_id for outcome in outcomes})
    needed = _needed(reports, outcomes)
    first = (
        min(run.opening.snapshot.day for run in reports) + timedelta(FROM_DAYS)
        if reports
        else Gap(gap="there is no report yet")
    )
    return TrackRecord(
        classes=tuple(_class(stability, outcomes) for stability in CLASSES),
        outcomes=tuple(outcomes),
        above_index=_above_index(reports, known),
        months=months,
        needed_months=needed,
        first_look=first,
        left_out=tuple(sorted(left_out.items())),
        rehearsal=any(run.opening.stamp.rehearsal for run in reports),
        sentence=_sentence(needed, months),
    )


def _needed(reports: Sequence[Run], outcomes: Sequence[Outcome]) -> int | Gap:
    """Months of reports at this pace until calls could prove anything: the pace of those with outcomes, else
    of all."""
    calls = [outcome.bet for outcome in outcomes] or [bet for run in reports for bet in _bets(run)]
    steady = [bet for bet in calls if bet.steady]
    if not steady:
        return Gap(gap="no report has an add or a cut yet")
    months = len({bet.run_id for bet in calls})
    return ceil(needed_number() / (_effective(steady) / months))


def _unread(run: Run) -> bool:
    """Whether the model cannot have read about the report's day, as far as its maker says."""
    end = knowledge_end(run.opening.stamp.model)
    return isinstance(end, Gap) or run.opening.snapshot.day > end


def _first_of_month(runs: Sequence[Run]) -> list[Run]:
    """The first report of each calendar month, oldest first; the others would only repeat its bets."""
    first: dict[tuple[int, int], Run] = {}
    for run in sorted(runs, key=lambda run: (run.opening.snapshot.as_of, run.opening.id)):
        if run.opening.purpose in REPORTS and not isinstance(run.closing, Gap) and _unread(run):
            day = run.opening.snapshot.day
            first.setdefault((day.year, day.month), run)
    return list(first.values())


def _bets(run: Run) -> list[Bet]:
    if isinstance(run.closing, Gap) or isinstance(run.closing.stability, Gap):
        return []
    quotes = {dossier.ticker: dossier.quote for dossier in run.opening.snapshot.dossiers}
    return [
        Bet(
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


def _effective(bets: Sequence[Bet]) -> float:
    months = [bet.run_id for bet in bets]
    return effective_number(months.count(month) for month in sorted(set(months)))


def _class(stability: Stability, outcomes: Sequence[Outcome]) -> ClassRecord:
    mine = [outcome for outcome in outcomes if outcome.bet.stability is stability]
    right = sum(outcome.right for outcome in mine)
    effective = _effective([outcome.bet for outcome in mine])
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


def _sentence(needed: int | Gap, months: int) -> str:
    if isinstance(needed, Gap):
        return f"Nothing to prove yet: {needed.reason}."
    if months >= needed:
        enough = f"{months} months are enough to tell a hit rate of 55 % from a coin"
        return f"{enough}: the intervals say what was seen."
    seen = (
        f"{months} {'month proves' if months == 1 else 'months prove'} nothing"
        if months
        else "Nothing to see yet"
    )
    return (
        f"{seen}: at this pace it takes about {needed} months of reports "
        f"({max(1, round(needed / 12))} years) "
        "to tell a hit rate of 55 % from a coin."
    )
