"""Reads the single fields of a market file: absent, a value, or `WrongField` with the sentence for its row.

Decision: numbers are matched by an ASCII pattern before Decimal sees them, which would also take "١٢",
"1_000" and "inf"."""

import re
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap

NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST_TEXT = 200

# Larger than any company's value in any currency, small enough that every product of two stays exact.
LARGEST = Decimal(10) ** 18
SMALLEST_EXPONENT = -20


class WrongField(ValueError):
    """`str(error)` names the field and what is wrong with it."""


def shown(value: object) -> str:
    """A foreign value for a sentence: short, on one line."""
    return " ".join(str(value).split())[:40]


def absent(value: object) -> bool:
    """Whether the file gives nothing here: left out, null, or empty text."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_text(value: object, field: str) -> str | Gap:
    if absent(value):
        return NOT_GIVEN
    if not isinstance(value, str):
        raise WrongField(f"{field} is not a text: {shown(value)}")
    return " ".join(value.split())[:LONGEST_TEXT]


def read_number(value: object, field: str) -> Decimal | Gap:
    """A finite number. NaN and infinities are wrong, not absent."""
    if absent(value):
        return NOT_GIVEN
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise WrongField(f"{field} is not a number: {shown(value)}")
    if isinstance(value, Decimal) and value.is_finite():
        number = value  # a JSON number: its grammar allows nothing that the pattern would refuse
    else:
        text = str(value).strip()
        if not NUMBER.fullmatch(text):
            raise WrongField(f"{field} is not a number: {shown(value)}")
        number = Decimal(text)
    if abs(number) > LARGEST or (number and number.adjusted() < SMALLEST_EXPONENT):
        raise WrongField(f"{field} is beyond any real amount: {shown(value)}")
    return number


def read_count(value: object, field: str) -> int | Gap:
    number = read_number(value, field)
    if isinstance(number, Gap):
        return number
    if number != number.to_integral_value() or number < 0:
        raise WrongField(f"{field} is not a count: {shown(value)}")
    return int(number)


def read_day(value: object, field: str) -> date | Gap:
    if absent(value):
        return NOT_GIVEN
    text = value.strip() if isinstance(value, str) else ""
    if not DAY.fullmatch(text):
        raise WrongField(f"{field} is not a day as in 2026-04-24: {shown(value)}")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongField(f"{field} is no day of the calendar: {text}") from error
