"""Backup, restore and forgetting. A backup is whole although the bot goes on writing; what is forgotten
leaves no bytes.

Decisions. VACUUM INTO, never a copy of the file: measured, `cp` of a ledger with a write-ahead log lost a
whole table. A backup is one file without a log beside it, and is marked as one inside, so that a bot that
finds it in the ledger's place asks instead of sending a report twice. Restoring keeps the file that was there
under another name. Refuses to write over anything, and to restore under a bot that runs.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.base.errors import BadRequest, LedgerFailed
from providers.ledger.leases import held
from providers.ledger.lock import InstanceLock
from providers.ledger.notes import write_note
from providers.ledger.pushes import COPIED
from providers.ledger.store import APPLICATION_ID, SIDE_FILES, Store, explain, restoring, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

# Every table with something of the owner's, children before parents.
FORGOTTEN = (
    "answers",
    "closings",
    "leases",
    "runs",
    "texts",
    "portfolios",
    "pushes",
    "outbox",
    "errands",
    "seen",
    "notes",
)
NO_LONGER_NEEDED = (
    "DELETE FROM texts WHERE digest NOT IN (SELECT snapshot FROM runs UNION SELECT brief FROM runs)"
)


def backup(store: Store, target: Path, *, now: datetime) -> Path:
    """A whole, checked copy at `target`, 0600. Raises BadRequest if something is there, LedgerFailed."""
    part = _new_file(target)
    try:
        store.maintain(f"VACUUM INTO '{_quoted(part)}'")
        copy = Store(part)
        copy.write(lambda db: write_note(db, COPIED, to_text(now), now))
        copy.maintain("PRAGMA journal_mode=DELETE")
        copy.close()
        os.replace(part, target)
    except OSError as error:
        raise LedgerFailed(f"The backup {target} could not be written: {error.strerror}.") from error
    finally:
        _remove(part)
    return target


def restore(source: Path, target: Path, *, now: datetime) -> Path | None:
    """Puts the backup in the ledger's place; returns where the former ledger is kept, if there was one.

    Raises BadRequest if there is no such backup, LedgerFailed if it is damaged, newer, or a bot uses the
    ledger.
    """
    if not source.is_file():
        raise BadRequest(f"There is no backup {source}.")
    if target.exists() and source.samefile(target):
        raise BadRequest(f"{source} is the ledger itself: name the backup that should take its place.")
    with InstanceLock(target, now=now):
        _settle_down(target, now)
        part = _part(target.with_name(f"{target.name}.restored"))
        try:
            _copy(source, part)
            checked = Store(part)
            checked.write(lambda db: write_note(db, COPIED, to_text(now), now))
            checked.close()
            # From here to the end the ledger refuses to open: a kill in between never passes for an empty
            # one.
            os.replace(part, restoring(target))
            kept = _put_aside(target, now)
            os.replace(restoring(target), target)
        except LedgerFailed as error:
            reason = str(error).replace(str(part), str(source))
            raise LedgerFailed(f"{source} was not restored, and nothing was changed. {reason}") from error
        except OSError as error:
            raise LedgerFailed(f"The ledger {target} could not be restored: {error.strerror}.") from error
        finally:
            _remove(part)
    return kept


def _settle_down(target: Path, now: datetime) -> None:
    """Refuses under a run; puts what stands in the former ledger's log into its file. One that is damaged is
    left as it is."""
    if not target.exists() or restoring(target).exists():
        return
    try:
        former = Store(target)
    except LedgerFailed:
        return  # it is being replaced because it cannot be opened
    try:
        _refuse_under_a_run(former.read(lambda db: held(db, now)))
        former.maintain("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        former.close()


def _refuse_under_a_run(holders: tuple[str, ...]) -> None:
    if holders:
        raise BadRequest(
            f"A run is under way ({'; '.join(holders)}): wait for its end or stop it. Nothing was changed."
        )


def forget(store: Store, *, now: datetime, before: datetime | None = None) -> int:
    """Forgets everything, or the ended runs and former portfolios from before a moment. Returns how many
    runs. Raises BadRequest while a run is under way.

    Backups made earlier are files of the owner's, and are not touched.
    """

    def everything(db: "Database") -> int:
        _refuse_under_a_run(held(db, now))
        count = int(db.table("runs").count)
        for table in FORGOTTEN:
            db.execute(f"DELETE FROM {table}")  # noqa: S608  # names from the table above
        return count

    def older(db: "Database") -> int:
        moment = to_text(before) if before is not None else ""
        ended = "opened_utc < ? AND id IN (SELECT run FROM closings)"
        count = db.execute(f"DELETE FROM runs WHERE {ended}", [moment]).rowcount  # noqa: S608  # a constant
        db.execute(NO_LONGER_NEEDED)
        db.execute(
            "DELETE FROM portfolios WHERE saved < ? AND sequence < (SELECT max(sequence) FROM portfolios)",
            [moment],
        )
        db.execute("DELETE FROM outbox WHERE next_try < ? AND state NOT IN ('queued', 'placed')", [moment])
        return int(count)

    count = store.write(everything if before is None else older)
    # secure_delete has overwritten the pages; the log and the free pages still hold older ones.
    store.maintain("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def _new_file(path: Path) -> Path:
    """An empty file beside `path` that only its owner can read; SQLite fills an empty file."""
    if path.exists():
        raise BadRequest(f"{path} exists already; nothing is written over.")
    return _part(path)


def _part(path: Path) -> Path:
    """The same, whatever stands at `path`."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise BadRequest(f"{path} could not be created: {error.strerror}.") from error
    return part


def _copy(source: Path, part: Path) -> None:
    """By the online backup, which also reads what still stands in the source's log. The source is not
    changed, and without a log beside it not even its folder is, which may be a disk that only reads."""
    still = "" if source.with_name(f"{source.name}-wal").exists() else "&immutable=1"
    try:
        with (
            closing(sqlite3.connect(f"file:{_uri(source)}?mode=ro{still}", uri=True)) as one,
            closing(sqlite3.connect(part)) as two,
        ):
            one.backup(two)
            ours = two.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    except sqlite3.Error as error:
        raise explain(error, source) from error
    # A file that a broken copy left empty would pass for a new ledger.
    if not ours:
        raise LedgerFailed(f"The file {source} is empty or of another program.")


def _put_aside(target: Path, now: datetime) -> Path | None:
    if not any(target.with_name(target.name + suffix).exists() for suffix in SIDE_FILES):
        return None
    kept = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    if kept.exists():
        raise BadRequest(f"{kept} exists already; nothing is written over.")
    for suffix in SIDE_FILES:
        side = target.with_name(target.name + suffix)
        if side.exists():
            os.replace(side, kept.with_name(kept.name + suffix))
    return kept


def _remove(part: Path) -> None:
    for suffix in SIDE_FILES:
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _uri(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))
