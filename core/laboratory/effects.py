"""What an experiment did, held against the noise of asking the plain question again. Pure; ballots are the
unit.

If the change does nothing, its ballots and the plain ones are exchangeable, so every division of all ballots
into two such groups was as likely as the true one. That gives exact p-values (Fisher 1935) and, by the
largest size over all names in each division, p-values that are right for all names at once (Westfall and
Young 1993). Names are never taken as independent of each other: one ballot rules on all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import fmean, pvariance, variance
from typing import Final

from core.base.gap import Gap
from core.laboratory.chance import jackknife_variance, splits, t_975

SIGNIFICANT: Final = 0.05
# Divisions on which the jackknife's own noise is measured: its mean is steady from a dozen on.
JACKKNIFED: Final = 12
# Room for the rounding of sums when sizes are compared for "as large as".
ROUNDING: Final = 1e-9

Choices = tuple[int, int, int, int]
"""For one name, the ballots (as bits) that said up, flat, down, abstain; one in none of them was missing."""


Interval = tuple[float, float] | Gap
"""95 % of what is plausible, or why there is no such interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All ballots on all names: `plain` low bits the unchanged question, the next `changed` the
    experiment."""

    plain: int
    changed: int
    names: Mapping[str, Choices]

    @property
    def everyone(self) -> int:
        return (1 << (self.plain + self.changed)) - 1

    @property
    def group(self) -> int:
        return ((1 << self.changed) - 1) << self.plain


def size_of(choices: Choices, group: int, others: int) -> float | None:
    """How much further apart two ballots are across the groups than within them, on one name; 0 on average if
    equal.

    Energy distance with disagreement as the distance: P(across differ) − ½·(P(within one differ) + P(within
    other differ)), each over pairs of different ballots, so unbiased. None when a group has under two ballots
    on the name.
    """
    inside = [(ballots & group).bit_count() for ballots in choices]
    outside = [(ballots & others).bit_count() for ballots in choices]
    n, m = sum(inside), sum(outside)
    if n < 2 or m < 2:
        return None
    across = 1 - sum(one * other for one, other in zip(inside, outside, strict=True)) / (n * m)
    within = 1 - sum(one * (one - 1) for one in inside) / (n * (n - 1))
    without = 1 - sum(one * (one - 1) for one in outside) / (m * (m - 1))
    return across - (within + without) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The size over all names, its noise and p-value; per name (size, p-value corrected for all names)."""

    size: float
    noise: float
    p_value: float
    error: float | Gap
    names: tuple[tuple[str, float, float], ...]


def moved(field: Field) -> Moved | Gap:
    """How far the experiment moved the votes. A gap when no name has two ballots on both sides."""
    everyone = field.everyone
    names = {
        ticker: choices
        for ticker, choices in field.names.items()
        if size_of(choices, field.group, everyone & ~field.group) is not None
    }
    if not names:
        return Gap(gap="no name has two ballots on both sides")
    # A name on which all ballots agree has size zero in every division.
    lively = {ticker: choices for ticker, choices in names.items() if sum(map(bool, choices)) > 1}
    masks, _ = splits(field.plain, field.changed)
    sizes = [
        {ticker: size_of(choices, mask, everyone & ~mask) or 0.0 for ticker, choices in lively.items()}
        for mask in masks
    ]
    means = [fsum(row.values()) / len(names) for row in sizes]
    largest = [max(row.values(), default=0.0) for row in sizes]
    true = sizes[0]
    return Moved(
        size=means[0],
        noise=_reach(means),
        p_value=_share(means, means[0]),
        error=_error(field, names, masks, means),
        names=tuple(
            (ticker, true.get(ticker, 0.0), _share(largest, true[ticker]) if ticker in true else 1.0)
            for ticker in sorted(names)
        ),
    )


def _mean_size(names: Mapping[str, Choices], group: int, others: int) -> float:
    sizes = [size for choices in names.values() if (size := size_of(choices, group, others)) is not None]
    return fsum(sizes) / len(sizes) if sizes else 0.0


def _error(
    field: Field, names: Mapping[str, Choices], masks: Sequence[int], means: Sequence[float]
) -> float | Gap:
    """Standard error of the mean size: the jackknife over ballots, less what it invents when there is no
    effect.

    Leaving one ballot out of a mean over pairs counts the pairs' own noise about three times at five ballots.
    Under the divisions that noise is known exactly, and so is what the jackknife makes of it; the excess is
    taken away. Simulated (20 names, 5 or 15 against 5 ballots): the 95 % interval holds the true size in 93
    to 100 of 100 cases.
    """
    if field.plain < 3 or field.changed < 3:
        return Gap(gap="three ballots on both sides are needed for an interval")
    noise = pvariance(means)
    sample = masks[1 :: max(1, len(masks) // JACKKNIFED)]
    invented = fmean(_jackknife(field, names, mask) for mask in sample)
    return sqrt(max(noise, _jackknife(field, names, field.group) - invented + noise))


def _jackknife(field: Field, names: Mapping[str, Choices], group: int) -> float:
    """Variance of the mean size of one division, each ballot of both groups left out in turn."""
    others = field.everyone & ~group
    single = [1 << place for place in range(field.plain + field.changed)]
    return jackknife_variance(
        [
            [_mean_size(names, group, others & ~ballot) for ballot in single if ballot & others],
            [_mean_size(names, group & ~ballot, others) for ballot in single if ballot & group],
        ]
    )


def _share(values: Sequence[float], least: float) -> float:
    """Share of divisions at least as large; the true division, which is among them, always counts."""
    return sum(value >= least - ROUNDING for value in values) / len(values)


def _reach(values: Sequence[float]) -> float:
    """What 95 of 100 divisions stay within."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * (1 - SIGNIFICANT)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A difference of means between the groups, its Welch interval (a gap without variance) and p-value."""

    size: float
    interval: Interval
    noise: float
    p_value: float


def shift(plain: Sequence[float], changed: Sequence[float]) -> Shift | Gap:
    """How far the mean of a figure per ballot moved. A gap when a group has under two ballots."""
    n, m = len(plain), len(changed)
    if n < 2 or m < 2:
        return Gap(gap="two ballots on both sides are needed")
    values = (*plain, *changed)
    total = fsum(values)

    def difference(mask: int) -> float:
        inside = fsum(value for place, value in enumerate(values) if mask >> place & 1)
        return inside / m - (total - inside) / n

    masks, _ = splits(n, m)
    sizes = [abs(difference(mask)) for mask in masks]
    size = difference(masks[0])
    return Shift(
        size=size,
        interval=_welch(plain, changed, size),
        noise=_reach(sizes),
        p_value=_share(sizes, abs(size)),
    )


def _welch(plain: Sequence[float], changed: Sequence[float], size: float) -> Interval:
    parts = [(variance(group) / len(group), len(group)) for group in (plain, changed)]
    error = fsum(part for part, _ in parts)
    if error <= ROUNDING**2:
        return Gap(gap="the ballots of each side are all alike")
    degrees = error**2 / fsum(part**2 / (count - 1) for part, count in parts)
    half = t_975(degrees) * sqrt(error)
    return size - half, size + half


def beats_noise(p_value: float, interval: Interval) -> bool:
    """An effect only if chance would rarely do as much and the interval excludes zero."""
    if isinstance(interval, Gap):
        return False
    low, high = interval
    return p_value <= SIGNIFICANT and (low > 0 or high < 0)


def least_p(plain: int, changed: int) -> float:
    """The smallest p-value that so many ballots can give (equal groups count their mirror image too)."""
    masks, every = splits(plain, changed)
    return (2 if every and plain == changed else 1) / len(masks)
