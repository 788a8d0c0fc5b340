"""`backup [FILE]`: a whole, checked copy of the ledger, also while the bot runs."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from bot.app import database_of
from bot.cli.exits import DONE
from bot.settings import load


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="where to (default: beside the ledger, dated)"
    )
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from providers.ledger.keeping import backup
    from providers.ledger.store import Store, existing

    path, now = existing(database_of(load(), demo=args.demo)), datetime.now(UTC)
    target = args.file or path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}.backup.sqlite")
    store = Store(path)
    try:
        made = backup(store, target, now=now)
    finally:
        store.close()
    print(json.dumps({"backup": str(made)}) if args.json else f"The ledger is copied to {made}.")
    return DONE
