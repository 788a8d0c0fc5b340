"""What an import says beside its rows: how the positions came about, and what to look at before prices are
asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.base.gap import Gap
from core.base.kind import Kind
from core.portfolio.holding import Holding, Import

# Remarks are read on a phone: of a long list the first are named and the rest counted.
NAMED = 12


def said_of(lines: Mapping[str, list[int]], trades: int, sold: int, passed: Counter[str]) -> list[str]:
    """How the positions came about, and what was passed over."""
    said = []
    if trades:
        gone = f"; nothing is left of {sold} more" if sold else ""
        rows = "row" if trades == 1 else "rows"
        said.append(f"positions are the sum of {trades} {rows} in which shares came or went{gone}")
    else:
        doubled = [ticker for ticker, rows in sorted(lines.items()) if len(rows) > 1]
        said += [
            f"{ticker} stands in {len(lines[ticker])} rows (lines {listed(lines[ticker])}): the quantities "
            "are added"
            for ticker in doubled
        ]
    if passed:
        counted = ", ".join(f"{count} × {what}" for what, count in sorted(passed.items()))
        said.append(f"passed over, as no holding: {counted}")
    return said


def naming_remarks(holdings: tuple[Holding, ...]) -> list[str]:
    """What the owner should look at before a source of prices is asked for these tickers."""
    said = []
    nameless = [each for each in holdings if each.ticker == each.isin]
    if nameless:
        names = listed(
            [
                each.ticker if isinstance(each.name, Gap) else f"{each.ticker} ({each.name})"
                for each in nameless
            ]
        )
        said.append(
            f"the file gives no ticker for {names}: held under the ISIN, which has no price. Its listing is "
            "looked up and "
            "proposed; `rename ISIN TICKER` names it by hand, and later imports remember it"
        )
    numeric = [each.ticker for each in holdings if each.ticker.isdigit()]
    if numeric:
        said.append(
            f"{listed(numeric)}: tickers of digits alone. Sources of prices want the exchange behind them, "
            "as in "
            "0700.HK or 7203.T: `rename` gives it"
        )
    foreign = [
        f"{each.ticker} ({each.currency})"
        for each in holdings
        if not isinstance(each.currency, Gap)
        and each.currency != "USD"
        and each.kind is not Kind.CRYPTO
        and "." not in each.ticker
        and not each.ticker.isdigit()
        and each.ticker != each.isin
    ]
    if foreign:
        said.append(
            f"without an exchange behind the ticker: {listed(foreign)}. A listing outside the United States "
            "usually "
            "needs it, as in AIR.PA or VOD.L: `rename` gives it"
        )
    return said


def with_remarks(found: Import, *remarks: str) -> Import:
    """The import with these remarks before its own."""
    return replace(found, remarks=(*(each for each in remarks if each), *found.remarks))


def listed(items: Iterable[str | int]) -> str:
    every = [str(each) for each in items]
    shown = ", ".join(every[:NAMED])
    return shown if len(every) <= NAMED else f"{shown} and {len(every) - NAMED} more"
