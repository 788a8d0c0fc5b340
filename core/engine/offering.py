"""Asks where instruments without a ticker could be listed, and at what price: the sources of listings, then
the prices.

Empty means that nobody knows the instrument. A source that could not be asked is said beside what the others
found; nothing is chosen here.
"""

from collections.abc import Sequence
from datetime import date

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.engine.terms import Sources
from core.market.quote import LookUp, MarketRecord
from core.portfolio.accounts import total
from core.portfolio.books import Books
from core.portfolio.holding import Unnamed
from core.portfolio.identities import Certainty, Listing
from core.portfolio.listings import Moved, moved_since
from core.portfolio.offers import Offer, ranked

MOST_AT_ONCE = 30
"""Names looked up in one go: a portfolio. The rest follows when these are named."""

Offered = tuple[Unnamed, tuple[Offer, ...]]


async def offers_for(
    unnamed: Sequence[Unnamed], sources: Sources, day: date
) -> tuple[tuple[Offered, ...], tuple[str, ...]]:
    """Each instrument with its offers, the likeliest first; and a sentence per source that was not asked."""
    found: list[tuple[Unnamed, tuple[Listing, ...]]] = []
    failed: dict[str, str] = {}
    for what in unnamed[:MOST_AT_ONCE]:
        listings: list[Listing] = []
        for source in sources.listings:
            try:
                listings += await source.find(what)
            except SourceFailed as error:
                failed[error.source] = str(error)
            if any(each.certainty is Certainty.SURE for each in listings):
                break  # sure enough to propose: no further house is told of this name
        found.append((what, ranked(what, listings)))
    tickers = tuple(dict.fromkeys(each.ticker for _, listings_ in found for each in listings_))
    try:
        records = (
            {each.ticker: each for each in await sources.market.look_up(tickers, day)} if tickers else {}
        )
    except SourceFailed as error:
        failed[error.source] = str(error)
        records = {}
    offered = tuple(
        (what, tuple(_offer(each, records.get(each.ticker)) for each in listings_))
        for what, listings_ in found
    )
    return offered, tuple(failed.values())


async def what_moved(books: Books, sources: Sources, day: date) -> tuple[Moved, ...] | Gap:
    """What happened to the holdings since their import, as the source of prices tells it; a Gap when it could
    not be asked."""
    accounts = books.accounts()
    tickers = tuple(each.ticker for each in total(accounts).holdings)
    try:
        records = await sources.market.look_up(tickers, day) if tickers else ()
    except SourceFailed as error:
        return Gap(gap=str(error))
    return moved_since(accounts, records, day, books.settled())


async def unknown(ticker: str, sources: Sources, day: date) -> str | Gap:
    """Why the source of prices does not know this ticker, with the nearest that it does; a Gap when it knows
    it, or why it could not be asked."""
    try:
        (record,) = await sources.market.look_up((ticker,), day)
    except SourceFailed as error:
        return Gap(gap=str(error))
    if record.state is LookUp.EMPTY:
        return record.reason or "not known"
    return Gap(gap=record.reason if record.state is LookUp.FAILED else "")


def _offer(listing: Listing, record: MarketRecord | None) -> Offer:
    if record is None or isinstance(record.quote, Gap):
        reason = "no price was found" if record is None else record.reason or "no price was found"
        return Offer(listing=listing, price=Gap(gap=reason), currency=listing.currency)
    return Offer(listing=listing, price=record.quote.price, currency=record.quote.currency)
