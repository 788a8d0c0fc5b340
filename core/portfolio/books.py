"""The one way by which chat and terminal change the portfolio that the ledger keeps: typed changes, imports,
undo.

Refuses every change while a file wins over the ledger (PORTFOLIO_FILE): it would be remembered and never
used.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from core.base.errors import BadRequest, NotFound
from core.base.gap import Gap
from core.base.names import fold_ticker, is_ticker
from core.portfolio.accounts import NO_ACCOUNTS, Accounts, edit, is_move, move, total, with_account
from core.portfolio.editing import Change, Verb, found, held, is_change, read_change
from core.portfolio.holding import Holding, Portfolio
from core.portfolio.isin import is_isin
from core.portfolio.listings import Moved

TICKERS, TABLES, MOVED = "portfolio tickers", "portfolio tables", "portfolio moved"


NAME_FORM = ("name ISIN = TICKER", "the ticker of an ISIN, a broker's symbol or a name, for every import")
_NAME = re.compile(r"name +(?P<identity>.+?) *= *(?P<ticker>\S+)", re.IGNORECASE)


def is_edit(text: str) -> bool:
    """Whether `text` is something that `Books.change` does."""
    return is_change(text) or is_move(text) or _NAME.fullmatch(text.strip()) is not None


class Kept(Protocol):
    """What of a ledger is needed here. `accounts` raises NotFound when there are none yet."""

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None: ...

    def accounts(self) -> Accounts: ...

    def restore_accounts(self, *, at: datetime) -> Accounts: ...


class Memory(Protocol):
    """Small things by name (`core.ports.Notes`)."""

    def note(self, name: str) -> str | None: ...

    def write_note(self, name: str, text: str, *, now: datetime) -> None: ...


class Books:
    """`pinned` names the file that wins over the ledger, or is empty. What its owner confirmed once is kept
    in `memory`."""

    def __init__(self, kept: Kept, memory: Memory, *, pinned: str = "") -> None:
        self._kept = kept
        self._memory = memory
        self.pinned = pinned

    def tickers(self) -> Mapping[str, str]:
        """Identity (an ISIN, a broker's symbol, a name) → ticker: as confirmed, and as the portfolio has
        it."""
        return {**tickers_by_isin(total(self.accounts())), **self._remembered(TICKERS)}

    def tables(self) -> Mapping[str, str]:
        """Header of a table → how its columns are read, as confirmed."""
        return self._remembered(TABLES)

    def keep_table(self, header: str, reading: str, *, at: datetime) -> None:
        self._remember(TABLES, header, reading, at)

    def keep_ticker(self, identity: str, ticker: str, *, at: datetime, origin: str) -> None:
        """The owner's word for ever: later imports use it, and what is held under this ISIN gets it now.

        Raises BadRequest where the ticker is held already: two positions are only added by their owner.
        """
        before = self.accounts()
        held_so = not self.pinned and any(
            each.ticker == identity for account in before.accounts for each in account.portfolio.holdings
        )
        if held_so and ticker != identity:
            change = Change(verb=Verb.RENAME, ticker=identity, new=ticker)
            self._save(edit(before, change), at=at, origin=origin)
        self._remember(TICKERS, identity, ticker, at)

    def settled(self) -> frozenset[str]:
        """The keys of what moved and was answered, with yes or no."""
        return frozenset(self._remembered(MOVED))

    def settle(self, moved: Moved, *, apply: bool, at: datetime, origin: str) -> None:
        """The owner's answer to a split or a new ticker: done as if he had typed it, or left; never asked
        again."""
        if apply:
            self.change(moved.typed, at=at, origin=origin)
        self._remember(MOVED, moved.key, "done" if apply else "left", at)

    def _remembered(self, name: str) -> dict[str, str]:
        kept: dict[str, str] = json.loads(self._memory.note(name) or "{}")
        return kept

    def _remember(self, name: str, key: str, value: str, at: datetime) -> None:
        kept = json.dumps({**self._remembered(name), key: value}, ensure_ascii=False, sort_keys=True)
        self._memory.write_note(name, kept, now=at)

    def accounts(self) -> Accounts:
        """What the ledger keeps, none when it keeps nothing."""
        try:
            return self._kept.accounts()
        except NotFound:
            return NO_ACCOUNTS

    def introduces(self, text: str) -> str:
        """The ticker that what was typed would bring in for the first time, or nothing. Raises BadRequest."""
        if not is_change(text):
            return ""
        change = read_change(text)
        ticker = change.new if change.verb is Verb.RENAME else change.ticker
        new = change.verb in {Verb.ADD, Verb.SET, Verb.RENAME} and not is_isin(ticker)
        held_already = found(total(self.accounts()), ticker) is not None
        return ticker if new and not held_already and not self.pinned else ""

    def change(self, text: str, *, at: datetime, origin: str) -> Accounts:
        """Does what was typed. Raises BadRequest and NotFound with one sentence; then nothing was changed."""
        if named := _NAME.fullmatch(text.strip()):
            ((identity, ticker),) = aliases([f"{named['identity']}={named['ticker']}"]).items()
            self.keep_ticker(identity, ticker, at=at, origin=origin)
            return self.accounts()
        if is_move(text):
            self.demand_open()
            return self._save(move(self.accounts(), text), at=at, origin=origin)
        change = read_change(text)
        self.demand_open()
        if change.verb is Verb.UNDO:
            return self._kept.restore_accounts(at=at)
        before = self.accounts()
        after = self._save(edit(before, change), at=at, origin=origin)
        if change.verb is Verb.RENAME:
            isin = held(total(before), change.ticker).isin
            if not isinstance(isin, Gap):
                self._remember(TICKERS, isin, change.new, at)
        return after

    def put(self, imported: Accounts, *, whole: bool, at: datetime, origin: str) -> Accounts:
        """Imported accounts take the place of those of their names, or of all with `whole`. What was locked
        stays locked.

        Raises BadRequest while a file wins.
        """
        self.demand_open()
        before = self.accounts()
        locked = {key for each in total(before).holdings if each.locked for key in (each.ticker, each.isin)}
        after = NO_ACCOUNTS if whole else before
        for account in imported.accounts:
            holdings = tuple(
                replace(each, locked=each.locked or each.ticker in locked or each.isin in locked)
                for each in account.portfolio.holdings
            )
            after = with_account(
                after,
                replace(account, portfolio=replace(account.portfolio, holdings=holdings), since=at.date()),
            )
        return self._save(after, at=at, origin=origin)

    def doubles(self, imported: Accounts) -> tuple[str, ...]:
        """Other accounts that hold much of what is imported: the same shares would count twice."""
        mine = {key for each in total(imported).holdings for key in _keys(each)}
        names = {account.name.casefold() for account in imported.accounts}
        return tuple(
            account.name
            for account in self.accounts().accounts
            if account.name.casefold() not in names
            and 2 * sum(bool(_keys(each) & mine) for each in account.portfolio.holdings)
            >= max(1, len(account.portfolio.holdings))
        )

    def demand_open(self) -> None:
        """Raises BadRequest while a file wins over the ledger."""
        if self.pinned:
            raise BadRequest(
                f"Nothing was changed: PORTFOLIO_FILE is set, reports read {self.pinned} and not the "
                "ledger's portfolio. "
                "Change that file, or take the setting out."
            )

    def _save(self, accounts: Accounts, *, at: datetime, origin: str) -> Accounts:
        self._kept.save_accounts(accounts, at=at, origin=origin)
        return accounts


def _keys(holding: Holding) -> set[str]:
    return {holding.ticker, *(() if isinstance(holding.isin, Gap) else (holding.isin,))}


def tickers_by_isin(portfolio: Portfolio) -> Mapping[str, str]:
    """What the owner's portfolio already knows: ISIN → ticker, for holdings that have both."""
    return {
        each.isin: each.ticker
        for each in portfolio.holdings
        if not isinstance(each.isin, Gap) and each.ticker != each.isin
    }


def aliases(words: Iterable[str]) -> Mapping[str, str]:
    """`IDENTITY=TICKER` words: an ISIN, a broker's symbol or a name. Raises BadRequest naming the one that is
    neither."""
    named = {}
    for word in words:
        identity, _, ticker = (part.strip() for part in word.rpartition("="))
        if not identity or not is_ticker(ticker):
            raise BadRequest(f"{word[:60]!r} is not ISIN=TICKER (as in DE0005557508=DTE.DE).")
        named[identity.upper() if is_isin(identity.upper()) else identity] = fold_ticker(ticker)
    return named
