"""The ledger's shape, as named steps that each happened once: `steps.sql`. A step that was ever released is
never edited; add one.

Runs are written once and never changed: the triggers of step `runs` hold even against our own mistakes.
Values are canonical JSON beside the columns that are searched; money is text, for SQLite has no decimals.
Texts that many runs share (snapshots, briefs) are stored once under the digest of their bytes.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

NAME = "condorcet"
PART = re.compile(r"^-- part (\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A named piece of one of our SQL files, with what its heading says."""

    name: str
    about: str
    sql: str


@cache
def parts(file: str) -> tuple[Part, ...]:
    """The pieces of a file of this folder, in its order."""
    _, *found = PART.split(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    triples = zip(found[::3], found[1::3], found[2::3], strict=True)
    return tuple(Part(name=name, about=about, sql=sql.strip()) for name, about, sql in triples)


def _steps() -> "Migrations":
    from sqlite_utils import Migrations

    steps = Migrations(NAME)
    for part in parts("steps.sql"):

        def step(db: "Database", part: Part = part) -> None:
            db.executescript(part.sql)

        steps(name=part.name)(step)
    return steps


def version() -> int:
    """How many steps this program knows."""
    return len(parts("steps.sql"))


def pending(db: "Database") -> bool:
    """Whether a step is still to be taken."""
    return bool(_steps().pending(db))


def unknown(db: "Database") -> bool:
    """Whether the file has taken steps that this version does not know."""
    known = {part.name for part in parts("steps.sql")}
    return any(step.name not in known for step in _steps().applied(db))


def apply(db: "Database") -> None:
    """Takes the missing steps. The caller holds the transaction: all of them or none."""
    # Shaped as sqlite-utils expects its own table of steps, but strict.
    db.executescript("""
CREATE TABLE IF NOT EXISTS _sqlite_migrations (
  id INTEGER PRIMARY KEY, migration_set TEXT NOT NULL, name TEXT NOT NULL, applied_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS steps_once ON _sqlite_migrations (migration_set, name);
""")
    _steps().apply(db)
