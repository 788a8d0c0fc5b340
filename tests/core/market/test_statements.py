"""Accounts to measures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.market.statements import Statements, measures_of

ACCOUNTS = Statements(
    end=date(2025, 12, 31),
    currency="USD",
    revenue=Decimal(1000),
    gross_profit=Decimal(400),
    ebit=Decimal(200),
    net_income=Decimal(150),
    operating_cash=Decimal(180),
    capital_spending=Decimal(60),
    assets=Decimal(2000),
    equity=Decimal(600),
    debt=Decimal(300),
    cash=Decimal(100),
    earnings_per_share=(Decimal(6), Decimal(5), Decimal(4), Decimal(5)),
)


def computed(
    market_cap: Decimal | Gap = Decimal(3800), *, financial: bool = False, **changed: Any
) -> dict[str, Decimal]:
    found = measures_of(replace(ACCOUNTS, **changed), market_cap, financial=financial)
    return {measure.name: measure.value for measure in found if isinstance(measure.value, Decimal)}


def test_every_measure_follows_from_the_accounts() -> None:
    # enterprise value: 3,800 + 300 - 100 = 4,000
    assert computed() == {
        "market_cap": Decimal(3800),
        "revenue": Decimal(1000),
        "ebit_ev": Decimal(5),
        "fcf_ev": Decimal(3),
        "book_price": Decimal("15.7895"),
        "gross_margin": Decimal(40),
        "operating_margin": Decimal(20),
        "net_margin": Decimal(15),
        "gross_profit_assets": Decimal(20),
        "roe": Decimal(25),
        "debt_equity": Decimal(50),
        "accruals": Decimal("-1.5"),
        "eps_variability": Decimal("16.3299"),
        "eps_growth": Decimal(20),
    }


def test_money_is_in_the_currency_of_the_accounts_and_ratios_in_percent() -> None:
    units = {measure.name: measure.unit for measure in measures_of(ACCOUNTS, Decimal(3800), financial=False)}

    assert (units["market_cap"], units["roe"]) == ("USD", "percent")


def test_a_bank_has_no_enterprise_value_gross_profit_or_leverage() -> None:
    assert set(computed(financial=True)) == {
        "market_cap",
        "revenue",
        "book_price",
        "net_margin",
        "roe",
        "accruals",
        "eps_variability",
        "eps_growth",
    }


@pytest.mark.parametrize(
    ("changed", "lost"),
    [
        ({"debt": NOT_GIVEN}, {"ebit_ev", "fcf_ev", "debt_equity"}),
        ({"cash": NOT_GIVEN}, {"ebit_ev", "fcf_ev"}),
        ({"capital_spending": NOT_GIVEN}, {"fcf_ev"}),
        ({"equity": Decimal(-1)}, {"roe", "debt_equity"}),
        ({"market_cap": NOT_GIVEN}, {"market_cap", "ebit_ev", "fcf_ev", "book_price"}),
        ({"assets": Decimal(0)}, {"gross_profit_assets", "accruals"}),
        ({"earnings_per_share": (Decimal(1),)}, {"eps_variability", "eps_growth"}),
        ({"earnings_per_share": (Decimal(1), Decimal(0))}, {"eps_variability", "eps_growth"}),
    ],
)
def test_what_cannot_be_computed_is_not_given(changed: dict[str, Any], lost: set[str]) -> None:
    assert set(computed()) - set(computed(**changed)) == lost


def test_a_negative_book_is_still_a_number_against_the_market_value() -> None:
    assert computed(equity=Decimal(-38))["book_price"] == -1
