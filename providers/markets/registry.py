"""The sources of prices that MARKET_SOURCE can name: one row each, which feeds the run, the egress door and
`doctor`.

Light to import: settings are checked against it, so a source's module is read when it is built. A market
file (`file:PATH`) is no service and stands outside."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ports import MarketSource
    from providers.http import Fetcher, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRow:
    """`place` is module and class; a class says in `terms_at` how the egress door asks it, where that
    matters."""

    name: str
    place: tuple[str, str]
    needs_key: bool = True

    def build(self, fetcher: "Fetcher", base_url: str | None, key: str) -> "MarketSource":
        """The source at MARKET_URL, or at its own address, with MARKET_KEY."""
        source: MarketSource = self._class()(fetcher, base_url, *([key] if self.needs_key else []))
        return source

    def terms(self, base_url: str | None) -> "tuple[Terms, ...]":
        terms_at = getattr(self._class(), "terms_at", None)
        return () if terms_at is None else terms_at(base_url)

    def _class(self) -> "type":
        found: type = getattr(import_module(self.place[0]), self.place[1])
        return found


ROWS = (
    MarketRow(name="yahoo", place=("providers.markets.yahoo.client", "YahooMarket"), needs_key=False),
    MarketRow(name="eodhd", place=("providers.markets.keyed", "EodhdMarket")),
    MarketRow(name="tiingo", place=("providers.markets.keyed", "TiingoMarket")),
)
BY_NAME = {row.name: row for row in ROWS}
