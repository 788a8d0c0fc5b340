"""Since when a source cannot be read: what the message of a failed run says beside the reason (issue 4, item
8).

Promise: an outage begins with the first look that failed and ends with the first that did not; looking
less often makes it seem shorter, never longer. Decisions: what counts as unreadable is the table of
`core.facts.coverage`, read by both. A regulator is remembered for each name too, since a single name of it
can be out for long; a feed counts only as a whole. A record that cannot be read is none: it would cost a
report and says nothing about a fact."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from core.facts.fact import Gathering, SourceClass, State

# What counts as "could not be read" for a class as a whole. A frozen feed answers and is still silence, so
# STALE counts for news; a regulator's listing from some hours ago is still the regulator's word, so there
# only FAILED does.
UNREADABLE: Final[tuple[tuple[SourceClass, frozenset[State]], ...]] = (
    (SourceClass.OFFICIAL, frozenset({State.FAILED})),
    (SourceClass.NEWSWIRE, frozenset({State.FAILED, State.STALE})),
    (SourceClass.SEARCH, frozenset({State.FAILED, State.STALE})),
)

# In place of a ticker: the whole source.
WHOLE: Final = ""
# The name under which outages are noted.
NOTE: Final = "sources failing since"
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# (source, ticker or WHOLE) -> the first look that failed.
Outages = Mapping[tuple[str, str], datetime]


def outages(
    gatherings: tuple[Gathering, ...], earlier: Outages, now: datetime
) -> dict[tuple[str, str], datetime]:
    """The outages of the sources that were asked, with the beginning that was known `earlier`, else `now`."""
    unreadable = dict(UNREADABLE)
    out: list[tuple[str, str]] = []
    for gathering in gatherings:
        states = unreadable[gathering.source_class]
        failed = [ticker for ticker, row in gathering.coverage if row.state in states]
        asked = [row for _, row in gathering.coverage if row.state is not State.NONE]
        if failed and len(failed) == len(asked):
            out.append((gathering.source, WHOLE))
        if gathering.source_class is SourceClass.OFFICIAL:
            out += [(gathering.source, ticker) for ticker in failed]
    return {key: earlier.get(key, now) for key in out}


def unasked(gatherings: tuple[Gathering, ...], earlier: Outages) -> dict[tuple[str, str], datetime]:
    """Those of `earlier` whose source is not among `gatherings`: nothing new is known about them."""
    asked = {gathering.source for gathering in gatherings}
    return {key: since for key, since in earlier.items() if key[0] not in asked}


def to_note(known: Outages) -> str:
    """As one line of JSON, in a fixed order."""
    return json.dumps(
        [[source, ticker, since.isoformat()] for (source, ticker), since in sorted(known.items())]
    )


def from_note(text: str | None) -> dict[tuple[str, str], datetime]:
    """What `to_note` wrote; nothing when there is none or it cannot be read."""
    try:
        rows = json.loads(text or "[]")
        return {(str(source), str(ticker)): datetime.fromisoformat(since) for source, ticker, since in rows}
    except (ValueError, TypeError):
        return {}


def said(since: datetime) -> str:
    """`since 22 Nov 08:00`, in the zone that `since` carries."""
    return f"since {since.day} {MONTHS[since.month - 1]} {since:%H:%M}"
