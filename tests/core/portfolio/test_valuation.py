"""The portfolio at market value: totals, shares, remarks, and the hole that forbids a total (fault 31)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import BadRequest, SourcesFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import FxRate, FxTable, LookUp, MarketRecord, PricePoint, Quote, Split
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.shares import percentages
from core.portfolio.valuation import value, votable_weights

DAY = date(2026, 4, 24)
FX = FxTable(
    source="ECB",
    day=date(2026, 4, 23),
    rates=tuple(
        FxRate(currency=currency, per_euro=Decimal(rate), day=date(2026, 4, 23))
        for currency, rate in (("GBP", "0.87058"), ("JPY", "186.75"), ("USD", "1.1684"))
    ),
)


def holding(ticker: str, quantity: str = "10", currency: str | Gap = NOT_GIVEN) -> Holding:
    return Holding(
        ticker=ticker, name=ticker, quantity=Decimal(quantity), kind=Kind.EQUITY, currency=currency
    )


def record(
    ticker: str,
    price: str | Gap = "100",
    currency: str = "EUR",
    day: date = DAY,
    state: LookUp = LookUp.OK,
    history: tuple[PricePoint, ...] = (),
    isin: str | Gap = NOT_GIVEN,
    name: str | Gap = NOT_GIVEN,
    splits: tuple[Split, ...] = (),
) -> MarketRecord:
    quote = (
        price
        if isinstance(price, Gap)
        else Quote(ticker=ticker, price=Decimal(price), currency=currency, day=day, source="test")
    )
    return MarketRecord(
        ticker=ticker,
        state=state,
        reason=price.gap if isinstance(price, Gap) else "",
        name=name,
        kind=Kind.EQUITY,
        quote=quote,
        consensus=NOT_GIVEN,
        history=history,
        isin=isin,
        currency=currency,
        splits=splits,
    )


def number(found: Decimal | Gap) -> Decimal:
    assert isinstance(found, Decimal)
    return found


def portfolio(*holdings: Holding, cash: tuple[Cash, ...] = ()) -> Portfolio:
    return Portfolio(holdings=holdings, cash=cash)


def ten(*others: MarketRecord) -> tuple[Portfolio, tuple[MarketRecord, ...]]:
    """Twenty equal names of 1,000 euro, those of `others` replaced."""
    names = [f"N{index:02d}" for index in range(20)]
    replaced = {each.ticker: each for each in others}
    return (
        portfolio(*(holding(name) for name in names)),
        tuple(replaced.get(name, record(name)) for name in names),
    )


def test_each_position_is_quantity_times_price_times_rate() -> None:
    held = portfolio(
        holding("AAPL", "65"), holding("AZN.L", "50.5"), cash=(Cash(currency="USD", amount=Decimal(6200)),)
    )
    records = (record("AAPL", "271.06", "USD"), record("AZN.L", "139.56", "GBP"))

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    apple, astra = valued.positions
    assert (apple.rate, apple.value) == (Decimal("0.8558712769599452"), Decimal("15079.510442"))
    assert round(Decimal(str(astra.value)), 2) == Decimal("8095.50")
    assert [round(item.value, 2) for item in valued.cash] == [Decimal("5306.40")]
    assert valued.total == number(apple.value) + number(astra.value) + valued.cash[0].value
    assert number(apple.share) + number(astra.share) + valued.cash_share == 100
    assert valued.remarks == ()


def test_the_base_currency_may_be_any_that_is_quoted() -> None:
    valued = value(
        portfolio(holding("7203.T", "100")),
        (record("7203.T", "3067", "JPY"),),
        FX,
        base_currency="USD",
        day=DAY,
    )

    assert valued.currency == "USD"
    assert round(valued.total, 2) == round(Decimal(306700) / Decimal("186.75") * Decimal("1.1684"), 2)


def test_a_base_currency_nobody_quotes_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadRequest, match="BASE_CURRENCY cannot be XYZ: ECB publishes no rate for XYZ"):
        value(portfolio(holding("A")), (record("A"),), FX, base_currency="XYZ", day=DAY)


def test_an_empty_portfolio_is_refused() -> None:
    with pytest.raises(BadRequest, match="worth nothing"):
        value(portfolio(), (), FX, base_currency="EUR", day=DAY)


def test_cash_alone_is_a_portfolio() -> None:
    valued = value(
        portfolio(cash=(Cash(currency="EUR", amount=Decimal("10.5")),)), (), FX, base_currency="EUR", day=DAY
    )

    assert (valued.total, valued.cash_share) == (Decimal("10.5"), Decimal(100))


def test_a_debt_in_one_currency_lowers_the_cash() -> None:
    held = portfolio(holding("A"), cash=(Cash(currency="EUR", amount=Decimal(-200)),))

    valued = value(held, (record("A"),), FX, base_currency="EUR", day=DAY)

    assert (valued.total, valued.cash_share) == (Decimal(800), Decimal(-25))
    assert valued.positions[0].share == Decimal(125)


@pytest.mark.parametrize(
    "broken",
    [
        record("N00", "NaN"),
        record("N00", "-5"),
        record("N00", Gap(gap="the source was silent"), state=LookUp.FAILED),
        record("N00", "100", day=date(2026, 4, 16)),
        record("N00", "100", "XYZ"),
        record("N00", "100", state=LookUp.EMPTY),
    ],
)
def test_one_name_of_twenty_without_a_price_is_flagged_and_left_out(broken: MarketRecord) -> None:
    held, records = ten(broken)

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.total == 19000
    assert isinstance(valued.positions[0].value, Gap)
    assert isinstance(valued.positions[0].share, Gap)
    assert sum(number(position.share) for position in valued.positions[1:]) == 100
    assert valued.remarks[0].startswith("N00 has no usable price and is left out of the total: ")


def test_over_a_tenth_of_the_weight_without_a_price_there_is_no_total_and_the_names_are_said() -> None:
    held, records = ten(
        record("N00", "NaN"), record("N01", "100", day=date(2026, 4, 16)), record("N02", Gap(gap="timed out"))
    )

    with pytest.raises(SourcesFailed, match="No total and no report: 3 of 20 names") as caught:
        value(held, records, FX, base_currency="EUR", day=DAY)

    assert caught.value.failures == (
        ("N00", "the price is not a number"),
        ("N01", "the last price is of 2026-04-16, 6 sessions old"),
        ("N02", "timed out"),
    )
    assert "about 15 % of the weight" in str(caught.value)
    assert "weighed by the last known price" in str(caught.value)
    assert "counted as an average name" in str(caught.value)


def stored(ticker: str, price: str = "100") -> MarketRecord:
    return replace(
        record(ticker, price, day=date(2026, 4, 23), state=LookUp.STALE),
        reason="last stored price, of 2026-04-23, 1 session old: timed out",
        stored=True,
    )


def test_last_stored_prices_for_a_tenth_of_the_weight_count_and_are_said() -> None:
    held, records = ten(stored("N00"), stored("N01"))

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.total == 20000
    assert valued.remarks == (
        "N00 counts at its last stored price, of 2026-04-23, 1 session old: timed out",
        "N01 counts at its last stored price, of 2026-04-23, 1 session old: timed out",
    )


def test_failed_names_and_names_at_their_stored_price_are_one_hole() -> None:
    held, records = ten(stored("N00"), stored("N01"), record("N02", Gap(gap="halted"), state=LookUp.FAILED))

    with pytest.raises(SourcesFailed, match=r"3 of 20 names .* about 15 % of the weight") as caught:
        value(held, records, FX, base_currency="EUR", day=DAY)

    assert [ticker for ticker, _ in caught.value.failures] == ["N02", "N00", "N01"]


def test_prices_that_the_source_gave_for_the_last_sessions_are_no_hole() -> None:
    held, records = ten(*(record(f"N{n:02d}", day=date(2026, 4, 17)) for n in range(20)))

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.total == 20000
    assert valued.remarks[0].startswith("prices of 2026-04-17, 5 sessions old: N00, N01")


def test_exactly_a_tenth_is_still_valued() -> None:
    held, records = ten(record("N00", Gap(gap="timed out")), record("N01", Gap(gap="timed out")))

    assert value(held, records, FX, base_currency="EUR", day=DAY).total == 18000


def test_one_heavy_name_is_weighed_by_its_last_close_and_forbids_the_total() -> None:
    history = (
        PricePoint(day=date(2026, 4, 1), close=Decimal(4000)),
        PricePoint(day=date(2026, 3, 1), close=Decimal(1)),
        PricePoint(day=date(2026, 4, 2), close=Decimal("NaN")),
    )
    held, records = ten(record("N00", Gap(gap="halted"), history=history))

    with pytest.raises(SourcesFailed, match="about 68 % of the weight \\(weighed by the last known price\\)"):
        value(held, records, FX, base_currency="EUR", day=DAY)


def test_a_last_close_in_a_currency_nobody_quotes_counts_as_an_average_name() -> None:
    history = (PricePoint(day=date(2026, 4, 1), close=Decimal(4000)),)
    held, records = ten(record("N00", Gap(gap="halted"), currency="XYZ", history=history))

    assert value(held, records, FX, base_currency="EUR", day=DAY).total == 19000


def test_when_no_name_has_a_price_there_is_no_total_however_much_cash_there_is() -> None:
    held = portfolio(holding("A"), cash=(Cash(currency="EUR", amount=Decimal(10**6)),))

    with pytest.raises(SourcesFailed, match=r"1 of 1 names .* about 100 % of the weight"):
        value(held, (), FX, base_currency="EUR", day=DAY)


def test_cash_in_a_currency_nobody_quotes_is_said_and_left_out() -> None:
    held, records = ten()
    held = portfolio(*held.holdings, cash=(Cash(currency="XYZ", amount=Decimal(5)),))

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.cash == ()
    assert valued.remarks == (
        "cash in XYZ has no usable price and is left out of the total: ECB publishes no rate for XYZ on "
        "2026-04-23",
    )


def test_a_quote_in_another_currency_than_the_portfolio_says_is_no_price() -> None:
    held = portfolio(*(holding(f"N{n:02d}") for n in range(15)), holding("SHEL.L", currency="USD"))
    records = (*(record(f"N{n:02d}") for n in range(15)), record("SHEL.L", "33.07", "GBP"))

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.positions[-1].value == Gap(
        gap="quoted in GBP, but known in USD: this may be another listing"
    )


@pytest.mark.parametrize("written", ["GBp", "GBX", "GBP", "???"])
def test_pence_and_pounds_are_the_same_listing(written: str) -> None:
    valued = value(
        portfolio(holding("SHEL.L", currency=written)),
        (record("SHEL.L", "33.07", "GBP"),),
        FX,
        base_currency="GBP",
        day=DAY,
    )

    assert valued.total == Decimal("330.70")


def test_late_prices_and_aged_rates_are_said() -> None:
    aged = FxTable(source="ECB", day=date(2026, 4, 13), rates=FX.rates)
    held = portfolio(holding("A"), holding("B"))

    valued = value(
        held, (record("A"), record("B", day=date(2026, 4, 22))), aged, base_currency="EUR", day=DAY
    )

    assert valued.remarks == (
        "prices of 2026-04-22, 2 sessions old: B",
        "currency rates of ECB are of 2026-04-13, 9 sessions old",
    )


def test_a_weekend_is_said_with_its_last_session_and_no_price_is_late() -> None:
    valued = value(portfolio(holding("A")), (record("A"),), FX, base_currency="EUR", day=date(2026, 4, 26))

    assert valued.remarks == ("2026-04-26 is a weekend: prices are of the last session, 2026-04-24",)


def test_one_company_under_two_listings_and_a_recent_split_are_said() -> None:
    held = portfolio(holding("ASML"), holding("ASML.AS"), holding("NVDA"), holding("X"), holding("Y"))
    split = (Split(day=date(2026, 4, 10), ratio=Decimal(10)), Split(day=date(2021, 7, 20), ratio=Decimal(4)))
    records = (
        record("ASML", isin="NL0010273215"),
        record("ASML.AS", isin="NL0010273215"),
        record("NVDA", splits=split),
        record("X", name="Same Name plc"),
        record("Y", name="SAME NAME PLC"),
        record("NOT_HELD", name="Same Name plc"),
    )

    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    assert valued.remarks == (
        "ASML and ASML.AS look like the same company under two listings: they are judged as two names",
        "X and Y look like the same company under two listings: they are judged as two names",
        "NVDA split 10 for 1 on 2026-04-10: check that the quantity counts the new shares",
    )


def test_votable_weights_are_of_the_judged_part_and_cash_and_sum_to_100() -> None:
    held = portfolio(
        holding("A"), holding("B"), holding("VOO", "80"), cash=(Cash(currency="EUR", amount=Decimal(1000)),)
    )
    valued = value(held, (record("A"), record("B"), record("VOO")), FX, base_currency="EUR", day=DAY)

    weights, cash_weight = votable_weights(valued, ("A", "B", "CANDIDATE"))

    assert weights == (("A", Decimal("33.34")), ("B", Decimal("33.33")), ("CANDIDATE", Decimal("0.00")))
    assert cash_weight == Decimal("33.33")


def test_a_held_name_without_a_value_cannot_be_weighed() -> None:
    held, records = ten(record("N00", "NaN"))
    valued = value(held, records, FX, base_currency="EUR", day=DAY)

    with pytest.raises(ValueError, match="N00: a name without a value cannot be judged"):
        votable_weights(valued, ("N00", "N01"))


def test_a_portfolio_of_funds_alone_cannot_be_judged() -> None:
    valued = value(portfolio(holding("VOO")), (record("VOO"),), FX, base_currency="EUR", day=DAY)

    with pytest.raises(BadRequest, match="Nothing can be judged"):
        votable_weights(valued, ())


@given(
    amounts=st.lists(st.decimals(min_value=0, max_value=10**12, places=6), min_size=1, max_size=60).filter(
        any
    ),
    quantum=st.sampled_from([Decimal("0.01"), Decimal("0.0001")]),
)
def test_percentages_sum_to_exactly_100_and_lie_within_one_quantum(
    amounts: list[Decimal], quantum: Decimal
) -> None:
    shares = percentages(amounts, quantum=quantum)

    total = sum(Fraction(amount) for amount in amounts)
    assert sum(shares) == 100
    assert all(
        abs(Fraction(share) - Fraction(amount) * 100 / total) < Fraction(quantum)
        for share, amount in zip(shares, amounts, strict=True)
    )


def test_shares_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="shares of nothing"):
        percentages([Decimal(0)], quantum=Decimal("0.01"))
