"""A portfolio as text that comes back in: the house's CSV, and the same as JSON data. Pure.

Decisions: a cell that a spreadsheet would run as a formula gets an apostrophe before it, and `unguarded`
takes exactly that apostrophe away again, so what was written reads back identically. Quantities are written
as text, never as floats.
"""

import csv
from io import StringIO
from typing import Any

from core.base.gap import Gap
from core.portfolio.accounts import MAIN, Accounts
from core.portfolio.holding import Holding, Portfolio

CASH = "$CASH"
COLUMNS = ("ticker", "quantity", "currency", "name", "kind", "locked", "isin")
PAID = ("paid", "paid_currency")
# What a cell begins with that Excel, LibreOffice or Google Sheets would run.
FORMULA = frozenset("=+-@\t\r")


def accounts_csv(accounts: Accounts) -> str:
    """The house's own format, one line a holding, then the cash of its account. What was paid has columns
    where it is known, the account where there is more than `main`."""
    named = [each.name for each in accounts.accounts] not in ([MAIN], [])
    paid = any(not isinstance(each.paid, Gap) for one in accounts.accounts for each in one.portfolio.holdings)
    columns = (*COLUMNS, *(PAID if paid else ()), *(("account",) if named else ()))
    made = StringIO()
    writer = csv.DictWriter(made, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for account in accounts.accounts:
        for holding in account.portfolio.holdings:
            told = {
                **holding_json(holding),
                "locked": "yes" if holding.locked else "",
                "account": account.name,
            }
            writer.writerow({name: guarded(cell or "") for name, cell in told.items()})
        for cash in account.portfolio.cash:
            row = {"ticker": CASH, "quantity": f"{cash.amount:f}", "currency": cash.currency}
            writer.writerow({**row, "account": guarded(account.name)})
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
        "paid": None if isinstance(holding.paid, Gap) else f"{holding.paid.price:f}",
        "paid_currency": None if isinstance(holding.paid, Gap) else holding.paid.currency,
    }


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if text[:1] in FORMULA or _reads_as_guarded(text) else text


def unguarded(text: str) -> str:
    """The text behind a guarded cell; any other text as it is (a name may begin with an apostrophe: 't
    Hooft)."""
    return text[1:] if _reads_as_guarded(text) else text


def _reads_as_guarded(text: str) -> bool:
    return text[:1] == "'" and len(text) > 1 and (text[1] in FORMULA or text[1] == "'")


def _or_none(value: str | Gap) -> str | None:
    return None if isinstance(value, Gap) else value
