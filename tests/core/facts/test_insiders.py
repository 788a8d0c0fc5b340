"""Insiders' forms are one fact a week; only open-market buying weighs more."""

from core.facts.fact import Severity
from core.facts.insiders import grade_week
from tests.core.facts.made import facts_of, filing

BUY = (
    "<rptOwnerCik>{cik}</rptOwnerCik><officerTitle>{title}</officerTitle><transactionCode>P</transactionCode>"
)


def test_a_week_of_forms_is_one_fact_that_counts_them() -> None:
    forms = [filing("4", key=f"{number}") for number in range(5)] + [filing("144", key="9")]

    (fact,) = facts_of(*forms)

    assert fact.title == "Insiders' filings of the week: 1 × Form 144, 5 × Form 4"
    assert fact.severity is Severity.G1
    assert fact.tags == ("text-not-read",)


def test_a_chief_who_buys_in_the_market_is_notable() -> None:
    grade, title = grade_week((filing("4", text=BUY.format(cik=1, title="Chief Executive Officer")),))

    assert grade.severity is Severity.G2
    assert "bought in the market" in title


def test_three_insiders_who_buy_are_notable_and_two_are_not() -> None:
    buyers = tuple(filing("4", key=str(cik), text=BUY.format(cik=cik, title="Director")) for cik in range(3))

    assert grade_week(buyers)[0].severity is Severity.G2
    assert grade_week(buyers[:2])[0].severity is Severity.G1


def test_a_sale_is_an_anecdote() -> None:
    sale = BUY.format(cik=1, title="Chief Executive Officer").replace(">P<", ">S<")

    assert grade_week((filing("4", text=sale),))[0].severity is Severity.G1
