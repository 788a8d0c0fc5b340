"""EODHD and Tiingo: what they answer becomes prices in today's shares; what they refuse is said with the
setting to mend."""

import json
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.base.kind import Kind
from core.market.quote import LookUp, Quote, Split
from providers.markets.file.fields import WrongField
from providers.markets.keyed import EodhdMarket, Session, TiingoMarket, entry_of, symbol_of
from tests.providers.http.loopback import Loopback, page
from tests.providers.markets.conftest import Door

DAY = date(2026, 4, 24)
SHARED = Path(__file__).parents[4] / "shared/data"
WIDE = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")
US_LIST = [
    {
        "Code": "AAPL",
        "Name": "Apple Inc",
        "Country": "USA",
        "Currency": "USD",
        "Type": "Common Stock",
        "Isin": "US0378331005",
    },
    {
        "Code": "VOO",
        "Name": "Vanguard S&P 500 ETF",
        "Country": "USA",
        "Currency": "USD",
        "Type": "ETF",
        "Isin": None,
    },
]
ROWS = [
    {"date": "2026-04-22", "close": 1000.0, "adjusted_close": 99.5, "volume": 10},
    {"date": "2026-04-23", "close": 101.0, "adjusted_close": 101.0, "volume": 110},
    {"date": "2026-04-24", "close": 102.0, "adjusted_close": 102.0, "volume": 120},
]
ABOUT = {"ticker": "AAPL", "name": "Apple Inc", "exchangeCode": "NASDAQ"}
TRADED = [
    {"date": "2026-04-23T00:00:00.000Z", "close": 1000.0, "volume": 10, "splitFactor": 1.0},
    {"date": "2026-04-24T00:00:00.000Z", "close": 102.0, "volume": 120, "splitFactor": 10.0},
]


@pytest.fixture
async def web() -> AsyncIterator[Loopback]:
    """Answers by the path alone, whatever the query asks."""
    async with Loopback() as served:
        served.by_path = True
        yield served


def serve(web: Loopback, path: str, body: Any, status: int = 200) -> None:
    web.serve(path, body if isinstance(body, (bytes, str)) else json.dumps(body), status=status)


@pytest.fixture
def eodhd(web: Loopback, door: Door) -> EodhdMarket:
    return EodhdMarket(door(web.url), web.url, "secret-key")


@pytest.fixture
def tiingo(web: Loopback, door: Door) -> TiingoMarket:
    return TiingoMarket(door(web.url), web.url, "secret-key")


async def test_eodhd_gives_price_currency_kind_and_history_in_todays_shares(
    web: Loopback, eodhd: EodhdMarket
) -> None:
    serve(web, "/api/exchange-symbol-list/US", US_LIST)
    serve(web, "/api/eod/AAPL.US", ROWS)
    serve(web, "/api/eod/VOO.US", ROWS[1:])

    apple, fund = await eodhd.look_up(("aapl", "VOO"), DAY)

    assert (apple.state, apple.reason, apple.name, apple.isin) == (LookUp.OK, "", "Apple Inc", "US0378331005")
    assert apple.quote == Quote(
        ticker="AAPL", price=Decimal(102), currency="USD", day=DAY, source="eodhd", previous=Decimal(101)
    )
    assert [point.close for point in apple.history] == [Decimal(100), Decimal(101), Decimal(102)]
    assert apple.splits == (Split(day=date(2026, 4, 23), ratio=Decimal(10)),)
    assert (fund.state, fund.kind) == (LookUp.OK, Kind.FUND)
    asked = [each.path for each in web.asked]
    assert sum("exchange-symbol-list" in path for path in asked) == 1
    assert "api_token=secret-key" in asked[-1]
    assert "to=2026-04-24" in asked[-1]


async def test_eodhd_tells_not_listed_from_no_such_exchange(web: Loopback, eodhd: EodhdMarket) -> None:
    serve(web, "/api/exchange-symbol-list/US", US_LIST)
    serve(web, "/api/eod/AAPL.US", ROWS)

    unknown, elsewhere, apple = await eodhd.look_up(("NOPE", "7203.T", "AAPL"), DAY)

    assert (unknown.state, unknown.reason) == (LookUp.EMPTY, "the source lists no NOPE at US")
    assert (elsewhere.state, elsewhere.reason) == (
        LookUp.FAILED,
        "EODHD has no exchange for names that end in .T",
    )
    assert apple.state is LookUp.OK


@pytest.mark.parametrize(
    ("ticker", "symbol"),
    [
        ("AAPL", ("AAPL", "US")),
        ("BRK-B", ("BRK-B", "US")),
        ("AZN.L", ("AZN", "LSE")),
        ("SAP.DE", ("SAP", "XETRA")),
        ("MC.PA", ("MC", "PA")),
        ("BHP.AX", ("BHP", "AU")),
        ("^GSPC", ("GSPC", "INDX")),
    ],
)
def test_a_ticker_is_asked_for_at_its_exchange(ticker: str, symbol: tuple[str, str]) -> None:
    assert symbol_of(ticker) == symbol


async def test_tiingo_gives_closes_in_todays_shares_by_its_split_factors(
    web: Loopback, tiingo: TiingoMarket
) -> None:
    serve(web, "/tiingo/daily/AAPL", ABOUT)
    serve(web, "/tiingo/daily/AAPL/prices", TRADED)

    (record,) = await tiingo.look_up(("AAPL",), DAY)

    assert (record.state, record.name) == (LookUp.OK, "Apple Inc")
    assert record.quote == Quote(
        ticker="AAPL", price=Decimal(102), currency="USD", day=DAY, source="tiingo", previous=Decimal(100)
    )
    assert [point.close for point in record.history] == [Decimal(100), Decimal(102)]
    assert record.splits == (Split(day=DAY, ratio=Decimal(10)),)
    assert web.asked[0].headers["authorization"] == "Token secret-key"
    assert "secret-key" not in web.asked[0].path


async def test_tiingo_knows_american_listings_only(web: Loopback, tiingo: TiingoMarket) -> None:
    serve(web, "/tiingo/daily/AAPL", ABOUT)
    serve(web, "/tiingo/daily/AAPL/prices", TRADED)
    serve(web, "/tiingo/daily/NOPE", {"detail": "Not found."}, 404)

    unknown, foreign, _apple = await tiingo.look_up(("NOPE", "AZN.L", "AAPL"), DAY)

    assert (unknown.state, unknown.reason) == (LookUp.EMPTY, "the source does not know it")
    assert (foreign.state, foreign.reason) == (LookUp.FAILED, "Tiingo has American listings only")


@pytest.mark.parametrize("build", [EodhdMarket, TiingoMarket])
@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, "Unauthenticated", "refuses the key (401): check MARKET_KEY."),
        (403, '{"detail":"You do not have permission"}', "refuses the key (403): check MARKET_KEY."),
        (402, "limit", "used up"),
        (429, "slow down", "limits its requests"),
        (200, "<html>busy</html>", "is not JSON"),
        (200, '{"detail": "odd"}', "could not be asked"),
        (503, "", "answered 503"),
    ],
)
async def test_a_refusal_or_a_page_fails_the_source_in_one_sentence(
    web: Loopback, door: Door, build: Any, status: int, body: str, said: str
) -> None:
    web.fallback = page(body.encode(), status=status)

    with pytest.raises(SourceFailed) as caught:
        await build(door(web.url), web.url, "secret-key").look_up(("AAPL", "VOO"), DAY)

    assert said in str(caught.value)
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ([("10", "10"), ("10", "10")], []),
        ([("10", "9.8"), ("10", "10")], []),  # a dividend
        ([("12.5", "10"), ("10", "10")], ["1.25"]),
        ([("30", "10"), ("10", "10")], ["3"]),
        ([("1", "10"), ("10", "10")], ["0.1"]),
        ([("30.3", "9.9"), ("10", "10")], ["3"]),  # a dividend on the way
    ],
)
def test_a_split_is_seen_in_the_step_between_traded_and_adjusted(
    closes: list[tuple[str, str]], expected: list[str]
) -> None:
    days = ("2026-04-23", "2026-04-24")
    sessions = [
        Session(day=day, close=close, adjusted=adjusted)
        for day, (close, adjusted) in zip(days, closes, strict=True)
    ]

    entry = entry_of({}, sessions)

    splits = entry["splits"]
    assert isinstance(splits, list)
    assert [Decimal(each["ratio"]) for each in splits] == [Decimal(ratio) for ratio in expected]


def test_a_split_that_is_none_is_refused() -> None:
    sessions = [Session(day="2026-04-23", close="10"), Session(day="2026-04-24", close="10", split="0")]

    with pytest.raises(WrongField, match="the split of 2026-04-24"):
        entry_of({}, sessions)


@WIDE
@pytest.mark.wide
async def test_the_recorded_answers_of_both_are_read(
    web: Loopback, eodhd: EodhdMarket, tiingo: TiingoMarket
) -> None:
    recorded = SHARED / "prices_keyed"
    listed = json.loads((recorded / "eodhd/exchange_symbol_list.json").read_bytes())
    bhp = {"Code": "BHP", "Name": "BHP Group Limited", "Currency": "AUD", "Type": "Common Stock"}
    serve(web, "/api/exchange-symbol-list/AU", [*listed, bhp])
    serve(web, "/api/eod/BHP.AU", (recorded / "eodhd/eod_data.json").read_bytes())
    serve(web, "/tiingo/daily/GOOGL", (SHARED / "market/tiingo/ticker_metadata_0.json").read_bytes())
    serve(web, "/tiingo/daily/GOOGL/prices", (recorded / "tiingo/ticker_price_with_date.json").read_bytes())

    (miner,) = await eodhd.look_up(("BHP.AX",), date(2025, 10, 3))
    (google,) = await tiingo.look_up(("GOOGL",), date(2015, 1, 5))

    assert (miner.state, miner.currency) == (LookUp.OK, "AUD")
    assert isinstance(google.quote, Quote)
    assert (google.quote.price, google.quote.currency) == (Decimal("519.46"), "USD")
    assert str(google.name).startswith("Alphabet")
