"""Size makes a notable event a structural one: a stated share first, then a sum against its value."""

from decimal import Decimal

import pytest

from core.base.gap import NOT_GIVEN
from core.facts.events import Event
from core.facts.sizes import largest, lowered, slight, structural

BN = Decimal(10**9)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("nothing", 0),
        ("a charge of $12 million", 12_000_000),
        ("$1,250,000 and €2.5 billion", 2_500_000_000),
        ("£3 bn, $4 thousand", 3_000_000_000),
        ("$7", 7),
        ("$2 trillion", 2 * 10**12),
    ],
)
def test_the_largest_sum_of_a_sentence(said: str, amount: int) -> None:
    assert largest(said) == amount


@pytest.mark.parametrize(
    ("event", "said", "large"),
    [
        (Event.IMPAIRMENT, "a charge of $9.1 billion", True),
        (Event.IMPAIRMENT, "a charge of $1 billion", True),
        (Event.IMPAIRMENT, "a charge of $999 million", False),
        (Event.IMPAIRMENT, "a charge of $50 million, about 10% of total equity", True),
        (Event.IMPAIRMENT, "a charge of $50 million, about 9 percent of total equity", False),
        (Event.IMPAIRMENT, "it wrote off all of its goodwill", True),
        (Event.IMPAIRMENT, "a charge in a unit with revenue of $5 billion", False),
        (Event.LITIGATION, "a verdict of $2 billion", True),
        (Event.DEAL_AGREED, "agreed to acquire it for $5 billion", True),
        (Event.DEAL_AGREED, "agreed to acquire it for $4.9 billion", False),
        (Event.DEAL_AGREED, "its previously announced acquisition for $9 billion", False),
        (Event.RESTRUCTURING, "reduce its workforce by approximately 25%", True),
        (Event.RESTRUCTURING, "some 24 percent of employees", False),
        (Event.RESTRUCTURING, "about 70% of our employees", True),
        (Event.RESTRUCTURING, "lay off substantially all of its employees", True),
        (Event.RESTRUCTURING, "costs of $3 billion", False),
        (Event.PAY, "a bonus of $3 billion", False),
    ],
)
def test_a_size_changes_the_thesis_or_not(event: Event, said: str, large: bool) -> None:
    assert structural(event, said, NOT_GIVEN) is large


def test_a_sum_is_held_against_the_value_of_the_company_where_it_is_known() -> None:
    assert structural(Event.IMPAIRMENT, "a charge of $100 million", BN)
    assert not structural(Event.IMPAIRMENT, "a charge of $99 million", BN)
    assert not structural(Event.IMPAIRMENT, "a charge of $2 billion", 100 * BN)


def test_a_purchase_is_small_only_when_that_is_known() -> None:
    assert slight("acquires it for $99 million", BN)
    assert not slight("acquires it for $100 million", BN)
    assert not slight("acquires it", BN)
    assert not slight("acquires it for $1 million", NOT_GIVEN)


@pytest.mark.parametrize(
    ("said", "less"),
    [
        (
            "expects revenue of $80 million to $82 million, compared to its previous guidance of $90 to $95",
            True,
        ),
        ("expects growth of 3%, compared to prior guidance of 5%", True),
        ("expects revenue of $97 to $99, compared to prior guidance of $90 to $95", False),
        ("expects revenue of $90 to $95, compared to prior guidance of $90 to $95", False),
        ("expects revenue of $80, compared to prior guidance of $90 to $95", False),
        ("expects revenue of $80, compared to prior guidance of 5%", False),
        ("expects capital expenditures of $50, compared to prior guidance of $60", False),
        ("revenue was $80, compared to $90 in the prior year", False),
        ("expects revenue of $80", False),
    ],
)
def test_a_new_range_below_the_one_before_is_guidance_lowered(said: str, less: bool) -> None:
    assert lowered(said) is less
