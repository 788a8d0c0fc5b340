"""Rows understood → one Import. Lots and accounts are added up, trades are netted, and what could not be used is kept.

Decisions: a position that one row states must be positive by itself; trades count together, and only their sum must not be
negative. A line without a ticker is held under its ISIN until its owner names the ticker: dropped, it would make every other
weight wrong in silence. Trades are netted by ISIN where there is one, because tickers change and ISINs say when.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker, is_ticker
from core.market.units import whole_currency
from core.portfolio.holding import Cash, Holding, Import, Portfolio, RejectedRow
from core.portfolio.isin import is_isin
from core.portfolio.numbers import RowFault
from providers.holdings.sheet import Row

SHORT = "a short position: only what is owned can be judged"
OVERDRAFT = "an overdraft or margin debt: only cash that is there can be counted"
# Names are for people; a longer one is a disclaimer.
LONGEST_NAME = 120
# Remarks are read on a phone: of a long list the first are named and the rest counted.
NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Shares of one instrument as one row gives them: a position, or a change (negative when they left)."""

    row: Row
    shares: Decimal
    ticker: str = ""
    isin: str = ""
    name: str = ""
    kind: Kind = Kind.EQUITY
    currency: str = ""
    locked: bool = False


@dataclass(slots=True)
class _Group:
    """All rows of one instrument."""

    shares: Decimal = Decimal(0)
    ticker: str = ""
    isin: str = ""
    name: str = ""
    kind: Kind = Kind.EQUITY
    currencies: set[str] = field(default_factory=set)
    locked: bool = False
    rows: list[Row] = field(default_factory=list)


class Book:
    """Collects what a reader understands. `tickers` gives the ticker of known ISINs."""

    def __init__(self, form: str, tickers: Mapping[str, str]) -> None:
        self._form = form
        self._tickers = tickers
        self._groups: dict[str, _Group] = {}
        self._cash: dict[str, Decimal] = {}
        self._rejected: list[RejectedRow] = []
        self._passed: Counter[str] = Counter()
        self._trades = 0
        self.remarks: list[str] = []

    def reject(self, row: Row, reason: str) -> None:
        self._rejected.append(RejectedRow(line=row.line, text=row.text, reason=reason))

    def passed(self, what: str, count: int = 1) -> None:
        """Rows that are no holding and were not meant to be one: counted and said."""
        self._passed[what] += count

    def cash(self, amount: Decimal, currency: str) -> None:
        """Adds cash. Raises RowFault for an overdraft or a currency that is none; pence become pounds."""
        if amount < 0:
            raise RowFault(OVERDRAFT)
        whole = whole_currency(_currency(currency))
        if not currency or isinstance(whole, Gap):
            raise RowFault("cash needs a currency of three letters")
        self._cash[whole[0]] = self._cash.get(whole[0], Decimal(0)) + amount / whole[1]

    def position(self, entry: Entry) -> None:
        """A position as the row states it. Raises RowFault."""
        if entry.shares < 0:
            raise RowFault(SHORT)
        if entry.shares == 0:
            raise RowFault("the quantity is zero")
        self._add(entry)

    def trade(self, entry: Entry) -> None:
        """Shares that came or went. Raises RowFault."""
        if entry.shares == 0:
            raise RowFault("the quantity is zero")
        self._trades += 1
        self._add(entry)

    def finish(self) -> Import:
        """Everything that was collected; holdings by ticker, cash by currency, rejected rows by line."""
        holdings: dict[str, Holding] = {}
        lines: dict[str, list[int]] = {}
        sold = 0
        for group in self._joined():
            if group.shares < 0:
                self.reject(group.rows[-1], self._oversold(group))
            elif group.shares == 0:
                sold += 1
            else:
                holding = self._holding(group)
                ticker = holding.ticker
                lines.setdefault(ticker, []).extend(row.line for row in group.rows)
                holdings[ticker] = _added(holdings[ticker], holding) if ticker in holdings else holding
        ordered = tuple(holdings[ticker] for ticker in sorted(holdings))
        return Import(
            format=self._form,
            portfolio=Portfolio(
                holdings=ordered,
                cash=tuple(Cash(currency=each, amount=self._cash[each]) for each in sorted(self._cash)),
            ),
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)),
            remarks=(*self._said(lines, sold), *self.remarks, *naming_remarks(ordered)),
        )

    def _add(self, entry: Entry) -> None:
        isin = entry.isin.upper() if is_isin(entry.isin.upper()) else ""
        ticker = _spelt(entry.ticker)
        if is_isin(ticker):
            ticker, isin = "", isin or ticker
        if not isin and not is_ticker(ticker):
            raise RowFault(
                f"{entry.ticker[:40]!r} is not a ticker" if entry.ticker else "the ticker is missing"
            )
        currency = _currency(entry.currency)
        if currency and isinstance(whole_currency(currency), Gap):
            raise RowFault(f"{entry.currency[:20]!r} is not a currency code of three letters")
        group = self._groups.setdefault(isin or ticker, _Group())
        group.shares += entry.shares
        group.rows.append(entry.row)
        group.isin = isin
        group.ticker = ticker if is_ticker(ticker) else group.ticker
        group.name = entry.name[:LONGEST_NAME] or group.name
        group.kind = entry.kind
        if currency:
            group.currencies.add(currency)
        group.locked = group.locked or entry.locked

    def _joined(self) -> list[_Group]:
        """The groups, where rows of one ticker without an ISIN join the only ISIN that has this ticker."""
        by_ticker: dict[str, list[_Group]] = {}
        for group in self._groups.values():
            if group.isin and group.ticker:
                by_ticker.setdefault(group.ticker, []).append(group)
        kept = []
        for group in self._groups.values():
            same = by_ticker.get(group.ticker, []) if not group.isin else []
            if len(same) == 1:
                same[0].shares += group.shares
                same[0].rows.extend(group.rows)
                same[0].currencies |= group.currencies
            else:
                kept.append(group)
        return kept

    def _holding(self, group: _Group) -> Holding:
        ticker = self._tickers.get(group.isin, "") or group.ticker or group.isin
        # Bought in two currencies: neither is known to be the one its price is quoted in.
        currency = next(iter(group.currencies)) if len(group.currencies) == 1 else ""
        return Holding(
            ticker=ticker,
            name=group.name or NOT_GIVEN,
            quantity=_trimmed(group.shares) if self._trades else group.shares,
            kind=group.kind,
            locked=group.locked,
            isin=group.isin or NOT_GIVEN,
            currency=currency or NOT_GIVEN,
        )

    def _oversold(self, group: _Group) -> str:
        name = group.ticker or group.isin
        return (
            f"{name}: {_trimmed(-group.shares):f} more were sold than bought here: {SHORT}, "
            "or the file begins after the purchase"
        )

    def _said(self, lines: Mapping[str, list[int]], sold: int) -> list[str]:
        said = []
        if self._trades:
            gone = f"; nothing is left of {sold} more" if sold else ""
            rows = "row" if self._trades == 1 else "rows"
            said.append(f"positions are the sum of {self._trades} {rows} in which shares came or went{gone}")
        else:
            doubled = [ticker for ticker, rows in sorted(lines.items()) if len(rows) > 1]
            said += [
                f"{ticker} stands in {len(lines[ticker])} rows (lines {_listed(lines[ticker])}): the quantities are added"
                for ticker in doubled
            ]
        if self._passed:
            listed = ", ".join(f"{count} × {what}" for what, count in sorted(self._passed.items()))
            said.append(f"passed over, as no holding: {listed}")
        return said


def naming_remarks(holdings: tuple[Holding, ...]) -> list[str]:
    """What the owner should look at before a source of prices is asked for these tickers."""
    said = []
    nameless = [each for each in holdings if each.ticker == each.isin]
    if nameless:
        listed = _listed(
            [
                each.ticker if isinstance(each.name, Gap) else f"{each.ticker} ({each.name})"
                for each in nameless
            ]
        )
        said.append(
            f"the file gives no ticker for {listed}: held under the ISIN, which has no price. Name the ticker with "
            "`portfolio rename ISIN TICKER`, or import again with `--ticker ISIN=TICKER`; later imports remember it"
        )
    numeric = [each.ticker for each in holdings if each.ticker.isdigit()]
    if numeric:
        said.append(
            f"{_listed(numeric)}: tickers of digits alone. Sources of prices want the exchange behind them, as in "
            "0700.HK or 7203.T: `portfolio rename` gives it"
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
            f"without an exchange behind the ticker: {_listed(foreign)}. A listing outside the United States usually "
            "needs it, as in VOD.L or SAP.DE: `portfolio rename` gives it"
        )
    return said


def _spelt(ticker: str) -> str:
    """One spelling of share classes: BRK/B and BRK B are BRK-B."""
    return fold_ticker(ticker).replace("/", "-").replace(" ", "-")


def _currency(written: str) -> str:
    """The currency as written where case carries meaning (GBp), else in upper case."""
    text = written.strip()
    return text if not isinstance(whole_currency(text), Gap) and text != text.lower() else text.upper()


def _trimmed(shares: Decimal) -> Decimal:
    """Without the zeros that adding up long decimals leaves behind: 421.00000000 is 421."""
    whole = shares.to_integral_value()
    return whole if shares == whole else shares.normalize()


def _added(one: Holding, other: Holding) -> Holding:
    return Holding(
        ticker=one.ticker,
        name=one.name,
        quantity=one.quantity + other.quantity,
        kind=one.kind,
        locked=one.locked or other.locked,
        isin=one.isin,
        currency=one.currency,
    )


def _listed(items: list[str] | list[int]) -> str:
    shown = ", ".join(map(str, items[:NAMED]))
    return shown if len(items) <= NAMED else f"{shown} and {len(items) - NAMED} more"
