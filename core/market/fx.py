"""One currency in another, by the European Central Bank's reference rates. Pure and exact to sixteen digits.

Refuses to invent: a currency that the table does not quote gives a gap with the sentence to show.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from core.base.gap import Gap
from core.market.quote import FxTable

EURO = "EUR"

# Sixteen digits: a rate shown beside an amount reproduces it to the cent for any portfolio below a million
# million.
_RATE = Context(prec=16, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)


def _per_euro(fx: FxTable, currency: str) -> Decimal | Gap:
    if currency == EURO:
        return Decimal(1)
    for rate in fx.rates:
        if rate.currency == currency:
            return rate.per_euro
    return Gap(gap=f"{fx.source} publishes no rate for {currency} on {fx.day}")


def rate_between(fx: FxTable, source: str, target: str) -> Decimal | Gap:
    """Units of `target` for one unit of `source`, rounded to sixteen digits; a gap when one of them is not
    quoted."""
    if source == target:
        return Decimal(1)
    given = _per_euro(fx, source)
    wanted = _per_euro(fx, target)
    if isinstance(given, Gap):
        return given
    if isinstance(wanted, Gap):
        return wanted
    return _RATE.divide(wanted, given)


def convert(amount: Decimal, fx: FxTable, source: str, target: str) -> Decimal | Gap:
    """`amount` of `source` in `target`, unrounded; a gap when no rate is published."""
    rate = rate_between(fx, source, target)
    return rate if isinstance(rate, Gap) else _EXACT.multiply(amount, rate)
