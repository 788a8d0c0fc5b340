"""The recorded answers of the stores, read by the clients that were built against them
(../shared/data/official)."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import Event
from core.facts.fact import Gathering, State, Subject
from core.facts.filing import Dealing, Filing, Stake
from core.facts.sift import sift
from core.portfolio.identities import Certainty, Known
from providers.http import Fetcher, ResponseCache
from providers.identities.client import Register, Unwritten
from providers.sources.shape import Reach
from tests.providers.http.loopback import Asked, Loopback, page
from tests.providers.sources.reaching import SECRETS, row_of

DATA = Path(__file__).parents[3] / "shared" / "data" / "official"
pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(not DATA.is_dir(), reason="the recorded material of ../shared/data is not here"),
]
Answer = Callable[[Asked], bytes | None]


def recorded(path: str) -> bytes:
    return (DATA / path).read_bytes()


def serving(answer: Answer) -> Callable[[Asked, object], Awaitable[None]]:
    async def write(asked: Asked, writer: object) -> None:
        body = answer(asked)
        await (page(b"not here", status=404) if body is None else page(body))(asked, writer)  # type: ignore[arg-type]

    return write


async def read(key: str, subject: Subject, answer: Answer, as_of: datetime, **known: str) -> Gathering:
    async with Loopback(fallback=serving(answer)) as web:
        row = row_of(key)
        terms = row.terms.host_terms((web.url,), "me@example.org", per_second=5000)
        async with Fetcher(trusted=[web.url], terms=[terms], cache=ResponseCache()) as fetcher:
            names = Register(fetcher, Unwritten(), gleif_url=None, now=lambda: as_of)
            for scheme, value in known.items():
                names.keep(
                    subject.ticker,
                    Known(scheme=scheme, value=value, source="test", certainty=Certainty.OWNER),
                )
            reach = Reach(fetcher=fetcher, addresses=(web.url,), secrets=SECRETS, identities=names)
            return await row.build(reach).gather((subject,), as_of)


def state(gathering: Gathering) -> State:
    return gathering.coverage[0][1].state


def events(gathering: Gathering) -> list[tuple[date, Event, str]]:
    return [(one.filed, one.reports[0].event, one.title) for one in gathering.filings]


TESCO = Subject(ticker="TSCO.L", name="Tesco PLC", isin="GB00BLGZ9862", country="United Kingdom")


async def test_tescos_announcements_of_june_2026() -> None:
    def answer(asked: Asked) -> bytes | None:
        if asked.path.startswith("/search"):
            assert json.loads(asked.body)["criteriaObj"]["criteria"] == [
                {"name": "lei", "value": "2138002P5RNKC5W2JZ46"}
            ]
            return recorded("gb/gb_nsm_tesco.json")
        return None

    found = await read(
        "uk_nsm", TESCO, answer, datetime(2026, 6, 26, 12, tzinfo=UTC), lei="2138002P5RNKC5W2JZ46"
    )

    assert state(found) is State.OK
    assert [(one.filed, one.reports[0].event, one.series) for one in found.filings][:4] == [
        (date(2026, 6, 26), Event.BUYBACK, "transaction in own shares"),
        (date(2026, 6, 25), Event.BUYBACK, "transaction in own shares"),
        (date(2026, 6, 24), Event.BUYBACK, "transaction in own shares"),
        (date(2026, 6, 23), Event.INSIDER, "managers' dealings"),
    ]
    assert found.filings[0].published == datetime(2026, 6, 26, 6, 0, 2, tzinfo=UTC)
    assert found.filings[0].url.startswith("https://data.fca.org.uk/artefacts/NSM/RNS/ce9d47b6")


async def test_a_financing_company_announces_for_its_parent() -> None:
    def answer(asked: Asked) -> bytes | None:
        return recorded("gb/fca_nsm_tesco_search.json") if asked.path.startswith("/search") else None

    found = await read("uk_nsm", TESCO, answer, datetime(2026, 7, 14, tzinfo=UTC), lei="2138002P5RNKC5W2JZ46")
    strange = await read(
        "uk_nsm", TESCO, answer, datetime(2026, 7, 14, tzinfo=UTC), lei="213800PUHEBLCWDW9T74"
    )

    assert events(found) == [(date(2026, 7, 13), Event.OTHER, "Admission to Trading")]
    assert state(strange) is State.FAILED


async def test_the_text_of_a_london_announcement_is_quoted() -> None:
    hit = {
        "publication_date": "2026-07-24T15:50:00Z",
        "type": "Miscellaneous",
        "type_code": "NEW",
        "headline": "Director / PDMR Shareholding",
        "lei": "L",
        "seq_id": "1",
        "download_link": "NSM/EQS/1.html",
    }

    def answer(asked: Asked) -> bytes | None:
        if asked.path.startswith("/search"):
            return json.dumps({"hits": {"hits": [{"_source": hit | {"headline": "Update"}}]}}).encode()
        return recorded("gb/fca_nsm_pdmr_eqs_dealing.html")

    fuller = Subject(ticker="FSTA.L", name="Fuller, Smith & Turner PLC", isin="GB00B1YPC344", country="GB")
    found = await read("uk_nsm", fuller, answer, datetime(2026, 7, 24, 20, tzinfo=UTC), lei="L")

    documents = found.filings[0].documents
    assert not isinstance(documents, Gap)
    assert "The Company has been notified of the transfer of 473 “A” Ordinary Shares" in documents[0].text
    (fact,) = dict(sift((found,), (fuller,), datetime(2026, 7, 24, 20, tzinfo=UTC)).facts)["FSTA.L"]
    assert fact.source == "FCA National Storage Mechanism Miscellaneous"


async def test_a_large_holders_form_becomes_its_share_in_percent() -> None:
    hit = {
        "publication_date": "2026-07-24T15:50:00Z", "type": "Holding(s) in Company", "type_code": "HOL",
        "headline": "Holding(s) in Company", "lei": "L", "seq_id": "1", "download_link": "NSM/RNS/1.html",
    }  # fmt: skip

    def answer(asked: Asked) -> bytes | None:
        if asked.path.startswith("/search"):
            return json.dumps({"hits": {"hits": [{"_source": hit}]}}).encode()
        return recorded("gb/fca_nsm_tr1_holding.html")

    babcock = Subject(
        ticker="BAB.L", name="Babcock International Group PLC", isin="GB0009697037", country="GB"
    )
    at = datetime(2026, 7, 24, 20, tzinfo=UTC)
    found = await read("uk_nsm", babcock, answer, at, lei="L")

    (stake,) = found.filings[0].fields
    assert isinstance(stake, Stake)
    assert (stake.holder, str(stake.percent)) == (
        "Boston Partners FKA Robeco Investment Management, Inc.",
        "3.01",
    )
    (fact,) = dict(sift((found,), (babcock,), at).facts)["BAB.L"]
    assert not isinstance(fact.excerpt, Gap)
    assert fact.excerpt.text == "Boston Partners FKA Robeco Investment Management, Inc. holds 3.01 %"
    assert fact.excerpt.made


async def test_equinors_list_of_2024_in_norwegian_and_english() -> None:
    def answer(asked: Asked) -> bytes | None:
        assert asked.method == "POST"
        if asked.path.endswith("/issuers"):
            return recorded("no/no_issuers.json")
        return recorded("no/no_message.json" if "/message?" in asked.path else "no/no_list_eqnr.json")

    equinor = Subject(ticker="EQNR.OL", name="Equinor ASA", isin="NO0010096985", country="Norway")
    found = await read("no_newsweb", equinor, answer, datetime(2024, 12, 31, tzinfo=UTC))

    assert events(found) == [
        (date(2024, 12, 30), Event.BUYBACK, "Equinor ASA: Tilbakekjøp av egne aksjer"),
        (date(2024, 12, 12), Event.INSIDER, "Equinor ASA: Meldepliktig handel"),
        (
            date(2024, 12, 5),
            Event.OTHER,
            "Equinor and Shell to create the UK's largest independent oil and gas company",
        ),
        (
            date(2024, 11, 25),
            Event.OTHER,
            "Equinor ASA: Announcement of cash dividend per share in NOK for second quarter 2024",
        ),
        (
            date(2024, 11, 18),
            Event.DIVIDEND,
            "Equinor ASA: Eks. utbytte andre kvartal 2024 i dag - Oslo Børs",
        ),
        (date(2024, 11, 15), Event.OTHER, "Financial calendar"),
        (date(2024, 10, 24), Event.RESULTS, "Equinor third quarter 2024 results"),
        (date(2024, 3, 21), Event.RESULTS, "Equinor presenterer integrert årsrapport for 2023"),
    ]  # fmt: skip
    texts = [one.documents for one in found.filings if one.reports[0].event is Event.RESULTS]
    assert all(not isinstance(text, Gap) and "Equinor ASA (OSE: EQNR" in text[0].text for text in texts)


async def test_novo_nordisk_by_its_name_in_the_danish_list() -> None:
    def answer(asked: Asked) -> bytes | None:
        if asked.path == "/config":
            return recorded("dk/dk_config.json")
        assert json.loads(asked.body)["filters"][0]["options"] == ["24256790"]
        return recorded("dk/dk_search_novo.json")

    novo = Subject(ticker="NOVO-B.CO", name="Novo Nordisk A/S", isin="DK0062498333", country="Denmark")
    found = await read("dk_oam", novo, answer, datetime(2026, 6, 16, tzinfo=UTC))

    assert events(found) == [
        (date(2026, 6, 15), Event.OTHER, "Novo Nordisk - Payments to Governments 2025"),
        (date(2026, 6, 8), Event.OTHER, "Novo Nordisk A/S - total voting rights Q2 2026"),
        (date(2026, 6, 1), Event.BUYBACK, "Novo Nordisk - own shares acquisition"),
        (date(2026, 5, 26), Event.BUYBACK, "Novo Nordisk A/S - share repurchase programme"),
        (date(2026, 2, 4), Event.RESULTS, "Novo Nordisk has published its annual report for 2025"),
        (date(2026, 2, 3), Event.RESULTS, "Novo Nordisk annual report preliminary results 2025"),
        (date(2025, 8, 6), Event.RESULTS, "Novo Nordisk half-year report H1 2025"),
    ]


async def test_nokia_in_the_finnish_table_with_its_notice() -> None:
    def answer(asked: Asked) -> bytes | None:
        if asked.method == "GET":
            return recorded("fi/fi_view.html" if asked.path.startswith("/view/") else "fi/fi_bootstrap.html")
        assert b"company=690" in asked.body
        return recorded("fi/fi_search_nokia.html")

    nokia = Subject(ticker="NOKIA.HE", name="Nokia Oyj", isin="FI0009000681", country="Finland")
    async with asyncio.timeout(10):
        found = await read("fi_oam", nokia, answer, datetime(2025, 12, 1, tzinfo=UTC))

    assert [(one.filed, one.form) for one in found.filings] == [
        (date(2025, 11, 13), "Total number of voting rights and capital"),
        (date(2025, 10, 28), "Inside information"),
        (date(2025, 10, 23), "Interim report (Q1 and Q3)"),
        (date(2025, 7, 24), "Half Year financial report"),
        (date(2025, 3, 13), "Annual Financial Report"),
    ]
    nvidia = found.filings[1]
    assert nvidia.published == datetime(2025, 10, 28, 15, 30, tzinfo=UTC)
    assert "NVIDIA to make USD 1.0 billion equity investment" in nvidia.title
    assert nvidia.reports[0].open


async def test_eni_by_its_name_in_the_italian_list() -> None:
    def answer(asked: Asked) -> bytes | None:
        if asked.method == "GET":
            companies = json.loads(recorded("it/it_companies.json"))
            # The recorded list is cut before the letter E; the number is that of the recorded documents.
            return json.dumps([*companies, {"ndg": 117, "descrizione": "ENI", "id": 0, "idRow": 0}]).encode()
        return (
            recorded("it/it_documenti.json")
            if asked.path.endswith("/Documenti")
            else b'{"recordsFiltered":0,"data":[]}'
        )

    eni = Subject(ticker="ENI.MI", name="Eni S.p.A.", isin="IT0003132476", country="Italy")
    found = await read("it_oneinfo", eni, answer, datetime(2026, 4, 24, 21, tzinfo=UTC))

    assert events(found) == [
        (date(2026, 3, 23), Event.RESULTS, "Annual Report 2025"),
        (date(2026, 3, 23), Event.RESULTS, "Relazione finanziaria annuale 2025 – Versione di cortesia"),
        (date(2026, 3, 23), Event.RESULTS, "Relazione finanziaria annuale 2025 - ESEF"),
    ]


async def test_iberdrolas_inside_information_with_the_hour_of_madrid() -> None:
    def answer(asked: Asked) -> bytes | None:
        if "resultado-ip" in asked.path:
            return recorded("es/es_resultado_ip_iberdrola.html")
        if asked.method == "GET":
            names = ("__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION")
            return "".join(f'<input name="{name}" value="x">' for name in names).encode()
        return recorded("es/es_busqueda_entidad_iberdrola.html")

    iberdrola = Subject(ticker="IBE.MC", name="Iberdrola, S.A.", isin="ES0144580Y14", country="Spain")
    found = await read("es_cnmv", iberdrola, answer, datetime(2025, 10, 1, tzinfo=UTC))

    assert state(found) is State.OK
    newest = found.filings[0]
    assert (newest.filed, newest.published) == (date(2025, 9, 24), datetime(2025, 9, 24, 10, 44, tzinfo=UTC))
    assert newest.title == (
        "Sobre planes estratégicos y previsiones: 5. Dentro de la Red: Análisis en Profundidad de las Redes."
    )
    assert newest.reports[0].event is Event.GUIDANCE
    assert newest.url.startswith("https://www.cnmv.es/webservices/verdocumento/ver?t=%7be8f49f4f")


@pytest.mark.parametrize(
    ("ticker", "name", "isin", "day", "title"),
    [
        ("ASML.AS", "ASML Holding N.V.", "NL0010273215", date(2026, 2, 25), "Annual financial report 2025"),
        ("HEIA.AS", "Heineken N.V.", "NL0000009165", date(2026, 2, 11), "Annual financial report 2025"),
        ("PCO.WA", "Pepco Group NV", "NL0015000AU7", date(2026, 6, 23), "Half-yearly financial report 2026"),
    ],
)
async def test_dutch_reports_by_name(ticker: str, name: str, isin: str, day: date, title: str) -> None:
    subject = Subject(ticker=ticker, name=name, isin=isin, country=NOT_GIVEN)

    found = await read(
        "nl_afm",
        subject,
        lambda _asked: recorded("nl/nl_export_verslaggeving.xml"),
        datetime(2026, 6, 24, tzinfo=UTC),
    )

    assert [(one.filed, one.title, one.reports[0].event) for one in found.filings] == [
        (day, title, Event.RESULTS)
    ]


async def test_swedish_dealings_as_fields_without_those_withdrawn() -> None:
    empir = Subject(ticker="EMPIR-B.ST", name="Empir Group AB", isin="SE0010769182", country="Sweden")

    found = await read(
        "se_insyn",
        empir,
        lambda _asked: recorded("se/insynsregistret_sample.csv"),
        datetime(2018, 3, 12, tzinfo=UTC),
    )
    none = await read(
        "se_insyn",
        empir,
        lambda _asked: recorded("se/insynsregistret_noTransactions.csv"),
        datetime(2018, 3, 12, tzinfo=UTC),
    )

    dealings = [field for one in found.filings for field in one.fields if isinstance(field, Dealing)]
    assert ("Alfanode AB", "VD", True, True) in [
        (one.who, one.role, one.chief, one.bought) for one in dealings
    ]
    assert ("Lars Save", "VD", True, None) in [(one.who, one.role, one.chief, one.bought) for one in dealings]
    assert {one.series for one in found.filings} == {"manager's dealing"}
    assert str(dealings[0].currency) == "SEK"
    assert state(none) is State.EMPTY


async def test_a_japanese_extraordinary_report_and_who_holds_five_percent() -> None:
    def answer(asked: Asked) -> bytes | None:
        if "2025-06-27" in asked.path:
            return recorded("jp/edinet_documents_success.json")
        return b'{"metadata": {"status": "200"}, "results": []}'

    talent = Subject(ticker="330A.T", name="TalentX", isin="JP0000000000", country="Japan")
    rengo = Subject(ticker="3941.T", name="Rengo", isin="JP3981400009", country="Japan")
    found = await read("jp_edinet", talent, answer, datetime(2025, 6, 30, tzinfo=UTC))
    other = await read("jp_edinet", rengo, answer, datetime(2025, 6, 30, tzinfo=UTC))

    assert [(one.filed, one.title, one.reports[0].event, one.reports[0].label) for one in found.filings] == [
        (date(2025, 6, 27), "臨時報告書", Event.MEETING, "extraordinary report: votes of the general meeting")
    ]
    assert events(other) == [
        (date(2025, 6, 27), Event.RESULTS, "訂正有価証券報告書－第157期(2024/04/01－2025/03/31)")
    ]
    assert other.filings[0].published == datetime(2025, 6, 27, 0, 1, tzinfo=UTC)
    assert str(found.coverage[0][1].reason).startswith("read back to 2025-0")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("edinet_auth_error.json", "EDINET does not take the key: EDINET_KEY is wrong or has expired."),
        ("edinet_bad_request.json", "EDINET answered 400 in its list."),
        ("edinet_not_found.json", "EDINET answered 404 in its list."),
    ],
)
async def test_edinets_errors_come_with_status_200_and_are_failures(file: str, said: str) -> None:
    toyota = Subject(ticker="7203.T", name="Toyota", isin="JP3633400001", country="Japan")

    found = await read(
        "jp_edinet", toyota, lambda _asked: recorded(f"jp/{file}"), datetime(2025, 6, 30, tzinfo=UTC)
    )

    assert (state(found), found.coverage[0][1].reason) == (State.FAILED, said)


async def test_samsungs_disclosures_once_the_owner_has_said_its_number() -> None:
    def answer(asked: Asked) -> bytes | None:
        if "company.json" in asked.path:
            return recorded("kr/company_samsung.json")
        answered = json.loads(recorded("kr/list_samsung.json"))
        return json.dumps(answered if "page_no=1" in asked.path else answered | {"list": []}).encode()

    samsung = Subject(
        ticker="005930.KS", name="Samsung Electronics Co., Ltd.", isin="KR7005930003", country="KR"
    )
    at = datetime(2024, 2, 1, tzinfo=UTC)
    found = await read("kr_dart", samsung, answer, at, kr_dart="00126380")
    unsaid = await read("kr_dart", samsung, answer, at)

    assert events(found) == [
        (date(2024, 1, 31), Event.OTHER, "수시공시의무관련사항(공정공시)"),
        (date(2024, 1, 31), Event.OTHER, "특수관계인과의내부거래"),
    ]
    assert (state(unsaid), str(unsaid.coverage[0][1].reason)) == (
        State.NONE,
        "its number at DART is not known; say it with `identities 005930.KS kr_dart=…`",
    )


async def test_an_annual_report_as_a_sentence_of_its_figures() -> None:
    def answer(asked: Asked) -> bytes | None:
        if asked.path.startswith("/api/"):
            listed = json.loads(recorded("eu_xbrl/filings_org_entity.json"))
            return json.dumps(listed).encode()
        return recorded("eu_xbrl/fsecure_esef_2022.json")

    fsecure = Subject(ticker="FSECURE.HE", name="F-Secure Oyj", isin="FI4000519236", country="Finland")
    at = datetime(2023, 11, 10, tzinfo=UTC)
    found = await read("eu_xbrl", fsecure, answer, at, lei="9845006BFDJF0375E466")

    assert {one.made for one in found.filings} == {
        "revenue 111.0 M EUR, operating profit 38.8 M EUR, net profit 30.2 M EUR".replace("111.0 M", "111 M")
    }
    fact = dict(sift((found,), (fsecure,), at).facts)["FSECURE.HE"][0]
    assert not isinstance(fact.excerpt, Gap)
    assert fact.excerpt.made


async def test_public_offers_by_the_name_of_the_company_concerned() -> None:
    prodways = Subject(ticker="PWG.PA", name="Prodways Group SA", isin="FR0012613610", country="France")
    lvmh = Subject(ticker="MC.PA", name="LVMH", isin="FR0000121014", country="France")
    at = datetime(2026, 5, 13, tzinfo=UTC)

    def answer(_asked: Asked) -> bytes:
        return recorded("fr/amf_bdif_informations_opa_2026-05-12.json")

    found, none = await read("fr_bdif", prodways, answer, at), await read("fr_bdif", lvmh, answer, at)

    assert [(one.filed, one.title, one.reports[0].event) for one in found.filings] == [
        (date(2026, 5, 12), "before a public offer: PRODWAYS GROUP", Event.BID_RECEIVED)
    ]
    assert state(none) is State.EMPTY


async def test_recorded_french_rows_of_2009() -> None:
    total = Subject(ticker="TTE.PA", name="TotalEnergies SE", isin="FR0000120271", country="France")

    found = await read(
        "info_financiere",
        total,
        lambda _asked: recorded("fr/oam_fr_records.json"),
        datetime(2009, 6, 1, tzinfo=UTC),
    )

    assert state(found) is State.OK
    assert len(found.filings) == 3
    first = min(found.filings, key=lambda one: one.filed)
    assert (first.filed, first.title, first.form) == (
        date(2009, 1, 14),
        "Total purchases 50% stake in AMSO",
        "Inside Information",
    )
    assert isinstance(first, Filing)
    assert first.url.endswith("FCBWR044139_20090114.pdf")
