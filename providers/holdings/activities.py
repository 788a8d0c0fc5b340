"""A table of trades → positions: what came minus what went, instrument by instrument.

Decisions: dividends, fees, interest and transfers of money move no share and are passed over. Cash is claimed only where the
file states a balance; summing movements would need the balance before the first of them. A kind of row that is not known is
rejected with its word, because guessing whether shares came or went would be a wrong position.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book, Entry
from providers.holdings.days import Days
from providers.holdings.kinds import DERIVATIVE, kind_of
from providers.holdings.table import Asked, Record, Table, records

NO_CASH = "no cash is claimed, the file states no balance: `portfolio cash AMOUNT CCY` sets it"


class Move(Enum):
    """What a kind of row does to the shares."""

    CAME = auto()
    WENT = auto()
    SIGNED = auto()  # the quantity's own sign says it: splits, mergers, conversions
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activities:
    """How one format writes its activities.

    `columns`: field → the names of its column; the fields are action, date, quantity, ticker, isin, name, currency, kind.
    `moves`: the word of the action, case-folded → what it does. `refused`: the same → why such a row cannot be held.
    `begins`: how other actions begin whose words vary, tried in order after `moves`.
    `prepare` may rewrite a record's cells before they are read.
    """

    form: str
    columns: Mapping[str, tuple[str, ...]]
    moves: Mapping[str, Move]
    refused: Mapping[str, str]
    begins: tuple[tuple[str, Move], ...] = ()
    decimal: str | None = "."
    date_order: str | None = None
    american: bool = False
    prepare: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None


FIELDS = ("action", "date", "quantity", "ticker", "isin", "name", "currency", "kind")


def read_activities(table: Table, asked: Asked, how: Activities, *, book: Book | None = None) -> Import:
    """The positions that the activities leave. `book` may already hold what the caller read itself (cash)."""
    found = records(table, {**dict.fromkeys(FIELDS, ()), **how.columns})
    kept = book or Book(how.form, asked.tickers)
    for row, reason in found.faults:
        kept.reject(row, reason)
    if found.notes:
        kept.passed("lines of totals and notes", found.notes)
    good = [_prepared(record, how) for record in found.good]
    quantities = Numbers((record["quantity"] for record in good), usual=how.decimal)
    days = Days((record["date"] for record in good), usual=how.date_order, today=asked.today)
    dated = any(record["date"] for record in good)
    for record in good:
        try:
            _one(record, how, kept, quantities, days if dated else None)
        except RowFault as fault:
            kept.reject(record.row, str(fault))
    if book is None:
        kept.remarks.append(NO_CASH)
    return kept.finish()


def _prepared(record: Record, how: Activities) -> Record:
    return record if how.prepare is None else Record(row=record.row, cells=how.prepare(record.cells))


def _one(record: Record, how: Activities, book: Book, quantities: Numbers, days: Days | None) -> None:
    word = " ".join(record["action"].casefold().split())
    if word in how.refused:
        raise RowFault(how.refused[word])
    move = how.moves.get(word) or next((move for start, move in how.begins if word.startswith(start)), None)
    if move is None:
        raise RowFault(
            f"the kind of row {record['action'][:60]!r} is not known"
            if word
            else "the kind of row is missing"
        )
    if move is Move.NONE:
        book.passed(word)
        return
    if days is not None:
        days.read(record["date"])
    shares = _shares(quantities.read(record["quantity"], "the number of shares"), move)
    kind = kind_of(
        record["kind"], ticker=record["ticker"].upper(), name=record["name"], american=how.american
    )
    if kind is None:
        raise RowFault(DERIVATIVE)
    book.trade(
        Entry(
            row=record.row,
            shares=shares,
            ticker=record["ticker"],
            isin=record["isin"],
            name=record["name"],
            kind=kind,
            currency=record["currency"],
        )
    )


def _shares(written: Decimal, move: Move) -> Decimal:
    if move is Move.SIGNED:
        return written
    if move is Move.WENT:
        # Some exports write sold shares with a minus, some without: the word says which way they went.
        return -abs(written)
    if written < 0:
        raise RowFault("a purchase of a negative number of shares")
    return written
