"""Yahoo through the egress door, against a loopback server that answers in Yahoo's wire format."""

import asyncio
import contextlib
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import Consensus, FirmTarget, LookUp, Measure, Quote, Split
from providers.markets.asking import CAP
from providers.markets.file.fields import WrongField
from providers.markets.yahoo.client import YahooMarket
from providers.markets.yahoo.wire import read_answers
from tests.providers.http.loopback import Asked, Loopback, page
from tests.providers.markets.conftest import Door

DAY = date(2026, 4, 24)
SHARED = Path(__file__).parents[4] / "shared/data/market"


def at(day: date, hour: int = 12) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp())


def chart(**changed: Any) -> dict[str, Any]:
    days = [DAY - timedelta(days=back) for back in (2, 1, 0)]
    result: dict[str, Any] = {
        "meta": {
            "currency": "GBp",
            "symbol": "AZN.L",
            "instrumentType": "EQUITY",
            "regularMarketTime": at(DAY),
            "regularMarketPrice": 13956.0,
            "exchangeTimezoneName": "Europe/London",
            "priceHint": 2,
            "longName": "AstraZeneca PLC",
        },
        "timestamp": [at(day, 8) for day in days],
        "indicators": {
            "quote": [{"close": [14600.0, 14492.0009765625, 13956.0], "volume": [1000, None, 3000]}]
        },
    }
    return result | changed


def meta(**changed: Any) -> dict[str, Any]:
    return chart(meta=chart()["meta"] | changed)


SUMMARY: dict[str, Any] = {
    "price": {"currency": "GBp", "longName": "AstraZeneca PLC", "quoteType": "EQUITY"},
    "summaryDetail": {
        "marketCap": {"raw": 234319888384, "fmt": "234B"},
        "trailingPE": 31.22,
        "dividendYield": 0.0155,
    },
    "financialData": {
        "targetMeanPrice": 16047.716,
        "targetMedianPrice": {"raw": 16000, "fmt": "16,000"},
        "targetHighPrice": 20720.725,
        "targetLowPrice": {},
        "numberOfAnalystOpinions": 21,
        "returnOnEquity": 0.2286,
        "debtToEquity": 60.87,
        "operatingMargins": 0.25,
        "totalRevenue": 50000000000,
        "freeCashflow": 8000000000,
        "financialCurrency": "GBP",
    },
    "defaultKeyStatistics": {
        "enterpriseValue": 250000000000,
        "priceToBook": 5,
        "mostRecentQuarter": at(date(2025, 12, 31)),
    },
    "assetProfile": {"sector": "Healthcare", "country": "United  Kingdom"},
    "calendarEvents": {"earnings": {"earningsDate": [at(date(2026, 1, 2)), {"raw": at(date(2026, 4, 29))}]}},
    "upgradeDowngradeHistory": {
        "history": [
            {"epochGradeDate": at(date(2026, 4, 1)), "firm": "A bank", "currentPriceTarget": 15000},
            {"epochGradeDate": at(date(2026, 4, 2)), "firm": "No target", "currentPriceTarget": 0},
            {"epochGradeDate": at(date(2026, 5, 2)), "firm": "Later", "currentPriceTarget": 1},
        ]
    },
}


class Yahoo:
    """What the loopback server answers: (status, body) by path; `asked` keeps the paths in order."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, bytes]] = {"/v1/test/getcrumb": (200, b"crumb")}
        self.asked: list[str] = []
        self.queries: list[dict[str, list[str]]] = []
        self.url = ""

    def tell(self, ticker: str, result: Any, summary: Any = None) -> None:
        self.answers[f"/v8/finance/chart/{ticker}"] = (
            200,
            json.dumps({"chart": {"result": [result], "error": None}}).encode(),
        )
        if summary is not None:
            body = {"quoteSummary": {"result": [summary], "error": None}}
            self.answers[f"/v10/finance/quoteSummary/{ticker}"] = (200, json.dumps(body).encode())

    def charts(self) -> list[str]:
        return [path for path in self.asked if "/chart/" in path]


@pytest.fixture
def yahoo() -> Iterator[Yahoo]:
    served = Yahoo()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path)
            served.asked.append(path)
            served.queries.append(parse_qs(parts.query))
            status, body = served.answers.get(path, (404, NOT_FOUND))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def market(yahoo: Yahoo, door: Door) -> YahooMarket:
    return YahooMarket(door(yahoo.url), yahoo.url + "/")


NOT_FOUND = (
    b'{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, '
    b'symbol may be delisted"}}}'
)


async def test_both_answers_make_a_record_in_whole_units(yahoo: Yahoo, market: YahooMarket) -> None:
    yahoo.tell("AZN.L", chart(), SUMMARY)

    (record,) = await market.look_up(("azn.l",), DAY)

    assert (record.state, record.reason) == (LookUp.OK, "")
    assert record.quote == Quote(
        ticker="AZN.L",
        price=Decimal("139.56"),
        currency="GBP",
        day=DAY,
        source="yahoo",
        previous=Decimal("144.92"),
    )
    assert [point.close for point in record.history] == [Decimal("146"), Decimal("144.92"), Decimal("139.56")]
    assert [point.volume for point in record.history] == [Decimal(1000), NOT_GIVEN, Decimal(3000)]
    assert record.consensus == Consensus(
        mean=Decimal("160.47716"),
        median=Decimal("160"),
        high=Decimal("207.20725"),
        low=NOT_GIVEN,
        analysts=21,
        currency="GBP",
        day=DAY,
        firms=(FirmTarget(firm="A bank", target=Decimal(150), day=date(2026, 4, 1)),),
    )
    assert {measure.name: str(measure.value) for measure in record.measures} == {
        "market_cap": "234319888384",
        "revenue": "50000000000",
        "pe": "31.22",
        "dividend_yield": "1.55",
        "ebit_ev": "5",
        "fcf_ev": "3.2",
        "book_price": "20",
        "operating_margin": "25",
        "roe": "22.86",
        "debt_equity": "60.87",
    }
    assert record.measures[0] == Measure(name="market_cap", value=Decimal(234319888384), unit="GBP")
    assert (record.sector, record.country, record.name) == ("Healthcare", "United Kingdom", "AstraZeneca PLC")
    assert record.statements == date(2025, 12, 31)
    assert record.next_results == date(2026, 4, 29)


async def test_the_client_carries_its_crumb_and_asks_for_a_year_of_closes(
    yahoo: Yahoo, market: YahooMarket
) -> None:
    yahoo.tell("AZN.L", chart(), SUMMARY)

    await market.look_up(("AZN.L",), DAY)

    asked = dict(zip(yahoo.asked, yahoo.queries, strict=True))
    query = asked["/v8/finance/chart/AZN.L"]
    assert asked["/v10/finance/quoteSummary/AZN.L"]["crumb"] == ["crumb"]
    assert int(query["period2"][0]) - int(query["period1"][0]) == 400 * 86_400


async def test_a_name_yahoo_does_not_know_is_empty_in_its_words(yahoo: Yahoo, market: YahooMarket) -> None:
    yahoo.tell("AZN.L", chart(), SUMMARY)

    unknown, known = await market.look_up(("ZZZZ", "AZN.L"), DAY)

    assert (unknown.state, unknown.reason) == (
        LookUp.EMPTY,
        "the source does not know it: No data found, symbol may be delisted",
    )
    assert known.state is LookUp.OK


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b'{"chart":{"result":[],"error":null}}', "the answer is empty"),
        (200, b'{"chart":{"result":null,"error":null}}', "the answer is empty"),
        (200, b"{}", "the answer holds no chart"),
        (200, b"[]", "the answer holds no chart"),
        (200, b"<html>consent</html>", "the answer with status 200 is not JSON"),
        (200, b"", "the answer with status 200 is not JSON"),
        (503, b"{}", "Yahoo answered 503"),
        (
            200,
            b'{"chart":{"error":{"code":"Bad Request","description":"Data doesn\'t exist"}}}',
            "the source refused: Data doesn't exist",
        ),
        (200, b'{"chart":{"result":[{"meta":{}}]}}', "the chart names no currency"),
    ],
)
async def test_an_empty_or_unreadable_answer_is_a_failure_of_its_name(
    yahoo: Yahoo, market: YahooMarket, status: int, body: bytes, reason: str
) -> None:
    yahoo.tell("AZN.L", chart(), SUMMARY)
    yahoo.answers["/v8/finance/chart/BAD"] = (status, body)

    bad, good = await market.look_up(("BAD", "AZN.L"), DAY)

    assert (bad.state, bad.reason) == (LookUp.FAILED, reason)
    assert isinstance(bad.quote, Gap)
    assert good.state is LookUp.OK


async def test_a_price_without_targets_is_a_price(yahoo: Yahoo, market: YahooMarket) -> None:
    yahoo.tell("VOO", meta(instrumentType="ETF", currency="USD"))
    body = (
        b'{"quoteSummary":{"result":null,"error":{"code":"Not Found","description":"No '
        b'fundamentals data found"}}}'
    )
    yahoo.answers["/v10/finance/quoteSummary/VOO"] = (404, body)

    (record,) = await market.look_up(("VOO",), DAY)

    assert (record.state, record.kind) == (LookUp.OK, Kind.FUND)
    assert record.consensus == Gap(gap="the source does not know it: No fundamentals data found")
    assert record.measures == ()


async def test_a_summary_that_could_not_be_asked_for_is_said_to_be_so(
    yahoo: Yahoo, market: YahooMarket
) -> None:
    yahoo.tell("AZN.L", chart())
    yahoo.answers["/v10/finance/quoteSummary/AZN.L"] = (200, b"<html>")

    (record,) = await market.look_up(("AZN.L",), DAY)

    assert record.state is LookUp.OK
    assert record.consensus == Gap(gap="could not be asked: the answer with status 200 is not JSON")


async def test_after_too_many_requests_no_further_name_is_asked(yahoo: Yahoo, market: YahooMarket) -> None:
    names = tuple(f"N{index}" for index in range(20))
    for name in names:
        yahoo.answers[f"/v8/finance/chart/{name}"] = (429, b"Too Many Requests")

    with pytest.raises(SourceFailed, match="Yahoo could not be asked"):
        await market.look_up(names, DAY)

    assert len(set(yahoo.charts())) <= 5


async def test_a_limit_on_the_summary_leaves_the_price_and_stops_the_rest(
    yahoo: Yahoo, market: YahooMarket
) -> None:
    yahoo.tell("AZN.L", chart())
    yahoo.answers["/v10/finance/quoteSummary/AZN.L"] = (429, b"Too Many Requests")

    records = await market.look_up(("AZN.L", *(f"N{index}" for index in range(60))), DAY)

    assert records[0].state is LookUp.OK
    assert records[-1].reason == "not asked: the source limits its requests"


async def test_a_source_that_cannot_be_reached_fails_as_a_whole(door: Door) -> None:
    with pytest.raises(SourceFailed, match="could not be reached"):
        await YahooMarket(door("http://127.0.0.1:9"), "http://127.0.0.1:9").look_up(("AZN.L",), DAY)


async def test_nothing_asked_is_nothing_answered(yahoo: Yahoo, market: YahooMarket) -> None:
    assert await market.look_up((), DAY) == ()
    assert yahoo.asked == []


async def test_an_answer_larger_than_any_is_not_read(yahoo: Yahoo, market: YahooMarket) -> None:
    yahoo.tell("AZN.L", chart(), SUMMARY)
    yahoo.answers["/v8/finance/chart/BIG"] = (200, b" " * (CAP + 1))

    big, _good = await market.look_up(("BIG", "AZN.L"), DAY)

    assert big.reason == "Yahoo sent more than 8,000,000 bytes"


def read(result: dict[str, Any], summary: Any = SUMMARY, day: date = DAY) -> Any:
    text = json.dumps({"chart": result, "summary": None if isinstance(summary, Gap) else summary})
    data = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda _: None)
    return read_answers("AZN.L", data["chart"], summary if isinstance(summary, Gap) else data["summary"], day)


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (meta(currency=None), "the chart names no currency"),
        (meta(currency="?"), "“?” is no currency code"),
        (meta(exchangeTimezoneName=None), "the chart names no time zone that exists: None"),
        (meta(exchangeTimezoneName="../etc"), "the chart names no time zone that exists: ../etc"),
        (meta(regularMarketPrice=0), "the price is 0, and a price is positive"),
        (meta(regularMarketPrice=-1), "the price is -1, and a price is positive"),
        (
            chart(timestamp=None, meta={"currency": "USD", "exchangeTimezoneName": "UTC"}),
            "the chart holds no price up to 2026-04-24",
        ),
        (meta(currency="USD"), "the chart is in USD, the summary in GBP: this may be another listing"),
    ],
)
def test_a_chart_without_a_usable_price_is_wrong(result: dict[str, Any], reason: str) -> None:
    with pytest.raises(WrongField) as caught:
        read(result)

    assert str(caught.value) == reason


def test_the_last_trade_counts_where_the_bars_do_not_hold_it() -> None:
    record = read(
        chart(timestamp=[at(DAY - timedelta(days=1))], indicators={"quote": [{"close": [14492.0]}]})
    )

    assert [point.close for point in record.history] == [Decimal("144.92"), Decimal("139.56")]


def test_bars_without_times_leave_the_last_trade() -> None:
    record = read(chart(timestamp=None))

    assert [point.day for point in record.history] == [DAY]


def test_null_closes_and_broken_times_are_no_sessions() -> None:
    result = chart(
        timestamp=[at(DAY - timedelta(days=1)), "x", at(DAY), 1e12],
        indicators={"quote": [{"close": [None, 5, 13956.0, 5], "volume": [1]}]},
        meta=chart()["meta"] | {"regularMarketPrice": None},
    )

    record = read(result)

    assert [(point.day, point.volume) for point in record.history] == [(DAY, NOT_GIVEN)]


def test_a_session_belongs_to_the_day_on_its_exchanges_clock() -> None:
    midnight_in_tokyo = int(datetime(2026, 4, 23, 15, 0, tzinfo=UTC).timestamp())
    result = meta(exchangeTimezoneName="Asia/Tokyo", currency="JPY", regularMarketPrice=None, priceHint=None)
    result |= {"timestamp": [midnight_in_tokyo], "indicators": {"quote": [{"close": [3067.00001]}]}}

    record = read(result, summary={})

    assert record.quote.day == date(2026, 4, 24)
    assert record.quote.price == Decimal("3067.000")


def test_a_question_about_an_earlier_day_has_no_targets_and_no_numbers() -> None:
    record = read(chart(), day=DAY - timedelta(days=2))

    assert record.quote.price == Decimal(146)
    assert record.consensus == Gap(gap="the source gives today's values only, not those of 2026-04-22")
    assert (record.measures, record.statements) == ((), NOT_GIVEN)


def test_a_session_that_is_already_of_tomorrow_on_its_own_clock_keeps_its_targets_and_not_its_price() -> None:
    record = read(chart(), day=DAY - timedelta(days=1))

    assert (record.quote.price, record.quote.day) == (Decimal("144.92"), DAY - timedelta(days=1))
    assert record.consensus.mean == Decimal("160.47716")
    assert record.measures != ()


def test_a_forty_percent_move_fails_unless_a_split_explains_it() -> None:
    jump = chart(indicators={"quote": [{"close": [146000.0, 144920.0, 13956.0]}]})
    split = {
        "splits": {"1": {"date": at(DAY), "numerator": 10, "denominator": 1}, "2": {"date": "x"}, "3": None}
    }

    refused, explained = read(jump), read(jump | {"events": split})

    assert refused.state is LookUp.FAILED
    assert "without a split" in refused.reason
    assert (explained.state, explained.splits) == (LookUp.OK, (Split(day=DAY, ratio=Decimal(10)),))


def test_accounts_in_another_currency_are_never_set_against_the_market_value() -> None:
    summary = SUMMARY | {"financialData": SUMMARY["financialData"] | {"financialCurrency": "USD"}}

    names = {measure.name for measure in read(chart(), summary).measures}

    assert names == {"market_cap", "pe", "dividend_yield", "operating_margin", "roe", "debt_equity"}


def test_no_targets_are_a_gap_and_unknown_kinds_are_no_share() -> None:
    record = read(
        meta(instrumentType="FUTURE", longName=None, shortName="Brent"), {"price": {"currency": "?"}}
    )

    assert record.consensus == Gap(gap="the source gives no targets")
    assert (record.kind, record.name) == (Kind.OTHER, "Brent")


def test_the_short_name_is_an_alias_of_the_long_one() -> None:
    record = read(meta(longName="Apple Inc.", shortName="Apple"), Gap(gap="not asked"))

    assert (record.name, record.aliases) == ("Apple Inc.", ("Apple",))


def test_a_name_may_have_no_name() -> None:
    assert read(meta(longName=None), Gap(gap="not asked")).name == NOT_GIVEN


def test_a_negative_enterprise_value_or_book_gives_no_ratio() -> None:
    summary = SUMMARY | {"defaultKeyStatistics": {"enterpriseValue": -1, "priceToBook": -3}}
    bare = SUMMARY | {
        "financialData": {"financialCurrency": "?"},
        "defaultKeyStatistics": {"enterpriseValue": 10},
    }

    for given_summary in (summary, bare):
        names = {measure.name for measure in read(chart(), given_summary).measures}
        assert not names & {"ebit_ev", "fcf_ev", "book_price"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["raw", "close", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(
    place=st.sampled_from(
        [("chart", key) for key in (*chart(), "events")]
        + [("meta", key) for key in chart()["meta"]]
        + [("summary", key) for key in SUMMARY]
    ),
    value=VALUES,
)
def test_whatever_stands_in_an_answer_it_is_a_record_or_a_wrong_field(
    place: tuple[str, str], value: object
) -> None:
    where, key = place
    result = meta(**{key: value}) if where == "meta" else chart(**({key: value} if where == "chart" else {}))
    summary = SUMMARY | ({key: value} if where == "summary" else {})

    try:
        record = read(result, summary)
    except WrongField:
        return

    assert record.state in (LookUp.OK, LookUp.STALE) or isinstance(record.quote, Gap)


def _recorded(path: str) -> bytes:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the recorded material {path} is not there")
    return file.read_bytes()


@pytest.mark.wide
async def test_a_recorded_day_of_yahoo_is_read_as_it_was_sent(yahoo: Yahoo, market: YahooMarket) -> None:
    yahoo.answers["/v8/finance/chart/AAPL"] = (200, _recorded("yahoo_2026-06/chart_AAPL.json"))
    yahoo.answers["/v10/finance/quoteSummary/AAPL"] = (
        200,
        _recorded("yahoo_2025-02/quoteSummary-all-AAPL.json"),
    )
    yahoo.answers["/v8/finance/chart/SPY"] = (200, _recorded("yahoo_2026-06/chart_SPY.json"))
    yahoo.answers["/v8/finance/chart/^GSPC"] = (200, _recorded("yahoo_2026-06/chart_GSPC.json"))
    yahoo.answers["/v8/finance/chart/BAD"] = (404, _recorded("yahoo_2026-06/chart_INVALID.json"))
    day = date(2026, 6, 11)

    apple, fund, index, bad = await market.look_up(("AAPL", "SPY", "^GSPC", "BAD"), day)

    assert isinstance(apple.quote, Quote)
    assert (apple.state, apple.quote.price, apple.quote.currency) == (LookUp.OK, Decimal("289.905"), "USD")
    assert len(apple.history) > 252
    assert isinstance(apple.consensus, Consensus)
    assert (apple.consensus.mean, apple.consensus.analysts) == (Decimal("252.22575"), 40)
    assert (fund.kind, index.kind) == (Kind.FUND, Kind.OTHER)
    assert len(index.history) > 252
    assert bad.state is LookUp.EMPTY


@pytest.mark.wide
async def test_every_recorded_chart_is_a_record_or_says_why_not(yahoo: Yahoo, market: YahooMarket) -> None:
    files = sorted(SHARED.glob("yahoo_*/*chart*.json")) + sorted(SHARED.glob("yahoo_2026-06/chart_*.json"))
    if not files:
        pytest.skip("the recorded charts are not there")
    names = []
    for number, file in enumerate(files):
        names.append(f"F{number}")
        yahoo.answers[f"/v8/finance/chart/F{number}"] = (200, file.read_bytes())

    records = await market.look_up(tuple(names), date(2026, 6, 11))

    assert all(record.state is LookUp.OK or record.reason for record in records)
    assert {record.state for record in records} >= {LookUp.OK, LookUp.FAILED}


def wire(name: str) -> tuple[bytes, dict[str, Any]]:
    folder = SHARED / "yahoo_2025-02/crumb_flow"
    return (folder / name).read_bytes(), json.loads((folder / f"{name}.meta.json").read_text())


@pytest.mark.wide
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")
async def test_the_recorded_consent_pages_lead_to_a_crumb_when_no_cookie_is_handed_out(door: Door) -> None:
    names = ("quote-AAPL.json.txt", "quote-AAPL-consent.html.txt", "quote-AAPL-collectConsent.html.html",
             "quote-AAPL-collectConsentSubmit.txt", "quote-AAPL-copyConsent.txt")  # fmt: skip
    recorded = {}
    for name in names:
        body, meta_ = wire(f"getCrumb-{name}")
        recorded[meta_["method"], urlsplit(meta_["url"]).path] = (body, meta_)

    async def yahoo_pages(asked: Asked, writer: asyncio.StreamWriter) -> None:
        path = asked.path.partition("?")[0]
        if path == "/v1/test/getcrumb":
            known = "A3=MASKED" in asked.headers.get("cookie", "")
            await page(b"haT3oykhHqZ" if known else b"", status=200 if known else 401)(asked, writer)
        elif path.startswith("/v8/"):
            await page(json.dumps({"chart": {"result": [chart()]}}).encode())(asked, writer)
        elif path.startswith("/v10/"):
            good = "crumb=haT3oykhHqZ" in asked.path and "A1=MASKED" in asked.headers.get("cookie", "")
            summary = json.dumps({"quoteSummary": {"result": [SUMMARY]}})
            await page(summary.encode(), status=200 if good else 401)(asked, writer)
        elif (asked.method, path) in recorded:
            body, meta_ = recorded[asked.method, path]
            lines = [f"HTTP/1.1 {meta_['status']} X", f"content-length: {len(body)}"]
            if "location" in meta_["headers"]:
                lines.append(f"location: {meta_['headers']['location']}")
            lines += [f"set-cookie: {cookie}" for cookie in meta_["headers"].get("set-cookie", [])]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
        else:
            await page(b"", status=404)(asked, writer)

    async with Loopback(fallback=yahoo_pages) as web:
        (record,) = await YahooMarket(door(web.url), web.url).look_up(("AZN.L",), DAY)

    assert isinstance(record.consensus, Consensus)
    (form,) = [asked.body.decode() for asked in web.asked if asked.method == "POST"]
    assert "csrfToken=GoNrer0" in form
    assert "originalDoneUrl=https%3A%2F%2Ffinance.yahoo.com%2Fquote%2FAAPL%3Fguccounter%3D1" in form
    assert form.endswith("agree=agree")


async def test_an_old_crumb_is_renewed_once_and_the_summary_asked_again(door: Door) -> None:
    served: list[str] = []

    async def pages(asked: Asked, writer: asyncio.StreamWriter) -> None:
        served.append(asked.path)
        crumbs = sum("getcrumb" in path for path in served)
        if "getcrumb" in asked.path:
            await page(b"crumb%d" % crumbs)(asked, writer)
        elif "/v10/" in asked.path:
            body = {"quoteSummary": {"result": [SUMMARY]}}
            await page(json.dumps(body).encode(), status=200 if crumbs == 2 else 401)(asked, writer)
        elif "/v8/" in asked.path:
            await page(json.dumps({"chart": {"result": [chart()]}}).encode())(asked, writer)
        else:
            await page(b"", status=404)(asked, writer)

    async with Loopback(fallback=pages) as web:
        (record,) = await YahooMarket(door(web.url), web.url).look_up(("AZN.L",), DAY)

    assert isinstance(record.consensus, Consensus)


async def test_too_many_requests_in_words_is_no_crumb(door: Door) -> None:
    async def pages(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if "/v8/" in asked.path:
            await page(json.dumps({"chart": {"result": [chart()]}}).encode())(asked, writer)
        else:
            await page(b"Too Many Requests\r\n")(asked, writer)

    async with Loopback(fallback=pages) as web:
        (record,) = await YahooMarket(door(web.url), web.url).look_up(("AZN.L",), DAY)

    assert record.state is LookUp.OK
    assert record.consensus == Gap(gap="could not be asked: the source gave no crumb (200)")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("bomb", "Yahoo sent a compressed body (gzip) although none was asked for"),
        ("large", "Yahoo sent more than 8,000,000 bytes"),
        ("endless", "Yahoo sent more than 8,000,000 bytes"),
        ("inside", "was not asked: 127.0.0.1 leads to an address that is not public"),
        ("page", "the answer with status 200 is not JSON"),
    ],
)
async def test_a_hostile_server_is_a_source_failure_in_one_sentence(door: Door, way: str, said: str) -> None:
    bomb = gzip.compress(b"0" * 5_000_000)

    async with Loopback() as inner:

        async def hostile(asked: Asked, writer: asyncio.StreamWriter) -> None:
            if way == "bomb":
                await page(bomb, headers={"content-encoding": "gzip"})(asked, writer)
            elif way == "large":
                await page(b"", headers={"content-length": "50000000"})(asked, writer)
            elif way == "inside":
                await page(b"", status=302, headers={"location": f"{inner.url}/admin"})(asked, writer)
            elif way == "page":
                await page(b"<html>hello</html>")(asked, writer)
            else:
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                with contextlib.suppress(ConnectionError):
                    for _ in range(800):
                        writer.write(b" " * 65_536)
                        await writer.drain()
                writer.close()

        async with Loopback(fallback=hostile) as web:
            with pytest.raises(SourceFailed) as caught:
                await YahooMarket(door(web.url), web.url).look_up(("AAPL", "MSFT"), DAY)

        assert said in str(caught.value)
        assert str(caught.value).startswith("Yahoo could not be asked: ")
        assert inner.asked == []
