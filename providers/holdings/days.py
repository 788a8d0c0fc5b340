"""A column of written dates → days. Whether 03/04 is April or March is decided by the whole column.

Refuses dates before 1970 and after the day of the import: both are mistakes of export or hand, and a future
purchase is not held. Where the whole column leaves both orders open, both readings are kept and the caller
decides whether it matters.
"""

import re
from collections.abc import Iterable
from datetime import date

from core.portfolio.numbers import RowFault

FIRST = date(1970, 1, 1)
DAY_FIRST, MONTH_FIRST = "day first", "month first"

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ,;].*)?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[;T ].*)?", re.ASCII)
_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[,T ].*)?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})(?: .*)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Days:
    """The reader of one column of dates. `orders` holds the readings that stay possible, one or two."""

    def __init__(self, column: Iterable[str], *, usual: str | None = None, today: date | None = None) -> None:
        texts = set(column)
        self._today = today
        self._known: dict[str, tuple[date, ...]] = {}
        if usual is not None:
            self.orders: tuple[str, ...] = (usual,)
            return
        wrong = {
            order: sum(_read(text, order) is None for text in texts if _PARTS.fullmatch(text))
            for order in (DAY_FIRST, MONTH_FIRST)
        }
        least = min(wrong.values())
        self.orders = tuple(order for order, count in wrong.items() if count == least)

    def read(self, written: str) -> tuple[date, ...]:
        """The day in each possible order. Raises RowFault when it is none, or lies where no trade can be
        held."""
        if written not in self._known:
            self._known[written] = self._checked(written)
        return self._known[written]

    def _checked(self, written: str) -> tuple[date, ...]:
        found = [_read(written, order) for order in self.orders]
        days = tuple(day for day in found if day is not None)
        if not days:
            raise RowFault(f"{written[:40]!r} is not a date" if written else "the date is missing")
        if all(day < FIRST for day in days):
            raise RowFault(f"the date {written[:40]!r} lies before 1970")
        if self._today is not None and all(day > self._today for day in days):
            raise RowFault(f"the date {written[:40]!r} lies in the future")
        return days


def _read(written: str, order: str) -> date | None:
    try:
        if found := _ISO.fullmatch(written) or _PACKED.fullmatch(written):
            return date(*map(int, found.groups()))
        if found := _PARTS.fullmatch(written):
            first, mark, second, year = found.groups()
            # Dots are written by people who write the day first.
            day, month = (first, second) if order == DAY_FIRST or mark == "." else (second, first)
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        if found := _NAMED.fullmatch(written):
            name = found.group(2).casefold()
            return date(int(found.group(3)), _MONTHS.index(name) + 1, int(found.group(1)))
    except ValueError:
        return None
    return None
