"""Reads the date of a news item strictly: RFC 822 or ISO 8601 with an explicit offset, or not at all.

Refuses every date without a zone, with a zone name that stands for several offsets (CST outside America, IST,
BST, CET in summer), with two digits of year, or in any other order: a lenient reader put 2026/6/29 into
November and an epoch number into the year 1782. Decision: the ten zone names that RFC 822 itself defines are
offsets, whatever else they may mean.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from core.base.gap import Gap

# RFC 822, section 5.1: the zone names with one meaning, in hours from UTC.
_HOURS = "UT 0 UTC 0 GMT 0 Z 0 EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7".split()
ZONES = dict(zip(_HOURS[::2], map(int, _HOURS[1::2]), strict=True))
MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)

_RFC = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>[0-9]{1,2})[\s-](?P<month>[A-Za-z]{3,9})[\s-](?P<year>[0-9]{4})\s+"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?\s*"
    r"(?P<zone>[+-][0-9]{2}:?[0-9]{2}|[A-Za-z]{1,3})"
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[T ]"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?\s?"
    r"(?P<zone>Z|z|[+-][0-9]{2}:?[0-9]{2})"
)
# RFC 822 dates are about 30 characters; nothing longer is one.
_LONGEST = 60


def read_date(text: str) -> datetime | Gap:
    """`text` as a moment in UTC, or a gap that says why it is none."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return Gap(gap="the item carries no date")
    if len(cleaned) > _LONGEST:
        return Gap(gap="the item's date is not a date")
    found = _RFC.fullmatch(cleaned) or _ISO.fullmatch(cleaned)
    if found is None:
        return Gap(gap=f"the item's date is not one with an explicit offset: {cleaned}")
    zone = _zone(found["zone"])
    month = _month(found["month"])
    if zone is None or month is None:
        return Gap(gap=f"the item's date has an unclear zone or month: {cleaned}")
    try:
        moment = datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            min(int(found["second"] or 0), 59),  # a leap second is written as 60
            tzinfo=zone,
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return Gap(gap=f"the item's date does not exist: {cleaned}")


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    name = text.lower()
    return next((index for index, full in enumerate(MONTHS, start=1) if name in {full, full[:3]}), None)


def _zone(text: str) -> timezone | None:
    if text[0] in "+-":
        digits = text[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        # The widest offset in use is +14:00; RFC 5322's -0000 says that the zone is not known.
        if offset > timedelta(hours=14) or int(digits[2:]) > 59 or text == "-0000":
            return None
        return timezone(-offset if text[0] == "-" else offset)
    hours = ZONES.get(text.upper())
    return None if hours is None else timezone(timedelta(hours=hours))
