"""What national stores of regulated information share: find the issuer, page through its list, read the texts worth reading.

A store's client says three things: which issuer a name is there, what its list holds, and where a text stands. Promise: an
answer of another form is FAILED and names the missing field; a name that the store does not know is NONE with what would
help; only a list that was read and held nothing is EMPTY. A text that cannot be had costs the text, not the coverage.
Decisions: a row is dated by its day in the store's zone; documents never change and are kept over restarts where a folder
is given; of a name only the newest texts are read that can change a grade or must explain one.
"""

import asyncio
import contextlib
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.dates import LONGEST_MONTHS, months_before
from core.facts.events import WEIGHTS, Severity
from core.facts.fact import Coverage, Gathering, SourceClass, State, Subject
from core.facts.filing import Document, Field, Filing, Reported, document_of
from core.facts.stores import stores_of
from core.portfolio.identities import Entry, Known, choose
from providers.sources.answers import CAP, Answers
from providers.sources.plain_text import decode, plain_text

FOREVER: Final = float("inf")
# Large issuers publish some 300 documents a year, most of them daily notices.
MOST_ROWS: Final = 600
# Texts of one name: the newest that can matter; a busy issuer has one a week.
MOST_TEXTS: Final = 20
TEXT_LIMIT: Final = 60_000
NO_EVENT_DAY: Final = Gap(gap="the list names no event day")
DAY_ONLY: Final = Gap(gap="the list gives the day only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One document as its list tells of it, already translated. `page` is where its text stands, if anywhere.

    `filed` is the day in the store's zone; `told_twice`: the store holds the same news in two languages; `form_filled`: its text is
    a form, whose fields `fields_of` reads."""

    key: str
    form: str
    title: str
    filed: date
    reported: Reported
    series: str = ""
    published: datetime | Gap = DAY_ONLY
    url: str = ""
    page: str = ""
    fields: tuple[Field, ...] = ()
    made: str = ""
    told_twice: bool = False
    form_filled: bool = False

    @property
    def worth(self) -> bool:
        """Whether its text can change the grade, must explain it, or holds the fields of a form."""
        weight = self.reported.weight or WEIGHTS[self.reported.event]
        return bool(self.page) and (self.reported.open or self.form_filled or weight is not Severity.G1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that count, both included, and the moment up to which."""

    first: date
    last: date
    as_of: datetime

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class Listing(Answers, ABC):
    """FactSource over one store. Subclasses say `terms` and the three things of the module's head."""

    source_class = SourceClass.OFFICIAL

    def covers(self, subject: Subject) -> bool:
        """Whether its ISIN, its stated country or its listing is of the store's country."""
        return any(store.code == self.terms.country for store in stores_of(subject))

    @abstractmethod
    async def issuer(self, subject: Subject) -> str | Gap:
        """The store's own number of the name, or why it has none. Raises SourceFailed."""

    @abstractmethod
    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        """What the issuer's list holds, newest first; up to `MOST_ROWS` in the window. Raises SourceFailed."""

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """Documents of the twelve months up to `as_of`. Raises SourceFailed when none of several could be looked up."""
        last = as_of.date()
        window = Window(first=months_before(last, LONGEST_MONTHS), last=last, as_of=as_of)
        found = await asyncio.gather(*(self._look_up(subject, window) for subject in subjects))
        failures = [one for one in found if isinstance(one, SourceFailed)]
        if len(failures) == len(found) > 1:
            raise failures[0]
        coverage = tuple(
            (subject.ticker, self._covered(one)) for subject, one in zip(subjects, found, strict=True)
        )
        filings = tuple(filing for one in found if isinstance(one, tuple) for filing in one)
        return Gathering(
            source=self.name,
            source_class=SourceClass.OFFICIAL,
            coverage=coverage,
            filings=filings,
            read=len(filings),
        )

    async def _look_up(self, subject: Subject, window: Window) -> tuple[Filing, ...] | Gap | SourceFailed:
        """One name's documents, or as a value why there are none or why they could not be read."""
        try:
            issuer = await self.issuer(subject)
            if isinstance(issuer, Gap):
                return issuer
            rows = [row for row in await self.rows(issuer, subject, window) if window.holds(row.filed)]
        except SourceFailed as failure:
            return failure
        # A list that grows while it is paged through tells a row twice.
        once = {row.key: row for row in rows}.values()
        rows = sorted(once, key=lambda row: (row.filed, row.key), reverse=True)[:MOST_ROWS]
        wanted = [row for row in rows if row.worth][:MOST_TEXTS]
        read = await asyncio.gather(*(self._text(row) for row in wanted))
        texts = {row.key: text for row, text in zip(wanted, read, strict=True)}
        return tuple(self._filing(subject, row, texts.get(row.key, "")) for row in rows)

    def _filing(self, subject: Subject, row: Row, text: str) -> Filing:
        # Where no text could be had, the title is what can be read.
        read = document_of(row.form, text) if text else document_of("title", row.title)
        documents: tuple[Document, ...] | Gap = (
            (read,) if read.text else Gap(gap="text not read: it has none")
        )
        return Filing(
            ticker=subject.ticker,
            source=self.name,
            key=row.key,
            form=row.form,
            filed=row.filed,
            event_day=NO_EVENT_DAY,
            url=row.url,
            title=row.title,
            reports=(row.reported,),
            documents=documents,
            fields=row.fields or (self.fields_of(row, text) if row.form_filled and text else ()),
            made=row.made,
            series=row.series,
            told_twice=row.told_twice,
            published=row.published,
        )

    def _covered(self, found: tuple[Filing, ...] | Gap | SourceFailed) -> Coverage:
        state, reason = State.OK, ""
        if isinstance(found, SourceFailed):
            state, reason = State.FAILED, str(found)
        elif isinstance(found, Gap):
            state, reason = State.NONE, found.reason
        elif not found:
            state, reason = State.EMPTY, f"nothing in the twelve months before of {self.terms.reads}"
        elif len(found) >= MOST_ROWS:
            reason = f"only the newest {MOST_ROWS} documents were read"
        return Coverage(
            source=self.name, source_class=SourceClass.OFFICIAL, state=state, reason=reason or NOT_GIVEN
        )

    async def picked(self, subject: Subject, entries: Callable[[], Awaitable[Sequence[Entry]]]) -> str | Gap:
        """The store's number of the name: the kept one, else the one entry that two signs speak for, which is then kept."""
        kept = self.reach.identities.known(subject.ticker).sure(self.terms.key)
        if isinstance(kept, str):
            return kept
        found = choose(subject, await entries(), scheme=self.terms.key, source=self.name)
        if isinstance(found, Known):
            self.reach.identities.keep(subject.ticker, found)
            return found.value
        return found

    def fields_of(self, row: Row, text: str) -> tuple[Field, ...]:
        """What a filled form states in fields, for a store whose rows say `form_filled`."""
        return ()

    async def text(self, row: Row) -> str:
        """The text at `row.page`. Raises SourceFailed."""
        fetched = await self.reach.fetcher.get(row.page, source=self.name, cap=CAP, fresh_for=FOREVER)
        return await asyncio.to_thread(lambda: plain_text(decode(fetched.body), limit=TEXT_LIMIT))

    async def _text(self, row: Row) -> str:
        """The kept text, else the fetched one; "" where it cannot be had."""
        named = hashlib.sha256(f"{self.terms.key} {row.key}".encode()).hexdigest()[:32]
        file = None if self.reach.folder is None else self.reach.folder / f"{named}.txt"
        if file is not None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                return await asyncio.to_thread(file.read_text, "utf-8")
        try:
            text = await self.text(row)
        except SourceFailed:
            return ""
        if file is not None and text:
            # A full or read-only disk costs a request next time, never the report.
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                part = file.with_suffix(".part")
                await asyncio.to_thread(part.write_text, text, "utf-8")
                part.replace(file)
        return text
