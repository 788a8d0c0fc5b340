"""The Finnish store at Nasdaq Helsinki: what Finnish issuers had to publish, with the notice's text.

The store is a page for people: its start page holds a token, a cookie and the list of issuers, and a form asked with them
gives a table. Times carry Helsinki's zone by name (EET, EEST). A page without the table is a failure and not "nothing".
"""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import urlencode

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.answers import CAP
from providers.sources.fi_oam.codes import KINDS
from providers.sources.fi_oam.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.listing import MOST_ROWS, Listing, Row, Window
from providers.sources.plain_text import decode

PAGE = 50
ZONES = {"EET": timezone(timedelta(hours=2)), "EEST": timezone(timedelta(hours=3))}
PUBLIC = "https://www.oam.fi"
# Half an hour: the token ages with the session that it belongs to.
START_FRESH_FOR = 1800.0
_TOKEN = re.compile(r'name="_csrf" (?:content|value)="([A-Za-z0-9_\-]{8,300})"')
_OPTIONS = re.compile(r'id="company-select"[^>]{0,400}options="([^"]{2,500000})"')
_TOTAL = re.compile(r'totalDataLength="([0-9]{1,9})"')
_WHEN = re.compile(r'title="([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}) [A-Z]')
_ZONE = re.compile(r'title="[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} ([A-Z]{3,4})"')
_LINK = re.compile(r'href="/view/([0-9]{1,12})\?lang=en"')
_TITLE = re.compile(r'class="table-link">([^<]{1,600})<')
_KIND = re.compile(r'table-category"[^§]{0,400}?table-content">([^<]{1,200})<')


@dataclass(frozen=True, slots=True)
class Start:
    """What the start page gives: the form's token, the session's cookie, the issuers."""

    token: str
    cookie: str
    issuers: tuple[Entry, ...]


class Helsinki(Listing):
    """FactSource for Finland."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.picked(subject, self._issuers)

    async def _issuers(self) -> tuple[Entry, ...]:
        return (await self._start()).issuers

    async def _start(self) -> Start:
        fetched = await self.get("/", fresh_for=START_FRESH_FOR)
        page = decode(fetched.body)
        token, options = _TOKEN.search(page), _OPTIONS.search(page)
        if token is None or options is None:
            raise self.without("_csrf" if token is None else "company-select")
        try:
            listed = json.loads(html.unescape(options[1]))
        except ValueError as error:
            raise self.without("company-select") from error
        issuers = tuple(
            Entry(value=self.field(one, "value"), name=self.field(one, "label"), country=TERMS.country)
            for one in self.records(listed)
        )
        return Start(token[1], fetched.headers.get("set-cookie", "").partition(";")[0], issuers)

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        start = await self._start()
        rows: list[Row] = []
        for page in range(1, MOST_ROWS // PAGE + 1):
            asked = {
                "_csrf": start.token,
                "oam": "fi",
                "language": "en",
                "pageSize": PAGE,
                "page": page,
                "company": issuer,
            }
            fetched = await self.reach.fetcher.get(
                f"{self.url}/",
                source=self.name,
                headers={
                    "content-type": "application/x-www-form-urlencoded",
                    **({"cookie": start.cookie} if start.cookie else {}),
                },
                cap=CAP,
                post=urlencode(asked).encode(),
            )
            text = decode(fetched.body)
            total = _TOTAL.search(text)
            if total is None:
                raise self.without("totalDataLength")
            found = [self._row(part) for part in text.split('class="message-row"')[1:]]
            rows += found
            # The table is not in the order of days: only its end ends it.
            if len(rows) >= int(total[1]) or not found or max(row.filed for row in found) < window.first:
                break
        return rows

    def _row(self, part: str) -> Row:
        zone = ZONES.get(self.mark(_ZONE, part, "table-published"))
        if zone is None:
            raise self.without("table-published")
        when, number = self.mark(_WHEN, part, "table-published"), self.mark(_LINK, part, "table-headline")
        title, said = self.mark(_TITLE, part, "table-link"), self.mark(_KIND, part, "table-category")
        published = self.moment(when, datetime.fromisoformat, "table-published").replace(tzinfo=zone)
        reported, series = translate(KINDS, said, title)
        path = f"/view/{number}?lang=en"
        return Row(
            key=number,
            form=said,
            title=title,
            filed=published.date(),
            published=published,
            reported=reported,
            series=series,
            url=PUBLIC + path,
            page=self.url + path,
            told_twice=True,
        )
