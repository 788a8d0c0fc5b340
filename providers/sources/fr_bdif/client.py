"""The AMF's base of decisions (BDIF): public offers on French issuers, and what comes before them.

The list holds all companies, newest first, so its first pages are asked for once and serve all names; how far
back they reach is said. A company is found by its registered name and its country, and only where it is the
one concerned. Documents are PDF, so what can be read is the kind of the operation. Times carry their zone.
"""

from collections.abc import Sequence
from typing import Any

from core.base.gap import Gap
from core.portfolio.identities import same_company
from providers.sources.codes import codes_of
from providers.sources.listing import PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

LIST = "/back/api/v1/informations?typesInformation=OPA"
PUBLIC = "https://bdif.amf-france.org/back/api/v1/documents/"
MOST_PAGES = 5
FRENCH = {"accept": "application/json", "accept-language": "fr-FR"}

# An offer, and the names of the companies that it concerns.
Offer = tuple[tuple[str, ...], Row]


class Bdif(Listing):
    """FactSource for public offers on French issuers."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuer(self, look: Look) -> str | Gap:
        return self.named(look.subject)

    async def rows(self, look: Look) -> Sequence[Row]:
        offers = await self.once(look.as_of, lambda: self._offers(look))
        return [row for names, row in offers if any(same_company(look.issuer, one) for one in names)]

    async def _offers(self, look: Look) -> list[Offer]:
        """Offers of all companies."""
        offers: list[Offer] = []
        self.note = ""
        for page in range(MOST_PAGES):
            asked = f"{LIST}&From={page * PAGE}&Size={PAGE}"
            answer = await self.json(asked, headers=FRENCH)
            found = [self._offer(one) for one in self.records(answer, "result")]
            offers += found
            if len(found) < PAGE or found[-1][1].filed < look.first:
                return offers
        self.note = f"offers since {offers[-1][1].filed} were looked through"
        return offers

    def _offer(self, record: dict[str, Any]) -> Offer:
        published = self.moment(self.field(record, "datePublication"), "datePublication")
        if published.tzinfo is self.zone:
            raise self.failed("answered with a time without its zone in the field datePublication")
        concerned = tuple(
            self.field(one, "raisonSociale")
            for one in self.records(record, "societes")
            if self.field(one, "role") in self.codes.words["roles"]
        )
        operation = (
            " ".join(str(one) for one in self.field(record, "typesOperation", kind=list))[:80] or "OPA"
        )
        label = self.codes.translate(operation, "", operation)[0].label
        papers = self.records(record, "documents")
        path = papers[0].get("path") if papers else None
        sound = isinstance(path, str) and path.isascii() and ".." not in path
        return concerned, self.row(
            key=self.field(record, "numero"),
            title=f"{label}: {', '.join(concerned)}",
            published=published,
            said=operation,
            code=operation,
            url=f"{PUBLIC}{path}" if sound else self.terms.home,
        )
