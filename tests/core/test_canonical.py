"""One canonical JSON: same value, same bytes; what has no canonical form is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.base.canonical import dumps, loads, plain
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.base.kind import Kind
from core.portfolio.holding import Cash


def test_keys_are_sorted_and_money_is_text() -> None:
    assert dumps(Cash(currency="EUR", amount=Decimal("1.50"))) == '{"amount":"1.50","currency":"EUR"}'


def test_an_order_that_is_meant_is_kept() -> None:
    assert dumps({"b": 1, "a": 2}, sort_keys=False) == '{"b":1,"a":2}'


def test_dates_lists_and_gaps_have_a_form() -> None:
    assert plain((date(2026, 1, 2), Gap(gap="why"), [True, None, 1.5])) == [
        "2026-01-02",
        {"gap": "why"},
        [True, None, 1.5],
    ]


def test_a_library_s_own_kind_of_text_or_number_is_written_as_what_it_is() -> None:
    class Text(str):
        """As XML libraries give it."""

    assert dumps([Text("7203.T"), Kind.EQUITY]) == '["7203.T","equity"]'


def test_a_class_is_no_value() -> None:
    with pytest.raises(TypeError, match="no canonical form for type"):
        plain(Cash)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_has_no_form(value: Any) -> None:
    with pytest.raises(TypeError, match="not finite"):
        plain(value)


def test_a_foreign_value_has_no_form() -> None:
    with pytest.raises(TypeError, match="no canonical form for set"):
        plain({1})


def test_what_was_written_is_read_back() -> None:
    cash = Cash(currency="EUR", amount=Decimal("1.50"))

    assert loads(Cash, dumps(cash), what="cash") == cash


def test_a_wrong_value_is_named_with_its_place() -> None:
    with pytest.raises(BadRequest, match=r"my cash could not be read: .* at amount"):
        loads(Cash, '{"currency":"EUR","amount":"much"}', what="my cash")


def test_what_is_no_json_is_said_at_the_top_level() -> None:
    with pytest.raises(BadRequest, match="at the top level"):
        loads(Cash, "{", what="my cash")
