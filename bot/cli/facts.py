"""`facts TICKER`: what stood beside one name, what was rejected and why, and coverage; from the ledger alone.

`--again` looks once more now, without a model, and shows what is new since the last freeze.
"""

import argparse
import asyncio
import json

from bot.app import open_engine, open_ledger
from bot.cli.analyze import zone_of
from bot.cli.exits import DONE
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.data import as_json
from bot.report.facts import facts_json, facts_text
from bot.report.house import looked_block
from bot.report.lookup import dossier_of, resolve
from bot.report.markup import plain_text
from bot.settings import Settings, load, secrets_of
from core.engine.looking import Look
from core.run import Run


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ticker", metavar="TICKER")
    parser.add_argument("--again", action="store_true", help="look once more now, without a model")
    parser.add_argument("--demo", action="store_true", help="the demo's ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    settings = load(("CONTACT_EMAIL",) if args.again and not args.demo else ())
    if args.again:
        set_up(quieter(settings.log_level), secrets=secrets_of(settings))
        return _again(args, settings)
    with open_ledger(settings, demo=args.demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, args.ticker)
    if args.json:
        print(json.dumps(facts_json(report, ticker), ensure_ascii=False))
    else:
        print(facts_text(report, ticker))
    return DONE


def _again(args: argparse.Namespace, settings: Settings) -> int:
    report, look = asyncio.run(_look(args, settings))
    if args.json:
        print(json.dumps(as_json(look), ensure_ascii=False))
        return DONE
    dossier = dossier_of(report, look.ticker)
    moment = figures.moment(look.as_of, zone_of(settings))
    known = dossier.facts if dossier is not None else ()
    print(plain_text(looked_block(known, look.facts, look.coverage, moment)))
    return DONE


async def _look(args: argparse.Namespace, settings: Settings) -> tuple[Run, Look]:
    # No model is asked; the rehearsal stands where an engine wants one.
    quiet = settings.model_copy(update={"model": "rehearsal"})
    async with open_engine(quiet, demo=args.demo) as engine:
        report = engine.last_report()
        return report, await engine.look_again(resolve(report, args.ticker))
