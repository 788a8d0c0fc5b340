"""A portfolio as text that comes back in: the house's CSV, and the same as JSON data. Pure.

Decisions: a cell that a spreadsheet would run as a formula gets an apostrophe before it, and `unguarded` takes exactly that
apostrophe away again, so what was written reads back identically. Quantities are written as text, never as floats.
"""

import csv
from io import StringIO
from typing import Any

from core.base.gap import Gap
from core.portfolio.accounts import MAIN, Accounts
from core.portfolio.holding import Holding, Portfolio

CASH = "$CASH"
COLUMNS = ("ticker", "quantity", "currency", "name", "kind", "locked", "isin")
# What a cell begins with that Excel, LibreOffice or Google Sheets would run.
FORMULA = frozenset("=+-@\t\r")


def accounts_csv(accounts: Accounts) -> str:
    """The house's own format, one line a holding, then the cash of its account; a column names the account where there is more
    than `main`."""
    named = [each.name for each in accounts.accounts] not in ([MAIN], [])
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow((*COLUMNS, "account") if named else COLUMNS)
    for account in accounts.accounts:
        last = (guarded(account.name),) if named else ()
        for holding in account.portfolio.holdings:
            writer.writerow((*map(guarded, _cells(holding)), *last))
        for cash in account.portfolio.cash:
            writer.writerow((CASH, f"{cash.amount:f}", cash.currency, "", "", "", "", *last))
    return made.getvalue()


def portfolio_json(portfolio: Portfolio) -> dict[str, Any]:
    """`{"holdings": [...], "cash": [...]}`; what is not given is null."""
    return {
        "holdings": [holding_json(holding) for holding in portfolio.holdings],
        "cash": [{"currency": each.currency, "amount": f"{each.amount:f}"} for each in portfolio.cash],
    }


def accounts_json(accounts: Accounts) -> dict[str, Any]:
    """The same for every account, each item with the name of its own."""
    listed: dict[str, Any] = {"holdings": [], "cash": []}
    for account in accounts.accounts:
        for what, items in portfolio_json(account.portfolio).items():
            listed[what] += [{**item, "account": account.name} for item in items]
    return listed


def holding_json(holding: Holding) -> dict[str, Any]:
    """One holding by the names of the CSV's columns."""
    return {
        "ticker": holding.ticker,
        "quantity": f"{holding.quantity:f}",
        "currency": _or_none(holding.currency),
        "name": _or_none(holding.name),
        "kind": holding.kind.value,
        "locked": holding.locked,
        "isin": _or_none(holding.isin),
    }


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if text[:1] in FORMULA or _reads_as_guarded(text) else text


def unguarded(text: str) -> str:
    """The text behind a guarded cell; any other text as it is (a name may begin with an apostrophe: 't Hooft)."""
    return text[1:] if _reads_as_guarded(text) else text


def _reads_as_guarded(text: str) -> bool:
    return text[:1] == "'" and len(text) > 1 and (text[1] in FORMULA or text[1] == "'")


def _cells(holding: Holding) -> tuple[str, ...]:
    return (
        holding.ticker,
        f"{holding.quantity:f}",
        _or_none(holding.currency) or "",
        _or_none(holding.name) or "",
        holding.kind.value,
        "yes" if holding.locked else "",
        _or_none(holding.isin) or "",
    )


def _or_none(value: str | Gap) -> str | None:
    return None if isinstance(value, Gap) else value
