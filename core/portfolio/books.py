"""The one way by which chat and terminal change the portfolio that the ledger keeps: typed changes, imports, undo.

Refuses every change while a file wins over the ledger (PORTFOLIO_FILE): it would be remembered and never used.
"""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from core.base.errors import BadRequest, NotFound
from core.portfolio.accounts import NO_ACCOUNTS, Accounts, edit, is_move, move, total, with_account
from core.portfolio.editing import Verb, read_change


class Kept(Protocol):
    """What of a ledger is needed here. `accounts` raises NotFound when there are none yet."""

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None: ...

    def accounts(self) -> Accounts: ...

    def restore_accounts(self, *, at: datetime) -> Accounts: ...


class Books:
    """`pinned` names the file that wins over the ledger, or is empty."""

    def __init__(self, kept: Kept, *, pinned: str = "") -> None:
        self._kept = kept
        self._pinned = pinned

    def accounts(self) -> Accounts:
        """What the ledger keeps, none when it keeps nothing."""
        try:
            return self._kept.accounts()
        except NotFound:
            return NO_ACCOUNTS

    def change(self, text: str, *, at: datetime, origin: str) -> Accounts:
        """Does what was typed. Raises BadRequest and NotFound with one sentence; then nothing was changed."""
        if is_move(text):
            self.demand_open()
            return self._save(move(self.accounts(), text), at=at, origin=origin)
        change = read_change(text)
        self.demand_open()
        if change.verb is Verb.UNDO:
            return self._kept.restore_accounts(at=at)
        return self._save(edit(self.accounts(), change), at=at, origin=origin)

    def put(self, imported: Accounts, *, whole: bool, at: datetime, origin: str) -> Accounts:
        """Imported accounts take the place of those of their names, or of all with `whole`. What was locked stays locked.

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
                after, replace(account, portfolio=replace(account.portfolio, holdings=holdings))
            )
        return self._save(after, at=at, origin=origin)

    def demand_open(self) -> None:
        """Raises BadRequest while a file wins over the ledger."""
        if self._pinned:
            raise BadRequest(
                f"Nothing was changed: PORTFOLIO_FILE is set, reports read {self._pinned} and not the ledger's portfolio. "
                "Change that file, or take the setting out."
            )

    def _save(self, accounts: Accounts, *, at: datetime, origin: str) -> Accounts:
        self._kept.save_accounts(accounts, at=at, origin=origin)
        return accounts
