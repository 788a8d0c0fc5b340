import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.base.gap import Gap
from core.laboratory.effects import Field, Moved, Shift, beats_noise, least_p, moved, shift, size_of


def field(plain: dict[str, str], changed: dict[str, str]) -> Field:
    """One letter per ballot: u, f, d, a (abstain) or . (missing)."""
    first, second = next(iter(plain.values())), next(iter(changed.values()))
    names = {}
    for ticker, said in plain.items():
        letters = said + changed[ticker]
        up, flat, down, abstain = (
            sum(1 << place for place, letter in enumerate(letters) if letter == choice) for choice in "ufda"
        )
        names[ticker] = (up, flat, down, abstain)
    return Field(plain=len(first), changed=len(second), names=names)


def found_moved(plain: dict[str, str], changed: dict[str, str]) -> Moved:
    result = moved(field(plain, changed))
    assert isinstance(result, Moved)
    return result


def found_shift(plain: list[float], changed: list[float]) -> Shift:
    result = shift(plain, changed)
    assert isinstance(result, Shift)
    return result


def by_hand(plain: str, changed: str) -> float:
    across = [one != other for one in plain for other in changed]
    within = [[one != other for one, other in combinations(group, 2)] for group in (plain, changed)]
    return sum(across) / len(across) - sum(sum(part) / len(part) for part in within) / 2


@pytest.mark.parametrize(
    ("plain", "changed"), [("uuuuu", "ddddd"), ("uufda", "uffda"), ("uuf", "uud"), ("ffff", "fffa")]
)
def test_the_size_is_disagreement_across_less_disagreement_within(plain: str, changed: str) -> None:
    made = field({"A": plain}, {"A": changed})

    size = size_of(made.names["A"], made.group, made.everyone & ~made.group)

    assert size == pytest.approx(by_hand(plain, changed))


def test_the_size_is_zero_on_average_over_all_divisions() -> None:
    letters = "uuuffdda"
    sizes = []
    for group in combinations(range(8), 4):
        changed = "".join(letters[place] for place in group)
        plain = "".join(letters[place] for place in range(8) if place not in group)
        sizes.append(by_hand(plain, changed))

    assert sum(sizes) / len(sizes) == pytest.approx(0, abs=1e-12)


def test_names_that_turn_round_are_found_and_steady_ones_are_not() -> None:
    plain = {"TURNS": "uuuuu", **{f"N{place}": "fffff" for place in range(10)}, "NOISY": "ufudf"}
    changed = plain | {"TURNS": "ddddd", "NOISY": "uffdu"}

    result = found_moved(plain, changed)

    found = {ticker: (size, p_value) for ticker, size, p_value in result.names}
    assert found["TURNS"][0] == 1.0
    assert found["TURNS"][1] == pytest.approx(2 / 252)
    assert found["N3"] == (0.0, 1.0)
    assert found["NOISY"][1] > 0.5
    assert result.p_value == pytest.approx(2 / 252)
    assert result.size > result.noise


def test_names_missing_on_one_side_are_left_out_and_nothing_to_compare_is_a_gap() -> None:
    plain = {"A": "uuf", "B": "u.."}
    changed = {"A": "uud", "B": "uuu"}

    result = found_moved(plain, changed)

    assert [ticker for ticker, _, _ in result.names] == ["A"]
    assert moved(field({"A": "u"}, {"A": "d"})) == Gap(gap="no name has two ballots on both sides")
    assert isinstance(result.error, float)
    assert result.error > 0


def test_two_ballots_on_a_side_give_a_size_and_no_interval() -> None:
    result = found_moved({"A": "uuu"}, {"A": "dd"})

    assert result.size == 1.0
    assert result.error == Gap(gap="three ballots on both sides are needed for an interval")


def test_names_that_too_few_ballots_ruled_on_are_left_out_of_the_interval() -> None:
    result = found_moved({"A": "uu.", "B": "..."}, {"A": "ddd", "B": "ddd"})

    assert result.size == 1.0
    assert isinstance(result.error, float)
    assert result.error > 0, "without one of its two ballots the name has no size at all"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_pure_noise_is_rarely_called_an_effect(chance: random.Random) -> None:
    plain = {f"N{place}": "".join(chance.choices("ufd", (5, 3, 2), k=5)) for place in range(6)}
    changed = {ticker: "".join(chance.choices("ufd", (5, 3, 2), k=5)) for ticker in plain}

    result = found_moved(plain, changed)

    assert 1 / 252 <= result.p_value <= 1
    assert all(result.p_value <= 1 and p_value >= 1 / 252 for _, _, p_value in result.names)


def test_the_false_alarm_rate_over_all_names_is_at_most_one_in_twenty() -> None:
    chance = random.Random(7)
    alarms = 0
    for _ in range(80):
        plain = {f"N{place}": "".join(chance.choices("ufd", (5, 3, 2), k=4)) for place in range(8)}
        changed = {ticker: "".join(chance.choices("ufd", (5, 3, 2), k=4)) for ticker in plain}
        alarms += any(p_value <= 0.05 for _, _, p_value in found_moved(plain, changed).names)

    assert alarms <= 9, "5 % of 80 is 4; more than 9 would be a wrong p-value"


def test_a_shift_has_the_interval_of_welch() -> None:
    plain, changed = [0.1, 0.2, 0.15, 0.3], [0.5, 0.6, 0.35, 0.7, 0.4]

    found = found_shift(plain, changed)

    expected = stats.ttest_ind(changed, plain, equal_var=False)
    interval = expected.confidence_interval()
    assert found.size == pytest.approx(sum(changed) / 5 - sum(plain) / 4)
    assert not isinstance(found.interval, Gap)
    low, high = found.interval
    assert low <= interval.low + 1e-9
    assert high >= interval.high - 1e-9
    assert high - low == pytest.approx(interval.high - interval.low, rel=0.05)
    assert found.p_value == pytest.approx(
        stats.permutation_test(
            (changed, plain),
            lambda one, other, axis: one.mean(axis) - other.mean(axis),
            vectorized=True,
            n_resamples=10_000,
        ).pvalue
    )


def test_a_shift_without_variance_has_no_interval_and_is_never_an_effect() -> None:
    found = found_shift([0.5] * 5, [0.0] * 5)

    assert found.size == -0.5
    assert found.interval == Gap(gap="the ballots of each side are all alike")
    assert not beats_noise(found.p_value, found.interval)


def test_a_shift_needs_two_ballots_on_both_sides() -> None:
    assert isinstance(shift([0.5], [0.0] * 5), Gap)
    assert isinstance(shift([0.5] * 5, []), Gap)


def test_an_effect_needs_both_a_small_p_value_and_an_interval_without_zero() -> None:
    assert beats_noise(0.05, (0.01, 0.2))
    assert beats_noise(0.05, (-0.2, -0.01))
    assert not beats_noise(0.06, (0.01, 0.2))
    assert not beats_noise(0.01, (-0.01, 0.2))


def test_three_and_three_ballots_cannot_tell_anything_from_noise() -> None:
    assert least_p(3, 3) == pytest.approx(0.1)
    assert least_p(6, 3) == pytest.approx(1 / 84)
    assert least_p(5, 5) == pytest.approx(2 / 252)
    assert least_p(31, 31) == 0.001
