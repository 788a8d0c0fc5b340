"""The ledger's shape, as named steps that each happened once. A step that was ever released is never edited;
add one.

Runs are written once and never changed: the triggers of step `runs` hold even against our own mistakes.
Values are canonical JSON beside the columns that are searched; money is text, for SQLite has no decimals.
Texts that many runs share (snapshots, briefs) are stored once under the digest of their bytes.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

NAME = "condorcet"
NEVER_CHANGED = ("texts", "runs", "answers", "closings", "portfolios")

# Shaped as sqlite-utils expects its own table of steps, but strict.
STEPS_TABLE = """
CREATE TABLE IF NOT EXISTS _sqlite_migrations (
  id INTEGER PRIMARY KEY, migration_set TEXT NOT NULL, name TEXT NOT NULL, applied_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS steps_once ON _sqlite_migrations (migration_set, name);
"""


def runs(db: "Database") -> None:
    """Runs, their answers and their ends. `sequence` is the order of opening, which no clock change can
    disturb."""
    db.executescript("""
CREATE TABLE texts (digest TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE runs (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,
  opened TEXT NOT NULL,
  opened_utc TEXT NOT NULL,
  period TEXT NOT NULL,
  parent TEXT NOT NULL,
  model TEXT NOT NULL,
  rehearsal INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  names INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  estimate_usd TEXT NOT NULL,
  snapshot TEXT NOT NULL REFERENCES texts (digest),
  brief TEXT NOT NULL REFERENCES texts (digest)
) STRICT;
CREATE INDEX runs_opened ON runs (opened_utc);
CREATE TABLE answers (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  ballot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run, ballot, attempt)
) STRICT, WITHOUT ROWID;
CREATE TABLE closings (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  closed_utc TEXT NOT NULL,
  valid INTEGER NOT NULL,
  cost_usd TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER answers_end_with_the_run BEFORE INSERT ON answers
WHEN EXISTS (SELECT 1 FROM closings WHERE run = NEW.run)
BEGIN SELECT RAISE(ABORT, 'the run is closed, and closed runs are never changed'); END;
""")


def portfolios(db: "Database") -> None:
    """Every portfolio that was ever saved, with where it came from; the last row is the current one."""
    db.executescript("""
CREATE TABLE portfolios (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  saved TEXT NOT NULL,
  origin TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
""")


def write_once(db: "Database") -> None:
    """What is remembered is never rewritten."""
    for table in NEVER_CHANGED:
        db.executescript(f"""
CREATE TRIGGER {table}_write_once BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;
""")


def pushes(db: "Database") -> None:
    """One row a month, claimed once. Times are UTC text of one width, so that they compare as they read."""
    db.executescript("""
CREATE TABLE pushes (
  period TEXT NOT NULL PRIMARY KEY,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  holder TEXT NOT NULL,
  lease TEXT NOT NULL,
  run TEXT NOT NULL,
  tries INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  next_try TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
""")


def outbox(db: "Database") -> None:
    """Messages on their way. `wanted` and `shown` are digests of what should be and what is on the screen."""
    db.executescript("""
CREATE TABLE outbox (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  batch TEXT NOT NULL,
  position INTEGER NOT NULL,
  chat INTEGER NOT NULL,
  state TEXT NOT NULL,
  message INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_try TEXT NOT NULL,
  reason TEXT NOT NULL,
  holder TEXT NOT NULL,
  lease TEXT NOT NULL,
  wanted TEXT NOT NULL,
  shown TEXT NOT NULL,
  body TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_batch ON outbox (batch, position);
CREATE INDEX outbox_open ON outbox (state, next_try);
""")


def notes(db: "Database") -> None:
    """Small things by name, and the official facts that the watch has spoken of."""
    db.executescript("""
CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, written TEXT NOT NULL)
STRICT, WITHOUT ROWID;
CREATE TABLE seen (key TEXT NOT NULL PRIMARY KEY, told TEXT NOT NULL) STRICT, WITHOUT ROWID;
""")


def leases(db: "Database") -> None:
    """Who may write a run, and what was asked for in the chats. Runs of before have no lease: anyone may take
    them."""
    db.executescript("""
CREATE TABLE leases (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  holder TEXT NOT NULL,
  until TEXT NOT NULL,
  fence INTEGER NOT NULL,
  errand TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE errands (
  id TEXT NOT NULL PRIMARY KEY,
  chat INTEGER NOT NULL,
  about TEXT NOT NULL,
  said TEXT NOT NULL,
  ended INTEGER NOT NULL,
  begun TEXT NOT NULL
) STRICT, WITHOUT ROWID;
""")


STEPS: tuple[Callable[["Database"], None], ...] = (
    runs,
    portfolios,
    write_once,
    pushes,
    outbox,
    notes,
    leases,
)
VERSION = len(STEPS)


def _steps() -> "Migrations":
    from sqlite_utils import Migrations

    steps = Migrations(NAME)
    for step in STEPS:
        steps()(step)
    return steps


def pending(db: "Database") -> bool:
    """Whether a step is still to be taken."""
    return bool(_steps().pending(db))


def unknown(db: "Database") -> bool:
    """Whether the file has taken steps that this version does not know."""
    known = {step.__name__ for step in STEPS}
    return any(step.name not in known for step in _steps().applied(db))


def apply(db: "Database") -> None:
    """Takes the missing steps. The caller holds the transaction: all of them or none."""
    for statement in STEPS_TABLE.strip().split("\n\n"):
        db.executescript(statement)
    _steps().apply(db)
