"""What a comma means is decided by the whole column."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import BadRequest
from core.portfolio.numbers import Numbers, RowFault, typed_number


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("12", "12"),
        ("12.50", "12.50"),
        (".9232", "0.9232"),
        ("$1,234.56", "1234.56"),
        ("-$30.93", "-30.93"),
        ("$-30.93", "-30.93"),
        ("($1,234.56)", "-1234.56"),
        ("+$1.10", "1.10"),
        ("€3343.11229989", "3343.11229989"),
        ("1.234,56", "1234.56"),
        ("1.234,56 €", "1234.56"),
        ("1 046,3825", "1046.3825"),
        ("1\u00a0046,38", "1046.38"),
        ("1\u202f046,38", "1046.38"),
        ("1'234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("26,45", "26.45"),
        ("0,123", "0.123"),
        ("\u2212" + "5", "-5"),
        ("0.010713949999999999", "0.010713949999999999"),
        ("USD 12.5", "12.5"),
    ],
)
def test_one_number_of_many_spellings(written: str, exact: str) -> None:
    assert Numbers([written], usual=".").read(written, "x") == Decimal(exact)


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (["1,234", "0,5"], ["1.234", "0.5"]),
        (["1,234", "0.5"], ["1234", "0.5"]),
        (["1.234", "10,25"], ["1234", "10.25"]),
        (["1.234", "10.25"], ["1.234", "10.25"]),
    ],
)
def test_the_other_cells_of_the_column_decide(column: list[str], read: list[str]) -> None:
    numbers = Numbers(column, usual=None)

    assert [numbers.read(text, "x") for text in column] == [Decimal(text) for text in read]


@pytest.mark.parametrize("column", [["1,234"], ["1.234"], ["1,234", "0,5", "0.5"]])
def test_what_could_be_two_numbers_is_refused(column: list[str]) -> None:
    with pytest.raises(RowFault, match="could mean"):
        Numbers(column, usual=None).read(column[0], "the quantity")


def test_the_usual_mark_of_the_format_decides_a_silent_column() -> None:
    assert Numbers(["1,234"], usual=".").read("1,234", "x") == 1234
    assert Numbers(["1,234"], usual=",").read("1,234", "x") == Decimal("1.234")


@pytest.mark.parametrize(
    "written",
    ["١٢", "1_000", "inf", "1e400", "NaN", "0x10", "1,23,4", "12-5", "1 2", "=1+1", "five", "1" * 16],
)
def test_what_is_no_number_is_named(written: str) -> None:
    with pytest.raises(RowFault, match="is not a number"):
        Numbers([written], usual=".").read(written, "the quantity")


@pytest.mark.parametrize("written", ["", "--", "-", "n/a", "N/A"])
def test_no_number_is_missing_and_never_zero(written: str) -> None:
    with pytest.raises(RowFault, match="the quantity is missing"):
        Numbers([written], usual=".").read(written, "the quantity")


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    try:
        value = Numbers([text], usual=".").read(text, "x")
    except RowFault:
        return
    assert value.is_finite()


@given(st.decimals(min_value=0, max_value=999_999_999, places=2), st.booleans())
def test_both_ways_of_writing_one_amount_give_it_back(amount: Decimal, european: bool) -> None:
    american = f"{amount:,.2f}"
    written = american.translate(str.maketrans(",.", ".,")) if european else american

    assert Numbers([written], usual=None).read(written, "x") == amount


@pytest.mark.parametrize(
    ("text", "number"),
    [("12.5", "12.5"), ("12,5", "12.5"), ("1.234", "1.234"), ("1,234.5", "1234.5"), (" 7 ", "7")],
)
def test_a_typed_number_has_a_point_or_a_comma(text: str, number: str) -> None:
    assert typed_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,234", "The quantity '1,234' could mean 1234 or 1.234."),
        ("", "The quantity is missing."),
        ("-1", "'-1' is below zero: only what is owned can be counted."),
        ("abc", "The quantity 'abc' is not a number."),
    ],
)
def test_a_typed_number_that_is_none_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        typed_number(text)

    assert str(refusal.value) == says
