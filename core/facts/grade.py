"""One row of a grading table, and the grade that a row gives. Policy is data: each row carries its reason."""

import re
from dataclasses import dataclass
from typing import Final

from core.facts.fact import Severity

RANK: Final = {Severity.G1: 1, Severity.G2: 2, Severity.G3: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """`row` names the table row that decided; `event` is the kind of happening, for merging reports of one event.

    `excerpt` is the filing's own sentence behind the grade, when its text was read.
    """

    severity: Severity
    row: str
    event: str
    label: str
    tags: tuple[str, ...] = ()
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text that changes the grade of the items and forms in `where`.

    `unless` stops the row. `example` is a text that the row must find: the tests hold every row to it.
    """

    where: frozenset[str]
    severity: Severity
    event: str
    label: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str
    example: str

    def finds(self, text: str) -> bool:
        """Whether the row applies to `text` (one line, blanks folded)."""
        return self.pattern.search(text) is not None and (
            self.unless is None or self.unless.search(text) is None
        )


def heaviest(grades: tuple[Grade, ...]) -> Grade:
    """The highest severity; between equals the first row, so the order of a table decides and never chance."""
    return max(grades, key=lambda grade: RANK[grade.severity])
