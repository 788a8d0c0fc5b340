"""`universe`: the scored shortlist of names not held and the watch list; `universe add TICKER` and `remove` change the list.

From the ledger alone: the next report scores what is on the list, unless UNIVERSE_FILE names a file.
"""

from datetime import UTC, datetime

import click

from bot.app import open_ledger
from bot.chat.watchlist import change
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.cli.newest import newest_report
from bot.report.markup import plain_text
from bot.report.universe import universe_blocks, universe_json
from bot.settings import load
from bot.texts import chat as texts
from core.base.errors import NotFound


@click.command
@click.argument("verb", required=False, default="", metavar="[add|remove]")
@click.argument("tickers", nargs=-1)
@demo_option
@json_option
def command(verb: str, tickers: tuple[str, ...], *, demo: bool, as_json: bool) -> int:
    """The scored shortlist of names not held, and the watch list; `add` and `remove` change the list."""
    settings = load()
    pinned = demo or settings.universe_file is not None
    with open_ledger(settings, demo=demo) as ledger:
        names = ledger.watched
        verb, said = verb.strip().casefold(), ""
        if verb:
            said = change(names, verb, list(tickers), now=datetime.now(UTC))
        report, watched = newest_report(ledger), names.names()
    if report is None and not verb:
        raise NotFound(texts.NO_REPORT)
    if as_json:
        say_json(universe_json(report, watched, pinned=pinned))
    else:
        blocks = universe_blocks(report, watched, pinned=pinned)
        print("\n\n".join([*([said] if said else []), *(plain_text(block) for block in blocks)]))
    return DONE
