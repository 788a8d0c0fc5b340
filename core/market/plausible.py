"""Which prices are refused before anything is computed with them. Pure; returns a reason, never a repaired
price.

Decision: a move is judged against the latest earlier close, as long as that close is at most a month of
sessions old: over longer times a real move may exceed any fixed limit.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.market.quote import LookUp, MarketRecord, PricePoint, Quote, Split
from core.market.sessions import MAX_STALE_SESSIONS, age_in_words, lag

MAX_MOVE = Decimal("0.40")
"""Two fifths between sessions: hundredfold errors (pence for pounds) and forgotten splits lie beyond, crashes
rarely."""

COMPARABLE_SESSIONS = 22
"""A month of sessions, the rhythm of the reports: an older close says little about today's price."""


HIGHEST_PRICE = Decimal(10) ** 10
"""No share in any currency costs ten thousand million a piece; larger is an error of the source."""


def price_refusal(price: Decimal) -> str | None:
    """Why `price` is no price at all, or None."""
    if not price.is_finite():
        return "the price is not a number"
    if price <= 0:
        return f"the price is {price}, and a price is positive"
    if price > HIGHEST_PRICE:
        return f"the price is {price:.3g}, beyond any share"
    return None


def move_refusal(quote: Quote, history: Sequence[PricePoint], splits: Sequence[Split]) -> str | None:
    """Why the step from the latest earlier close to `quote` cannot be believed, or None.

    A split between the two explains a step that vanishes once its ratio is applied.
    """
    previous = _before(quote, history)
    if previous is None or lag(previous.day, quote.day) > COMPARABLE_SESSIONS:
        return None
    if _plausible(previous, quote, splits):
        return None
    return (
        f"the price moved {(quote.price / previous.close - 1) * 100:+.0f} % since {previous.day} without a "
        "split "
        f"({previous.close.normalize():f} → {quote.price.normalize():f} {quote.currency})"
    )


def previous_close(quote: Quote, history: Sequence[PricePoint], splits: Sequence[Split]) -> Decimal | Gap:
    """The close of the session before `quote`, per share of today. A close older than a trading week is not
    that of a day."""
    previous = _before(quote, history)
    if previous is None or lag(previous.day, quote.day) > MAX_STALE_SESSIONS:
        return NOT_GIVEN
    closes = _plausible(previous, quote, splits)
    return closes.pop() if len(closes) == 1 else NOT_GIVEN


def _before(quote: Quote, history: Sequence[PricePoint]) -> PricePoint | None:
    earlier = [point for point in history if point.day < quote.day and price_refusal(point.close) is None]
    return max(earlier, key=lambda point: point.day, default=None)


def _plausible(previous: PricePoint, quote: Quote, splits: Sequence[Split]) -> set[Decimal]:
    """What the earlier close can be per share of today: as it stands, or by the splits since, whichever makes
    a step that can be believed. Sources give closes with and without that."""
    ratio = Decimal(1)
    for split in splits:
        if previous.day < split.day <= quote.day:
            ratio *= split.ratio
    closes = {previous.close, previous.close / ratio}
    return {close for close in closes if abs(quote.price / close - 1) <= MAX_MOVE}


def currency_refusal(quote: Quote, expected: str | Gap) -> str | None:
    """Why a price in this currency cannot be meant, or None. `expected` is an ISO code, or unknown."""
    if isinstance(expected, Gap) or quote.currency == expected:
        return None
    return f"quoted in {quote.currency}, but known in {expected}: this may be another listing"


def judged(record: MarketRecord, day: date) -> MarketRecord:
    """`record` with the state its price deserves on `day`: OK, STALE with its age, or FAILED.

    A refused or overdue price leaves only the history, which says what the name was last worth, not what it
    is worth.
    """
    quote = record.quote
    if isinstance(quote, Gap):
        return record
    age = lag(quote.day, day)
    overdue = f"the last price is of {quote.day}, {age_in_words(age)}" if age > MAX_STALE_SESSIONS else None
    refusal = price_refusal(quote.price) or move_refusal(quote, record.history, record.splits)
    if refusal is not None:
        earlier = tuple(point for point in record.history if point.day < quote.day)
        return replace(record, state=LookUp.FAILED, reason=refusal, quote=Gap(gap=refusal), history=earlier)
    if overdue is not None:
        last = (PricePoint(day=quote.day, close=quote.price),)
        history = (*(point for point in record.history if point.day < quote.day), *last)
        return replace(record, state=LookUp.FAILED, reason=overdue, quote=Gap(gap=overdue), history=history)
    before = previous_close(quote, record.history, record.splits)
    aged = replace(quote, stale_sessions=age, previous=before)
    if age:
        reason = f"price of {quote.day}, {age_in_words(age)}"
        return replace(record, state=LookUp.STALE, reason=reason, quote=aged)
    return replace(record, state=LookUp.OK, reason="", quote=aged)
