"""The same promises for every MarketSource and FxSource: see the docstrings of core.ports."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.market.quote import LookUp, MarketRecord, Quote
from core.ports import FxSource, MarketSource
from providers.http import Fetcher
from providers.markets.ecb.client import EcbRates
from providers.markets.file.client import FileMarket
from providers.markets.keyed import EodhdMarket
from providers.markets.last import LastPrices
from providers.markets.yahoo.client import YahooMarket

DAY = date(2026, 4, 24)
RATES = Path(__file__).parents[2] / "bot/demo/recordings/fx/stats/eurofxref/eurofxref-hist-90d.xml"

# ticker -> (currency as quoted, the closes of the last days, the day of the last one)
NAMES = {
    "AAPL": ("USD", ["270.0", "271.06"], DAY),
    "AZN.L": ("GBp", ["14492", "13956"], DAY),
    "MC.PA": ("EUR", ["474.3", "475.2"], DAY - timedelta(days=1)),
    "OLD": ("EUR", ["10", "11"], DAY - timedelta(days=30)),
    "JUMP": ("EUR", ["10", "1000"], DAY),
    "ZERO": ("EUR", ["10", "0"], DAY),
}


def bars(name: str) -> list[tuple[date, str]]:
    _currency, closes, last = NAMES[name]
    return [(last - timedelta(days=len(closes) - 1 - index), close) for index, close in enumerate(closes)]


class NothingStored:
    def last_quotes(self, day: date) -> tuple[Quote, ...]:
        return ()


@asynccontextmanager
async def served(answer: Callable[[str], tuple[int, bytes]]) -> AsyncIterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(unquote(urlsplit(self.path).path))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def _yahoo_answer(path: str) -> tuple[int, bytes]:
    if path.endswith("getcrumb"):
        return 200, b"crumb"
    name = path.rpartition("/")[2]
    if "/chart/" not in path or name not in NAMES:
        return 404, b'{"chart":{"error":{"code":"Not Found","description":"No data found"}}}'
    at = [int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) for day, _ in bars(name)]
    closes = [float(close) for _, close in bars(name)]
    meta = {
        "currency": NAMES[name][0],
        "exchangeTimezoneName": "UTC",
        "instrumentType": "EQUITY",
        "regularMarketTime": at[-1],
        "regularMarketPrice": closes[-1],
    }
    result = {"meta": meta, "timestamp": at, "indicators": {"quote": [{"close": closes}]}}
    return 200, json.dumps({"chart": {"result": [result], "error": None}}).encode()


PLACES = {"": "US", "L": "LSE", "PA": "PA"}  # as EODHD names the exchanges of these endings


def _eodhd_answer(path: str) -> tuple[int, bytes]:
    placed = {name: (name.partition(".")[0], PLACES[name.partition(".")[2]]) for name in NAMES}
    last = path.rpartition("/")[2]
    if "/exchange-symbol-list/" in path:
        rows: list[dict[str, object]] = [
            {
                "Code": code,
                "Name": name,
                "Currency": NAMES[name][0].replace("GBp", "GBX"),
                "Type": "Common Stock",
            }
            for name, (code, exchange) in placed.items()
            if exchange == last
        ]
        return 200, json.dumps(rows).encode()
    name = next(name for name, (code, exchange) in placed.items() if f"{code}.{exchange}" == last)
    rows = [
        {"date": str(day), "close": float(close), "adjusted_close": float(close)} for day, close in bars(name)
    ]
    return 200, json.dumps(rows).encode()


def _file(folder: Path) -> FileMarket:
    entries = [
        {
            "ticker": name,
            "currency": NAMES[name][0],
            "price": bars(name)[-1][1],
            "day": str(bars(name)[-1][0]),
            "history": [[str(day), close] for day, close in bars(name)[:-1]],
        }
        for name in NAMES
    ]
    path = folder / "market.json"
    path.write_text(json.dumps({"names": entries}))
    return FileMarket(path)


@pytest.fixture(params=["file", "yahoo", "eodhd", "last prices around a file"])
async def market(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MarketSource]:
    if request.param == "yahoo":
        async with served(_yahoo_answer) as url, Fetcher(trusted=[url]) as fetcher:
            yield YahooMarket(fetcher, url)
    elif request.param == "eodhd":
        async with served(_eodhd_answer) as url, Fetcher(trusted=[url]) as fetcher:
            yield EodhdMarket(fetcher, url, "key")
    elif request.param == "file":
        yield _file(tmp_path)
    else:
        yield LastPrices(_file(tmp_path), NothingStored())


async def test_every_source_answers_every_name_in_the_asked_order(market: MarketSource) -> None:
    asked = ("ZERO", "NOWHERE", "AZN.L", "AAPL")

    records = await market.look_up(asked, DAY)

    assert tuple(record.ticker for record in records) == asked


async def test_every_source_gives_prices_in_whole_units_with_their_age(market: MarketSource) -> None:
    astra, lvmh = await market.look_up(("AZN.L", "MC.PA"), DAY)

    assert isinstance(astra.quote, Quote)
    assert isinstance(lvmh.quote, Quote)
    assert (astra.state, astra.quote.price, astra.quote.currency) == (LookUp.OK, Decimal("139.56"), "GBP")
    assert (lvmh.state, lvmh.quote.price, lvmh.quote.stale_sessions) == (LookUp.STALE, Decimal("475.2"), 1)


@pytest.mark.parametrize(
    ("ticker", "state", "words"),
    [
        ("NOWHERE", LookUp.EMPTY, ""),
        ("OLD", LookUp.FAILED, "the last price is of 2026-03-25"),
        ("JUMP", LookUp.FAILED, "without a split"),
        ("ZERO", LookUp.FAILED, "the price is 0, and a price is positive"),
    ],
)
async def test_every_source_says_why_there_is_no_price(
    market: MarketSource, ticker: str, state: LookUp, words: str
) -> None:
    record, other = await market.look_up((ticker, "AAPL"), DAY)

    assert (record.state, isinstance(record.quote, Gap)) == (state, True)
    assert record.reason
    assert words in record.reason.replace(".0,", ",")
    assert other.state is LookUp.OK


async def test_every_source_gives_history_oldest_first_and_none_of_later_days(market: MarketSource) -> None:
    (record,) = await market.look_up(("AAPL",), DAY - timedelta(days=1))

    assert [point.day for point in record.history] == [DAY - timedelta(days=1)]
    assert _is_usable(record)


def _is_usable(record: MarketRecord) -> bool:
    return isinstance(record.quote, Quote) and record.quote.day <= DAY - timedelta(days=1)


@pytest.fixture(params=["/stats/eurofxref", "/own/rates.xml"])
async def rates(request: pytest.FixtureRequest) -> AsyncIterator[FxSource]:
    """The folder of the bank, and the address of one file."""
    body = RATES.read_bytes()
    async with (
        served(lambda path: (200, body) if "90d" in path or "/own/" in path else (404, b"")) as url,
        Fetcher(trusted=(url,)) as fetcher,
    ):
        yield EcbRates(fetcher, url + request.param)


async def test_every_rate_source_gives_the_last_published_day_with_its_age(rates: FxSource) -> None:
    table = await rates.rates(DAY)

    assert (table.day, table.stale_sessions) == (date(2026, 4, 13), 9)
    assert {rate.currency: rate.per_euro for rate in table.rates}["GBP"] == Decimal("0.87058")


async def test_every_rate_source_fails_rather_than_give_an_empty_table(rates: FxSource) -> None:
    with pytest.raises(SourceFailed):
        await rates.rates(date(2020, 1, 1))
