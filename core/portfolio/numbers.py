"""A column of written numbers → exact decimals. What a comma means is decided by the whole column, never by
one cell.

Refuses what could be two numbers: 1,234 in a column without any other evidence, unless the format says how it
writes. ASCII digits only, because `Decimal` accepts Arabic digits, underscores and "inf". What a person types
is read the same way (`typed_number`), with one decision more: a point alone is the decimal mark, as this
program writes it.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from core.base.errors import BadRequest

# How exports write "no number here".
BLANKS = frozenset({"", "-", "--", "n/a", "na", "null", "none"})

_MARKS = re.compile(r"^(?:[A-Z]{3}|US\$|C\$|A\$|[$€£¥₣])?\s*|\s*(?:[A-Z]{3}|[$€£¥])?$")
_GROUPS = re.compile(r"(?<=\d)[\u0020\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")
# Twenty-four decimals: what doubles look like when a tracker writes them out exactly.
_PLAIN = re.compile(r"\d{1,15}|\d{0,15}[.,]\d{1,24}|\d{1,15}[.,]", re.ASCII)
_BOTH = re.compile(r"(\d{1,3}(?:,\d{3})+\.\d{0,18})|(\d{1,3}(?:\.\d{3})+,\d{0,18})", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3}){2,4}|(?:\.\d{3}){2,4})", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class RowFault(ValueError):
    """Why one row cannot be read: `str(fault)` completes "line 7: …". It becomes a RejectedRow, or a refusal
    in a chat."""


class Ambiguous(RowFault):
    """The number could be two: `written` is asked about."""

    def __init__(self, what: str, written: str, thousands: str, decimals: str) -> None:
        super().__init__(f"{what} {written!r} could mean {thousands} or {decimals}")
        self.written, self.thousands, self.decimals = written, thousands, decimals


class Numbers:
    """The reader of one column. `usual` is the decimal mark that the format is known to write, where it is
    known."""

    def __init__(self, column: Iterable[str], *, usual: str | None) -> None:
        marks = {mark for mark in map(_decimal_mark, set(column)) if mark}
        self._mark = usual if not marks else marks.pop() if len(marks) == 1 else None

    def read(self, written: str, what: str) -> Decimal:
        """The number. Raises RowFault that names `what` when there is none, or when it could be two
        numbers."""
        if written.casefold() in BLANKS:
            raise RowFault(f"{what} is missing")
        minus, body = _bare(written)
        if _EITHER.fullmatch(body):
            if self._mark is None:
                whole, part = re.split("[.,]", body)
                raise Ambiguous(what, written[:40], f"{whole}{part}", f"{whole}.{part}")
            digits = body.replace(self._mark, ".") if self._mark in body else re.sub("[.,]", "", body)
        elif _PLAIN.fullmatch(body):
            digits = body.replace(",", ".")
        elif both := _BOTH.fullmatch(body):
            american, european = both.groups()
            digits = american.replace(",", "") if american else european.replace(".", "").replace(",", ".")
        elif _THOUSANDS.fullmatch(body):
            digits = re.sub("[.,]", "", body)
        else:
            raise RowFault(f"{what} {written[:40]!r} is not a number")
        return -Decimal(digits) if minus else Decimal(digits)


def typed_number(text: str, what: str = "the quantity") -> Decimal:
    """The number that a person typed, not negative: 12.5 and 12,5 are the same, 1,234 is asked back. Raises
    BadRequest."""
    try:
        number = Numbers([text], usual=None if "," in text else ".").read(text.strip(), what)
    except RowFault as fault:
        raise BadRequest(f"{str(fault)[:1].upper()}{str(fault)[1:]}.") from fault
    if number.is_signed():
        raise BadRequest(f"{text.strip()[:40]!r} is below zero: only what is owned can be counted.")
    return number


def _decimal_mark(written: str) -> str:
    """The decimal mark that this text alone proves, or nothing."""
    if "." not in written and "," not in written:
        return ""
    _, body = _bare(written)
    if _EITHER.fullmatch(body):
        return ""
    if _PLAIN.fullmatch(body) or _BOTH.fullmatch(body):
        return body[max(body.rfind("."), body.rfind(","))]
    if _THOUSANDS.fullmatch(body):
        return "." if "," in body else ","
    return ""


def _bare(written: str) -> tuple[bool, str]:
    """Whether it is negative, and the digits with their marks: without sign, currency, brackets and group
    spaces."""
    text = written.strip().replace("\u2212", "-")
    minus = False
    if text.startswith("(") and text.endswith(")"):
        minus, text = True, text[1:-1].strip()
    if text.startswith(("-", "+")):
        minus, text = minus or text[0] == "-", text[1:].strip()
    if not text[:1].isdigit() or not text[-1:].isdigit():
        text = _MARKS.sub("", text)
        if text.startswith("-"):
            minus, text = True, text[1:]
    return minus, _GROUPS.sub("", text)
