"""Which ticker an instrument of a file has: confirmed by its owner, written by him, or sure by its exchange;
else it is asked.

Decisions. A broker's bare symbol is an American listing only where a row of it is in dollars: MC in euros is
LVMH in Paris, MC in dollars another company. No fund with a European ISIN is listed in the United States,
whatever its currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio.holding import Unnamed
from core.portfolio.paid import Lot
from core.portfolio.venues import ticker_at, venue_named, venue_of_ticker
from providers.holdings.sheet import Row


@dataclass(slots=True)
class Group:
    """All rows of one instrument in one account."""

    account: str = ""
    shares: Decimal = Decimal(0)
    ticker: str = ""
    isin: str = ""
    name: str = ""
    kind: Kind = Kind.EQUITY
    currencies: set[str] = field(default_factory=set)
    exchange: str = ""
    locked: bool = False
    typed: bool = False
    rows: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)


class Namer:
    """`known`: identity → ticker, as confirmed. `own`: symbols are those that sources of prices use. What has
    no ticker is collected in `unnamed`."""

    def __init__(self, known: Mapping[str, str], *, own: bool) -> None:
        self._known = {key.casefold(): ticker for key, ticker in known.items()}
        self._own = own
        self._seen: dict[str, set[str]] = {}
        self.unnamed: list[Unnamed] = []

    def saw(self, symbol: str, currency: str) -> None:
        """A row of any kind in which this symbol stands with this currency: it tells where the symbol is
        listed."""
        self._seen.setdefault(symbol, set()).add(currency)

    def ticker(self, group: Group, currency: str, quantity: Decimal) -> str:
        """The ticker that prices are asked for; the ISIN where none is known; nothing where it must be set
        aside."""
        symbol = group.ticker
        by_currency = f"{symbol} ({currency})" if currency else symbol
        identity = group.isin or (by_currency if symbol and not self._own else symbol) or group.name
        known = self._known.get(identity.casefold()) or self._known.get(symbol.casefold())
        if known:
            return known
        if symbol and self._listed(group):
            venue = venue_named(group.exchange) if group.exchange and not self._own else NOT_GIVEN
            return symbol if isinstance(venue, Gap) else ticker_at(symbol, venue)
        self.unnamed.append(
            Unnamed(
                identity=identity,
                name=group.name or NOT_GIVEN,
                quantity=quantity,
                kind=group.kind,
                symbol=symbol or NOT_GIVEN,
                currency=currency or NOT_GIVEN,
                exchange=group.exchange or NOT_GIVEN,
                held=bool(group.isin),
            )
        )
        return group.isin

    def _listed(self, group: Group) -> bool:
        """Whether the symbol is known to be the one that sources of prices use."""
        if self._own or group.typed or group.kind is Kind.CRYPTO:
            return True
        if group.kind is Kind.BOND and (group.isin or "-" in group.ticker):
            return False  # what brokers call a bond is no ticker: T 4 5/8 09/15/26
        if "." in group.ticker and not isinstance(venue_of_ticker(group.ticker), Gap):
            return True
        if group.exchange and not isinstance(venue_named(group.exchange), Gap):
            return True
        if group.isin and group.kind is Kind.FUND and group.isin[:2] != "US":
            return False  # no fund with a European ISIN is listed in the United States
        return "USD" in group.currencies or "USD" in self._seen.get(group.ticker, set())
