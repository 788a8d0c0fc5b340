"""What a table says of itself, held against its rows: repeated rows, levels of detail, days, products,
balances.

Each check either leaves out what says the same twice, or names what contradicts; none repairs a number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.base.errors import BadRequest
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book
from providers.holdings.days import Days
from providers.holdings.table import Asked, Record

# Rows of IBKR that sum up the executions below them, or split them again.
SUMS = frozenset({"order", "symbol_summary", "asset_summary", "closed_lot", "wash_sale", "lot"})
# A price has been rounded, a value may hold a fee: more than this between them is another number.
AGREES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Columns:
    """The readers of a table's columns."""

    quantity: Numbers
    value: Numbers
    paid: Numbers
    days: Days | None


def once(good: Sequence[Record], book: Book) -> list[Record]:
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


def by_level(good: Sequence[Record], book: Book) -> list[Record]:
    """Each share once, where a file states the same at several levels of detail. Lots that contradict their
    sum reject it."""
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


def newest(good: Sequence[Record], days: Days, asked: Asked, book: Book) -> list[Record]:
    """The rows of each account's newest day, and those whose date cannot be read (they are rejected one by
    one later)."""
    readings = {_newest_places(good, days, order) for order in range(len(days.orders))}
    if len(readings) > 1:
        raise BadRequest(
            f"{asked.origin}: its dates could be day-month or month-day, and that changes which rows are the "
            "newest. "
            "Write them as 2026-04-24."
        )
    places = readings.pop()
    if len(places) < len(good):
        book.passed("rows of earlier days", len(good) - len(places))
    return [each for place, each in enumerate(good) if place in places]


def _newest_places(good: Sequence[Record], days: Days, order: int) -> frozenset[int]:
    known: dict[int, tuple[str, date]] = {}
    broken = set()
    last: dict[str, date] = {}
    for place, each in enumerate(good):
        try:
            found = days.read(each["date"])
        except RowFault:
            broken.add(place)
        else:
            day, account = found[min(order, len(found) - 1)], each["account"]
            known[place] = (account, day)
            last[account] = max(day, last.get(account, day))
    return frozenset({place for place, (account, day) in known.items() if day == last[account]} | broken)


def contradictions(
    good: Sequence[Record], columns: Columns, asked: Asked, decimal: str | None
) -> Mapping[int, str]:
    """Place → why its quantity, price and value contradict each other. Only where most rows agree: in pounds,
    pence or any one rate, the file then checks itself."""
    prices = Numbers((each["price"] for each in good), usual=decimal)
    ratios: dict[int, Decimal] = {}
    for place, each in enumerate(good):
        try:
            shares = abs(columns.quantity.read(each["quantity"], ""))
            worth = shares * abs(prices.read(each["price"], ""))
            value = abs(columns.value.read(each["value"], ""))
        except RowFault:
            continue
        if worth and value:
            ratios[place] = value / worth
    agreeing = [
        unit
        for unit in (Decimal(1), Decimal("0.01"))
        if 2 * sum(abs(ratio / unit - 1) <= AGREES for ratio in ratios.values()) > len(ratios)
    ]
    if not agreeing or len(ratios) < 3:
        return {}
    unit = agreeing[0]
    return {
        place: "quantity × price is not the value that the row states"
        for place, ratio in ratios.items()
        if abs(ratio / unit - 1) > AGREES
    }


def balances(good: Sequence[Record], book: Book, days: Days | None, decimal: str | None) -> None:
    """The newest balance of each currency is its cash; a row whose balance does not follow from the one
    before is said."""
    rows = [each for each in good if each["balance"] and _is_currency(each["balance_currency"])]
    numbers = Numbers((each["balance"] for each in rows), usual=decimal)
    flows = Numbers((each["flow"] for each in rows), usual=decimal)
    last: dict[tuple[str, str], tuple[date, Record]] = {}
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
        if each["flow"] and key in last and not _follows(last[key][1], each, numbers, flows):
            broken.append(each.row.line)
        last[key] = (day, each)
    for (account, currency), (_, each) in sorted(last.items()):
        try:
            amount = numbers.read(each["balance"], f"the balance in {currency}").quantize(Decimal("0.01"))
            if amount:
                book.cash(amount, currency, account)
        except RowFault as fault:
            book.complain(each.row, f"the balance in {currency}: {fault}")
    if last:
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
