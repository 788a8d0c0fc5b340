"""One row of a table that reads headlines: a pattern, its reason, and a headline that it must find.

A row is only tried when the headline holds one of its `words`: ten thousand headlines against a hundred patterns must
stay far below two seconds, and a set of words is looked up a hundred times faster than a pattern is searched.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[a-z]+|\?|#|\$|%|\d")
_APOSTROPHES: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`words`: lower-case words, `?`, `$`, `%` or a single digit, one of which the headline must hold."""

    name: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str
    example: str


def rule(name: str, words: str, pattern: str, reason: str, example: str, unless: str = "") -> Rule:
    """A row; `words` separated by blanks, patterns ignore case and see straight quotes and hyphens only."""
    return Rule(
        name=name,
        words=frozenset(words.split()),
        pattern=re.compile(pattern, re.IGNORECASE),
        unless=re.compile(unless, re.IGNORECASE) if unless else None,
        reason=reason,
        example=example,
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order of precedence, looked up by word."""

    rows: tuple[Rule, ...]
    by_word: dict[str, tuple[int, ...]]

    def first(self, line: "Line") -> Rule | None:
        """The first row, in table order, that finds its words in `line`."""
        numbers = {number for word in line.words for number in self.by_word.get(word, ())}
        for number in sorted(numbers):
            row = self.rows[number]
            if row.pattern.search(line.text) and not (row.unless and row.unless.search(line.text)):
                return row
        return None


def table(rows: Iterable[Rule]) -> Table:
    """The rows with their index of words."""
    kept = tuple(rows)
    by_word: dict[str, list[int]] = {}
    for number, row in enumerate(kept):
        for word in row.words:
            by_word.setdefault(word, []).append(number)
    return Table(kept, {word: tuple(numbers) for word, numbers in by_word.items()})


@dataclass(frozen=True, slots=True)
class Line:
    """A headline as tables read it: straight quotes and hyphens, and the set of its lower-case words and signs."""

    text: str
    words: frozenset[str]


def line(text: str) -> Line:
    """`text` (already cleaned) prepared once for all tables."""
    straight = text.translate(_APOSTROPHES)
    return Line(straight, frozenset(_WORD.findall(straight.lower())))
