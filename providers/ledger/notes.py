"""Small things by name: notes, the owner's watch list (one note: no table, and it travels with every backup),
and what the daily watch has already said."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from core.base.errors import LedgerFailed
from core.base.names import is_ticker
from core.due.message import Message
from providers.ledger import outbox
from providers.ledger.store import Book, from_text, reads, to_text, writes

if TYPE_CHECKING:
    from sqlite_utils import Database


WATCH_LIST = "watch list"


class SqliteNotes(Book):
    """Implements `core.ports.Notes`."""

    def note(self, name: str) -> str | None:
        return self.store.read(lambda db: read_note(db, name))

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.store.write(lambda db: write_note(db, name, text, now))


class SqliteWatchBook(Book):
    """Implements `core.ports.WatchBook`."""

    @writes
    def watched_since(self, db: "Database", ticker: str, now: datetime) -> datetime:
        """When the watch first looked at this name; the first call is that moment."""
        name = f"watched since {ticker}"
        known = read_note(db, name)
        if known is None:
            write_note(db, name, to_text(now), now)
        return from_text(known or to_text(now))

    @reads
    def unseen(self, db: "Database", keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            key for key in keys if db.execute("SELECT 1 FROM seen WHERE key = ?", [key]).fetchone() is None
        )

    @writes
    def announce(self, db: "Database", keys: tuple[str, ...], message: Message, *, now: datetime) -> bool:
        """False if this message's key was used before: then nothing was queued and nothing was marked."""
        if db.execute("SELECT 1 FROM outbox WHERE key = ?", [message.key]).fetchone() is not None:
            return False
        for key in keys:
            db.execute("INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING", [key, to_text(now)])
        outbox.put(db, (message,), now)
        return True


class SqliteWatchList(Book):
    """Implements `core.ports.WatchList`, and `core.ports.UniverseSource` by it. Changes are read and written
    in one transaction: the bot and the command line may both be at it."""

    async def tickers(self) -> tuple[str, ...]:
        """The universe when no file names one."""
        return self.names()

    def names(self) -> tuple[str, ...]:
        return self.store.read(_read_names)

    def add(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]:
        """Those that were not there; a ticker named twice is added once."""
        return self._change(
            lambda known: tuple(dict.fromkeys(one for one in tickers if one not in known)),
            lambda known, found: (*known, *found),
            now,
        )

    def remove(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]:
        """Those that were there."""
        return self._change(
            lambda known: tuple(one for one in known if one in tickers),
            lambda known, found: tuple(one for one in known if one not in found),
            now,
        )

    @writes
    def _change(
        self,
        db: "Database",
        choose: Callable[[tuple[str, ...]], tuple[str, ...]],
        result: Callable[[tuple[str, ...], tuple[str, ...]], tuple[str, ...]],
        now: datetime,
    ) -> tuple[str, ...]:
        known = _read_names(db)
        found = choose(known)
        if found:
            write_note(db, WATCH_LIST, json.dumps(result(known, found)), now)
        return found


def _read_names(db: "Database") -> tuple[str, ...]:
    noted = read_note(db, WATCH_LIST)
    if not noted:
        return ()
    try:
        names = json.loads(noted)
    except json.JSONDecodeError:
        names = None
    if not isinstance(names, list) or not all(isinstance(one, str) and is_ticker(one) for one in names):
        raise LedgerFailed("The watch list in the ledger cannot be read: it is not a list of tickers.")
    return tuple(names)


def read_note(db: "Database", name: str) -> str | None:
    """What was noted under `name`, inside the caller's transaction."""
    row = db.execute("SELECT body FROM notes WHERE name = ?", [name]).fetchone()
    return None if row is None else str(row[0])


def write_note(db: "Database", name: str, text: str, now: datetime) -> None:
    """Notes `text`, in place of what was there, inside the caller's transaction."""
    db.execute(
        "INSERT INTO notes VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body, written = "
        "excluded.written",
        [name, text, to_text(now)],
    )
