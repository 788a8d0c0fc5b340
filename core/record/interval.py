"""Intervals for shares of related calls, and how many calls a proof needs. Formulas with sources; no scipy at
run time."""

from collections.abc import Iterable
from math import sqrt
from typing import Final

Z_975: Final = 1.959964
# Power of 80 %: the customary chance to see an effect that is there.
Z_80: Final = 0.841621
# Calls of one month share its market and its model's leaning. With a tenth of correlation thirty names count
# as eight.
RELATED: Final = 0.1
# The hit rate to tell from a coin: a smaller edge would take many times longer still.
WORTH: Final = 0.55


def effective_number(months: Iterable[int]) -> float:
    """What calls are worth as independent ones: the sum over months of n / (1 + (n − 1)·ρ) (Kish 1965)."""
    return sum(calls / (1 + (calls - 1) * RELATED) for calls in months)


def wilson(share: float, number: float) -> tuple[float, float]:
    """The 95 % score interval of a share seen in `number` > 0 calls (Wilson 1927); `number` may be
    fractional."""
    z2 = Z_975**2
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = Z_975 / (1 + z2 / number) * sqrt(share * (1 - share) / number + z2 / (4 * number**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def needed_number() -> float:
    """Independent calls needed to tell a hit rate of WORTH from one half, at 5 % and 80 % power: some 780."""
    return ((Z_975 * 0.5 + Z_80 * sqrt(WORTH * (1 - WORTH))) / (WORTH - 0.5)) ** 2
