"""Sessions as traded, made into an entry of the house's market file: earlier closes in today's shares, with the splits.

Sources that quote what was traded give the factor of each day, or an adjusted close from which it can be seen. Dividends are
not taken out: a close here is a price, as with every other source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.base.gap import Gap
from providers.markets.file.entries import Entry
from providers.markets.file.fields import WrongField, read_number

LARGEST_PART = 10  # of the smaller number of a split
NEAR = Decimal("0.05")
LEAST_SPLIT = Decimal("1.2")
"""A smaller step between traded and adjusted closes is a dividend; the smallest common split is 5:4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One row of a source, its fields as they came. `split` is the factor of that day, or `adjusted` its adjusted close."""

    day: str
    close: object
    volume: object = None
    split: object = None
    adjusted: object = None


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
