"""A sheet whose header is a format's → records with named cells. Preambles end above the header, totals and
notes are counted.

Header cells are compared case-folded with single spaces. A column name that stands twice is refused: either
could be meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.base.errors import BadRequest
from core.base.names import is_ticker
from providers.holdings.sheet import Row, Sheet, is_formula
from providers.holdings.spec import Spec, folded, words

# Brokers write a few lines about account and day above their table; more than this is another kind of file.
PREAMBLE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an import needs beyond the file. `tickers`: identity (an ISIN, a broker's symbol, a name) →
    ticker, as its owner confirmed; `today`: rows after it are mistakes (None: not checked); `answers` to the
    questions of an earlier reading;
    `known`: header of a table → how its columns are read, as confirmed."""

    origin: str
    tickers: Mapping[str, str]
    today: date | None
    answers: Mapping[str, str]
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows under a header. `names` maps a folded column name to its place."""

    names: Mapping[str, int]
    header: Row
    rows: tuple[Row, ...]
    delimiter: str = ","
    above: int = 0  # rows above the header
    tree: bool = False  # laid out from a tree: its numbers are plain, no cell was guarded, none can run


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row with its cells by the names of fields; what the header lacks is an empty text."""

    row: Row
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The rows of a table, apart: those to read, those with a fault of their own (row, reason), how many were
    passed."""

    good: tuple[Record, ...]
    faults: tuple[tuple[Row, str], ...]
    notes: int


def table_of(sheet: Sheet, spec: Spec, *, origin: str) -> Table | None:
    """The table whose header is the format's, or None. Raises BadRequest when a column name stands twice in
    it."""
    for place, row in enumerate(sheet.rows[:PREAMBLE]):
        cells = [folded(cell) for cell in row.cells]
        there = frozenset(cells)
        if spec.only and not there <= spec.only | {""}:
            continue
        if all(there & wanted for wanted in spec.header) and not there & spec.without:
            return table_under(sheet, place, origin=origin)
    return None


def table_under(sheet: Sheet, place: int, *, origin: str) -> Table:
    """The table whose header is the row at `place`. Raises BadRequest when a column name stands twice in
    it."""
    row = sheet.rows[place]
    cells = [folded(cell) for cell in row.cells]
    doubled = sorted({cell for cell in cells if cell and cells.count(cell) > 1})
    if doubled:
        raise BadRequest(
            f"{origin} names the column {doubled[0][:40]!r} twice in line {row.line}: either could be meant."
        )
    return Table(
        names={name: column for column, name in enumerate(cells) if name},
        header=row,
        rows=sheet.rows[place + 1 :],
        delimiter=sheet.delimiter,
        above=place,
    )


def places_of(table: Table, columns: Mapping[str, Iterable[tuple[str, int]]]) -> dict[str, int]:
    """Field → place of its column, −1 where the header lacks it. A name of "-1" is the last column that has
    one."""
    last = max(table.names.values(), default=-1)
    return {
        field: next(
            (
                last if name == "-1" else table.names[name] + behind
                for name, behind in written
                if name in table.names or name == "-1"
            ),
            -1,
        )
        for field, written in columns.items()
    }


def records(table: Table, spec: Spec) -> Records:
    """The rows by the format's fields. Lines of text and of totals are counted, not rejected, where the
    format has notes."""
    places = places_of(table, spec.columns)
    width = len(table.header.cells)
    good: list[Record] = []
    faults: list[tuple[Row, str]] = []
    passed = 0
    for row in table.rows:
        cells = row.cells
        if cells[0] and folded(cells[0]) == folded(table.header.cells[0]) and cells != table.header.cells:
            faults.append((row, "another table begins here: this line and those below are not read"))
            break
        if cells == table.header.cells or (spec.notes and _is_note(cells, width)):
            passed += 1
        elif spec.continued and not any(cells[:-1]):
            passed += 1  # only goes on with the order number of the row above
        elif not table.tree and any(map(is_formula, cells)):
            faults.append((row, "a cell begins like a formula of a spreadsheet"))
        elif len(cells) > width and any(cells[width:]):
            faults.append((row, f"{len(cells)} cells under a header of {width}"))
        else:
            there = len(cells)
            found = {field: cells[place] if 0 <= place < there else "" for field, place in places.items()}
            good.append(Record(row=row, cells=found))
    return Records(good=tuple(good), faults=tuple(faults), notes=passed)


def _is_note(cells: tuple[str, ...], width: int) -> bool:
    if any(cell[:20].casefold().startswith(words()["rows"]["totals"]) for cell in cells[:3] if cell):
        return True
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and width > 2 and not is_ticker(filled[0]) and not is_formula(filled[0])
