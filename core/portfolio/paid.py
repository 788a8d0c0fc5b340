"""What shares cost: averaged over lots where every price is known, in one currency; otherwise not known.
Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.market.units import whole_currency

_EXACT = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What a share cost on average, in the `currency` that was paid in (whole units)."""

    price: Decimal
    currency: str


Lot = tuple[date, Decimal, Paid | Gap]
"""Day, shares (negative when they left), what one cost."""


def paid_of(price: Decimal | Gap, currency: str | Gap) -> Paid | Gap:
    """What one share cost, pence as pounds; unknown without a currency. A price of nothing is that of a
    split, not known."""
    unit = currency if isinstance(currency, Gap) else whole_currency(currency)
    if isinstance(price, Gap) or isinstance(unit, Gap) or price <= 0:
        return NOT_GIVEN
    return Paid(price=price / unit[1], currency=unit[0])


def average(*lots: tuple[Decimal, Paid | Gap]) -> Paid | Gap:
    """What a share of all lots (shares, price) cost; unknown where one price is, or where two currencies were
    paid in."""
    known = [(shares, paid) for shares, paid in lots if shares]
    paid = [each for _, each in known if isinstance(each, Paid)]
    if not known or len(paid) < len(known) or len({each.currency for each in paid}) > 1:
        return NOT_GIVEN
    worth = sum((shares * each.price for (shares, _), each in zip(known, paid, strict=True)), Decimal(0))
    price = worth / sum(shares for shares, _ in known)
    return Paid(price=price.quantize(_EXACT).normalize(), currency=paid[0].currency)


def cost_of(lots: Iterable[Lot]) -> Paid | Gap:
    """What one of the shares that are left cost: what was sold took the average of its day with it. Of one
    day the purchases come first, for exports do not agree on their order. Unknown after a sale of more than
    there was."""
    held, cost = Decimal(0), average()
    for _, shares, price in sorted(lots, key=lambda lot: (lot[0], lot[1] < 0)):
        cost = average((held, cost), (shares, price)) if shares > 0 else cost
        held += shares
        if held < 0:
            return NOT_GIVEN
    return cost
