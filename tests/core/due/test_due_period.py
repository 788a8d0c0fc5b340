"""Twelve reports a year, in every zone, on every day and at every time of day."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.errors import BadRequest
from core.due import due_period, next_period, periods_after, upcoming

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
)
TIMES = (time(0, 0), time(0, 30), time(2, 30), time(23, 59))
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("zone_name", ZONES)
def test_every_day_and_time_gives_twelve_periods_a_year_for_ten_years(zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    expected = [f"{year}-{month:02d}" for year in range(2026, 2036) for month in range(1, 13)]

    for day in range(1, 32):
        for at in TIMES:
            now = datetime(2025, 12, 31, 23, 59, 30, tzinfo=zone)
            found = []
            for _ in expected:
                period = next_period(now, zone, day, at)
                found.append(period.id)
                assert period.due > now
                assert period.id == period.due.strftime("%Y-%m")
                now = period.due

            assert found == expected


@given(
    day=st.integers(1, 31),
    at=st.times(),
    zone=st.sampled_from(ZONES),
    # DTZ001: hypothesis wants naive bounds.
    start=st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    steps=st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=30),
)
@settings(max_examples=150, deadline=None)
def test_whenever_one_looks_the_due_period_is_over_and_the_next_one_is_not(
    day: Any, at: Any, zone: Any, start: Any, steps: Any
) -> None:
    place = ZoneInfo(zone)
    now = start.replace(tzinfo=UTC)

    for minutes in steps:
        now += timedelta(minutes=minutes)
        due, following = due_period(now, place, day, at), next_period(now, place, day, at)

        assert due.due <= now < following.due
        assert timedelta(days=27) <= following.due - due.due <= timedelta(days=32)


def test_the_first_hour_of_april_that_the_librarys_trigger_never_fires_is_due() -> None:
    for name in ("Europe/Berlin", "America/New_York"):
        zone = ZoneInfo(name)

        period = due_period(datetime(2026, 4, 1, 0, 31, tzinfo=zone), zone, 1, time(0, 30))

        assert (period.id, period.due.isoformat()[:16]) == ("2026-04", "2026-04-01T00:30")


@pytest.mark.parametrize(("month", "day"), [(1, 31), (2, 28), (3, 31), (4, 30), (9, 30), (11, 30), (12, 31)])
def test_a_day_that_the_month_lacks_is_its_last_day(month: int, day: int) -> None:
    period = due_period(datetime(2026, month, day, 9, tzinfo=PARIS), PARIS, 31, time(8))

    assert period.due == datetime(2026, month, day, 8, tzinfo=PARIS)


def test_a_leap_day_is_the_last_day_of_its_february() -> None:
    period = due_period(datetime(2028, 2, 29, 9, tzinfo=PARIS), PARIS, 30, time(8))

    assert period.due.day == 29


def test_a_local_time_that_is_skipped_happens_right_after_the_change() -> None:
    period = due_period(datetime(2026, 3, 29, 4, tzinfo=PARIS), PARIS, 29, time(2, 30))

    assert period.due.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert period.due.isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_local_time_that_happens_twice_means_the_first() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    before = due_period(first - timedelta(seconds=1), PARIS, 25, time(2, 30))
    then = due_period(first, PARIS, 25, time(2, 30))
    second_pass = due_period(first + timedelta(hours=1), PARIS, 25, time(2, 30))

    assert (before.id, then.id, second_pass.id) == ("2026-09", "2026-10", "2026-10")
    assert then == second_pass


def test_the_exact_instant_is_due_and_a_moment_before_is_not() -> None:
    instant = datetime(2026, 11, 1, 8, tzinfo=PARIS)

    assert due_period(instant, PARIS, 1, time(8)).id == "2026-11"
    assert due_period(instant - timedelta(microseconds=1), PARIS, 1, time(8)).id == "2026-10"
    assert next_period(instant, PARIS, 1, time(8)).due == datetime(2026, 12, 1, 8, tzinfo=PARIS)


def test_the_year_turns_in_both_directions() -> None:
    assert due_period(datetime(2026, 1, 1, tzinfo=UTC), UTC, 2, time(8)).id == "2025-12"
    assert next_period(datetime(2026, 12, 15, tzinfo=UTC), UTC, 2, time(8)).id == "2027-01"


def test_a_clock_that_jumps_back_makes_an_earlier_period_due_and_never_a_new_one() -> None:
    now = datetime(2026, 11, 1, 9, tzinfo=UTC)

    there = due_period(now, UTC, 1, time(8))
    back = due_period(now - timedelta(hours=2), UTC, 1, time(8))
    again = due_period(now, UTC, 1, time(8))

    assert (there.id, back.id, again.id) == ("2026-11", "2026-10", "2026-11")


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_outside_the_month_is_refused(day: int) -> None:
    with pytest.raises(BadRequest, match="1 to 31"):
        due_period(datetime(2026, 1, 1, tzinfo=UTC), UTC, day, time(8))


def test_periods_since_a_moment_are_listed_oldest_first() -> None:
    since, now = datetime(2026, 8, 1, 8, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC)

    found = periods_after(since, now, UTC, 1, time(8))

    assert [period.id for period in found] == ["2026-09", "2026-10", "2026-11"]
    assert periods_after(now, now, UTC, 1, time(8)) == ()


def test_a_clock_that_was_wrong_by_decades_lists_two_years_at_most() -> None:
    found = periods_after(
        datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC), UTC, 1, time(8)
    )

    assert (len(found), found[-1].id) == (24, "2026-11")


def test_a_fixed_offset_is_a_zone_too() -> None:
    zone = timezone(timedelta(hours=-11))

    assert due_period(datetime(2026, 3, 1, 18, 59, tzinfo=UTC), zone, 1, time(8)).id == "2026-02"


@given(
    changes=st.lists(
        st.tuples(st.integers(1, 400), st.integers(1, 31), st.sampled_from(TIMES), st.sampled_from(ZONES)),
        max_size=6,
    ),
    day=st.integers(1, 31),
)
@settings(max_examples=20, deadline=None)
def test_settings_that_change_give_one_report_a_month_and_the_date_said_is_the_date_that_comes(
    changes: Any, day: Any
) -> None:
    """Looks every six hours; a report is made as soon as a month owes one."""
    since = datetime(2026, 1, 1, tzinfo=UTC)
    asked = {moment: rest for moment, *rest in changes}
    plan = [day, time(8, 0), "UTC"]
    made: dict[str, datetime] = {}
    said: datetime | None = None
    for step in range(1, 4 * 420):
        now = since + timedelta(hours=6 * step)
        if step % 4 == 0 and step // 4 in asked:
            plan, said = asked[step // 4], None
        zone, day, at = ZoneInfo(plan[2]), plan[0], plan[1]
        due = [each for each in periods_after(since, now, zone, day, at) if each.id not in made]
        for each in due[-1:]:
            assert said is None or said <= now < said + timedelta(hours=6)
            made[each.id] = now
        said = upcoming(now, zone, day, at, since=since, begun=made).due
        assert said >= now

    months = [f"2026-{month:02d}" for month in range(2, 13)] + ["2027-01"]
    assert set(months) <= set(made)


def test_a_month_that_is_owed_comes_now_and_one_that_has_its_report_is_passed() -> None:
    now = datetime(2026, 11, 10, 9, tzinfo=UTC)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)

    owed = upcoming(now, UTC, 5, time(8), since=long_ago, begun=())
    passed = upcoming(now, UTC, 5, time(8), since=long_ago, begun=("2026-11",))
    later = upcoming(now, UTC, 22, time(8), since=long_ago, begun=("2026-10", "2026-11"))
    nobodys = upcoming(now, UTC, 5, time(8), since=datetime(2026, 11, 5, 8, tzinfo=UTC), begun=())

    assert (owed.id, owed.due) == ("2026-11", now)
    assert (passed.id, passed.due) == ("2026-12", datetime(2026, 12, 5, 8, tzinfo=UTC))
    assert (later.id, later.due) == ("2026-12", datetime(2026, 12, 22, 8, tzinfo=UTC))
    assert (nobodys.id, nobodys.due) == ("2026-12", datetime(2026, 12, 5, 8, tzinfo=UTC))
