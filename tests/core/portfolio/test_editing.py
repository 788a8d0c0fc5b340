"""Changes by hand: pure, ordered, refused with a sentence."""

from decimal import Decimal

import pytest

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN
from core.base.kind import Kind
from core.portfolio import editing
from core.portfolio.holding import Cash, Holding, Portfolio


def holding(ticker: str, quantity: str = "10", **more) -> Holding:
    return Holding(ticker=ticker, name=NOT_GIVEN, quantity=Decimal(quantity), kind=Kind.EQUITY, **more)


OWNED = Portfolio(
    holdings=(holding("AAPL", currency="USD"), holding("DE0005557508", isin="DE0005557508"), holding("MSFT")),
    cash=(Cash(currency="EUR", amount=Decimal(500)),),
)


def test_a_new_ticker_takes_its_place_in_the_order():
    after = editing.add(OWNED, "BRK-B", Decimal("2.5"), "USD")

    assert [each.ticker for each in after.holdings] == ["AAPL", "BRK-B", "DE0005557508", "MSFT"]
    assert after.holdings[1].quantity == Decimal("2.5")
    assert after.holdings[1].currency == "USD"


def test_more_of_a_held_ticker_is_added_to_it():
    after = editing.add(OWNED, "AAPL", Decimal(5))

    assert editing.held(after, "AAPL").quantity == 15
    assert editing.held(after, "AAPL").currency == "USD"


def test_a_currency_that_was_not_known_is_taken_over():
    assert editing.held(editing.add(OWNED, "MSFT", Decimal(1), "USD"), "MSFT").currency == "USD"


def test_another_currency_than_the_held_one_is_another_listing():
    with pytest.raises(BadRequest, match="another listing"):
        editing.add(OWNED, "AAPL", Decimal(1), "EUR")


def test_the_same_currency_again_is_no_contradiction():
    assert editing.held(editing.add(OWNED, "AAPL", Decimal(1), "USD"), "AAPL").quantity == 11


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_and_less_than_nothing_cannot_be_added(quantity):
    with pytest.raises(BadRequest, match="more than zero"):
        editing.add(OWNED, "AAPL", Decimal(quantity))


def test_a_removed_holding_is_gone_and_the_others_stay():
    assert [each.ticker for each in editing.remove(OWNED, "AAPL").holdings] == ["DE0005557508", "MSFT"]


def test_removing_what_is_not_held_names_the_nearest():
    with pytest.raises(NotFound, match=r"^APPL is not held\. Held and near: AAPL\.$"):
        editing.remove(OWNED, "APPL")


def test_without_anything_near_no_ticker_is_offered():
    with pytest.raises(NotFound, match=r"^ZZZ is not held\.$"):
        editing.held(OWNED, "ZZZ")


def test_cash_is_set_not_added_and_ordered_by_currency():
    after = editing.set_cash(editing.set_cash(OWNED, Decimal(7), "CHF"), Decimal(9), "EUR")

    assert [(each.currency, each.amount) for each in after.cash] == [("CHF", 7), ("EUR", 9)]


def test_cash_of_zero_takes_the_line_away():
    assert editing.set_cash(OWNED, Decimal(0), "EUR").cash == ()


def test_an_overdraft_is_refused_with_a_sentence():
    with pytest.raises(BadRequest, match="overdraft"):
        editing.set_cash(OWNED, Decimal(-1), "EUR")


def test_locking_and_unlocking_change_nothing_else():
    locked = editing.lock(OWNED, "MSFT", locked=True)

    assert editing.held(locked, "MSFT").locked
    assert editing.lock(locked, "MSFT", locked=False) == OWNED


def test_a_renamed_holding_keeps_its_isin_and_moves_to_its_place():
    after = editing.rename(OWNED, "DE0005557508", "ZAL.DE")

    assert [each.ticker for each in after.holdings] == ["AAPL", "MSFT", "ZAL.DE"]
    assert editing.tickers_by_isin(after) == {"DE0005557508": "ZAL.DE"}


def test_renaming_to_a_held_ticker_merges_nothing():
    with pytest.raises(BadRequest, match="already held"):
        editing.rename(OWNED, "DE0005557508", "AAPL")


def test_a_holding_under_its_isin_teaches_no_ticker():
    assert editing.tickers_by_isin(OWNED) == {}


def test_aliases_are_read_trimmed_and_folded():
    assert editing.aliases(["de0005557508 = dte.de"]) == {"DE0005557508": "DTE.DE"}


@pytest.mark.parametrize("word", ["DTE.DE", "DE0005557508=", "X=AAPL", "DE0005557508=A B"])
def test_what_is_no_alias_is_named(word):
    with pytest.raises(BadRequest, match="is not ISIN=TICKER"):
        editing.aliases([word])


def test_typed_words_are_read_exactly():
    assert editing.ticker_of(" brk-b ") == "BRK-B"
    assert editing.number_of(" 0.000000000000000001 ") == Decimal("1E-18")
    assert editing.currency_of("eur") == "EUR"


@pytest.mark.parametrize("text", ["1,5", "-1", "1e3", "١٢", "1_000", "inf", "", "1" * 16])
def test_a_typed_number_has_ascii_digits_and_a_point(text):
    with pytest.raises(BadRequest, match="not a quantity"):
        editing.number_of(text)


@pytest.mark.parametrize("text", ["", "EURO", "E1R", "ЕUR"])
def test_a_typed_currency_has_three_ascii_letters(text):
    with pytest.raises(BadRequest, match="three letters"):
        editing.currency_of(text)


def test_a_typed_ticker_with_a_space_is_none():
    with pytest.raises(BadRequest, match="not a ticker"):
        editing.ticker_of("A B")
