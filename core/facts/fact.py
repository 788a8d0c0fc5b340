"""What is known about a name and how well: facts, what was rejected, how far each source could be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Event
from core.facts.events import Severity as Severity
from core.facts.filing import Filing as Filing


class Authority(StrEnum):
    """Who says it: a regulator or the issuer's filing, an established newswire, anyone else."""

    OFFICIAL = "official"
    NEWSWIRE = "newswire"
    OTHER = "other"


class SourceClass(StrEnum):
    """The classes of which at least one source must be readable, if any is configured."""

    OFFICIAL = "official"
    NEWSWIRE = "newswire"
    SEARCH = "search"


class State(StrEnum):
    """How far a source could be read for a name. EMPTY means: looked, and there was nothing. NONE means: no
    source for this name is built in or switched on, or the source turned out not to know the name; nobody
    looked.
    """

    NONE = "none"
    OK = "ok"
    EMPTY = "empty"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One source's state for one name. `reason` is never blank for NONE, STALE and FAILED."""

    source: str
    source_class: SourceClass
    state: State
    reason: str | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A name that facts are looked for. `aliases` are spellings that the caller vouches for. `worth` is the
    market value of all its shares, where known: a sum is large or small against it.
    """

    ticker: str
    name: str | Gap
    isin: str | Gap
    country: str | Gap
    aliases: tuple[str, ...] = ()
    worth: Decimal | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A news item as its feed lists it. `only_for` is the ticker whose own feed it stood in, `asked_for` the
    one whose name a search asked for, if any.

    `authority` and `publisher` are the real publisher's, not the search engine's.
    """

    source: str
    publisher: str
    authority: Authority
    title: str
    summary: str
    url: str
    published: datetime | Gap
    only_for: str | Gap
    key: str
    asked_for: str | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What one source brought back: coverage per ticker (each asked ticker once) and the raw items.

    `read` counts every item the source listed, kept or not. `names`: how it calls a ticker, former
    names among them.
    """

    source: str
    source_class: SourceClass
    coverage: tuple[tuple[str, Coverage], ...]
    filings: tuple[Filing, ...] = ()
    stories: tuple[Story, ...] = ()
    read: int = 0
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What a document says of the event in its own words: one to three sentences, at most 320 characters.

    `text` stands in the document's normalised text (digest `document`, SHA-256 in hex) from `offset`
    characters on, to the letter. With `made` it is instead one sentence made of a structured filing's fields,
    and `offset` is 0.
    """

    text: str
    document: str
    offset: int
    made: bool = False


TEXT_NOT_READ = Gap(gap="text not read")
SAYS_ITSELF = Gap(gap="not read: its form says what it is")
NO_SENTENCE = Gap(gap="no sentence found")
NOT_KEPT = Gap(gap="the version that made this run quoted nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A verified, dated statement about one name. `id` (as in AAPL-1) is what ballots cite.

    `excerpt` is what it says in its own words, or why nothing is quoted (text not read, no sentence found).
    `graded_by` names the table row behind the severity; `tags` may hold forecast, amendment, shared,
    text-not-read, time-unknown.
    """

    id: str
    ticker: str
    day: date
    authority: Authority
    severity: Severity
    source: str
    title: str
    url: str
    graded_by: str
    tags: tuple[str, ...] = ()
    also_reported_by: tuple[str, ...] = ()
    key: str = "-"
    event: Event = Event.OTHER
    excerpt: Excerpt | Gap = NOT_KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An item that is not a fact, with the gate that stopped it and why. `ticker` is a gap when it matched no
    name.
    """

    ticker: str | Gap
    source: str
    title: str
    url: str
    day: date | Gap
    gate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Of everything read, how many items were kept as facts, and how many of those are G3."""

    read: int
    kept: int
    g3: int


RANK: Final = {Severity.G1: 1, Severity.G2: 2, Severity.G3: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """`row` names the table row that decided; `event` is what happened (a word of the vocabulary), for
    merging reports of one event; `label` says it in plain words. `excerpt` is the document's own sentence
    behind it, or why there is none.
    """

    severity: Severity
    row: str
    event: Event
    label: str
    tags: tuple[str, ...] = ()
    excerpt: Excerpt | Gap = NO_SENTENCE


def heaviest(grades: Iterable[Grade]) -> Grade:
    """The highest severity; between equals the first row, so a table's order decides and never chance."""
    return max(grades, key=lambda grade: RANK[grade.severity])
