"""The regulator's frames: one request a concept, merged into what a market source found."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import LookUp, MarketRecord, Measure, Quote
from providers.http import Fetcher
from providers.markets.file.entries import failed
from providers.markets.frames.client import WithFrames, read_frame

DAY = date(2026, 4, 24)
FACTS = Path(__file__).parents[4] / "shared/data/sec/companyfacts/CIK0000320193.json"
APPLE, BANK, LATE = 320193, 19617, 1045810


class Regulator:
    """Frames by tag and period; every frame that is not there is 404, as the regulator has it."""

    def __init__(self) -> None:
        tickers = {
            "0": {"cik_str": APPLE, "ticker": "AAPL"},
            "1": {"cik_str": BANK, "ticker": "jpm"},
            "2": {"cik_str": LATE, "ticker": "NVDA"},
            "3": 5,
        }
        self.bodies: dict[str, bytes] = {"/files/company_tickers.json": json.dumps(tickers).encode()}
        self.asked: list[str] = []
        self.url = ""

    def tell(
        self, tag: str, period: str, values: dict[int, Any], unit: str = "USD", end: str | None = None
    ) -> None:
        year = period[2:6]
        rows = [
            {"cik": cik, "val": value, "end": end or f"{year}-09-27", "accn": "x"}
            for cik, value in values.items()
        ]
        self.bodies[f"/api/xbrl/frames/us-gaap/{tag}/{unit}/{period}.json"] = json.dumps(
            {"data": rows}
        ).encode()


@pytest.fixture
def sec() -> Iterator[Regulator]:
    served = Regulator()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            body = served.bodies.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"not found")

        def log_message(self, *_: object) -> None:
            return None

    class Server(ThreadingHTTPServer):
        request_queue_size = 64  # the concepts are asked for side by side

    server = Server(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Source:
    """A market source that found a price for each name, quoted in dollars unless the ticker has a suffix."""

    sector: str = "Technology"
    name: str = "told"

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        return tuple(self._record(ticker, day) for ticker in tickers)

    def _record(self, ticker: str, day: date) -> MarketRecord:
        if ticker == "GONE":
            return failed(ticker, "no price")
        currency = "GBP" if ticker.endswith(".L") else "USD"
        return replace(
            failed(ticker, ""),
            state=LookUp.OK,
            kind=Kind.FUND if ticker == "VOO" else Kind.EQUITY,
            quote=Quote(ticker=ticker, price=Decimal(100), currency=currency, day=day, source="told"),
            sector=self.sector,
            measures=(
                Measure(name="market_cap", value=Decimal(4000), unit="USD"),
                Measure(name="roe", value=Decimal(1), unit="percent"),
            ),
        )


async def looked_up(
    sec: Regulator, *tickers: str, source: Source | None = None, day: date = DAY
) -> list[MarketRecord]:
    async with Fetcher(trusted=(sec.url,)) as fetcher:
        market = WithFrames(source or Source(), fetcher, base_url=sec.url, data_url=sec.url + "/")
        return list(await market.look_up(tickers, day))


def told(sec: Regulator) -> Regulator:
    sec.tell("NetIncomeLoss", "CY2025", {APPLE: 150, BANK: 90})
    sec.tell("NetIncomeLoss", "CY2024", {LATE: 70})
    sec.tell("RevenueFromContractWithCustomerExcludingAssessedTax", "CY2025", {APPLE: 1000})
    sec.tell("Revenues", "CY2025", {APPLE: 7, BANK: 500})
    sec.tell("GrossProfit", "CY2025", {APPLE: 400})
    sec.tell("OperatingIncomeLoss", "CY2025", {APPLE: 200})
    sec.tell("Assets", "CY2025Q4I", {APPLE: 2000, BANK: 9000})
    sec.tell("StockholdersEquity", "CY2025Q4I", {APPLE: 600, BANK: 900})
    for year, earnings in ((2025, 6), (2024, 5), (2023, 4), (2022, 5)):
        sec.tell("EarningsPerShareDiluted", f"CY{year}", {APPLE: earnings}, unit="USD-per-shares")
    return sec


def numbers(record: MarketRecord) -> dict[str, Decimal | Gap]:
    return {measure.name: measure.value for measure in record.measures}


async def test_american_shares_get_the_regulators_numbers_and_others_are_left_alone(sec: Regulator) -> None:
    told(sec)

    apple, london, fund, gone = await looked_up(sec, "AAPL", "AZN.L", "VOO", "GONE")

    found = numbers(apple)
    assert found["roe"] == Decimal(25)
    assert found["revenue"] == Decimal(1000)
    assert found["gross_profit_assets"] == Decimal(20)
    assert found["eps_variability"] == Decimal("16.3299")
    assert found["book_price"] == Decimal(15)
    assert apple.statements == date(2025, 9, 27)
    assert set(numbers(london)) == set(numbers(fund)) == {"market_cap", "roe"}
    assert gone.state is LookUp.FAILED


async def test_each_concept_is_one_request_however_many_names_are_asked(sec: Regulator) -> None:
    told(sec)

    await looked_up(sec, "AAPL", "JPM")

    assert len(sec.asked) == len(set(sec.asked)) == 1 + 12 + 6


async def test_a_company_that_has_not_reported_yet_keeps_all_of_the_year_before(sec: Regulator) -> None:
    told(sec)
    sec.tell("Revenues", "CY2024", {LATE: 350})

    apple, late = await looked_up(sec, "AAPL", "NVDA")

    assert late.statements == date(2024, 9, 27)
    assert numbers(late)["net_margin"] == Decimal(20)
    assert apple.statements == date(2025, 9, 27)


async def test_a_year_that_ends_after_the_asked_day_is_not_used(sec: Regulator) -> None:
    sec.tell("NetIncomeLoss", "CY2025", {APPLE: 150}, end="2026-05-01")

    (apple,) = await looked_up(sec, "AAPL")

    assert apple.statements == NOT_GIVEN


async def test_a_bank_gets_no_gross_profit(sec: Regulator) -> None:
    (bank,) = await looked_up(told(sec), "JPM", source=Source(sector="Financial Services"))

    assert numbers(bank)["net_margin"] == Decimal(18)
    assert "gross_profit_assets" not in numbers(bank)


async def test_a_ticker_the_regulator_does_not_list_stays_as_it_was(sec: Regulator) -> None:
    (unknown,) = await looked_up(told(sec), "ZZZ")

    assert set(numbers(unknown)) == {"market_cap", "roe"}


async def test_where_no_name_is_american_the_regulator_is_not_asked(sec: Regulator) -> None:
    await looked_up(sec, "AZN.L", "VOO")

    assert sec.asked == []


@pytest.mark.parametrize("body", [b"<html>Request Rate Threshold Exceeded</html>", b"[]", b'{"data": 5}'])
async def test_a_regulator_that_cannot_be_read_leaves_prices_and_says_why(
    sec: Regulator, body: bytes
) -> None:
    told(sec)
    sec.bodies["/api/xbrl/frames/us-gaap/NetIncomeLoss/USD/CY2025.json"] = body

    apple, london = await looked_up(sec, "AAPL", "AZN.L")

    missing = numbers(apple)["accruals"]
    assert isinstance(missing, Gap)
    assert missing.gap.startswith("SEC frames could not be read: ")
    assert isinstance(apple.quote, Quote)
    assert set(numbers(london)) == {"market_cap", "roe"}


async def test_a_list_of_tickers_that_is_no_list_finds_no_company(sec: Regulator) -> None:
    told(sec)
    sec.bodies["/files/company_tickers.json"] = b"[]"

    (apple,) = await looked_up(sec, "AAPL")

    assert set(numbers(apple)) == {"market_cap", "roe"}


def test_rows_of_a_frame_that_cannot_be_read_are_left_out() -> None:
    rows = [
        {"cik": 1, "val": 5, "end": "2025-12-31"},
        {"cik": "2", "val": 5, "end": "2025-12-31"},
        {"cik": 3, "val": "?", "end": "2025-12-31"},
        {"cik": 4, "val": 5, "end": "31/12/2025"},
        {"cik": 5, "val": None, "end": "2025-12-31"},
        7,
    ]

    assert set(read_frame(json.dumps({"data": rows}).encode())) == {1}


def test_a_block_page_is_no_frame() -> None:
    with pytest.raises(SourceFailed, match="not JSON"):
        read_frame(b"<html>")


@pytest.mark.wide
async def test_recorded_accounts_of_apple_give_its_known_numbers(sec: Regulator) -> None:
    if not FACTS.exists():
        pytest.skip("the recorded material sec/companyfacts is not there")
    facts = json.loads(FACTS.read_text())["facts"]["us-gaap"]
    years = set()
    for tag, data in facts.items():
        for unit, rows in data["units"].items():
            for row in rows:
                if "frame" in row and row["frame"].startswith("CY20") and row["frame"][6:] in ("", "Q4I"):
                    sec.tell(
                        tag,
                        row["frame"],
                        {APPLE: row["val"]},
                        unit=unit.replace("/", "-per-"),
                        end=row["end"],
                    )
                    if tag == "NetIncomeLoss" and len(row["frame"]) == 6:
                        years.add(int(row["frame"][2:]))
    last = max(years)

    (apple,) = await looked_up(sec, "AAPL", day=date(last + 1, 4, 24))

    found = numbers(apple)
    assert isinstance(found["net_margin"], Decimal)
    assert 20 < found["net_margin"] < 30
    assert isinstance(found["gross_margin"], Decimal)
    assert 38 < found["gross_margin"] < 50
    assert isinstance(found["eps_variability"], Decimal)
    assert isinstance(apple.statements, date)
    assert apple.statements.year == last
