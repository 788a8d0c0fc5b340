"""One row of a table that reads headlines: a pattern, its reason, and a headline that it must find.

A row is only tried when a word of the headline begins like one of the row's own words: ten thousand headlines against
a hundred patterns must stay far below two seconds, and a set is looked up a hundred times faster than a pattern is
searched. The beginnings are four letters at most, taken from the pattern itself and from the row's `words`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[a-z]+|\?|#|\$|%|\d")
_START: Final = 4
# Words of a pattern: three letters or more that do not follow a letter or a backslash.
_SPELLED: Final = re.compile(r"(?<![a-z\\])[a-z]{3,}")
# Words that stand in patterns only between others: no row depends on one of them alone.
# fmt: off
_GLUE: Final = frozenset((
    "and", "are", "for", "from", "has", "have", "her", "his", "into", "its", "more", "not", "our", "that", "the", "this", "was",
    "were", "with", "you", "your", "than", "new", "day", "year",
))
# fmt: on
_APOSTROPHES: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`starts`: how a word of the headline must begin (four letters at most, or one of `? $ %` or a digit)."""

    name: str
    starts: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str
    example: str


def rule(
    name: str, words: str, pattern: str, reason: str, example: str, unless: str = "", *, spelled: bool = True
) -> Rule:
    """A row; patterns ignore case and see straight quotes and hyphens only.

    `words`, separated by blanks, are those that the pattern does not spell out in three letters or more; with `spelled`
    off they are all that count (rows of dozens of names, which would else be tried on every headline).
    """
    own = _SPELLED.findall(pattern.lower()) if spelled else ()
    return Rule(
        name=name,
        starts=frozenset(word[:_START] for word in (*words.split(), *own)) - _GLUE,
        pattern=re.compile(pattern, re.IGNORECASE),
        unless=re.compile(unless, re.IGNORECASE) if unless else None,
        reason=reason,
        example=example,
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order of precedence, looked up by word."""

    rows: tuple[Rule, ...]
    by_start: dict[str, tuple[int, ...]]

    def first(self, line: "Line") -> Rule | None:
        """The first row, in table order, that finds its pattern in `line`."""
        numbers = {number for start in line.starts & self.by_start.keys() for number in self.by_start[start]}
        for number in sorted(numbers):
            row = self.rows[number]
            if row.pattern.search(line.text) and not (row.unless and row.unless.search(line.text)):
                return row
        return None


def table(rows: Iterable[Rule]) -> Table:
    """The rows with their index of beginnings."""
    kept = tuple(rows)
    by_start: dict[str, list[int]] = {}
    for number, row in enumerate(kept):
        for start in row.starts:
            by_start.setdefault(start, []).append(number)
    return Table(kept, {start: tuple(numbers) for start, numbers in by_start.items()})


@dataclass(frozen=True, slots=True)
class Line:
    """A headline as tables read it: straight quotes and hyphens, and how its words begin, in lower case."""

    text: str
    starts: frozenset[str]


def line(text: str) -> Line:
    """`text` (already cleaned) prepared once for all tables."""
    straight = text.translate(_APOSTROPHES)
    return Line(
        straight,
        frozenset(word[:size] for word in _WORD.findall(straight.lower()) for size in (_START, _START - 1)),
    )
