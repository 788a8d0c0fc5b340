"""A sheet whose header was found → records with named cells. Preambles end above the header, totals and notes are counted.

A format knows itself by its header: for each column that it cannot do without, the names under which exports write it. Header
cells are compared case-folded with single spaces. A column name that stands twice is refused: either could be meant.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.base.errors import BadRequest
from core.base.names import is_ticker
from core.portfolio.holding import Import
from providers.holdings.sheet import Row, Sheet, is_formula

# Brokers write a few lines about account and day above their table; more than this is another kind of file.
PREAMBLE = 40
UNRECORDED = "this reader was built from the format's documentation, no recorded file was at hand: check the table with care"
# How the first cell of a row begins that sums others up (case-folded).
TOTALS = (
    "total",
    "**total**",
    "account total",
    "positions total",
    "transactions total",
    "grand total",
    "subtotal",
    "summe",
    "gesamt",
    "totaal",
    "totale",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an import needs beyond the file: tickers of known ISINs, the day that counts as today (None: not checked)."""

    origin: str
    tickers: Mapping[str, str]
    today: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows under a header. `names` maps a folded column name to its place."""

    names: Mapping[str, int]
    header: Row
    rows: tuple[Row, ...]
    delimiter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One export format. `header` has the names of each needed column, `without` names that no such header holds.

    `recorded` false: built from the format's documentation, because no recorded file was at hand; the import says so.
    """

    name: str
    header: tuple[frozenset[str], ...]
    read: Callable[[Table, Asked], Import]
    without: frozenset[str] = frozenset()
    recorded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row with its cells by the names that the reader gave them; what the header lacks is an empty text."""

    row: Row
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The rows of a table, apart: those to read, those with a fault of their own (row, reason), and how many were passed."""

    good: tuple[Record, ...]
    faults: tuple[tuple[Row, str], ...]
    notes: int


def names(*written: str) -> frozenset[str]:
    """The names of one column, for a format's header."""
    return frozenset(map(folded, written))


def folded(text: str) -> str:
    """A header cell as it is compared."""
    return " ".join(text.casefold().split())


def table_of(sheet: Sheet, form: Format, *, origin: str) -> Table | None:
    """The table whose header is `form`'s, or None. Raises BadRequest when a column name stands twice in it."""
    for place, row in enumerate(sheet.rows[:PREAMBLE]):
        cells = [folded(cell) for cell in row.cells]
        there = frozenset(cells)
        if all(there & wanted for wanted in form.header) and not there & form.without:
            _refuse_doubled(cells, row, origin)
            where = {name: column for column, name in enumerate(cells) if name}
            return Table(names=where, header=row, rows=sheet.rows[place + 1 :], delimiter=sheet.delimiter)
    return None


def records(table: Table, columns: Mapping[str, Iterable[str]], *, notes: bool = True) -> Records:
    """The rows by the reader's own names. With `notes`, lines of text and of totals are counted, not rejected."""
    places = {
        name: next((table.names[folded(each)] for each in written if folded(each) in table.names), -1)
        for name, written in columns.items()
    }
    width = len(table.header.cells)
    good: list[Record] = []
    faults: list[tuple[Row, str]] = []
    passed = 0
    for row in table.rows:
        cells = row.cells
        if cells == table.header.cells or (notes and _is_note(cells, width)):
            passed += 1
        elif any(map(is_formula, cells)):
            faults.append((row, "a cell begins like a formula of a spreadsheet"))
        elif len(cells) > width and any(cells[width:]):
            faults.append((row, f"{len(cells)} cells under a header of {width}"))
        else:
            there = len(cells)
            good.append(
                Record(
                    row=row,
                    cells={
                        name: cells[place] if 0 <= place < there else "" for name, place in places.items()
                    },
                )
            )
    return Records(good=tuple(good), faults=tuple(faults), notes=passed)


def _is_note(cells: tuple[str, ...], width: int) -> bool:
    if any(cell[:20].casefold().startswith(TOTALS) for cell in cells[:3] if cell):
        return True
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and width > 2 and not is_ticker(filled[0]) and not is_formula(filled[0])


def _refuse_doubled(cells: list[str], row: Row, origin: str) -> None:
    doubled = (
        sorted({cell for cell in cells if cell and cells.count(cell) > 1})
        if len(set(cells)) < len(cells)
        else []
    )
    if doubled:
        raise BadRequest(
            f"{origin} names the column {doubled[0][:40]!r} twice in line {row.line}: either could be meant."
        )
