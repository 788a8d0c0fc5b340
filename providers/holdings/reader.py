"""The records of a table, read as its format says → the book. What is the same for every format stands here.

Decisions. Dividends, fees and transfers of money move no share and are passed over; a kind of row that is not known is rejected,
and with it its instrument. Cash is claimed only where the file states a balance. Identical rows of one order count once;
identical rows without an order number all count, and are said. A file of several days counts its newest day; lots beside their
summary are a check of it. Where price and value stand beside the quantity, a row that contradicts itself is not used.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.base.kind import Kind
from core.portfolio.holding import Question
from core.portfolio.numbers import BLANKS, Ambiguous, Numbers, RowFault
from core.portfolio.venues import ticker_at, venue_named
from core.portfolio.writing import unguarded
from providers.holdings.book import Book, Entry
from providers.holdings.days import Days
from providers.holdings.kinds import DERIVATIVE, is_option, kind_of
from providers.holdings.sheet import Row
from providers.holdings.spec import Move, Spec, folded, ruled
from providers.holdings.table import Asked, Record, Table, records

NO_CASH = "no cash is claimed, the file states no balance: `portfolio cash AMOUNT CCY` sets it"
UNRECORDED = "this reader was built from the format's documentation, no recorded file was at hand: check the table with care"
TRUE = frozenset({"yes", "true", "1", "locked", "x"})
# Rows of IBKR that sum up the executions below them, or split them again.
SUMS = frozenset({"order", "symbol_summary", "asset_summary", "closed_lot", "wash_sale", "lot"})
# A price has been rounded, a value may hold a fee: more than this between them is another number.
AGREES = Decimal("0.01")
Keys = Callable[[Record], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The readers of a table's columns."""

    quantity: Numbers
    value: Numbers
    days: Days | None


def read_table(table: Table, spec: Spec, asked: Asked, book: Book) -> None:
    """Takes the rows of the table into the book. Raises BadRequest where the whole cannot be understood."""
    found = records(table, spec)
    if found.notes:
        book.passed("lines of totals and notes", found.notes)
    good = [
        Record(row=each.row, cells=ruled(spec, _named(_unguarded(each.cells, spec, table), spec)))
        for each in found.good
    ]
    good = _once(good, book)
    good = _by_level(good, spec, book)
    decimal = asked.answers.get("decimal") or table.decimal or _usual(spec, table)
    columns = _Columns(
        quantity=Numbers((each["quantity"] for each in good), usual=decimal),
        value=Numbers((each["value"] for each in good), usual=decimal),
        days=_days(good, spec, asked),
    )
    if spec.newest_day and columns.days is not None:
        good = _newest(good, columns.days, asked, book)
    wrong = _contradictions(good, columns, asked, decimal)
    for each in good:
        key = book.key_of(each["account"], each["ticker"], each["isin"], each["name"])
        try:
            if each.row.line in wrong:
                raise RowFault(wrong[each.row.line])
            _one(each, spec, book, columns)
        except Ambiguous as fault:
            _ask(fault, book, asked)
            book.reject(each.row, str(fault), key)
        except RowFault as fault:
            book.reject(each.row, str(fault), key)
    for row, reason in found.faults:
        book.reject(row, reason)
    if "balance" in spec.columns:
        _balances(good, book, columns.days, decimal)
    elif spec.trades and not any(spec.move(folded(each["action"])) is Move.CASH for each in good):
        book.remarks.append(NO_CASH)


def _one(record: Record, spec: Spec, book: Book, columns: _Columns) -> None:
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
        book.saw(record["ticker"], record["currency"].upper())
    if move is Move.NONE:
        book.passed(word)
        return
    if columns.days is not None:
        columns.days.read(record["date"])
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
        )
    )


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
    # Beside a comma that separates cells, a comma inside one could only mean thousands; and the point is our own mark.
    if spec.only:
        return "." if table.delimiter == "," else None
    return next((mark for name, mark in spec.decimals.items() if name in table.names), spec.decimal)


def _ask(fault: Ambiguous, book: Book, asked: Asked) -> None:
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


def _once(good: Sequence[Record], book: Book) -> list[Record]:
    """Without the rows that repeat another one of the same order."""
    first: dict[tuple[str, ...], int] = {}
    kept, repeated, alike = [], 0, []
    for each in good:
        cells = each.row.cells
        if cells in first and each["order"]:
            repeated += 1
            continue
        if cells in first and each["quantity"]:
            alike.append(f"{first[cells]} and {each.row.line}")
        first.setdefault(cells, each.row.line)
        kept.append(each)
    if repeated:
        book.passed("rows that repeat another row of the same order", repeated)
    if alike:
        book.remarks.append(f"identical rows that all count: lines {', '.join(alike[:5])}")
    return kept


def _by_level(good: Sequence[Record], spec: Spec, book: Book) -> list[Record]:
    """Each share once, where a file states the same at several levels of detail. Lots that contradict their sum reject it."""
    levels = {each["level"].casefold() for each in good}
    if "execution" in levels:
        kept = [each for each in good if each["level"].casefold() not in SUMS]
    elif "summary" in levels and "lot" in levels:
        kept = [each for each in good if each["level"].casefold() != "lot"]
        lots: dict[tuple[str, ...], Decimal] = {}
        for each in good:
            if each["level"].casefold() == "lot":
                of = _instrument(each)
                lots[of] = lots.get(of, Decimal(0)) + _number(each["quantity"])
        for each in kept:
            stated = _number(each["quantity"])
            if lots.get(_instrument(each), stated) != stated:
                key = book.key_of(each["account"], each["ticker"], each["isin"], each["name"])
                book.reject(
                    each.row, f"its lots sum to {lots[_instrument(each)]:f}, the summary says {stated:f}", key
                )
    else:
        return list(good)
    if len(kept) < len(good):
        book.passed("rows that repeat others at another level of detail", len(good) - len(kept))
    return kept


def _instrument(record: Record) -> tuple[str, ...]:
    return (record["account"], record["isin"] or record["ticker"], record["date"])


def _number(written: str) -> Decimal:
    try:
        return Numbers((), usual=".").read(written, "")
    except RowFault:
        return Decimal("NaN")  # equals nothing: the row is rejected for what it says


def _newest(good: Sequence[Record], days: Days, asked: Asked, book: Book) -> list[Record]:
    """The rows of the newest day, and those whose date cannot be read (they are rejected one by one later)."""
    readings = {_newest_lines(good, days, place) for place in range(len(days.orders))}
    if len(readings) > 1:
        raise BadRequest(
            f"{asked.origin}: its dates could be day-month or month-day, and that changes which rows are the newest. "
            "Write them as 2026-04-24."
        )
    lines = readings.pop()
    if len(lines) < len(good):
        book.passed("rows of earlier days", len(good) - len(lines))
    return [each for each in good if each.row.line in lines]


def _newest_lines(good: Sequence[Record], days: Days, place: int) -> frozenset[int]:
    known: dict[int, tuple[str, date]] = {}
    broken = set()
    last: dict[str, date] = {}
    for each in good:
        try:
            found = days.read(each["date"])
        except RowFault:
            broken.add(each.row.line)
        else:
            day, account = found[min(place, len(found) - 1)], each["account"]
            known[each.row.line] = (account, day)
            last[account] = max(day, last.get(account, day))
    return frozenset({line for line, (account, day) in known.items() if day == last[account]} | broken)


def _contradictions(
    good: Sequence[Record], columns: _Columns, asked: Asked, decimal: str | None
) -> Mapping[int, str]:
    """Line → why its quantity, price and value contradict each other. Only where most rows agree: in pounds, pence or any one
    rate, the file then checks itself."""
    prices = Numbers((each["price"] for each in good), usual=decimal)
    ratios: dict[int, Decimal] = {}
    for each in good:
        try:
            shares = abs(columns.quantity.read(each["quantity"], ""))
            worth = shares * abs(prices.read(each["price"], ""))
            value = abs(columns.value.read(each["value"], ""))
        except RowFault:
            continue
        if worth and value:
            ratios[each.row.line] = value / worth
    agreeing = [
        unit
        for unit in (Decimal(1), Decimal("0.01"))
        if 2 * sum(abs(ratio / unit - 1) <= AGREES for ratio in ratios.values()) > len(ratios)
    ]
    if not agreeing or len(ratios) < 3:
        return {}
    unit = agreeing[0]
    return {
        line: "quantity × price is not the value that the row states"
        for line, ratio in ratios.items()
        if abs(ratio / unit - 1) > AGREES
    }


def _balances(good: Sequence[Record], book: Book, days: Days | None, decimal: str | None) -> None:
    """The newest balance of each currency is its cash; a row whose balance does not follow from the one before is said."""
    rows = [each for each in good if each["balance"] and _is_currency(each["balance_currency"])]
    numbers = Numbers((each["balance"] for each in rows), usual=decimal)
    flows = Numbers((each["flow"] for each in rows), usual=decimal)
    newest: dict[tuple[str, str], tuple[date, Record]] = {}
    readable: list[tuple[date, Record]] = []
    for each in rows:
        try:
            readable.append(((days.read(each["date"])[0] if days else date.min), each))
        except RowFault:
            continue  # the row is rejected with its reason when its trade is read
    if len(readable) > 1 and readable[0][0] >= readable[-1][0]:
        readable.reverse()  # exports mostly begin with the newest row: of one day, the row above is the newer
    broken = []
    for day, each in sorted(readable, key=lambda item: item[0]):
        key = (each["account"], each["balance_currency"])
        if each["flow"] and key in newest and not _follows(newest[key][1], each, numbers, flows):
            broken.append(each.row.line)
        newest[key] = (day, each)
    for (account, currency), (_, each) in sorted(newest.items()):
        try:
            amount = numbers.read(each["balance"], f"the balance in {currency}").quantize(Decimal("0.01"))
            if amount:
                book.cash(amount, currency, account)
        except RowFault as fault:
            book.complain(each.row, f"the balance in {currency}: {fault}")
    if newest:
        book.remarks.append("cash is the balance on the newest row of each currency")
    if broken:
        lines = ", ".join(map(str, broken[:5]))
        book.remarks.append(
            f"the balance on line {lines} does not follow from the row before: rows may be missing or doubled"
        )


def _is_currency(written: str) -> bool:
    return len(written) == 3 and written.isalpha()


def _follows(before: Record, after: Record, numbers: Numbers, flows: Numbers) -> bool:
    try:
        stated = numbers.read(after["balance"], "")
        computed = numbers.read(before["balance"], "") + flows.read(after["flow"], "")
    except RowFault:
        return False
    return abs(stated - computed) < Decimal("0.02")


def rows_of(header: Sequence[str], items: Iterable[tuple[int, Mapping[str, str]]]) -> Table:
    """A table for formats that are none (XML, JSON, OFX): each item's line and its cells by name."""
    rows = tuple(Row(line=line, cells=tuple(cells.get(name, "") for name in header)) for line, cells in items)
    names = {folded(name): place for place, name in enumerate(header)}
    return Table(names=names, header=Row(line=0, cells=tuple(header)), rows=rows, decimal=".", tree=True)
