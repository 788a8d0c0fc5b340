"""Prices that are refused, and the state a record deserves."""

from datetime import date
from decimal import Decimal

import pytest

from core.base.gap import Gap
from core.base.kind import Kind
from core.market.plausible import currency_refusal, judged, move_refusal, price_refusal
from core.market.quote import LookUp, MarketRecord, PricePoint, Quote, Split

FRIDAY = date(2026, 4, 24)
THURSDAY = date(2026, 4, 23)


def quote(price: str, day: date = FRIDAY, currency: str = "GBP") -> Quote:
    return Quote(ticker="AZN.L", price=Decimal(price), currency=currency, day=day, source="test")


def closes(*points: tuple[date, str]) -> tuple[PricePoint, ...]:
    return tuple(PricePoint(day=day, close=Decimal(close)) for day, close in points)


def record(
    price: Quote | Gap, history: tuple[PricePoint, ...] = (), splits: tuple[Split, ...] = ()
) -> MarketRecord:
    return MarketRecord(
        ticker="AZN.L",
        state=LookUp.OK,
        reason="",
        name="AstraZeneca",
        kind=Kind.EQUITY,
        quote=price,
        consensus=Gap(gap="none"),
        history=history,
        splits=splits,
    )


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity", "1e11"])
def test_what_is_no_price_is_refused(price: str) -> None:
    assert price_refusal(Decimal(price)) is not None


def test_an_ordinary_price_is_accepted() -> None:
    assert price_refusal(Decimal("139.56")) is None


def test_pence_taken_for_pounds_are_refused_by_the_move() -> None:
    refusal = move_refusal(quote("13956"), closes((THURSDAY, "144.92")), ())

    assert refusal == "the price moved +9530 % since 2026-04-23 without a split (144.92 → 13956 GBP)"


@pytest.mark.parametrize(
    ("price", "refused"), [("140", False), ("140.01", True), ("60", False), ("59.99", True)]
)
def test_the_limit_is_two_fifths_either_way(price: str, refused: bool) -> None:
    assert (move_refusal(quote(price), closes((THURSDAY, "100")), ()) is not None) is refused


def test_a_split_explains_the_step() -> None:
    ten_for_one = (Split(day=FRIDAY, ratio=Decimal(10)),)

    assert move_refusal(quote("12.1"), closes((THURSDAY, "120")), ten_for_one) is None
    assert move_refusal(quote("50"), closes((THURSDAY, "120")), ten_for_one) is not None


def test_a_split_of_another_day_explains_nothing() -> None:
    long_ago = (Split(day=date(2024, 6, 10), ratio=Decimal(10)),)

    assert move_refusal(quote("12.1"), closes((THURSDAY, "120")), long_ago) is not None


def test_without_an_earlier_close_of_the_last_month_no_move_is_judged() -> None:
    assert move_refusal(quote("10"), (), ()) is None
    assert move_refusal(quote("10"), closes((FRIDAY, "1")), ()) is None
    assert move_refusal(quote("10"), closes((date(2025, 4, 24), "1")), ()) is None


def test_another_currency_than_the_known_one_is_refused() -> None:
    assert currency_refusal(quote("1"), "GBP") is None
    assert currency_refusal(quote("1"), Gap(gap="not given")) is None
    assert (
        currency_refusal(quote("1"), "USD") == "quoted in GBP, but known in USD: this may be another listing"
    )


def test_a_price_of_the_day_is_ok() -> None:
    found = judged(record(quote("139.56"), closes((THURSDAY, "144.92"))), FRIDAY)

    assert (found.state, found.reason) == (LookUp.OK, "")


def test_a_late_price_is_stale_with_its_age() -> None:
    found = judged(record(quote("139.56", day=date(2026, 4, 17))), FRIDAY)

    assert found.state is LookUp.STALE
    assert found.reason == "price of 2026-04-17, 5 sessions old"
    assert isinstance(found.quote, Quote)
    assert found.quote.stale_sessions == 5


def test_a_price_beyond_five_sessions_fails_and_leaves_its_history() -> None:
    found = judged(record(quote("139.56", day=date(2026, 4, 16)), closes((date(2026, 4, 15), "139"))), FRIDAY)

    assert found.state is LookUp.FAILED
    assert found.reason == "the last price is of 2026-04-16, 6 sessions old"
    assert isinstance(found.quote, Gap)
    assert [point.close for point in found.history] == [Decimal("139"), Decimal("139.56")]


def test_a_refused_price_leaves_only_the_earlier_closes() -> None:
    found = judged(record(quote("13956"), closes((THURSDAY, "144.92"), (FRIDAY, "13956"))), FRIDAY)

    assert found.state is LookUp.FAILED
    assert isinstance(found.quote, Gap)
    assert [point.day for point in found.history] == [THURSDAY]


def test_a_record_without_a_price_stays_as_it_is() -> None:
    silent = record(Gap(gap="could not look"))

    assert judged(silent, FRIDAY) is silent


@pytest.mark.parametrize(
    ("price", "earlier", "ratio", "previous"),
    [
        ("110", (THURSDAY, "100"), None, "100"),
        ("110", (date(2026, 4, 17), "100"), None, "100"),
        ("110", (date(2026, 4, 16), "100"), None, None),
        ("11", (THURSDAY, "100"), "10", "10"),
        ("110", (THURSDAY, "100"), "10", "100"),
        ("100", (THURSDAY, "120"), "1.25", None),
    ],
)
def test_the_close_before_is_known_where_only_one_reading_of_a_split_fits(
    price: str, earlier: tuple[date, str], ratio: str | None, previous: str | None
) -> None:
    splits = (Split(day=FRIDAY, ratio=Decimal(ratio)),) if ratio else ()

    found = judged(record(quote(price), closes(earlier), splits), FRIDAY).quote

    assert isinstance(found, Quote)
    assert found.previous == (Gap(gap="not given") if previous is None else Decimal(previous))
