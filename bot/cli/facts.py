"""`facts TICKER`: what stood beside one name, what was rejected and why, and coverage; from the ledger alone.

`--again` looks once more now, without a model, and shows what is new since the last freeze.
"""

import asyncio

import click

from bot.app import open_engine, open_ledger
from bot.cli.analyze import zone_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.logs import quieter, set_up
from bot.report import figures
from bot.report.facts import facts_json, facts_text
from bot.report.house import looked_block
from bot.report.lookup import dossier_of, resolve
from bot.report.markup import plain_text
from bot.report.report_json import to_json
from bot.settings import Settings, load, secrets_of
from core.engine.looking import Look
from core.run import Run


@click.command
@click.argument("ticker")
@click.option("--again", is_flag=True, help="Look once more now, without a model.")
@demo_option
@json_option
def command(ticker: str, *, again: bool, demo: bool, as_json: bool) -> int:
    """The verified facts of TICKER, what was rejected and why, and coverage; from the ledger."""
    settings = load(("CONTACT_EMAIL",) if again and not demo else ())
    if again:
        set_up(quieter(settings.log_level), secrets=secrets_of(settings))
        return _again(settings, ticker, demo=demo, as_json=as_json)
    with open_ledger(settings, demo=demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, ticker)
    if as_json:
        say_json(facts_json(report, ticker))
    else:
        print(facts_text(report, ticker))
    return DONE


def _again(settings: Settings, ticker: str, *, demo: bool, as_json: bool) -> int:
    report, look = asyncio.run(_look(settings, ticker, demo=demo))
    if as_json:
        say_json(to_json(look))
        return DONE
    dossier = dossier_of(report, look.ticker)
    moment = figures.moment(look.as_of, zone_of(settings))
    known = dossier.facts if dossier is not None else ()
    print(plain_text(looked_block(known, look.facts, look.coverage, moment, look.as_of.date())))
    return DONE


async def _look(settings: Settings, ticker: str, *, demo: bool) -> tuple[Run, Look]:
    # No model is asked; the rehearsal stands where an engine wants one.
    quiet = settings.model_copy(update={"model": "rehearsal"})
    async with open_engine(quiet, demo=demo) as engine:
        report = engine.last_report()
        return report, await engine.look_again(resolve(report, ticker))
