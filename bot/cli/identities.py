"""`identities`: who each name is at regulators and registers, where that came from and how sure it is; the
owner corrects it.

From the ledger alone. `identities HSBA.L lei=…` is the owner's word, which no later look replaces; an empty
value (`lei=`) forgets what is known, so that it is asked anew. A name that was never looked up has nothing
yet.
"""

from datetime import UTC, datetime

import click
from stdnum import lei as lei_number

from bot.app import open_ledger
from bot.app.sources import open_fetcher, open_identities
from bot.cli.base import Answer, answering
from bot.settings import Settings, load
from bot.texts import chat as texts
from core.base.canonical import plain
from core.base.errors import BadRequest
from core.base.names import fold_ticker
from core.portfolio.identities import Certainty, Identity, Known
from core.ports import Identities


@click.command
@click.argument("ticker", required=False, default="")
@click.argument("changes", nargs=-1, metavar="[SCHEME=VALUE]...")
@answering
def command(ticker: str, changes: tuple[str, ...], *, demo: bool) -> Answer:
    """Who a name is at regulators (LEI, CIK, registers' numbers) and how sure that is; SCHEME=VALUE corrects
    it."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        names = open_identities(settings, open_fetcher(settings), ledger.notes)
        if ticker:
            asked = [fold_ticker(ticker)]
            for change in changes:
                _change(names, asked[0], change, settings)
        else:
            asked = [dossier.ticker for dossier in ledger.last_report().opening.snapshot.dossiers]
        found = [names.known(one) for one in asked]
    data = {"names": {one.ticker: [plain(each) for each in one.known] for one in found}}
    return data, lambda: "\n".join(line for one in found for line in _lines(one))


def _change(names: Identities, ticker: str, change: str, settings: Settings) -> None:
    scheme, equals, value = (part.strip() for part in change.partition("="))
    known = ("lei", "cik", *_registers())
    if not equals or scheme.casefold() not in known:
        raise BadRequest(texts.IDENTITY_WRONG.format(change=change[:60], known=", ".join(known)))
    scheme = scheme.casefold()
    if not value:
        names.forget(ticker, scheme)
        return
    if not _sound(scheme, value):
        raise BadRequest(texts.IDENTITY_NO_NUMBER.format(value=value[:60], scheme=scheme))
    owner = Known(
        scheme=scheme,
        value=value.upper() if scheme == "lei" else value,
        source=texts.IDENTITY_OWNER,
        certainty=Certainty.OWNER,
        signs=(f"{datetime.now(UTC):%Y-%m-%d}",),
    )
    names.keep(ticker, owner)


def _sound(scheme: str, value: str) -> bool:
    """Whether a number can be one of its scheme: an LEI by its check digits, a CIK by its length."""
    if scheme == "lei":
        return bool(lei_number.is_valid(value))
    if scheme == "cik":
        return value.isascii() and value.isdecimal() and len(value) <= 10
    return value.isprintable() and len(value) <= 120


def _registers() -> tuple[str, ...]:
    from providers.sources.registry import ROWS

    return tuple(row.terms.key for row in ROWS if row.terms.key != "sec")


def _lines(identity: Identity) -> list[str]:
    if not identity.known:
        return [texts.IDENTITY_NOTHING.format(ticker=identity.ticker)]
    return [
        texts.IDENTITY_LINE.format(
            ticker=identity.ticker,
            scheme=one.scheme,
            value=one.value,
            certainty=one.certainty.value,
            source=one.source,
            signs="; ".join(one.signs),
        )
        for one in identity.known
    ]
