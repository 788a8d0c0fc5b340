"""Three gates for stories: sourcing, opinion, forecast. Each is a table; what a gate stops is kept with its
reason.

Promise: an official item passes sourcing and opinion whatever its words; a forecast is kept only when the
issuer itself makes it, tagged `forecast`. Refused: discarding for "may" or "could" alone, and word lists
under a licence that forbids reuse. The rows are judgement; they stand in `words`, language by language.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from core.facts.events import Event
from core.facts.fact import Authority, Grade
from core.facts.rule import Line, Row, Table, rows_of, table
from core.facts.words import LANGUAGES, pairs, words

# Publishers whose product is a view on shares. Their headline is kept only when it states an event of G2 or
# more, because even their reports of events are written to be traded on (49 of 420 headlines of one recorded
# day are Zacks' alone).
OPINION_PUBLISHERS: Final = dict(pairs("views", "publishers of views"))


@dataclass(frozen=True, slots=True)
class Stopped:
    """The gate that stopped a story, and why."""

    gate: str
    reason: str


@cache
def sourcing() -> Table:
    """Rows of what nobody stands by, in all languages."""
    return _of_all("sourcing")


@cache
def opinion() -> Table:
    """Rows of views on a price, in all languages."""
    return _of_all("opinion")


@cache
def forecasts() -> Table:
    """Rows of what is not yet so."""
    return table(rows_of("en", words("en", "forecast")))


def _of_all(name: str) -> Table:
    return table(row for language in LANGUAGES for row in rows_of(language, words(language, name)))


def stop(headline: Line, authority: Authority) -> Stopped | None:
    """The first gate whose row finds a headline, or None. Official items pass sourcing and opinion."""
    if authority is Authority.OFFICIAL:
        return None
    for gate, rows in (("sourcing", sourcing()), ("opinion", opinion())):
        if found := rows.first(headline):
            return Stopped(gate, f"{found.name}: {found.reason}")
    return None


def stop_views(authority: Authority, publisher: str, grade: Grade) -> Stopped | None:
    """The opinion gate for publishers of views: what is graded by no row, or by a price, states no event."""
    if authority is Authority.OFFICIAL or grade.event not in (Event.OTHER, Event.PRICE):
        return None
    if what := _sells_views(publisher):
        return Stopped("opinion", f"publisher of opinion: {what}, and no event is stated")
    return None


@lru_cache(maxsize=1024)
def _sells_views(publisher: str) -> str:
    folded = publisher.lower().replace("’", "'")
    return next((what for name, what in OPINION_PUBLISHERS.items() if name in folded), "")


def forecast(headline: Line) -> Row | None:
    """The row by which a headline is about what is not yet so, or None."""
    return forecasts().first(headline)
