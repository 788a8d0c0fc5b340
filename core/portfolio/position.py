"""A holding with its price: what it is worth and how heavy it weighs. All money is Decimal in the base currency."""

from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap
from core.market.quote import Quote
from core.portfolio.holding import Cash, Holding


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
