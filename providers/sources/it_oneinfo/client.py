"""1INFO, the Italian store: documents and announcements of Italian issuers, title and category.

The issuer is found by name in the store's own list and is then its number there (ndg). Times are seconds
since 1970; days are Rome's. Documents are PDF, so titles, most of them Italian, are what can be read.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.codes import codes_of
from providers.sources.listing import PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

API = "/PORTALE1INFO/API"


class OneInfo(Listing):
    """FactSource for Italy."""

    terms, codes = terms_of(__file__), codes_of(__file__)
    told_twice = True

    async def issuers(self, look: Look) -> list[Entry]:
        answer = await self.json(f"{API}/companies/documenti", fresh_for=ISSUERS_FRESH_FOR)
        country = self.terms.country
        return [
            Entry(
                value=str(self.field(one, "ndg", kind=int)),
                name=self.field(one, "descrizione"),
                country=country,
            )
            for one in self.records(answer)
        ]

    async def rows(self, look: Look) -> Sequence[Row]:
        return [*await self._kept_in("Documenti", look), *await self._kept_in("Comunicati", look)]

    async def _kept_in(self, shelf: str, look: Look) -> list[Row]:
        async def page(start: int) -> tuple[list[Row], bool]:
            asked = {"draw": 1, "start": start, "length": PAGE, "SearchFilter": {"emittente": [look.issuer]}}
            answer = await self.json(f"{API}/{shelf}", post=asked)
            found = [self._row(one, look.issuer) for one in self.records(answer, "data")]
            return found, start + PAGE < self.field(answer, "recordsFiltered", kind=int)

        return await self.walk(look, page)

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if str(self.field(record, "ndg", kind=int)) != issuer:
            raise self.failed("answered with documents of another issuer")
        try:
            published = datetime.fromtimestamp(self.field(record, "dataStoccaggio", kind=int), UTC)
        except (OverflowError, OSError, ValueError) as error:
            raise self.failed(
                "answered with a date that cannot be read in the field dataStoccaggio"
            ) from error
        return self.row(
            key=self.field(record, "protocolCode"),
            form=f"category {self.field(record, 'categoria')}",
            title=self.field(record, "oggetto"),
            published=published,
            url=self.terms.home,
        )
