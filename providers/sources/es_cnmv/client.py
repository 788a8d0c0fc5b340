"""Spain's CNMV: inside information of Spanish issuers, heading and title, as the register's pages list it.

The issuer is found by name: the search page gives a form, the form a list of tax numbers (NIF). Pages are for
people, so each part is read by its own mark, and a page without the marks is a failure. Days and hours are
Madrid's, day first.
"""

import html
import re
from collections.abc import Sequence
from urllib.parse import quote

from core.base.gap import Gap
from core.portfolio.identities import Entry, names_of
from providers.sources.codes import codes_of
from providers.sources.listing import Listing, Look, Row
from providers.sources.plain_text import decode
from providers.sources.shape import terms_of

SEARCH = "/portal/Consultas/BusquedaPorEntidad.aspx"
INSIDE = "/portal/Informacion-Privilegiada/resultado-ip.aspx?nif="
_STATE = {
    name: re.compile(f'name="{name}"[^>]{{0,80}}value="([^"]{{0,60000}})"')
    for name in ("__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION")
}
_OPTION = re.compile(r'<option[^>]{0,80} value="([A-Za-z0-9\-]{5,20})">([^<]{1,300})</option>')
_DAY = re.compile(r'class="fecha-con-hora">\s{0,80}([0-9]{2}/[0-9]{2}/[0-9]{4})\s')
_HOUR = re.compile(r'class="time">\s{0,80}([0-9]{2}:[0-9]{2})\s')
_HEADING = re.compile(r'descripcionSubtituloCabecera"[^>]{0,80}>([^<]{1,400})<')
_LINK = re.compile(r'subtituloRegistroEnlace" href="([^"]{1,400})"')
_TITLE = re.compile(r'subtituloRegistroEnlace" href="[^"]{1,400}"[^>]{0,80}><span[^>]{0,80}>([^<]{1,600})<')
_BEGINS = "elementoPrimerNivel"


class Cnmv(Listing):
    """FactSource for Spain."""

    terms, codes = terms_of(__file__), codes_of(__file__)

    async def issuers(self, look: Look) -> list[Entry]:
        name = next(iter(names_of(look.subject)), "")
        if not name:
            return []
        landing = decode((await self.get(f"{SEARCH}?nombre={quote(name)}")).body)
        form = {
            **{field: self.mark(mark, landing, field) for field, mark in _STATE.items()},
            "ctl00$ContentPrincipal$txtBusqueda": name,
            "ctl00$ContentPrincipal$btnBuscar": "Buscar",
        }
        listed = decode((await self.get(SEARCH, form=form)).body)
        if "lstSeleccion" not in listed:
            raise self.without("lstSeleccion")
        return [
            Entry(value=nif, name=html.unescape(label), country=self.terms.country)
            for nif, label in _OPTION.findall(listed)
        ]

    async def rows(self, look: Look) -> Sequence[Row]:
        page = decode((await self.get(f"{INSIDE}{quote(look.issuer)}")).body)
        if "listaElementosPrimernivel" not in page:
            raise self.without("listaElementosPrimernivel")
        return [self._row(part) for part in page.split(_BEGINS)[1:] if "fecha" in part]

    def _row(self, part: str) -> Row:
        day, hour, heading = (
            self.mark(_DAY, part, "liFechaRegistro"),
            _HOUR.search(part),
            _HEADING.search(part),
        )
        told, link = self.mark(_TITLE, part, "subtituloRegistroEnlace"), self.mark(_LINK, part, "href")
        said = html.unescape(heading[1]).strip() if heading else "inside information"
        when = f"{day} {hour[1] if hour else '00:00'}"
        return self.row(
            key=link,
            title=f"{said}: {told}",
            published=self.moment(when, "liFechaRegistro", "%d/%m/%Y %H:%M"),
            hour=None if hour else Gap(gap="the list gives no hour"),
            form="Información privilegiada",
            url=link if link.startswith("https://www.cnmv.es/") else "",
        )
