"""The FCA's National Storage Mechanism: what issuers on UK markets had to publish, by LEI, with the
announcement's text.

A record counts for a name when its LEI is the one asked for or stands among the related organisations (a
financing company announces for its parent). Days are London's. Only announcements in HTML are read; an
uploaded file keeps its headline. TR-1 is the standard form on which a large holder says its share: the lines
behind its headings are read, and a form whose headings stand differently gives no field, so that its words
are quoted instead.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from core.base.gap import Gap
from core.facts.events import Event
from core.facts.filing import Field, Stake
from providers.sources.codes import codes_of
from providers.sources.listing import PAGE, Listing, Look, Row
from providers.sources.shape import terms_of

INDEX = "/search?index=fca-nsm-searchdata"
PUBLIC = "https://data.fca.org.uk/artefacts/"
_LINK = re.compile(r"NSM/[A-Za-z0-9_\-]+(?:/[A-Za-z0-9_\-.]*[A-Za-z0-9_\-])+")
_HOLDER: Final = re.compile(
    r"3\. Details of person subject to the notification obligation\s*\n\s*Name\s*\n\s*([^\n]{2,120})"
)
# The total in percent stands third behind the resulting situation, and so does that of the notification
# before.
_NOW: Final = re.compile(
    r"Resulting situation on the date[^\n]*\n(?:[^\n]*\n){2}([0-9]{1,3}\.[0-9]{1,6})\s*\n"
)
_BEFORE: Final = re.compile(
    r"Position of previous notification[^\n]*\n(?:[0-9.]+\s*\n){2}([0-9]{1,3}\.[0-9]{1,6})\s*\n"
)


class Nsm(Listing):
    """FactSource for the United Kingdom."""

    terms, codes = terms_of(__file__), codes_of(__file__)
    forms = frozenset({Event.HOLDING})

    async def issuer(self, look: Look) -> str | Gap:
        return await self.reach.identities.lei(look.subject)

    async def rows(self, look: Look) -> Sequence[Row]:
        async def page(start: int) -> tuple[list[Row], bool]:
            question = {
                "from": start,
                "size": PAGE,
                "sort": "publication_date",
                "sortorder": "desc",
                "criteriaObj": {"criteria": [{"name": "lei", "value": look.issuer}]},
            }
            hits = self.records(await self.json(INDEX, post=question), "hits", "hits")
            found = [self._row(self.field(hit, "_source", kind=dict), look.issuer) for hit in hits]
            return found, len(found) == PAGE

        return await self.walk(look, page)

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        related = self.records(record.get("related_org", []))
        if issuer not in {self.field(record, "lei"), *(str(one.get("lei")) for one in related)}:
            raise self.failed("answered with records of another issuer")
        link = self.field(record, "download_link")
        sound = _LINK.fullmatch(link) is not None and ".." not in link
        # The announcements stand on another host than the search, unless one address serves both.
        texts = f"{self.url.replace('//api.data.', '//data.')}/artefacts/"
        return self.row(
            key=self.field(record, "seq_id"),
            title=self.field(record, "headline"),
            published=self.moment(self.field(record, "publication_date"), "publication_date"),
            said=self.field(record, "type"),
            code=self.field(record, "type_code"),
            url=PUBLIC + link if sound else "",
            page=texts + link if sound and link.endswith(".html") else "",
        )

    def fields_of(self, text: str) -> tuple[Field, ...]:
        return stake_of(text)


def stake_of(text: str) -> tuple[Field, ...]:
    """Who holds how much after a TR-1, and before where the form says it; () where it is filled in another
    way."""
    holder, now, before = _HOLDER.search(text), _NOW.search(text), _BEFORE.search(text)
    if holder is None or now is None or Decimal(now[1]) > 100:
        return ()
    earlier = Decimal(before[1]).normalize() if before else Gap(gap="the form names no earlier share")
    return (Stake(holder=" ".join(holder[1].split()), percent=Decimal(now[1]).normalize(), before=earlier),)
