"""MARKET_SOURCE=eodhd and =tiingo: end-of-day prices of two services that want a key (MARKET_KEY).

Both give closes as traded: earlier ones are brought into today's shares by the split of each day, stated or
seen in the step between traded and adjusted closes. Dividends are not taken out: a close here is a price, as
with every other source. Neither gives targets or company numbers in the plans that private people take; for
American names those of the regulator are added.

EODHD has some seventy exchanges: one request a name, and one list a day for each exchange, which says what
a code is, its currency (pence in London) and whether it exists at all; prices come without any of these.
Tiingo has American listings: two requests a name (what it is, and its closes). It quotes in dollars but
for the two Chinese exchanges, and says so nowhere in its answers: `CURRENCIES` is its documentation. An
exchange that a service does not have is said to be so, name by name."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from core.base.gap import Gap
from core.base.tables import table
from core.market.quote import MarketRecord
from providers.http import Fetcher
from providers.markets.asking import HISTORY_DAYS, Asking, Stopped, Unanswered, Unknown, decoded
from providers.markets.file.entries import KINDS, Entry, read_record
from providers.markets.file.fields import WrongField, read_number

LIST_CAP = 32_000_000  # bytes: the American list has some 50,000 codes of 200 bytes
DAY_SECONDS = 86_400.0
CURRENCIES = {"SHE": "CNY", "SHG": "CNY"}
# The ending of our tickers -> EODHD's code of the exchange (its own list of exchanges, October 2025).
EXCHANGES: Final = {row["ending"]: row["code"] for row in table(__package__, "eodhd")}
LARGEST_PART = 10  # of the smaller number of a split
NEAR = Decimal("0.05")
LEAST_SPLIT = Decimal("1.2")
"""A smaller step between traded and adjusted closes is a dividend; the smallest common split is 5:4."""


class Keyed(ABC):
    """A MarketSource over a service with a key, or over a recording of its answers at `base_url`."""

    name: str
    label: str
    host: str

    def __init__(self, fetcher: Fetcher, base_url: str | None, key: str) -> None:
        self._asking = Asking(
            fetcher=fetcher, label=self.label, base_url=base_url or self.host, key_setting="MARKET_KEY"
        )
        self._headers: Mapping[str, str] = {}

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when none was answered or the key
        is refused."""
        return await self._asking.look_up(tickers, day, self._one)

    @abstractmethod
    async def _one(self, ticker: str, day: date, _stopped: Stopped) -> MarketRecord:
        """The record of one name, the service's own way."""

    async def _asked(self, path: str, params: Mapping[str, str]) -> object:
        answer = await self._asking.fetch(path, params, headers=self._headers)
        if answer.status == 404:
            raise Unknown("the source does not know it")
        return decoded(answer)


class EodhdMarket(Keyed):
    name, label, host = "eodhd", "EODHD", "https://eodhd.com"

    def __init__(self, fetcher: Fetcher, base_url: str | None, key: str) -> None:
        super().__init__(fetcher, base_url, key)
        self._terms = {"api_token": key, "fmt": "json"}
        self._lists: dict[str, Mapping[str, Mapping[str, object]]] = {}
        self._listing: dict[str, asyncio.Lock] = {}

    async def _one(self, ticker: str, day: date, _stopped: Stopped) -> MarketRecord:
        code, exchange = symbol_of(ticker)
        async with self._listing.setdefault(exchange, asyncio.Lock()):
            if exchange not in self._lists:
                self._lists[exchange] = await self._list(exchange)
        about = self._lists[exchange].get(code)
        if about is None:
            raise Unknown(f"the source lists no {code} at {exchange}")
        span = {"from": (day - timedelta(days=HISTORY_DAYS)).isoformat(), "to": day.isoformat()}
        rows = _rows(
            await self._asked(f"/api/eod/{quote(code)}.{exchange}", {**self._terms, "period": "d", **span})
        )
        kind = str(about.get("Type") or "").casefold()
        known = {
            "name": about.get("Name"),
            "currency": about.get("Currency"),
            "country": about.get("Country"),
            "isin": about.get("Isin"),
            "kind": kind if kind in KINDS else "other",
        }
        sessions = [_session(row, day="date", adjusted="adjusted_close") for row in rows]
        return read_record(ticker, entry_of(known, sessions), day, source=self.name)

    async def _list(self, exchange: str) -> Mapping[str, Mapping[str, object]]:
        answer = await self._asking.fetch(
            f"/api/exchange-symbol-list/{exchange}", self._terms, cap=LIST_CAP, fresh_for=DAY_SECONDS
        )
        if answer.status == 404:
            raise Unanswered(f"the source has no exchange {exchange}")
        rows = _rows(await asyncio.to_thread(decoded, answer))
        return {str(row.get("Code") or "").upper(): row for row in rows}


def symbol_of(ticker: str) -> tuple[str, str]:
    """EODHD's code and exchange of one of our tickers. Raises WrongField for an exchange that it does not
    have."""
    if ticker.startswith("^"):
        return ticker[1:], "INDX"
    code, dot, ending = ticker.rpartition(".")
    if not dot:
        code, ending = ticker, ""
    if ending not in EXCHANGES:
        raise WrongField(f"EODHD has no exchange for names that end in .{ending}")
    return code, EXCHANGES[ending]


class TiingoMarket(Keyed):
    name, label, host = "tiingo", "Tiingo", "https://api.tiingo.com"

    def __init__(self, fetcher: Fetcher, base_url: str | None, key: str) -> None:
        super().__init__(fetcher, base_url, key)
        self._headers = {"authorization": f"Token {key}"}

    async def _one(self, ticker: str, day: date, _stopped: Stopped) -> MarketRecord:
        if not ticker.replace("-", "").isalnum():
            raise WrongField("Tiingo has American listings only")
        path = f"/tiingo/daily/{quote(ticker)}"
        about = await self._asked(path, {})
        span = {"startDate": (day - timedelta(days=HISTORY_DAYS)).isoformat(), "endDate": day.isoformat()}
        rows = _rows(await self._asked(f"{path}/prices", {**span, "format": "json", "resampleFreq": "daily"}))
        if not isinstance(about, Mapping):
            raise Unanswered("the answer is not what the service documents")
        known = {"name": about.get("name"), "currency": CURRENCIES.get(str(about.get("exchangeCode")), "USD")}
        sessions = [_session(row, day="date", split="splitFactor") for row in rows]
        return read_record(ticker, entry_of(known, sessions), day, source=self.name)


def _rows(found: object) -> list[Mapping[str, object]]:
    if not isinstance(found, list):
        raise Unanswered("the answer is not a list of rows")
    return [row for row in found if isinstance(row, Mapping)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One row of a source, its fields as they came. `split` is the factor of that day, or `adjusted` its
    adjusted close."""

    day: str
    close: object
    volume: object = None
    split: object = None
    adjusted: object = None


def _session(row: Mapping[str, object], *, day: str, split: str = "", adjusted: str = "") -> Session:
    return Session(
        day=str(row.get(day) or "")[:10],
        close=row.get("close"),
        volume=row.get("volume"),
        split=row.get(split),
        adjusted=row.get(adjusted),
    )


def entry_of(known: Mapping[str, object], sessions: Sequence[Session]) -> Entry:
    """`known` with history, price and splits. Raises WrongField for a number that is none."""
    ordered = sorted(sessions, key=lambda session: session.day)
    history: list[list[object]] = []
    splits: list[dict[str, object]] = []
    factor, later = Decimal(1), None
    for session in reversed(ordered):
        close = read_number(session.close, f"the close of {session.day}")
        if isinstance(close, Gap):
            continue
        if later is not None and (ratio := _ratio(session, later)) != 1:
            factor *= ratio
            splits.append({"day": later.day, "ratio": ratio})
        history.append([session.day, close / factor, session.volume])
        later = session
    if not history:
        return known
    last, *earlier = history  # the newest stands first
    price = {"day": last[0], "price": last[1], "volume": last[2]}
    return {**known, **price, "history": earlier[::-1], "splits": splits[::-1]}


def _ratio(before: Session, after: Session) -> Decimal:
    """How many shares of `after` one share of `before` is."""
    stated = read_number(after.split, f"the split of {after.day}")
    if not isinstance(stated, Gap):
        if stated <= 0:
            raise WrongField(f"the split of {after.day} is {stated}")
        return stated
    scales = []
    for session in (before, after):
        close, adjusted = (
            read_number(value, f"a close of {session.day}") for value in (session.close, session.adjusted)
        )
        if isinstance(close, Gap) or isinstance(adjusted, Gap) or adjusted <= 0 or close <= 0:
            return Decimal(1)
        scales.append(close / adjusted)
    step = scales[0] / scales[1]
    if 1 / LEAST_SPLIT < step < LEAST_SPLIT:
        return Decimal(1)
    wide = max(step, 1 / step)
    for parts in range(
        1, LARGEST_PART
    ):  # the simplest ratio that is near: a dividend may lie in the same step
        whole = (wide * parts).to_integral_value()
        if abs(whole / parts / wide - 1) <= NEAR:
            return whole / parts if step > 1 else parts / whole
    return step
