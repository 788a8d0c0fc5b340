"""The exported text: no cell runs in a spreadsheet, and the text behind a guarded cell is found again."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import NOT_GIVEN
from core.base.kind import Kind
from core.portfolio.accounts import alone
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.isin import is_isin
from core.portfolio.paid import Paid
from core.portfolio.writing import accounts_csv, guarded, portfolio_json, unguarded

OWNED = Portfolio(
    holdings=(
        Holding(
            ticker="AAPL",
            name="=HYPERLINK(1)",
            quantity=Decimal("1E+2"),
            kind=Kind.EQUITY,
            locked=True,
            isin="US0378331005",
            currency="USD",
        ),
        Holding(ticker="VTI", name=NOT_GIVEN, quantity=Decimal("0.10"), kind=Kind.FUND),
    ),
    cash=(Cash(currency="EUR", amount=Decimal("12.50")),),
)


def test_the_csv_has_one_line_a_holding_and_the_cash_below() -> None:
    assert accounts_csv(alone(OWNED)).splitlines() == [
        "ticker,quantity,currency,name,kind,locked,isin",
        "AAPL,100,USD,'=HYPERLINK(1),equity,yes,US0378331005",
        "VTI,0.10,,,fund,,",
        "$CASH,12.50,EUR,,,,",
    ]


def test_what_was_paid_has_columns_where_it_is_known() -> None:
    paid = replace(OWNED.holdings[0], paid=Paid(price=Decimal("170.50"), currency="USD"))

    assert accounts_csv(alone(replace(OWNED, holdings=(paid, OWNED.holdings[1])))).splitlines() == [
        "ticker,quantity,currency,name,kind,locked,isin,paid,paid_currency",
        "AAPL,100,USD,'=HYPERLINK(1),equity,yes,US0378331005,170.50,USD",
        "VTI,0.10,,,fund,,,,",
        "$CASH,12.50,EUR,,,,,,",
    ]


def test_the_json_says_null_for_what_is_not_given() -> None:
    data = portfolio_json(OWNED)

    assert data["holdings"][1] == {
        "ticker": "VTI",
        "quantity": "0.10",
        "currency": None,
        "name": None,
        "kind": "fund",
        "locked": False,
        "isin": None,
        "paid": None,
        "paid_currency": None,
    }
    assert data["cash"] == [{"currency": "EUR", "amount": "12.50"}]


@given(st.text(max_size=12))
def test_guarding_is_undone_exactly_and_leaves_no_formula(text: str) -> None:
    cell = guarded(text)

    assert unguarded(cell) == text
    assert cell[:1] not in set("=+-@\t\r")


def test_a_name_with_an_apostrophe_stays_as_it_is() -> None:
    assert guarded("'t Hooft") == unguarded("'t Hooft") == "'t Hooft"


def test_an_isin_is_known_by_its_shape() -> None:
    assert is_isin("DE0005557508")
    assert not is_isin("NLFLATEXACNT")
    assert not is_isin("de0005557508")
