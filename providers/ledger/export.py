"""Everything the ledger holds, in open formats: one JSON file, and tables as CSV that a spreadsheet may open
safely.

Decisions. Bodies are written as they are stored, so the JSON loses nothing. A CSV cell that a spreadsheet
would run as a formula gets an apostrophe before it; numbers stay numbers. Amounts and share counts are in it:
the folder is 0700 and its files 0600. Refuses a folder that exists.
"""

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.base.errors import BadRequest, LedgerFailed
from providers.ledger.migrations import parts
from providers.ledger.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

# Tables whose rows go into the JSON as they are, with the columns that hold JSON themselves.
TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("runs", ("stamp", "estimate_usd")),
    ("texts", ("body",)),
    ("answers", ("body",)),
    ("closings", ("body", "cost_usd")),
    ("portfolios", ("body",)),
    ("pushes", ()),
    ("outbox", ("body",)),
    ("leases", ()),
    ("errands", ()),
    ("seen", ()),
    ("notes", ()),
)


def export(store: Store, folder: Path, *, now: datetime) -> tuple[Path, ...]:
    """Writes `ledger.json` and the CSV tables into the new `folder`; returns the files. Raises BadRequest,
    LedgerFailed."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        raise BadRequest(f"{folder} exists already; nothing is written over.") from error
    except OSError as error:
        raise BadRequest(f"{folder} could not be created: {error.strerror}.") from error

    def write_all(db: "Database") -> tuple[Path, ...]:
        return (
            _write_json(db, folder / "ledger.json", now),
            *(
                _write_csv(folder / f"{part.name}.csv", part.about.split(", "), db.execute(part.sql))
                for part in parts("sheets.sql")
            ),
        )

    try:
        return store.read(write_all)
    except OSError as error:
        raise LedgerFailed(f"The export to {folder} could not be written: {error.strerror}.") from error


def neutral(cell: object) -> str:
    """The cell as text that no spreadsheet runs."""
    text = "" if cell is None else str(cell)
    if text.startswith(DANGEROUS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _write_json(db: "Database", path: Path, now: datetime) -> Path:
    """Row by row, so that years of runs need no more memory than one of them."""
    with _create(path) as file:
        file.write(f'{{"exported": {json.dumps(now.isoformat())}')
        for table, bodies in TABLES:
            file.write(f',\n"{table}": [')
            for number, row in enumerate(_rows(db, table, bodies)):
                file.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
            file.write("]")
        file.write("}\n")
    return path


def _rows(db: "Database", table: str, bodies: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row in db.table(table).rows:
        opened = {name: json.loads(row[name]) for name in bodies}
        # Bytes of pictures and files on their way are shown by their size; they are made from the run.
        sizes = {name: f"{len(value)} bytes" for name, value in row.items() if isinstance(value, bytes)}
        yield {**row, **opened, **sizes}


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Path:
    with _create(path) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([neutral(cell) for cell in row] for row in rows)
    return path


def _create(path: Path) -> Any:
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return open(number, "w", encoding="utf-8", newline="")
