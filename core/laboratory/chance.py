"""The few pieces of probability that the laboratory needs, deterministic, without scipy at run time."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import comb, fsum
from statistics import pvariance
from typing import Final

from core.base.canonical import digest

# Student's t, two-sided 95 %, by degrees of freedom from 1 to 30 (standard table; tests compare with scipy).
T_975: Final = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
Z_975: Final = 1.959964

# All divisions of the ballots are tried up to this many (6 and 6 ballots: 924); beyond, this many drawn by
# hash.
MOST_SPLITS: Final = 1_000


def t_975(degrees: float) -> float:
    """The 97.5 % point of Student's t. Fractional degrees are rounded down, at least 1: rather too wide."""
    whole = max(1, int(degrees))
    if whole <= len(T_975):
        return T_975[whole - 1]
    return (
        Z_975
        + (Z_975**3 + Z_975) / (4 * whole)
        + (5 * Z_975**5 + 16 * Z_975**3 + 3 * Z_975) / (96 * whole**2)
    )


def poisson_binomial(chances: Sequence[float]) -> list[float]:
    """P(exactly k of independent events with these chances), for k = 0 … n. By convolution (Fisz 1963)."""
    mass = [1.0]
    for chance in chances:
        mass = [
            stay * (1 - chance) + come * chance for stay, come in zip([*mass, 0.0], [0.0, *mass], strict=True)
        ]
    return mass


def central(mass: Sequence[float]) -> tuple[int, int]:
    """The smallest counts low and high with at most 2.5 % of the mass below low, and above high."""
    low = next(k for k in range(len(mass)) if fsum(mass[: k + 1]) > 0.025)
    high = next(k for k in range(len(mass) - 1, -1, -1) if fsum(mass[k:]) > 0.025)
    return low, high


@lru_cache(maxsize=8)
def splits(plain: int, other: int) -> tuple[tuple[int, ...], bool]:
    """Divisions of plain + other ballots into such groups, as bit masks of the other group, the true one
    first.

    The true other group are the high bits. True when every division is listed; else MOST_SPLITS are drawn by
    hash, the same on any machine.
    """
    total = plain + other
    true = ((1 << other) - 1) << plain
    if comb(total, other) <= MOST_SPLITS:
        every = (sum(1 << place for place in group) for group in combinations(range(total), other))
        return (true, *(mask for mask in every if mask != true)), True
    return (true, *(_drawn(draw, total, other) for draw in range(MOST_SPLITS - 1))), False


def _drawn(draw: int, total: int, other: int) -> int:
    """`other` of `total` places, each group as likely as any other (Fisher and Yates), decided by SHA-256."""
    places = list(range(total))
    for step in range(other):
        # Twelve hex digits: 48 bits for at most some hundred places leave no bias that could be seen.
        chosen = step + int(digest(f"{draw}/{step}")[:12], 16) % (total - step)
        places[step], places[chosen] = places[chosen], places[step]
    return sum(1 << place for place in places[:other])


def jackknife_variance(parts: Sequence[Sequence[float]]) -> float:
    """Variance of a statistic of several samples: `parts[g]` holds it with each ballot of g left out in
    turn."""
    return fsum((len(values) - 1) * pvariance(values) for values in parts)
