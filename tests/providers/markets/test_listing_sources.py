"""Every source of listings, held to the one promise of the port: known ones, () for none, SourceFailed when
it cannot be asked."""

import asyncio
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN
from core.base.kind import Kind
from core.portfolio.holding import Unnamed
from core.portfolio.identities import Certainty
from core.ports import ListingSource
from providers.http import Fetcher
from providers.identities.client import Register, Unwritten
from providers.markets.file.client import FileMarket
from providers.markets.yahoo.client import YahooMarket
from tests.providers.http.loopback import Asked, Loopback, page
from tests.providers.markets.conftest import Door

ENTRIES = [
    {
        "ticker": "AI.PA",
        "isin": "FR0000120073",
        "currency": "EUR",
        "name": "Air Liquide S.A.",
        "aliases": ["L'Air Liquide"],
    },
    {"ticker": "AIL.DE", "isin": "FR0000120073", "currency": "EUR", "name": "Air Liquide S.A."},
    {"ticker": "MC.PA", "currency": "EUR", "name": "LVMH"},
    {"ticker": "X.QQ", "name": "Elsewhere"},
]
FOUND = {
    "quotes": [
        {"symbol": "AI.PA", "exchDisp": "Paris", "quoteType": "EQUITY", "longname": "L'Air Liquide S.A."},
        {"symbol": "AIQUY", "exchDisp": "OTC", "quoteType": "EQUITY", "shortname": "Air Liquide ADR"},
        {"symbol": "AI=F", "quoteType": "FUTURE"},
        {"symbol": "not a ticker", "quoteType": "EQUITY"},
        "nothing",
    ]
}


def what(identity: str = "FR0000120073", **more: Any) -> Unnamed:
    told = {"name": NOT_GIVEN, "symbol": NOT_GIVEN, "currency": NOT_GIVEN, "exchange": NOT_GIVEN}
    return Unnamed(identity=identity, quantity=Decimal(1), kind=Kind.EQUITY, held=True, **{**told, **more})


@pytest.fixture
def market(tmp_path: Path) -> FileMarket:
    path = tmp_path / "market.json"
    path.write_text(json.dumps({"source": "test", "names": ENTRIES}), encoding="utf-8")
    return FileMarket(path)


@pytest.mark.parametrize(
    ("asked", "listings"),
    [
        (
            what(),
            [("AI.PA", "Euronext Paris", "EUR", Certainty.SURE), ("AIL.DE", "Xetra", "EUR", Certainty.SURE)],
        ),
        (
            what("Air Liquide", name="L'Air Liquide"),
            [("AI.PA", "Euronext Paris", "EUR", Certainty.ONE), ("AIL.DE", "Xetra", "EUR", Certainty.ONE)],
        ),
        (what("MC (EUR)", symbol="MC", name="LVMH"), [("MC.PA", "Euronext Paris", "EUR", Certainty.SURE)]),
        (what("MC (EUR)", symbol="MC"), [("MC.PA", "Euronext Paris", "EUR", Certainty.ONE)]),
        (what("Elsewhere", name="Elsewhere"), [("X.QQ", "", NOT_GIVEN, Certainty.ONE)]),
        (what("DE0007164600"), []),
    ],
)
async def test_a_market_file_knows_its_own_isins_then_names_and_symbols(
    market: FileMarket, asked: Any, listings: Any
) -> None:
    found = await market.find(asked)

    assert [(each.ticker, each.exchange, each.currency, each.certainty) for each in found] == listings


async def test_a_csv_market_file_has_an_isin_column_too(tmp_path: Path) -> None:
    path = tmp_path / "market.csv"
    path.write_text(
        "ticker,currency,price,day,isin\nAI.PA,EUR,170,2026-04-24,FR0000120073\n", encoding="utf-8"
    )

    assert [each.ticker for each in await FileMarket(path).find(what())] == ["AI.PA"]


async def test_a_market_file_that_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed):
        await FileMarket(tmp_path / "none.json").find(what())


async def test_yahoos_search_is_asked_for_the_isin_and_sure_only_where_the_name_agrees_too(
    door: Door,
) -> None:
    async with Loopback(fallback=page(json.dumps(FOUND).encode())) as web:
        found = await YahooMarket(door(web.url), web.url).find(what(name="Air Liquide"))
        nameless = await YahooMarket(door(web.url), web.url).find(what())

    assert [(each.ticker, each.exchange, each.currency, each.certainty) for each in found] == [
        ("AI.PA", "Paris", "EUR", Certainty.SURE),
        ("AIQUY", "OTC", "USD", Certainty.SURE),
    ]
    assert [each.certainty for each in nameless] == [Certainty.ONE, Certainty.ONE]
    assert all("q=FR0000120073" in asked.path for asked in web.asked)
    assert len(web.asked) == 2


async def test_where_yahoo_knows_no_isin_as_was_recorded_the_name_is_asked_for(door: Door) -> None:
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        found = {"count": 0, "quotes": []} if "NO0010123060" in asked.path else FOUND
        await page(json.dumps(found).encode())(asked, writer)

    async with Loopback(fallback=answer) as web:
        asked = what("NO0010123060", name="Air Products", symbol="AIQUY")
        found = await YahooMarket(door(web.url), web.url).find(asked)
        nameless = await YahooMarket(door(web.url), web.url).find(what("NO0010123060"))

    assert [(each.ticker, each.certainty) for each in found] == [
        ("AI.PA", Certainty.ONE),
        ("AIQUY", Certainty.ONE),
    ]
    assert nameless == ()


async def test_yahoos_search_by_name_is_sure_only_where_the_symbol_agrees_too(door: Door) -> None:
    async with Loopback(fallback=page(json.dumps(FOUND).encode())) as web:
        found = await YahooMarket(door(web.url), web.url).find(what("Air", name="L'Air Liquide", symbol="ai"))
        other = await YahooMarket(door(web.url), web.url).find(what("Air", name="Air Liquide"))

    assert [each.certainty for each in found] == [Certainty.SURE, Certainty.ONE]
    assert [each.certainty for each in other] == [Certainty.ONE, Certainty.ONE]


@pytest.mark.parametrize("body", [b"{}", b'{"quotes": 5}', b"[]"])
async def test_a_search_that_finds_nothing_gives_nothing(door: Door, body: bytes) -> None:
    async with Loopback(fallback=page(body)) as web:
        assert await YahooMarket(door(web.url), web.url).find(what()) == ()


async def test_a_search_that_cannot_be_asked_raises(door: Door) -> None:
    with pytest.raises(SourceFailed, match="Yahoo's search could not be asked"):
        await YahooMarket(door("http://127.0.0.1:9"), "http://127.0.0.1:9").find(what())


async def test_the_register_is_asked_for_isins_alone_and_only_with_a_key(market: FileMarket) -> None:
    fetcher = Fetcher()
    keyless = Register(fetcher, Unwritten(), gleif_url=None, now=datetime.now)
    keyed = Register(
        fetcher, Unwritten(), gleif_url=None, now=datetime.now, figi_url="http://127.0.0.1:9", figi_key="k"
    )

    assert await keyless.find(what()) == await keyed.find(what("Air Liquide", name="Air Liquide")) == ()
    with pytest.raises(SourceFailed):
        await keyed.find(what())
    assert isinstance(keyed, ListingSource)
    assert isinstance(market, ListingSource)
