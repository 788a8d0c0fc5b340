"""Currency fields and session counting."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.base.gap import Gap
from core.market.sessions import age_in_words, is_weekend, lag, last_session
from core.market.units import MINOR_UNITS, whole_amount, whole_currency


@pytest.mark.parametrize(
    ("written", "currency", "parts"),
    [
        ("USD", "USD", 1),
        (" eur ", "EUR", 1),
        ("GBP", "GBP", 1),
        ("GBp", "GBP", 100),
        ("GBX", "GBP", 100),
        ("gbx", "GBP", 100),
        ("ZAc", "ZAR", 100),
        ("ILA", "ILS", 100),
        ("KWF", "KWD", 1000),
    ],
)
def test_a_currency_field_names_its_whole_unit(written: str, currency: str, parts: int) -> None:
    assert whole_currency(written) == (currency, parts)


@pytest.mark.parametrize("written", ["", "US", "EURO", "gBP", "U$D", "€", "１２３", "ЕUR"])
def test_a_text_that_is_no_currency_code_is_a_gap(written: str) -> None:
    found = whole_currency(written)

    assert isinstance(found, Gap)
    assert "is no currency code" in found.gap


def test_every_minor_unit_has_a_reason_and_its_own_spelling() -> None:
    assert all(unit.reason for unit in MINOR_UNITS)
    assert len({unit.written for unit in MINOR_UNITS}) == len(MINOR_UNITS)


def test_pence_become_pounds_exactly() -> None:
    assert whole_amount(Decimal("13956"), 100) == Decimal("139.56")
    assert whole_amount(Decimal("13956"), 1) == Decimal("13956")


def _counted(price_day: date, day: date) -> int:
    """The slow way: walk each day."""
    count, each = 0, last_session(price_day)
    while each < last_session(day):
        each += timedelta(days=1)
        count += each.weekday() < 5
    return count


def test_the_lag_counts_each_weekday_once() -> None:
    start = date(2026, 4, 13)
    days = [start + timedelta(days=offset) for offset in range(40)]

    wrong = [
        (first, second) for first in days for second in days if lag(first, second) != _counted(first, second)
    ]

    assert wrong == []


def test_fridays_price_is_of_the_last_session_on_a_sunday() -> None:
    sunday = date(2026, 4, 26)

    assert is_weekend(sunday)
    assert last_session(sunday) == date(2026, 4, 24)
    assert lag(date(2026, 4, 24), sunday) == 0
    assert lag(date(2026, 4, 24), date(2026, 4, 27)) == 1


def test_a_price_of_a_later_day_does_not_lag() -> None:
    assert lag(date(2026, 4, 27), date(2026, 4, 24)) == 0


def test_an_age_is_said_in_the_right_number() -> None:
    assert age_in_words(1) == "1 session old"
    assert age_in_words(5) == "5 sessions old"
