"""MARKET_SOURCE=tiingo: end-of-day prices of American listings, with a key (MARKET_KEY).

Decisions: two requests a name (what it is, and its closes). Closes come as traded with the split factor of each day: earlier
ones are divided by the later factors, so that history is in today's shares as with every other source. The service quotes
in dollars but for the two Chinese exchanges, and says so nowhere in its answers: `CURRENCIES` is its documentation. It has no
targets and no company numbers here; for American names those of the regulator are added. Other markets: not asked.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote

from core.market.quote import MarketRecord
from providers.http import Fetcher
from providers.markets.asking import HISTORY_DAYS, Asking, Stopped, Unanswered, Unknown, decoded
from providers.markets.file.fields import WrongField
from providers.markets.file.records import read_record
from providers.markets.sessions import Session, entry_of

SOURCE = "tiingo"
HOST = "https://api.tiingo.com"
CURRENCIES = {"SHE": "CNY", "SHG": "CNY"}


class TiingoMarket:
    """A MarketSource over Tiingo, or over a recording of its answers at `base_url`."""

    name = SOURCE

    def __init__(self, fetcher: Fetcher, base_url: str | None, key: str) -> None:
        self._asking = Asking(
            fetcher=fetcher, label="Tiingo", base_url=base_url or HOST, key_setting="MARKET_KEY"
        )
        self._headers = {"authorization": f"Token {key}"}

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when none was answered or the key is refused."""
        return await self._asking.look_up(tickers, day, self._one)

    async def _one(self, ticker: str, day: date, _stopped: Stopped) -> MarketRecord:
        if not ticker.replace("-", "").isalnum():
            raise WrongField("Tiingo has American listings only")
        path = f"/tiingo/daily/{quote(ticker)}"
        about = await self._asked(path, {})
        rows = await self._asked(
            f"{path}/prices",
            {
                "startDate": (day - timedelta(days=HISTORY_DAYS)).isoformat(),
                "endDate": day.isoformat(),
                "format": "json",
                "resampleFreq": "daily",
            },
        )
        if not isinstance(about, Mapping) or not isinstance(rows, list):
            raise Unanswered("the answer is not what the service documents")
        sessions = [
            Session(
                day=str(row.get("date") or "")[:10],
                close=row.get("close"),
                volume=row.get("volume"),
                split=row.get("splitFactor"),
            )
            for row in rows
            if isinstance(row, Mapping)
        ]
        known = {"name": about.get("name"), "currency": CURRENCIES.get(str(about.get("exchangeCode")), "USD")}
        return read_record(ticker, entry_of(known, sessions), day, source=SOURCE)

    async def _asked(self, path: str, params: Mapping[str, str]) -> object:
        answer = await self._asking.fetch(path, params, headers=self._headers)
        if answer.status == 404:
            raise Unknown("the source does not know it")
        return decoded(answer)
