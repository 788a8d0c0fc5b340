"""The month that owes a report. Pure: the clock, the zone and the settings come in, an exact instant comes
out.

Decisions. Instants are computed and compared in UTC, never by adding days to local times: the library's
monthly trigger misses April's first hour in Berlin and New York for that reason. A day that the month lacks
is its last day. A local time that the clock change skips happens as far after the change as it would have
been before it; one that happens twice means the first. Refuses a day outside 1 to 31.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, tzinfo

from core.base.errors import BadRequest

LAST_DAY = 31
# Two years: a clock that was once wrong by decades cannot make a flood.
MOST_PERIODS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """`id` as in 2026-11, the month in the owner's zone. `due` is the instant, shown in that zone."""

    id: str
    due: datetime


def due_period(now: datetime, zone: tzinfo, day: int, at: time) -> Period:
    """The latest period whose instant is not after `now`. Exactly twelve a year, each in its own month."""
    _check(day)
    local = now.astimezone(zone)
    this = _period(local.year, local.month, zone, day, at)
    return this if this.due <= now else _before(this, zone, day, at)


def next_period(now: datetime, zone: tzinfo, day: int, at: time) -> Period:
    """The first period whose instant is after `now`."""
    return _after(due_period(now, zone, day, at), zone, day, at)


def upcoming(
    now: datetime, zone: tzinfo, day: int, at: time, *, since: datetime, begun: Collection[str]
) -> Period:
    """The report that will come next: a month that is due and not begun comes now, whatever the day that is
    set; else it is the first later month without one. `begun` are the ids of months that were begun, skipped
    or made; months that were due at or before `since` are nobody's."""
    period = due_period(now, zone, day, at)
    while period.id in begun or period.due <= since:
        period = _after(period, zone, day, at)
    return replace(period, due=max(period.due, now.astimezone(zone)))


def periods_after(since: datetime, now: datetime, zone: tzinfo, day: int, at: time) -> tuple[Period, ...]:
    """All periods due after `since` and not after `now`, oldest first; at most the last MOST_PERIODS."""
    found: list[Period] = []
    period = due_period(now, zone, day, at)
    while period.due > since and len(found) < MOST_PERIODS:
        found.append(period)
        period = _before(period, zone, day, at)
    return tuple(reversed(found))


def _check(day: int) -> None:
    if not 1 <= day <= LAST_DAY:
        raise BadRequest(f"The day of the push must be 1 to {LAST_DAY}, not {day}.")


def _period(year: int, month: int, zone: tzinfo, day: int, at: time) -> Period:
    last = monthrange(year, month)[1]
    local = datetime.combine(
        datetime(year, month, min(day, last), tzinfo=zone), at.replace(tzinfo=None, fold=0), zone
    )
    # Through UTC and back: a skipped local time becomes the real one that shows on the wall at that instant.
    return Period(id=f"{year:04d}-{month:02d}", due=local.astimezone(UTC).astimezone(zone))


def _before(period: Period, zone: tzinfo, day: int, at: time) -> Period:
    year, month = map(int, period.id.split("-"))
    return _period(year - (month == 1), 12 if month == 1 else month - 1, zone, day, at)


def _after(period: Period, zone: tzinfo, day: int, at: time) -> Period:
    year, month = map(int, period.id.split("-"))
    return _period(year + (month == 12), 1 if month == 12 else month + 1, zone, day, at)
