"""Any table: what its header's words say each column is, proposed with its first rows, confirmed by the
owner, kept.

Refuses to read a table on its own: words can mislead (a fund's "quantity" may be an amount of money). What is
confirmed is kept for exactly this header. The mapping is text ("trades;isin=0;quantity=3"), so that a button
and a note can hold it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from core.base.errors import BadRequest
from core.portfolio.holding import Question
from core.portfolio.isin import is_isin
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.sheet import Row, Sheet
from providers.holdings.spec import Spec, folded, spec_of, words
from providers.holdings.table import PREAMBLE, Asked, Table, table_under

NAME = "a table by its columns"
POSITIONS, TRADES = "positions", "trades"
IDENTITIES = ("isin", "ticker", "name")
FIELDS = tuple("isin ticker name quantity currency price value account kind exchange paid".split())
ACTIVITY_FIELDS = (*FIELDS, "action", "date", "order", "status")
# In this order columns are given away; those of the second list may also only begin or end with a word.
ORDER = (
    *"isin ticker quantity action date name currency paid price value".split(),
    *FIELDS[7:10],
    "status",
    "order",
)
LOOSE = ("isin", "quantity", "date", "name", "status")
NUMERIC = frozenset({"quantity", "price", "value", "paid"})
SHOWN_ROWS = 3
# How many other columns are offered for a field that may be wrong.
OFFERED = 3
_CODES = "USD EUR GBP GBX GBp CHF SEK NOK DKK PLN CAD AUD HKD JPY SGD INR ZAR".split()
_MONEY = re.compile(rf"[£€]|(?<=\d)p\b|\b(?:{'|'.join(_CODES)})\b")
_SIGN = {"£": "GBP", "€": "EUR", "p": "GBp"}
# Capital letters that are neither a currency nor a word of an order.
_SYMBOL = re.compile(
    rf"(?!(?:{'|'.join(_CODES)}|BUY|SELL|CASH|YES|NO|DAY|GTC)$)[A-Z]{{1,5}}(?:[.-][A-Z]{{1,2}})?"
)
_DATED = re.compile(r"\d[-/. ]")
_SIGNS = re.compile(r"[^\w%]+")


@cache
def _names(field: str) -> tuple[str, ...]:
    return tuple(map(_bare, words()["columns"][field]))


def header_key(header: Row) -> str:
    """Under what a confirmed reading is kept: the header itself."""
    return "|".join(map(folded, header.cells))


def header_of(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row that names columns, and field → column; None where no row names a quantity and an identity."""
    best: tuple[int, dict[str, int]] | None = None
    for place, row in enumerate(sheet.rows[:PREAMBLE]):
        found = _fields(row, sheet.rows[place + 1 : place + 21])
        enough = "quantity" in found and any(each in found for each in IDENTITIES)
        if {_bare(cell) for cell in row.cells} & set(words()["never"]["columns"]):
            return None
        if enough and (best is None or len(found) > len(best[1])):
            best = (place, found)
    return best


def _fields(row: Row, below: tuple[Row, ...]) -> dict[str, int]:
    """Each field's column: first by its whole name, the likelier words first; then those that only begin or
    end with a word. What was bought and sold is known by what stands in the column too, and so is an ISIN or
    a symbol."""
    cells = [_bare(cell) for cell in row.cells]
    found: dict[str, int] = {}
    for fits in (str.__eq__, _begins, _ends):
        for field in ORDER if fits == str.__eq__ else LOOSE:
            if field in found:
                continue
            places = (
                place
                for word in _names(field)
                for place, cell in enumerate(cells)
                if fits(cell, word)
                and place not in found.values()
                and (field not in NUMERIC or _holds(below, place, _is_number))
                and (field != "date" or _holds(below, place, _DATED.search))
                and (field != "name" or _holds(below, place, _is_text))
                and (field != "action" or not _mostly(below, place, _is_kind))
            )
            if (place := next(places, None)) is not None:
                found[field] = place
    by_value: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("isin", is_isin),
        ("ticker", _SYMBOL.fullmatch),
        ("action", _is_side),
        ("kind", _is_kind),
    )
    for field, what in by_value:
        if field not in found and not (field == "ticker" and "isin" in found):
            free = (at for at in range(len(cells)) if at not in found.values() and _mostly(below, at, what))
            if (place := next(free, None)) is not None:
                found[field] = place
    return found


def _begins(cell: str, word: str) -> bool:
    return cell.startswith(f"{word} ")


def _ends(cell: str, word: str) -> bool:
    return cell.endswith(f" {word}")


def _mostly(below: tuple[Row, ...], at: int, what: Callable[[str], object]) -> bool:
    """Whether at least half the cells of a column are of this kind."""
    cells = [row.cells[at] for row in below if at < len(row.cells) and row.cells[at]]
    return 0 < len(cells) <= 2 * sum(bool(what(cell)) for cell in cells)


def _is_side(cell: str) -> bool:
    return folded(cell) in {*words()["actions"]["came"], *words()["actions"]["went"]}


def _holds(below: tuple[Row, ...], at: int, what: Callable[[str], object]) -> bool:
    """Whether any cell of a column is of this kind: "nombre" is a quantity in French and a name in
    Spanish."""
    return any(what(row.cells[at]) for row in below if at < len(row.cells))


def read_as(sheet: Sheet, place: int, mapping: str, asked: Asked) -> tuple[Table, Spec]:
    """The table and the format that a confirmed mapping describes. Raises BadRequest when it describes
    none."""
    what, *pairs = mapping.split(";")
    columns = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    width = len(sheet.rows[place].cells)
    right = all(name in ACTIVITY_FIELDS and at.isdigit() and int(at) < width for name, at in columns.items())
    if what not in {POSITIONS, TRADES} or "quantity" not in columns or not right:
        raise BadRequest(f"{asked.origin}: {mapping[:80]!r} does not say which column is what.")
    table = table_under(sheet, place, origin=asked.origin)
    # Columns are read by their place: a header may leave one unnamed.
    table = replace(table, names={f"#{at}": at for at in range(width)})
    trades = what == TRADES
    used = {name: int(at) for name, at in columns.items() if trades or name in FIELDS}
    data: dict[str, Any] = {
        "name": NAME,
        "account": asked.origin.rsplit("/", 1)[-1].rsplit(".", 1)[0][:40] or "table",
        "header": [],
        "columns": {name: f"#{at}" for name, at in used.items()},
        "words": {"signed": ["trade"]} if trades else {},
        "default": "trade",
        "decimal": "",
    }
    if trades and "action" in used:
        data |= {"words": {**words()["actions"], "refused": {}}, "default": ""}
    if trades and "price" in used and "paid" not in used:
        data["columns"]["paid"] = data["columns"]["price"]
    money: dict[str, set[str]] = {
        name: _currencies(table, used[name]) for name in ("price", "paid", "value") if name in used
    }
    rules: list[dict[str, dict[str, str]]] = []
    for name, said in (("price", "currency"), ("paid", "paid_currency")):
        found = money.get(name, set())
        if said not in used and len(found) == 1:
            rules.append({"if": {}, "set": {said: min(found)}})
    if "status" in used and trades:
        done, undone = ("|".join(map(re.escape, words()["status"][name])) for name in ("done", "undone"))
        data["words"]["none"] = [*data["words"].get("none", ()), "not carried out"]
        rules += [
            {"if": {"status": f"(?!(?:{done})$).+"}, "set": {"action": "status {status}"}},
            {"if": {"status": undone}, "set": {"action": "not carried out"}},
        ]
    data["rules"] = rules
    foreign = set().union(*money.values()) - {"USD"}
    if "ticker" in used and not {"isin", "currency", "exchange"} & set(used) and not foreign:
        data["tickers"] = "own"  # nothing speaks of another listing, and the owner has seen the rows
    return table, spec_of(data)


def _currencies(table: Table, at: int) -> set[str]:
    """The currencies that stand beside the numbers of a column, or in its name."""
    cells = [table.header.cells[at], *(row.cells[at] for row in table.rows[:500] if at < len(row.cells))]
    found = {sign for cell in cells for sign in _MONEY.findall(cell)}
    return {_SIGN.get(sign, sign) for sign in found}


def question_of(sheet: Sheet, place: int, fields: Mapping[str, int], asked: Asked) -> Question:
    """The proposal: what each column is taken for, the first rows so read, and what else it could be."""
    header, rows = sheet.rows[place], sheet.rows[place + 1 :]
    at = fields["quantity"]
    went = any(_is_minus(row.cells[at]) for row in rows if at < len(row.cells))
    moving = "action" in fields or "date" in fields or went
    sided = (
        ""
        if "action" in fields or not moving
        else "; whether it was bought or sold the sign of the quantity says"
    )
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
        f"{asked.origin} is no export that is known here. {meaning[likely]}; {said}{sided}. The first rows: "
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
        Numbers((), usual=".").read(cell.removesuffix("p"), "")
    except RowFault:
        return False
    return not is_isin(cell)


def _is_minus(cell: str) -> bool:
    return cell[:1] in {"-", "\u2212"} and _is_number(cell)


def _is_kind(cell: str) -> bool:
    return any(folded(cell) in kinds for kinds in words()["kinds"].values())


def _is_text(cell: str) -> bool:
    return not _is_number(cell)


def _title(header: Row, at: int) -> str:
    return header.cells[at] or f"column {at + 1}"


def _bare(text: str) -> str:
    """A name without signs and currencies, as it is compared: "Quantité (titres)" is "quantité titres"."""
    return " ".join(word for word in _SIGNS.sub(" ", text.casefold()).split() if word.upper() not in _CODES)
