"""Foreign issuers are found at the SEC by who they are: the registered name and a second sign, never the
ticker at home alone.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Gathering, State, Subject
from core.portfolio.identities import Certainty, Known
from providers.http import Fetcher, ResponseCache
from providers.identities.client import Register, Unwritten
from providers.sources.shape import Reach
from tests.providers.http.loopback import Loopback
from tests.providers.sources.reaching import row_of, terms_of

AS_OF = datetime(2026, 2, 12, 21, 0, tzinfo=UTC)
DATA = Path(__file__).parents[5] / "shared" / "data" / "sec"
LISTED = (
    (1089113, "HSBC", "HSBC HOLDINGS PLC"),
    (1306965, "SHEL", "Shell plc"),
    (1094517, "TM", "TOYOTA MOTOR CORP/"),
    (1596967, "MC", "Moelis & Co"),
    (1446250, "BMWKY", "Bayerische Motoren Werke AG/ADR"),
    (7, "ENT", "Enterprise plc"),
)
HSBC = Subject(ticker="HSBA.L", name="HSBC Holdings plc", isin="GB0005405286", country="United Kingdom")
TOYOTA = Subject(ticker="7203.T", name="Toyota Motor Corporation", isin="JP3633400001", country="Japan")
SHELL = Subject(ticker="SHEL.L", name="Shell plc", isin="GB00BP6MXD84", country="United Kingdom")
LVMH = Subject(
    ticker="MC.PA", name="LVMH Moët Hennessy Louis Vuitton SE", isin="FR0000121014", country="France"
)
BMW = Subject(
    ticker="BMW.DE",
    name="Bayerische Motoren Werke Aktiengesellschaft",
    isin="DE0005190003",
    country="Germany",
)
STRANGER = Subject(ticker="EPS.OL", name="Enterprise ASA", isin="NO0000000001", country="Norway")


def page(country: str, **columns: list[str]) -> str:
    rows = columns or {
        "accessionNumber": ["0000000001-26-000001"],
        "filingDate": ["2026-02-03"],
        "form": ["20-F"],
    }
    business = {"country": country, "stateOrCountryDescription": None}
    return json.dumps(
        {
            "stateOfIncorporationDescription": "DC",
            "addresses": {"business": business},
            "filings": {"recent": rows},
        }
    )


async def gather(
    web: Loopback, *subjects: Subject, notes: Unwritten | None = None, listed: bool = True
) -> tuple[Gathering, Register]:
    if listed:
        rows = {
            str(n): {"cik_str": cik, "ticker": ticker, "title": title}
            for n, (cik, ticker, title) in enumerate(LISTED)
        }
        web.serve("/files/company_tickers.json", json.dumps(rows))
    async with Fetcher(trusted=[web.url], terms=[terms_of("sec", web.url)], cache=ResponseCache()) as fetcher:
        names = Register(fetcher, notes or Unwritten(), gleif_url=None, now=lambda: AS_OF)
        source = row_of("sec").build(
            Reach(fetcher=fetcher, addresses=(web.url, web.url), identities=names, contact="me@example.org")
        )
        assert all(source.covers(subject) for subject in subjects)
        return await source.gather(subjects, AS_OF), names


async def test_the_registered_name_and_the_country_of_its_page_find_hsbc_and_toyota() -> None:
    async with Loopback() as web:
        web.serve("/submissions/CIK0001089113.json", page("United Kingdom"))
        web.serve("/submissions/CIK0001094517.json", page("Japan"))

        found, names = await gather(web, HSBC, TOYOTA)

    assert [row.state for _, row in found.coverage] == [State.OK, State.OK]
    assert [(one.ticker, one.form) for one in found.filings] == [("HSBA.L", "20-F"), ("7203.T", "20-F")]
    assert names.known("7203.T").sure("cik") == "1094517"
    assert names.known("HSBA.L").known[0].signs == ("its name (HSBC HOLDINGS PLC)", "its country (GB)")


async def test_the_name_and_the_same_letters_need_no_page() -> None:
    async with Loopback() as web:
        web.serve("/submissions/CIK0001306965.json", page("Nowhere"))

        found, names = await gather(web, SHELL)

    assert found.coverage[0][1].state is State.OK
    assert names.known("SHEL.L").known[0].signs == ("its name (Shell plc)", "its ticker (SHEL)")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (LVMH, "SEC EDGAR lists no issuer of its name"),
        # A bank's registration of receipts is no filing of the issuer's.
        (BMW, "SEC EDGAR lists no issuer of its name"),
        (STRANGER, "SEC EDGAR: one sign only fits (7); say which with `identities EPS.OL cik=…`"),
    ],
)
async def test_a_namesake_is_never_taken_for_it(subject: Subject, said: str) -> None:
    async with Loopback() as web:
        web.serve("/submissions/CIK0000000007.json", page("United Kingdom"))

        found, names = await gather(web, subject)

    assert (found.coverage[0][1].state, found.coverage[0][1].reason) == (State.NONE, said)
    assert found.filings == ()
    assert isinstance(names.known(subject.ticker).sure("cik"), Gap)


async def test_the_owners_word_is_taken_without_another_sign() -> None:
    notes = Unwritten()
    owner = Known(scheme="cik", value="7", source="the owner", certainty=Certainty.OWNER)
    Register(Fetcher(), notes, gleif_url=None, now=lambda: AS_OF).keep("EPS.OL", owner)
    async with Loopback() as web:
        web.serve("/submissions/CIK0000000007.json", page("United Kingdom"))

        found, _ = await gather(web, STRANGER, notes=notes)

    assert found.coverage[0][1].state is State.OK


async def test_a_page_that_could_not_be_looked_at_is_a_failure_and_a_damaged_one_no_sign() -> None:
    async with Loopback() as web:
        web.serve("/submissions/CIK0001089113.json", "gone", status=500)
        web.serve("/submissions/CIK0001094517.json", '{"addresses": 1}')

        found, _ = await gather(web, HSBC, TOYOTA)

    assert [row.state for _, row in found.coverage] == [State.FAILED, State.NONE]
    assert "answered 500" in str(found.coverage[0][1].reason)


async def test_without_the_list_those_known_to_be_registered_fail_and_the_others_are_not_known() -> None:
    notes = Unwritten()
    sure = Known(scheme="cik", value="1089113", source="SEC EDGAR", certainty=Certainty.SURE)
    Register(Fetcher(), notes, gleif_url=None, now=lambda: AS_OF).keep("HSBA.L", sure)
    apple = Subject(ticker="AAPL", name="Apple Inc.", isin=NOT_GIVEN, country=NOT_GIVEN)
    async with Loopback() as web:
        found, _ = await gather(web, HSBC, TOYOTA, apple, notes=notes, listed=False)

    assert [row.state for _, row in found.coverage] == [State.FAILED, State.NONE, State.FAILED]
    assert str(found.coverage[1][1].reason).startswith("its list could not be read")


async def test_a_name_that_the_sec_does_not_list_is_not_drawn_into_its_failure() -> None:
    async with Loopback() as web:
        for cik in (1089113, 1306965):
            web.serve(f"/submissions/CIK{cik:010d}.json", "gone", status=503)

        found, _ = await gather(web, HSBC, SHELL, LVMH)

    assert [row.state for _, row in found.coverage] == [State.FAILED, State.FAILED, State.NONE]


async def test_a_name_that_nobody_said_or_of_an_unknown_exchange_is_not_claimed() -> None:
    source = row_of("sec").build(
        Reach(
            fetcher=Fetcher(),
            addresses=("https://www.sec.gov", "https://data.sec.gov"),
            identities=Register(Fetcher(), Unwritten(), gleif_url=None, now=lambda: AS_OF),
        )
    )

    assert not source.covers(Subject(ticker="7203.T", name=NOT_GIVEN, isin=NOT_GIVEN, country=NOT_GIVEN))
    assert not source.covers(Subject(ticker="BTC-USD", name="Bitcoin", isin=NOT_GIVEN, country=NOT_GIVEN))


@pytest.mark.wide
@pytest.mark.skipif(not DATA.is_dir(), reason="the recorded material of ../shared/data is not here")
@pytest.mark.parametrize(
    ("subject", "cik", "forms"),
    [
        (SHELL, 1306965, {"6-K"}),
        (Subject(ticker="AZN.L", name="AstraZeneca PLC", isin="GB0009895292", country="GB"), 901832, {"6-K"}),
        (Subject(ticker="SAP.DE", name="SAP SE", isin="DE0007164600", country="Germany"), 1000184, {"6-K"}),
        (
            Subject(ticker="SHOP.TO", name="Shopify Inc.", isin="CA82509L1076", country="Canada"),
            1594805,
            {"8-K", "10-Q"},
        ),
    ],
)  # fmt: skip
async def test_recorded_lists_of_four_foreign_issuers(subject: Subject, cik: int, forms: set[str]) -> None:
    async with Loopback() as web:
        web.serve("/files/company_tickers.json", (DATA / "company_tickers.json").read_bytes())
        file = DATA / "submissions_foreign" / f"CIK{cik:010d}.json"
        web.serve(f"/submissions/CIK{cik:010d}.json", file.read_bytes())

        found, names = await gather(web, subject, listed=False)

    assert names.known(subject.ticker).sure("cik") == str(cik)
    assert found.coverage[0][1].state is State.OK
    assert forms <= {filing.form for filing in found.filings}


@pytest.mark.wide
@pytest.mark.skipif(not DATA.is_dir(), reason="the recorded material of ../shared/data is not here")
def test_of_twenty_large_foreign_names_the_recorded_list_finds_those_that_file_and_no_other() -> None:
    from providers.sources.sec.identify import directory_of

    directory = directory_of((DATA / "company_tickers.json").read_bytes())
    names = {
        "HSBA.L": "HSBC Holdings plc", "BP.L": "BP p.l.c.", "TTE.PA": "TotalEnergies SE",
        "7203.T": "Toyota Motor Corporation",
        "6758.T": "Sony Group Corporation", "8306.T": "Mitsubishi UFJ Financial Group, Inc.",
        "RY.TO": "Royal Bank of Canada",
        "RACE.MI": "Ferrari N.V.", "ASML.AS": "ASML Holding N.V.", "NOVO-B.CO": "Novo Nordisk A/S",
        "EQNR.OL": "Equinor ASA",
        "NOKIA.HE": "Nokia Oyj", "ENI.MI": "Eni S.p.A.",
        "MC.PA": "LVMH Moët Hennessy Louis Vuitton SE", "OR.PA": "L'Oréal S.A.", "ALV.DE": "Allianz SE",
        "BAS.DE": "BASF SE",
        "SIE.DE": "Siemens Aktiengesellschaft", "ENEL.MI": "Enel SpA", "UCG.MI": "UniCredit S.p.A.",
    }  # fmt: skip

    asked = (
        Subject(ticker=ticker, name=name, isin=NOT_GIVEN, country=NOT_GIVEN) for ticker, name in names.items()
    )
    found = {one.ticker: [entry.name for entry in directory.entries(one)] for one in asked}

    assert [len(entries) for entries in found.values()] == [1] * 13 + [0] * 7
