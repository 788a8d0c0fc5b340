"""`facts TICKER`: what stood beside one name, what was rejected and why, and coverage; from the ledger alone.

`--again` looks once more now, without a model, and shows what is new since the last freeze.
"""

import argparse
import json

from bot.app import open_ledger
from bot.cli.exits import DONE
from bot.settings import load
from bot.views.facts import facts_json, facts_text
from bot.views.lookup import resolve


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load()
    with open_ledger(settings, demo=args.demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, args.ticker)
    if args.json:
        print(json.dumps(facts_json(report, ticker), ensure_ascii=False))
    else:
        print(facts_text(report, ticker))
    return DONE
