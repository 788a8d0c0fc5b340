"""What the owner should know about the names themselves: one company under two tickers, a split, an old
ticker. Pure.

Decision: nothing is merged or recomputed here. Two listings stay two positions, and a quantity is never
multiplied by a split's ratio on its own: whether the portfolio counts the new shares is known to the owner
alone, so he is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from core.base.gap import Gap
from core.market.quote import MarketRecord
from core.portfolio.accounts import Accounts
from core.portfolio.holding import Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Something that happened to a holding since its import. `typed` is the change that would follow it,
    `key` says which it is."""

    key: str
    said: str
    typed: str


def moved_since(
    accounts: Accounts, records: Sequence[MarketRecord], day: date, settled: frozenset[str] = frozenset()
) -> tuple[Moved, ...]:
    """Splits after the day of an account's import, and tickers under which held names trade now; by account
    and ticker."""
    known = {record.ticker: record for record in records}
    found: dict[str, Moved] = {}
    for account in accounts.accounts:
        for holding in account.portfolio.holdings:
            record = known.get(holding.ticker)
            if record is None:
                continue
            if not isinstance(record.renamed, Gap):
                key = f"{holding.ticker} is {record.renamed}"
                said = f"{holding.ticker} now trades as {record.renamed}"
                found[key] = Moved(key=key, said=said, typed=f"rename {holding.ticker} {record.renamed}")
            if isinstance(account.since, Gap):
                continue
            late = [split for split in record.splits if account.since < split.day <= day]
            for split in sorted(late, key=lambda each: each.day):
                key = f"{account.name}: {holding.ticker} split {split.day}"
                if key in settled:
                    continue
                new, old = Fraction(split.ratio).limit_denominator(1000).as_integer_ratio()
                after = (holding.quantity * new / old).normalize()
                said = (
                    f"{holding.ticker} split {split.ratio.normalize():f} for 1 on {split.day}, after the "
                    "import of "
                    f"{account.since} ({account.name}): {holding.quantity:f} would be {after:f}"
                )
                typed = f"split {holding.ticker} {new}:{old} in {account.name}"
                found[key] = Moved(key=key, said=said, typed=typed)
                break  # the next one, when this is settled
    return tuple(each for key, each in found.items() if key not in settled)


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
        f"{record.ticker} split {split.ratio.normalize():f} for 1 on {split.day}: check that the quantity "
        "counts the new shares"
        for record in known
        for split in record.splits
        if 0 <= (day - split.day).days <= RECENT_SPLIT_DAYS
    ]
    return tuple(twins + splits)
