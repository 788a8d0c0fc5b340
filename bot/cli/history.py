"""`history`: earlier reports, newest first; `history RUN` opens one. From the ledger alone."""

import argparse
import json

from bot.app import open_ledger
from bot.cli.analyze import next_push, zone_of
from bot.cli.exits import DONE
from bot.report.data import as_json
from bot.report.house import history_line
from bot.report.report_json import report_json
from bot.report.terminal import terminal_map
from bot.settings import load
from core.base.errors import NotFound
from core.ports import Ledger
from core.run import Purpose, Run

# Ten years of monthly reports.
LONGEST = 120


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", nargs="?", default="", help="the id of a report to open")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load()
    with open_ledger(settings, demo=args.demo) as ledger:
        if args.run:
            report = ledger.run(args.run.strip())
            previous = _before(ledger, report)
            print(
                json.dumps(report_json(report, previous), ensure_ascii=False)
                if args.json
                else terminal_map(report, previous, zone=zone_of(settings), next_push=next_push(settings))
            )
            return DONE
        rows = ledger.runs(purposes=(Purpose.REPORT, Purpose.PUSH), limit=LONGEST)
    if args.json:
        print(json.dumps({"reports": as_json(rows)}, ensure_ascii=False))
        return DONE
    if not rows:
        raise NotFound("There is no report yet: `python -m bot analyze` makes one.")
    for row in rows:
        print(f"{row.id}  {history_line(row, zone_of(settings))}")
    return DONE


def _before(ledger: Ledger, report: Run) -> Run | None:
    """The report that this one followed, for what changed since."""
    try:
        return ledger.last_report(before=report.opening.id)
    except NotFound:
        return None
