"""Interactive Brokers' activity statements and transaction histories: one CSV of many sections, laid out as
one table.

Open positions count where there are any, their lots as a check; else trades and corporate actions. Options,
bonds and what else is no share keep the kind that the statement gives them, and are set aside or held as
such.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.isin import is_isin
from providers.holdings.book import Book
from providers.holdings.ibkr_flex import balance_of
from providers.holdings.reader import NO_CASH, read_table, rows_of
from providers.holdings.sheet import Row, Sheet
from providers.holdings.spec import folded, spec_named
from providers.holdings.table import Asked, Table

Instruments = Mapping[tuple[str, str], Mapping[str, str]]
STATEMENT = "IBKR activity statement"
HISTORY = "IBKR transaction history"
OPEN = ("Open Positions", "Long Open Positions", "Short Open Positions")
# How the last brackets of a corporate action name the line that it changes.
_CHANGED = re.compile(r"\(([^,()]+), [^()]+, ([A-Z0-9]{12})\)\s*$")


@dataclass(frozen=True, slots=True)
class _Section:
    """One section's rows by the names of its own header; `sums` are its subtotals."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    sums: tuple[tuple[int, Mapping[str, str]], ...]


def is_statement(sheet: Sheet) -> bool:
    """Whether the rows begin with section and kind of row, as an activity statement's do."""
    return any(row.cells[1:2] == ("Header",) for row in sheet.rows[:3]) and sheet.delimiter == ","


def read_statement(sheet: Sheet, asked: Asked) -> Import:
    """Open positions with their lots as a check, else trades and corporate actions; the ending cash."""
    sections = _sections(sheet)
    told = _instruments(sections)
    opened = [each for name in OPEN for each in sections.get(name, _Section((), ())).rows]
    if "Transaction History" in sections:
        form, name, items = HISTORY, HISTORY, list(sections["Transaction History"].rows)
    elif opened:
        form, name = STATEMENT, f"{STATEMENT}: positions"
        items = [(line, _position(cells, told)) for line, cells in opened]
    else:
        form, name, items = STATEMENT, f"{STATEMENT}: trades", list(_moves(sections, told))
    if not items:
        raise BadRequest(
            f"{asked.origin} is an {form} without positions and without trades: export it with the section "
            "Open Positions."
        )
    book = Book(form, asked, account="IBKR")
    read_table(_blanked(rows_of(items)), spec_named(name), asked, book)
    if _ending_cash(sections, book):
        book.remarks[:] = [each for each in book.remarks if each != NO_CASH]
    elif NO_CASH not in book.remarks:
        book.remarks.append(NO_CASH)
    return book.finish()


def _sections(sheet: Sheet) -> dict[str, _Section]:
    rows: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    sums: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    header: tuple[str, ...] = ()
    for row in sheet.rows:
        section, kind, *cells = (*row.cells, "", "")[: max(2, len(row.cells))]
        if kind == "Header":
            header = tuple(map(folded, cells))
        elif kind in {"Data", "SubTotal"}:
            into = rows if kind == "Data" else sums
            into.setdefault(section, []).append((row.line, dict(zip(header, cells, strict=False))))
    return {name: _Section(tuple(rows[name]), tuple(sums.get(name, ()))) for name in rows}


def _instruments(sections: Mapping[str, _Section]) -> Instruments:
    """(Category, symbol) → what the statement says of the instrument itself. One may stand under several
    symbols."""
    listed = sections.get("Financial Instrument Information", _Section((), ())).rows
    return {
        (cells.get("asset category", ""), symbol.strip()): cells
        for _, cells in listed
        for symbol in cells.get("symbol", "").split(",")
    }


def _position(cells: Mapping[str, str], told: Instruments) -> Mapping[str, str]:
    level = cells.get("datadiscriminator", "")
    summed = cells.get("asset category", "").casefold() == "total" or not cells.get("symbol")
    return {
        **_instrument(cells, told),
        "level": level,
        "quantity": cells.get("quantity", ""),
        "price": cells.get("close price", "") if cells.get("mult", "1") == "1" else "",
        "value": cells.get("value", ""),
        "paid": cells.get("cost price", ""),
        "action": "a line of totals" if summed else "",
    }


def _instrument(cells: Mapping[str, str], listed: Instruments) -> dict[str, str]:
    category, symbol = cells.get("asset category", ""), cells.get("symbol", "")
    told = listed.get((category, symbol), {})
    code = told.get("security id", "")
    kind = told.get("type", "") if told.get("type", "").casefold() in {"etf", "fund", "adr"} else category
    return {
        "symbol": symbol,
        "kind": kind,
        "currency": cells.get("currency", ""),
        "isin": code if is_isin(code) else "",
        "name": told.get("description", ""),
        "exchange": told.get("listing exch", ""),
        "account": cells.get("account", ""),
    }


def _moves(sections: Mapping[str, _Section], told: Instruments) -> Iterable[tuple[int, Mapping[str, str]]]:
    """Trades and corporate actions. Executions below their order, and closed lots, say the same once more."""
    trades = sections.get("Trades", _Section((), ()))
    levels = {cells.get("datadiscriminator", "") for _, cells in trades.rows}
    level = next((each for each in ("Order", "Trade", "Execution") if each in levels), "")
    for line, cells in trades.rows:
        if cells.get("datadiscriminator", "") == level and cells.get("asset category") != "Forex":
            when = cells.get("date/time", "")
            yield (
                line,
                {
                    **_instrument(cells, told),
                    "action": "order",
                    "date": when,
                    "quantity": cells.get("quantity", ""),
                    "paid": cells.get("t. price", ""),
                },
            )
    for line, cells in sections.get("Corporate Actions", _Section((), ())).rows:
        changed = _CHANGED.search(cells.get("description", ""))
        if cells.get("asset category", "").startswith("Total"):
            continue
        symbol, code = changed.groups() if changed else ("", "")
        named = _instrument({**cells, "symbol": symbol}, told)
        yield (
            line,
            {
                **named,
                "isin": code if is_isin(code) else named["isin"],
                "action": "corporate action",
                "date": cells.get("report date", ""),
                "quantity": cells.get("quantity", ""),
            },
        )


def _ending_cash(sections: Mapping[str, _Section], book: Book) -> bool:
    """The ending cash of each currency; the sum in the base currency only where nothing else is stated."""
    report = sections.get("Cash Report", _Section((), ())).rows
    ends = [
        (line, cells)
        for line, cells in report
        if cells.get("currency summary", "").casefold() == "ending cash"
    ]
    found = False
    for line, cells in ends:
        if "base currency" not in cells.get("currency", "").casefold():
            found = balance_of(
                cells.get("total", ""), cells.get("currency", ""), cells.get("account", ""), line, book
            )
    if found:
        return True
    said = {
        cells.get("field name", ""): (line, cells.get("field value", ""))
        for name in ("Account Information", "Summary")
        for line, cells in sections.get(name, _Section((), ())).rows
    }
    line, amount = said.get("Ending Cash", next(((n, c.get("total", "")) for n, c in ends), (0, "")))
    if not amount or "Base Currency" not in said:
        return False
    base = said["Base Currency"][1]
    book.remarks.append(f"the cash is the statement's sum in its base currency {base}")
    return balance_of(amount, base, "", line, book)


def _blanked(table: Table) -> Table:
    """Statements write "-" where there is nothing."""
    rows = tuple(
        Row(line=row.line, cells=tuple("" if cell in {"-", "--"} else cell for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)
