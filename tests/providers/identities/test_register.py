"""The register of identities: two signs or no LEI, asked once, and the owner's word kept."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.facts.fact import Subject
from core.portfolio.holding import Unnamed
from core.portfolio.identities import Certainty, Known, Listing
from providers.http import Fetcher
from providers.identities.client import Register, Unwritten
from tests.providers.http.loopback import Loopback

RECORDED = Path(__file__).parents[2] / "recordings" / "gleif"
SAP = Subject(ticker="SAP.DE", name="SAP SE", isin="DE0007164600", country="Germany")
NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
BY_ISIN = "/api/v1/lei-records?filter[isin]=DE0007164600&page[number]=1&page[size]=5"
BY_NAME = "/api/v1/lei-records?filter[entity.legalName]=SAP%20SE&page[number]=1&page[size]=20"
SAP_LEI = "529900D6BF99LW9R2E68"


class Days:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def register(
    fetcher: Fetcher, web: Loopback, notes: Unwritten, now: Days | None = None, key: str = ""
) -> Register:
    return Register(fetcher, notes, gleif_url=web.url, now=now or Days(), figi_url=web.url, figi_key=key)


def unnamed(isin: str, name: str | Gap = NOT_GIVEN) -> Unnamed:
    told = {"symbol": NOT_GIVEN, "currency": NOT_GIVEN, "exchange": NOT_GIVEN}
    return Unnamed(identity=isin, name=name, quantity=Decimal(1), kind=Kind.EQUITY, held=True, **told)


def record(
    lei: str, name: str, *, country: str = "DE", status: str = "ACTIVE", category: str = "GENERAL"
) -> dict[str, object]:
    entity = {
        "legalName": {"name": name, "language": "de"},
        "legalAddress": {"country": country},
        "category": category,
        "status": status,
    }
    return {
        "type": "lei-records",
        "id": lei,
        "attributes": {"lei": lei, "entity": entity, "registration": {"status": "LAPSED"}},
    }


async def test_the_recorded_answer_for_an_isin_gives_its_lei_which_is_asked_for_once() -> None:
    notes = Unwritten()
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, (RECORDED / "isin_sap.json").read_bytes())

        together = await asyncio.gather(*(register(fetcher, web, notes).lei(SAP) for _ in range(1)))
        one = register(fetcher, web, notes)
        again = await asyncio.gather(one.lei(SAP), one.lei(SAP), one.lei(SAP))

        assert {*together, *again} == {SAP_LEI}
        assert len(web.asked) == 1
    assert register(Fetcher(), Loopback(url="http://x"), notes).known("SAP.DE").known[0].signs == (
        "its name (SAP SE)",
        "its country (DE)",
        "its ISIN (DE0007164600)",
    )


async def test_several_that_ask_side_by_side_cost_one_request() -> None:
    async with Loopback(latency=0.05) as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, (RECORDED / "isin_sap.json").read_bytes())
        one = register(fetcher, web, Unwritten())

        found = await asyncio.gather(*(one.lei(SAP) for _ in range(5)))

        assert found == [SAP_LEI] * 5
        assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([record("L1", "SAP Fonds", category="FUND")], "its ISIN is that of a fund"),
        ([record("L1", "SAP SE", status="INACTIVE")], "GLEIF says that SAP SE no longer exists"),
        ([], "GLEIF lists no issuer of its name"),
        ([record("L1", "SAP SE"), record("L2", "SAP AG")], "GLEIF: several issuers fit (L1 or L2)"),
    ],
)
async def test_what_gives_no_lei_is_said_and_not_asked_again_for_a_month(
    rows: list[dict[str, object]], said: str
) -> None:
    days = Days()
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, json.dumps({"data": rows}))
        one = register(fetcher, web, Unwritten(), days)

        first, second = await one.lei(SAP), await one.lei(SAP)
        days.now = NOW + timedelta(days=31)
        third = await one.lei(SAP)

        assert isinstance(first, Gap)
        assert first.reason.startswith(said)
        assert first == second == third
        assert len(web.asked) == 2


async def test_a_lapsed_registration_still_names_its_entity() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, json.dumps({"data": [record("L1", "SAP SE")]}))

        assert await register(fetcher, web, Unwritten()).lei(SAP) == "L1"


async def test_without_an_isin_the_name_and_the_country_must_single_it_out() -> None:
    nameonly = Subject(ticker="SAP.DE", name="SAP SE", isin=NOT_GIVEN, country="Germany")
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_NAME, (RECORDED / "name_sap.json").read_bytes())

        found = await register(fetcher, web, Unwritten()).lei(nameonly)

    assert found == SAP_LEI


async def test_a_name_that_twenty_share_is_none() -> None:
    nameonly = Subject(ticker="SAP.DE", name="SAP SE", isin=NOT_GIVEN, country="Germany")
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        rows = [record(f"L{number}", "SAP SE", country="FR") for number in range(20)]
        web.serve(BY_NAME, json.dumps({"data": rows}))

        found = await register(fetcher, web, Unwritten()).lei(nameonly)

    assert found == Gap(gap="GLEIF knows 20 or more of that name")


async def test_a_nameless_name_without_isin_is_not_looked_for() -> None:
    nobody = Subject(ticker="X", name=NOT_GIVEN, isin=NOT_GIVEN, country=NOT_GIVEN)
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        found = await register(fetcher, web, Unwritten()).lei(nobody)

        assert found == Gap(gap="not looked for at GLEIF: neither its ISIN nor its name is known")
        assert web.asked == []


@pytest.mark.parametrize("body", ["<html>Are you human?</html>", "{}", '{"data": [{}]}', '{"data": 1}'])
async def test_a_page_instead_of_records_is_a_failure_and_not_an_unknown_name(body: str) -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, body)

        with pytest.raises(SourceFailed, match="GLEIF answered with something else than its records"):
            await register(fetcher, web, Unwritten()).lei(SAP)


async def test_switched_off_it_asks_nobody_and_uses_what_the_owner_said() -> None:
    notes = Unwritten()
    off = Register(Fetcher(), notes, gleif_url=None, now=Days())

    assert await off.lei(SAP) == Gap(gap="no lei is known for SAP.DE")
    off.keep("SAP.DE", Known(scheme="lei", value="MINE", source="the owner", certainty=Certainty.OWNER))
    assert await off.lei(SAP) == "MINE"


async def test_what_was_forgotten_is_asked_anew() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(BY_ISIN, json.dumps({"data": [record("L1", "SAP SE")]}))
        one = register(fetcher, web, Unwritten())
        one.keep("SAP.DE", Known(scheme="lei", value="WRONG", source="x", certainty=Certainty.OWNER))

        before = await one.lei(SAP)
        one.forget("SAP.DE", "lei")

        assert (before, await one.lei(SAP)) == ("WRONG", "L1")


def mapping(*rows: tuple[str, str, str]) -> str:
    data = [
        {"exchCode": code, "ticker": ticker, "name": name, "marketSector": "Equity", "shareClassFIGI": "BBG1"}
        for code, ticker, name in rows
    ]
    lines = [{**data[0], "ticker": "SAABBGBX", "shareClassFIGI": None}]
    return json.dumps([{"data": [*data, *lines]}])


async def test_an_isin_resolves_to_its_listings_with_exchange_currency_and_certainty() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve(
            "/v3/mapping",
            mapping(
                ("SS", "SAABB", "SAAB AB"),
                ("GY", "SDV1", "SAAB AB-B"),
                ("GY", "SDV1", "SAAB AB-B"),
                ("QX", "Z", "SAAB AB"),
            ),
        )

        found = await register(fetcher, web, Unwritten(), key="secret").find(
            unnamed("SE0021921269", "Saab AB (publ)")
        )

        assert found == (
            Listing(
                ticker="SDV1.DE",
                exchange="Xetra",
                currency="EUR",
                name="SAAB AB-B",
                source="OpenFIGI",
                certainty=Certainty.ONE,
            ),
            Listing(
                ticker="SAABB.ST",
                exchange="Stockholm",
                currency="SEK",
                name="SAAB AB",
                source="OpenFIGI",
                certainty=Certainty.SURE,
            ),
        )
        assert (web.asked[0].method, web.asked[0].headers["x-openfigi-apikey"]) == ("POST", "secret")
        assert json.loads(web.asked[0].body) == [{"idType": "ID_ISIN", "idValue": "SE0021921269"}]


async def test_without_the_owners_key_nothing_is_asked() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        assert await register(fetcher, web, Unwritten()).find(unnamed("SE0021921269")) == ()
        assert web.asked == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ('[{"error": "Invalid idValue format."}]', 200, "refused the ISIN"),
        ("Invalid API key.", 401, "OpenFIGI answered 401"),
        ("<html></html>", 200, "something else than a mapping"),
        ("[]", 200, "something else than a mapping"),
        ('[{"data": [{}]}]', 200, "something else than a mapping"),
    ],
)
async def test_not_being_able_to_look_is_a_failure_and_never_no_listing(
    body: str, status: int, said: str
) -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/v3/mapping", body, status=status)

        with pytest.raises(SourceFailed, match=said):
            await register(fetcher, web, Unwritten(), key="k").find(unnamed("SE0021921269"))


async def test_an_isin_that_openfigi_does_not_know_has_no_listing() -> None:
    async with Loopback() as web, Fetcher(trusted=[web.url]) as fetcher:
        web.serve("/v3/mapping", '[{"warning": "No identifier found."}]')

        assert await register(fetcher, web, Unwritten(), key="k").find(unnamed("SE0021921269")) == ()
