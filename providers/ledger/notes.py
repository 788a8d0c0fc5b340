"""Small things by name, and what the daily watch has already said."""

from datetime import datetime
from typing import TYPE_CHECKING

from core.due.message import Message
from providers.ledger import outbox
from providers.ledger.store import Store
from providers.ledger.times import from_text, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database


class SqliteNotes:
    """Implements `core.ports.Notes`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, name: str) -> str | None:
        return self._store.read(lambda db: read_note(db, name))

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self._store.write(lambda db: write_note(db, name, text, now))


class SqliteWatchBook:
    """Implements `core.ports.WatchBook`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def watched_since(self, ticker: str, now: datetime) -> datetime:
        """When the watch first looked at this name; the first call is that moment."""
        name = f"watched since {ticker}"

        def change(db: "Database") -> datetime:
            known = read_note(db, name)
            if known is None:
                write_note(db, name, to_text(now), now)
            return from_text(known or to_text(now))

        return self._store.write(change)

    def unseen(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        def ask(db: "Database") -> tuple[str, ...]:
            return tuple(
                key
                for key in keys
                if db.execute("SELECT 1 FROM seen WHERE key = ?", [key]).fetchone() is None
            )

        return self._store.read(ask)

    def announce(self, keys: tuple[str, ...], message: Message, *, now: datetime) -> bool:
        """False if this message's key was used before: then nothing was queued and nothing was marked."""

        def change(db: "Database") -> bool:
            if db.execute("SELECT 1 FROM outbox WHERE key = ?", [message.key]).fetchone() is not None:
                return False
            for key in keys:
                db.execute("INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING", [key, to_text(now)])
            outbox.put(db, (message,), now)
            return True

        return self._store.write(change)


def read_note(db: "Database", name: str) -> str | None:
    """What was noted under `name`, inside the caller's transaction."""
    row = db.execute("SELECT body FROM notes WHERE name = ?", [name]).fetchone()
    return None if row is None else str(row[0])


def write_note(db: "Database", name: str, text: str, now: datetime) -> None:
    """Notes `text`, in place of what was there, inside the caller's transaction."""
    db.execute(
        "INSERT INTO notes VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body, written = excluded.written",
        [name, text, to_text(now)],
    )
