"""Info-financière, the French store of regulated information: what French issuers had to publish, asked for by ISIN.

Refuses to read anything else as "nothing published": an answer without `results` is FAILED. Decisions: a record is dated
by the day, in Paris, on which the issuer sent it; French and English versions are both kept, since the sieve joins them;
the documents are PDF, so only titles are read. Names without a French ISIN are not covered.
"""

import asyncio
import json
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.dates import LONGEST_MONTHS, months_before
from core.facts.fact import Coverage, Gathering, SourceClass, State, Subject
from core.facts.filing import Filing, document_of
from providers.sources.info_financiere.codes import KINDS
from providers.sources.info_financiere.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.shape import Reach

NAME = TERMS.name
DATASET = "/api/explore/v2.1/catalog/datasets/flux-amf-new-prod/records"
# The portal's own limit for one page; large issuers publish some 300 records a year, most of them buy-back notices.
PAGE_SIZE = 100
MOST_PAGES = 6
CUT_OFF = f"only the newest {MOST_PAGES * PAGE_SIZE} records were read"
CAP = 4_000_000
FRESH_FOR = 60.0
PARIS = ZoneInfo("Europe/Paris")
_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]+)?/[^\s\"'<>]*")
_FRENCH_ISIN = re.compile(r"FR[0-9A-Z]{9}[0-9]")

ISIN_FIELD = "identificationsociete_iso_cd_isi"
SENT_FIELD = "informationdeposee_inf_dat_emt"
TITLE_FIELD = "informationdeposee_inf_tit_inf"
LINK_FIELD = "url_de_recuperation"
KEY_FIELD = "uin_idt_uin"
# The kind of information, the narrower name and the English one first.
FORM_FIELDS = (
    "subtype_of_information",
    "sous_type_d_information",
    "type_of_information",
    "type_d_information",
)


class InfoFinanciere:
    """FactSource for French issuers."""

    name = NAME
    source_class = SourceClass.OFFICIAL

    def __init__(self, reach: Reach) -> None:
        self._fetcher = reach.fetcher
        self._url = reach.addresses[0].rstrip("/")

    def covers(self, subject: Subject) -> bool:
        """Whether the name has a French ISIN."""
        return isinstance(subject.isin, str) and _FRENCH_ISIN.fullmatch(subject.isin) is not None

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """Records of the twelve months up to `as_of`, newest first within a name. Raises SourceFailed when none of
        several names could be looked up."""
        outcomes = await asyncio.gather(*(self._look_up(subject, as_of.date()) for subject in subjects))
        failures = [outcome for outcome in outcomes if isinstance(outcome, SourceFailed)]
        if len(failures) == len(outcomes) > 1:
            raise failures[0]
        coverage: list[tuple[str, Coverage]] = []
        filings: list[Filing] = []
        for subject, outcome in zip(subjects, outcomes, strict=True):
            if isinstance(outcome, SourceFailed):
                coverage.append((subject.ticker, _covered(State.FAILED, str(outcome))))
            elif outcome:
                filings.extend(outcome)
                remark = CUT_OFF if len(outcome) >= MOST_PAGES * PAGE_SIZE else ""
                coverage.append((subject.ticker, _covered(State.OK, remark)))
            else:
                reason = "no regulated information in the twelve months before"
                coverage.append((subject.ticker, _covered(State.EMPTY, reason)))
        return Gathering(
            source=NAME,
            source_class=SourceClass.OFFICIAL,
            coverage=tuple(coverage),
            filings=tuple(filings),
            read=len(filings),
        )

    async def _look_up(self, subject: Subject, last: date) -> tuple[Filing, ...] | SourceFailed:
        """All records of one name in the window, or why they could not be read, as a value."""
        first = months_before(last, LONGEST_MONTHS)
        filings: list[Filing] = []
        try:
            for page in range(MOST_PAGES):
                records = await self._page(str(subject.isin), first, page)
                filings.extend(_filing(subject, record) for record in records)
                if len(records) < PAGE_SIZE:
                    break
        except SourceFailed as failure:
            return failure
        return tuple(filing for filing in filings if first <= filing.filed <= last)

    async def _page(self, isin: str, first: date, page: int) -> list[dict[str, Any]]:
        where = f"{ISIN_FIELD}=\"{isin}\" AND {SENT_FIELD}>=date'{first.isoformat()}'"
        fetched = await self._fetcher.get(
            f"{self._url}{DATASET}?where={quote(where)}&order_by={quote(SENT_FIELD + ' desc')}"
            f"&limit={PAGE_SIZE}&offset={page * PAGE_SIZE}",
            source=NAME,
            cap=CAP,
            fresh_for=FRESH_FOR,
        )
        try:
            answer = json.loads(fetched.body)
        except (ValueError, RecursionError) as error:
            raise _failed("answered with a page instead of records") from error
        records = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise _failed("answered without a list of records")
        if any(record.get(ISIN_FIELD) != isin for record in records):
            raise _failed("answered with records of another issuer")
        return records


def _filing(subject: Subject, record: dict[str, Any]) -> Filing:
    """One record. A record whose day cannot be read fails the name: nothing here is so young that it may be guessed."""
    sent = _text(record, SENT_FIELD)
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError as error:
        raise _failed("answered with a record without a readable date") from error
    filed = moment.astimezone(PARIS).date() if moment.tzinfo is not None else moment.date()
    form = next((text for field in FORM_FIELDS if (text := _text(record, field))), "regulated information")
    link = _text(record, LINK_FIELD)
    title = _text(record, TITLE_FIELD) or form
    reported, series = translate(KINDS, form, title)
    return Filing(
        ticker=subject.ticker,
        source=NAME,
        key=_text(record, KEY_FIELD) or link or f"{subject.isin} {sent}",
        form=form,
        filed=filed,
        event_day=Gap(gap="the record names no event day"),
        url=link if _LINK.fullmatch(link) else "",
        title=title,
        reports=(reported,),
        # The document is a PDF: its title is what can be read.
        documents=(document_of("title", title),),
        series=series,
        told_twice=True,
        published=moment if moment.tzinfo is not None else Gap(gap="the record gives no zone"),
    )


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    return " ".join(value.split())[:300] if isinstance(value, str) else ""


def _failed(what: str) -> SourceFailed:
    return SourceFailed(f"{NAME} {what}.", source=NAME)


def _covered(state: State, reason: str) -> Coverage:
    return Coverage(
        source=NAME, source_class=SourceClass.OFFICIAL, state=state, reason=reason if reason else NOT_GIVEN
    )
