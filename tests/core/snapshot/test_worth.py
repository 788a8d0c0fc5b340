"""What a company is worth reaches its subject: in dollars, or not at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.market.quote import LookUp, Measure, Quote
from core.portfolio.holding import Portfolio
from core.snapshot.freeze import subjects
from tests.core.engine.fakes import record


def worth(value: Decimal | Gap | None, currency: str = "USD", *, state: LookUp = LookUp.OK) -> Decimal | Gap:
    one = record("AAA", state=state)
    quote = replace(one.quote, currency=currency) if isinstance(one.quote, Quote) else one.quote
    measures = () if value is None else (Measure(name="market_cap", value=value, unit="money"),)
    one = replace(one, quote=quote, measures=measures)
    (found,) = subjects(Portfolio(holdings=(), cash=()), (one,), ("AAA",))
    return found.worth


def test_the_market_value_in_dollars_is_what_a_company_is_worth() -> None:
    assert worth(Decimal(5)) == Decimal(5)


@pytest.mark.parametrize(
    "unknown",
    [
        worth(Decimal(5), "EUR"),
        worth(None),
        worth(NOT_GIVEN),
        worth(Decimal(0)),
        worth(Decimal(5), state=LookUp.FAILED),
    ],
)
def test_anything_else_is_not_known(unknown: Decimal | Gap) -> None:
    assert isinstance(unknown, Gap)
