"""`forget`: erases the ledger's contents and the filings kept beside it for good, or the runs from before a day. Asks first,
unless `--yes`."""

import argparse
import json
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import database_of
from bot.app.sources import kept_documents
from bot.cli.analyze import zone_of
from bot.cli.exits import DONE
from bot.settings import load
from core.base.errors import BadRequest, LedgerFailed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--before", metavar="DAY", help="only runs and former portfolios from before this day (2026-01-31)"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from providers.ledger.keeping import forget
    from providers.ledger.store import Store, existing

    settings = load()
    path = existing(database_of(settings, demo=args.demo))
    before = None if args.before is None else _midnight(args.before, zone_of(settings))
    what = "everything" if args.before is None else f"all runs from before {args.before}"
    if not args.yes and not _agreed(f"Erase {what} in {path} for good? Backups are not touched. [y/N] "):
        raise BadRequest("Nothing was erased: answer y, or give --yes.")
    store = Store(path)
    try:
        count = forget(store, before=before)
    finally:
        store.close()
    if before is None:
        _remove(kept_documents(path))
    print(json.dumps({"forgotten_runs": count}) if args.json else f"Erased {what}: {count} runs.")
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


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _midnight(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"--before wants a day as in 2026-01-31, not {text[:20]!r}.") from error
    return datetime(day.year, day.month, day.day, tzinfo=zone)
