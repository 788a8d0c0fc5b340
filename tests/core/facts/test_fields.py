"""Sentences made of fields: a week of insiders is one fact, only buying in the market weighs more; a stake knows its past."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import TEXT_NOT_READ, Excerpt, Severity
from core.facts.fields import grade_week, made, short, told, told_of_stake
from core.facts.filing import Dealing, Filing, Stake, document_of
from tests.core.facts.made import facts_of, filing


def dealing(
    who: str = "Roe Jane",
    *,
    bought: bool | None = False,
    shares: int | None = 100,
    money: int | None = 5000,
    chief: bool = False,
    planned: bool = False,
    notice: bool = False,
) -> Dealing:
    return Dealing(
        who=who,
        role="director",
        chief=chief,
        bought=bought,
        shares=NOT_GIVEN if shares is None else Decimal(shares),
        money=NOT_GIVEN if money is None else Decimal(money),
        planned=planned,
        notice=notice,
    )


def form(*dealings: Dealing, key: str = "1", kind: str = "4") -> Filing:
    return replace(filing(kind, key=key), fields=dealings, documents=(document_of("4", "fields"),))


def said(excerpt: Excerpt | Gap) -> str:
    assert isinstance(excerpt, Excerpt)
    assert excerpt.made
    return excerpt.text


def test_a_week_of_unread_forms_is_one_fact_that_counts_them() -> None:
    forms = [filing("4", key=f"{number}") for number in range(5)] + [filing("144", key="9")]

    (fact,) = facts_of(*forms)

    assert fact.title == "insiders' filings of the week: 1 × Form 144, 5 × Form 4"
    assert fact.severity is Severity.G1
    assert fact.tags == ("text-not-read",)
    assert fact.excerpt == TEXT_NOT_READ


def test_a_week_is_one_sentence_of_who_sold_and_bought_what_for_how_much() -> None:
    week = (
        form(dealing("A", shares=40_000, money=7_600_000, planned=True), dealing("B", planned=True)),
        form(dealing("C", shares=1_100, money=295_000), key="2"),
        form(dealing("D", bought=True, shares=500, money=96_000), dealing("E", bought=None), key="3"),
        form(dealing("F", notice=True, shares=10, money=1_000), key="4"),
    )

    grade = grade_week(week)

    assert said(grade.excerpt) == (
        "3 insiders sold 41,200 shares for 7.9 M USD, D (director) bought 500 shares for 96.0 k USD, "
        "F (director) announced to sell 10 shares for 1.0 k USD, "
        "1 with grants, taxes, gifts or a first statement only; 2 of them planned (10b5-1)"
    )
    assert (grade.severity, grade.tags) == (Severity.G1, ())


def test_what_the_form_leaves_out_is_left_out() -> None:
    assert told([dealing(shares=None, money=None)]) == "Roe Jane (director) sold"


def test_a_chief_who_buys_in_the_market_is_notable_and_one_who_sells_is_not() -> None:
    assert grade_week((form(dealing(bought=True, chief=True)),)).severity is Severity.G2
    assert grade_week((form(dealing(bought=False, chief=True)),)).severity is Severity.G1


def test_three_insiders_who_buy_are_notable_and_two_are_not() -> None:
    buyers = tuple(form(dealing(who, bought=True), key=who) for who in "ABC")

    assert grade_week(buyers).row == "insiders: three buy"
    assert grade_week(buyers).severity is Severity.G2
    assert grade_week(buyers[:2]).severity is Severity.G1


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(999), "999"),
        (Decimal(1000), "1.0 k"),
        (Decimal(96_000), "96.0 k"),
        (Decimal(123_456), "123 k"),
        (Decimal(7_895_000), "7.9 M"),
        (Decimal(10**9), "1.0 bn"),
    ],
)
def test_an_amount_is_written_short(amount: Decimal, text: str) -> None:
    assert short(amount) == text


def holding(percent: str, day: date, holder: str = "BlackRock", before: Decimal | Gap = NOT_GIVEN) -> Filing:
    one = filing("SC 13G/A", key=str(day), filed=day)
    return replace(one, fields=(Stake(holder=holder, percent=Decimal(percent), before=before),))


def test_a_stake_says_what_the_holder_had_before() -> None:
    now = holding("6.4", date(2026, 4, 20))
    past = (
        holding("7.1", date(2026, 1, 20), "BLACKROCK"),
        holding("8", date(2025, 4, 20)),
        holding("9", date(2026, 3, 1), "Vanguard"),
    )

    assert told_of_stake(now, (*past, now)) == "BlackRock 7.1 % → 6.4 %"
    assert told_of_stake(now, (now,)) == "BlackRock holds 6.4 %"
    assert (
        told_of_stake(holding("6.4", date(2026, 4, 20), before=Decimal(5)), past) == "BlackRock 5 % → 6.4 %"
    )
    assert told_of_stake(filing("SC 13G"), past) == ""


def test_a_sentence_made_of_fields_names_the_document_that_was_read() -> None:
    read = form(dealing())

    assert made("x", read).document == document_of("4", "fields").digest
    assert made("x", filing("4")).document == document_of("made", "x").digest
