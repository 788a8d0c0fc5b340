"""The demo's two earlier months, made of the same recording: what was known on a day is all that its report
is shown.

Prices are the real closes of that day, filings and headlines those published until then, euro rates the
bank's own of the days before. Targets and statements are of 26 February, as in the recorded day: they are the
same in all three reports, and each report says their age. So what changes between the reports are real prices
and real filings, and what the jury makes of them.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

# Each the last session of its kind 28 days before the next, so that `/track` can look at it; in New York's
# evening.
EARLIER = (datetime(2026, 2, 27, 22, 0, tzinfo=UTC), datetime(2026, 3, 27, 21, 0, tzinfo=UTC))


def label(day: date) -> str:
    return f"recorded day {day.isoformat()}"


def market_as_of(recorded: str, day: date) -> str:
    """The market file's text as it would have been on `day`: closes until then, the last of them as the
    price."""
    whole: dict[str, Any] = json.loads(recorded)
    names = []
    for name in whole["names"]:
        if "history" not in name:
            names.append(name)  # known by name only: nobody holds it, but its facts can be looked at
            continue
        known = [row for row in name["history"] if row[0] <= day.isoformat()]
        if not known:
            continue
        moved = {"price": known[-1][1], "day": known[-1][0], "history": known}
        names.append({**name, **moved})
    return json.dumps({**whole, "source": label(day), "names": names})
