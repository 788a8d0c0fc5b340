import itertools
import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.base.gap import Gap
from core.jury.statistics import (
    JEFFREYS,
    agreement,
    base_rate,
    grid,
    majority,
    pairwise,
    prior,
    repeat_probability,
)
from core.jury.verdict import BaseRate


def vectors(total: int) -> list[tuple[int, int, int]]:
    return [(up, flat, total - up - flat) for up in range(total + 1) for flat in range(total + 1 - up)]


def steady(votes: tuple[int, ...]) -> int | None:
    leaders = [place for place in range(3) if votes[place] * 5 >= sum(votes) * 4]
    return leaders[0] if leaders else None


@pytest.mark.parametrize(
    "alpha", [JEFFREYS, (1.0, 1.0, 1.0), (0.03, 2.4, 0.5), (0.0004, 0.09, 0.01), (12.0, 6.0, 2.0)]
)
@pytest.mark.parametrize("total", range(1, 8))
def test_repeat_probability_equals_brute_force_over_all_vote_vectors(
    total: int, alpha: tuple[float, float, float]
) -> None:
    for votes in vectors(total):
        posterior = [count + weight for count, weight in zip(votes, alpha, strict=True)]
        expected = sum(
            stats.dirichlet_multinomial.pmf(again, posterior, total)
            for again in vectors(total)
            if steady(again) == steady(votes)
        )

        assert repeat_probability(votes, alpha) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("votes", "summed"),
    [
        ((3, 0, 0), 0.5385),
        ((2, 1, 0), 0.662),
        ((5, 0, 0), 0.7995),
        ((4, 1, 0), 0.54),
        ((3, 2, 0), 0.5492),
        ((0, 7, 0), 0.7854),
        ((1, 6, 0), 0.528),
        ((0, 2, 5), 0.6675),
        ((4, 0, 3), 0.7754),
        ((9, 0, 0), 0.7776),
        ((8, 1, 0), 0.5215),
        ((0, 7, 2), 0.6862),
        ((3, 6, 0), 0.8235),
        ((4, 5, 0), 0.8898),
    ],
)
def test_jeffreys_figures_are_those_of_a_sum_over_all_count_vectors(
    votes: tuple[int, int, int], summed: float
) -> None:
    assert repeat_probability(votes, JEFFREYS) == pytest.approx(summed, abs=0.00006)


@pytest.mark.parametrize("total", [3, 5, 9, 31])
def test_a_steady_call_repeats_as_the_beta_binomial_tail_says(total: int) -> None:
    alpha = (0.4, 1.7, 0.2)
    needed = math.ceil(total * 4 / 5)
    votes = (needed, total - needed, 0)

    own, rest = votes[0] + alpha[0], votes[1] + alpha[1] + alpha[2]

    assert repeat_probability(votes, alpha) == pytest.approx(
        stats.betabinom.sf(needed - 1, total, own, rest), rel=1e-9
    )


@pytest.mark.parametrize("votes", [(4, 1, 0), (2, 2, 1), (2, 0, 2), (0, 3, 2)])
def test_repeat_probability_agrees_with_monte_carlo(votes: tuple[int, int, int]) -> None:
    chance = random.Random(20261122)
    rounds, total = 40_000, sum(votes)
    hits = 0
    for _ in range(rounds):
        gammas = [chance.gammavariate(count + 0.5, 1) for count in votes]
        drawn = Counter(chance.choices(range(3), gammas, k=total))
        hits += steady(tuple(drawn[place] for place in range(3))) == steady(votes)

    expected = repeat_probability(votes, JEFFREYS)

    assert abs(hits / rounds - expected) < 4 * math.sqrt(expected * (1 - expected) / rounds)


def test_a_tie_has_no_majority_and_half_is_not_more_than_half() -> None:
    assert majority((2, 2, 1)) is None
    assert majority((2, 0, 2)) is None
    assert majority((2, 1, 1)) is None
    assert majority((0, 3, 2)) == 1
    assert majority((0, 0, 3)) == 2


def test_under_ten_names_the_prior_is_jeffreys_and_says_why() -> None:
    belief = prior([(5, 0, 0)] * 9)

    assert belief.alpha == JEFFREYS
    assert belief.strength == Gap(gap="fewer than ten names reached the quorum")


@pytest.mark.parametrize(
    "names",
    [
        [(5, 0, 0)] * 4 + [(0, 5, 0)] * 4 + [(0, 1, 4)] * 4,
        [(2, 2, 1), (1, 2, 2), (2, 1, 2)] * 5,
        [(3, 2, 0), (0, 4, 1), (1, 1, 3), (5, 0, 0), (0, 5, 0)] * 3,
        [(0, 31, 0)] * 12,
    ],
)
def test_the_pooled_prior_is_the_likelihood_maximum_on_the_grid(names: list[tuple[int, int, int]]) -> None:
    pooled = [sum(column) for column in zip(*names, strict=True)]
    share = [(count + 1) / (sum(pooled) + 3) for count in pooled]

    def likelihood(strength: float) -> float:
        alpha = [strength * part for part in share]
        return float(sum(stats.dirichlet_multinomial.logpmf(votes, alpha, sum(votes)) for votes in names))

    best = max(grid(), key=likelihood)
    belief = prior(names)

    assert belief.strength == best
    assert belief.alpha == pytest.approx([best * part for part in share])


def test_the_grid_has_two_hundred_points_with_equal_ratios_from_a_tenth_to_twenty() -> None:
    points = grid()

    ratios = [later / earlier for earlier, later in itertools.pairwise(points)]
    assert (len(points), points[0], points[-1]) == (200, 0.1, 20.0)
    assert max(ratios) - min(ratios) < 1e-12


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(vectors(5) + vectors(4)), min_size=10, max_size=40), st.randoms())
def test_the_order_of_names_never_changes_the_prior(
    names: list[tuple[int, int, int]], chance: random.Random
) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)

    assert prior(shuffled) == prior(names)


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[st.integers(0, 31)] * 3).filter(lambda votes: 0 < sum(votes) <= 31), st.floats(0.001, 20))
def test_a_repeat_probability_is_a_probability(votes: tuple[int, int, int], strength: float) -> None:
    assert 0 <= repeat_probability(votes, (strength, strength / 2, strength / 7)) <= 1


def test_pairwise_agreement_counts_agreeing_pairs() -> None:
    for votes in vectors(6):
        ballots = [place for place in range(3) for _ in range(votes[place])]
        pairs = list(itertools.combinations(ballots, 2))

        assert pairwise(votes) == pytest.approx(sum(one == other for one, other in pairs) / len(pairs))


def test_pairwise_agreement_does_not_depend_on_the_number_of_ballots() -> None:
    chances = (0.6, 0.3, 0.1)

    expected = {
        total: sum(stats.multinomial.pmf(votes, total, chances) * pairwise(votes) for votes in vectors(total))
        for total in (3, 5, 9)
    }

    assert all(value == pytest.approx(0.46) for value in expected.values())


def test_agreement_is_the_mean_over_names_with_two_votes_or_more() -> None:
    assert agreement([(5, 0, 0), (2, 2, 1), (1, 0, 0), (0, 0, 0)]) == pytest.approx((1 + 0.2) / 2)
    assert agreement([(1, 0, 0)]) == Gap(gap="no name has two votes to compare")


def test_the_base_rate_is_over_votes_and_a_gap_without_any() -> None:
    rate = base_rate([(4, 1, 0), (0, 3, 2)])

    assert isinstance(rate, BaseRate)
    assert (rate.up, rate.flat, rate.down) == (0.4, 0.4, 0.2)
    assert base_rate([(0, 0, 0)]) == Gap(gap="there is no vote to count")


def test_a_second_jury_of_another_size_is_judged_by_its_own_steadiness() -> None:
    for again in (3, 7):
        posterior = [4.5, 1.5, 0.5]
        expected = sum(
            stats.dirichlet_multinomial.pmf(votes, posterior, again)
            for votes in vectors(again)
            if steady(votes) == 0
        )

        assert repeat_probability((4, 1, 0), JEFFREYS, again=again) == pytest.approx(expected)
