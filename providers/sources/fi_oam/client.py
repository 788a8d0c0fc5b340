"""The Finnish store at Nasdaq Helsinki: what Finnish issuers had to publish, with the notice's text.

The store is a page for people: its start page holds a token, a cookie and the list of issuers, and a form
asked with them gives a table. Times carry Helsinki's zone by name (EET, EEST). A page without the table is a
failure and not "nothing".
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone

from core.portfolio.identities import Entry
from providers.sources.codes import codes_of
from providers.sources.listing import Listing, Look, Row
from providers.sources.plain_text import decode
from providers.sources.shape import terms_of

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

    terms, codes = terms_of(__file__), codes_of(__file__)
    told_twice = True
    in_order = False

    async def issuers(self, look: Look) -> Sequence[Entry]:
        return (await self._start()).issuers

    async def _start(self) -> Start:
        fetched = await self.get("/", fresh_for=START_FRESH_FOR)
        page = decode(fetched.body)
        token, options = self.mark(_TOKEN, page, "_csrf"), _OPTIONS.search(page)
        if options is None:
            raise self.without("company-select")
        issuers = tuple(
            Entry(value=self.field(one, "value"), name=self.field(one, "label"), country=self.terms.country)
            for one in self.records(self.parsed(html.unescape(options[1])))
        )
        return Start(token, fetched.headers.get("set-cookie", "").partition(";")[0], issuers)

    async def rows(self, look: Look) -> Sequence[Row]:
        start_page = await self._start()

        async def page(start: int) -> tuple[list[Row], bool]:
            form = {
                "_csrf": start_page.token,
                "oam": "fi",
                "language": "en",
                "pageSize": PAGE,
                "page": start // PAGE + 1,
                "company": look.issuer,
            }
            headers = {"cookie": start_page.cookie} if start_page.cookie else {}
            text = decode((await self.get("/", form=form, headers=headers)).body)
            total = int(self.mark(_TOTAL, text, "totalDataLength"))
            return [self._row(part) for part in text.split('class="message-row"')[1:]], start + PAGE < total

        return await self.walk(look, page, size=PAGE)

    def _row(self, part: str) -> Row:
        zone = ZONES.get(self.mark(_ZONE, part, "table-published"))
        if zone is None:
            raise self.without("table-published")
        when = self.moment(self.mark(_WHEN, part, "table-published"), "table-published")
        number = self.mark(_LINK, part, "table-headline")
        path = f"/view/{number}?lang=en"
        return self.row(
            key=number,
            title=self.mark(_TITLE, part, "table-link"),
            published=when.replace(tzinfo=zone),
            said=self.mark(_KIND, part, "table-category"),
            url=PUBLIC + path,
            page=path,
        )
