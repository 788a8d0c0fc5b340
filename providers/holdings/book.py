"""Rows understood → one Import, by account. Lots are added up, trades netted, and an instrument is whole or
set aside.

Decisions. An instrument of which one row cannot be read is set aside with all its rows: what is left would be
a wrong quantity.
A line without a ticker is held under its ISIN until its owner names one. Trades are netted by ISIN where
there is one, because tickers change and ISINs say when.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker, is_ticker
from core.market.units import whole_currency
from core.portfolio.accounts import Accounts, joined, total, with_account
from core.portfolio.holding import Account, Cash, Holding, Import, Portfolio, Question, RejectedRow
from core.portfolio.isin import is_isin
from core.portfolio.numbers import RowFault
from core.portfolio.paid import Paid, cost_of
from providers.holdings.kinds import DERIVATIVE
from providers.holdings.naming import Group, Namer
from providers.holdings.remarks import listed, naming_remarks, said_of
from providers.holdings.sheet import Row
from providers.holdings.table import Asked

SHORT = "a short position: only what is owned can be judged"
OVERDRAFT = "an overdraft or margin debt: only cash that is there can be counted"
# Names are for people; a longer one is a disclaimer.
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Shares of one instrument as one row gives them: a position, or a change (`trade`; negative when they
    left) of a `day`.
    `paid`: what one share cost. `typed`: a person wrote the ticker, and means it."""

    row: Row
    shares: Decimal
    ticker: str = ""
    isin: str = ""
    name: str = ""
    kind: Kind = Kind.EQUITY
    currency: str = ""
    exchange: str = ""
    account: str = ""
    locked: bool = False
    trade: bool = False
    typed: bool = False
    day: date = date.min
    paid: Paid | Gap = NOT_GIVEN


Key = tuple[str, str]


class Book:
    """Collects what a reader understands. `own_tickers`: symbols are those that sources of prices use."""

    def __init__(self, form: str, asked: Asked, *, account: str, own_tickers: bool = False) -> None:
        self.form = form
        self._asked = asked
        self._account = account
        self._own = own_tickers
        self.namer = Namer(asked.tickers, own=own_tickers)
        self._groups: dict[Key, Group] = {}
        self._loose: list[tuple[Row, Key | None]] = []
        self._cash: dict[Key, Decimal] = {}
        self._rejected: list[RejectedRow] = []
        self._passed: Counter[str] = Counter()
        self._trades = 0
        self.remarks: list[str] = []
        self.questions: list[Question] = []

    def complain(self, row: Row, reason: str) -> None:
        """Something of a row that cannot be used, its shares apart: a balance, say."""
        self._rejected.append(RejectedRow(line=row.line, text=row.text, reason=reason))

    def reject(self, row: Row, reason: str, key: Key | None = None) -> None:
        """A row that cannot be read. `key` is its instrument: it is set aside whole. Where no other row
        speaks of that one, or without a key, every cell is compared with the instruments of the file."""
        self.complain(row, reason)
        if key is not None:
            self._groups.setdefault(key, Group(account=key[0])).unread.append(row)
        if reason != DERIVATIVE:  # an option names its share, and says nothing of how many are held
            self._loose.append((row, key))

    def passed(self, what: str, count: int = 1) -> None:
        """Rows that are no holding and were not meant to be one: counted and said."""
        self._passed[what] += count

    def cash(self, amount: Decimal, currency: str, account: str = "") -> None:
        """Adds cash. Raises RowFault for an overdraft or a currency that is none; pence become pounds."""
        if amount < 0:
            raise RowFault(OVERDRAFT)
        whole = whole_currency(_currency(currency))
        if not currency or isinstance(whole, Gap):
            raise RowFault("cash needs a currency of three letters")
        key = (account, whole[0])
        self._cash[key] = self._cash.get(key, Decimal(0)) + amount / whole[1]

    def key_of(self, account: str, ticker: str, isin: str, name: str) -> Key | None:
        """Which instrument a row speaks of: its ISIN, else its symbol, else its name."""
        code, symbol = isin.strip().upper(), spelt(ticker)
        if is_isin(symbol):
            code, symbol = code if is_isin(code) else symbol, ""
        named = code if is_isin(code) else symbol if is_ticker(symbol) else name.casefold()[:LONGEST_NAME]
        return (account, named) if named else None

    def add(self, entry: Entry) -> None:
        """Shares that a row states, or that came or went. Raises RowFault."""
        if entry.shares == 0:
            raise RowFault("the quantity is zero")
        if entry.shares < 0 and not entry.trade:
            raise RowFault(SHORT)
        if entry.ticker and not is_ticker(spelt(entry.ticker)) and not is_isin(entry.isin.upper()):
            raise RowFault(f"{entry.ticker[:40]!r} is not a ticker")
        key = self.key_of(entry.account, entry.ticker, entry.isin, entry.name)
        if key is None or (self._own and not entry.ticker and not entry.isin):
            raise RowFault("the ticker is missing")
        currency = _currency(entry.currency)
        if currency and isinstance(whole_currency(currency), Gap):
            raise RowFault(f"{entry.currency[:20]!r} is not a currency code of three letters")
        self._trades += entry.trade
        group = self._groups.setdefault(key, Group(account=entry.account))
        ticker = spelt(entry.ticker)
        group.shares += entry.shares
        group.rows.append(entry.row)
        group.lots.append((entry.day, entry.shares, entry.paid))
        group.isin = key[1] if is_isin(key[1]) else ""
        group.ticker = ticker if is_ticker(ticker) and not is_isin(ticker) else group.ticker
        group.name = entry.name[:LONGEST_NAME] or group.name
        group.kind = entry.kind
        group.exchange = entry.exchange or group.exchange
        if currency:
            group.currencies.add(currency)
        group.locked = group.locked or entry.locked
        group.typed = group.typed or entry.typed

    def finish(self) -> Import:
        """Everything that was collected; holdings by ticker, cash by currency, rejected rows by line."""
        held: dict[str, dict[str, Holding]] = {}
        lines: dict[str, list[int]] = {}
        sold = 0
        self._attribute()
        for group in self._joined():
            if group.unread:
                self._set_aside(group)
            elif group.shares < 0:
                self._reject_all(group, self._oversold(group))
            elif group.shares == 0:
                sold += 1
            else:
                holding = self._holding(group)
                if holding is not None:
                    mine = held.setdefault(group.account, {})
                    lines.setdefault(holding.ticker, []).extend(row.line for row in group.rows)
                    twin = mine.get(holding.ticker)
                    mine[holding.ticker] = holding if twin is None else joined(twin, holding)
        accounts = self._accounts(held)
        portfolio = total(accounts)
        return Import(
            format=self.form,
            portfolio=portfolio,
            rejected=tuple(sorted(self._rejected, key=lambda row: row.line)),
            remarks=(
                *said_of(lines, self._trades, sold, self._passed),
                *self.remarks,
                *naming_remarks(portfolio.holdings),
            ),
            accounts=accounts.accounts,
            questions=tuple(self.questions),
            unnamed=tuple(self.namer.unnamed),
        )

    def _accounts(self, held: dict[str, dict[str, Holding]]) -> Accounts:
        labels = sorted({*held, *(label for label, _ in self._cash)})
        accounts = Accounts(accounts=())
        for label in labels:
            name = self._account if not label or len(labels) == 1 else f"{self._account} {label}"
            if self._account == "main":
                name = label or name
            mine = held.get(label, {})
            cash = sorted((currency, amount) for (of, currency), amount in self._cash.items() if of == label)
            portfolio = Portfolio(
                holdings=tuple(mine[ticker] for ticker in sorted(mine)),
                cash=tuple(Cash(currency=currency, amount=amount) for currency, amount in cash),
            )
            accounts = with_account(accounts, Account(name=name, portfolio=portfolio, source=self.form))
        return accounts

    def _attribute(self) -> None:
        """Unread rows whose own identity nothing else has: whichever instrument their cells name is not
        whole."""
        named: dict[str, list[Group]] = {}
        for group in self._groups.values():
            for word in {group.isin, group.name, "" if group.isin else group.ticker} if group.rows else ():
                named.setdefault(word.casefold(), []).append(group)
        nameless: list[int] = []
        for row, key in self._loose:
            if key is not None and self._groups[key].rows:
                continue
            meant = {id(each): each for cell in row.cells if cell for each in named.get(cell.casefold(), ())}
            for group in meant.values():
                group.unread.append(row)
            if key is None and not meant and self._trades:
                nameless.append(row.line)
        if nameless:
            self.remarks.append(
                f"lines {listed(nameless)} could not be read and name no instrument: "
                "whichever is meant may be wrong"
            )

    def _joined(self) -> list[Group]:
        """The groups, where rows of one ticker without an ISIN join the only ISIN of that account that has
        this ticker."""
        by_ticker: dict[Key, list[Group]] = {}
        for group in self._groups.values():
            if group.isin and group.ticker:
                by_ticker.setdefault((group.account, group.ticker), []).append(group)
        kept = []
        for (account, named), group in self._groups.items():
            same = by_ticker.get((account, group.ticker or named), []) if not group.isin else []
            if len(same) == 1:
                same[0].shares += group.shares
                same[0].rows.extend(group.rows)
                same[0].lots.extend(group.lots)
                same[0].unread.extend(group.unread)
                same[0].currencies |= group.currencies
            else:
                kept.append(group)
        return kept

    def _holding(self, group: Group) -> Holding | None:
        # Bought in two currencies: neither is known to be the one its price is quoted in.
        currency = next(iter(group.currencies)) if len(group.currencies) == 1 else ""
        ticker = self.namer.ticker(group, currency, _trimmed(group.shares))
        if not ticker:
            symbol = group.ticker
            why = (
                f"{symbol} is a symbol without an exchange" if symbol else f"{group.name} has no ticker here"
            )
            self._reject_all(group, f"{why}: it is set aside until its ticker is named")
            return None
        return Holding(
            ticker=ticker,
            name=group.name or NOT_GIVEN,
            quantity=_trimmed(group.shares) if self._trades else group.shares,
            kind=group.kind,
            locked=group.locked,
            isin=group.isin or NOT_GIVEN,
            currency=currency or NOT_GIVEN,
            paid=cost_of(group.lots),
        )

    def _set_aside(self, group: Group) -> None:
        """Says that the readable rows of an instrument are not used, and why."""
        if not group.rows:
            return
        bad = listed([row.line for row in group.unread])
        name = group.ticker or group.isin or group.name
        self._reject_all(group, f"{name} is set aside with its rows: line {bad} of it could not be read")

    def _reject_all(self, group: Group, reason: str) -> None:
        lines = listed([row.line for row in group.rows])
        last = group.rows[-1]
        many = f" (lines {lines})" if len(group.rows) > 1 else ""
        self._rejected.append(RejectedRow(line=last.line, text=last.text, reason=f"{reason}{many}"))

    def _oversold(self, group: Group) -> str:
        name = group.ticker or group.isin or group.name
        return (
            f"{name}: {_trimmed(-group.shares):f} more were sold than bought here: {SHORT}, "
            "or the file begins after the purchase"
        )


def spelt(ticker: str) -> str:
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
