"""The Danish store at Finanstilsynet: what Danish issuers had to publish.

The issuer is found by name in the store's own list and is then its CVR number. The list gives headline and time but no
kind, so the headline decides. Days and times are Copenhagen's, day first.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.dk_oam.codes import KINDS
from providers.sources.dk_oam.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.listing import MOST_ROWS, Listing, Row, Window

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PAGE = 100
TIME = "%d-%m-%Y %H:%M:%S"


class Finanstilsynet(Listing):
    """FactSource for Denmark."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.picked(subject, self._issuers)

    async def _issuers(self) -> list[Entry]:
        answer = await self.json("/config", fresh_for=ISSUERS_FRESH_FOR)
        filters = self.records(answer, "components", "filters")
        mine = next((one for one in filters if one.get("key") == "IssuerFilter"), None)
        if mine is None:
            raise self.without("IssuerFilter")
        return [
            Entry(value=self.field(one, "id"), name=self.field(one, "label"), country=TERMS.country)
            for one in self.records(mine, "options")
        ]

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        rows: list[Row] = []
        for page in range(1, MOST_ROWS // PAGE + 1):
            question = {
                "query": "",
                "filters": [{"type": "dropdown", "key": "IssuerFilter", "options": [issuer]}],
                "page": page,
                "pageSize": PAGE,
                "sorting": {"key": "PublicationDateColumn", "direction": "descending"},
            }
            answer = await self.json("/search", post=question, accept_language="en")
            found = [self._row(one) for one in self.records(answer, "data", "rows")]
            rows += found
            pages = self.field(answer, "paging", "totalPages", kind=int)
            if page >= pages or (found and found[-1].filed < window.first):
                break
        return rows

    def _row(self, record: dict[str, Any]) -> Row:
        said = self.field(record, "PublicationDateColumn")
        published = self.local(said, TIME, COPENHAGEN, "PublicationDateColumn")
        headline, number = self.field(record, "HeadlineColumn"), self.field(record, "id")
        reported, series = translate(KINDS, "", headline)
        return Row(
            key=number,
            form="announcement",
            title=headline,
            filed=published.date(),
            published=published,
            reported=reported,
            series=series,
            url=TERMS.home,
        )
