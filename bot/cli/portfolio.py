"""`portfolio`: shows it, imports a file, exports, and changes what is typed as in the chat. No model and no source is asked.

Decisions: `import` always prints what it read, with every rejected row; it replaces after a yes at the terminal or with
`--yes`; without a terminal it says how to confirm, and ends as wrong use, since nothing was done. A first portfolio replaces
nothing and needs no yes; an empty reading replaces nothing. Where PORTFOLIO_FILE is set nothing is changed, and that is said.
"""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.app import open_ledger
from bot.cli.base import DONE, WRONG_USE, confirmed, demo_option, json_option
from bot.cli.portfolio_table import import_text, shown_json, shown_text
from bot.settings import Settings, load
from core.base.errors import BadRequest, NotFound
from core.portfolio import editing
from core.portfolio.accounts import ACCOUNT_FORMS, NO_ACCOUNTS, alone, is_move, total
from core.portfolio.books import Books
from core.portfolio.editing import FORMS, is_change
from core.portfolio.holding import Import, Portfolio
from core.portfolio.position import Valuation
from core.portfolio.writing import portfolio_csv, portfolio_json
from core.ports import Ledger

# What else stands behind `portfolio`, beside the changes that are typed as in the chat.
VERBS = (
    ("show", "positions and cash, valued as in the last report"),
    ("import FILE", "read a file, show it, replace after a yes"),
    ("export", "the portfolio as a file that reads back (CSV, or JSON with --json)"),
)
HELP = "\n".join(f"  {form:30} {line}" for form, line in (*VERBS, *FORMS.values(), *ACCOUNT_FORMS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words behind `portfolio` and its options."""

    words: tuple[str, ...]
    yes: bool
    tickers: tuple[str, ...]
    demo: bool
    as_json: bool

    @property
    def terminal(self) -> bool:
        return not self.as_json and sys.stdin.isatty() and sys.stdout.isatty()


@click.command(epilog=f"\b\n{HELP}", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, metavar="[WHAT…]")
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.option("--csv", is_flag=True, help="Export as CSV (the default).")
@click.option(
    "--ticker", "tickers", multiple=True, metavar="ISIN=TICKER", help="The ticker of an ISIN of the file."
)
@demo_option
@json_option
def command(
    words: tuple[str, ...], *, yes: bool, csv: bool, tickers: tuple[str, ...], demo: bool, as_json: bool
) -> int:
    """Shows the portfolio, or does one of the lines below."""
    asked = Asked(words=words, yes=yes, tickers=tickers, demo=demo, as_json=as_json)
    text, settings = " ".join(words), load()
    match words:
        case () | ("show",):
            with open_ledger(settings, demo=demo) as ledger:
                _show(asked, *_current(ledger, settings, asked), valuation=_valuation(ledger))
        case ("export",):
            with open_ledger(settings, demo=demo) as ledger:
                portfolio, _ = _current(ledger, settings, asked)
            as_csv = csv or not as_json
            print(portfolio_csv(portfolio) if as_csv else _dumped(portfolio_json(portfolio)), end="")
        case ("import", file):
            return _import(asked, Path(file), settings)
        case _ if is_change(text) or is_move(text):
            with open_ledger(settings, demo=demo) as ledger:
                after = _books(ledger, settings, asked).change(
                    text, at=datetime.now(UTC), origin="command line"
                )
                _show(asked, total(after), "the ledger", valuation=_valuation(ledger))
        case _:
            raise BadRequest(f"{text[:60]!r} is nothing that can be done with a portfolio:\n{HELP}")
    return DONE


def _books(ledger: Ledger, settings: Settings, asked: Asked) -> Books:
    pinned = "" if settings.portfolio_file is None or asked.demo else str(settings.portfolio_file)
    return Books(ledger, pinned=pinned)


def _import(asked: Asked, path: Path, settings: Settings) -> int:
    from providers.holdings.reading import read_file
    from providers.holdings.sources import bounded_bytes

    said = editing.aliases(asked.tickers)
    with open_ledger(settings, demo=asked.demo) as ledger:
        books = _books(ledger, settings, asked)
        known = {**editing.tickers_by_isin(total(books.accounts())), **said}
        data = bounded_bytes(path)
        found = read_file(data, origin=path.name, tickers=known, today=datetime.now(UTC).date())
        if not asked.as_json:
            print(import_text(found))
        books.demand_open()
        first = books.accounts() == NO_ACCOUNTS
        replaced = _may_replace(found, asked, first=first)
        if replaced:
            books.put(alone(found.portfolio), whole=True, at=datetime.now(UTC), origin=path.name)
    outcome = _outcome(found, replaced, first=first)
    if asked.as_json:
        print(_dumped(_import_json(found, path.name, replaced, outcome)), end="")
    else:
        print("\n".join(outcome))
    return DONE if replaced or asked.terminal else WRONG_USE


def _may_replace(found: Import, asked: Asked, *, first: bool) -> bool:
    if found.portfolio == editing.EMPTY:
        return False
    return asked.yes or first or (asked.terminal and confirmed("Replace the portfolio with this?"))


def _outcome(found: Import, replaced: bool, *, first: bool) -> tuple[str, ...]:
    if replaced and first:
        return ("Imported: this is your portfolio now.",)
    if replaced:
        return ("Replaced. `python -m bot portfolio undo` puts the earlier portfolio back.",)
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
        "replaced": replaced,
        "outcome": list(outcome),
    }


def _show(asked: Asked, portfolio: Portfolio, origin: str, *, valuation: Valuation | None) -> None:
    if asked.as_json:
        print(_dumped(shown_json(portfolio, origin, valuation)), end="")
    else:
        print(shown_text(portfolio, origin, valuation))


def _current(ledger: Ledger, settings: Settings, asked: Asked) -> tuple[Portfolio, str]:
    """The portfolio that a report would take, and where it comes from. Raises NotFound when there is none."""
    from providers.holdings.sources import read_portfolio_file

    if settings.portfolio_file is not None and not asked.demo:
        return read_portfolio_file(settings.portfolio_file), str(settings.portfolio_file)
    try:
        return ledger.portfolio(), "the ledger"
    except NotFound as error:
        raise NotFound(
            "There is no portfolio yet: `python -m bot portfolio import FILE` reads one, "
            "`python -m bot portfolio add TICKER QTY` begins one."
        ) from error


def _valuation(ledger: Ledger) -> Valuation | None:
    try:
        return ledger.last_report().opening.snapshot.valuation
    except NotFound:
        return None


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
