"""Changes by hand: pure, ordered, refused with a sentence."""

import re
from decimal import Decimal

import pytest

from core.base.errors import BadRequest, NotFound
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio import books, editing
from core.portfolio.holding import Cash, Holding, Portfolio


def holding(
    ticker: str, quantity: str = "10", *, isin: str | Gap = NOT_GIVEN, currency: str | Gap = NOT_GIVEN
) -> Holding:
    return Holding(
        ticker=ticker,
        name=NOT_GIVEN,
        quantity=Decimal(quantity),
        kind=Kind.EQUITY,
        isin=isin,
        currency=currency,
    )


OWNED = Portfolio(
    holdings=(holding("AAPL", currency="USD"), holding("DE0005557508", isin="DE0005557508"), holding("MSFT")),
    cash=(Cash(currency="EUR", amount=Decimal(500)),),
)


def test_a_new_ticker_takes_its_place_in_the_order() -> None:
    after = editing.add(OWNED, "BRK-B", Decimal("2.5"), "USD")

    assert [each.ticker for each in after.holdings] == ["AAPL", "BRK-B", "DE0005557508", "MSFT"]
    assert after.holdings[1].quantity == Decimal("2.5")
    assert after.holdings[1].currency == "USD"


def test_more_of_a_held_ticker_is_added_to_it() -> None:
    after = editing.add(OWNED, "AAPL", Decimal(5))

    assert editing.held(after, "AAPL").quantity == 15
    assert editing.held(after, "AAPL").currency == "USD"


def test_a_currency_that_was_not_known_is_taken_over() -> None:
    assert editing.held(editing.add(OWNED, "MSFT", Decimal(1), "USD"), "MSFT").currency == "USD"


def test_another_currency_than_the_held_one_is_another_listing() -> None:
    with pytest.raises(BadRequest, match="another listing"):
        editing.add(OWNED, "AAPL", Decimal(1), "EUR")


def test_the_same_currency_again_is_no_contradiction() -> None:
    assert editing.held(editing.add(OWNED, "AAPL", Decimal(1), "USD"), "AAPL").quantity == 11


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_and_less_than_nothing_cannot_be_added(quantity: str) -> None:
    with pytest.raises(BadRequest, match="more than zero"):
        editing.add(OWNED, "AAPL", Decimal(quantity))


def test_a_removed_holding_is_gone_and_the_others_stay() -> None:
    assert [each.ticker for each in editing.remove(OWNED, "AAPL").holdings] == ["DE0005557508", "MSFT"]


def test_removing_what_is_not_held_names_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"^APPL is not held\. Held and near: AAPL\.$"):
        editing.remove(OWNED, "APPL")


def test_without_anything_near_no_ticker_is_offered() -> None:
    with pytest.raises(NotFound, match=r"^ZZZ is not held\.$"):
        editing.held(OWNED, "ZZZ")


def test_cash_is_set_not_added_and_ordered_by_currency() -> None:
    after = editing.set_cash(editing.set_cash(OWNED, Decimal(7), "CHF"), Decimal(9), "EUR")

    assert [(each.currency, each.amount) for each in after.cash] == [("CHF", Decimal(7)), ("EUR", Decimal(9))]


def test_cash_of_zero_takes_the_line_away() -> None:
    assert editing.set_cash(OWNED, Decimal(0), "EUR").cash == ()


def test_an_overdraft_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadRequest, match="overdraft"):
        editing.set_cash(OWNED, Decimal(-1), "EUR")


def test_locking_and_unlocking_change_nothing_else() -> None:
    locked = editing.lock(OWNED, "MSFT", locked=True)

    assert editing.held(locked, "MSFT").locked
    assert editing.lock(locked, "MSFT", locked=False) == OWNED


def test_a_renamed_holding_keeps_its_isin_and_moves_to_its_place() -> None:
    after = editing.rename(OWNED, "DE0005557508", "ZAL.DE")

    assert [each.ticker for each in after.holdings] == ["AAPL", "MSFT", "ZAL.DE"]
    assert books.tickers_by_isin(after) == {"DE0005557508": "ZAL.DE"}


def test_renaming_to_a_held_ticker_merges_nothing() -> None:
    with pytest.raises(BadRequest, match="already held"):
        editing.rename(OWNED, "DE0005557508", "AAPL")


def test_a_holding_under_its_isin_teaches_no_ticker() -> None:
    assert books.tickers_by_isin(OWNED) == {}


def test_aliases_are_read_trimmed_and_folded() -> None:
    words = ["de0005557508 = dte.de", "Air Liquide=ai.pa", "MC (EUR)=MC.PA"]

    assert books.aliases(words) == {"DE0005557508": "DTE.DE", "Air Liquide": "AI.PA", "MC (EUR)": "MC.PA"}


@pytest.mark.parametrize("word", ["DTE.DE", "DE0005557508=", "=AAPL", "DE0005557508=A B"])
def test_what_is_no_alias_is_named(word: str) -> None:
    with pytest.raises(BadRequest, match="is not ISIN=TICKER"):
        books.aliases([word])


def test_typed_words_are_read_exactly() -> None:
    assert editing.ticker_of(" brk-b ") == "BRK-B"
    assert editing.currency_of("eur") == "EUR"
    assert editing.currency_of("GBp") == "GBp"
    assert editing.currency_of("gbx") == "GBX"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("add aapl 1,5 usd", {"verb": "add", "ticker": "AAPL", "quantity": "1.5", "currency": "USD"}),
        ("BUY AAPL 1.5", {"verb": "add", "ticker": "AAPL", "quantity": "1.5"}),
        ("remove AAPL", {"verb": "remove", "ticker": "AAPL"}),
        ("sell AAPL 2", {"verb": "remove", "ticker": "AAPL", "quantity": "2"}),
        ("AAPL = 20", {"verb": "set", "ticker": "AAPL", "quantity": "20"}),
        ("aapl=20 in Trade Republic", {"verb": "set", "ticker": "AAPL", "quantity": "20",
          "account": "Trade Republic"}),
        ("set AAPL 20", {"verb": "set", "ticker": "AAPL", "quantity": "20"}),
        ("cash 500 eur", {"verb": "cash", "quantity": "500", "currency": "EUR"}),
        ("cash EUR 1.234,50", {"verb": "cash", "quantity": "1234.50", "currency": "EUR"}),
        ("lock AAPL", {"verb": "lock", "ticker": "AAPL"}),
        ("Unlock AAPL", {"verb": "unlock", "ticker": "AAPL"}),
        ("rename DE0005557508 dte.de", {"verb": "rename", "ticker": "DE0005557508", "new": "DTE.DE"}),
        ("restore", {"verb": "undo"}),
    ],
)  # fmt: skip
def test_a_typed_change_is_read_the_same_way_everywhere(text: str, change: dict[str, str]) -> None:
    read = editing.read_change(text)

    assert editing.is_change(text)
    expected: dict[str, object] = {
        "ticker": "",
        "quantity": NOT_GIVEN,
        "currency": NOT_GIVEN,
        "new": "",
        "account": NOT_GIVEN,
    }
    expected |= {**change, "verb": editing.Verb(change["verb"])}
    if isinstance(expected["quantity"], str):
        expected["quantity"] = Decimal(expected["quantity"])
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize("text", ["", "show", "AAPL 20", "export", "frobnicate AAPL"])
def test_what_is_no_change_is_left_to_the_caller(text: str) -> None:
    assert not editing.is_change(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("add", "`add TICKER QUANTITY"),
        ("lock", "`lock TICKER`"),
        ("undo it", "`undo`"),
        ("cash 500", "`cash AMOUNT CURRENCY`"),
        ("add AAPL 1,234", "could mean 1234 or 1.234"),
        ("add AAPL 1e3", "is not a number"),
        ("add AAPL ١٢", "is not a number"),
        ("add AAPL 1_000", "is not a number"),
        ("add AAPL inf", "is not a number"),
        ("add AAPL -1", "is below zero"),
        ("AAPL = 1111111111111111", "is not a number"),
        ("cash EUR ten", "The amount 'ten' is not a number"),
    ],
)
def test_a_typed_change_that_cannot_be_read_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(BadRequest, match=re.escape(says)):
        editing.read_change(text)


def test_pence_are_no_other_currency_than_pounds_and_dollars_are() -> None:
    pence = Portfolio(holdings=(holding("VOD.L", currency="GBp"),), cash=())

    assert editing.held(editing.add(pence, "VOD.L", Decimal(1), "GBP"), "VOD.L").quantity == 11
    with pytest.raises(BadRequest, match="another listing"):
        editing.add(pence, "VOD.L", Decimal(1), "USD")
    assert editing.set_cash(pence, Decimal(150), "GBp").cash == (Cash(currency="GBP", amount=Decimal("1.5")),)
    assert editing.set_cash(pence, Decimal(2), "nonsense").cash[0].currency == "nonsense"


def test_a_part_can_be_sold_and_never_more_than_is_held() -> None:
    assert editing.held(editing.remove(OWNED, "AAPL", Decimal(4)), "AAPL").quantity == 6
    assert "AAPL" not in {each.ticker for each in editing.remove(OWNED, "AAPL", Decimal(10)).holdings}
    for quantity in ("0", "10.1"):
        with pytest.raises(BadRequest, match="10 are held"):
            editing.remove(OWNED, "AAPL", Decimal(quantity))


def test_a_quantity_is_set_and_none_takes_the_holding_away() -> None:
    assert editing.held(editing.set_quantity(OWNED, "AAPL", Decimal(3)), "AAPL").quantity == 3
    assert editing.held(editing.set_quantity(OWNED, "NEW", Decimal(3)), "NEW").quantity == 3
    assert editing.set_quantity(OWNED, "AAPL", Decimal(0)) == editing.remove(OWNED, "AAPL")


def test_a_renamed_holding_is_still_found_by_its_isin() -> None:
    renamed = editing.rename(OWNED, "DE0005557508", "DTE.DE")

    assert editing.held(editing.add(renamed, "DE0005557508", Decimal(2)), "DTE.DE").quantity == 12


@pytest.mark.parametrize(
    "text", ["cash 5 EUR", "set MSFT 2", "unlock MSFT", "add MSFT 1", "remove MSFT 1", "rename MSFT X"]
)
def test_every_typed_change_is_done(text: str) -> None:
    assert editing.apply(OWNED, editing.read_change(text)) != OWNED or text == "unlock MSFT"


def test_an_undo_is_the_ledgers() -> None:
    with pytest.raises(ValueError, match="the ledger keeps"):
        editing.apply(OWNED, editing.read_change("undo"))


@pytest.mark.parametrize("text", ["", "EURO", "E1R", "ЕUR"])
def test_a_typed_currency_has_three_ascii_letters(text: str) -> None:
    with pytest.raises(BadRequest, match="three letters"):
        editing.currency_of(text)


def test_a_typed_ticker_with_a_space_is_none() -> None:
    with pytest.raises(BadRequest, match="not a ticker"):
        editing.ticker_of("A B")
