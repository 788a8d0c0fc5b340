"""Pence, cents and agorot become pounds, rands and shekels. The field says so, never the ticker's suffix.

Refuses to guess: a text that is no currency code is a gap. Case decides for the pound ("GBp" is a
hundredth of "GBP")."""

from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap
from core.base.tables import table


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorUnit:
    """How a market writes a fraction of a currency: `parts` of it make one whole unit of `currency`."""

    written: str
    currency: str
    parts: int
    reason: str


MINOR_UNITS = tuple(
    MinorUnit(written=row["written"], currency=row["currency"], parts=int(row["parts"]), reason=row["reason"])
    for row in table(__package__, "units")
)
_BY_SPELLING = {unit.written: unit for unit in MINOR_UNITS}


def whole_currency(written: str) -> tuple[str, int] | Gap:
    """The ISO code behind a currency field and how many of the field's units make one whole unit."""
    text = written.strip()
    unit = _BY_SPELLING.get(text)
    if unit is not None:
        return unit.currency, unit.parts
    if len(text) == 3 and text.isascii() and text.isalpha() and text in (text.upper(), text.lower()):
        code = text.upper()
        folded = _BY_SPELLING.get(code)
        return (folded.currency, folded.parts) if folded is not None else (code, 1)
    return Gap(gap=f"“{text[:12]}” is no currency code")


def whole_amount(amount: Decimal, parts: int) -> Decimal:
    """`amount` in whole units. Exact: the decimal point moves, nothing is rounded."""
    return amount / parts if parts != 1 else amount
