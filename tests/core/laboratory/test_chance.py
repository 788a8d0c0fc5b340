from itertools import combinations
from math import comb, fsum

import pytest
from scipy import stats

from core.laboratory.chance import MOST_SPLITS, central, jackknife_variance, poisson_binomial, splits, t_975


@pytest.mark.parametrize("degrees", [*range(1, 31), 31, 45, 60, 200])
def test_student_s_t_is_the_one_of_scipy(degrees: int) -> None:
    assert t_975(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=2e-4)


def test_fractional_degrees_give_the_wider_interval() -> None:
    assert t_975(4.9) == t_975(4)
    assert t_975(0.3) == t_975(1)


def test_equal_chances_make_a_poisson_binomial_a_binomial() -> None:
    assert poisson_binomial([0.3] * 7) == pytest.approx([stats.binom.pmf(k, 7, 0.3) for k in range(8)])


def test_unequal_chances_are_summed_over_all_subsets() -> None:
    chances = [0.1, 0.5, 0.9, 0.2]

    expected = [0.0] * 5
    for size in range(5):
        for group in combinations(range(4), size):
            product = 1.0
            for place, chance in enumerate(chances):
                product *= chance if place in group else 1 - chance
            expected[size] += product

    assert poisson_binomial(chances) == pytest.approx(expected)
    assert poisson_binomial([]) == [1.0]


def test_the_central_range_leaves_at_most_a_fortieth_on_either_side() -> None:
    mass = poisson_binomial([0.5] * 20)

    low, high = central(mass)

    assert (low, high) == (6, 14)
    assert fsum(mass[:low]) <= 0.025 >= fsum(mass[high + 1 :])


def test_few_ballots_are_divided_in_every_way_the_true_one_first() -> None:
    masks, every = splits(3, 2)

    assert every
    assert masks[0] == 0b11000
    assert len(masks) == len(set(masks)) == comb(5, 2)
    assert {mask.bit_count() for mask in masks} == {2}


def test_many_ballots_are_divided_by_hash_always_the_same_way() -> None:
    masks, every = splits(9, 9)

    assert not every
    assert len(masks) == MOST_SPLITS
    assert masks[0] == 0b111111111 << 9
    assert masks == splits(9, 9)[0]
    assert {mask.bit_count() for mask in masks} == {9}


def test_the_jackknife_variance_of_a_mean_is_its_standard_error() -> None:
    values = [1.0, 4.0, 4.0, 7.0, 9.0]
    left_out = [(sum(values) - value) / 4 for value in values]

    assert jackknife_variance([left_out]) == pytest.approx(stats.sem(values) ** 2)
