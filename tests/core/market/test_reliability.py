"""The grade of a consensus: formula, bands, flags, and all ways to be unreliable."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import NOT_GIVEN, Gap
from core.market.quote import Band, Consensus, FirmTarget, PricePoint, Quote
from core.market.reliability import CONSTANTS, RANGE_IN_SIGMAS, grade

DAY = date(2026, 4, 24)
PRICE = Quote(ticker="AAPL", price=Decimal(100), currency="USD", day=DAY, source="test")


def firms(*targets: str, age: int = 30) -> tuple[FirmTarget, ...]:
    day = DAY - timedelta(days=age)
    return tuple(
        FirmTarget(firm=f"firm {n}", target=Decimal(target), day=day) for n, target in enumerate(targets)
    )


def consensus(**changed: Any) -> Consensus:
    given: dict[str, Any] = {
        "mean": Decimal(120),
        "median": Decimal(120),
        "high": Decimal(144),
        "low": Decimal(96),
        "analysts": 20,
        "currency": "USD",
        "day": DAY,
        "firms": (),
    }
    return Consensus(**(given | changed))


def with_spread(count: int, sigma: str, age: int) -> Consensus:
    """Five firms whose spread is exactly `sigma`: 1.4826 · MAD / median."""
    step = Decimal(sigma) / Decimal("1.4826") * 120
    targets = [str(120 + move * step) for move in (-2, -1, 0, 1, 2)]
    return consensus(analysts=count, firms=firms(*targets, age=age))


@pytest.mark.parametrize(
    ("count", "sigma", "age", "score", "band"),
    [
        (40, "0.10", 30, 75, Band.USABLE),
        (12, "0.15", 60, 57, Band.USABLE),
        (8, "0.20", 90, 31, Band.WEAK),
        (20, "0.35", 60, 11, Band.UNUSABLE),
        (30, "0.15", 200, 26, Band.WEAK),
    ],
)
def test_the_worked_examples_of_the_formula(count: int, sigma: str, age: int, score: int, band: Band) -> None:
    found = grade(with_spread(count, sigma, age), PRICE, DAY)

    assert (found.score, found.band) == (Decimal(score), band)


def test_upside_stands_beside_its_correction() -> None:
    found = grade(with_spread(40, "0.10", 30), PRICE, DAY)

    assert (found.upside, found.adjusted_upside) == (Decimal("20.0"), Decimal("5.0"))
    assert found.flags == ()


def test_without_dated_firms_the_spread_is_the_range_and_the_band_at_most_weak() -> None:
    # (144 - 96) / (3.73 * 120) = 0.1072; 100 * (1 - 0.1072 / 0.40) = 73
    found = grade(consensus(), PRICE, DAY)

    assert (found.score, found.band) == (Decimal(73), Band.WEAK)
    assert found.flags == ("targets of single firms are not dated; collected 2026-04-24, at best weak",)


def test_age_halves_the_score_every_120_days_after_45() -> None:
    found = grade(consensus(day=DAY - timedelta(days=165)), PRICE, DAY)

    assert found.score == Decimal(37)


def test_between_two_rows_the_range_is_interpolated_and_beyond_the_table_it_stays() -> None:
    last_count, last = RANGE_IN_SIGMAS[-1]
    # N = 12 lies two fifths between 10 (3.08) and 15 (3.47)
    sigma = Decimal(48) / ((Decimal("3.08") + Decimal("0.39") * 2 / 5) * 120)
    expected = round(100 * (1 - sigma / Decimal("0.40")))

    assert grade(consensus(analysts=12), PRICE, DAY).score == expected
    assert (
        grade(consensus(analysts=last_count), PRICE, DAY).score
        == grade(consensus(analysts=last_count + 40), PRICE, DAY).score
        == round(100 * (1 - Decimal(48) / (last * 120) / Decimal("0.40")))
    )


def test_an_even_number_of_firms_takes_the_mean_of_the_middle_two() -> None:
    found = grade(consensus(firms=firms("100", "110", "120", "130", "140", "150"), analysts=30), PRICE, DAY)

    # median 125, deviations 25 15 5 5 15 25, MAD 15: 1.4826 * 15 / 125 = 0.178
    assert found.score == Decimal(56)


def test_firms_alone_give_the_count() -> None:
    found = grade(consensus(analysts=NOT_GIVEN, firms=firms(*["120"] * 12)), PRICE, DAY)

    assert (found.score, found.band) == (Decimal(100), Band.USABLE)


def test_only_each_firms_latest_target_of_the_past_year_counts() -> None:
    old = FirmTarget(firm="firm 0", target=Decimal(900), day=DAY - timedelta(days=100))
    ancient = FirmTarget(firm="gone", target=Decimal(900), day=DAY - timedelta(days=366))
    future = FirmTarget(firm="early", target=Decimal(900), day=DAY + timedelta(days=1))
    broken = FirmTarget(firm="zero", target=Decimal(0), day=DAY)
    steady = firms(*["120"] * 5)

    clean = grade(consensus(analysts=NOT_GIVEN, firms=steady), PRICE, DAY)
    noisy = grade(consensus(analysts=NOT_GIVEN, firms=(*steady, old, ancient, future, broken)), PRICE, DAY)

    assert noisy == clean


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"analysts": 2}, "only 2 analysts, 3 are needed"),
        ({"analysts": 1}, "only 1 analyst, 3 are needed"),
        ({"analysts": NOT_GIVEN}, "the number of analysts is not known"),
        ({"day": NOT_GIVEN}, "the day of the targets is not known"),
        ({"day": DAY + timedelta(days=1)}, "the targets are dated 2026-04-25, after 2026-04-24"),
        ({"high": NOT_GIVEN}, "mean, high and low target are not all given"),
        ({"mean": NOT_GIVEN}, "mean, high and low target are not all given"),
        ({"low": NOT_GIVEN}, "mean, high and low target are not all given"),
        ({"low": Decimal(130)}, "mean, high and low target contradict each other"),
        ({"low": Decimal(-1)}, "mean, high and low target contradict each other"),
        ({"mean": NOT_GIVEN, "median": NOT_GIVEN}, "no mean target is given"),
        ({"mean": Decimal("NaN"), "median": NOT_GIVEN}, "no mean target is given"),
        ({"currency": "EUR"}, "targets are in EUR, the price is in USD"),
        ({"mean": Decimal(12000)}, "the target is 1.2e+2 times the price, their units may differ"),
    ],
)
def test_whatever_is_missing_or_contradictory_is_unreliable_with_its_reason(
    changed: dict[str, object], reason: str
) -> None:
    found = grade(consensus(**changed), PRICE, DAY)

    assert (found.band, found.score) == (Band.UNRELIABLE, Gap(gap=reason))


def test_no_consensus_is_unreliable_and_has_no_upside() -> None:
    found = grade(Gap(gap="the source gives none"), PRICE, DAY)

    assert found.score == Gap(gap="no consensus (the source gives none)")
    assert isinstance(found.upside, Gap)
    assert isinstance(found.adjusted_upside, Gap)


def test_two_analysts_still_show_their_upside_beside_the_warning() -> None:
    assert grade(consensus(analysts=2), PRICE, DAY).upside == Decimal("20.0")


def test_a_fall_since_the_targets_and_results_since_the_targets_are_flagged() -> None:
    collected = DAY - timedelta(days=57)
    history = (
        PricePoint(day=collected - timedelta(days=1), close=Decimal(150)),
        PricePoint(day=collected, close=Decimal(118)),
        PricePoint(day=DAY, close=Decimal(100)),
    )

    found = grade(
        consensus(day=collected), PRICE, DAY, history=history, earnings=collected + timedelta(days=5)
    )

    assert found.flags[1:] == (
        "the price fell 15 % since the targets of 2026-02-26",
        "results were published on 2026-03-03, after the targets",
    )


def test_a_smaller_fall_and_earlier_results_are_not_flagged() -> None:
    history = (PricePoint(day=DAY - timedelta(days=60), close=Decimal(117)),)

    found = grade(
        consensus(day=DAY - timedelta(days=57)),
        PRICE,
        DAY,
        history=history,
        earnings=DAY - timedelta(days=57),
    )

    assert len(found.flags) == 1


@given(
    count=st.integers(3, 80),
    age=st.integers(0, 900),
    half_width=st.decimals(min_value="0.01", max_value=119, places=2),
)
def test_the_score_stays_between_0_and_100_and_never_rises_with_age(
    count: int, age: int, half_width: Decimal
) -> None:
    def score(days: int) -> Decimal:
        found = grade(
            consensus(
                analysts=count, high=120 + half_width, low=120 - half_width, day=DAY - timedelta(days=days)
            ),
            PRICE,
            DAY,
        ).score
        assert isinstance(found, Decimal)
        return found

    assert 0 <= score(age + 30) <= score(age) <= 100


def test_every_constant_names_its_source() -> None:
    assert all(constant.source for constant in CONSTANTS.values())
