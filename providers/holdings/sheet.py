"""Bytes of a file → rows of text with their line numbers. Bounded before anything is parsed; nothing is guessed.

Decisions: UTF-8 (with or without a mark) only, because a wrong guess turns names into others; the standard `csv` module, strict
about quotes (an unclosed one would swallow the rows below it), and no pandas (it reads the ticker NA as missing and 0700 as
700). A cell `="0700"`, as spreadsheets protect leading zeros, is the text 0700; every other formula stays visible as one.
"""

import csv
import io
import re
from dataclasses import dataclass

from core.base.errors import BadRequest

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
# Ten times the largest activities file that a private investor's decade of trading makes.
MAX_LINES = 100_000
# A cell of a portfolio file is a name, a number or a broker's disclaimer; longer ones are not a portfolio.
MAX_CELL = 2_000
DELIMITERS = (",", ";", "\t")

_PROTECTED = re.compile(r'="([^"=+\-@][^"]*)"')
# What a spreadsheet would run. A plus or minus alone begins many honest cells (-12.5, +1.10%, -AAPL250117C200).
_FORMULA = re.compile(r"[=@].*|[+\-].*[(|!].*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line's cells, trimmed. `line` from 1, as an editor counts: where the row begins."""

    line: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row for showing, cut to 200 characters."""
        return ",".join(self.cells).strip(",")[:200]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A delimited file: `delimiter` as found in its first lines, rows that are not blank."""

    delimiter: str
    rows: tuple[Row, ...]


def text_of(data: bytes, *, origin: str) -> str:
    """The file's text. Raises BadRequest for a file too large, not UTF-8 or holding NUL bytes, with the line."""
    if len(data) > MAX_BYTES:
        raise BadRequest(f"{origin} is larger than {MAX_BYTES // 1_000_000} MB: that is no portfolio file.")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise BadRequest(f"{origin} is UTF-16 text. Export it again as CSV in UTF-8.")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise BadRequest(
            f"{origin} holds a NUL byte in line {line}: it is not a text file. Export it as CSV in UTF-8."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadRequest(
            f"{origin} is not UTF-8 text (line {line}). Export it again as CSV in UTF-8."
        ) from error
    return text


def delimiters_of(text: str) -> tuple[str, ...]:
    """The delimiters that the first lines hold, the most frequent first."""
    head = "\n".join(text[:20_000].splitlines()[:20])
    found = [delimiter for delimiter in DELIMITERS if delimiter in head]
    return tuple(sorted(found, key=head.count, reverse=True)) or (",",)


def sheet_of(text: str, *, origin: str, delimiter: str | None = None) -> Sheet:
    """The rows of a delimited text. Raises BadRequest for more than 100 columns, oversized cells or broken quoting."""
    if text.count("\n") > MAX_LINES:
        raise BadRequest(f"{origin} has more than {MAX_LINES:,} lines: that is no portfolio file.")
    chosen = delimiter or delimiters_of(text)[0]
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=chosen, strict=True)
    begins = 1
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise BadRequest(f"{origin} has more than {MAX_COLUMNS} columns in line {begins}.")
            trimmed = tuple(map(str.strip, cells))
            if any(trimmed):
                if max(map(len, trimmed)) > MAX_CELL:
                    raise BadRequest(
                        f"{origin} has a cell of more than {MAX_CELL} characters in line {begins}."
                    )
                rows.append(Row(line=begins, cells=tuple(map(_unprotected, trimmed))))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadRequest(f"{origin} is not a readable table (line {begins}: {error}).") from error
    return Sheet(delimiter=chosen, rows=tuple(rows))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run this cell instead of showing it."""
    return cell[:1] in {"=", "@", "+", "-"} and _FORMULA.fullmatch(cell) is not None


def _unprotected(cell: str) -> str:
    if not cell.startswith('="'):
        return cell
    found = _PROTECTED.fullmatch(cell)
    return found.group(1) if found else cell
