"""The house's own format: `ticker,quantity,currency,name,kind,locked,isin`, and plain lines `TICKER QTY [PRICE] [CCY]`.

Cash is the ticker `$CASH` with its amount as quantity and a currency. Only ticker and quantity must be there, and the names
that people give these two columns by themselves (symbol, shares, units) are understood. What `export` writes, this reads back.
"""

import re

from core.kind import Kind
from core.portfolio.holding import Import
from core.portfolio.writing import CASH, unguarded
from providers.holdings.book import Book, Entry
from providers.holdings.faults import RowFault
from providers.holdings.kinds import DERIVATIVE, kind_of
from providers.holdings.numbers import Numbers
from providers.holdings.positions import Columns, read_positions
from providers.holdings.sheet import Row, is_formula
from providers.holdings.table import Asked, Format, Record, Table, names

NAME = "Condorcet CSV"
TRUE = frozenset({"yes", "true", "1", "locked", "x"})
# A list that begins with dates has another order of words.
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
COLUMNS = {
    "ticker": ("ticker", "symbol"),
    "quantity": ("quantity", "qty", "shares", "units"),
    "currency": ("currency", "ccy"),
    "name": ("name", "description"),
    "kind": ("kind",),
    "locked": ("locked",),
    "isin": ("isin",),
}


def read(table: Table, asked: Asked) -> Import:
    """Good rows and bad rows. A ticker that stands twice is summed and said."""
    return read_positions(table, asked, NAME, COLUMNS, _one, decimal=_decimal(table), notes=False)


def _decimal(table: Table) -> str | None:
    # Beside a comma that separates cells, a comma inside one could only mean thousands; and the point is our own mark.
    return "." if table.delimiter == "," else None


def _one(record: Record, book: Book, numbers: Columns) -> None:
    if record["ticker"].upper() == CASH:
        book.cash(numbers.quantity.read(record["quantity"], "the amount of cash"), record["currency"])
        return
    book.position(
        Entry(
            row=record.row,
            shares=numbers.quantity.read(record["quantity"], "the quantity"),
            ticker=unguarded(record["ticker"]),
            isin=record["isin"],
            name=unguarded(record["name"]),
            kind=_kind(record["kind"], record["ticker"]),
            currency=record["currency"],
            locked=record["locked"].casefold() in TRUE,
        )
    )


def _kind(written: str, ticker: str) -> Kind:
    if not written:
        found = kind_of("", ticker=ticker.upper())
        if found is None:
            raise RowFault(DERIVATIVE)
        return found
    try:
        return Kind(written.casefold())
    except ValueError as error:
        raise RowFault(f"the kind {written[:20]!r} is none of {', '.join(Kind)}") from error


def read_plain(text: str, asked: Asked) -> Import | None:
    """Lines of `TICKER QTY [PRICE] [CCY]`, also with commas or semicolons between; blank lines and comments (#) are passed.

    None when the text is something else: when its first line cannot be read, or not more lines can than cannot.
    """
    book = Book("plain lines", asked.tickers)
    lines = [
        (Row(line=place, cells=tuple(words)), words)
        for place, line in enumerate(text.splitlines(), 1)
        if (words := _words(line)) and not words[0].startswith("#")
    ]
    numbers = Numbers((words[1] for _, words in lines if len(words) > 1), usual=".")
    bad: list[int] = []
    for row, words in lines:
        try:
            _plain(row, words, book, numbers)
        except RowFault as fault:
            bad.append(row.line)
            book.reject(row, str(fault))
    if not lines or lines[0][0].line in bad or 2 * len(bad) >= len(lines):
        return None
    return book.finish()


def _words(line: str) -> list[str]:
    words = line.split()
    mark = next((mark for mark in (";", ",") if words and mark in words[0]), None)
    return words if mark is None else [word.strip() for word in line.strip().strip(mark).split(mark)]


def _plain(row: Row, words: list[str], book: Book, numbers: Numbers) -> None:
    if any(map(is_formula, words)):
        raise RowFault("a cell begins like a formula of a spreadsheet")
    if _DATE.fullmatch(words[0]):
        raise RowFault(f"{words[0]!r} is a date, not a ticker")
    if len(words) > 4:
        raise RowFault("more than TICKER QTY PRICE CCY")
    currency = words[-1] if len(words) > 2 and words[-1].isalpha() else ""
    shares = numbers.read(words[1] if len(words) > 1 else "", "the quantity")
    if len(words) == 4 or (len(words) == 3 and not currency):
        numbers.read(words[2], "the price")
    if len(words) == 4 and not currency:
        raise RowFault(f"{words[3][:20]!r} is not a currency code of three letters")
    if words[0].upper() == CASH:
        book.cash(shares, currency)
    else:
        book.position(
            Entry(row=row, shares=shares, ticker=words[0], kind=_kind("", words[0]), currency=currency)
        )


FORMAT = Format(
    name="a table with the columns ticker and quantity (currency, name, kind, locked and isin if known)",
    header=(names(*COLUMNS["ticker"]), names(*COLUMNS["quantity"])),
    # A table with any of these lists activities, not positions.
    without=names(
        "date", "time", "timestamp", "datetime", "trade date", "tradedate", "transaction date", "settlement date", "order date",
        "run date", "trade time", "created at", "executed at", "datum", "action", "type", "side", "b/s", "buy / sell",
        "buy/sell", "operation", "transaction", "transaction type", "transaction id", "trade id", "order id", "order type",
        "account number",
    ),
    read=read,
)  # fmt: skip
