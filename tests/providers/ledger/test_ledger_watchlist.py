from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.errors import LedgerFailed
from providers.ledger.notes import WATCH_LIST as NOTE
from providers.ledger.notes import SqliteNotes, SqliteWatchList
from providers.ledger.sqlite import SqliteLedger
from providers.ledger.store import Store

NOW = datetime(2026, 4, 24, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    ledger = SqliteLedger(tmp_path / "condorcet.sqlite")
    yield ledger.store
    ledger.close()


async def test_names_are_kept_in_the_order_they_were_added_and_serve_as_the_universe(store: Store) -> None:
    watched = SqliteWatchList(store)

    assert watched.add(("NVDA", "MC.PA", "NVDA"), now=NOW) == ("NVDA", "MC.PA")
    assert watched.add(("MC.PA", "AAPL"), now=NOW) == ("AAPL",)

    assert watched.names() == ("NVDA", "MC.PA", "AAPL")
    assert await SqliteWatchList(store).tickers() == ("NVDA", "MC.PA", "AAPL")


def test_only_what_was_there_is_removed(store: Store) -> None:
    watched = SqliteWatchList(store)
    watched.add(("NVDA", "AAPL"), now=NOW)

    assert watched.remove(("AAPL", "GE"), now=NOW) == ("AAPL",)
    assert watched.remove(("AAPL",), now=NOW) == ()
    assert watched.names() == ("NVDA",)


def test_an_empty_list_is_no_universe(store: Store) -> None:
    assert SqliteWatchList(store).names() == ()


@pytest.mark.parametrize("text", ["{", '{"a": 1}', '["a b c"]', "[3]"])
def test_a_list_that_cannot_be_read_is_said_and_not_taken_for_an_empty_one(store: Store, text: str) -> None:
    SqliteNotes(store).write_note(NOTE, text, now=NOW)

    with pytest.raises(LedgerFailed, match="watch list"):
        SqliteWatchList(store).names()
