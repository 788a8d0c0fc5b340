"""`portfolio`: shows it, imports a file, exports, restores, and changes single lines. No model and no source is asked.

Decisions: `import` always prints what it read, with every rejected row; it replaces after a yes at the terminal or with
`--yes`, and without a terminal it says how to confirm. A first portfolio replaces nothing and needs no yes; an empty reading
replaces nothing. Where PORTFOLIO_FILE is set that file is the portfolio: it is shown, and changes to the ledger say that they
wait behind it.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.app import open_ledger
from bot.cli.base import DONE, WRONG_USE, confirmed, demo_option, json_option
from bot.cli.portfolio_table import import_text, shown_json, shown_text
from bot.settings import Settings, load
from core.base.errors import NotFound
from core.base.gap import NOT_GIVEN
from core.portfolio import editing
from core.portfolio.holding import Import, Portfolio
from core.portfolio.position import Valuation
from core.portfolio.writing import portfolio_csv, portfolio_json
from core.ports import Ledger

Words = Mapping[str, Any]

# Verb, its words, one line of help. A change is a pure function of the portfolio and the words.
CHANGES: dict[str, tuple[tuple[str, ...], str]] = {
    "add": (("TICKER", "QTY", "[CCY]"), "add shares; CCY is the currency its price is quoted in"),
    "remove": (("TICKER",), "take a holding away"),
    "cash": (("AMOUNT", "CCY"), "set the cash in a currency; 0 takes the line away"),
    "lock": (("TICKER",), "hold it, never judge it"),
    "unlock": (("TICKER",), "judge it again"),
    "rename": (("OLD", "NEW"), "give a holding another ticker, as one imported under its ISIN"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the verbs share: `--demo` and `--json` count before and behind the verb."""

    demo: bool
    as_json: bool


@click.group(invoke_without_command=True)
@demo_option
@json_option
@click.pass_context
def command(ctx: click.Context, *, demo: bool, as_json: bool) -> int:
    """Shows the portfolio, imports a file, exports, restores, and changes single lines."""
    ctx.obj = Shared(demo=demo, as_json=as_json)
    return DONE if ctx.invoked_subcommand is not None else show(ctx.obj)


def verb(name: str, line: str) -> Callable[[Callable[..., int]], click.Command]:
    """A verb of `portfolio`: its function gets what is shared, then its own words."""

    def made(function: Callable[..., int]) -> click.Command:
        @click.pass_obj
        @wraps(function)
        def run(obj: Shared, /, *, demo: bool, as_json: bool, **words: Any) -> int:
            return function(Shared(demo=demo or obj.demo, as_json=as_json or obj.as_json), **words)

        return command.command(name, help=line)(demo_option(json_option(run)))

    return made


def show(shared: Shared) -> int:
    """Prints positions and cash, valued as in the last report."""
    settings = load()
    with open_ledger(settings, demo=shared.demo) as ledger:
        _show(shared, *_current(ledger, settings, shared), valuation=_valuation(ledger))
    return DONE


verb("show", "Positions and cash, valued as in the last report.")(show)


@verb("export", "The portfolio as a file that reads back.")
@click.option("--csv", is_flag=True, help="As CSV (the default).")
def export(shared: Shared, *, csv: bool) -> int:
    settings = load()
    with open_ledger(settings, demo=shared.demo) as ledger:
        portfolio, _ = _current(ledger, settings, shared)
    as_csv = csv or not shared.as_json
    print(portfolio_csv(portfolio) if as_csv else _dumped(portfolio_json(portfolio)), end="")
    return DONE


def _changing(name: str, words: tuple[str, ...], line: str) -> None:
    def run(shared: Shared, **given: str | None) -> int:
        settings = load()
        with open_ledger(settings, demo=shared.demo) as ledger:
            _change(shared, name, ledger, settings, given)
        return DONE

    decorated: Callable[..., int] = run
    for word in reversed(words):
        bare = word.strip("[]")
        decorated = click.argument(bare.lower(), metavar=bare, required=bare == word)(decorated)
    verb(name, line)(decorated)


def _change(shared: Shared, verb: str, ledger: Ledger, settings: Settings, words: Words) -> None:
    if verb == "restore":
        portfolio = ledger.restore_portfolio(at=datetime.now(UTC))
    else:
        portfolio = EDITS[verb](_or_empty(ledger), words)
        ledger.save_portfolio(portfolio, at=datetime.now(UTC), origin="command line")
    _show(shared, portfolio, "the ledger", valuation=_valuation(ledger), remarks=_behind(settings, shared))


def _cash(portfolio: Portfolio, words: Words) -> Portfolio:
    # People say "500 EUR" and "EUR 500": which is which is never in doubt.
    first, second = words["amount"], words["ccy"]
    amount, currency = (second, first) if first.strip().isalpha() else (first, second)
    return editing.set_cash(portfolio, editing.number_of(amount), editing.currency_of(currency))


EDITS: dict[str, Callable[[Portfolio, Words], Portfolio]] = {
    "add": lambda portfolio, words: editing.add(
        portfolio,
        editing.ticker_of(words["ticker"]),
        editing.number_of(words["qty"]),
        NOT_GIVEN if words["ccy"] is None else editing.currency_of(words["ccy"]),
    ),
    "remove": lambda portfolio, words: editing.remove(portfolio, editing.ticker_of(words["ticker"])),
    "cash": _cash,
    "lock": lambda portfolio, words: editing.lock(portfolio, editing.ticker_of(words["ticker"]), locked=True),
    "unlock": lambda portfolio, words: editing.lock(
        portfolio, editing.ticker_of(words["ticker"]), locked=False
    ),
    "rename": lambda portfolio, words: editing.rename(
        portfolio, editing.ticker_of(words["old"]), editing.ticker_of(words["new"])
    ),
}
for _name, (_words, _line) in CHANGES.items():
    _changing(_name, _words, _line)
_changing("restore", (), "Put the replaced portfolio back.")


@verb("import", "Read a file, show it, replace after a yes.")
@click.argument("file", type=Path)
@click.option("--yes", is_flag=True, help="Replace the portfolio without asking.")
@click.option(
    "--ticker", multiple=True, metavar="ISIN=TICKER", help="The ticker of an ISIN; may be repeated."
)
def import_file(shared: Shared, file: Path, ticker: tuple[str, ...], *, yes: bool) -> int:
    from providers.holdings.reading import read_file
    from providers.holdings.sources import bounded_bytes

    settings = load()
    said = editing.aliases(ticker)
    with open_ledger(settings, demo=shared.demo) as ledger:
        known = {**editing.tickers_by_isin(_or_empty(ledger)), **said}
        data = bounded_bytes(file)
        found = read_file(data, origin=file.name, tickers=known, today=datetime.now(UTC).date())
        if not shared.as_json:
            print(import_text(found))
        first = _or_empty(ledger) == editing.EMPTY
        replaced = _may_replace(found, yes=yes or first, as_json=shared.as_json)
        if replaced:
            ledger.save_portfolio(found.portfolio, at=datetime.now(UTC), origin=file.name)
    outcome = _outcome(found, replaced, _behind(settings, shared), first=first)
    if shared.as_json:
        answer = _import_json(found, file.name, replaced, outcome)
        error = {} if replaced else {"error": {"code": WRONG_USE, "message": " ".join(outcome)}}
        print(_dumped({**answer, **error}), end="")
    else:
        print("\n".join(outcome))
    # A script must see that nothing was done; a person who said no knows.
    asked = found.portfolio != editing.EMPTY and sys.stdin.isatty() and not shared.as_json
    return DONE if replaced or asked else WRONG_USE


def _may_replace(found: Import, *, yes: bool, as_json: bool) -> bool:
    if found.portfolio == editing.EMPTY:
        return False
    return yes or (not as_json and sys.stdout.isatty() and confirmed("Replace the portfolio with this?"))


def _outcome(found: Import, replaced: bool, behind: tuple[str, ...], *, first: bool) -> tuple[str, ...]:
    if replaced and first:
        return ("Imported: this is your portfolio now.", *behind)
    if replaced:
        return ("Replaced. `python -m bot portfolio restore` puts the earlier portfolio back.", *behind)
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


def _show(
    shared: Shared,
    portfolio: Portfolio,
    origin: str,
    *,
    valuation: Valuation | None,
    remarks: tuple[str, ...] = (),
) -> None:
    if shared.as_json:
        print(_dumped(shown_json(portfolio, origin, valuation, remarks)), end="")
    else:
        print(shown_text(portfolio, origin, valuation, remarks))


def _current(ledger: Ledger, settings: Settings, shared: Shared) -> tuple[Portfolio, str]:
    """The portfolio that a report would take, and where it comes from. Raises NotFound when there is none."""
    from providers.holdings.sources import read_portfolio_file

    if settings.portfolio_file is not None and not shared.demo:
        return read_portfolio_file(settings.portfolio_file), str(settings.portfolio_file)
    try:
        return ledger.portfolio(), "the ledger"
    except NotFound as error:
        if shared.demo:
            from bot.demo.recorded import RECORDINGS

            return read_portfolio_file(RECORDINGS / "portfolio.csv"), "the demo's recording"
        raise NotFound(
            "There is no portfolio yet: `python -m bot portfolio import FILE` reads one, "
            "`python -m bot portfolio add TICKER QTY` begins one."
        ) from error


def _or_empty(ledger: Ledger) -> Portfolio:
    try:
        return ledger.portfolio()
    except NotFound:
        return editing.EMPTY


def _valuation(ledger: Ledger) -> Valuation | None:
    try:
        return ledger.last_report().opening.snapshot.valuation
    except NotFound:
        return None


def _behind(settings: Settings, shared: Shared) -> tuple[str, ...]:
    if shared.demo:
        return ("`analyze --demo` goes on judging the demo's own recorded portfolio.",)
    if settings.portfolio_file is None:
        return ()
    return (f"PORTFOLIO_FILE is set: reports read {settings.portfolio_file}, not the ledger's portfolio.",)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
