"""The house's own format: `ticker,quantity,currency,name,kind,locked,isin`, and plain lines `TICKER QTY [PRICE] [CCY]`.

Cash is the ticker `$CASH` with its amount as quantity and a currency. Only ticker and quantity must be there, and the names
that people give these two columns by themselves (symbol, shares, units) are understood. What `export` writes, this reads back.
"""

import re
from decimal import Decimal

from core.base.kind import Kind
from core.base.names import is_ticker
from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from core.portfolio.writing import CASH, unguarded
from providers.holdings.book import Book, Entry
from providers.holdings.kinds import DERIVATIVE, kind_of
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

    None when the text is something else: when its first line is no such line, or not more lines are than are not. A line that
    is one but cannot be held (a short position, a derivative) is rejected with its reason.
    """
    book = Book("plain lines", asked.tickers)
    lines = [
        (Row(line=place, cells=tuple(words)), words)
        for place, line in enumerate(text.splitlines(), 1)
        if (words := _words(line)) and not words[0].startswith("#")
    ]
    numbers = Numbers((words[1] for _, words in lines if len(words) > 1), usual=".")
    unlike: list[int] = []
    for row, words in lines:
        try:
            shares, currency = _plain(words, numbers)
        except RowFault as fault:
            unlike.append(row.line)
            book.reject(row, str(fault))
            continue
        try:
            _held(row, words[0], shares, currency, book)
        except RowFault as fault:
            book.reject(row, str(fault))
    if not lines or lines[0][0].line in unlike or 2 * len(unlike) >= len(lines):
        return None
    return book.finish()


def _words(line: str) -> list[str]:
    words = line.split()
    mark = next((mark for mark in (";", ",") if words and mark in words[0]), None)
    return words if mark is None else [word.strip() for word in line.strip().strip(mark).split(mark)]


def _plain(words: list[str], numbers: Numbers) -> tuple[Decimal, str]:
    """Quantity and currency of a line. Raises RowFault where it is no line of `TICKER QTY [PRICE] [CCY]`."""
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
    if words[0].upper() != CASH and not is_ticker(words[0]):
        raise RowFault(f"{words[0][:40]!r} is not a ticker")
    return shares, currency


def _held(row: Row, ticker: str, shares: Decimal, currency: str, book: Book) -> None:
    if ticker.upper() == CASH:
        book.cash(shares, currency)
    else:
        book.position(Entry(row=row, shares=shares, ticker=ticker, kind=_kind("", ticker), currency=currency))


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
