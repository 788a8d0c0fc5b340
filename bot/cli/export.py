"""`export [FOLDER]`: everything in the ledger as JSON and as CSV tables that no spreadsheet runs."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from bot.app import database_of
from bot.cli.exits import DONE
from bot.settings import load


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="a new folder (default: dated, here)"
    )
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from providers.ledger.export import export
    from providers.ledger.store import Store, existing

    now = datetime.now(UTC)
    folder = args.folder or Path(f"condorcet-export-{now:%Y%m%d-%H%M%S}")
    store = Store(existing(database_of(load(), demo=args.demo)))
    try:
        files = export(store, folder, now=now)
    finally:
        store.close()
    if args.json:
        print(json.dumps({"files": [str(file) for file in files]}))
    else:
        print("\n".join(f"written: {file}" for file in files))
    return DONE
