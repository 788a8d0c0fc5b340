"""Bytes of a file → rows of text with their line numbers. Bounded before anything is parsed; nothing is guessed.

Decisions: UTF-8 (with or without a mark) only, because a wrong guess turns names into others; the standard `csv` module and
no pandas (it reads the ticker NA as missing and 0700 as 700); numbers by one ASCII pattern, because `Decimal` accepts
Arabic digits, underscores and "inf".
"""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal

from core.errors import BadRequest

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
# A cell of a portfolio file is a name or a number; longer ones are not a portfolio.
MAX_CELL = 2_000

_NUMBER = re.compile(r"-?(?:\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line's cells, trimmed. `line` from 1, as an editor counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A delimited file: `delimiter` as found in its first lines, rows that are not blank."""

    delimiter: str
    rows: tuple[Row, ...]


def text_of(data: bytes, *, origin: str) -> str:
    """The file's text. Raises BadRequest for a file too large, not UTF-8 or holding NUL bytes, with the line."""
    if len(data) > MAX_BYTES:
        raise BadRequest(f"{origin} is larger than {MAX_BYTES // 1_000_000} MB: that is no portfolio file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadRequest(
            f"{origin} is not UTF-8 text (line {line}). Export it again as CSV in UTF-8."
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadRequest(f"{origin} holds a NUL byte in line {line}: it is not a text file.")
    return text


def sheet_of(text: str, *, origin: str) -> Sheet:
    """The rows of a delimited text. Raises BadRequest for more than 100 columns, oversized cells or broken quoting."""
    head = "\n".join(text.splitlines()[:20])
    delimiter = max((",", ";", "\t"), key=head.count)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise BadRequest(f"{origin} has more than {MAX_COLUMNS} columns in line {reader.line_num}.")
            if any(len(cell) > MAX_CELL for cell in cells):
                raise BadRequest(
                    f"{origin} has a cell of more than {MAX_CELL} characters in line {reader.line_num}."
                )
            trimmed = tuple(cell.strip() for cell in cells)
            if any(trimmed):
                rows.append(Row(line=reader.line_num, cells=trimmed))
    except csv.Error as error:
        raise BadRequest(f"{origin} is not a readable table (line {reader.line_num}: {error}).") from error
    return Sheet(delimiter=delimiter, rows=tuple(rows))


def number(text: str) -> Decimal | None:
    """The exact decimal that `text` writes with ASCII digits and a point; None when it is anything else."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None
