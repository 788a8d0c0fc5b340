"""`universe`: the scored shortlist of names not held, each component beside its score; from the ledger alone."""

import argparse
import json

from bot.app import open_ledger
from bot.cli.exits import DONE
from bot.settings import load
from bot.views.data import as_json
from bot.views.house import universe_blocks
from bot.views.markup import plain_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    with open_ledger(load(), demo=args.demo) as ledger:
        report = ledger.last_report()
    if args.json:
        rows = {
            dossier.ticker: {"name": dossier.name, "score": as_json(dossier.score)}
            for dossier in report.opening.snapshot.dossiers
            if not dossier.held
        }
        print(
            json.dumps(
                {"as_of": report.opening.snapshot.as_of.isoformat(), "candidates": rows}, ensure_ascii=False
            )
        )
    else:
        print("\n\n".join(plain_text(block) for block in universe_blocks(report)))
    return DONE
