"""`universe`: the scored shortlist of names not held and the watch list; `universe add TICKER` and `remove` change the list.

From the ledger alone: the next report scores what is on the list, unless UNIVERSE_FILE names a file.
"""

import argparse
import json
from datetime import UTC, datetime

from bot.app import open_ledger, watch_list
from bot.chat.watchlist import change
from bot.cli.exits import DONE
from bot.cli.newest import newest_report
from bot.report.markup import plain_text
from bot.report.universe import universe_blocks, universe_json
from bot.settings import load
from bot.texts import chat as texts
from core.base.errors import NotFound


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", metavar="add|remove", nargs="?", default="", help="change the watch list")
    parser.add_argument("tickers", metavar="TICKER", nargs="*", help="names to add or remove")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load()
    pinned = args.demo or settings.universe_file is not None
    with open_ledger(settings, demo=args.demo) as ledger:
        names = watch_list(ledger)
        verb, said = args.verb.strip().casefold(), ""
        if verb:
            said = change(names, verb, args.tickers, now=datetime.now(UTC))
        report, watched = newest_report(ledger), names.names()
    if report is None and not verb:
        raise NotFound(texts.NO_REPORT)
    if args.json:
        print(json.dumps(universe_json(report, watched, pinned=pinned), ensure_ascii=False))
    else:
        blocks = universe_blocks(report, watched, pinned=pinned)
        print("\n\n".join([*([said] if said else []), *(plain_text(block) for block in blocks)]))
    return DONE
