"""`why TICKER`: the vote on one name, dissent first, from the ledger alone."""

import argparse
import json

from bot.app import open_ledger
from bot.cli.exits import DONE
from bot.report.lookup import resolve
from bot.report.proposal import proposal_lines
from bot.report.why import why_json, why_text
from bot.settings import load


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load()
    with open_ledger(settings, demo=args.demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, args.ticker)
    proposal = proposal_lines(report, ticker, fractional=settings.fractional_shares)
    if args.json:
        print(json.dumps(why_json(report, ticker, proposal=proposal), ensure_ascii=False))
    else:
        print(why_text(report, ticker, proposal=proposal))
    return DONE
