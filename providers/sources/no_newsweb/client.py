"""NewsWeb of Oslo Børs: what issuers there had to publish, with its text.

The issuer is found by name and by its letters at the exchange. One announcement often comes in Norwegian and in English, so
the sieve may join them. Days are Oslo's. A message marked as a test is none.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.kinds import translate
from providers.sources.listing import MOST_ROWS, TEXT_LIMIT, Listing, Row, Window
from providers.sources.no_newsweb.codes import KINDS
from providers.sources.no_newsweb.terms import TERMS

API = "/v1/newsreader"
OSLO = ZoneInfo("Europe/Oslo")
PUBLIC = "https://newsweb.oslobors.no/message/"
# The list says when it holds more; each further question reaches further back.
MOST_PAGES = 6


class NewsWeb(Listing):
    """FactSource for Norway."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.picked(subject, self._issuers)

    async def _issuers(self) -> list[Entry]:
        answer = await self.json(f"{API}/issuers", post={}, fresh_for=ISSUERS_FRESH_FOR)
        return [
            Entry(
                value=self.field(row, "issuerSign"),
                name=self.field(row, "name"),
                country=TERMS.country,
                symbol=self.field(row, "issuerSign"),
            )
            for row in self.records(answer, "data", "issuers")
            if self.field(row, "isActive", kind=int)
        ]

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        rows: dict[str, Row] = {}
        last = window.last
        for _ in range(MOST_PAGES):
            asked = f"{API}/list?issuer={issuer}&fromDate={window.first}&toDate={last}"
            answer = await self.json(asked, post={})
            page = [self._row(one, issuer) for one in self.records(answer, "data", "messages")]
            rows |= {row.key: row for row in page if row is not None}
            days = [row.filed for row in page if row is not None]
            if not self.field(answer, "data", "overflow", kind=bool) or not days or len(rows) >= MOST_ROWS:
                break
            last = _further(min(days), last)
        return tuple(rows.values())

    def _row(self, record: dict[str, Any], issuer: str) -> Row | None:
        if self.field(record, "issuerSign") != issuer:
            raise self.failed("answered with messages of another issuer")
        if self.field(record, "test", kind=bool):
            return None
        said = self.field(record, "publishedTime")
        published = self.moment(said, datetime.fromisoformat, "publishedTime")
        kinds = " · ".join(self.field(one, "category_en") for one in self.records(record, "category"))
        number, title = self.field(record, "messageId", kind=int), self.field(record, "title")
        reported, series = translate(KINDS, kinds, title)
        return Row(
            key=str(number),
            form=kinds or "announcement",
            title=title,
            filed=published.astimezone(OSLO).date(),
            published=published,
            reported=reported,
            series=series,
            url=f"{PUBLIC}{number}",
            page=f"{API}/message?messageId={number}",
            told_twice=True,
        )

    async def text(self, row: Row) -> str:
        answer = await self.json(row.page, post={}, fresh_for=float("inf"))
        body = answer.get("data", {}).get("message", {}).get("body") if isinstance(answer, dict) else None
        if not isinstance(body, str):
            raise self.without("body")
        return body[:TEXT_LIMIT]


def _further(oldest: date, last: date) -> date:
    """Where the next question ends: at the oldest day seen, or a day earlier when that day filled a whole answer."""
    return oldest if oldest < last else date.fromordinal(last.toordinal() - 1)
