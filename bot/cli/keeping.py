"""The ledger as a file: export, backup, restore, forget. Each opens the file itself and refuses one that is
not whole."""

import shutil
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.app import database_of
from bot.app.house import kept_documents
from bot.cli.analyze import zone_of
from bot.cli.base import Answer, answering, confirmed
from bot.settings import load
from core.base.errors import BadRequest, LedgerFailed


@click.command
@click.argument("folder", required=False, type=Path)
@answering
def export(folder: Path | None, *, demo: bool) -> Answer:
    """Everything in the ledger as JSON and CSV in a new FOLDER (default: dated, here)."""
    from providers.ledger.export import export as do_export
    from providers.ledger.store import Store, existing

    now = datetime.now(UTC)
    target = folder or Path(f"condorcet-export-{now:%Y%m%d-%H%M%S}")
    with closing(Store(existing(database_of(load(), demo=demo)))) as store:
        files = do_export(store, target, now=now)
    return {"files": [str(file) for file in files]}, lambda: "\n".join(f"written: {file}" for file in files)


@click.command
@click.argument("file", required=False, type=Path)
@answering
def backup(file: Path | None, *, demo: bool) -> Answer:
    """A whole, checked copy of the ledger in FILE (default: beside it, dated), also while the bot runs."""
    from providers.ledger.keeping import backup as do_backup
    from providers.ledger.store import Store, existing

    path, now = existing(database_of(load(), demo=demo)), datetime.now(UTC)
    target = file or path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}.backup.sqlite")
    with closing(Store(path)) as store:
        made = do_backup(store, target, now=now)
    return {"backup": str(made)}, lambda: f"The ledger is copied to {made}."


@click.command
@click.argument("file", type=Path)
@answering
def restore(file: Path, *, demo: bool) -> Answer:
    """Puts the backup FILE in the ledger's place; the former ledger is kept beside it."""
    from providers.ledger.keeping import restore as do_restore

    path = database_of(load(), demo=demo)
    kept = do_restore(file, path, now=datetime.now(UTC))
    former = "" if kept is None else f" What stood there before is kept as {kept}."
    data = {"ledger": str(path), "former": None if kept is None else str(kept)}
    return data, lambda: f"The ledger {path} is now the backup {file}.{former}"


@click.command
@click.option(
    "--before", metavar="DAY", help="Only runs and former portfolios from before this day (2026-01-31)."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@answering
def forget(before: str | None, *, yes: bool, demo: bool) -> Answer:
    """Erases the ledger's contents and the filings kept beside it for good."""
    from providers.ledger.keeping import forget as do_forget
    from providers.ledger.store import Store, existing

    settings = load()
    path = existing(database_of(settings, demo=demo))
    day = None if before is None else _midnight(before, zone_of(settings))
    what = "everything" if before is None else f"all runs from before {before}"
    if not yes and not confirmed(f"Erase {what} in {path} for good? Backups are not touched."):
        raise BadRequest("Nothing was erased: answer y, or give --yes.")
    with closing(Store(path)) as store:
        count = do_forget(store, now=datetime.now(UTC), before=day)
    if day is None:
        _remove(kept_documents(path))
    return {"forgotten_runs": count}, lambda: f"Erased {what}: {count} runs."


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerFailed(
            f"The ledger is empty now, but {folder} could not be removed ({error.strerror}): it "
            "holds the filings that were read."
        ) from error


def _midnight(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"--before wants a day as in 2026-01-31, not {text[:20]!r}.") from error
    return datetime(day.year, day.month, day.day, tzinfo=zone)
