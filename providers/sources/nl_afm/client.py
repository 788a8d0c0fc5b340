"""The AFM's register of financial reports: what kind of report an issuer filed for which year, and when.

The register is one file for all issuers, asked for once a day. An entry holds another element of its own name, so it is read
by its fields and not as a tree. Times are Amsterdam's, month first and with AM or PM. The reports themselves are packages
of figures and are not read; filings.xbrl.org has them as numbers.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.kinds import translate
from providers.sources.listing import Listing, Row, Window
from providers.sources.nl_afm.codes import KINDS
from providers.sources.nl_afm.terms import TERMS
from providers.sources.plain_text import decode

EXPORT = "/export.aspx?type=e8825b05-4004-4301-b736-651e8c61053d&format=xml"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TIME = "%m/%d/%Y %I:%M:%S %p"
DETAILS = "https://www.afm.nl/en/sector/registers/meldingenregisters/financiele-verslaggeving/details?id="
FIELDS = {
    name: re.compile(f"<{name}>([^<]{{1,400}})</")
    for name in ("id", "datum", "uitgevende-instelling", "boekjaar", "objecttype_eng")
}
_ENTRY = "<vermelding><id>"


class Afm(Listing):
    """FactSource for the Netherlands."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        return await self.picked(subject, self._issuers)

    async def _issuers(self) -> list[Entry]:
        register = await self.once(EXPORT, self._register)
        return [Entry(value=name, name=name, country=TERMS.country) for name in register]

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        register: dict[str, tuple[dict[str, str], ...]] = await self.once(EXPORT, self._register)
        return [self._row(entry) for entry in register.get(issuer, ())]

    def _register(self, body: bytes) -> dict[str, tuple[dict[str, str], ...]]:
        """Entries by issuer, as the register spells its name."""
        text = decode(body)
        if "<register" not in text[:2000]:
            raise self.failed("answered with a page instead of its register")
        found: dict[str, list[dict[str, str]]] = {}
        for part in text.split(_ENTRY)[1:]:
            entry = {name: self.mark(mark, f"<id>{part[:4000]}", name) for name, mark in FIELDS.items()}
            found.setdefault(entry["uitgevende-instelling"], []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def _row(self, entry: dict[str, str]) -> Row:
        published = self.local(entry["datum"], TIME, AMSTERDAM, "datum")
        title = f"{entry['objecttype_eng']} {entry['boekjaar']}"
        reported, series = translate(KINDS, entry["objecttype_eng"], "")
        return Row(
            key=entry["id"],
            form=entry["objecttype_eng"],
            title=title,
            filed=published.date(),
            published=published,
            reported=reported,
            series=series,
            url=DETAILS + quote(entry["id"]),
        )
