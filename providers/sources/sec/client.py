"""SEC EDGAR: the filings of US-listed names. One request a name, documents as long as what they say can
count.

Refuses to guess: a list that cannot be read is FAILED, a name that the SEC's list does not hold is NONE with
that reason. A foreign issuer (HSBC, Toyota) is found by who it is and not by its ticker at home: its
registered name and a second sign, the same letters or the country on its page; `identify` says how. Whoever
it is not known to be registered is no failure of the SEC's when the list cannot be read. Decisions: plain
HTTP instead of a library (the need is small, and the libraries' quiet None would be read as "no news"); which
documents are worth a request is for `codes` to say (`months_of`). Links for people always lead to
www.sec.gov, also when a recording is read, so the same filings freeze to the same bytes. `filings.recent`
holds at least one year, so the older pages are never needed. A document that cannot be had costs its text and
not the coverage: the tables grade the filing without it. A 403 that closes one document only (the archive's
own XML error) does not rest the host; every other 403 and each 429 does, for the ten minutes that the SEC
names. Filings carry a day and no hour. On the New York day of `as_of` the hour decides whether a filing was
out yet: a company that filed on it is asked for its Atom feed, once and last, so that a refusal there costs
no text. Without that feed the filing stays, by its day.
"""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.dates import LONGEST_MONTHS, months_before
from core.facts.fact import SAYS_ITSELF, Coverage, Gathering, SourceClass, State, Subject
from core.facts.filing import Change, Document
from core.facts.stores import listed_in
from core.portfolio.identities import choose, names_of
from providers.sources.sec.atom import company_feed, read_atom
from providers.sources.sec.codes import ACCOUNTS_MONTHS, filing_of, months_of
from providers.sources.sec.documents import Documents, path_of
from providers.sources.sec.figures import fetch_figures
from providers.sources.sec.forms import is_accounts
from providers.sources.sec.identify import CIK, Directory, american, by_ticker, country_of, directory_of
from providers.sources.sec.submissions import Page, Row, read_submissions
from providers.sources.shape import Reach, terms_of

TERMS = terms_of(__file__)
NAME = TERMS.name
PUBLIC = "https://www.sec.gov"
TICKERS_FRESH_FOR = 86_400.0
SUBMISSIONS_FRESH_FOR = 60.0
# The largest submissions page recorded is 0.3 MB; the list of tickers is about 1 MB.
LIST_CAP = 16_000_000
# A recorded feed of a hundred entries has 60,000 bytes.
FEED_CAP = 2_000_000
# The day that EDGAR dates filings by.
NEW_YORK = ZoneInfo("America/New_York")
# A busy foreign issuer files about one 6-K a week.
DOCUMENTS_PER_NAME = 60

DATED_BY_DAY = Gap(gap="dated by its day: the hour decides nothing")
NOT_IN_FEED = Gap(gap="the hour is not known: the company's feed does not list it")


class Edgar:
    """FactSource for official US filings. Its addresses are those of the lists with the documents, and of the
    filings by company; the fetcher must hold the source's terms for them.
    """

    terms = TERMS
    name = NAME
    source_class = SourceClass.OFFICIAL

    def __init__(self, reach: Reach) -> None:
        self._identities = reach.identities
        self._fetcher = reach.fetcher
        self._base, self._data = (address.rstrip("/") for address in reach.addresses)
        self._documents = Documents(reach.fetcher, base_url=self._base, source=NAME, folder=reach.folder)

    def covers(self, subject: Subject) -> bool:
        """Whether the ticker looks like one of a US exchange, or a foreign name is known; whether the SEC
        knows it is found out by asking.
        """
        return american(subject) or (listed_in(subject.ticker) is not None and bool(names_of(subject)))

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """Filings of the twelve months up to `as_of`, newest first within a name. Raises SourceFailed when
        the list of tickers cannot be read, or when EDGAR answered for none of several names.
        """
        if not subjects:
            return Gathering(source=NAME, source_class=SourceClass.OFFICIAL, coverage=())
        try:
            directory = await self._directory()
        except SourceFailed as failure:
            return self._without_list(subjects, failure)
        numbers = await asyncio.gather(*(self._company(subject, directory) for subject in subjects))
        asked = {subject.ticker: number for subject, number in zip(subjects, numbers, strict=True)}
        wanted = tuple(dict.fromkeys(cik for cik in asked.values() if isinstance(cik, int)))
        last = as_of.date()
        first = months_before(last, LONGEST_MONTHS)
        found = await asyncio.gather(*(self._page(cik, first, last) for cik in wanted))
        pages = dict(zip(wanted, found, strict=True))
        failures = [page for page in pages.values() if isinstance(page, SourceFailed)]
        # A single company's failure is that name's; all of several failing is EDGAR's, but never that of a
        # name which it does not even list.
        if len(failures) == len(pages) > 1 and all(isinstance(number, int) for number in numbers):
            raise failures[0]
        coverage: list[tuple[str, Coverage]] = []
        chosen: list[tuple[str, int, Row]] = []
        names: list[tuple[str, tuple[str, ...]]] = []
        read = 0
        for ticker, cik in asked.items():
            if isinstance(cik, Gap):
                coverage.append((ticker, _covered(State.NONE, cik.reason)))
            elif isinstance(cik, SourceFailed):
                coverage.append((ticker, _covered(State.FAILED, str(cik))))
            elif isinstance(page := pages[cik], (SourceFailed, ValueError)):
                coverage.append((ticker, _covered(State.FAILED, str(page))))
            else:
                read += len(page.rows)
                chosen.extend((ticker, cik, row) for row in page.rows)
                remark = f"{page.unreadable} rows could not be read" if page.unreadable else ""
                coverage.append((ticker, _judged(page.rows, remark)))
                names.append((ticker, page.names))
        texts = await self._texts(chosen, last)
        changes = await self._figures(chosen, last)
        times = await self._times(chosen, as_of)
        return Gathering(
            source=NAME,
            source_class=SourceClass.OFFICIAL,
            coverage=tuple(coverage),
            names=tuple(names),
            filings=tuple(
                filing_of(
                    row,
                    texts.get(row.accession, SAYS_ITSELF),
                    ticker=ticker,
                    source=NAME,
                    url=PUBLIC + path_of(cik, row),
                    published=times.get(row.accession, DATED_BY_DAY),
                    changes=changes.get(cik, {}).get(row.accession, ()),
                )
                for ticker, cik, row in chosen
            ),
            read=read,
        )

    def _without_list(self, subjects: tuple[Subject, ...], failure: SourceFailed) -> Gathering:
        """What is known when the list of companies cannot be read: American names and those known to be
        registered fail.
        """
        mine = [one for one in subjects if american(one) or isinstance(self._kept(one), int)]
        if len(mine) == len(subjects):
            raise failure
        unknown = "its list could not be read, so whether it knows the name is not known"
        return Gathering(
            source=NAME,
            source_class=SourceClass.OFFICIAL,
            coverage=tuple(
                (
                    one.ticker,
                    _covered(State.FAILED, str(failure)) if one in mine else _covered(State.NONE, unknown),
                )
                for one in subjects
            ),
        )

    def _kept(self, subject: Subject) -> int | Gap:
        number = self._identities.known(subject.ticker).sure(CIK)
        return int(number) if isinstance(number, str) and number.isdecimal() else Gap(gap="not known")

    async def _company(self, subject: Subject, directory: Directory) -> int | Gap | SourceFailed:
        """The subject's CIK, or why it has none or could not be told."""
        kept = self._kept(subject)
        if isinstance(kept, int):
            return kept
        if american(subject):
            return by_ticker(subject, directory)
        entries = directory.entries(subject)
        found = choose(subject, entries, scheme=CIK, source=NAME)
        if isinstance(found, Gap) and len(entries) == 1:
            try:
                # The name alone is one sign; the country on the company's page is another.
                page = await self._submissions(int(entries[0].value))
            except SourceFailed as failure:
                return failure
            told = replace(entries[0], country=country_of(page or b"", subject))
            found = choose(subject, (told,), scheme=CIK, source=NAME)
        if isinstance(found, Gap):
            return found
        self._identities.keep(subject.ticker, found)
        return int(found.value)

    async def _directory(self) -> Directory:
        fetched = await self._fetcher.get(
            f"{self._base}/files/company_tickers.json", source=NAME, cap=LIST_CAP, fresh_for=TICKERS_FRESH_FOR
        )
        try:
            return await asyncio.to_thread(directory_of, fetched.body)
        except ValueError as error:
            raise SourceFailed(f"{NAME} failed: {error}.", source=NAME) from error

    async def _page(self, cik: int, first: date, last: date) -> Page | SourceFailed | ValueError:
        """One company's page with its rows in the window; or why there are none, as a value."""
        try:
            body = await self._submissions(cik)
        except SourceFailed as failure:
            return failure
        if body is None:
            return ValueError(f"the SEC's list names CIK {cik}, but there is no page of its filings (404)")
        try:
            page = await asyncio.to_thread(read_submissions, body)
        except ValueError as error:
            return error
        return replace(page, rows=tuple(row for row in page.rows if first <= row.filed <= last))

    async def _submissions(self, cik: int) -> bytes | None:
        """A company's page, None where there is none."""
        fetched = await self._fetcher.get(
            f"{self._data}/submissions/CIK{cik:010d}.json",
            source=NAME,
            cap=LIST_CAP,
            fresh_for=SUBMISSIONS_FRESH_FOR,
            accept=(200, 404),
        )
        return None if fetched.status == 404 else fetched.body

    async def _texts(
        self, chosen: list[tuple[str, int, Row]], last: date
    ) -> dict[str, tuple[Document, ...] | Gap]:
        """accession → its documents, or why none. Two tickers of one company share documents."""
        per_company: dict[int, dict[str, Row]] = {}
        for _ticker, cik, row in chosen:
            listed = per_company.setdefault(cik, {})
            months = months_of(row.form, row.items)
            if months and row.filed >= months_before(last, months):
                listed[row.accession] = row
        texts: dict[str, tuple[Document, ...] | Gap] = {}
        jobs: list[tuple[int, Row]] = []
        for cik, rows in per_company.items():
            # What can count longest comes first: a month of insiders' forms must not push out a year of it.
            newest = sorted(rows.values(), key=_longest, reverse=True)
            jobs.extend((cik, row) for row in newest[:DOCUMENTS_PER_NAME])
            for row in newest[DOCUMENTS_PER_NAME:]:
                texts[row.accession] = Gap(gap=f"text not read: beyond the newest {DOCUMENTS_PER_NAME}")
        # Newest first over all companies: should the host refuse midway, the oldest documents are the ones
        # missed.
        jobs.sort(key=lambda job: (job[1].filed, job[1].accession), reverse=True)
        found = await asyncio.gather(*(self._documents.read(cik, row) for cik, row in jobs))
        texts.update({row.accession: text for (_cik, row), text in zip(jobs, found, strict=True)})
        return texts

    async def _figures(
        self, chosen: list[tuple[str, int, Row]], last: date
    ) -> dict[int, dict[str, tuple[Change, ...]]]:
        """CIK → accession → the changes that its periodic reports state; what cannot be had is not there."""
        since = months_before(last, ACCOUNTS_MONTHS)
        wanted = dict.fromkeys(cik for _, cik, row in chosen if is_accounts(row.form) and row.filed >= since)

        read = (fetch_figures(self._fetcher, self._data, cik, NAME) for cik in wanted)
        found = await asyncio.gather(*read)
        return dict(zip(wanted, found, strict=True))

    async def _times(self, chosen: list[tuple[str, int, Row]], as_of: datetime) -> dict[str, datetime | Gap]:
        """accession → when it was published, or why nobody knows, of the New York day of `as_of`."""
        today = as_of.astimezone(NEW_YORK).date()
        companies: dict[int, list[str]] = {}
        for _ticker, cik, row in chosen:
            if row.filed >= today:
                companies.setdefault(cik, []).append(row.accession)
        feeds = await asyncio.gather(*(self._feed(cik) for cik in companies))
        times: dict[str, datetime | Gap] = {}
        for accessions, feed in zip(companies.values(), feeds, strict=True):
            for accession in accessions:
                times[accession] = feed if isinstance(feed, Gap) else feed.get(accession, NOT_IN_FEED)
        return times

    async def _feed(self, cik: int) -> dict[str, datetime] | Gap:
        try:
            fetched = await self._fetcher.get(
                company_feed(self._base, cik), source=NAME, cap=FEED_CAP, fresh_for=SUBMISSIONS_FRESH_FOR
            )
            return await asyncio.to_thread(read_atom, fetched.body)
        except (SourceFailed, ValueError) as failure:
            return Gap(gap=f"the hour is not known: {failure}")


def _judged(recent: tuple[Row, ...], remark: str) -> Coverage:
    if recent:
        return _covered(State.OK, remark)
    if remark:
        return _covered(State.FAILED, remark)
    return _covered(State.EMPTY, "no filing in the twelve months before")


def _covered(state: State, reason: str) -> Coverage:
    return Coverage(source=NAME, source_class=SourceClass.OFFICIAL, state=state, reason=reason or NOT_GIVEN)


def _longest(row: Row) -> tuple[int, date, str]:
    return months_of(row.form, row.items), row.filed, row.accession
