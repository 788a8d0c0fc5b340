"""Any table: what its header's words say each column is, proposed with its first rows, confirmed by the owner, kept.

Refuses to read a table on its own: words can mislead (a fund's "quantity" may be an amount of money). What is confirmed is kept
for exactly this header. The mapping is text ("trades;isin=0;quantity=3"), so that a button and a note can hold it.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from core.base.errors import BadRequest
from core.portfolio.holding import Question
from core.portfolio.isin import is_isin
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.sheet import Row, Sheet
from providers.holdings.spec import Spec, folded, spec_of
from providers.holdings.table import PREAMBLE, Asked, Table, table_under

NAME = "a table by its columns"
POSITIONS, TRADES = "positions", "trades"
IDENTITIES = ("isin", "ticker", "name")
FIELDS = ("isin", "ticker", "name", "quantity", "currency", "price", "value", "account", "kind", "exchange")
ACTIVITY_FIELDS = (*FIELDS, "action", "date", "order")
NUMERIC = frozenset({"quantity", "price", "value"})
SHOWN_ROWS = 3
# How many other columns are offered for a field that may be wrong.
OFFERED = 3
_SIGNS = re.compile(r"[^\w%]+")


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return {
            part: {field: tuple(map(_bare, listed)) for field, listed in fields.items()}
            for part, fields in tomllib.load(file).items()
        }


def header_key(header: Row) -> str:
    """Under what a confirmed reading is kept: the header itself."""
    return "|".join(map(folded, header.cells))


def header_of(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row that names columns, and field → column; None where no row names a quantity and an identity."""
    best: tuple[int, dict[str, int]] | None = None
    for place, row in enumerate(sheet.rows[:PREAMBLE]):
        found = _fields(row, sheet.rows[place + 1 : place + 21])
        enough = "quantity" in found and any(each in found for each in IDENTITIES)
        if {_bare(cell) for cell in row.cells} & set(_words()["never"]["columns"]):
            return None
        if enough and (best is None or len(found) > len(best[1])):
            best = (place, found)
    return best


def _fields(row: Row, below: tuple[Row, ...]) -> dict[str, int]:
    """Each field's column: the first whose name is one of the field's words, the likelier words first."""
    cells = [_bare(cell) for cell in row.cells]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for field in (*FIELDS[:2], "quantity", "action", "date", *FIELDS[2:3], *FIELDS[4:], "order"):
        for word in _words()["columns"][field]:
            places = [
                place
                for place, cell in enumerate(cells)
                if cell == word and place not in taken and (field not in NUMERIC or _numbers(below, place))
            ]
            if places:
                found[field] = places[0]
                taken.add(places[0])
                break
    return found


def _numbers(below: tuple[Row, ...], at: int) -> bool:
    """Whether a column holds any number: "nombre" is a quantity in French and a name in Spanish."""
    return any(_is_number(row.cells[at]) for row in below if at < len(row.cells))


def read_as(sheet: Sheet, place: int, mapping: str, asked: Asked) -> tuple[Table, Spec]:
    """The table and the format that a confirmed mapping describes. Raises BadRequest when it describes none."""
    what, *pairs = mapping.split(";")
    columns = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    width = len(sheet.rows[place].cells)
    right = all(name in ACTIVITY_FIELDS and at.isdigit() and int(at) < width for name, at in columns.items())
    if what not in {POSITIONS, TRADES} or "quantity" not in columns or not right:
        raise BadRequest(f"{asked.origin}: {mapping[:80]!r} does not say which column is what.")
    table = table_under(sheet, place, origin=asked.origin)
    # Columns are read by their place: a header may leave one unnamed.
    table = Table(
        names={f"#{at}": at for at in range(width)},
        header=table.header,
        rows=table.rows,
        delimiter=table.delimiter,
        decimal=table.decimal,
        above=table.above,
    )
    trades = what == TRADES
    used = {name: f"#{at}" for name, at in columns.items() if trades or name in FIELDS}
    account = asked.origin.rsplit("/", 1)[-1].rsplit(".", 1)[0][:40] or "table"
    words: dict[str, Any] = dict(_words()["actions"]) if trades and "action" in used else {}
    data: dict[str, Any] = {
        "name": NAME,
        "account": account,
        "header": [],
        "columns": used,
        "words": words,
        "decimal": "",
    }
    if not {"isin", "currency", "exchange"} & set(used):
        data["tickers"] = "own"  # nothing speaks of another listing, and the owner has seen the rows
    if trades and "action" not in used:
        data |= {"default": "trade", "words": {"signed": ["trade"]}}
    return table, spec_of(data)


def question_of(sheet: Sheet, place: int, fields: Mapping[str, int], asked: Asked) -> Question:
    """The proposal: what each column is taken for, the first rows so read, and what else it could be."""
    header, rows = sheet.rows[place], sheet.rows[place + 1 :]
    moving = "action" in fields or "date" in fields
    likely = TRADES if moving else POSITIONS
    other = POSITIONS if moving else TRADES
    used = {name: at for name, at in fields.items() if moving or name in FIELDS}
    said = ", ".join(f"{name} = “{_title(header, at)}”" for name, at in used.items())
    shown = [
        " · ".join(
            row.cells[used[name]] for name in used if used[name] < len(row.cells) and row.cells[used[name]]
        )
        for row in rows[:SHOWN_ROWS]
    ]
    options = [(_mapping(likely, fields), "Yes, read it so")]
    options += [
        (_mapping(likely, {**fields, "quantity": at}), f"The quantity is “{_title(header, at)}”")
        for at in _numeric(rows, header, set(fields.values()))[:OFFERED]
    ]
    meaning = {POSITIONS: "Each row is a holding", TRADES: "Each row is a trade"}
    options.append((_mapping(other, fields), meaning[other]))
    told = (
        f"{asked.origin} is no export that is known here. {meaning[likely]}; {said}. The first rows: "
        + " | ".join(shown)
    )
    return Question(key="columns", text=f"{told}. Is that right?", options=tuple(options))


def _mapping(what: str, fields: Mapping[str, int]) -> str:
    return ";".join([what, *(f"{name}={at}" for name, at in fields.items())])


def _numeric(rows: tuple[Row, ...], header: Row, taken: set[int]) -> list[int]:
    """Other columns that hold numbers only."""
    found = []
    for at in range(len(header.cells)):
        cells = [row.cells[at] for row in rows[:20] if at < len(row.cells) and row.cells[at]]
        if at not in taken and cells and all(_is_number(cell) for cell in cells):
            found.append(at)
    return found


def _is_number(cell: str) -> bool:
    try:
        Numbers((), usual=".").read(cell, "")
    except RowFault:
        return False
    return not is_isin(cell)


def _title(header: Row, at: int) -> str:
    return header.cells[at] or f"column {at + 1}"


def _bare(text: str) -> str:
    """A name without signs, as it is compared: "Quantité (titres)" is "quantité titres"."""
    return " ".join(_SIGNS.sub(" ", text.casefold()).split())
