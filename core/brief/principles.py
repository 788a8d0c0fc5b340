"""Law 2: the principles are principles, never numerical rules. This linter refuses digits, number words,
thresholds and near-duplicates, in the shipped file and in the user's own alike.

Decisions: "one" and "second" count as number words even where they could be pronoun or unit, because a reader
can always write around them and a linter that guesses cannot be relied on. Number words of other languages
that are ordinary words elsewhere (French "un", German "ein", Italian "due", French "tiers") are let through;
the unambiguous ones are not. Words made of a number (halve, doubled, tenfold, a pair) are number words: a
rule that halves a weight is a numerical rule.
"""

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

from core.base.errors import BadRequest

NUMBER_WORDS = frozenset(files("core.brief").joinpath("number_words.txt").read_text("utf-8").split())

MORE = "more|less|fewer|greater|higher|lower|larger|smaller"
THRESHOLDS = (
    (re.compile(r"\bat (?:least|most)\b"), "a lower or upper limit"),
    (re.compile(rf"\b(?:{MORE}) than (?:or equal|a|an|its|the)?\s*[\d.]+"), "a limit"),
    (re.compile(r"\b(?:minimum|maximum|min|max)\b"), "a limit"),
    (re.compile(r"[%‰<>≤≥]"), "a sign of quantity or comparison"),
)

# Statements that share this much of their content words (Jaccard index) say the same thing twice.
NEAR_DUPLICATE = 0.6

_WORD = re.compile(r"[^\W\d_]+")
_FILLER = frozenset(
    """
    a an and are as at be before but by can do does for from has have in is it its not of on or that the
    their them there this to was what when where which who with you your
    """.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A place that breaks law 2. `line` from 1."""

    line: int
    what: str


def lint(text: str) -> tuple[Flaw, ...]:
    """Every flaw of the principles, by line. No flaw, no statement: an empty file is a flaw too."""
    flaws = [flaw for number, line in enumerate(text.splitlines(), 1) for flaw in _in_line(number, line)]
    statements = [(number, line) for number, line in enumerate(text.splitlines(), 1) if _is_statement(line)]
    if not statements:
        flaws.append(Flaw(line=1, what="holds no statement (a statement is a line that begins with `- `)"))
    for place, (number, line) in enumerate(statements):
        for earlier, other in statements[:place]:
            if _likeness(line, other) >= NEAR_DUPLICATE:
                flaws.append(
                    Flaw(line=number, what=f"repeats line {earlier}: one rule is one statement, said once")
                )
    return tuple(sorted(flaws, key=lambda flaw: (flaw.line, flaw.what)))


def checked(text: str, *, origin: str) -> str:
    """`text` itself when it is free of flaws. Raises BadRequest that lists up to ten flaws of `origin`."""
    flaws = lint(text)
    if not flaws:
        return text
    listed = "; ".join(f"line {flaw.line} {flaw.what}" for flaw in flaws[:10])
    more = f"; and {len(flaws) - 10} more" if len(flaws) > 10 else ""
    raise BadRequest(
        f"The principles in {origin} break the rule that principles hold no numbers and say each thing once: "
        f"{listed}{more}."
    )


def _in_line(number: int, line: str) -> list[Flaw]:
    low = line.casefold()
    figures = [f"the digit {sign!r}" for sign in line if unicodedata.category(sign) in {"Nd", "Nl", "No"}]
    words = dict.fromkeys(word for word in _WORD.findall(low) if word in NUMBER_WORDS)
    limits = [
        f"{why}: {match.group().strip()!r}" for pattern, why in THRESHOLDS if (match := pattern.search(low))
    ]
    found = (*figures[:1], *(f"the number word {word!r}" for word in words), *limits)
    return [Flaw(line=number, what=f"holds {what}") for what in found]


def _is_statement(line: str) -> bool:
    return line.lstrip().startswith(("- ", "* "))


def _likeness(one: str, other: str) -> float:
    first, second = _content(one), _content(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _content(line: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(line.casefold()) if word not in _FILLER)
