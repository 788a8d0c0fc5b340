"""One SQLite file: opened, checked and written in whole transactions. Refuses a file it cannot trust, with
what to do.

Decisions. WAL with synchronous FULL: an acknowledged write survives a power cut, and one write a minute costs
nothing. Every write is BEGIN IMMEDIATE: a deferred transaction that turns into a write fails at once with
BUSY_SNAPSHOT, whatever the timeout. The file is created 0600 and SQLite gives -wal and -shm the mode of their
file. secure_delete, so that what is forgotten leaves no bytes. One connection, one lock: callers may come
from several threads. Instants are stored as UTC text of one width, so that they compare in SQL as they
compare in time.
"""

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from core.base.errors import BadRequest, LedgerFailed
from providers.ledger import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
P = ParamSpec("P")
B = TypeVar("B", bound="Book")

# "COND" in ASCII: tells a ledger from any other SQLite file.
APPLICATION_ID = 0x434F4E44
# Longest wait for another writer. Our own transactions last milliseconds; beyond this something holds the
# file.
BUSY_S = 5.0
SIDE_FILES = ("", "-wal", "-shm")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Not needed for a ledger, but imported by sqlite-utils where they are found.
HEAVY = ("pandas", "numpy")

# SQLite's own error name (its beginning) -> what it means and what to do. First match wins.
TROUBLE: tuple[tuple[str, str], ...] = (
    (
        "SQLITE_BUSY",
        "is locked by another program that did not let go within {busy:.0f} seconds; end that program",
    ),
    ("SQLITE_LOCKED", "is locked by another program; end that program"),
    ("SQLITE_FULL", "could not be written: the disk is full; make room"),
    ("SQLITE_READONLY", "is read-only; give its owner the right to write it and its folder"),
    ("SQLITE_CORRUPT", "is damaged; restore the last backup (`python -m bot restore FILE`)"),
    ("SQLITE_NOTADB", "is damaged or no ledger; restore the last backup (`python -m bot restore FILE`)"),
    ("SQLITE_CANTOPEN", "could not be opened; check that its folder exists and is yours"),
    (
        "SQLITE_IOERR",
        "could not be read or written (the disk is full or failing); make room or change the disk",
    ),
    ("SQLITE_PERM", "could not be opened: access was denied"),
)


def to_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """An aware datetime in UTC."""
    return datetime.fromisoformat(text)


def sqlite_utils() -> ModuleType:
    """The library, imported on use and without pandas, which it would load merely to know one more column
    type.

    While it is imported, pandas and numpy are marked as absent (`sys.modules[name] = None` is the language's
    own way to say so): 0.34 s and 61 MB become 0.09 s and 15 MB. The first call must come before threads
    import pandas."""
    marked = [] if "sqlite_utils" in sys.modules else [name for name in HEAVY if name not in sys.modules]
    for name in marked:
        # None is the documented mark of "cannot be imported".
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import sqlite_utils as library
    finally:
        for name in marked:
            del sys.modules[name]
    return library


def explain(error: sqlite3.Error, path: Path) -> LedgerFailed:
    """The sentence for a person. Nothing was half-written: the transaction was rolled back."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for beginning, meaning in TROUBLE:
        if name.startswith(beginning):
            return LedgerFailed(f"The ledger {path} {meaning.format(busy=BUSY_S)}. Nothing was half-written.")
    return LedgerFailed(f"The ledger {path} refused: {error}. Nothing was half-written.")


class Store:
    """The open file. `read` and `write` run one function as one transaction and return its result."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        _check_or_create_file(self.path)
        self._connection: sqlite3.Connection | None = None
        try:
            self.db = self._open()
        except sqlite3.Error as error:
            self.close()
            raise explain(error, self.path) from error
        except LedgerFailed:
            self.close()
            raise

    def _open(self) -> "Database":
        connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        self._connection = connection
        db: Database = sqlite_utils().Database(connection, execute_plugins=False)
        _check_identity(db, self.path)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise LedgerFailed(
                f"The ledger {self.path} lies on a disk that cannot keep a write-ahead log; use a local disk."
            )
        if migrations.pending(db):
            with _transaction(connection, "IMMEDIATE"):
                migrations.apply(db)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={migrations.version()}")
        return db

    def close(self) -> None:
        """Closes the file; a second call does nothing."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def read(self, question: "Callable[[Database], T]") -> T:
        """`question` sees one consistent state. Raises LedgerFailed."""
        return self._run(question, "DEFERRED")

    def write(self, change: "Callable[[Database], T]", *, lasting: bool = True) -> T:
        """`change` happens whole or not at all, and is on the disk when this returns; not `lasting`, a power
        cut may undo it (a kill does not), and no time is lost to the disk. Raises LedgerFailed."""
        return self._run(change, "IMMEDIATE", lasting=lasting)

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """Everything read and written inside, by this thread, is one transaction. Nothing may be awaited
        inside: whatever ran meanwhile would be part of it. Raises LedgerFailed; then nothing of it
        happened."""
        with self._lock:
            try:
                if self._opened().in_transaction:
                    yield
                else:
                    with _transaction(self._opened(), "IMMEDIATE"):
                        yield
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def maintain(self, *statements: str) -> None:
        """Statements that may not stand in a transaction (VACUUM, checkpoints), one after the other. Raises
        LedgerFailed."""
        with self._lock:
            try:
                for statement in statements:
                    self._opened().execute(statement).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def _run(self, work: "Callable[[Database], T]", kind: str, *, lasting: bool = True) -> T:
        with self._lock:
            try:
                connection = self._opened()
                if connection.in_transaction:
                    return work(self.db)
                if lasting:
                    with _transaction(connection, kind):
                        return work(self.db)
                connection.execute("PRAGMA synchronous=NORMAL")
                try:
                    with _transaction(connection, kind):
                        return work(self.db)
                finally:
                    connection.execute("PRAGMA synchronous=FULL")
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise LedgerFailed(f"The ledger {self.path} is closed.")
        return self._connection


class Book:
    """A part of the ledger over its file."""

    def __init__(self, store: Store) -> None:
        self.store = store


def writes(method: "Callable[Concatenate[B, Database, P], T]") -> "Callable[Concatenate[B, P], T]":
    """The method as one transaction that changes the ledger; what it returned is on the disk."""

    @wraps(method)
    def whole(book: B, /, *values: P.args, **named: P.kwargs) -> T:
        return book.store.write(lambda db: method(book, db, *values, **named))

    return whole


def reads(method: "Callable[Concatenate[B, Database, P], T]") -> "Callable[Concatenate[B, P], T]":
    """The method as one look at a consistent state."""

    @wraps(method)
    def whole(book: B, /, *values: P.args, **named: P.kwargs) -> T:
        return book.store.read(lambda db: method(book, db, *values, **named))

    return whole


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has already rolled back; a second rollback would hide the reason.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def existing(path: Path) -> Path:
    """`path`, when something is there: a command that keeps or erases must not make an empty ledger first.
    Raises BadRequest."""
    if not path.exists():
        raise BadRequest(f"There is no ledger {path}: check DATABASE. Nothing was done.")
    return path


def restoring(path: Path) -> Path:
    """The whole copy that is about to take the ledger's place; while it is there, there is no ledger."""
    return path.with_name(f"{path.name}.restoring")


def _check_or_create_file(path: Path) -> None:
    """Creates the file 0600. Refuses one that others can read or write, and one that a restore left."""
    if restoring(path).exists():
        raise LedgerFailed(
            f"A restore of the ledger {path} was interrupted: finish it with `python -m bot restore "
            f"{restoring(path)}`."
        )
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass  # the usual case: it is there already, and is checked below
    except OSError as error:
        raise LedgerFailed(f"The ledger {path} could not be created: {error.strerror}.") from error
    if path.is_dir():
        raise LedgerFailed(f"The ledger {path} is a folder; DATABASE must name a file.")
    for suffix in SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists() and stat.S_IMODE(side.stat().st_mode) & 0o077:
            raise LedgerFailed(
                f"The ledger {side} can be read by others on this machine; run `chmod 600 {side}` and start "
                f"again."
            )


def _check_identity(db: "Database", path: Path) -> None:
    """Whole, ours, and not from a later version. An empty file is a new ledger."""
    answer = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise LedgerFailed(
            f"The ledger {path} is damaged ({answer}); restore the last backup (`python -m bot restore "
            f"FILE`)."
        )
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LedgerFailed(f"The file {path} is a database of another program; set DATABASE to another path.")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > migrations.version() or migrations.unknown(db):
        raise LedgerFailed(
            f"The ledger {path} was written by a newer version of this program; update the program, "
            f"or restore a backup made by this one (`python -m bot restore FILE`)."
        )
