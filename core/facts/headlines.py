"""What kind of event a headline reports, and how much it weighs, in seven languages. The gravest row that
finds its words decides; the rows stand in `words`, language by language.

Promise: every story that passes the gates gets a grade; none matching is G1, "no event row". A purchase
weighs by its size and by the side one stands on: a company that is bought changes for good, its buyer only
when the sum is large. All severities are judgement: the literature ranks filings, not headlines. `two_sided`
events concern both names of a headline.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.facts.events import Event, Severity
from core.facts.fact import RANK, Grade
from core.facts.rule import Line, Row, Table, rows_of, table
from core.facts.words import LANGUAGES, words

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
_SIZED: Final = _BOUGHT | {Event.IMPAIRMENT, Event.CHARGE}

# A purchase or a write-off of five billion or more in a hard currency is large for all but a few companies.
LARGE_BILLIONS: Final = 5.0
_UNITS: Final = (
    (1e-3, "million millions mn mln m millionen mio millones milioni miljoen"),
    (1.0, "billion billions bn bln b milliard milliards mrd milliarden miliardi mld miljard"),
    (1e3, "trillion trillions trn billionen"),
)
_UNIT: Final = {word: size for size, spelled in _UNITS for word in spelled.split()}
_AMOUNT: Final = re.compile(
    rf"(?<!\S)(\d[\d.,]*) (?:(mil) )?({'|'.join(_UNIT)}) (?!yen |won |rupees? |rupiah |crore |pesos? )"
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of a headline and whether it concerns both of two names."""

    grade: Grade
    two_sided: bool


@cache
def events() -> Table:
    """All rows of all languages, the gravest first; within a severity in the order of their tables."""
    rows = [row for language in LANGUAGES for row in rows_of(language, words(language, "events"))]
    return table(sorted(rows, key=lambda row: -RANK[event_of(row)[1]]))


def event_of(row: Row) -> tuple[Event, Severity]:
    """A section is headed by an event of the vocabulary and its severity ("guidance lowered G3")."""
    name, _, severity = row.name.rpartition(" ")
    return Event(name), Severity(severity)


def billions(headline: Line) -> float:
    """The largest sum of a headline in billions; 0 when it names none in a hard currency. "3.100 millones" is
    3.1.
    """
    sums = [0.0]
    for number, thousand, unit in _AMOUNT.findall(headline.text):
        plain = number.strip(".,")
        plain = re.sub(r"[.,]", "", plain) if _THOUSANDS.fullmatch(plain) else plain.replace(",", ".")
        if plain.count(".") <= 1:
            sums.append(float(plain) * _UNIT[unit] * (1_000 if thousand else 1))
    return max(sums)


def grade_headline(headline: Line, *, bought: bool = False) -> Graded:
    """The grade of the gravest row that finds its words; else G1. `bought`: the name is what is bought."""
    row = events().first(headline)
    if row is None:
        return Graded(
            Grade(severity=Severity.G1, row="no event row", event=Event.OTHER, label="news"), two_sided=False
        )
    event, severity = event_of(row)
    if (bought and event in _BOUGHT) or (event in _SIZED and billions(headline) >= LARGE_BILLIONS):
        severity = Severity.G3
    grade = Grade(severity=severity, row=f"news: {event} ({row.reason})", event=event, label=event.value)
    return Graded(grade, two_sided=event in _TWO_SIDED)
