"""Sentences made of fields: a week of insiders is one fact, only buying in the market weighs more; a stake
knows its past.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import TEXT_NOT_READ, Excerpt, Severity
from core.facts.fields import grade_week, made, short, told, told_by_accounts, told_of_changes, told_of_stake
from core.facts.filing import Change, Dealing, Filing, Stake, document_of
from core.facts.grading import grade_filing
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
        "E (director): no trade in the market, net sold 7.8 M USD; 2 of them planned (10b5-1)"
    )
    assert (grade.severity, grade.tags) == (Severity.G1, ())


def test_what_the_form_leaves_out_is_left_out() -> None:
    assert told([dealing(shares=None, money=None)]) == "Roe Jane (director) sold"
    assert told([dealing(planned=True)]).endswith("; planned (10b5-1)")
    assert told([replace(dealing(bought=None), how="gift")]) == "Roe Jane (director): gift"


def test_a_chief_who_buys_in_the_market_is_notable_and_one_who_sells_is_not() -> None:
    assert grade_filing(form(dealing(bought=True, chief=True))).severity is Severity.G2
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


def periodic(*changes: Change, key: str = "10-Q", filed: date = date(2026, 4, 20)) -> Filing:
    return replace(filing("10-Q", key=key, filed=filed), fields=changes)


def change(what: str, now: str, before: str, per: str = "quarter") -> Change:
    return Change(what=what, now=Decimal(now), before=Decimal(before), per=per)


def test_figures_are_told_by_how_they_moved() -> None:
    report = periodic(
        change("revenue", "108100", "100000"),
        change("operating income", "970", "1000"),
        change("net income", "-2000000", "3000000"),
        change("earnings per share", "2.4", "0.756"),
    )

    assert told_of_changes(report) == (
        "revenue +8.1 %, operating income −3.0 %, net income -2.0 M after 3.0 M, "
        "earnings per share 2.40 after 0.76 against the same quarter a year before"
    )
    assert told_of_changes(filing("10-Q")) == ""


def test_a_figure_that_was_no_gain_is_told_by_its_amounts() -> None:
    assert told_of_changes(periodic(change("net income", "5", "0"))).startswith("net income 5 after 0 ")
    assert told_of_changes(periodic(change("net income", "0", "5"))).startswith("net income −100.0 % ")
    assert told_of_changes(periodic(change("net income", "5", "5"))).startswith("net income +0.0 % ")


def test_results_that_could_not_be_read_are_told_by_the_accounts_that_follow() -> None:
    told_first = filing("8-K", "2.02", key="8-K", filed=date(2026, 3, 1))
    accounts = periodic(change("revenue", "11000", "10000"), key="b", filed=date(2026, 3, 20))
    earlier = periodic(change("revenue", "1", "2"), key="a", filed=date(2026, 2, 20))
    later = periodic(change("revenue", "3", "2"), key="c", filed=date(2026, 4, 11))

    sentence = "revenue +10.0 % against the same quarter a year before (by the accounts of 2026-03-20)"
    assert told_by_accounts(told_first, (earlier, later, accounts)) == sentence
    assert told_by_accounts(told_first, (earlier, later)) == ""
    grade = grade_filing(told_first, (accounts,))
    assert said(grade.excerpt) == sentence
    assert grade.tags == ("text-not-read",)


def test_both_sides_of_a_week_are_netted() -> None:
    week = [
        dealing("A", money=5000),
        dealing("B", bought=True, money=2000),
        dealing("C", bought=True, money=3000),
    ]

    assert told(week).endswith(", net bought 0 USD")
    assert told([dealing("A", money=5001), *week[1:]]).endswith(", net sold 1 USD")
