"""NewsWeb of Oslo Børs: what issuers there had to publish, with its text.

The issuer is found by name and by its letters at the exchange. One announcement often comes in Norwegian and
in English, so the sieve may join them. Days are Oslo's. A message marked as a test is none. The list has no
pages: it says when it holds more, and each further question reaches further back.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core.portfolio.identities import Entry
from providers.sources.answers import FOREVER, ISSUERS_FRESH_FOR
from providers.sources.codes import codes_of
from providers.sources.listing import TEXT_LIMIT, Listing, Look, Row
from providers.sources.shape import terms_of

API = "/v1/newsreader"
PUBLIC = "https://newsweb.oslobors.no/message/"


class NewsWeb(Listing):
    """FactSource for Norway."""

    terms, codes = terms_of(__file__), codes_of(__file__)
    told_twice = True

    async def issuers(self, look: Look) -> list[Entry]:
        answer = await self.json(f"{API}/issuers", post={}, fresh_for=ISSUERS_FRESH_FOR)
        return [
            Entry(
                value=self.field(row, "issuerSign"),
                name=self.field(row, "name"),
                country=self.terms.country,
                symbol=self.field(row, "issuerSign"),
            )
            for row in self.records(answer, "data", "issuers")
            if self.field(row, "isActive", kind=int)
        ]

    async def rows(self, look: Look) -> Sequence[Row]:
        last = look.last

        async def page(_start: int) -> tuple[list[Row], bool]:
            nonlocal last
            asked = f"{API}/list?issuer={look.issuer}&fromDate={look.first}&toDate={last}"
            answer = await self.json(asked, post={})
            found = [self._row(one, look.issuer) for one in self.records(answer, "data", "messages")]
            rows = [row for row in found if row is not None]
            oldest = min((row.filed for row in rows), default=last)
            # From the oldest day seen on, or a day earlier when that day filled a whole answer.
            last = oldest if oldest < last else last - timedelta(days=1)
            return rows, self.field(answer, "data", "overflow", kind=bool)

        return await self.walk(look, page)

    def _row(self, record: dict[str, Any], issuer: str) -> Row | None:
        if self.field(record, "issuerSign") != issuer:
            raise self.failed("answered with messages of another issuer")
        number, test = self.field(record, "messageId", kind=int), self.field(record, "test", kind=bool)
        row = self.row(
            key=str(number),
            title=self.field(record, "title"),
            published=self.moment(self.field(record, "publishedTime"), "publishedTime"),
            said=" · ".join(self.field(one, "category_en") for one in self.records(record, "category")),
            url=f"{PUBLIC}{number}",
            page=f"{API}/message?messageId={number}",
        )
        return None if test else row

    async def text(self, row: Row) -> str:
        answer = await self.json(row.page, post={}, fresh_for=FOREVER)
        body = self.field(answer, "data", "message", kind=dict).get("body")
        if not isinstance(body, str):
            raise self.without("body")
        return body[:TEXT_LIMIT]
