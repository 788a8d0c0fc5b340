"""What was paid: averaged, kept by every edit that leaves it known, and never valued, frozen or shown to
anybody else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.base import canonical
from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import Quote
from core.portfolio import editing
from core.portfolio.accounts import Accounts, joined, total
from core.portfolio.holding import Account, Holding, Portfolio
from core.portfolio.paid import Paid, cost_of, paid_of
from core.portfolio.position import Position, day_change, total_change
from core.portfolio.valuation import value
from tests.core.portfolio.test_valuation import DAY, FX, record

USD = Paid(price=Decimal(100), currency="USD")


def holding(quantity: str = "10", paid: Paid | Gap = USD, currency: str | Gap = "USD") -> Holding:
    return Holding(
        ticker="AAPL",
        name="Apple",
        quantity=Decimal(quantity),
        kind=Kind.EQUITY,
        currency=currency,
        paid=paid,
    )


def owned(*holdings: Holding) -> Portfolio:
    return Portfolio(holdings=holdings, cash=())


def after(text: str, before: Portfolio) -> Holding:
    return editing.held(editing.apply(before, editing.read_change(text)), "AAPL")


@pytest.mark.parametrize(
    ("typed", "quantity", "paid"),
    [
        ("add AAPL 10 @ 200 USD", "20", Paid(price=Decimal(150), currency="USD")),
        ("add AAPL 10 @200", "20", Paid(price=Decimal(150), currency="USD")),
        ("buy AAPL 5 @ 1,5", "15", Paid(price=Decimal("67.166667"), currency="USD")),
        ("add AAPL 10", "20", NOT_GIVEN),
        ("add AAPL 10 @ 200 EUR", "20", NOT_GIVEN),
        ("remove AAPL 4", "6", USD),
        ("AAPL = 4", "4", USD),
        ("AAPL = 10", "10", USD),
        ("AAPL = 11", "11", NOT_GIVEN),
        ("lock AAPL", "10", USD),
        ("split AAPL 10:1", "100", Paid(price=Decimal(10), currency="USD")),
        ("split AAPL 1:4", "2.5", Paid(price=Decimal(400), currency="USD")),
    ],
)
def test_an_edit_keeps_what_is_still_known(typed: str, quantity: str, paid: Paid | Gap) -> None:
    found = after(typed, owned(holding()))

    assert (found.quantity, found.paid) == (Decimal(quantity), paid)


def test_a_new_holding_has_its_price_in_pounds_and_no_currency_of_its_listing() -> None:
    found = after("add AAPL 2 @ 150 GBp", editing.EMPTY)

    assert found.paid == Paid(price=Decimal("1.5"), currency="GBP")
    assert found.currency == NOT_GIVEN


@pytest.mark.parametrize("typed", ["add AAPL 2 @ 150", "add AAPL 2 @ 0 USD"])
def test_a_price_needs_a_currency_and_is_more_than_nothing(typed: str) -> None:
    with pytest.raises(BadRequest, match="needs its currency, as in `add AAPL 2 @ 170 USD`"):
        after(typed, editing.EMPTY)


@pytest.mark.parametrize(
    "typed", ["split AAPL", "split AAPL 0:1", "split AAPL 1:0", "split AAPL 4", "add AAPL 1 @2 USD EUR"]
)
def test_what_is_written_otherwise_is_told_its_form(typed: str) -> None:
    with pytest.raises(BadRequest, match="It is written"):
        editing.read_change(typed)


def test_a_rename_keeps_it() -> None:
    found = editing.rename(owned(holding()), "AAPL", "APC.DE")

    assert found.holdings[0].paid == USD


def test_two_accounts_average_by_their_shares() -> None:
    other = holding("30", Paid(price=Decimal(200), currency="USD"))
    both = Accounts(
        accounts=(Account(name="A", portfolio=owned(holding())), Account(name="B", portfolio=owned(other)))
    )

    assert total(both).holdings[0].paid == Paid(price=Decimal(175), currency="USD")
    assert joined(holding(), holding(paid=NOT_GIVEN)).paid == NOT_GIVEN
    assert joined(holding(), holding(paid=replace(USD, currency="EUR"))).paid == NOT_GIVEN


def test_what_is_valued_and_frozen_does_not_hold_it() -> None:
    valuation = value(owned(holding()), [record("AAPL", currency="USD")], FX, base_currency="EUR", day=DAY)

    assert "paid" not in canonical.dumps(valuation)


def test_a_holding_without_it_is_written_as_before_there_was_any() -> None:
    assert "paid" not in canonical.dumps(holding(paid=NOT_GIVEN))
    assert canonical.loads(Holding, canonical.dumps(holding()), what="it") == holding()


def position(previous: Decimal | Gap = NOT_GIVEN) -> Position:
    quote = Quote(
        ticker="AAPL",
        price=Decimal(110),
        currency="USD",
        day=date(2026, 4, 24),
        source="x",
        previous=previous,
    )
    return Position(holding=holding(), quote=quote, rate=Decimal(1), value=Decimal(1), share=Decimal(1))


def test_the_change_of_the_day_is_against_the_close_before() -> None:
    assert day_change(position(Decimal(100))) == 10
    assert isinstance(day_change(position()), Gap)
    assert isinstance(day_change(replace(position(), quote=NOT_GIVEN)), Gap)


def test_the_change_since_the_purchase_is_in_the_currency_that_was_paid_in() -> None:
    euros = Paid(price=Decimal(100), currency="EUR")

    assert total_change(USD, position(), FX) == 10
    in_euros = total_change(euros, position(), FX)
    assert isinstance(in_euros, Decimal)
    assert round(in_euros, 4) == Decimal("-5.8542")  # 110 / 1.1684 = 94.1459
    for unknown in (NOT_GIVEN, replace(USD, currency="ZZZ")):
        assert isinstance(total_change(unknown, position(), FX), Gap)
    assert isinstance(total_change(USD, replace(position(), quote=NOT_GIVEN), FX), Gap)


def test_a_record_carries_the_close_before_to_the_valuation() -> None:
    quoted = record("AAPL", "110", currency="USD")
    assert isinstance(quoted.quote, Quote)
    known = replace(quoted, quote=replace(quoted.quote, previous=Decimal(100)))

    found = value(owned(holding()), [known], FX, base_currency="EUR", day=DAY)

    assert day_change(found.positions[0]) == 10


@pytest.mark.parametrize(
    ("lots", "cost"),
    [
        ([(1, "10", "100"), (2, "10", "200")], "150"),
        ([(2, "-5", None), (1, "10", "100"), (3, "5", "200")], "150"),  # by day, whatever the file's order
        ([(1, "-10", None), (1, "10", "100"), (2, "4", "80")], "80"),  # of one day the purchases come first
        ([(1, "10", "100"), (2, "-10", None), (3, "4", "80")], "80"),  # what is all sold is forgotten
        ([(1, "10", "100"), (2, "10", None)], None),
        ([(1, "10", None), (2, "-10", None), (3, "4", "80")], "80"),
        ([(1, "10", "100"), (2, "-11", None), (3, "4", "80")], None),
        ([], None),
    ],
)
def test_what_is_left_cost_the_average_of_its_days(
    lots: list[tuple[int, str, str | None]], cost: str | None
) -> None:
    told = [
        (date(2026, 1, day), Decimal(shares), paid_of(Decimal(price), "USD") if price else NOT_GIVEN)
        for day, shares, price in lots
    ]

    assert cost_of(told) == (NOT_GIVEN if cost is None else Paid(price=Decimal(cost), currency="USD"))
