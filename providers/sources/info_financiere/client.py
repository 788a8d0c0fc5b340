"""Info-financière, the French store of regulated information: what French issuers had to publish, asked for
by ISIN.

A record is dated by the day, in Paris, on which the issuer sent it; French and English versions are both
kept, since the sieve joins them; the documents are PDF, so only titles are read. Names without a French ISIN
are not covered.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from core.base.gap import Gap
from core.facts.fact import Subject
from providers.sources.codes import codes_of
from providers.sources.listing import PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

DATASET = "/api/explore/v2.1/catalog/datasets/flux-amf-new-prod/records"
_LINK = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]+)?/[^\s\"'<>]*")
_FRENCH_ISIN = re.compile(r"FR[0-9A-Z]{9}[0-9]")

ISIN = "identificationsociete_iso_cd_isi"
SENT = "informationdeposee_inf_dat_emt"
TITLE = "informationdeposee_inf_tit_inf"
LINK = "url_de_recuperation"
KEY = "uin_idt_uin"
# The kind of information, the narrower name and the English one first.
FORMS = ("subtype_of_information", "sous_type_d_information", "type_of_information", "type_d_information")


class InfoFinanciere(Listing):
    """FactSource for French issuers."""

    terms, codes = terms_of(__file__), codes_of(__file__)
    told_twice = True

    def covers(self, subject: Subject) -> bool:
        """Whether the name has a French ISIN."""
        return isinstance(subject.isin, str) and _FRENCH_ISIN.fullmatch(subject.isin) is not None

    async def issuer(self, look: Look) -> str | Gap:
        return look.subject.isin

    async def rows(self, look: Look) -> Sequence[Row]:
        where = quote(f"{ISIN}=\"{look.issuer}\" AND {SENT}>=date'{look.first}'")
        asked = f"{DATASET}?where={where}&order_by={quote(SENT + ' desc')}&limit={PAGE}&offset="

        async def page(start: int) -> tuple[list[Row], bool]:
            answer = await self.json(f"{asked}{start}")
            found = [self._row(record, look.issuer) for record in self.records(answer, "results")]
            return found, len(found) == PAGE

        return await self.walk(look, page)

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if self.field(record, ISIN) != issuer:
            raise self.failed("answered with records of another issuer")
        sent, link = self.field(record, SENT), _said(record, LINK)
        form = next((text for name in FORMS if (text := _said(record, name))), "regulated information")
        published = self.moment(sent, SENT)
        return self.row(
            key=_said(record, KEY) or link or f"{issuer} {sent}",
            title=_said(record, TITLE) or form,
            published=published,
            hour=Gap(gap="the record gives no zone") if published.tzinfo is self.zone else None,
            said=form,
            url=link if _LINK.fullmatch(link) else "",
        )


def _said(record: dict[str, Any], field: str) -> str:
    """The text of a field that may be left out."""
    value = record.get(field)
    return " ".join(value.split())[:300] if isinstance(value, str) else ""
