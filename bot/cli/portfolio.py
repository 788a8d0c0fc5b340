"""`portfolio`: shows it, imports a file, exports, and changes what is typed as in the chat. No model is
asked, and a source only after a yes, for tickers that a file does not give.

Decisions: `import` always prints what it read, with every rejected row; it replaces after a yes at the
terminal or with `--yes`; without a terminal it says how to confirm or to answer, and ends as wrong use, since
nothing was done. A first portfolio replaces nothing and needs no yes; an empty reading replaces nothing.
Where PORTFOLIO_FILE is set nothing is changed, and that is said.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.app import open_ledger
from bot.cli.base import DONE, WRONG_USE, confirmed, demo_option, json_option
from bot.cli.portfolio_asking import Asked, answer, check_moved, demand_known, name_instruments
from bot.cli.portfolio_table import import_text, shown_json, shown_text
from bot.settings import Settings, load
from core.base.errors import BadRequest, NotFound
from core.portfolio import editing
from core.portfolio.accounts import ACCOUNT_FORMS, NO_ACCOUNTS, Accounts, alone, total
from core.portfolio.books import NAME_FORM, Books, aliases, is_edit
from core.portfolio.editing import FORMS
from core.portfolio.holding import Import, Portfolio
from core.portfolio.writing import accounts_csv, accounts_json, portfolio_json
from core.ports import Ledger
from core.snapshot.model import Snapshot

if TYPE_CHECKING:
    from providers.ledger.sqlite import SqliteLedger

# What else stands behind `portfolio`, beside the changes that are typed as in the chat.
VERBS = (
    ("show", "positions and cash, valued as in the last report"),
    ("import FILE", "read a file, show it, replace after a yes"),
    ("check", "splits and new tickers since the import, from the source of prices"),
    ("export", "the portfolio as a file that reads back (CSV, or JSON with --json)"),
)
HELP = "\n".join(f"  {form:30} {line}" for form, line in (*VERBS, *FORMS.values(), NAME_FORM, *ACCOUNT_FORMS))


@click.command(epilog=f"\b\n{HELP}", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, metavar="[WHAT…]")
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.option("--all", "whole", is_flag=True, help="Import in place of every account.")
@click.option("--account", default="", metavar="NAME", help="The account that the file belongs to.")
@click.option(
    "--answer", "answers", multiple=True, metavar="WHAT=ANSWER", help="An answer to what an import asked."
)
@click.option("--csv", is_flag=True, help="Export as CSV (the default).")
@click.option(
    "--ticker", "tickers", multiple=True, metavar="ISIN=TICKER", help="The ticker of an ISIN of the file."
)
@demo_option
@json_option
def command(words: tuple[str, ...], *, csv: bool, demo: bool, as_json: bool, **options: Any) -> int:
    """Shows the portfolio, or does one of the lines below."""
    asked = Asked(words=words, demo=demo, as_json=as_json, **options)
    text, settings = " ".join(words), load()
    match words:
        case () | ("show",):
            with open_ledger(settings, demo=demo) as ledger:
                books = _books(ledger, settings, asked)
                accounts = NO_ACCOUNTS if books.pinned else books.accounts()
                _show(
                    asked,
                    *_current(ledger, settings, asked, books),
                    snapshot=_snapshot(ledger),
                    accounts=accounts,
                )
        case ("export",):
            with open_ledger(settings, demo=demo) as ledger:
                books = _books(ledger, settings, asked)
                portfolio, _ = _current(ledger, settings, asked, books)
                accounts = alone(portfolio) if books.pinned else books.accounts()
            as_csv = csv or not as_json
            print(accounts_csv(accounts) if as_csv else _dumped(accounts_json(accounts)), end="")
        case ("check",):
            with open_ledger(settings, demo=demo) as ledger:
                return check_moved(asked, settings, _books(ledger, settings, asked))
        case ("import", file):
            return _import(asked, Path(file), settings)
        case _ if is_edit(text):
            with open_ledger(settings, demo=demo) as ledger:
                books = _books(ledger, settings, asked)
                demand_known(asked, books.introduces(text), settings)
                after = books.change(text, at=datetime.now(UTC), origin="command line")
                _show(asked, total(after), "the ledger", snapshot=_snapshot(ledger), accounts=after)
        case _:
            raise BadRequest(f"{text[:60]!r} is nothing that can be done with a portfolio:\n{HELP}")
    return DONE


def _books(ledger: "SqliteLedger", settings: Settings, asked: Asked) -> Books:
    pinned = "" if settings.portfolio_file is None or asked.demo else str(settings.portfolio_file)
    return Books(ledger, ledger.notes, pinned=pinned)


def _import(asked: Asked, path: Path, settings: Settings) -> int:
    from providers.holdings.sources import bounded_bytes

    data = bounded_bytes(path)
    with open_ledger(settings, demo=asked.demo) as ledger:
        books = _books(ledger, settings, asked)
        for identity, ticker in aliases(asked.tickers).items():
            books.keep_ticker(identity, ticker, at=datetime.now(UTC), origin="command line")
        found = _read(asked, data, path, settings, books)
        if asked.account:
            found = replace(
                found, accounts=alone(found.portfolio, name=asked.account, source=found.format).accounts
            )
        if not asked.as_json:
            print(import_text(found))
        books.demand_open()
        first = books.accounts() == NO_ACCOUNTS
        replaced = _may_replace(found, asked, books, first=first)
        if replaced:
            imported = Accounts(accounts=found.accounts)
            books.put(imported, whole=asked.whole, at=datetime.now(UTC), origin=path.name)
    outcome = _outcome(found, replaced, first=first)
    if asked.as_json:
        print(_dumped(_import_json(found, path.name, replaced, outcome)), end="")
    else:
        print("\n".join(outcome))
    return DONE if replaced or asked.terminal else WRONG_USE


def _read(asked: Asked, data: bytes, path: Path, settings: Settings, books: Books) -> Import:
    """The file, after its questions. Raises BadRequest with the question where nobody is there to answer."""
    from providers.holdings.sources import read_known

    answers = dict(word.split("=", 1) for word in asked.answers if "=" in word)
    looked = False
    while True:
        found = read_known(data, books, origin=path.name, today=datetime.now(UTC).date(), answers=answers)
        if found.questions:
            question = found.questions[0]
            answers[question.key] = answer(asked, question)
        elif found.unnamed and asked.terminal and not looked:
            looked = True
            name_instruments(asked, found, settings, books)
        else:
            if found.header:
                books.keep_table(
                    found.header,
                    answers.get("columns", books.tables().get(found.header, "")),
                    at=datetime.now(UTC),
                )
            return found


def _may_replace(found: Import, asked: Asked, books: Books, *, first: bool) -> bool:
    if found.portfolio == editing.EMPTY:
        return False
    imported = Accounts(accounts=found.accounts)
    doubles = () if asked.whole or asked.account else books.doubles(imported)
    if doubles:
        raise BadRequest(
            f"Nothing was changed: the account {', '.join(doubles)} already holds much of this, and "
            "beside it the same shares "
            "would count twice. Say --all to replace everything, or --account NAME for the account "
            "that it is."
        )
    return asked.yes or first or (asked.terminal and confirmed("Replace the portfolio with this?"))


def _outcome(found: Import, replaced: bool, *, first: bool) -> tuple[str, ...]:
    if replaced and first:
        return ("Imported: this is your portfolio now.",)
    if replaced:
        names = ", ".join(each.name for each in found.accounts)
        return (
            f"Replaced. Account {names}; `python -m bot portfolio undo` puts the earlier portfolio back.",
        )
    if found.portfolio == editing.EMPTY:
        return ("Nothing was replaced: the file leaves no open position.",)
    return ("Nothing was replaced. Add --yes to replace the portfolio with this table.",)


def _import_json(found: Import, origin: str, replaced: bool, outcome: tuple[str, ...]) -> dict[str, Any]:
    return {
        "origin": origin,
        "format": found.format,
        **portfolio_json(found.portfolio),
        "rejected": [{"line": row.line, "text": row.text, "reason": row.reason} for row in found.rejected],
        "remarks": list(found.remarks),
        "accounts": [each.name for each in found.accounts],
        "unnamed": [each.identity for each in found.unnamed],
        "replaced": replaced,
        "outcome": list(outcome),
    }


def _show(
    asked: Asked, portfolio: Portfolio, origin: str, *, snapshot: Snapshot | None, accounts: Accounts
) -> None:
    if asked.as_json:
        print(_dumped(shown_json(portfolio, origin, snapshot)), end="")
    else:
        print(shown_text(portfolio, origin, snapshot, accounts))


def _current(ledger: Ledger, settings: Settings, asked: Asked, books: Books) -> tuple[Portfolio, str]:
    """The portfolio that a report would take, and where it comes from. Raises NotFound when there is none."""
    from providers.holdings.sources import read_portfolio_file

    if settings.portfolio_file is not None and not asked.demo:
        path, today = settings.portfolio_file, datetime.now(UTC).date()
        return read_portfolio_file(path, books, today), str(path)
    try:
        return ledger.portfolio(), "the ledger"
    except NotFound as error:
        raise NotFound(
            "There is no portfolio yet: `python -m bot portfolio import FILE` reads one, "
            "`python -m bot portfolio add TICKER QTY` begins one."
        ) from error


def _snapshot(ledger: Ledger) -> Snapshot | None:
    try:
        return ledger.last_report().opening.snapshot
    except NotFound:
        return None


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
