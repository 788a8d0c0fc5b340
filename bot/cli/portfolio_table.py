"""A portfolio and an import as plain tables for a terminal. Values are those of the last report, never
guessed."""

from typing import Any

from bot.report.markup import clean
from bot.report.portfolio import cash_share, weighed
from core.base.gap import Gap
from core.portfolio.accounts import MAIN, NO_ACCOUNTS, Accounts
from core.portfolio.holding import Holding, Import, Portfolio
from core.portfolio.position import Position, Valuation
from core.portfolio.writing import holding_json, portfolio_json

# A name longer than this would break the line of a terminal of 100 columns.
NAME = 38
# A terminal shows this much of a rejected line; the JSON has all that was kept of it.
TEXT = 90


def import_text(found: Import) -> str:
    """The good rows, the bad rows with line and reason, and the remarks."""
    holdings, cash = found.portfolio.holdings, found.portfolio.cash
    lines = [
        f"Read as {found.format}: {_count(len(holdings), 'position')}, {_count(len(cash), 'cash line')}."
    ]
    lines += _table(found.portfolio, None)
    if found.rejected:
        lines += ["", f"{_count(len(found.rejected), 'row')} rejected:"]
        lines += [
            f"  line {row.line}: {clean(row.reason)}\n    {clean(row.text, TEXT)}" for row in found.rejected
        ]
    if found.remarks:
        lines += ["", *(f"- {clean(remark)}" for remark in found.remarks)]
    return "\n".join([*lines, ""])


def shown_text(
    portfolio: Portfolio, origin: str, valuation: Valuation | None, accounts: Accounts = NO_ACCOUNTS
) -> str:
    """The portfolio by weight, valued where the last report valued exactly this quantity; its accounts where
    there are several."""
    lines = [f"Portfolio of {origin}: {_count(len(portfolio.holdings), 'position')}."]
    lines += _table(portfolio, valuation)
    if valuation is None:
        lines += ["", "No values yet: they come with the first report."]
    else:
        lines += ["", f"Values in {valuation.currency}, as of the last report."]
    if [each.name for each in accounts.accounts] not in ([MAIN], []):
        counted = (
            f"{each.name} ({_count(len(each.portfolio.holdings), 'position')})" for each in accounts.accounts
        )
        lines.append(f"Accounts: {', '.join(counted)}.")
    return "\n".join(lines)


def shown_json(portfolio: Portfolio, origin: str, valuation: Valuation | None) -> dict[str, Any]:
    """As `portfolio_json`, each holding with `value` and `share` (percent of the whole) of the last report,
    or null."""
    rows = {holding.ticker: position for holding, position in weighed(portfolio, valuation)}
    return {
        "origin": origin,
        "base_currency": None if valuation is None else valuation.currency,
        **portfolio_json(portfolio),
        "holdings": [{**holding_json(each), **_worth(rows[each.ticker])} for each in portfolio.holdings],
    }


def _worth(position: Position | None) -> dict[str, Any]:
    if position is None or isinstance(position.value, Gap) or isinstance(position.share, Gap):
        return {"value": None, "share": None}
    return {"value": f"{position.value:.2f}", "share": float(position.share)}


def _table(portfolio: Portfolio, valuation: Valuation | None) -> list[str]:
    found = weighed(portfolio, valuation)
    valued = any(position for _, position in found)
    rows = [_row(holding, position) for holding, position in found]
    for each in portfolio.cash:
        share = cash_share(each, valuation)
        percent = "" if isinstance(share, Gap) else f"{share:.1f} %"
        rows.append(("cash", f"{each.amount:,f}", each.currency, "", percent, "", ""))
    if not rows:
        return []
    head = ("ticker", "quantity", "ccy", "value", "share", "name", "")
    head = head if valued else (*head[:3], "", "", *head[5:])
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    right = {1, 3, 4}
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            if width
        ).rstrip()
        for row in (head, *rows)
    ]


def _row(holding: Holding, position: Position | None) -> tuple[str, ...]:
    worth = _worth(position)
    flags = [holding.kind.value] if holding.kind.value != "equity" else []
    return (
        holding.ticker,
        f"{holding.quantity:,f}",
        "" if isinstance(holding.currency, Gap) else holding.currency,
        "" if worth["value"] is None else f"{float(worth['value']):,.2f}",
        "" if worth["share"] is None else f"{worth['share']:.1f} %",
        "" if isinstance(holding.name, Gap) else clean(holding.name, NAME),
        ", ".join(flags + (["locked"] if holding.locked else [])),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
