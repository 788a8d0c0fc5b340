"""How many sessions a price lags behind a day. Pure calendar arithmetic on weekdays.

Decision: exchanges' holidays are not known here, so a holiday counts as a session. A price may look one
session older than it is, never younger. On a Saturday or Sunday the last session is Friday's."""

from datetime import date, timedelta

MAX_STALE_SESSIONS = 5
"""A price up to a trading week old may still be used, marked with its age; an older one is no price any
more."""

_SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Whether no exchange of ours holds a session on `day`."""
    return day.weekday() >= _SATURDAY


def last_session(day: date) -> date:
    """The weekday at or before `day`."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def lag(price_day: date, day: date) -> int:
    """Weekday sessions after `price_day` up to and including `day`; zero when the price is of the last
    session or later."""
    start, end = last_session(price_day), last_session(day)
    if start >= end:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    crosses_weekend = start.weekday() + rest >= _SATURDAY
    return weeks * 5 + rest - (2 if crosses_weekend else 0)


def age_in_words(sessions: int) -> str:
    """The age of a price, for people."""
    return "1 session old" if sessions == 1 else f"{sessions} sessions old"
