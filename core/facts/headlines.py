"""What kind of event a headline reports, and how much it weighs, in seven languages. The gravest row that finds its words
decides; the rows stand in `words`, language by language.

Promise: every story that passes the gates gets a grade; none matching is G1, "no event row". A purchase weighs by its
size and by the side one stands on: a company that is bought changes for good, its buyer only when the sum is large. All
severities are judgement: the literature ranks filings, not headlines. `two_sided` events concern both names of a headline.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.facts.events import Event, Severity
from core.facts.grade import RANK, Grade
from core.facts.rule import Line, Row, Table, rows_of, table
from core.facts.words import dutch, english, french, german, italian, japanese, spanish

LANGUAGES: Final = {
    "en": english, "fr": french, "de": german, "it": italian, "es": spanish, "nl": dutch, "ja": japanese,
}  # fmt: skip
_TWO_SIDED: Final = frozenset(
    {
        *(
            Event.DEAL_AGREED,
            Event.DEAL_CLOSED,
            Event.DEAL_OFF,
            Event.BID_RECEIVED,
            Event.CONTROL,
            Event.AGREEMENT,
        ),
        *(Event.CONTRACT_WON, Event.CONTRACT_LOST, Event.HOLDING),
    }
)
_BOUGHT: Final = frozenset({Event.DEAL_AGREED, Event.DEAL_CLOSED})

# A purchase of five billion or more in a hard currency is large for all but a few buyers.
LARGE_BILLIONS: Final = 5.0
_AMOUNT: Final = re.compile(
    r"(?<!\S)(\d[\d.,]*) (?:(billion|billions|bn|b|milliards?|mrd|milliarden|miliardi|mld|miljard|mil millones)"
    r"|(trillion|billionen|trn)) (?!yen |won |rupees? |rupiah )"
)


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of a headline and whether it concerns both of two names."""

    grade: Grade
    two_sided: bool


@cache
def events() -> Table:
    """All rows of all languages, the gravest first; within a severity in the order of their tables."""
    rows = [row for language, words in LANGUAGES.items() for row in rows_of(language, words.EVENTS)]
    return table(sorted(rows, key=lambda row: -RANK[event_of(row)[1]]))


def event_of(row: Row) -> tuple[Event, Severity]:
    """A section is headed by an event of the vocabulary and its severity ("guidance lowered G3")."""
    name, _, severity = row.name.rpartition(" ")
    return Event(name), Severity(severity)


def billions(headline: Line) -> float:
    """The largest sum of a headline in billions; 0 when it names none in a hard currency."""
    found = (
        (number.replace(",", ".").rstrip("."), 1000 if huge else 1)
        for number, _, huge in _AMOUNT.findall(headline.text)
    )
    return max((float(number) * unit for number, unit in found if number.count(".") <= 1), default=0.0)


def grade_headline(headline: Line, *, bought: bool = False) -> Graded:
    """The grade of the gravest row that finds its words; else G1. `bought`: the name is what is bought."""
    row = events().first(headline)
    if row is None:
        return Graded(
            Grade(severity=Severity.G1, row="no event row", event=Event.OTHER, label="news"), two_sided=False
        )
    event, severity = event_of(row)
    if event in _BOUGHT and (bought or billions(headline) >= LARGE_BILLIONS):
        severity = Severity.G3
    grade = Grade(severity=severity, row=f"news: {event} ({row.reason})", event=event, label=event.value)
    return Graded(grade, two_sided=event in _TWO_SIDED)
