"""Spain's CNMV: inside information of Spanish issuers, heading and title, as the register's pages list it.

The issuer is found by name: the search page gives a form, the form a list of tax numbers (NIF). Pages are for people, so
each part is read by its own mark, and a page without the marks is a failure. Days and hours are Madrid's, day first.
"""

import html
import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.facts.fact import Subject
from core.portfolio.identities import Entry
from providers.sources.answers import CAP
from providers.sources.es_cnmv.codes import KINDS
from providers.sources.es_cnmv.terms import TERMS
from providers.sources.kinds import translate
from providers.sources.listing import Listing, Row, Window
from providers.sources.plain_text import decode

MADRID = ZoneInfo("Europe/Madrid")
SEARCH = "/portal/Consultas/BusquedaPorEntidad.aspx"
INSIDE = "/portal/Informacion-Privilegiada/resultado-ip.aspx?nif="
STATE = ("__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION")
_OPTION = re.compile(r'<option[^>]{0,80} value="([A-Za-z0-9\-]{5,20})">([^<]{1,300})</option>')
_DAY = re.compile(r'class="fecha-con-hora">\s{0,80}([0-9]{2}/[0-9]{2}/[0-9]{4})\s')
_HOUR = re.compile(r'class="time">\s{0,80}([0-9]{2}:[0-9]{2})\s')
_HEADING = re.compile(r'descripcionSubtituloCabecera"[^>]{0,80}>([^<]{1,400})<')
_LINK = re.compile(r'subtituloRegistroEnlace" href="([^"]{1,400})"')
_TITLE = re.compile(r'subtituloRegistroEnlace" href="[^"]{1,400}"[^>]{0,80}><span[^>]{0,80}>([^<]{1,600})<')
_BEGINS = "elementoPrimerNivel"


class Cnmv(Listing):
    """FactSource for Spain."""

    terms = TERMS

    async def issuer(self, subject: Subject) -> str | Gap:
        if not isinstance(subject.name, str):
            return Gap(gap=f"not looked for at {self.name}: nobody said its name")
        name = subject.name

        async def found() -> list[Entry]:
            return await self._found(name)

        return await self.picked(subject, found)

    async def _found(self, name: str) -> list[Entry]:
        landing = decode((await self.get(f"{SEARCH}?nombre={quote(name)}")).body)
        fields = {}
        for field in STATE:
            value = re.search(f'name="{field}"[^>]{{0,80}}value="([^"]{{0,60000}})"', landing)
            if value is None:
                raise self.without(field)
            fields[field] = value[1]
        form = {
            **fields,
            "ctl00$ContentPrincipal$txtBusqueda": name,
            "ctl00$ContentPrincipal$btnBuscar": "Buscar",
        }
        fetched = await self.reach.fetcher.get(
            f"{self.url}{SEARCH}",
            source=self.name,
            headers={"content-type": "application/x-www-form-urlencoded"},
            cap=CAP,
            post=urlencode(form).encode(),
        )
        listed = decode(fetched.body)
        if "lstSeleccion" not in listed:
            raise self.without("lstSeleccion")
        return [
            Entry(value=nif, name=html.unescape(label), country=TERMS.country)
            for nif, label in _OPTION.findall(listed)
        ]

    async def rows(self, issuer: str, subject: Subject, window: Window) -> Sequence[Row]:
        page = decode((await self.get(f"{INSIDE}{quote(issuer)}")).body)
        if "listaElementosPrimernivel" not in page:
            raise self.without("listaElementosPrimernivel")
        parts = [part for part in page.split(_BEGINS)[1:] if "fecha" in part]
        return [self._row(part) for part in parts]

    def _row(self, part: str) -> Row:
        day, hour, heading = (
            self.mark(_DAY, part, "liFechaRegistro"),
            _HOUR.search(part),
            _HEADING.search(part),
        )
        told, link = self.mark(_TITLE, part, "subtituloRegistroEnlace"), self.mark(_LINK, part, "href")
        said = html.unescape(heading[1]).strip() if heading else "inside information"
        when = f"{day} {hour[1] if hour else '00:00'}"
        published = self.local(when, "%d/%m/%Y %H:%M", MADRID, "liFechaRegistro")
        reported, series = translate(KINDS, said, told)
        return Row(
            key=link,
            form="Información privilegiada",
            title=f"{said}: {told}",
            filed=published.date(),
            published=published if hour else Gap(gap="the list gives no hour"),
            reported=reported,
            series=series,
            url=link if link.startswith("https://www.cnmv.es/") else "",
        )
