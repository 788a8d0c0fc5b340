"""Bytes of a file → rows of text with their line numbers. Bounded before anything is parsed; what is
recognised is said.

Decisions: UTF-8, UTF-16 and, where it is neither, Windows-1252, which is said because names could be wrong in
it; the standard
`csv` module, strict about quotes (an unclosed one would swallow the rows below it), and no pandas (it reads
the ticker NA as missing and 0700 as 700). A cell `="0700"`, as spreadsheets protect leading zeros, is the
text 0700; every other formula stays visible as one. Spreadsheets are unpacked by a kept library after their
size is known.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.base.errors import BadRequest

MAX_BYTES = 5_000_000
MAX_COLUMNS = 100
# Ten times the largest activities file that a private investor's decade of trading makes.
MAX_LINES = 100_000
# A cell of a portfolio file is a name, a number or a broker's disclaimer; longer ones are not a portfolio.
MAX_CELL = 2_000
# What a spreadsheet may hold unpacked: a bomb has thousands of times its packed size.
MAX_UNPACKED = 60_000_000
DELIMITERS = (",", ";", "\t", "|")
CP1252 = "read as Windows-1252 text: look whether the names are right"
UTF16 = "read as UTF-16 text"
# How a file begins that is no text, and what to do.
OTHER_KINDS = (
    (
        b"%PDF",
        "is a PDF: brokers also export CSV, Excel or OFX, mostly under Transactions, Activity or Documents",
    ),
    (b"\x1f\x8b", "is packed (gzip): unpack it and send the file inside"),
    (b"Rar!", "is packed (RAR): unpack it and send the file inside"),
    (b"7z\xbc\xaf", "is packed (7-Zip): unpack it and send the file inside"),
    (b"\x89PNG", "is a picture: export the table as CSV"),
    (b"\xff\xd8\xff", "is a picture: export the table as CSV"),
)
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

_THREE = re.compile(r"-?\d+\.\d{3}")
_PROTECTED = re.compile(r'="([^"=+\-@][^"]*)"')
# What a spreadsheet would run. A plus or minus alone begins many honest cells (-12.5, +1.10%,
# -AAPL250117C200).
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
    """A table as text: rows that are not blank. A spreadsheet has no delimiter."""

    delimiter: str
    rows: tuple[Row, ...]


def text_of(data: bytes, *, origin: str) -> tuple[str, str]:
    """The file's text, and what to say of its encoding. Raises BadRequest for what is no text, with what to
    do."""
    if len(data) > MAX_BYTES:
        raise BadRequest(f"{origin} is larger than {MAX_BYTES // 1_000_000} MB: that is no portfolio file.")
    for begins, what in OTHER_KINDS:
        if data.startswith(begins):
            raise BadRequest(f"{origin} {what}.")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _decoded(data, "utf-16", origin), UTF16
    if b"\0" in data:
        if data[1::2].count(0) * 4 > len(data):
            return _decoded(data, "utf-16-le", origin), UTF16
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise BadRequest(
            f"{origin} holds a NUL byte in line {line}: it is not a text file. Export it as CSV in UTF-8."
        )
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", origin), CP1252


def _decoded(data: bytes, encoding: str, origin: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadRequest(
            f"{origin} is no text that is known here (line {line}). Export it again as CSV in UTF-8."
        ) from error
    return text.replace("\ufeff", "")


def sheets_of(text: str, *, origin: str) -> Iterator[Sheet]:
    """The text as a table, by each delimiter that its first lines hold, the most frequent first. Raises
    BadRequest when none of them gives a readable table."""
    head = "\n".join(text[:20_000].splitlines()[:20])
    found = sorted((each for each in DELIMITERS if each in head), key=head.count, reverse=True)
    refused: list[BadRequest] = []
    for delimiter in found or [","]:
        try:
            yield sheet_of(text, origin=origin, delimiter=delimiter)
        except BadRequest as error:
            refused.append(error)
    if refused and len(refused) == len(found or [","]):
        raise refused[0]


def sheet_of(text: str, *, origin: str, delimiter: str = ",") -> Sheet:
    """The rows of a delimited text. Raises BadRequest for more than 100 columns, oversized cells or broken
    quoting."""
    if text.count("\n") > MAX_LINES:
        raise BadRequest(f"{origin} has more than {MAX_LINES:,} lines: that is no portfolio file.")
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            _take(rows, cells, begins, origin)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadRequest(f"{origin} is not a readable table (line {begins}: {error}).") from error
    return Sheet(delimiter=delimiter, rows=tuple(rows))


def _take(rows: list[Row], cells: list[str], line: int, origin: str) -> None:
    if len(cells) > MAX_COLUMNS:
        raise BadRequest(f"{origin} has more than {MAX_COLUMNS} columns in line {line}.")
    trimmed = tuple(map(str.strip, cells))
    if any(trimmed):
        if max(map(len, trimmed)) > MAX_CELL:
            raise BadRequest(f"{origin} has a cell of more than {MAX_CELL} characters in line {line}.")
        rows.append(Row(line=line, cells=tuple(map(_unprotected, trimmed))))


def is_spreadsheet(data: bytes) -> bool:
    return data.startswith(SPREADSHEETS)


def spreadsheet_of(data: bytes, *, origin: str) -> tuple[Sheet, ...]:
    """The sheets of an Excel or OpenDocument file. Raises BadRequest for other archives and for what cannot
    be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    if len(data) > MAX_BYTES:
        raise BadRequest(f"{origin} is larger than {MAX_BYTES // 1_000_000} MB: that is no portfolio file.")
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                inside = packed.infolist()
        except zipfile.BadZipFile as error:
            raise BadRequest(f"{origin} is a damaged archive.") from error
        if not any(each.filename in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for each in inside):
            raise BadRequest(f"{origin} is packed (ZIP): unpack it and send the file inside.")
        if sum(each.file_size for each in inside) > MAX_UNPACKED or len(inside) > 1_000:
            raise BadRequest(f"{origin} is far larger unpacked than any portfolio.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [
            book.get_sheet_by_index(place).to_python() for place in range(min(len(book.sheet_names), 20))
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise BadRequest(f"{origin} is not a readable spreadsheet ({str(error)[:80]}).") from error
    sheets = []
    for table in tables:
        rows: list[Row] = []
        for line, cells in enumerate(table[:MAX_LINES], 1):
            _take(rows, [_written(cell) for cell in cells], line, origin)
        sheets.append(Sheet(delimiter="", rows=tuple(rows)))
    return tuple(sheets)


def _written(cell: object) -> str:
    """A spreadsheet's cell as a table of text has it: 100.0 is 100, a day is written as such."""
    if isinstance(cell, float):
        written = f"{cell:.15g}" if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
        # A number of three decimals gets a fourth: it is no text that could mean thousands.
        return f"{written}0" if _THREE.fullmatch(written) else written
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return str(cell)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run this cell instead of showing it."""
    return cell[:1] in {"=", "@", "+", "-"} and _FORMULA.fullmatch(cell) is not None


def _unprotected(cell: str) -> str:
    if not cell.startswith('="'):
        return cell
    found = _PROTECTED.fullmatch(cell)
    return found.group(1) if found else cell
