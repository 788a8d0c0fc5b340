"""What a document's sentence changes about the grade of what is reported: how the tables in `statements` are
read.

Promise: a row looks for an event that is stated, in one sentence; what speaks against it in that sentence (a
condition, a definition, another's career) stops it there. A lowering row acts only when nothing in the whole
section speaks against it, because the costly error is the missed structural event. Refused: grading by mood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.facts.events import Event, Severity
from core.facts.filing import Reported

# Stands in a row's list of events for reports that say nothing of their content.
OPEN: Final = "open"


# Alternatives that several rows share.
NAMES: Final = r"""
@chief chief executive(?: officer)?+
@chief chief financial officer
@chief (?:co-)?CEO\b
@chief CFO\b
@chief principal (?:executive|financial) officer
@leaves resign(?:ed|s|ing|ation)?\b
@leaves retire[sd]?\b
@leaves (?:his|her|planned|upcoming|announced|the) retirement\b
@leaves step(?:s|ped|ping)? (?:down|aside)\b
@leaves depart(?:ed|s|ing|ure)?\b
@leaves (?:will leave|is leaving|has left|left) (?:the company|his|her|our|its|\w+ to)
@leaves terminated\b
@leaves termination of (?:the |his |her )?employment of
@leaves (?:removed|dismissed|relieved|ousted)\b
@leaves ceas(?:e|es|ed|ing) (?:to (?:serve|be)|serving)
@leaves no longer (?:serve|serving|be employed|employed|with the)
@leaves relinquish(?:ed|es|ing)?\b
@leaves separat(?:ed|es|ing|ion) from (?:the company|employment|his|her)
@leaves (?:his|her|the) last day\b
@leaves vacat(?:ed|es|ing)\b
@leaves step(?:s|ped|ping)? away\b
@leaves end(?:s|ed|ing)? (?:his|her) (?:employment|tenure|service)\b
@leaves pursue other\b
@leaves (?:passed away|passing of|died|death of|untimely)\b
@leaves on (?:administrative|medical) leave\b|\bleave of absence\b
@leaves mutually agreed .{0,40}\b(?:separat|depart|transition)
@leaves transition(?:s|ed|ing)? (?:from|out of) (?:his|her|the) (?:role|position)
@if \bif (?:he|she|the|mr|ms|dr|such|any|there|executive|employee|either)\b
@if \bin the event\b
@if \bin the case of\b
@if \bunless\b
@if \bgood reason\b
@if \b(?:upon|following|after|any) (?:a |an |such |the |his |her |any |qualifying )*(?:termination
  |resignation|retirement) of employment
@if \bshould (?:he|she|the executive)\b
@if (?-i:\bmay\b) (?:be )?terminat
@if \bcould\b
@merger agreement and plan of (?:merger|reorganization|combination)
@merger (?:merger|business combination|(?:scheme )?implementation|arrangement|combination|bid
   implementation) agreement
@merger (?:scheme )?implementation deed
@merger scheme of arrangement
@legal \b(?:complaint|lawsuit|class action|plaintiff|litigation|supplemental disclosure|proxy statement
  |demand letter)
@void \btermination fee\b
@void \b(?:as |capitalized terms? .{0,40}|not otherwise )defined in\b
@void \bcustomary\b
@void \brepresentations\b
@other \b(?:company['’]s|our|its|a|their) (?:\w+ ){0,2}(?:tenant|customer|supplier|partner|lessee|borrower)s?\b
@other \b(?:one|certain|some|several|any) of (?:our|its|their|the company['’]s) (?:\w+ ){0,2}(?:tenant
  |customer|supplier|partner|lessee|borrower)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """`events`: the reports whose text the row reads, with `OPEN` for those that say nothing themselves. `unless` speaks
    against it in the sentence, `against` anywhere in the section. The tests hold every row to its examples."""

    events: frozenset[str]
    event: Event
    severity: Severity
    label: str
    reason: str
    needs: tuple[frozenset[str], ...]
    pattern: re.Pattern[str]
    pair: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    against: re.Pattern[str] | None
    examples: tuple[str, ...]
    counters: tuple[str, ...]

    def concerns(self, reported: Reported) -> bool:
        """Whether the row is to be tried on the text of `reported`."""
        return reported.event in self.events or (reported.open and OPEN in self.events)

    def touches(self, section: str, begins: frozenset[str]) -> bool:
        """Whether a sentence of `section`, whose words begin with `begins`, may state the row's event, and
        nothing in all of it speaks against it.
        """
        if any(need.isdisjoint(begins) for need in self.needs):
            return False
        found = self.pattern.search(section) or (self.pair and self.pair.search(section))
        return found is not None and not (self.against and self.against.search(section))

    def finds(self, sentence: str, following: str = "") -> int:
        """Where the row's event is stated in `sentence`, or together with the one `following`; -1 when
        nowhere, or when something in the sentence speaks against it.
        """
        found = self.pattern.search(sentence)
        if found is None and self.pair is not None and following:
            found = self.pair.search(f"{sentence} {following}")
        return -1 if found is None or (self.unless and self.unless.search(sentence)) else found.start()


def phrases(table: str) -> tuple[Phrase, ...]:
    """The rows of a table, in its order. Lines: `@name` alternatives that others call by <name>; `=` begins a
    row (event severity | events it reads | label | reason), then one alternative a line, `?` words of which
    one must stand in the section (a quick look), `&` one that two sentences state together, `!` what speaks
    against it in the sentence, `!!` in the section, `+` a sentence that it must find, `-` one that it must
    not.
    """
    names: dict[str, list[str]] = {}
    return tuple(_rows(table, names))


def _rows(table: str, names: dict[str, list[str]]) -> Iterator[Phrase]:
    for block in re.split(r"^= ", table, flags=re.MULTILINE):
        # A line that begins with two blanks goes on with the one above.
        head, *lines = block.strip().replace("\n  ", "").splitlines() or [""]
        if head.startswith("@") or not head:
            for line in (head, *lines):
                name, _, alternative = line.removeprefix("@").partition(" ")
                if name:
                    names.setdefault(name, []).append(alternative)
            continue
        what, events, label, reason = (part.strip() for part in head.split("|"))
        event, _, severity = what.rpartition(" ")
        parts: dict[str, list[str]] = {"!!": [], "!": [], "+": [], "-": [], "&": [], "?": [], "": []}
        for line in lines:
            mark, _, rest = line.partition(" ")
            parts[mark if mark in parts else ""].append(rest if mark in parts else line)
        yield Phrase(
            events=frozenset(Event(one) if one != OPEN else OPEN for one in events.split(", ")),
            event=Event(event),
            severity=Severity(severity),
            label=label,
            reason=reason,
            needs=tuple(frozenset(word[:_START] for word in need.split()) for need in parts["?"]),
            pattern=re.compile(_joined(parts[""], names), re.IGNORECASE),
            pair=re.compile(_joined(parts["&"], names), re.IGNORECASE) if parts["&"] else None,
            unless=re.compile(_joined(parts["!"], names), re.IGNORECASE) if parts["!"] else None,
            against=re.compile(_joined(parts["!!"], names), re.IGNORECASE) if parts["!!"] else None,
            examples=tuple(parts["+"]),
            counters=tuple(parts["-"]),
        )


_START: Final = 4


def beginnings(section: str) -> frozenset[str]:
    """How the words of a section begin: four letters at most, in lower case."""
    return frozenset(word[:_START] for word in re.findall(r"[a-z]{3,}", section.lower()))


def _joined(alternatives: list[str], names: dict[str, list[str]]) -> str:
    whole = "|".join(alternatives)
    return re.sub(r"<(\w+)>", lambda found: f"(?:{_joined(names[found[1]], names)})", whole)
