"""A fact is dated, not from the future, and inside the window of its severity."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from core.base.gap import Gap
from core.facts.dates import Refusal, instant_of, months_before, refuse_age, refuse_day
from core.facts.fact import Severity
from tests.core.facts.made import AS_OF


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 4, 24), 12, date(2025, 4, 24)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
    ],
)
def test_a_month_before_keeps_the_day_or_takes_the_last(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("severity", "first"),
    [(Severity.G3, date(2025, 4, 24)), (Severity.G2, date(2026, 1, 24)), (Severity.G1, date(2026, 3, 24))],
)
def test_the_window_is_twelve_three_and_one_month(severity: Severity, first: date) -> None:
    assert refuse_age(first, severity, AS_OF) is None
    refusal = refuse_age(first - timedelta(days=1), severity, AS_OF)
    assert refusal is not None
    assert refusal.gate == "window"


def test_a_filing_of_tomorrow_is_refused() -> None:
    assert refuse_day(date(2026, 4, 24), AS_OF) is None
    assert refuse_day(date(2026, 4, 25), AS_OF) == Refusal("future", "dated 2026-04-25, after 2026-04-24")


def test_a_story_without_a_date_or_a_zone_is_undated() -> None:
    assert instant_of(Gap(gap="year 1782"), AS_OF) == Refusal("undated", "no usable date: year 1782")
    # DTZ001: a time without a zone is the point.
    assert instant_of(datetime(2026, 4, 24, 9), AS_OF) == Refusal("undated", "its time has no zone")  # noqa: DTZ001


def test_a_story_from_the_future_is_refused_after_one_hour() -> None:
    assert instant_of(AS_OF + timedelta(hours=1), AS_OF) == AS_OF + timedelta(hours=1)
    late = instant_of(AS_OF + timedelta(hours=1, seconds=1), AS_OF)
    assert isinstance(late, Refusal)
    assert late.gate == "future"


def test_an_instant_is_told_in_the_zone_of_the_run() -> None:
    tokyo = datetime(2026, 4, 24, 6, tzinfo=timezone(timedelta(hours=9)))

    told = instant_of(tokyo, AS_OF)

    assert told == datetime(2026, 4, 23, 21, tzinfo=UTC)
    assert isinstance(told, datetime)
    assert told.date() == date(2026, 4, 23)


def test_a_refusal_for_age_says_its_day_and_the_first_day_that_counts() -> None:
    refusal = refuse_age(date(2026, 3, 1), Severity.G1, AS_OF)

    assert refusal is not None
    assert refusal.reason == "of 2026-03-01, too old: G1 counts for one month, so from 2026-03-24"
