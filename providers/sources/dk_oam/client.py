"""The Danish store at Finanstilsynet: what Danish issuers had to publish.

The issuer is found by name in the store's own list and is then its CVR number. The list gives headline and
time but no kind, so the headline decides. Days and times are Copenhagen's, day first.
"""

from collections.abc import Sequence
from typing import Any

from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.codes import codes_of
from providers.sources.listing import PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

TIME = "%d-%m-%Y %H:%M:%S"


class Finanstilsynet(Listing):
    """FactSource for Denmark."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuers(self, look: Look) -> list[Entry]:
        answer = await self.json("/config", fresh_for=ISSUERS_FRESH_FOR)
        filters = self.records(answer, "components", "filters")
        mine = next((one for one in filters if one.get("key") == "IssuerFilter"), None)
        if mine is None:
            raise self.without("IssuerFilter")
        return [
            Entry(value=self.field(one, "id"), name=self.field(one, "label"), country=self.terms.country)
            for one in self.records(mine, "options")
        ]

    async def rows(self, look: Look) -> Sequence[Row]:
        async def page(start: int) -> tuple[list[Row], bool]:
            number = start // PAGE + 1
            question = {
                "query": "",
                "filters": [{"type": "dropdown", "key": "IssuerFilter", "options": [look.issuer]}],
                "page": number,
                "pageSize": PAGE,
                "sorting": {"key": "PublicationDateColumn", "direction": "descending"},
            }
            answer = await self.json("/search", post=question, headers={"accept-language": "en"})
            found = [self._row(one) for one in self.records(answer, "data", "rows")]
            return found, number < self.field(answer, "paging", "totalPages", kind=int)

        return await self.walk(look, page)

    def _row(self, record: dict[str, Any]) -> Row:
        when = self.field(record, "PublicationDateColumn")
        return self.row(
            key=self.field(record, "id"),
            title=self.field(record, "HeadlineColumn"),
            published=self.moment(when, "PublicationDateColumn", TIME),
            url=self.terms.home,
        )
