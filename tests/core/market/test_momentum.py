"""The change of a price over a year, as the brief shows it: without the last month, comparable across
splits."""

from datetime import date, timedelta
from decimal import Decimal

from core.market.momentum import year_change
from core.market.quote import PricePoint, Split

FIRST = date(2025, 1, 1)


def series(*closes: float) -> tuple[PricePoint, ...]:
    return tuple(
        PricePoint(day=FIRST + timedelta(days=place), close=Decimal(str(close)))
        for place, close in enumerate(closes)
    )


def test_the_change_leaves_out_the_last_twenty_sessions() -> None:
    closes = [100.0] * 100 + [150.0] * 131 + [999.0] * 20

    assert year_change(series(*closes), ()) == Decimal("50.0")


def test_with_a_session_too_few_there_is_no_year() -> None:
    assert year_change(series(*[100.0] * 250), ()) is None
    assert year_change(series(*[100.0] * 251), ()) == Decimal("0.0")


def test_a_split_is_no_fall() -> None:
    closes = [100.0] * 200 + [10.0] * 51
    split = Split(day=FIRST + timedelta(days=200), ratio=Decimal(10))

    assert year_change(series(*closes), (split,)) == Decimal("0.0")
