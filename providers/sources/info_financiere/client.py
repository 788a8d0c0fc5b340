"""Info-financière, the French store of regulated information: what French issuers had to publish, asked for
by ISIN.

A record is dated by the day, in Paris, on which the issuer sent it; French and English versions are both
kept, since the sieve joins them; the documents are PDF, so only titles are read. Names without a French ISIN
are not covered.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from providers.sources.info_financiere.codes import KINDS
from providers.sources.info_financiere.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.listing import MOST_ROWS, Listing, Row, Window

DATASET = "/api/explore/v2.1/catalog/datasets/flux-amf-new-prod/records"
# The portal's own limit for one page; large issuers publish some 300 records a year, most of them buy-back
# notices.
PAGE = 100
PARIS = ZoneInfo("Europe/Paris")
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

    terms = TERMS

    def covers(self, subject: Subject) -> bool:
        """Whether the name has a French ISIN."""
        return isinstance(subject.isin, str) and _FRENCH_ISIN.fullmatch(subject.isin) is not None

    async def issuer(self, subject: Subject) -> str | Gap:
        return subject.isin

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        where = f"{ISIN}=\"{issuer}\" AND {SENT}>=date'{window.first.isoformat()}'"
        rows: list[Row] = []
        for start in range(0, MOST_ROWS, PAGE):
            answer = await self.json(
                f"{DATASET}?where={quote(where)}&order_by={quote(SENT + ' desc')}&limit={PAGE}&offset={start}"
            )
            page = [self._row(record, issuer) for record in self.records(answer, "results")]
            rows += page
            if len(page) < PAGE:
                break
        return rows

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        if self.field(record, ISIN) != issuer:
            raise self.failed("answered with records of another issuer")
        sent = self.field(record, SENT)
        moment = self.moment(sent, datetime.fromisoformat, SENT)
        form = next((text for name in FORMS if (text := _said(record, name))), "regulated information")
        link, title = _said(record, LINK), _said(record, TITLE) or form
        reported, series = translate(KINDS, form, title)
        aware = moment.tzinfo is not None
        return Row(
            key=_said(record, KEY) or link or f"{issuer} {sent}",
            form=form,
            title=title,
            filed=moment.astimezone(PARIS).date() if aware else moment.date(),
            published=moment if aware else Gap(gap="the record gives no zone"),
            reported=reported,
            series=series,
            url=link if _LINK.fullmatch(link) else "",
            told_twice=True,
        )


def _said(record: dict[str, Any], field: str) -> str:
    """The text of a field that may be left out."""
    value = record.get(field)
    return " ".join(value.split())[:300] if isinstance(value, str) else ""
