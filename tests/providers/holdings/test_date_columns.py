"""Day first or month first is decided by the whole column."""

from datetime import date

import pytest

from core.portfolio.numbers import RowFault
from providers.holdings.days import DAY_FIRST, MONTH_FIRST, Days


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-04",
        "2024-03-04T10:20:05.865Z",
        "2024-03-04 10:20:05",
        "20240304",
        "04.03.2024",
        "04-Mar-2024",
    ],
)
def test_a_date_that_can_be_read_in_one_way_only(written: str) -> None:
    assert set(Days([written]).read(written)) == {date(2024, 3, 4)}


@pytest.mark.parametrize(
    ("other", "order", "day"), [("16-09-2021", DAY_FIRST, 4), ("09-16-2021", MONTH_FIRST, 3)]
)
def test_one_clear_date_decides_the_column(other: str, order: str, day: int) -> None:
    days = Days(["03-04-2021" if order == MONTH_FIRST else "04-03-2021", other])

    assert days.orders == (order,)
    assert days.read("04-03-2021")[0].day == (4 if order == DAY_FIRST else 3)
    assert days.read("03-04-2021")[0].day == (3 if order == DAY_FIRST else 4)
    assert day in {3, 4}


def test_an_open_column_keeps_both_readings() -> None:
    days = Days(["03/04/2021", "05/06/2021"])

    assert days.orders == (DAY_FIRST, MONTH_FIRST)
    assert days.read("03/04/2021") == (date(2021, 4, 3), date(2021, 3, 4))


def test_a_format_that_is_known_to_write_one_order_needs_no_evidence() -> None:
    assert Days([], usual=MONTH_FIRST).read("03/04/2021") == (date(2021, 3, 4),)


@pytest.mark.parametrize("written", ["<invalid>", "31-02-2021", "2021-13-01", "12/2021", "33-Foo-2021"])
def test_what_is_no_date_is_named(written: str) -> None:
    with pytest.raises(RowFault, match="is not a date"):
        Days([written]).read(written)


def test_a_missing_date_is_missing() -> None:
    with pytest.raises(RowFault, match="the date is missing"):
        Days([""]).read("")


def test_a_date_before_1970_is_a_mistake() -> None:
    with pytest.raises(RowFault, match="before 1970"):
        Days(["1960-01-01"]).read("1960-01-01")


def test_a_purchase_in_the_future_is_not_held() -> None:
    days = Days(["2050-06-06"], today=date(2026, 4, 24))

    with pytest.raises(RowFault, match="in the future"):
        days.read("2050-06-06")


def test_without_a_today_no_date_is_too_late() -> None:
    assert Days(["2050-06-06"]).read("2050-06-06") == (date(2050, 6, 6), date(2050, 6, 6))
