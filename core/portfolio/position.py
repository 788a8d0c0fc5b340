"""A holding with its price: what it is worth and how heavy it weighs. All money is Decimal in the base
currency."""

from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap
from core.market.fx import rate_between
from core.market.quote import FxTable, Quote
from core.portfolio.holding import Cash, Holding
from core.portfolio.paid import Paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`value` in base currency; `share` is its percent of the whole portfolio, cash included."""

    holding: Holding
    quote: Quote | Gap
    rate: Decimal | Gap
    value: Decimal | Gap
    share: Decimal | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPosition:
    """`rate` is base units for one unit of the cash's currency; `value` in base currency."""

    cash: Cash
    rate: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """The whole portfolio at one `as_of`. Shares of positions and `cash_share` sum to exactly 100.

    `remarks` say what a reader must know (late prices, positions without a price, an aged currency rate).
    """

    currency: str
    positions: tuple[Position, ...]
    cash: tuple[CashPosition, ...]
    total: Decimal
    cash_share: Decimal
    remarks: tuple[str, ...] = ()


def day_change(position: Position) -> Decimal | Gap:
    """Percent by which the price differs from the close of the session before, in its own currency."""
    quote = position.quote
    if isinstance(quote, Gap) or isinstance(quote.previous, Gap):
        return Gap(gap="no close of the session before is known")
    return (quote.price / quote.previous - 1) * 100


def total_change(paid: Paid | Gap, position: Position, fx: FxTable) -> Decimal | Gap:
    """Percent by which the price differs from what was paid, both in the currency that was paid in, at
    today's rate."""
    quote = position.quote
    if isinstance(paid, Gap):
        return paid
    if isinstance(quote, Gap):
        return quote
    rate = rate_between(fx, quote.currency, paid.currency)
    return rate if isinstance(rate, Gap) else (quote.price * rate / paid.price - 1) * 100
