"""What a document's sentence changes about the grade of what is reported: how the tables `words/filing_*` are
read.

Promise: a row looks for an event that is stated, in one sentence or in two neighbours; a condition, a past
office, a definition is cleared from the sentence before any row sees it, and what speaks against a row in the
sentence stops that row. A lowering row acts only when nothing in the whole section speaks against it, because
the costly error is the missed structural event. Refused: grading by mood. A table is text, one alternative a
line, and the tests hold every row to its examples.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported
from core.facts.words import sections, words

# Stands in a row's list of events for reports that say nothing of their content.
OPEN: Final = "open"
# The one mark that tells names from words by their capitals.
_CASED: Final = "not stated"
_MARKS: Final = ("!!", "!", "+", "-", "&", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """`events`: the reports whose text the row reads, with `OPEN` for those that say nothing themselves.
    `unless` speaks against it in the sentence, `against` anywhere in the section.
    """

    events: frozenset[str]
    event: Event
    severity: Severity
    label: str
    reason: str
    states: "Alternatives"
    pair: "Alternatives"
    unless: re.Pattern[str] | None
    against: re.Pattern[str] | None
    examples: tuple[str, ...]
    counters: tuple[str, ...]

    def concerns(self, reported: Reported) -> bool:
        """Whether the row is to be tried on the text of `reported`."""
        return reported.event in self.events or (reported.open and OPEN in self.events)

    def touches(self, section: "Text") -> bool:
        """Whether a sentence of `section` (cleared) may state the row's event, and nothing in all of it
        speaks against it.
        """
        found = section.place(self.states) >= 0 or section.place(self.pair) >= 0
        return found and not (self.against and self.against.search(section.text))

    def finds(self, said: "Text", following: str = "", sentence: str = "") -> int:
        """Where the row's event is stated in `said`, or together with the sentence `following` (both
        cleared); -1 when nowhere, or when something in `sentence` (in lower case, not cleared) speaks against
        it.
        """
        place, speaks = said.place(self.states), sentence or said.text
        if place < 0 and self.pair and following:
            place, speaks = Text(f"{said.text} {following}").place(self.pair), f"{speaks} {following}"
        return -1 if place >= 0 and self.unless and self.unless.search(speaks) else place


# Each alternative is parts that must all be found; those of one part are one pattern.
Alternatives = tuple[tuple[re.Pattern[str], ...], ...]


class Text:
    """A text and what was looked for in it: rows share their parts, and each is sought once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[re.Pattern[str], int] = {}

    def place(self, alternatives: Alternatives) -> int:
        """Where the first alternative stands of which all parts are found; -1 when none does."""
        for parts in alternatives:
            if all(self._seek(part) >= 0 for part in parts):
                return self._seek(parts[0])
        return -1

    def _seek(self, part: re.Pattern[str]) -> int:
        place = self._places.get(part)
        if place is None:
            found = part.search(self.text)
            place = self._places[part] = found.start() if found else -1
        return place


@cache
def rows(kind: str) -> tuple[Phrase, ...]:
    """The rows of the table `filing_KIND.txt`, in its order."""
    return phrases(words("filing", "names") + words("filing", kind))


@cache
def marks() -> dict[str, re.Pattern[str]]:
    """The patterns of `filing_marks.txt` by name ("dull", or "own" and an event), for text in lower case."""
    joined = ((name, _joined([alternative for alternative, *_ in lines], {})) for name, lines in mark_lines())
    return {
        name: re.compile(made, re.IGNORECASE) if name == _CASED else _compiled(made) for name, made in joined
    }


def mark_lines() -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    """Each name of `filing_marks.txt` with its lines: alternative, example, counter-example."""
    shared: dict[str, list[str]] = {}
    _share(words("filing", "names").splitlines(), shared)
    for name, lines in sections("filing_marks").items():
        cut = (line.rsplit(" / ", 2) for line in lines)
        yield name, tuple((_joined([alternative], shared), one, other) for alternative, one, other in cut)


def cleared(sentence: str) -> str:
    """`sentence` in lower case, with what it does not state (conditions, past offices, definitions) blotted
    out, letter for letter, so that places stay.
    """
    return marks()[_CASED].sub(lambda found: "·" * len(found[0]), sentence).lower()


def phrases(table: str) -> tuple[Phrase, ...]:
    """The rows of a table, in its order. Lines: `@name` alternatives that others call by <name>; `=` begins a
    row (event severity | events it reads | label | reason), then one alternative a line, in which ` && `
    joins parts that must all stand there, in any order; `&` one that two sentences state together, `!` what
    speaks against it in the sentence, `!!` in the section, `+` a sentence that it must find, `-` one that it
    must not.
    """
    shared: dict[str, list[str]] = {}
    return tuple(_rows(table, shared))


def _rows(table: str, shared: dict[str, list[str]]) -> Iterator[Phrase]:
    for block in re.split(r"^= ", table, flags=re.MULTILINE):
        head, *lines = block.strip().splitlines() or [""]
        if head.startswith("@") or not head:
            _share([head, *lines], shared)
            continue
        what, events, label, reason = (part.strip() for part in head.split("|"))
        event, _, severity = what.rpartition(" ")
        parts: dict[str, list[str]] = {mark: [] for mark in _MARKS}
        for line in lines:
            mark, _, rest = line.partition(" ")
            parts[mark if mark in parts else ""].append(rest if mark in parts else line)
        yield Phrase(
            events=frozenset(Event(one) if one != OPEN else OPEN for one in events.split(", ")),
            event=Event(event),
            severity=Severity(severity),
            label=label,
            reason=reason,
            states=_alternatives(parts[""], shared),
            pair=_alternatives(parts["&"], shared),
            unless=_pattern(parts["!"], shared) if parts["!"] else None,
            against=_pattern(parts["!!"], shared) if parts["!!"] else None,
            examples=tuple(parts["+"]),
            counters=tuple(parts["-"]),
        )


def _share(lines: list[str], shared: dict[str, list[str]]) -> None:
    for line in lines:
        name, _, alternative = line.removeprefix("@").partition(" ")
        if name:
            shared.setdefault(name, []).append(alternative)


def _alternatives(lines: list[str], shared: dict[str, list[str]]) -> Alternatives:
    single = [line for line in lines if " && " not in line]
    whole = [
        tuple(_pattern([part], shared) for part in line.split(" && ")) for line in lines if " && " in line
    ]
    return (*(((_pattern(single, shared),),) if single else ()), *whole)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Text is read in lower case: twice as fast as patterns that fold cases.
    return re.compile(re.sub(r"(?<!\\)(?<!\(\?)[A-Z]", lambda found: found[0].lower(), pattern))


def _pattern(alternatives: list[str], shared: dict[str, list[str]]) -> re.Pattern[str]:
    return _compiled(_joined(alternatives, shared))


def _joined(alternatives: list[str], shared: dict[str, list[str]]) -> str:
    # The edge of a word is asked for once and not by each alternative: most places of a text are none.
    edged = [one.removeprefix(r"\b") for one in alternatives if one.startswith((r"\b", "<"))]
    whole = "|".join(
        [
            *([rf"\b(?:{'|'.join(edged)})"] if edged else []),
            *(one for one in alternatives if not one.startswith((r"\b", "<"))),
        ]
    )
    return re.sub(r"(?<!P)<(\w+)>", lambda found: f"(?:{_joined(shared[found[1]], shared)})", whole)
