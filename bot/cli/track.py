"""`track`: how earlier verdicts fared against the index, by stability class; from the ledger alone."""

import argparse
import json
from datetime import UTC, datetime

from bot.app import open_ledger
from bot.cli.analyze import zone_of
from bot.cli.exits import DONE
from bot.report.data import as_json
from bot.report.track import track_text
from bot.settings import load
from core.engine.past import track_record


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load()
    with open_ledger(settings, demo=args.demo) as ledger:
        record = track_record(ledger, today=datetime.now(UTC).astimezone(zone_of(settings)).date())
    print(json.dumps(as_json(record), ensure_ascii=False) if args.json else track_text(record))
    return DONE
