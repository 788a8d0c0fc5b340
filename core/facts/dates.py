"""When an item can be a fact: dated, not from the future, inside the window of its severity.

Promise: days are compared in the zone of `as_of`; filings by their filing date (and by the hour, where their
source tells it), stories by their published instant. Refused: guessing a date. The windows are a table, not a
setting.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from core.base.gap import Gap
from core.facts.fact import Severity

# Months that a fact counts (PRODUCT.md, Settings).
WINDOW_MONTHS: Final[tuple[tuple[Severity, int], ...]] = (
    (Severity.G3, 12),  # a changed thesis is read against a year of accounts
    (Severity.G2, 3),  # until the next quarterly report has taken it in
    (Severity.G1, 1),  # an anecdote
)

# Clocks of feeds run ahead by minutes; an hour is more than any recorded one.
AHEAD: Final = timedelta(hours=1)

_WINDOWS: Final = dict(WINDOW_MONTHS)
LONGEST_MONTHS: Final = max(_WINDOWS.values())


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(first_of_next - timedelta(days=1), date(year, month, 1) + timedelta(days=day.day - 1))


def first_day(severity: Severity, as_of: datetime) -> date:
    """The oldest day on which a fact of this severity still counts at `as_of`."""
    return months_before(as_of.date(), _WINDOWS[severity])


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gate that stops an item for its date, and why."""

    gate: str
    reason: str


def refuse_day(day: date, as_of: datetime) -> Refusal | None:
    """Why a filing's day cannot be one at `as_of`, or None."""
    if day > as_of.date():
        return Refusal("future", f"dated {day}, after {as_of.date()}")
    return None


def refuse_instant(published: datetime | Gap, as_of: datetime) -> Refusal | None:
    """Why a filing that came after the moment of `as_of` cannot be a fact there, or None. A regulator's clock
    is exact.
    """
    if isinstance(published, datetime) and published > as_of:
        return Refusal("future", f"published {published.isoformat()}, after {as_of.isoformat()}")
    return None


def instant_of(published: datetime | Gap, as_of: datetime) -> datetime | Refusal:
    """A story's instant in the zone of `as_of`, or why it has none that can be used."""
    if isinstance(published, Gap):
        return Refusal("undated", f"no usable date: {published.reason}")
    if published.tzinfo is None:
        return Refusal("undated", "its time has no zone")
    if published > as_of + AHEAD:
        return Refusal("future", f"published {published.isoformat()}, after {as_of.isoformat()}")
    return published.astimezone(as_of.tzinfo)


def refuse_age(day: date, severity: Severity, as_of: datetime) -> Refusal | None:
    """Why a day lies outside the window of its severity, or None."""
    first = first_day(severity, as_of)
    if day < first:
        months = _WINDOWS[severity]
        span = "one month" if months == 1 else f"{months} months"
        return Refusal("window", f"of {day}, too old: {severity.value} counts for {span}, so from {first}")
    return None
