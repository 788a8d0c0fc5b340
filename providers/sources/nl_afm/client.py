"""The AFM's register of financial reports: what kind of report an issuer filed for which year, and when.

The register is one file for all issuers, asked for once a day. An entry holds another element of its own
name, so it is read by its fields and not as a tree. Times are Amsterdam's, month first and with AM or PM. The
reports themselves are packages of figures and are not read; filings.xbrl.org has them as numbers.
"""

import asyncio
import re
from collections.abc import Sequence
from urllib.parse import quote

from core.portfolio.identities import Entry
from providers.sources.answers import ISSUERS_FRESH_FOR
from providers.sources.codes import codes_of
from providers.sources.listing import Listing, Look, Row
from providers.sources.plain_text import decode
from providers.sources.shape import terms_of

EXPORT = "/export.aspx?type=e8825b05-4004-4301-b736-651e8c61053d&format=xml"
TIME = "%m/%d/%Y %I:%M:%S %p"
DETAILS = "https://www.afm.nl/en/sector/registers/meldingenregisters/financiele-verslaggeving/details?id="
FIELDS = {
    name: re.compile(f"<{name}>([^<]{{1,400}})</")
    for name in ("id", "datum", "uitgevende-instelling", "boekjaar", "objecttype_eng")
}
_ENTRY = "<vermelding><id>"


class Afm(Listing):
    """FactSource for the Netherlands."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuers(self, look: Look) -> list[Entry]:
        register = await self.once(look.as_of, self._register)
        return [Entry(value=name, name=name, country=self.terms.country) for name in register]

    async def rows(self, look: Look) -> Sequence[Row]:
        register = await self.once(look.as_of, self._register)
        return [self._row(entry) for entry in register.get(look.issuer, ())]

    async def _register(self) -> dict[str, list[dict[str, str]]]:
        """Entries by issuer, as the register spells its name."""
        fetched = await self.get(EXPORT, fresh_for=ISSUERS_FRESH_FOR)
        return await asyncio.to_thread(self._entries, decode(fetched.body))

    def _entries(self, text: str) -> dict[str, list[dict[str, str]]]:
        if "<register" not in text[:2000]:
            raise self.failed("answered with a page instead of its register")
        found: dict[str, list[dict[str, str]]] = {}
        for part in text.split(_ENTRY)[1:]:
            entry = {name: self.mark(mark, f"<id>{part[:4000]}", name) for name, mark in FIELDS.items()}
            found.setdefault(entry["uitgevende-instelling"], []).append(entry)
        return found

    def _row(self, entry: dict[str, str]) -> Row:
        return self.row(
            key=entry["id"],
            title=f"{entry['objecttype_eng']} {entry['boekjaar']}",
            published=self.moment(entry["datum"], "datum", TIME),
            said=entry["objecttype_eng"],
            url=DETAILS + quote(entry["id"]),
        )
