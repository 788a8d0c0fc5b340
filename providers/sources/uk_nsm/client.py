"""The FCA's National Storage Mechanism: what issuers on UK markets had to publish, by LEI, with the announcement's text.

A record counts for a name when its LEI is the one asked for or stands among the related organisations (a financing company
announces for its parent). Days are London's. Only announcements in HTML are read; an uploaded file keeps its headline.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.events import Event
from core.facts.fact import Subject
from core.facts.filing import Field
from providers.sources.listing import MOST_ROWS, Listing, Row, Window
from providers.sources.uk_nsm.codes import stake_of, translated
from providers.sources.uk_nsm.terms import TERMS

INDEX = "/search?index=fca-nsm-searchdata"
PAGE = 100
LONDON = ZoneInfo("Europe/London")
PUBLIC = "https://data.fca.org.uk/artefacts/"
_LINK = re.compile(r"NSM/[A-Za-z0-9_\-]+(?:/[A-Za-z0-9_\-.]*[A-Za-z0-9_\-])+")


class Nsm(Listing):
    """FactSource for the United Kingdom."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.reach.identities.lei(subject)

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        rows: list[Row] = []
        for start in range(0, MOST_ROWS, PAGE):
            question = {
                "from": start,
                "size": PAGE,
                "sort": "publication_date",
                "sortorder": "desc",
                "criteriaObj": {"criteria": [{"name": "lei", "value": issuer}]},
            }
            hits = self.records(await self.json(INDEX, post=question), "hits", "hits")
            page = [self._row(self.field(hit, "_source", kind=dict), issuer) for hit in hits]
            rows += page
            if len(page) < PAGE or page[-1].filed < window.first:
                break
        return rows

    def _row(self, record: dict[str, Any], issuer: str) -> Row:
        related = self.records(record.get("related_org", []))
        if issuer not in {self.field(record, "lei"), *(str(one.get("lei")) for one in related)}:
            raise self.failed("answered with records of another issuer")
        said = self.field(record, "publication_date")
        published = self.moment(said, datetime.fromisoformat, "publication_date")
        kind, headline = self.field(record, "type"), self.field(record, "headline")
        link = self.field(record, "download_link")
        sound = _LINK.fullmatch(link) is not None and ".." not in link
        reported, series = translated(self.field(record, "type_code"), kind, headline)
        return Row(
            key=self.field(record, "seq_id"),
            form=kind,
            title=headline,
            filed=published.astimezone(LONDON).date(),
            published=published,
            reported=reported,
            series=series,
            url=PUBLIC + link if sound else "",
            page=self._texts + link if sound and link.endswith(".html") else "",
            form_filled=reported.event is Event.HOLDING,
        )

    def fields_of(self, row: Row, text: str) -> tuple[Field, ...]:
        return stake_of(text)

    @property
    def _texts(self) -> str:
        """Where the announcements stand: another host than the search's, unless one address serves both."""
        return f"{self.url.replace('//api.data.', '//data.')}/artefacts/"
