"""Structured filings by their fields: insiders' dealings, stakes, the class that leaves; bombs and cuts do no
harm.
"""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.gap import NOT_GIVEN
from core.facts.filing import Stake
from providers.sources.sec.structured import MOST, dealings, field, is_the_stock, removed_class, stakes

OWNER = "<rptOwnerName>Roe Jane</rptOwnerName><isDirector>1</isDirector><officerTitle>{title}</officerTitle>"
TRADE = (
    "<nonDerivativeTransaction><transactionCode>{code}</transactionCode>"
    "<transactionShares> <value>{shares}</value> </transactionShares>"
    "<transactionPricePerShare><value>{price}</value></transactionPricePerShare></nonDerivativeTransaction>"
)


def form4(code: str = "S", shares: str = "100", price: str = "2.5", title: str = "", more: str = "") -> str:
    return OWNER.format(title=title) + more + TRADE.format(code=code, shares=shares, price=price)


def test_a_sale_says_who_sold_what_for_how_much() -> None:
    (one,) = dealings(form4(title="Chief Financial Officer"))

    assert (one.who, one.role, one.chief, one.bought) == ("Roe Jane", "Chief Financial Officer", True, False)
    assert (one.shares, one.money, one.planned, one.how) == (Decimal(100), Decimal(250), False, "")


@pytest.mark.parametrize(
    ("code", "bought", "how"),
    [("P", True, ""), ("S", False, ""), ("A", None, "grant"), ("F", None, "tax"), ("Z", None, "other")],
)
def test_only_buying_and_selling_in_the_market_count_as_such(
    code: str, bought: bool | None, how: str
) -> None:
    (one,) = dealings(form4(code))

    assert (one.bought, one.how) == (bought, how)


@pytest.mark.parametrize(
    "more",
    [
        "<aff10b5One>1</aff10b5One>",
        "<aff10b5One>true</aff10b5One>",
        "<footnote id='F1'>Rule 10b5-1 plan</footnote>",
    ],
)
def test_a_planned_sale_says_so_and_a_grant_cannot_be_one(more: str) -> None:
    assert dealings(form4(more=more))[0].planned
    assert not dealings(form4("A", more=more))[0].planned


def test_the_role_is_the_title_else_director_else_large_holder() -> None:
    assert dealings(form4())[0].role == "director"
    assert dealings("<rptOwnerName>Fund</rptOwnerName>")[0].role == "large holder"


@pytest.mark.parametrize("shares", ["", "many", "NaN", "Infinity", "1e30"])
def test_a_field_that_is_no_number_is_a_gap(shares: str) -> None:
    (one,) = dealings(form4(shares=shares))

    assert (one.shares, one.money) == (NOT_GIVEN, NOT_GIVEN)


def test_a_form_without_trades_says_what_it_is() -> None:
    first = OWNER.format(title="") + "<documentType>3</documentType>"

    assert [one.how for one in dealings(first)] == ["first statement"]
    assert [one.how for one in dealings(first.replace(">3<", ">4<"))] == ["derivatives only"]


def test_an_announced_sale_is_a_notice() -> None:
    text = (
        "<a:nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold>Roe &amp; Co"
        "</a:nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold>"
        "<a:noOfUnitsSold>69,996</a:noOfUnitsSold><a:aggregateMarketValue>100.5</a:aggregateMarketValue>"
    )

    (one,) = dealings(text)

    assert (one.who, one.role, one.notice, one.shares, one.planned) == (
        "Roe & Co",
        "holder",
        True,
        Decimal(69996),
        False,
    )
    assert dealings(text + "<b:planAdoptionDate>x</b:planAdoptionDate>")[0].planned
    assert dealings("<html>a page</html>") == ()


def test_transactions_beyond_the_most_are_left() -> None:
    text = OWNER.format(title="") + TRADE.format(code="S", shares="1", price="1") * (MOST + 5)

    assert len(dealings(text)) == MOST


def test_of_a_group_the_largest_stake_counts() -> None:
    text = (
        "<reportingPersonName>Small</reportingPersonName><percentOfClass>5.1</percentOfClass>"
        "<reportingPersonName>Large</reportingPersonName><percentOfClass>7.25%</percentOfClass>"
    )

    assert stakes(text) == (Stake(holder="Large", percent=Decimal("7.25")),)
    assert stakes(text.replace("percentOfClass", "classPercent")) == stakes(text)


@pytest.mark.parametrize("percent", ["", "101", "-1", "x"])
def test_a_share_that_cannot_be_is_none(percent: str) -> None:
    assert (
        stakes(f"<reportingPersonName>A</reportingPersonName><percentOfClass>{percent}</percentOfClass>")
        == ()
    )


def test_a_cover_page_in_words_is_read_too() -> None:
    page = (
        "(1) Names of reporting persons\nBlackRock, Inc.\n"
        "(11) Percent of class represented by amount in row (9)\n7.1%"
    )

    assert stakes(page) == (Stake(holder="BlackRock, Inc.", percent=Decimal("7.1")),)
    assert stakes(page.replace("BlackRock, Inc.", "(2) [ ]"))[0].holder == "a large holder"
    assert stakes("no cover") == ()


@pytest.mark.parametrize(
    ("described", "stock"),
    [
        ("Common Stock, par value $0.01", True),
        ("American Depositary Shares", True),
        ("Registered Shares", True),
        ("Series C Common Stock", True),
        ("1.375% Notes due 2024", False),
        ("Warrants, each exercisable for one share of Class A common stock at $11.50", False),
        ("Depositary Shares, each representing a 1/1000th interest in a share of 5% Preferred Stock", False),
        ("not legible", None),
    ],
)
def test_a_class_is_the_stock_or_not_or_does_not_say(described: str, stock: bool | None) -> None:
    assert is_the_stock(described) is stock


def test_the_class_that_leaves_is_read_from_the_field_or_from_the_page() -> None:
    page = (
        "(Address of executive offices)\n1.000% Notes due 2022\n1.375% Notes due 2024\n"
        "(Description of class of securities)\nx"
    )

    assert (
        removed_class("<descriptionClassSecurity>Common Stock</descriptionClassSecurity>") == "Common Stock"
    )
    assert removed_class(page) == "1.000% Notes due 2022 1.375% Notes due 2024"
    assert removed_class("Common Stock") == "Common Stock"
    assert removed_class("word " * 100) == ""


@given(st.text(alphabet=st.sampled_from("<>/a&;:= \n%0123."), max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    dealings(text)
    stakes(text)
    removed_class(text)
    field(text, "a")


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rptOwnerName>&b;</rptOwnerName>',
        "<reportingPersonName>" * 5_000,
        "<nonDerivativeTransaction>" * 5_000 + "<rptOwnerName>x</rptOwnerName>",
        "names of reporting persons " * 4_000,
        "percent of class represented 1 " * 4_000,
    ],
)
def test_a_bomb_costs_no_time(bomb: str) -> None:
    begun = time.perf_counter()

    dealings(bomb[:60_000])
    stakes(bomb[:60_000])
    removed_class(bomb[:60_000])

    assert time.perf_counter() - begun < 2
