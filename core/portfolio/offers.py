"""Which listing an instrument without a ticker could be: offered in order with the price it would get, never
chosen. Pure.

Decision: the exchange that the file names comes first, then its currency, then the exchange at home in the
ISIN's country; the order of the sources decides the rest. A confirmed ticker is kept under the instrument's
identity.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap
from core.market.units import whole_currency
from core.portfolio.holding import Holding, Unnamed
from core.portfolio.identities import Certainty, Listing
from core.portfolio.isin import is_isin
from core.portfolio.venues import venue_named, venue_of_ticker

MOST = 6
"""More listings than this are no choice on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One listing, and the last price there in `currency` (whole units)."""

    listing: Listing
    price: Decimal | Gap
    currency: str | Gap


def ranked(what: Unnamed, listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """The listings, each ticker once, the likeliest first; at most six."""
    once: dict[str, Listing] = {}
    for each in listings:
        once.setdefault(each.ticker, each)
    return tuple(sorted(once.values(), key=lambda each: _distance(what, each))[:MOST])


def _distance(what: Unnamed, listing: Listing) -> tuple[bool, bool, bool, bool]:
    venue = venue_of_ticker(listing.ticker)
    named = Gap(gap="none") if isinstance(what.exchange, Gap) else venue_named(what.exchange)
    home = what.identity[:2] if is_isin(what.identity) else ""
    return (
        listing.certainty is Certainty.ONE,
        isinstance(named, Gap) or named != venue,
        isinstance(what.currency, Gap) or _whole(what.currency) != _whole(listing.currency),
        isinstance(venue, Gap) or venue.country != home,
    )


def _whole(currency: str | Gap) -> str | Gap:
    found = currency if isinstance(currency, Gap) else whole_currency(currency)
    return found if isinstance(found, Gap) else found[0]


def unnamed_of(holdings: Iterable[Holding]) -> tuple[Unnamed, ...]:
    """The holdings that stand under their ISIN."""
    return tuple(
        Unnamed(
            identity=each.ticker,
            name=each.name,
            quantity=each.quantity,
            kind=each.kind,
            symbol=Gap(gap="not given"),
            currency=each.currency,
            exchange=Gap(gap="not given"),
            held=True,
        )
        for each in holdings
        if each.ticker == each.isin
    )
