"""Law 4 as one decision: who can be judged with what could be read, and when there is no report at all.

Promise: looking and finding nothing never counts against a name; not being able to look always does.
Refused: judging a name whose official source failed, and a report in which more than a tenth could not be
looked at. A name that no official source covers is judged; its facts say for themselves that none is
official."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from core.base.errors import SourcesFailed
from core.facts.fact import Coverage, Gathering, SourceClass, State
from core.facts.outage import UNREADABLE, WHOLE, Outages, said

# Percent of the portfolio's weight, and of the candidates, that may be out before the report is hollow (issue
# 4, 8).
TOLERATED_PERCENT: Final = Decimal(10)

# Reasons of one source that a message spells out: forty names of one feed must not hide what to do.
MOST_REASONS: Final = 3

# What a reason holds that asks the owner for a number.
ASKS: Final = "with `identities "
# The source of rows that say that there is none: where a person can look.
NOWHERE: Final = "official sources"

# What a person can do when a class cannot be read; said once, at the end.
WHAT_TO_DO: Final[tuple[tuple[SourceClass, str], ...]] = (
    (
        SourceClass.OFFICIAL,
        "ask again later; `python -m bot doctor` says whether the regulator answers and takes CONTACT_EMAIL",
    ),
    (
        SourceClass.NEWSWIRE,
        "ask again later; `python -m bot doctor` says which feed answers, and NEWS_FEEDS can name others",
    ),
    (SourceClass.SEARCH, "ask again later, or set SEARCH_URL=off to go without a search"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Names left out this time as (ticker, reason), ordered by ticker. Everything else can be judged."""

    not_judged: tuple[tuple[str, str], ...]


def failed_gathering(
    source: str, source_class: SourceClass, tickers: Iterable[str], reason: str
) -> Gathering:
    """What a source that could not be read at all brought back: FAILED, with its reason, for every ticker
    it covers."""
    coverage = Coverage(source=source, source_class=source_class, state=State.FAILED, reason=reason)
    return Gathering(
        source=source, source_class=source_class, coverage=tuple((ticker, coverage) for ticker in tickers)
    )


def coverage_by_ticker(gatherings: tuple[Gathering, ...]) -> dict[str, tuple[Coverage, ...]]:
    """Every coverage of every ticker, ordered by class (official, newswire, search), then by source name.
    That there is no source stands in one row, and only where no source of its class was read or tried."""
    found: dict[str, list[Coverage]] = {}
    for gathering in gatherings:
        for ticker, coverage in gathering.coverage:
            found.setdefault(ticker, []).append(coverage)
    order = list(SourceClass)
    return {
        ticker: _one_none(sorted(found[ticker], key=lambda one: (order.index(one.source_class), one.source)))
        for ticker in sorted(found)
    }


# How far several sources could be read, as one word: nothing may be said above a failure or an old copy, and
# no source is not "looked, nothing there".
_REACH: Final = (State.FAILED, State.STALE, State.NONE, State.OK, State.EMPTY)


def reach(coverages: Iterable[Coverage]) -> State:
    """The one state of all that was looked at for a name; NONE where there was no source. Only EMPTY and
    OK let anyone say that there is nothing."""
    states = {one.state for one in coverages}
    return next((state for state in _REACH if state in states), State.NONE)


def official_reach(coverages: Iterable[Coverage]) -> State:
    """The same of the official sources alone: NONE says that none exists here, which is not "nothing
    found"."""
    return reach(one for one in coverages if one.source_class is SourceClass.OFFICIAL)


def _one_none(rows: list[Coverage]) -> tuple[Coverage, ...]:
    tried = {row.source_class for row in rows if row.state is not State.NONE}
    # NOWHERE says where a person can look, so of several it is the one to keep.
    nones: dict[SourceClass, Coverage] = {}
    for row in rows:
        if row.state is State.NONE and (row.source_class not in nones or row.source == NOWHERE):
            nones[row.source_class] = row
    kept = []
    for row in rows:
        if row.state is not State.NONE:
            kept.append(row)
        elif row.source_class not in tried and nones[row.source_class] is row:
            # Why the others do not know the name is told where the owner can help.
            others = [
                one for one in rows if one.state is State.NONE and one is not row and ASKS in _reason(one)
            ]
            said = [f"{one.source}: {_reason(one)}" for one in others if one.source_class is row.source_class]
            kept.append(replace(row, reason="; ".join([_reason(row), *said])))
    return tuple(kept)


def _reason(coverage: Coverage) -> str:
    return coverage.reason if isinstance(coverage.reason, str) else coverage.reason.reason


def decide(
    gatherings: tuple[Gathering, ...],
    *,
    weights: Mapping[str, Decimal],
    candidates: Iterable[str],
    since: Outages | None = None,
) -> Decision:
    """Which names are not judged this time. `weights`: held names put to the vote, percent of the whole
    portfolio.

    `candidates`: names not held. A source that failed as a whole comes in as `failed_gathering`. `since`:
    when outages began, in the reader's zone. Raises SourcesFailed when every source of a class is down,
    when names worth more than a tenth of the portfolio are out, or when more than a tenth of the
    candidates are: its message says what failed, since when and what to do. `failures` is ordered and has
    each (source, reason) once."""
    covered = coverage_by_ticker(gatherings)
    began = since or {}
    _refuse_silent_classes(covered, began)
    asked = sorted({*weights, *candidates})
    failed = {ticker: bad for ticker in asked if (bad := _official_failures(covered.get(ticker, ())))}
    out_weight = sum((weights[ticker] for ticker in failed if ticker in weights), Decimal(0))
    pool = sorted(set(candidates))
    out_pool = [ticker for ticker in pool if ticker in failed]
    reasons = []
    if out_weight > TOLERATED_PERCENT:
        held = [ticker for ticker in failed if ticker in weights]
        reasons.append(f"{', '.join(held)} ({out_weight:.1f} % of the portfolio) could not be looked up")
    if pool and Decimal(100) * len(out_pool) / len(pool) > TOLERATED_PERCENT:
        reasons.append(f"{len(out_pool)} of {len(pool)} candidates could not be looked up")
    if reasons:
        failures = _failures(one for bad in failed.values() for one in bad)
        told = _say(failures, began, tuple(failed))
        raise SourcesFailed(
            f"No report: {'; '.join(reasons)}. {told} {_to_do(SourceClass.OFFICIAL)}", failures=failures
        )
    return Decision(
        not_judged=tuple(
            (ticker, "; ".join(f"{source} could not be read: {reason}" for source, reason in _failures(bad)))
            for ticker, bad in failed.items()
        )
    )


def _official_failures(coverages: tuple[Coverage, ...]) -> tuple[Coverage, ...]:
    return tuple(
        one for one in coverages if one.source_class is SourceClass.OFFICIAL and one.state is State.FAILED
    )


def _refuse_silent_classes(covered: Mapping[str, tuple[Coverage, ...]], began: Outages) -> None:
    everything = [one for coverages in covered.values() for one in coverages]
    for source_class, unreadable in UNREADABLE:
        mine = [one for one in everything if one.source_class is source_class and one.state is not State.NONE]
        if mine and all(one.state in unreadable for one in mine):
            failures = _failures(mine)
            raise SourcesFailed(
                f"No report: every {source_class.value} source is down. "
                f"{_say(failures, began)} {_to_do(source_class)}",
                failures=failures,
            )


def _failures(coverages: Iterable[Coverage]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(one.source, _reason(one)) for one in coverages}))


def _say(failures: tuple[tuple[str, str], ...], began: Outages, tickers: tuple[str, ...] = ()) -> str:
    """One sentence a source: since when, and why. One that answers for some names tells the first of
    `tickers` to go."""
    reasons: dict[str, list[str]] = {}
    for source, reason in failures:
        reasons.setdefault(source, []).append(reason.rstrip(".").removeprefix(f"{source} "))
    sentences = []
    for source, found in reasons.items():
        names = [began[source, ticker] for ticker in tickers if (source, ticker) in began]
        moments = [began[source, WHOLE]] if (source, WHOLE) in began else names
        since = f" {said(min(moments))}" if moments else ""
        more = f"; and {len(found) - MOST_REASONS} more" if len(found) > MOST_REASONS else ""
        sentences.append(f"{source} could not be read{since}: {'; '.join(found[:MOST_REASONS])}{more}.")
    return " ".join(sentences)


def _to_do(source_class: SourceClass) -> str:
    return f"What to do: {dict(WHAT_TO_DO)[source_class]}."
