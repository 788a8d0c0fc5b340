"""What became of one verdict: the name's gain and the index's over the same window. Pure.

Nothing is guessed: a price that is not there, in another currency, or after a suspected split is a gap with
its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from core.base.gap import Gap
from core.jury.ballot import Direction
from core.jury.verdict import STEADY, Stability
from core.market.quote import PricePoint, Quote
from core.run import Run
from core.snapshot.model import IndexSeries, Snapshot

# A verdict is looked at after a month: the next monthly report brings the price. Later than two, it is
# another question.
FROM_DAYS: Final = 28
TO_DAYS: Final = 62
# An index close this many days before a date still stands for it (week-ends, holidays, and a day's delay).
INDEX_LAG_DAYS: Final = 7
# A price that triples or falls to a third within two months is far more often a split than a gain.
JUMP: Final = Decimal(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bet:
    """A direction (up or down) that a report's votes took, with the price it was taken at; a call where
    `steady`."""

    run_id: str
    ticker: str
    stability: Stability
    direction: Direction
    quote: Quote

    @property
    def steady(self) -> bool:
        return self.stability in STEADY


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a bet: gains as fractions from its day to `day`. Right: the sign of name less index."""

    bet: Bet
    day: date
    gain: float
    index_gain: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindsight:
    """What is known up to `today`: quotes by ticker, oldest first, and index closes by day (a gap without an
    index)."""

    today: date
    quotes: Mapping[str, Sequence[Quote]]
    closes: Mapping[date, Decimal] | Gap


def hindsight(quotes: Iterable[Quote], index: IndexSeries | Gap, *, today: date) -> Hindsight:
    """All prices of up to `today`, filed for looking up."""
    filed: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda quote: quote.day):
        if quote.day <= today:
            filed.setdefault(quote.ticker, []).append(quote)
    closes = index if isinstance(index, Gap) else {point.day: point.close for point in index.points}
    return Hindsight(today=today, quotes=filed, closes=closes)


def known_quotes(runs: Iterable[Run]) -> tuple[Quote, ...]:
    """Every price that stored reports froze, ordered by ticker and day: prices of later reports judge earlier
    ones."""
    found = {
        (dossier.ticker, dossier.quote.day): dossier.quote
        for run in runs
        for dossier in run.opening.snapshot.dossiers
    }
    return tuple(found[key] for key in sorted(found))


def known_index(snapshots: Iterable[Snapshot]) -> IndexSeries | Gap:
    """The index points of all snapshots as one series, the latest snapshot's where two differ (adjusted
    closes do)."""
    ordered = sorted(snapshots, key=lambda snapshot: snapshot.as_of)
    series = [snapshot.index for snapshot in ordered if isinstance(snapshot.index, IndexSeries)]
    if not series:
        return Gap(gap="no stored report has an index")
    last = series[-1]
    points: dict[date, PricePoint] = {}
    for one in series:
        if one.ticker == last.ticker:
            points |= {point.day: point for point in one.points}
    return IndexSeries(
        ticker=last.ticker, currency=last.currency, points=tuple(points[day] for day in sorted(points))
    )


def outcome_of(bet: Bet, known: Hindsight) -> Outcome | Gap:
    """The outcome of `bet` by the first price 28 to 62 days later; else why there is none."""
    gains = gains_of(bet.quote, known)
    if isinstance(gains, Gap):
        return gains
    day, gain, index_gain = gains
    right = gain > index_gain if bet.direction is Direction.UP else gain < index_gain
    return Outcome(bet=bet, day=day, gain=gain, index_gain=index_gain, right=right)


def gains_of(start: Quote, known: Hindsight) -> tuple[date, float, float] | Gap:
    """The day looked at, and the gains of the name and of the index until then."""
    if (known.today - start.day).days < FROM_DAYS:
        return Gap(gap="younger than 28 days")
    later = known.quotes.get(start.ticker, ())
    end = next((quote for quote in later if FROM_DAYS <= (quote.day - start.day).days <= TO_DAYS), None)
    if end is None:
        return Gap(gap="no price between 28 and 62 days later")
    if end.currency != start.currency:
        return Gap(gap="the price's currency changed")
    ratio = end.price / start.price
    if not 1 / JUMP < ratio < JUMP:
        return Gap(gap="the price tripled or fell to a third: a split is suspected")
    before, after = _close(known, start.day), _close(known, end.day)
    if isinstance(before, Gap):
        return before
    if isinstance(after, Gap):
        return after
    return end.day, float(ratio - 1), float(after / before - 1)


def _close(known: Hindsight, day: date) -> Decimal | Gap:
    if isinstance(known.closes, Gap):
        return known.closes
    lagged = (day - timedelta(lag) for lag in range(INDEX_LAG_DAYS + 1))
    near = next((past for past in lagged if past in known.closes), None)
    return Gap(gap="no index close near that day") if near is None else known.closes[near]
