"""The AMF's base of decisions (BDIF): public offers on French issuers, and what comes before them.

The list holds all companies, newest first, so its first pages are asked for once and serve all names; how far back they
reach is said. A company is found by its registered name and its country, and only where it is the one concerned. Documents
are PDF, so what can be read is the kind of the operation. Times carry their zone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Gathering, State, Subject
from core.portfolio.identities import names_of, same_company
from providers.sources.fr_bdif.codes import ROLES, translated
from providers.sources.fr_bdif.terms import TERMS
from providers.sources.listing import Listing, Row, Window

LIST = "/back/api/v1/informations?typesInformation=OPA"
PUBLIC = "https://bdif.amf-france.org/back/api/v1/documents/"
PARIS = ZoneInfo("Europe/Paris")
PAGE = 100
MOST_PAGES = 5


class Bdif(Listing):
    """FactSource for public offers on French issuers."""

    terms = TERMS
    _back = ""

    async def issuer(self, subject: Subject) -> str | Gap:
        kept = self.reach.identities.known(subject.ticker).sure(self.terms.key)
        if isinstance(kept, str):
            return kept
        return next(iter(names_of(subject)), Gap(gap=f"not looked for at {self.name}: nobody said its name"))

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """As every store, and how far back the pages that were read reach."""
        gathering = await super().gather(subjects, as_of)
        if not self._back:
            return gathering
        said = f"offers since {self._back} were looked through"
        read = {State.OK, State.EMPTY}
        coverage = tuple(
            (ticker, replace(row, reason=said) if row.state in read else row)
            for ticker, row in gathering.coverage
        )
        return replace(gathering, coverage=coverage)

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        return [
            row
            for names, row in await self._offers(window)
            if any(same_company(issuer, one) for one in names)
        ]

    async def _offers(self, window: Window) -> list[tuple[tuple[str, ...], Row]]:
        """Offers of all companies with the names that each concerns. Fetched by the first name that asks."""
        async with self._one:
            key = window.as_of.isoformat()
            if key not in self._read:
                self._read = {key: (b"", await self._pages(window))}
            offers: list[tuple[tuple[str, ...], Row]] = self._read[key][1]
            return offers

    async def _pages(self, window: Window) -> list[tuple[tuple[str, ...], Row]]:
        offers: list[tuple[tuple[str, ...], Row]] = []
        self._back = ""
        for page in range(MOST_PAGES):
            asked = f"{LIST}&From={page * PAGE}&Size={PAGE}"
            answer = await self.json(asked, accept="application/json", accept_language="fr-FR")
            found = [self._offer(one) for one in self.records(answer, "result")]
            offers += found
            if len(found) < PAGE or found[-1][1].filed < window.first:
                return offers
        self._back = str(offers[-1][1].filed)
        return offers

    def _offer(self, record: dict[str, Any]) -> tuple[tuple[str, ...], Row]:
        published = self.moment(self.field(record, "datePublication"), _instant, "datePublication")
        concerned = tuple(
            self.field(one, "raisonSociale")
            for one in self.records(record, "societes")
            if self.field(one, "role") in ROLES
        )
        operation = " ".join(str(one) for one in self.field(record, "typesOperation", kind=list))[:80]
        papers = self.records(record, "documents")
        path = papers[0].get("path") if papers else None
        number = self.field(record, "numero")
        title = f"{translated(operation).label}: {', '.join(concerned)}"
        return concerned, Row(
            key=number,
            form=operation or "OPA",
            title=title,
            filed=published.astimezone(PARIS).date(),
            published=published,
            reported=translated(operation),
            url=f"{PUBLIC}{path}"
            if isinstance(path, str) and path.isascii() and ".." not in path
            else TERMS.home,
        )


def _instant(text: str) -> datetime:
    """With its zone; the store writes seven digits behind the seconds, one more than Python reads."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment
