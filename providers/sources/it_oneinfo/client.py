"""1INFO, the Italian store: documents and announcements of Italian issuers, title and category.

The issuer is found by name in the store's own list and is then its number there (ndg). Times are seconds since 1970; days
are Rome's. Documents are PDF, so titles, most of them Italian, are what can be read.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.it_oneinfo.codes import KINDS
from providers.sources.it_oneinfo.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.listing import MOST_ROWS, Listing, Row, Window

API = "/PORTALE1INFO/API"
ROME = ZoneInfo("Europe/Rome")
PAGE = 100


class OneInfo(Listing):
    """FactSource for Italy."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.picked(subject, self._issuers)

    async def _issuers(self) -> list[Entry]:
        answer = await self.json(f"{API}/companies/documenti", fresh_for=ISSUERS_FRESH_FOR)
        return [
            Entry(
                value=str(self.field(one, "ndg", kind=int)),
                name=self.field(one, "descrizione"),
                country=TERMS.country,
            )
            for one in self.records(answer)
        ]

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        return [
            *await self._kept("Documenti", issuer, window),
            *await self._kept("Comunicati", issuer, window),
        ]

    async def _kept(self, shelf: str, issuer: str, window: Window) -> list[Row]:
        rows: list[Row] = []
        for start in range(0, MOST_ROWS, PAGE):
            question = {"draw": 1, "start": start, "length": PAGE, "SearchFilter": {"emittente": [issuer]}}
            answer = await self.json(f"{API}/{shelf}", post=question)
            found = [self._row(one, issuer) for one in self.records(answer, "data")]
            rows += found
            total = self.field(answer, "recordsFiltered", kind=int)
            if not found or start + PAGE >= total or found[-1].filed < window.first:
                break
        return rows

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if str(self.field(record, "ndg", kind=int)) != issuer:
            raise self.failed("answered with documents of another issuer")
        seconds = self.field(record, "dataStoccaggio", kind=int)
        published = self.moment("", lambda _text: _since_1970(seconds), "dataStoccaggio")
        title, code = self.field(record, "oggetto"), self.field(record, "categoria")
        reported, series = translate(KINDS, "", title)
        return Row(
            key=self.field(record, "protocolCode"),
            form=f"category {code}",
            title=title,
            filed=published.astimezone(ROME).date(),
            published=published,
            reported=reported,
            series=series,
            url=TERMS.home,
            told_twice=True,
        )


def _since_1970(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("no moment of any calendar") from error
