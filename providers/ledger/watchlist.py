"""The owner's watch list, kept as one note, so that it needs no table of its own and travels with every backup."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from core.base.errors import LedgerFailed
from core.base.names import is_ticker
from providers.ledger.notes import read_note, write_note
from providers.ledger.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

NOTE = "watch list"


class SqliteWatchList:
    """Implements `core.ports.WatchList`, and `core.ports.UniverseSource` by it. Changes are read and written in one
    transaction: the bot and the command line may both be at it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def tickers(self) -> tuple[str, ...]:
        """The universe when no file names one."""
        return self.names()

    def names(self) -> tuple[str, ...]:
        return self._store.read(_read)

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

    def _change(
        self,
        choose: Callable[[tuple[str, ...]], tuple[str, ...]],
        result: Callable[[tuple[str, ...], tuple[str, ...]], tuple[str, ...]],
        now: datetime,
    ) -> tuple[str, ...]:
        def change(db: "Database") -> tuple[str, ...]:
            known = _read(db)
            found = choose(known)
            if found:
                write_note(db, NOTE, json.dumps(result(known, found)), now)
            return found

        return self._store.write(change)


def _read(db: "Database") -> tuple[str, ...]:
    noted = read_note(db, NOTE)
    if not noted:
        return ()
    try:
        names = json.loads(noted)
    except json.JSONDecodeError:
        names = None
    if not isinstance(names, list) or not all(isinstance(one, str) and is_ticker(one) for one in names):
        raise LedgerFailed("The watch list in the ledger cannot be read: it is not a list of tickers.")
    return tuple(names)
