"""Figures as people read them."""

from datetime import date

from bot.report.figures import fact_day


def test_a_fact_of_another_year_shows_its_year() -> None:
    assert fact_day(date(2025, 11, 20), date(2026, 4, 24)) == "20 Nov 2025"


def test_a_fact_of_this_year_is_short() -> None:
    assert fact_day(date(2026, 4, 7), date(2026, 4, 24)) == "7 Apr"
