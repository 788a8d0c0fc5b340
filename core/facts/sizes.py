"""How large the sum or the share is that a sentence names, against the company: size makes a notable event a
structural one.

Promise: a stated share counts before a sum (a tenth of equity, a quarter of the people), a sum is held
against the market value where that is known, and only else against a fixed amount. Refused: guessing a
currency's rate; sums count in dollars, euros and pounds alike, for the thresholds are orders of magnitude and
not accounts.
"""

import re
from decimal import Decimal
from typing import Final

from core.base.gap import Gap
from core.facts.events import Event
from core.facts.phrases import marks

# A tenth of what the company is worth, or of its equity, is structural; so is a quarter of its people.
PART: Final = Decimal(10)
PEOPLE: Final = Decimal(25)
# Without a market value: a billion lost, five billion paid.
LOST: Final = Decimal(10**9)
PAID: Final = 5 * LOST

_LOSSES: Final = frozenset(
    map(Event, "impairment/charge/litigation/regulator acts/cyber incident/accident/recall".split("/"))
)
_DEALS: Final = frozenset({Event.DEAL_AGREED, Event.DEAL_CLOSED})
_UNITS: Final = {"th": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


def largest(said: str) -> Decimal:
    """The largest sum that the sentence names; 0 without one."""
    return max((_worth(found) for found in marks()["sum"].finditer(said.lower())), default=Decimal(0))


def _worth(found: re.Match[str]) -> Decimal:
    unit = found["unit"] or ""
    number = Decimal(found["number"].replace(",", ""))
    return number * (_UNITS.get(unit[:2]) or _UNITS.get(unit[:1]) or 1)


def structural(event: Event, said: str, worth: Decimal | Gap) -> bool:
    """Whether a sentence that states `event` names a size that changes the thesis. `worth`: the company's
    market value.
    """
    said = said.lower()
    if event is Event.RESTRUCTURING:
        shares = (found["share"] or found["other"] for found in marks()["of people"].finditer(said))
        return marks()["whole"].search(said) is not None or any(Decimal(share) >= PEOPLE for share in shares)
    if event not in _LOSSES | _DEALS:
        return False
    if any(Decimal(found["share"]) >= PART for found in marks()["of equity"].finditer(said)):
        return True
    if event in _LOSSES and (marks()["whole"].search(said) or marks()["not a loss"].search(said)):
        return marks()["whole"].search(said) is not None
    if event in _DEALS and marks()["known"].search(said):
        return False
    limit = PAID if event in _DEALS else LOST
    return largest(said) >= (limit if isinstance(worth, Gap) else worth * PART / 100)


def lowered(said: str) -> bool:
    """Whether a sentence gives a new range and the one before, and the new one is lower: "$80 million to $82
    million, compared to its previous guidance of $90 million". Like is compared with like only: amounts with
    amounts, percents with percents.
    """
    said = said.lower()
    hopes = marks()["expects"].search(said) and not marks()["outlay"].search(said)
    before = marks()["before"].search(said) if hopes else None
    if before is None:
        return False
    # What falls by more is lower.
    falls = marks()["falls"].search(said[: before.start()]) and marks()["falls"].search(
        said[before.start() :]
    )
    new, old = (
        [
            [Decimal(found[kind]) for found in marks()["amount"].finditer(part) if found[kind]]
            for kind in (1, 2)
        ]
        for part in (said[: before.start()], said[before.end() :])
    )
    return any(
        len(mine) == len(theirs) > 0 and (sum(mine) > sum(theirs) if falls else sum(mine) < sum(theirs))
        for mine, theirs in zip(new, old, strict=True)
    )


def slight(said: str, worth: Decimal | Gap) -> bool:
    """Whether a purchase is known to be small for its buyer: a sum below a tenth of its market value."""
    return isinstance(worth, Decimal) and 0 < largest(said) < worth * PART / 100
