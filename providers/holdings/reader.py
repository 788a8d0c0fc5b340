"""The records of a table, read as its format says → the book. What is the same for every format stands here.

Decisions. Dividends, fees and transfers of money move no share and are passed over; a kind of row that is not
known is rejected, and with it its instrument. Cash is claimed only where the file states a balance. Identical
rows of one order count once; identical rows without an order number all count, and are said. A file of
several days counts its newest day; lots beside their summary are a check of it. Where price and value stand
beside the quantity, a row that contradicts itself is not used.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.portfolio.holding import Question
from core.portfolio.numbers import BLANKS, Ambiguous, Numbers, RowFault
from core.portfolio.paid import Paid, paid_of
from core.portfolio.venues import ticker_at, venue_named
from core.portfolio.writing import unguarded
from providers.holdings.book import Book, Entry, spelt
from providers.holdings.checks import Columns, balances, by_level, contradictions, newest, once
from providers.holdings.days import Days
from providers.holdings.kinds import DERIVATIVE, is_option, kind_of
from providers.holdings.sheet import Row
from providers.holdings.spec import Move, Spec, folded, ruled
from providers.holdings.table import Asked, Record, Table, records

NO_CASH = "no cash is claimed, the file states no balance: `portfolio cash AMOUNT CCY` sets it"
UNRECORDED = (
    "this reader was built from the format's documentation, no recorded file was at hand: "
    "check the table with care"
)
TRUE = frozenset({"yes", "true", "1", "locked", "x"})


def read_table(table: Table, spec: Spec, asked: Asked, book: Book) -> None:
    """Takes the rows of the table into the book. Raises BadRequest where the whole cannot be understood."""
    found = records(table, spec)
    if table.above:
        book.passed("lines above the header", table.above)
    if found.notes:
        book.passed("lines of totals and notes", found.notes)
    good = [
        Record(row=each.row, cells=ruled(spec, _named(_unguarded(each.cells, spec, table), spec)))
        for each in found.good
    ]
    good = once(good, book)
    good = by_level(good, book)
    decimal = asked.answers.get("decimal") or ("." if table.tree else _usual(spec, table))
    columns = Columns(
        quantity=Numbers((each["quantity"] for each in good), usual=decimal),
        value=Numbers((each["value"] for each in good), usual=decimal),
        paid=Numbers((each["paid"] for each in good), usual=decimal),
        days=_days(good, spec, asked),
    )
    if spec.newest_day and columns.days is not None:
        good = newest(good, columns.days, asked, book)
    wrong = contradictions(good, columns, asked, decimal)
    for place, each in enumerate(good):
        key = book.key_of(each["account"], each["ticker"], each["isin"], each["name"])
        try:
            if place in wrong:
                raise RowFault(wrong[place])
            _one(each, spec, book, columns)
        except Ambiguous as fault:
            ask_decimal(fault, book, asked)
            book.reject(each.row, str(fault), key)
        except RowFault as fault:
            book.reject(each.row, str(fault), key)
    for row, reason in found.faults:
        book.reject(row, reason)
    if "balance" in spec.columns:
        balances(good, book, columns.days, decimal)
    elif spec.trades and not any(spec.move(folded(each["action"])) is Move.CASH for each in good):
        book.remarks.append(NO_CASH)


def _one(record: Record, spec: Spec, book: Book, columns: Columns) -> None:
    word = folded(record["action"]) or spec.default
    if word in spec.refused:
        raise RowFault(spec.refused[word])
    move = spec.move(word)
    if move is None:
        raise RowFault(
            f"the kind of row {record['action'][:60]!r} is not known"
            if word
            else "the kind of row is missing"
        )
    if record["ticker"] and record["currency"]:
        book.namer.saw(spelt(record["ticker"]), record["currency"].upper())
    if move is Move.NONE:
        book.passed(word)
        return
    day = date.min if columns.days is None else columns.days.read(record["date"])[0]
    if move is Move.CASH:
        amount, numbers = (record["value"], columns.value)
        if amount.casefold() in BLANKS:
            amount, numbers = record["quantity"], columns.quantity
        book.cash(numbers.read(amount, "the amount of cash"), record["currency"], record["account"])
        return
    kind = _kind(record, spec)
    what = "the number of shares" if spec.trades else "the quantity"
    shares = columns.quantity.read(record["quantity"], what)
    book.add(
        Entry(
            row=record.row,
            shares=shares if move in {Move.HELD, Move.SIGNED} else _directed(shares, move),
            ticker=record["ticker"],
            isin=record["isin"],
            name=record["name"],
            kind=kind,
            currency=record["currency"],
            exchange=record["exchange"],
            account=record["account"],
            locked=record["locked"].casefold() in TRUE,
            trade=move is not Move.HELD,
            day=day,
            paid=_paid(record, columns),
        )
    )


def _paid(record: Record, columns: Columns) -> Paid | Gap:
    """What one share cost, where that and its day are in no doubt: it is never a reason to refuse shares."""
    if columns.days is not None and len(columns.days.orders) > 1:
        return NOT_GIVEN
    try:
        price = abs(columns.paid.read(record["paid"], ""))
    except RowFault:
        return NOT_GIVEN
    return paid_of(price, record["paid_currency"] or record["currency"])


def _directed(written: Decimal, move: Move) -> Decimal:
    if move is Move.WENT:
        # Some exports write sold shares with a minus, some without: the word says which way they went.
        return -abs(written)
    if written < 0:
        raise RowFault("a purchase of a negative number of shares")
    return written


def _kind(record: Record, spec: Spec) -> Kind:
    ticker = record["ticker"].upper()
    if spec.own_tickers and record["kind"].casefold() in set(Kind) and not is_option(ticker):
        return Kind(record["kind"].casefold())
    if spec.only and record["kind"]:
        raise RowFault(f"the kind {record['kind'][:20]!r} is none of {', '.join(Kind)}")
    kind = kind_of(record["kind"], ticker=ticker, name=record["name"], american=spec.american)
    if kind is None:
        raise RowFault(DERIVATIVE)
    return kind


def _named(cells: dict[str, str], spec: Spec) -> dict[str, str]:
    """For IBKR: the ticker with the suffix of its listing, as sources of prices write it."""
    if not spec.ibkr or not cells["ticker"]:
        return cells
    symbol, venue = cells["ticker"], venue_named(cells.get("exchange") or cells.get("venue") or "")
    if isinstance(venue, Gap):
        return cells
    if venue.suffix:
        symbol = symbol.removesuffix(".OLD")
        if len(symbol) > 1 and symbol[-1].islower() and symbol[:-1].isupper():
            symbol = symbol[:-1]  # IBKR marks a listing with a small letter behind the symbol: BMWd, CHSPIz
    return {**cells, "ticker": ticker_at(symbol, venue)}


def _unguarded(cells: Mapping[str, str], spec: Spec, table: Table) -> dict[str, str]:
    """For our own export: without the apostrophes that keep a spreadsheet from running a cell."""
    if table.tree or not spec.only:
        return dict(cells)
    return {field: unguarded(cell) for field, cell in cells.items()}


def _usual(spec: Spec, table: Table) -> str | None:
    # Beside a comma that separates cells, a comma inside one could only mean thousands; and the point is our
    # own mark.
    if spec.only:
        return "." if table.delimiter == "," else None
    return next((mark for name, mark in spec.decimals.items() if name in table.names), spec.decimal)


def ask_decimal(fault: Ambiguous, book: Book, asked: Asked) -> None:
    """Asks once what the comma or point of such a number means."""
    if "decimal" in asked.answers or any(each.key == "decimal" for each in book.questions):
        return
    mark, other = (",", ".") if "," in fault.written else (".", ",")
    book.questions.append(
        Question(
            key="decimal",
            text=f"{fault.written}: is that {fault.thousands} or {fault.decimals}?",
            options=((other, fault.thousands), (mark, fault.decimals)),
        )
    )


def _days(good: Sequence[Record], spec: Spec, asked: Asked) -> Days | None:
    written = [each["date"] for each in good]
    return Days(written, usual=spec.dates, today=asked.today) if any(written) else None


def rows_of(items: Sequence[tuple[int, Mapping[str, str]]]) -> Table:
    """A table for formats that are none (XML, JSON, OFX): each item's line and its cells by name."""
    header = tuple(dict.fromkeys(name for _, cells in items for name in cells))
    rows = tuple(Row(line=line, cells=tuple(cells.get(name, "") for name in header)) for line, cells in items)
    names = {folded(name): place for place, name in enumerate(header)}
    return Table(names=names, header=Row(line=0, cells=header), rows=rows, tree=True)
