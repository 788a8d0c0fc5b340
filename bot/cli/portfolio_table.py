"""A portfolio and an import as plain tables for a terminal. Values are those of the last report, never
guessed."""

from typing import Any

from bot.report import figures
from bot.report.markup import clean
from bot.report.portfolio import Weighed, cash_share, weighed
from core.base.gap import NOT_GIVEN, Gap
from core.portfolio.accounts import MAIN, NO_ACCOUNTS, Accounts
from core.portfolio.holding import Import, Portfolio
from core.portfolio.writing import holding_json, portfolio_json
from core.snapshot.model import Snapshot

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
    portfolio: Portfolio, origin: str, snapshot: Snapshot | None, accounts: Accounts = NO_ACCOUNTS
) -> str:
    """The portfolio by weight, valued where the last report valued exactly this quantity; its accounts where
    there are several."""
    lines = [f"Portfolio of {origin}: {_count(len(portfolio.holdings), 'position')}."]
    lines += _table(portfolio, snapshot)
    if snapshot is None:
        lines += ["", "No values yet: they come with the first report."]
    else:
        lines += ["", f"Values in {snapshot.valuation.currency}, as of the last report."]
    if [each.name for each in accounts.accounts] not in ([MAIN], []):
        counted = (
            f"{each.name} ({_count(len(each.portfolio.holdings), 'position')})" for each in accounts.accounts
        )
        lines.append(f"Accounts: {', '.join(counted)}.")
    return "\n".join(lines)


def shown_json(portfolio: Portfolio, origin: str, snapshot: Snapshot | None) -> dict[str, Any]:
    """As `portfolio_json`, each holding with `value`, `share` (percent of the whole), and the percent by
    which its price changed in a day and since it was bought, of the last report, or null."""
    rows = {row.holding.ticker: row for row in weighed(portfolio, snapshot)}
    return {
        "origin": origin,
        "base_currency": None if snapshot is None else snapshot.valuation.currency,
        **portfolio_json(portfolio),
        "holdings": [{**holding_json(each), **_worth(rows[each.ticker])} for each in portfolio.holdings],
    }


def _worth(row: Weighed) -> dict[str, Any]:
    value = NOT_GIVEN if row.position is None else row.position.value
    share = NOT_GIVEN if row.position is None else row.position.share
    return {
        "value": None if isinstance(value, Gap) else f"{value:.2f}",
        "share": None if isinstance(share, Gap) else float(share),
        "day_change": None if isinstance(row.day, Gap) else round(float(row.day), 2),
        "total_change": None if isinstance(row.since, Gap) else round(float(row.since), 2),
    }


def _table(portfolio: Portfolio, snapshot: Snapshot | None) -> list[str]:
    rows = [_row(row) for row in weighed(portfolio, snapshot)]
    for each in portfolio.cash:
        share = cash_share(each, snapshot.valuation if snapshot else None)
        percent = "" if isinstance(share, Gap) else f"{share:.1f} %"
        rows.append(("cash", f"{each.amount:,f}", each.currency, "", percent, "", "", "", ""))
    if not rows:
        return []
    names = ("ticker", "quantity", "ccy", "value", "share", "day", "since bought", "name", "")
    # A column that is empty has no name either.
    head = tuple(name if any(row[place] for row in rows) else "" for place, name in enumerate(names))
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    right = {1, 3, 4, 5, 6}
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            if width
        ).rstrip()
        for row in (head, *rows)
    ]


def _row(row: Weighed) -> tuple[str, ...]:
    holding, worth = row.holding, _worth(row)
    flags = [holding.kind.value] if holding.kind.value != "equity" else []
    return (
        holding.ticker,
        f"{holding.quantity:,f}",
        "" if isinstance(holding.currency, Gap) else holding.currency,
        "" if worth["value"] is None else f"{float(worth['value']):,.2f}",
        "" if worth["share"] is None else f"{worth['share']:.1f} %",
        "" if isinstance(row.day, Gap) else figures.change(row.day),
        "" if isinstance(row.since, Gap) else figures.change(row.since),
        "" if isinstance(holding.name, Gap) else clean(holding.name, NAME),
        ", ".join(flags + (["locked"] if holding.locked else [])),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
