"""Since when a source is down is kept in the ledger's file, so that a restart does not begin the count
anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_engine
from bot.settings import Settings
from core.base.errors import SourcesFailed
from core.base.gap import NOT_GIVEN
from providers.ledger.notes import SqliteNotes
from providers.ledger.sqlite import SqliteLedger
from tests.core.engine.fakes import Wire, engine


async def test_since_when_a_source_is_down_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = SqliteLedger(path)
    before = engine(facts=(Wire(down=True),), frozen_at=NOT_GIVEN)
    before.doors = replace(before.doors, notes=SqliteNotes(ledger.store))
    with pytest.raises(SourcesFailed):
        await before.freeze()
    ledger.close()

    ledger = SqliteLedger(path)
    after = engine(facts=(Wire(down=True),), frozen_at=NOT_GIVEN)
    after.doors = replace(after.doors, notes=SqliteNotes(ledger.store))
    for _ in range(600):  # ten minutes
        after.doors.clock.now()

    with pytest.raises(SourcesFailed, match="fake regulator could not be read since 24 Apr 23:00"):
        await after.freeze()
    ledger.close()


async def test_the_engine_of_the_house_remembers_in_its_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async with open_engine(Settings(model="rehearsal"), asks_sources=False) as subject:
        notes = subject.doors.notes

    assert isinstance(notes, SqliteNotes)
