"""MARKET_SOURCE=yahoo: prices, targets and company numbers of Yahoo Finance, through the yfinance package.

Yahoo's service is unofficial and its terms allow personal use only: this source is an opt-in and the README says so.
yfinance is used for what it is maintained for: a client that Yahoo answers (browser TLS, cookie, consent, crumb). Its frames
are not used: it hides failures as empty frames, so the answers are read here, and empty is a failure.

Decisions: two requests a name, five names at a time; after the first "too many requests" no further name is asked. `base_url`
(MARKET_URL) replaces every Yahoo host, so that a recording can stand in. When no name could be asked at all, the whole source
failed. A 404 of the chart is the source's word that it does not know the name: EMPTY.
"""

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.base.names import fold_ticker
from core.market.quote import MarketRecord
from providers.markets.file.fields import WrongField
from providers.markets.file.records import empty, failed
from providers.markets.yahoo.wire import SOURCE, read_answers

if TYPE_CHECKING:
    from yfinance.data import YfData

HOST = "https://query2.finance.yahoo.com"
CHART = "/v8/finance/chart/"
SUMMARY = "/v10/finance/quoteSummary/"
MODULES = "price,summaryDetail,financialData,defaultKeyStatistics,assetProfile,upgradeDowngradeHistory,calendarEvents"

AT_ONCE = 5
TIMEOUT_S = 15
MAX_BODY = 8_000_000
HISTORY_DAYS = 400
"""A year of sessions (252) with every holiday, and a month more."""


class _Unanswered(Exception):
    """A request brought no readable answer. `limited` when the source asked for silence."""

    def __init__(self, reason: str, *, limited: bool = False) -> None:
        super().__init__(reason)
        self.limited = limited


class _Unknown(Exception):
    """The source says that it does not know what was asked for."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """One record, and whether the source answered at all."""

    record: MarketRecord
    answered: bool


class YahooMarket:
    """A MarketSource over Yahoo Finance, or over a recording of its answers at `base_url`."""

    name = SOURCE

    def __init__(self, base_url: str | None = None) -> None:
        self._base_url = base_url
        self._lock = threading.Lock()
        self._client: YfData | None = None

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when the source answered for none of them."""
        gate, stopped = asyncio.Semaphore(AT_ONCE), threading.Event()

        async def one(ticker: str) -> _Looked:
            async with gate:
                return await asyncio.to_thread(self._look_up, fold_ticker(ticker), day, stopped)

        looked = await asyncio.gather(*(one(ticker) for ticker in tickers))
        if looked and not any(each.answered for each in looked):
            raise SourceFailed(f"Yahoo could not be asked: {looked[0].record.reason}.", source=SOURCE)
        return tuple(each.record for each in looked)

    def _look_up(self, ticker: str, day: date, stopped: threading.Event) -> _Looked:
        if stopped.is_set():
            return _Looked(failed(ticker, "not asked: the source limits its requests"), answered=False)
        try:
            chart = self._chart(ticker, day)
        except _Unknown as error:
            return _Looked(empty(ticker, str(error)), answered=True)
        except _Unanswered as error:
            if error.limited:
                stopped.set()
            return _Looked(failed(ticker, str(error)), answered=False)
        try:
            return _Looked(read_answers(ticker, chart, self._summary(ticker, stopped), day), answered=True)
        except WrongField as error:
            return _Looked(failed(ticker, str(error)), answered=True)

    def _chart(self, ticker: str, day: date) -> Mapping[str, object]:
        end = datetime.combine(day + timedelta(days=2), time(), UTC)
        found = self._ask(
            CHART + quote(ticker),
            {
                "period1": int((end - timedelta(days=HISTORY_DAYS)).timestamp()),
                "period2": int(end.timestamp()),
                "interval": "1d",
                "events": "div,split",
                "includePrePost": "false",
            },
        )
        return _result(found, "chart")

    def _summary(self, ticker: str, stopped: threading.Event) -> Mapping[str, object] | Gap:
        """Targets and numbers; a gap that says whether they do not exist or could not be asked for."""
        try:
            found = self._ask(SUMMARY + quote(ticker), {"modules": MODULES, "formatted": "false"})
            return _result(found, "quoteSummary")
        except _Unknown as error:
            return Gap(gap=str(error))
        except _Unanswered as error:
            if error.limited:
                stopped.set()
            return Gap(gap=f"could not be asked: {error}")

    def _ask(self, path: str, params: dict[str, object]) -> object:
        """The JSON of one answer. Raises _Unanswered, or _Unknown for a 404 that says so in Yahoo's envelope."""
        from curl_cffi.requests.exceptions import RequestException
        from yfinance.exceptions import YFException, YFRateLimitError

        try:
            response = self._open().get(HOST + path, params=params, timeout=TIMEOUT_S)
        except YFRateLimitError as error:
            raise _Unanswered("the source limits its requests (429)", limited=True) from error
        except (RequestException, YFException) as error:
            raise _Unanswered(f"the source could not be reached ({type(error).__name__})") from error
        if len(response.content) > MAX_BODY:
            raise _Unanswered("the answer is larger than any about one name")
        try:
            found = json.loads(
                response.content, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda _: None
            )
        except (ValueError, RecursionError) as error:
            raise _Unanswered(f"the answer with status {response.status_code} is not JSON") from error
        if response.status_code not in (200, 404):
            raise _Unanswered(f"the source answered {response.status_code}")
        return found

    def _open(self) -> "YfData":
        """yfinance's client, made on first use: its import takes seconds."""
        with self._lock:
            if self._client is None:
                from yfinance.data import YfData

                self._client = YfData(session=_session(self._base_url))
            return self._client


def _result(found: object, envelope: str) -> Mapping[str, object]:
    """The one result inside an answer. An error is the source's word; an empty result is a failure."""
    body = found.get(envelope) if isinstance(found, dict) else None
    if not isinstance(body, dict):
        raise _Unanswered(f"the answer holds no {envelope}")
    error = body.get("error")
    if isinstance(error, dict):
        said = " ".join(str(error.get("description") or "no reason given").split())[:120]
        if error.get("code") == "Not Found":
            raise _Unknown(f"the source does not know it: {said}")
        raise _Unanswered(f"the source refused: {said}")
    results = body.get("result")
    if not isinstance(results, list) or not results or not isinstance(results[0], dict):
        raise _Unanswered("the answer is empty")
    result: Mapping[str, object] = results[0]
    return result


def _session(base_url: str | None) -> Any:
    """A browser-like session; with `base_url` each request goes there instead of to Yahoo, path and query unchanged."""
    from curl_cffi import requests

    if base_url is None:
        return requests.Session(impersonate="chrome")
    base = base_url.rstrip("/")

    class Redirected(requests.Session):  # type: ignore[type-arg]  # its parameter is the class of answers, the default one
        def request(self, method: Any, url: str, *args: Any, **options: Any) -> Any:
            parts = urlsplit(url)
            target = base + parts.path + (f"?{parts.query}" if parts.query else "")
            return super().request(method, target, *args, **options)

    return Redirected(impersonate="chrome")
