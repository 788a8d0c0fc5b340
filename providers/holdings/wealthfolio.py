"""Wealthfolio holdings: `date,symbol,quantity,price,currency`, cash as `$CASH`. Built from its documentation.

A file may hold several days: only the newest counts. Where 03/04 could be read both ways and that changes which rows are the
newest, the file is refused.
"""

from datetime import date

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.numbers import RowFault
from core.portfolio.writing import CASH
from providers.holdings.book import Book
from providers.holdings.days import Days
from providers.holdings.positions import Columns, entry_of, read_positions
from providers.holdings.table import Asked, Format, Record, Table, names

NAME = "Wealthfolio holdings"
COLUMNS = {
    "date": ("date",),
    "ticker": ("symbol",),
    "quantity": ("quantity",),
    "value": ("price",),
    "currency": ("currency",),
}


def read(table: Table, asked: Asked) -> Import:
    """The rows of the newest day. Raises BadRequest when the order of day and month is open and matters."""

    def newest(good: tuple[Record, ...]) -> tuple[Record, ...]:
        days = Days((record["date"] for record in good), today=asked.today)
        readings = {_newest(good, days, place) for place in range(len(days.orders))}
        if len(readings) > 1:
            raise BadRequest(
                f"{asked.origin}: its dates could be day-month or month-day, and that changes which rows are the newest. "
                "Write them as 2026-04-24."
            )
        lines = readings.pop()
        return tuple(record for record in good if record.row.line in lines)

    def one(record: Record, book: Book, numbers: Columns) -> None:
        Days([record["date"]], today=asked.today).read(record["date"])
        if record["ticker"].upper() == CASH:
            book.cash(numbers.quantity.read(record["quantity"], "the amount of cash"), record["currency"])
        else:
            book.position(entry_of(record, numbers))

    return read_positions(table, asked, NAME, COLUMNS, one, keep=newest)


def _newest(good: tuple[Record, ...], days: Days, place: int) -> frozenset[int]:
    """The lines of the newest day, and those whose date cannot be read (they are rejected one by one later)."""
    known: dict[int, date] = {}
    broken = set()
    for record in good:
        try:
            found = days.read(record["date"])
        except RowFault:
            broken.add(record.row.line)
        else:
            known[record.row.line] = found[place] if place < len(found) else found[0]
    last = max(known.values(), default=None)
    return frozenset({line for line, day in known.items() if day == last} | broken)


FORMAT = Format(
    name=NAME,
    header=(names("date"), names("symbol"), names("quantity"), names("price"), names("currency")),
    without=names("type", "activitytype", "action", "fee", "amount", "side"),
    read=read,
    recorded=False,
)
