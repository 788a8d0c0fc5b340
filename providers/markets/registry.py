"""The sources of prices that MARKET_SOURCE can name: one row each, which feeds the run, the egress door and `doctor`.

Light to import: settings are checked against it. A market file (`file:PATH`) is no service and stands outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ports import MarketSource
    from providers.http import Fetcher, Terms


def _yahoo(fetcher: "Fetcher", base_url: str | None, _key: str) -> "MarketSource":
    from providers.markets.yahoo.client import YahooMarket

    return YahooMarket(fetcher, base_url)


def _eodhd(fetcher: "Fetcher", base_url: str | None, key: str) -> "MarketSource":
    from providers.markets.eodhd.client import EodhdMarket

    return EodhdMarket(fetcher, base_url, key)


def _tiingo(fetcher: "Fetcher", base_url: str | None, key: str) -> "MarketSource":
    from providers.markets.tiingo.client import TiingoMarket

    return TiingoMarket(fetcher, base_url, key)


def _yahoo_terms(base_url: str | None) -> "tuple[Terms, ...]":
    from providers.markets.yahoo.client import yahoo_terms

    return yahoo_terms(base_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow:
    """`build` takes the door, MARKET_URL and MARKET_KEY."""

    name: str
    build: "Callable[[Fetcher, str | None, str], MarketSource]"
    needs_key: bool = True
    terms: "Callable[[str | None], tuple[Terms, ...]]" = lambda _base_url: ()


ROWS = (
    MarketRow(name="yahoo", build=_yahoo, needs_key=False, terms=_yahoo_terms),
    MarketRow(name="eodhd", build=_eodhd),
    MarketRow(name="tiingo", build=_tiingo),
)
BY_NAME = {row.name: row for row in ROWS}
