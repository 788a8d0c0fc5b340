"""Fidelity positions (`Portfolio_Positions_*.csv`). Built from its documented header: no recorded file was at hand.

Core positions (SPAXX**, FDRXX**) and money market funds are cash in dollars; options begin with a minus and are refused;
"Pending Activity" is neither. The same symbol in several accounts is added up.
"""

from core.portfolio.holding import Import
from providers.holdings.book import Book
from providers.holdings.positions import Columns, american_row, read_positions
from providers.holdings.table import Asked, Format, Record, Table, names

NAME = "Fidelity positions"
COLUMNS = {
    "ticker": ("symbol",),
    "quantity": ("quantity",),
    "name": ("description",),
    "value": ("current value",),
    "kind": ("investment type", "security type"),
}


def read(table: Table, asked: Asked) -> Import:
    return read_positions(table, asked, NAME, COLUMNS, _one)


def _one(record: Record, book: Book, numbers: Columns) -> None:
    if record["ticker"].casefold().startswith("pending"):
        book.passed("pending activity")
    else:
        american_row(record, book, numbers)


FORMAT = Format(
    name=NAME,
    header=(
        names("account number", "account name", "account name/number"),
        names("symbol"),
        names("quantity"),
        names("current value"),
    ),
    without=names("run date", "action"),
    read=read,
    recorded=False,
)
