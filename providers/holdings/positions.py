"""A table of positions → holdings and cash. Each format says how one of its rows is read; faults stay with their row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book, Entry
from providers.holdings.kinds import DERIVATIVE, is_money_fund, kind_of
from providers.holdings.sheet import Row
from providers.holdings.table import Asked, Record, Table, records

FIELDS = ("ticker", "quantity", "isin", "name", "currency", "kind", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The readers of the two columns of numbers that positions have."""

    quantity: Numbers
    value: Numbers


# Reads one record into the book; raises RowFault.
ReadRow = Callable[[Record, Book, Columns], None]


def read_positions(
    table: Table,
    asked: Asked,
    form: str,
    columns: Mapping[str, Iterable[str]],
    one: ReadRow,
    *,
    decimal: str | None = ".",
    notes: bool = True,
    keep: Callable[[tuple[Record, ...]], tuple[Record, ...]] = lambda good: good,
    book: Book | None = None,
) -> Import:
    """The positions of the table. `keep` may leave out records that repeat others (lots beside their sum); `book` may
    already hold cash that the caller read."""
    found = records(table, {**dict.fromkeys(FIELDS, ()), **columns}, notes=notes)
    book = book or Book(form, asked.tickers)
    for row, reason in found.faults:
        book.reject(row, reason)
    if found.notes:
        book.passed("lines of totals and notes", found.notes)
    good = keep(found.good)
    if len(good) < len(found.good):
        book.passed("rows that repeat others or are older", len(found.good) - len(good))
    numbers = Columns(
        quantity=Numbers((record["quantity"] for record in good), usual=decimal),
        value=Numbers((record["value"] for record in good), usual=decimal),
    )
    for record in good:
        try:
            one(record, book, numbers)
        except RowFault as fault:
            book.reject(record.row, str(fault))
    return book.finish()


def american_row(record: Record, book: Book, numbers: Columns) -> None:
    """A row of an American broker: money market funds and sweeps are cash in dollars, options are refused."""
    symbol = record["ticker"].upper()
    if is_money_fund(symbol) or symbol.endswith("**"):
        amount = record["value"] if record["value"] not in {"", "--"} else record["quantity"]
        book.cash(numbers.value.read(amount, "the amount of cash"), "USD")
        return
    book.position(entry_of(record, numbers, american=True, currency="USD"))


def entry_of(record: Record, numbers: Columns, *, american: bool = False, currency: str = "") -> Entry:
    """The record as a position. Raises RowFault for a derivative and for a quantity that is none."""
    kind = kind_of(record["kind"], ticker=record["ticker"].upper(), name=record["name"], american=american)
    if kind is None:
        raise RowFault(DERIVATIVE)
    return Entry(
        row=record.row,
        shares=numbers.quantity.read(record["quantity"], "the quantity"),
        ticker=record["ticker"],
        isin=record["isin"],
        name=record["name"],
        kind=kind,
        currency=record["currency"] or currency,
    )


def told(value: object) -> str:
    """A value of JSON as the text that a table would hold. A number of astronomic size keeps its exponent: written out it
    would fill the memory."""
    if isinstance(value, Decimal) and value.is_finite() and -30 < value.adjusted() < 20:
        return f"{value:f}"
    return "" if value is None else str(value).strip()


def row_of(line: int, cells: Iterable[str]) -> Row:
    """A row for formats that are no table (XML, JSON): where it begins, and what to show of it."""
    return Row(line=line, cells=tuple(cells))
