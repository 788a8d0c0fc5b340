"""MARKET_SOURCE=eodhd: end-of-day prices of some seventy exchanges, with a key (MARKET_KEY).

Decisions: one request a name, and one list a day for each exchange, which says what a code is, its currency (pence in London)
and whether it exists at all: prices come without any of these. Closes come as traded beside an adjusted one: splits are seen
in the step between the two. The service has no targets and no company numbers in the plans that private people take; for
American names those of the regulator are added. An exchange that it does not have is said to be so, name by name.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote

from core.market.quote import MarketRecord
from providers.http import Fetched, Fetcher
from providers.markets.asking import HISTORY_DAYS, Asking, Stopped, Unanswered, Unknown, decoded
from providers.markets.file.fields import WrongField
from providers.markets.file.records import read_record
from providers.markets.sessions import Session, entry_of

SOURCE = "eodhd"
HOST = "https://eodhd.com"
LIST_CAP = 32_000_000  # bytes: the American list has some 50,000 codes of 200 bytes
DAY_SECONDS = 86_400.0

# The ending of our tickers -> the code of the exchange there (its own list of exchanges, October 2025). Same where absent.
EXCHANGES = {
    "": "US",
    "L": "LSE",
    "DE": "XETRA",
    "SG": "STU",
    "AX": "AU",
    "KS": "KO",
    "SS": "SHG",
    "SZ": "SHE",
    "NS": "NSE",
    "KL": "KLSE",
    "JO": "JSE",
    "WA": "WAR",
    "PS": "PSE",
    "CA": "EGX",
    "BD": "BUD",
    "NE": "NEO",
}
SAME = frozenset(
    "V TO BE HM DU MU HA F VI PA BR MC SW LS AS ST IR CO OL IC HE PR TA KQ SN JK BK SR VN RO SA MX TWO TW IS AT BA".split()
)
KINDS = {
    "common stock": "equity",
    "preferred stock": "equity",
    "etf": "fund",
    "etc": "fund",
    "fund": "fund",
    "mutual fund": "fund",
    "bond": "bond",
    "capital notes": "bond",
    "index": "other",
}


class EodhdMarket:
    """A MarketSource over EODHD, or over a recording of its answers at `base_url`."""

    name = SOURCE

    def __init__(self, fetcher: Fetcher, base_url: str | None, key: str) -> None:
        self._asking = Asking(
            fetcher=fetcher, label="EODHD", base_url=base_url or HOST, key_setting="MARKET_KEY"
        )
        self._key = {"api_token": key, "fmt": "json"}
        self._lists: dict[str, Mapping[str, Mapping[str, object]]] = {}
        self._listing: dict[str, asyncio.Lock] = {}

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when none was answered or the key is refused."""
        return await self._asking.look_up(tickers, day, self._one)

    async def _one(self, ticker: str, day: date, _stopped: Stopped) -> MarketRecord:
        code, exchange = symbol_of(ticker)
        async with self._listing.setdefault(exchange, asyncio.Lock()):
            if exchange not in self._lists:
                self._lists[exchange] = await self._list(exchange)
        about = self._lists[exchange].get(code)
        if about is None:
            raise Unknown(f"the source lists no {code} at {exchange}")
        answer = await self._asking.fetch(
            f"/api/eod/{quote(code)}.{exchange}",
            {
                **self._key,
                "period": "d",
                "from": (day - timedelta(days=HISTORY_DAYS)).isoformat(),
                "to": day.isoformat(),
            },
        )
        if answer.status == 404:
            raise Unknown("the source does not know it")
        sessions = [
            Session(
                day=str(row.get("date") or ""),
                close=row.get("close"),
                volume=row.get("volume"),
                adjusted=row.get("adjusted_close"),
            )
            for row in _rows(answer)
        ]
        return read_record(ticker, entry_of(_known(about), sessions), day, source=SOURCE)

    async def _list(self, exchange: str) -> Mapping[str, Mapping[str, object]]:
        answer = await self._asking.fetch(
            f"/api/exchange-symbol-list/{exchange}", self._key, cap=LIST_CAP, fresh_for=DAY_SECONDS
        )
        if answer.status == 404:
            raise Unanswered(f"the source has no exchange {exchange}")
        rows = await asyncio.to_thread(_rows, answer)
        return {str(row.get("Code") or "").upper(): row for row in rows}


def symbol_of(ticker: str) -> tuple[str, str]:
    """The service's code and exchange of one of our tickers. Raises WrongField for an exchange that it does not have."""
    if ticker.startswith("^"):
        return ticker[1:], "INDX"
    code, dot, ending = ticker.rpartition(".")
    if not dot:
        code, ending = ticker, ""
    exchange = EXCHANGES.get(ending) or (ending if ending in SAME else None)
    if exchange is None:
        raise WrongField(f"EODHD has no exchange for names that end in .{ending}")
    return code, exchange


def _known(about: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": about.get("Name"),
        "currency": about.get("Currency"),
        "country": about.get("Country"),
        "isin": about.get("Isin"),
        "kind": KINDS.get(str(about.get("Type") or "").casefold(), "other"),
    }


def _rows(answer: Fetched) -> list[Mapping[str, object]]:
    found = decoded(answer)
    if not isinstance(found, list):
        raise Unanswered("the answer is not a list of rows")
    return [row for row in found if isinstance(row, Mapping)]
