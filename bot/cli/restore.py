"""`restore FILE`: puts a backup in the ledger's place; the former ledger is kept beside it."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from bot.app import database_of
from bot.cli.exits import DONE
from bot.settings import load


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    from providers.ledger.keeping import restore

    path = database_of(load(), demo=args.demo)
    kept = restore(args.file, path, now=datetime.now(UTC))
    if args.json:
        print(json.dumps({"ledger": str(path), "former": None if kept is None else str(kept)}))
    else:
        former = "" if kept is None else f" What stood there before is kept as {kept}."
        print(f"The ledger {path} is now the backup {args.file}.{former}")
    return DONE
