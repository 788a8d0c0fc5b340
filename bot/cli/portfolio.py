"""`portfolio`: shows it, imports a file, exports, restores, and changes single lines. No model and no source is asked.

Decisions: `import` always prints what it read, with every rejected row; it replaces after a yes at the terminal or with
`--yes`, and without a terminal it says how to confirm. A first portfolio replaces nothing and needs no yes; an empty reading
replaces nothing. Where PORTFOLIO_FILE is set that file is the portfolio: it is shown, and changes to the ledger say that they
wait behind it.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import open_ledger
from bot.cli.exits import DONE
from bot.cli.portfolio_table import import_text, shown_json, shown_text
from bot.settings import Settings, load
from core.base.errors import NotFound
from core.base.gap import NOT_GIVEN
from core.portfolio import editing
from core.portfolio.holding import Import, Portfolio
from core.portfolio.position import Valuation
from core.portfolio.writing import portfolio_csv, portfolio_json
from core.ports import Ledger

# Verb, its words, one line of help. A change is a pure function of the portfolio and the words.
CHANGES: dict[str, tuple[tuple[str, ...], str]] = {
    "add": (("TICKER", "QTY", "[CCY]"), "add shares; CCY is the currency its price is quoted in"),
    "remove": (("TICKER",), "take a holding away"),
    "cash": (("AMOUNT", "CCY"), "set the cash in a currency; 0 takes the line away"),
    "lock": (("TICKER",), "hold it, never judge it"),
    "unlock": (("TICKER",), "judge it again"),
    "rename": (("OLD", "NEW"), "give a holding another ticker, as one imported under its ISIN"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    _common(parser, default=False)
    verbs = parser.add_subparsers(dest="verb", metavar="WHAT")
    _common(verbs.add_parser("show", help="positions and cash, valued as in the last report"))
    add = verbs.add_parser("import", help="read a file, show it, replace after a yes")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--yes", action="store_true", help="replace the portfolio without asking")
    add.add_argument(
        "--ticker",
        action="append",
        default=[],
        metavar="ISIN=TICKER",
        help="the ticker of an ISIN; may be repeated",
    )
    _common(add)
    export = verbs.add_parser("export", help="the portfolio as a file that reads back")
    export.add_argument("--csv", action="store_true", help="as CSV (the default)")
    _common(export)
    _common(verbs.add_parser("restore", help="put the replaced portfolio back"))
    for verb, (words, line) in CHANGES.items():
        sub = verbs.add_parser(verb, help=line)
        for word in words:
            optional = word.startswith("[")
            sub.add_argument(
                word.strip("[]").lower(), metavar=word.strip("[]"), nargs="?" if optional else None
            )
        _common(sub)


def _common(parser: argparse.ArgumentParser, *, default: object = argparse.SUPPRESS) -> None:
    """`--json` and `--demo` before or behind the verb: the inner parser says nothing when they are not given there."""
    parser.add_argument("--json", action="store_true", default=default, help="print one JSON object")
    parser.add_argument("--demo", action="store_true", default=default, help="the demo's ledger")


def run(args: argparse.Namespace) -> int:
    settings = load()
    verb = args.verb or "show"
    if verb == "import":
        return _import(args, settings)
    with open_ledger(settings, demo=args.demo) as ledger:
        if verb == "show":
            _show(args, *_current(ledger, settings, args), valuation=_valuation(ledger))
        elif verb == "export":
            portfolio, _ = _current(ledger, settings, args)
            print(_dumped(portfolio_json(portfolio)) if args.json else portfolio_csv(portfolio), end="")
        else:
            _change(args, verb, ledger, settings)
    return DONE


def _change(args: argparse.Namespace, verb: str, ledger: Ledger, settings: Settings) -> None:
    if verb == "restore":
        portfolio = ledger.restore_portfolio(at=datetime.now(UTC))
    else:
        portfolio = EDITS[verb](_or_empty(ledger), args)
        ledger.save_portfolio(portfolio, at=datetime.now(UTC), origin="command line")
    _show(args, portfolio, "the ledger", valuation=_valuation(ledger), remarks=_behind(settings, args))


def _cash(portfolio: Portfolio, args: argparse.Namespace) -> Portfolio:
    # People say "500 EUR" and "EUR 500": which is which is never in doubt.
    first, second = args.amount, args.ccy
    amount, currency = (second, first) if first.strip().isalpha() else (first, second)
    return editing.set_cash(portfolio, editing.number_of(amount), editing.currency_of(currency))


EDITS: dict[str, Callable[[Portfolio, argparse.Namespace], Portfolio]] = {
    "add": lambda portfolio, args: editing.add(
        portfolio,
        editing.ticker_of(args.ticker),
        editing.number_of(args.qty),
        NOT_GIVEN if args.ccy is None else editing.currency_of(args.ccy),
    ),
    "remove": lambda portfolio, args: editing.remove(portfolio, editing.ticker_of(args.ticker)),
    "cash": _cash,
    "lock": lambda portfolio, args: editing.lock(portfolio, editing.ticker_of(args.ticker), locked=True),
    "unlock": lambda portfolio, args: editing.lock(portfolio, editing.ticker_of(args.ticker), locked=False),
    "rename": lambda portfolio, args: editing.rename(
        portfolio, editing.ticker_of(args.old), editing.ticker_of(args.new)
    ),
}


def _import(args: argparse.Namespace, settings: Settings) -> int:
    from providers.holdings.reading import read_file
    from providers.holdings.sources import bounded_bytes

    said = editing.aliases(args.ticker)
    with open_ledger(settings, demo=args.demo) as ledger:
        known = {**editing.tickers_by_isin(_or_empty(ledger)), **said}
        data = bounded_bytes(args.file)
        found = read_file(data, origin=args.file.name, tickers=known, today=datetime.now(UTC).date())
        if not args.json:
            print(import_text(found))
        first = _or_empty(ledger) == editing.EMPTY
        replaced = _may_replace(found, args, first=first)
        if replaced:
            ledger.save_portfolio(found.portfolio, at=datetime.now(UTC), origin=args.file.name)
    outcome = _outcome(found, replaced, _behind(settings, args), first=first)
    if args.json:
        print(_dumped(_import_json(found, args.file.name, replaced, outcome)), end="")
    else:
        print("\n".join(outcome))
    return DONE


def _may_replace(found: Import, args: argparse.Namespace, *, first: bool) -> bool:
    if found.portfolio == editing.EMPTY:
        return False
    if args.yes or first:
        return True
    if args.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input("Replace the portfolio with this? [y/N] ").strip().casefold() in {"y", "yes"}


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
    args: argparse.Namespace,
    portfolio: Portfolio,
    origin: str,
    *,
    valuation: Valuation | None,
    remarks: tuple[str, ...] = (),
) -> None:
    if args.json:
        print(_dumped(shown_json(portfolio, origin, valuation, remarks)), end="")
    else:
        print(shown_text(portfolio, origin, valuation, remarks))


def _current(ledger: Ledger, settings: Settings, args: argparse.Namespace) -> tuple[Portfolio, str]:
    """The portfolio that a report would take, and where it comes from. Raises NotFound when there is none."""
    from providers.holdings.sources import read_portfolio_file

    if settings.portfolio_file is not None and not args.demo:
        return read_portfolio_file(settings.portfolio_file), str(settings.portfolio_file)
    try:
        return ledger.portfolio(), "the ledger"
    except NotFound as error:
        if args.demo:
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


def _behind(settings: Settings, args: argparse.Namespace) -> tuple[str, ...]:
    if args.demo:
        return ("`analyze --demo` goes on judging the demo's own recorded portfolio.",)
    if settings.portfolio_file is None:
        return ()
    return (f"PORTFOLIO_FILE is set: reports read {settings.portfolio_file}, not the ledger's portfolio.",)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
