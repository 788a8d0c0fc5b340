"""`why TICKER`: the vote on one name, dissent first, from the ledger alone."""

import click

from bot.app import open_ledger
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.report.lookup import resolve
from bot.report.why import proposal_lines, why_json, why_text
from bot.settings import load


@click.command
@click.argument("ticker")
@demo_option
@json_option
def command(ticker: str, *, demo: bool, as_json: bool) -> int:
    """The vote on TICKER, dissent first, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        report = ledger.last_report()
    ticker = resolve(report, ticker)
    proposal = proposal_lines(report, ticker, fractional=settings.fractional_shares)
    if as_json:
        say_json(why_json(report, ticker, proposal=proposal))
    else:
        print(why_text(report, ticker, proposal=proposal))
    return DONE
