"""What national stores of regulated information share: find the issuer, page through its list, read the texts
worth reading.

A store's client says three things: which issuer a name is there, what its list holds, and where a text
stands. Promise: an answer of another form is FAILED and names the missing field; a name that the store does
not know is NONE with what would help; only a list that was read and held nothing is EMPTY. A text that cannot
be had costs the text, not the coverage. Decisions: a row is dated by its day in the store's zone; documents
never change and are kept over restarts where a folder is given; of a name only the newest texts are read that
can change a grade or must explain one.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.dates import LONGEST_MONTHS, months_before
from core.facts.events import WEIGHTS, Event, Severity
from core.facts.fact import Coverage, Gathering, SourceClass, State, Subject
from core.facts.filing import Document, Field, Filing, Reported, document_of
from core.facts.stores import stores_of
from core.portfolio.identities import Entry, Known, choose, names_of
from providers.sources.answers import FOREVER, Answers
from providers.sources.codes import Codes
from providers.sources.kept import Kept
from providers.sources.plain_text import decode, plain_text
from providers.sources.shape import Reach

# Large issuers publish some 300 documents a year, most of them daily notices.
MOST_ROWS: Final = 600
PAGE: Final = 100
# Texts of one name: the newest that can matter; a busy issuer has one a week.
MOST_TEXTS: Final = 20
TEXT_LIMIT: Final = 60_000
NO_EVENT_DAY: Final = Gap(gap="the list names no event day")
DAY_ONLY: Final = Gap(gap="the list gives the day only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One document as its list tells of it, already translated. `page` is where its text stands, if anywhere;
    `filed` is the day in the store's zone."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One name looked up: its days that count, both included, the moment up to which, and its number at the
    store once found."""

    subject: Subject
    first: date
    last: date
    as_of: datetime
    issuer: str = ""


class Listing(Answers, ABC):
    """FactSource over one store. Subclasses say `terms`, `codes` and the three things of the module's head.

    `told_twice`: the store holds the same news in two languages. `in_order`: its lists are newest first.
    `forms` are events whose texts are filled forms, read for what `fields_of` finds in them. `note` says how
    far a look reached, if not all the way.
    """

    source_class = SourceClass.OFFICIAL
    codes: ClassVar[Codes]
    told_twice: ClassVar[bool] = False
    in_order: ClassVar[bool] = True
    forms: ClassVar[frozenset[Event]] = frozenset()
    note = ""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self.kept = Kept(reach.folder)

    def covers(self, subject: Subject) -> bool:
        """Whether its ISIN, its stated country or its listing is of the store's country."""
        return any(store.code == self.terms.country for store in stores_of(subject))

    async def issuer(self, look: Look) -> str | Gap:
        """The store's own number of the name, or why it has none: the kept one, else the one of its list that
        two signs speak for, which is then kept. Raises SourceFailed."""
        kept = self.known(look.subject)
        if isinstance(kept, str):
            return kept
        found = choose(look.subject, await self.issuers(look), scheme=self.terms.key, source=self.name)
        if isinstance(found, Known):
            self.reach.identities.keep(look.subject.ticker, found)
            return found.value
        return found

    async def issuers(self, look: Look) -> Sequence[Entry]:
        """The store's list of issuers, for a store that has one. Raises SourceFailed."""
        return ()

    def known(self, subject: Subject) -> str | Gap:
        """The number that is known already."""
        return self.reach.identities.known(subject.ticker).sure(self.terms.key)

    def named(self, subject: Subject) -> str | Gap:
        """The number that is known, else the name itself, for a store that is asked by name."""
        kept = self.known(subject)
        unnamed = Gap(gap=f"not looked for at {self.name}: nobody said its name")
        return kept if isinstance(kept, str) else next(iter(names_of(subject)), unnamed)

    @abstractmethod
    async def rows(self, look: Look) -> Sequence[Row]:
        """What the issuer's list holds, as `walk` pages through it. Raises SourceFailed."""

    async def walk(
        self, look: Look, page: Callable[[int], Awaitable[tuple[Sequence[Row], bool]]], size: int = PAGE
    ) -> list[Row]:
        """The pages of a list, from the first on: `page` gives the rows from a number on, and whether there
        are more behind. Ends with the list, before the window, or at `MOST_ROWS`."""
        rows: list[Row] = []
        for start in range(0, MOST_ROWS, size):
            found, more = await page(start)
            rows += found
            if not more or not found:
                break
            if (found[-1].filed if self.in_order else max(row.filed for row in found)) < look.first:
                break
        return rows

    def row(
        self,
        *,
        key: str,
        title: str,
        published: datetime,
        hour: Gap | None = None,
        said: str = "",
        code: str = "",
        form: str = "",
        url: str = "",
        page: str = "",
    ) -> Row:
        """A row, translated by its code, its kind (`said`) and its title. `hour` is why the hour of
        `published` is not known."""
        reported, series = self.codes.translate(said, title, code)
        return Row(
            key=key,
            form=form or said or "announcement",
            title=title,
            filed=published.astimezone(self.zone).date(),
            published=hour or published,
            reported=reported,
            series=series,
            url=url,
            page=page,
        )

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """Documents of the twelve months up to `as_of`. Raises SourceFailed when none of several could be
        looked up."""
        last = as_of.date()
        first = months_before(last, LONGEST_MONTHS)
        looks = [Look(subject=subject, first=first, last=last, as_of=as_of) for subject in subjects]
        found = await asyncio.gather(*map(self._look_up, looks))
        failures = [one for one in found if isinstance(one, SourceFailed)]
        if len(failures) == len(found) > 1:
            raise failures[0]
        filings = tuple(filing for one in found if isinstance(one, tuple) for filing in one)
        return Gathering(
            source=self.name,
            source_class=self.source_class,
            coverage=tuple(
                (subject.ticker, self._covered(one)) for subject, one in zip(subjects, found, strict=True)
            ),
            filings=filings,
            read=len(filings),
        )

    async def _look_up(self, look: Look) -> tuple[Filing, ...] | Gap | SourceFailed:
        """One name's documents, or as a value why there are none or why they could not be read."""
        try:
            issuer = await self.issuer(look)
            if isinstance(issuer, Gap):
                return issuer
            listed = await self.rows(replace(look, issuer=issuer))
        except SourceFailed as failure:
            return failure
        # A list that grows while it is paged through tells a row twice.
        once = {row.key: row for row in listed if look.first <= row.filed <= look.last}
        rows = sorted(once.values(), key=lambda row: (row.filed, row.key), reverse=True)[:MOST_ROWS]
        wanted = [row for row in rows if self._worth(row)][:MOST_TEXTS]
        read = await asyncio.gather(*map(self._text, wanted))
        texts = {row.key: text for row, text in zip(wanted, read, strict=True)}
        return tuple(self._filing(look.subject, row, texts.get(row.key, "")) for row in rows)

    def _worth(self, row: Row) -> bool:
        """Whether a row's text can change the grade, must explain it, or holds the fields of a form."""
        reported = row.reported
        weighs = (reported.weight or WEIGHTS[reported.event]) is not Severity.G1
        return bool(row.page) and (reported.open or weighs or reported.event in self.forms)

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
            fields=self.fields_of(text) if text and row.reported.event in self.forms else row.fields,
            made=row.made,
            series=row.series,
            told_twice=self.told_twice,
            published=row.published,
        )

    def _covered(self, found: tuple[Filing, ...] | Gap | SourceFailed) -> Coverage:
        state, said = State.OK, [self.note]
        if isinstance(found, SourceFailed):
            state, said = State.FAILED, [str(found)]
        elif isinstance(found, Gap):
            state, said = State.NONE, [found.reason]
        elif not found:
            state, said = (
                State.EMPTY,
                [f"nothing in the twelve months before of {self.terms.reads}", self.note],
            )
        elif len(found) >= MOST_ROWS:
            said = [f"only the newest {MOST_ROWS} documents were read", self.note]
        reason = "; ".join(filter(None, said)) or NOT_GIVEN
        return Coverage(source=self.name, source_class=self.source_class, state=state, reason=reason)

    def fields_of(self, text: str) -> tuple[Field, ...]:
        """What a filled form states in fields, for a store that names `forms`."""
        return ()

    async def text(self, row: Row) -> str:
        """The text at `row.page`. Raises SourceFailed."""
        fetched = await self.get(row.page, fresh_for=FOREVER)
        return await asyncio.to_thread(lambda: plain_text(decode(fetched.body), limit=TEXT_LIMIT))

    async def _text(self, row: Row) -> str:
        """The kept text, else the fetched one; "" where it cannot be had."""
        named = f"{self.terms.key} {row.key}"
        text = await self.kept.read(named)
        if not text:
            try:
                text = await self.text(row)
            except SourceFailed:
                return ""
            await self.kept.keep(named, text)
        return text
