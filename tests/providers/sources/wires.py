"""Stand-ins of the official stores for contract tests: each answers in the shape of its recording, about
companies of the test.

A wire knows two companies by name, FULL with documents and SILENT without; everything else it does not know.
`drop` leaves a field out of every record, as a store that changed its form would.
"""

import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from core.base.gap import NOT_GIVEN
from core.facts.fact import Subject
from tests.providers.http.loopback import Asked, page

AS_OF_DAY = date(2026, 4, 24)
FULL, SILENT = "Fullington", "Silentworth"
ALIEN = "99999999"


@dataclass(frozen=True)
class Doc:
    """One document: its day, its title, a number of its own, and the moment when it was published, else at
    ten."""

    day: date
    title: str
    number: str
    at: datetime | None = None

    def clock(self, zone: str) -> datetime:
        """When it was published, on a clock of that zone."""
        at = self.at or datetime.combine(self.day, time(10), UTC)
        return at.astimezone(ZoneInfo(zone))


def documents(count: int = 3, title: str = "Inside information") -> tuple[Doc, ...]:
    """Newest first, one a day from the day before the asked moment back."""
    return tuple(
        Doc(AS_OF_DAY - timedelta(days=1 + number % 300), title, f"{900_000 - number}")
        for number in range(count)
    )


@dataclass(frozen=True)
class Wire:
    """`answer` gives the body to a question; `fields` are those without which no record can be read. `suffix`
    and `country` make the companies of the test the store's own."""

    suffix: str
    country: str
    answer: Callable[["Site", Asked], "str | bytes | None"]
    fields: tuple[str, ...]
    by_lei: bool = False
    letters: dict[str, str] = field(default_factory=dict)

    def subject(self, name: str) -> Subject:
        letters = self.letters.get(name, name[:4].upper())
        isin = f"{self.country}{letters.zfill(9)[-9:]}0" if self.country != "JP" else "JP3633400001"
        return Subject(ticker=f"{letters}{self.suffix}", name=f"{name} plc", isin=isin, country=NOT_GIVEN)


@dataclass
class Site:
    """What a store holds, with the mark of its version (`etag`), and how it misbehaves: `twin` lists a second
    issuer of the first one's name, `alien` answers with documents of another issuer."""

    wire: Wire
    docs: dict[str, tuple[Doc, ...]]
    drop: str = ""
    twin: bool = False
    alien: bool = False
    etag: str = ""

    async def __call__(self, asked: Asked, writer: object) -> None:
        body = self.wire.answer(self, asked)
        script: Callable[..., Awaitable[None]] = page(b"not here", status=404)
        headers = {"etag": self.etag} if self.etag else {}
        if self.etag and asked.headers.get("if-none-match") == self.etag:
            script = page(b"", status=304, headers=headers)
        elif body is not None:
            script = page(body.encode() if isinstance(body, str) else body, headers=headers)
        await script(asked, writer)

    def cut(self, record: Mapping[str, object]) -> dict[str, object]:
        """The record without the dropped field."""
        return {name: value for name, value in record.items() if name != self.drop}

    def named(self, names: dict[str, str]) -> dict[str, str]:
        """The store's list of issuers by number, with the twin."""
        return names | ({ALIEN: FULL} if self.twin else {})

    def number(self, number: str) -> str:
        """The number that stands on the documents of the issuer that was asked for."""
        return ALIEN if self.alien else number

    def of(self, name: str) -> tuple[Doc, ...]:
        return self.docs.get(name, ())


LEIS = {FULL: "LEIFULL0000000000001", SILENT: "LEISILENT00000000002"}
BY_LEI = {lei: name for name, lei in LEIS.items()}


def _query(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}


def _nsm(site: Site, asked: Asked) -> str | None:
    if not asked.path.startswith("/search"):
        return "<html><body><p>The company announces that nothing happened.</p></body></html>"
    question = json.loads(asked.body)
    lei = question["criteriaObj"]["criteria"][0]["value"]
    found = site.of(BY_LEI.get(lei, ""))[question["from"] : question["from"] + question["size"]]
    hits = [
        {
            "_source": site.cut(
                {
                    "publication_date": f"{doc.clock('UTC'):%Y-%m-%dT%H:%M:%SZ}",
                    "type": "Miscellaneous",
                    "type_code": "UPD",
                    "headline": doc.title,
                    "lei": site.number(lei),
                    "related_org": [],
                    "seq_id": doc.number,
                    "download_link": f"NSM/RNS/{doc.number}.html",
                }
            )
        }
        for doc in found
    ]
    return json.dumps({"hits": site.cut({"total": {"value": len(hits)}, "hits": hits})})


def _newsweb(site: Site, asked: Asked) -> str | None:
    if asked.path.endswith("/issuers"):
        rows = [
            site.cut({"issuerSign": sign, "name": f"{name} ASA", "isActive": 1})
            for sign, name in site.named({"FULL": FULL, "SILE": SILENT}).items()
        ]
        return json.dumps({"data": {"issuers": rows}})
    if "/message?" in asked.path:
        return json.dumps({"data": {"message": {"body": "The board has decided nothing."}}})
    sign = _query(asked)["issuer"]
    rows = [
        site.cut(
            {
                "messageId": int(doc.number),
                "title": doc.title,
                "category": [{"id": 1005, "category_en": "INSIDE INFORMATION"}],
                "issuerSign": site.number(sign),
                "publishedTime": f"{doc.clock('UTC'):%Y-%m-%dT%H:%M:%S}.842Z",
                "test": False,
            }
        )
        for name in (FULL, SILENT)
        if name[:4].upper() == sign
        for doc in site.of(name)
    ]
    return json.dumps({"data": site.cut({"messages": rows, "overflow": False})})


def _dk(site: Site, asked: Asked) -> str | None:
    numbers = {"11111111": FULL, "22222222": SILENT}
    if asked.path == "/config":
        options = [
            site.cut({"id": number, "label": f"{name.upper()} A/S"})
            for number, name in site.named(numbers).items()
        ]
        return json.dumps({"components": {"filters": [{"key": "IssuerFilter", "options": options}]}})
    question = json.loads(asked.body)
    mine = site.of(numbers[question["filters"][0]["options"][0]])
    start = (question["page"] - 1) * question["pageSize"]
    rows = [
        site.cut(
            {
                "id": doc.number,
                "HeadlineColumn": doc.title,
                "PublicationDateColumn": f"{doc.clock('Europe/Copenhagen'):%d-%m-%Y %H:%M:%S}",
            }
        )
        for doc in mine[start : start + question["pageSize"]]
    ]
    pages = -(-len(mine) // question["pageSize"])
    return json.dumps({"paging": site.cut({"totalPages": pages}), "data": site.cut({"rows": rows})})


def _fi(site: Site, asked: Asked) -> str | None:
    if asked.method == "GET" and asked.path == "/":
        listed = site.named({"1": FULL, "2": SILENT})
        options = html.escape(
            json.dumps([{"value": one, "label": f"{name} Oyj"} for one, name in listed.items()])
        )
        token = "" if site.drop == "_csrf" else '<meta name="_csrf" content="abcdefgh1234"/>'
        select = (
            ""
            if site.drop == "company-select"
            else f'<nef-form-select id="company-select" options="{options}">'
        )
        return f"<html>{token}{select}</html>"
    if asked.path.startswith("/view/"):
        return "<html><body><p>The board has decided nothing.</p></body></html>"
    form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
    mine = site.of({"1": FULL, "2": SILENT}[form["company"]])
    start = (int(form["page"]) - 1) * 50
    cells = {
        "table-published": 'table-published"><span title="{when:%Y-%m-%d %H:%M:%S %Z}">',
        "table-headline": '<nef-link href="/view/{number}?lang=en" size="xs">',
        "table-link": '<span class="table-link">{title}</span>',
        "table-category": 'table-category"><span class="table-content">Inside information</span>',
    }
    row = '<nef-table-row class="message-row">' + " ".join(
        cell for name, cell in cells.items() if name != site.drop
    )
    rows = "".join(
        row.format(when=doc.clock("Europe/Helsinki"), number=doc.number, title=html.escape(doc.title))
        for doc in mine[start : start + 50]
    )
    total = "" if site.drop == "totalDataLength" else f'<nef-pagination totalDataLength="{len(mine)}">'
    return f"<html>{rows}{total}</html>"


def _it(site: Site, asked: Asked) -> str | None:
    numbers = {"117": FULL, "118": SILENT}
    if asked.path.endswith("/companies/documenti"):
        return json.dumps(
            [
                site.cut({"ndg": int(number), "descrizione": f" {name.upper()} "})
                for number, name in site.named(numbers).items()
            ]
        )
    question = json.loads(asked.body)
    number = question["SearchFilter"]["emittente"][0]
    mine = site.of(numbers[number]) if asked.path.endswith("/Documenti") else ()
    start = question["start"]
    rows = [
        site.cut(
            {
                "ndg": int(site.number(number)),
                "dataStoccaggio": int(doc.clock("UTC").timestamp()),
                "oggetto": doc.title,
                "categoria": "1.1",
                "protocolCode": doc.number,
            }
        )
        for doc in mine[start : start + question["length"]]
    ]
    return json.dumps(
        {"recordsTotal": 33139, "recordsFiltered": len(mine), "data": rows}
        if site.drop not in {"data", "recordsFiltered"}
        else {}
    )


def _es(site: Site, asked: Asked) -> str | None:
    if "BusquedaPorEntidad" in asked.path and asked.method == "GET":
        names = ("__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION")
        return "".join(f'<input name="{name}" value="x">' for name in names if name != site.drop)
    if "BusquedaPorEntidad" in asked.path:
        listed = "" if site.drop == "lstSeleccion" else '<select name="lstSeleccion">'
        named = site.named({"A-11111111": FULL, "A-22222222": SILENT})
        options = (
            f'<option id="o" value="{nif}">{name.upper()}, S.A.</option>' for nif, name in named.items()
        )
        return listed + "".join(options)
    mine = site.of({"A-11111111": FULL, "A-22222222": SILENT}[_query(asked)["nif"]])
    parts = {
        "liFechaRegistro": '<li id="liFechaRegistro" class="fecha-con-hora">\n {when:%d/%m/%Y} \n</li>'
        '<li class="time">\n {when:%H:%M}\n</li>',
        "heading": '<span id="descripcionSubtituloCabecera" class="negrita" lang="es">Otros</span>',
        "subtituloRegistroEnlace": '<a id="subtituloRegistroEnlace" href="https://www.cnmv.es/ver?t={number}"'
        ' target="_blank"><span data-a="b">{title}</span></a>',
    }
    row = '<li id="elementoPrimerNivel" class="b">fecha' + " ".join(
        part for name, part in parts.items() if name != site.drop
    )
    rows = "".join(
        row.format(when=doc.clock("Europe/Madrid"), number=doc.number, title=html.escape(doc.title))
        for doc in mine
    )
    return (
        rows
        if site.drop == "listaElementosPrimernivel"
        else f'<ul id="listaElementosPrimernivel">{rows}</ul>'
    )


def _nl(site: Site, asked: Asked) -> str | None:
    fields = ("id", "datum", "uitgevende-instelling", "boekjaar", "objecttype_eng")
    rows = []
    # An issuer that never filed stands in no register: SILENT filed before the window.
    for name, docs in ((FULL, site.of(FULL)), (SILENT, (Doc(date(2020, 3, 1), "old", "1"),))):
        for doc in docs:
            values = (
                doc.number,
                f"{doc.clock('Europe/Amsterdam'):%-m/%-d/%Y %I:%M:%S %p}",
                f"{name} N.V.",
                "2025",
                html.escape(doc.title),
            )
            said = "".join(
                f"<{key}>{value}</{key}>"
                for key, value in zip(fields, values, strict=True)
                if key != site.drop
            )
            rows.append(f"<vermelding>{said}<vermelding>label</vermelding></vermelding>")
    text = "".join(rows)
    # Without its first element an entry cannot be told from its label.
    return (
        f'<register name="financiele-verslaggeving">{text}</register>' if site.drop != "<register" else text
    )


SE_HEAD = (
    "Publicerings datum",
    "Utgivare",
    "Person i ledande ställning",
    "Befattning",
    "Karaktär",
    "Instrument",
    "ISIN",
    "Volym",
    "Volymsenhet",
    "Pris",
    "Valuta",
    "Status",
)


def _se(site: Site, asked: Asked) -> bytes | None:
    name = unquote(_query(asked)["Utgivare"]).removesuffix(" plc")
    head = [one for one in SE_HEAD if one != site.drop]
    lines = [";".join([*head, ""])]
    for doc in site.of(name):
        said = (
            f"{doc.clock('Europe/Stockholm'):%Y-%m-%d %H:%M:%S}",
            f"{name} AB",
            f"Person {doc.number}",
            "VD",
            "Förvärv",
            doc.title.replace(";", ","),
            "SE0000000000",
            "28227",
            "Antal",
            "37,9",
            "SEK",
            "Aktuell",
        )
        values = dict(zip(SE_HEAD, said, strict=True))
        lines.append(";".join([*(values[one].replace("\n", " ") for one in head), ""]))
    return "\r\n".join(lines).encode("utf-16-le")


def _jp(site: Site, asked: Asked) -> str | None:
    day = _query(asked)["date"]
    codes = {FULL: "72030", SILENT: "82010"}
    rows = [
        site.cut(
            {
                "docID": doc.number,
                "secCode": codes[name],
                "edinetCode": "E02144",
                "issuerEdinetCode": None,
                "docTypeCode": "180",
                "docDescription": doc.title,
                "submitDateTime": f"{doc.clock('Asia/Tokyo'):%Y-%m-%d %H:%M}",
                "currentReportReason": None,
                "withdrawalStatus": "0",
                "filerName": name,
            }
        )
        for name in (FULL, SILENT)
        for doc in site.of(name)
        if str(doc.clock("Asia/Tokyo").date()) == day
    ]
    return json.dumps(
        {"metadata": site.cut({"status": "200"}), "results": rows}
        if site.drop != "results"
        else {"metadata": {"status": "200"}}
    )


def _kr(site: Site, asked: Asked) -> str | None:
    query = _query(asked)
    codes = {"00000001": FULL, "00000002": SILENT}
    if "company.json" in asked.path:
        code = "005930" if query["corp_code"] == "00000001" else "005940"
        return json.dumps(site.cut({"status": "000", "corp_name": "x", "stock_code": code}))
    mine = site.of(codes[query["corp_code"]])
    if not mine:
        return json.dumps({"status": "013", "message": "조회된 데이타가 없습니다."})
    start = (int(query["page_no"]) - 1) * 100
    rows = [
        site.cut(
            {
                "corp_code": site.number(query["corp_code"]),
                "report_nm": doc.title,
                "rcept_no": doc.number,
                "rcept_dt": f"{doc.clock('Asia/Seoul'):%Y%m%d}",
            }
        )
        for doc in mine[start : start + 100]
    ]
    return json.dumps(site.cut({"status": "000", "total_page": -(-len(mine) // 100), "list": rows}))


def _eu(site: Site, asked: Asked) -> str | None:
    if asked.path.endswith(".json"):
        lei = LEIS[FULL]
        fact = {
            "concept": "ifrs-full:Revenue",
            "entity": f"lei:{lei}",
            "period": "2025-01-01T00:00:00/2026-01-01T00:00:00",
            "unit": "iso4217:EUR",
        }
        return json.dumps({"facts": {"f1": {"value": "111017000", "dimensions": fact}}})
    found = re.search(r"/api/entities/([A-Z0-9]+)/filings", asked.path)
    rows = [
        {
            "attributes": site.cut(
                {
                    "fxo_id": doc.number,
                    "period_end": "2025-12-31",
                    "date_added": f"{doc.clock('UTC'):%Y-%m-%d %H:%M:%S}.055676",
                    "json_url": f"/{doc.number}.json",
                    "viewer_url": "/viewer.html",
                }
            )
        }
        for doc in site.of(BY_LEI.get(found[1] if found else "", ""))
    ]
    return json.dumps(site.cut({"data": rows}))


def _fr(site: Site, asked: Asked) -> str | None:
    start = int(_query(asked)["From"])
    rows = [
        site.cut(
            {
                "numero": doc.number,
                "datePublication": doc.clock("Europe/Paris").isoformat().replace("+", ".9842186+"),
                "typesOperation": ["OPA"],
                "documents": [{"path": f"2026/{doc.number}.pdf"}],
                "societes": [{"raisonSociale": name.upper(), "role": "SocieteVisee"}],
            }
        )
        for name in (FULL, SILENT)
        for doc in site.of(name)
    ]
    return json.dumps(site.cut({"result": rows[start : start + 100], "total": 10000}))


def _info(site: Site, asked: Asked) -> str | None:
    where, start = _query(asked)["where"], int(_query(asked)["offset"])
    found = re.search(r'"(\w+)"', where)
    isin = found[1] if found else ""
    mine = site.of(FULL if "FULL" in isin else SILENT)
    rows = [
        site.cut(
            {
                "identificationsociete_iso_cd_isi": site.number(isin),
                "informationdeposee_inf_dat_emt": doc.clock("UTC").isoformat(),
                "informationdeposee_inf_tit_inf": doc.title,
                "uin_idt_uin": doc.number,
                "url_de_recuperation": f"https://example.org/{doc.number}.pdf",
            }
        )
        for doc in mine[start : start + 100]
    ]
    return json.dumps(site.cut({"results": rows, "total_count": len(mine)}))


def _sec(site: Site, asked: Asked) -> str | None:
    numbers = {1: FULL, 2: SILENT}
    if asked.path.endswith("/company_tickers.json"):
        listed = [
            site.cut({"cik_str": number, "ticker": name[:4].upper(), "title": f"{name} plc"})
            for number, name in numbers.items()
        ]
        return json.dumps(dict(enumerate(listed)))
    if asked.path.startswith("/Archives/"):
        number = asked.path.rpartition("/")[2].removesuffix(".htm")
        return (
            "".join(f"<p>{html.escape(doc.title)}</p>" for doc in site.of(FULL) if doc.number == number)
            or None
        )
    found = re.fullmatch(r"/submissions/CIK0*([12])\.json", asked.path)
    if found is None:
        return None
    docs = site.of(numbers[int(found[1])])
    columns = {
        "accessionNumber": [f"{number:010d}-26-{number % 10**6:06d}" for number in range(len(docs))],
        "filingDate": [str(doc.day) for doc in docs],
        "reportDate": [str(doc.day) for doc in docs],
        "form": ["8-K" for _ in docs],
        "fileNumber": ["001-1" for _ in docs],
        "items": ["8.01" for _ in docs],
        "primaryDocument": [f"{doc.number}.htm" for doc in docs],
        "primaryDocDescription": ["8-K" for _ in docs],
    }
    return json.dumps({"filings": {"recent": site.cut(columns), "files": []}})


KRX = {FULL: "005930", SILENT: "005940"}
WIRES: dict[str, Wire] = {
    "sec": Wire("", "US", _sec, ("cik_str", "ticker", "accessionNumber", "filingDate", "form")),
    "info_financiere": Wire(
        ".PA", "FR", _info, ("results", "identificationsociete_iso_cd_isi", "informationdeposee_inf_dat_emt")
    ),
    "uk_nsm": Wire(
        ".L",
        "GB",
        _nsm,
        ("hits", "publication_date", "type", "headline", "lei", "seq_id", "download_link"),
        by_lei=True,
    ),
    "no_newsweb": Wire(
        ".OL",
        "NO",
        _newsweb,
        (
            "messages",
            "overflow",
            "issuerSign",
            "name",
            "isActive",
            "messageId",
            "title",
            "category",
            "publishedTime",
            "test",
        ),
    ),
    "dk_oam": Wire(
        ".CO", "DK", _dk, ("rows", "totalPages", "id", "label", "HeadlineColumn", "PublicationDateColumn")
    ),
    "fi_oam": Wire(
        ".HE",
        "FI",
        _fi,
        (
            "_csrf",
            "company-select",
            "totalDataLength",
            "table-published",
            "table-headline",
            "table-link",
            "table-category",
        ),
    ),
    "it_oneinfo": Wire(
        ".MI",
        "IT",
        _it,
        ("ndg", "descrizione", "data", "dataStoccaggio", "oggetto", "categoria", "protocolCode"),
    ),
    "es_cnmv": Wire(
        ".MC",
        "ES",
        _es,
        (
            "__VIEWSTATE",
            "lstSeleccion",
            "listaElementosPrimernivel",
            "liFechaRegistro",
            "subtituloRegistroEnlace",
        ),
    ),
    "nl_afm": Wire(".AS", "NL", _nl, ("datum", "uitgevende-instelling", "boekjaar", "objecttype_eng")),
    "se_insyn": Wire(".ST", "SE", _se, SE_HEAD),
    "jp_edinet": Wire(
        ".T",
        "JP",
        _jp,
        ("results", "status", "docID", "secCode", "docDescription", "submitDateTime", "withdrawalStatus"),
        letters={FULL: "7203", SILENT: "8201"},
    ),
    "kr_dart": Wire(
        ".KS",
        "KR",
        _kr,
        ("status", "stock_code", "total_page", "list", "corp_code", "report_nm", "rcept_no", "rcept_dt"),
        letters=KRX,
    ),
    "eu_xbrl": Wire(".AS", "NL", _eu, ("data", "fxo_id", "period_end", "date_added"), by_lei=True),
    "fr_bdif": Wire(
        ".PA", "FR", _fr, ("result", "numero", "datePublication", "typesOperation", "documents", "societes")
    ),
}
