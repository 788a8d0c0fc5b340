"""`forget`: erases the ledger's contents and the filings kept beside it for good, or the runs from before a day. Asks first,
unless `--yes`."""

import shutil
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.app import database_of
from bot.app.house import kept_documents
from bot.cli.analyze import zone_of
from bot.cli.base import DONE, confirmed, demo_option, json_option, say_json
from bot.settings import load
from core.base.errors import BadRequest, LedgerFailed


@click.command
@click.option(
    "--before", metavar="DAY", help="Only runs and former portfolios from before this day (2026-01-31)."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@demo_option
@json_option
def command(before: str | None, *, yes: bool, demo: bool, as_json: bool) -> int:
    """Erases the ledger's contents and the filings kept beside it for good."""
    from providers.ledger.keeping import forget
    from providers.ledger.store import Store, existing

    settings = load()
    path = existing(database_of(settings, demo=demo))
    day = None if before is None else _midnight(before, zone_of(settings))
    what = "everything" if before is None else f"all runs from before {before}"
    if not yes and not confirmed(f"Erase {what} in {path} for good? Backups are not touched."):
        raise BadRequest("Nothing was erased: answer y, or give --yes.")
    store = Store(path)
    try:
        count = forget(store, before=day)
    finally:
        store.close()
    if day is None:
        _remove(kept_documents(path))
    if as_json:
        say_json({"forgotten_runs": count})
    else:
        print(f"Erased {what}: {count} runs.")
    return DONE


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerFailed(
            f"The ledger is empty now, but {folder} could not be removed ({error.strerror}): it holds the filings that were read."
        ) from error


def _midnight(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"--before wants a day as in 2026-01-31, not {text[:20]!r}.") from error
    return datetime(day.year, day.month, day.day, tzinfo=zone)
