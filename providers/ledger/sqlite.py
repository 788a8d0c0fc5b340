"""The ledger: one SQLite file with all its books. Its own part are the portfolios; the last one saved is the
current one."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.base import canonical
from core.base.errors import NotFound
from core.portfolio.accounts import Accounts, alone, total
from core.portfolio.holding import Portfolio
from providers.ledger.leases import SqliteErrands
from providers.ledger.notes import SqliteNotes, SqliteWatchBook, SqliteWatchList
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.runs import Runs
from providers.ledger.store import Store, writes

if TYPE_CHECKING:
    from sqlite_utils import Database


class SqliteLedger(Runs):
    """Implements `core.ports.Ledger`. Raises LedgerFailed at once when the file cannot be trusted."""

    def __init__(self, path: Path | str) -> None:
        self.store = store = Store(path)
        self.notes = SqliteNotes(store)
        self.watched = SqliteWatchList(store)
        self.sightings = SqliteWatchBook(store)
        self.outbox = SqliteOutbox(store)
        self.pushes = SqlitePushBook(store)
        self.errands = SqliteErrands(store)

    def close(self) -> None:
        """Lets go of the file."""
        self.store.close()

    def as_one(self) -> AbstractContextManager[None]:
        return self.store.as_one()

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None:
        self.store.write(lambda db: _insert(db, accounts, at, origin))

    def accounts(self) -> Accounts:
        return self.store.read(lambda db: self._accounts(db, 0))

    def portfolio(self) -> Portfolio:
        return total(self.accounts())

    @writes
    def restore_accounts(self, db: "Database", *, at: datetime) -> Accounts:
        """Makes the former accounts the current ones, as a new entry: a second call undoes the first."""
        earlier = self._accounts(db, 1)
        _insert(db, earlier, at, "restored")
        return earlier

    def _accounts(self, db: "Database", back: int) -> Accounts:
        row = db.execute(
            "SELECT body FROM portfolios ORDER BY sequence DESC LIMIT 1 OFFSET ?", [back]
        ).fetchone()
        if row is None:
            raise NotFound("There is no earlier portfolio." if back else "There is no portfolio yet.")
        if '"accounts"' in row[0][:12]:
            return self._value(Accounts, row[0], "the portfolio")
        return alone(self._value(Portfolio, row[0], "the portfolio"))  # before there were accounts


def _insert(db: "Database", accounts: Accounts, at: datetime, origin: str) -> None:
    row = {"saved": at.isoformat(), "origin": origin, "body": canonical.dumps(accounts)}
    db.table("portfolios").insert(row)
