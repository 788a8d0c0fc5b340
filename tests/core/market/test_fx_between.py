"""Reference rates between any two currencies."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import Gap
from core.market.fx import convert, rate_between
from core.market.quote import FxRate, FxTable

DAY = date(2026, 4, 13)


def table(**per_euro: str) -> FxTable:
    rates = tuple(FxRate(currency=c, per_euro=Decimal(r), day=DAY) for c, r in sorted(per_euro.items()))
    return FxTable(source="ECB", day=DAY, rates=rates)


RATES = table(USD="1.1684", JPY="186.75", GBP="0.87058")


def test_a_dollar_in_euro_is_one_over_the_published_rate() -> None:
    assert rate_between(RATES, "USD", "EUR") == Decimal("0.8558712769599452")


def test_a_pound_in_dollars_goes_through_the_euro() -> None:
    rate = rate_between(RATES, "GBP", "USD")

    assert isinstance(rate, Decimal)
    assert abs(rate - Decimal("1.1684") / Decimal("0.87058")) < Decimal("1e-14")


def test_a_currency_in_itself_needs_no_table() -> None:
    assert rate_between(table(), "XYZ", "XYZ") == 1


def test_a_currency_nobody_quotes_is_a_gap_with_its_sentence() -> None:
    assert rate_between(RATES, "XYZ", "EUR") == Gap(gap="ECB publishes no rate for XYZ on 2026-04-13")
    assert rate_between(RATES, "EUR", "XYZ") == Gap(gap="ECB publishes no rate for XYZ on 2026-04-13")
    assert isinstance(convert(Decimal(1), RATES, "XYZ", "EUR"), Gap)


@given(amount=st.decimals(min_value=0, max_value=10**9, places=2))
def test_there_and_back_is_the_same_amount_to_the_cent(amount: Decimal) -> None:
    there = convert(amount, RATES, "USD", "JPY")
    assert isinstance(there, Decimal)
    back = convert(there, RATES, "JPY", "USD")

    assert isinstance(back, Decimal)
    assert back.quantize(Decimal("0.01")) == amount
