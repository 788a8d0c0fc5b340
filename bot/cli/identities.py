"""`identities`: who each name is at regulators and registers, where that came from and how sure it is; the
owner corrects it.

From the ledger alone. `identities HSBA.L lei=…` is the owner's word, which no later look replaces; an empty
value (`lei=`) forgets what is known, so that it is asked anew. A name that was never looked up has nothing
yet. The chat has the same behind a button of `/facts`.
"""

import click

from bot.app import open_ledger
from bot.app.sources import kept_identities
from bot.cli.base import Answer, answering
from bot.report.house import identity_lines
from bot.settings import load
from core.base.canonical import plain
from core.base.names import fold_ticker


@click.command
@click.argument("ticker", required=False, default="")
@click.argument("changes", nargs=-1, metavar="[SCHEME=VALUE]...")
@answering
def command(ticker: str, changes: tuple[str, ...], *, demo: bool) -> Answer:
    """Who a name is at regulators (LEI, CIK, registers' numbers) and how sure that is; SCHEME=VALUE corrects
    it."""
    with open_ledger(load(), demo=demo) as ledger:
        kept = kept_identities(ledger.notes)
        if ticker:
            found = [kept.corrected(fold_ticker(ticker), changes)]
        else:
            found = [kept.known(one.ticker) for one in ledger.last_report().opening.snapshot.dossiers]
    data = {"names": {one.ticker: [plain(each) for each in one.known] for one in found}}
    return data, lambda: "\n".join(line for one in found for line in identity_lines(one))
