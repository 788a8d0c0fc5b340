"""A filing as its source hands it over: already in the house's words. What a new source's `codes` must
deliver stands here.

A source translates; core judges. The source knows its forms, items and kinds of information; core knows
events, severities and sentences, and reads no form. So `codes` of a source delivers, for each document of its
list, a `Filing` with

* `reports`: one `Reported` for each thing that the filing reports, at least one. Its `event` is a word of the
  vocabulary (`core.facts.events`); a code that no row of the source knows is `Event.OTHER` with the label
  "unclassified official filing" and the weight G2, never dropped. `weight` is given only where the code
  itself says how much it weighs (law, or the source's own table); without it the event's own severity counts.
  `open` says that the code tells nothing of the content ("Other Events", "inside information"), so that any
  event may stand in the text.
* `documents`: what could be read, the main document first, then exhibits, each made by `document_of`
  (normalised text); or a Gap that says why there is none (`core.facts.fact.SAYS_ITSELF` where the form alone
  says what it is). `Reported.spans` name the stretches of these documents that belong to it, the first one
  first; none means all of them. A title alone, where the source has no more, is a document as well.
* `fields`: what a structured filing states in fields (`Dealing`, `Stake`, `Change`), from which core makes
  its sentences; `made`: a sentence that the source itself made of fields ("removal of 1.5 % notes due 2026,
  not the stock").
* `series`: a word shared by filings that come by the dozen (insiders' forms, notices of a buy-back): a week
  is one fact.

Nothing is lost on the way: what cannot be read is a Gap with its reason, and the filing is graded by its
codes.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.cleaning import visible
from core.facts.events import Event, Severity

# As far as a document is read: the longest recorded 8-K body without exhibits has 52,000 characters.
READ: Final = 60_000
_IN_A_SENTENCE: Final = re.compile(r"\(the [“\"]|\([“\"]|,")
_ENDS: Final = '.:;!?”"’)'


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a filing. `name` is the source's word ("8-K", "EX-99.1"); `text` is normalised."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the normalised text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def document_of(name: str, text: str) -> Document:
    """A document with its text normalised."""
    return Document(name=name, text=normalised(text))


def normalised(text: str) -> str:
    """Paragraphs as lines: visible characters in NFKC, blanks folded, empty lines gone, at most `READ`
    characters.

    A line that begins in the middle of a sentence goes on with the line before: it begins with a small
    letter, or the line before is long and has no end. Normalising twice changes nothing.
    """
    parts: list[str] = []
    left, so_far = READ, 0
    for raw in text[: 4 * READ].splitlines():
        if line := visible(raw[:READ]):
            goes_on = bool(parts) and (
                line[0].islower()
                or _IN_A_SENTENCE.match(line) is not None
                or (so_far > 60 and parts[-1][-1] not in _ENDS)
            )
            parts += [" " if goes_on else "\n"] * bool(parts) + [line]
            so_far = len(line) + (so_far + 1) * goes_on
            left -= len(line) + 1
        if left < 0:
            break
    return "".join(parts)[:READ].rstrip()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Filing.documents[document]`."""

    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One thing that a filing reports, translated. `label` is the source's title of it in plain words, `code`
    how the source writes it (shown to people, read by nobody). `quoted`: its text is quoted only and changes
    no grade, since accounts repeat what was news before.
    """

    event: Event
    label: str
    code: str = ""
    weight: Severity | None = None
    open: bool = False
    spans: tuple[Span, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """One insider's dealing. `bought` is None for what is neither (grants, taxes, gifts, a first statement).

    `chief`: the chief executive or finance chief. `planned`: under a plan made before (10b5-1). `notice`:
    announced, not yet done. `money` is in `currency`; what the filing leaves out is a Gap.
    """

    who: str
    role: str
    chief: bool
    bought: bool | None
    shares: Decimal | Gap
    money: Decimal | Gap
    currency: str = "USD"
    planned: bool = False
    notice: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """A large holder's share of the votes or of a class, in percent, and before, where the filing says it."""

    holder: str
    percent: Decimal
    before: Decimal | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure of a period against the same period of the year before. `per`: "quarter", "nine months",
    "year".
    """

    what: str
    now: Decimal
    before: Decimal
    per: str


Field = Dealing | Stake | Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An official document as its source hands it over (see the head of this module).

    `key` is the regulator's own number of the document; `form` its own word for the kind, which only people
    read. `about_other`: the name filed it about another company (a bidder's tender offer, a stake it holds),
    so it says little about the name itself. `amends`: it changes an earlier filing. `published` is the true
    instant where the source gives one; it decides only on the day of `as_of` and orders the filings of one
    day. `told_twice`: the source publishes one event in several documents (two languages), which may be
    merged like stories.
    """

    ticker: str
    source: str
    key: str
    form: str
    filed: date
    event_day: date | Gap
    url: str
    title: str
    reports: tuple[Reported, ...]
    documents: tuple[Document, ...] | Gap
    fields: tuple[Field, ...] = ()
    made: str = ""
    series: str = ""
    amends: bool = False
    about_other: bool = False
    told_twice: bool = False
    published: datetime | Gap = NOT_GIVEN
