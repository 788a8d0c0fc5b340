"""What a vote says about a second vote, and how far ballots agree. Pure; formulas with their sources; no
scipy.

Every figure here measures how well the jury repeats itself, never whether it is right: one model repeated
shares its own errors. Counts are always (up, flat, down).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import exp, fsum, lgamma

from core.base.gap import Gap
from core.jury.call import STEADY_CALLS, Call, Votes, call_of, steady_from
from core.jury.verdict import BaseRate

JEFFREYS = (0.5, 0.5, 0.5)
# Under ten names the pooled prior would be a guess about the spread of names made from too few of them.
POOL_FROM = 10
# The strength s of the pooled prior is sought on this grid: 200 log-spaced points from 0.1 to 20.
GRID_POINTS = 200
GRID_LOW, GRID_HIGH = 0.1, 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Dirichlet parameters over (up, flat, down). `strength` is the likelihood's maximum, a gap for
    Jeffreys."""

    alpha: tuple[float, float, float]
    strength: float | Gap


def majority(votes: Votes) -> int | None:
    """The place of the direction with more than half of the votes; None when no direction has it."""
    lead = max(votes)
    return votes.index(lead) if lead * 2 > sum(votes) else None


def grid() -> tuple[float, ...]:
    """The 200 candidate strengths, ascending; both ends exact."""
    ratio = GRID_HIGH / GRID_LOW
    inner = (GRID_LOW * ratio ** (step / (GRID_POINTS - 1)) for step in range(1, GRID_POINTS - 1))
    return (GRID_LOW, *inner, GRID_HIGH)


def prior(names: Iterable[Votes]) -> Prior:
    """The prior of a jury's names at quorum. Same names in any order, same prior.

    alpha = s·π with π = (pooled counts + 1) / (total + 3) and s the maximum of the Dirichlet-multinomial
    likelihood on the grid (empirical Bayes; the lowest s on a tie). Jeffreys under ten names.
    """
    counted = Counter(names)
    if counted.total() < POOL_FROM:
        return Prior(alpha=JEFFREYS, strength=Gap(gap="fewer than ten names reached the quorum"))
    pooled = [sum(votes[place] * times for votes, times in counted.items()) for place in range(3)]
    total = sum(pooled)
    share = [(count + 1) / (total + 3) for count in pooled]
    strength = max(grid(), key=_likelihood(counted, share))
    return Prior(alpha=(strength * share[0], strength * share[1], strength * share[2]), strength=strength)


def _likelihood(counted: Mapping[Votes, int], share: list[float]) -> Callable[[float], float]:
    """log DM(names; s·π) as a function of s, without the terms that do not depend on s.

    DM(m; M, a) = M!·Γ(A)/Γ(A+M) · Π Γ(a_k+m_k)/(m_k!·Γ(a_k)), A = Σa (Mosimann 1962). Names with equal counts
    share their terms, so each s costs one pass over histograms of at most 32 values, however many names there
    are.
    """
    names = sum(counted.values())
    totals = _histogram((sum(votes), times) for votes, times in counted.items())
    places = [_histogram((votes[place], times) for votes, times in counted.items()) for place in range(3)]

    def at(strength: float) -> float:
        terms = [names * lgamma(strength)]
        terms.extend(-times * lgamma(strength + total) for total, times in totals)
        for weight, column in zip(share, places, strict=True):
            alpha = strength * weight
            terms.append(-names * lgamma(alpha))
            terms.extend(times * lgamma(alpha + count) for count, times in column)
        return fsum(terms)

    return at


def _histogram(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    ordered = sorted(pairs)
    return [
        (value, sum(times for _, times in group)) for value, group in groupby(ordered, lambda pair: pair[0])
    ]


def repeat_probability(votes: Votes, alpha: tuple[float, float, float], *, again: int | None = None) -> float:
    """Chance that a second jury with as many votes on this name comes to the same call.

    `again` is the second jury's number of votes when it is another one.

    Posterior predictive P_same = Σ DM(m; V, n+α) over all m with |m| = V and the call of n. A steady
    direction has at least eighty percent of the votes, so at most one direction is steady: the sum is a
    beta-binomial tail for a steady call, and one minus the three tails for an undecided one.
    """
    total = sum(votes) if again is None else again
    posterior = [count + weight for count, weight in zip(votes, alpha, strict=True)]
    mass = fsum(posterior)
    call = call_of(votes)
    if call is not Call.UNDECIDED:
        own = posterior[STEADY_CALLS.index(call)]
        return min(1.0, _steady_tail(total, own, mass - own))
    return max(0.0, 1.0 - fsum(_steady_tail(total, own, mass - own) for own in posterior))


def _steady_tail(total: int, own: float, rest: float) -> float:
    """P(a steady share of `total`) under a beta-binomial with parameters `own` and `rest`."""
    fixed = lgamma(total + 1) + lgamma(own + rest) - lgamma(own + rest + total) - lgamma(own) - lgamma(rest)
    return fsum(
        exp(
            fixed
            + lgamma(own + hits)
            - lgamma(hits + 1)
            + lgamma(rest + total - hits)
            - lgamma(total - hits + 1)
        )
        for hits in range(steady_from(total), total + 1)
    )


def pairwise(votes: Votes) -> float:
    """Share of pairs of votes that agree: Σ n_k(n_k−1) / (V(V−1)), V ≥ 2. Unbiased, whatever V is."""
    total = sum(votes)
    return sum(count * (count - 1) for count in votes) / (total * (total - 1))


def agreement(names: Iterable[Votes]) -> float | Gap:
    """Mean pairwise agreement over the names with at least two votes, 0 to 1."""
    shares = [pairwise(votes) for votes in names if sum(votes) >= 2]
    if not shares:
        return Gap(gap="no name has two votes to compare")
    return fsum(shares) / len(shares)


def base_rate(names: Iterable[Votes]) -> BaseRate | Gap:
    """Shares of the directions over all votes on all names."""
    pooled = [sum(column) for column in zip(*names, strict=True)]
    total = sum(pooled)
    if total == 0:
        return Gap(gap="there is no vote to count")
    return BaseRate(up=pooled[0] / total, flat=pooled[1] / total, down=pooled[2] / total)
