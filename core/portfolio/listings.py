"""What the owner should know about the names themselves: one company under two tickers, a split, an old ticker. Pure.

Decision: nothing is merged or recomputed here. Two listings stay two positions, and a quantity is never multiplied by a
split's ratio: whether the portfolio was entered before or after it is known to the owner alone.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from core.base.gap import Gap
from core.market.quote import MarketRecord
from core.portfolio.holding import Portfolio

RECENT_SPLIT_DAYS = 45
"""A month between reports and two weeks more: splits that a monthly portfolio file may not contain yet."""


def listing_remarks(portfolio: Portfolio, records: Sequence[MarketRecord], day: date) -> tuple[str, ...]:
    """Sentences on held names, ordered by ticker."""
    held = {holding.ticker: holding for holding in portfolio.holdings}
    known = [record for record in sorted(records, key=lambda item: item.ticker) if record.ticker in held]
    groups: dict[str, list[str]] = {}
    for record in known:
        isin = record.isin if not isinstance(record.isin, Gap) else held[record.ticker].isin
        if not isinstance(isin, Gap):
            groups.setdefault(isin, []).append(record.ticker)
        if not isinstance(record.name, Gap):
            groups.setdefault(record.name.casefold(), []).append(record.ticker)
    pairs = {pair for tickers in groups.values() for pair in pairwise(tickers)}
    twins = [
        f"{first} and {second} look like the same company under two listings: they are judged as two names"
        for first, second in sorted(pairs)
    ]
    splits = [
        f"{record.ticker} split {split.ratio.normalize():f} for 1 on {split.day}: check that the quantity counts the new shares"
        for record in known
        for split in record.splits
        if 0 <= (day - split.day).days <= RECENT_SPLIT_DAYS
    ]
    return tuple(twins + splits)
