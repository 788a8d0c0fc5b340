"""A failed run says since when its sources cannot be read; the daily watch keeps the count between
reports."""

from dataclasses import replace
from datetime import date

import pytest

from core.base.errors import SourceFailed, SourcesFailed
from core.base.gap import NOT_GIVEN
from core.engine.engine import Engine
from core.engine.terms import Forgetful
from core.facts.fact import SourceClass, State
from core.market.quote import FxTable
from tests.core.engine.fakes import Fx, Notes, Wire, engine


def _noting(notes: Notes, *wires: Wire) -> Engine:
    subject = engine(facts=wires, frozen_at=NOT_GIVEN)
    subject.doors = replace(subject.doors, notes=notes)
    return subject


def _later(subject: Engine, *, minutes: int) -> None:
    for _ in range(minutes * 60):
        subject.doors.clock.now()


async def test_a_second_failure_says_since_the_first() -> None:
    subject = _noting(Notes(), Wire(down=True))

    with pytest.raises(SourcesFailed, match=r"since 24 Apr 23:00: The fake is down. What to do: "):
        await subject.freeze()
    _later(subject, minutes=5)
    with pytest.raises(SourcesFailed, match="since 24 Apr 23:00: "):
        await subject.freeze()


async def test_a_success_between_begins_the_count_anew() -> None:
    wire = Wire(down=True)
    notes = Notes()
    subject = _noting(notes, wire)
    with pytest.raises(SourcesFailed):
        await subject.freeze()

    wire.down = False
    await subject.freeze()
    wire.down = True
    _later(subject, minutes=5)

    assert notes.kept == {"sources failing since": "[]"}
    with pytest.raises(SourcesFailed, match="since 24 Apr 23:05"):
        await subject.freeze()


async def test_a_run_without_failures_notes_nothing() -> None:
    notes = Notes()

    await _noting(notes, Wire()).freeze()

    assert notes.kept == {}


async def test_the_watch_counts_for_official_sources_and_leaves_the_others() -> None:
    regulator, wire = Wire(), Wire(name="wire", source_class=SourceClass.NEWSWIRE, down=True)
    subject = _noting(Notes(), regulator, wire)
    with pytest.raises(SourcesFailed, match="newswire"):
        await subject.freeze()

    regulator.states = {"AAA": State.FAILED, "BBB": State.FAILED}
    _later(subject, minutes=1)
    await subject.watch()
    _later(subject, minutes=10)

    with pytest.raises(
        SourcesFailed, match=r"official source is down. fake regulator could not be read since 24 Apr 23:01"
    ):
        await subject.freeze()
    regulator.states = {}
    with pytest.raises(SourcesFailed, match="wire could not be read since 24 Apr 23:00"):
        await subject.freeze()


async def test_rates_that_cannot_be_read_say_since_when() -> None:
    class Down(Fx):
        async def rates(self, day: date) -> FxTable:
            raise SourceFailed("No rates.", source=self.name)

    subject = _noting(Notes(), Wire())
    subject.doors = replace(subject.doors, sources=replace(subject._sources(), fx=Down()))

    with pytest.raises(
        SourceFailed, match=r"No rates. fake rates could not be read since 24 Apr 23:00. What to do"
    ):
        await subject.freeze()
    _later(subject, minutes=5)
    with pytest.raises(SourceFailed, match="since 24 Apr 23:00") as caught:
        await subject.freeze()

    assert (caught.value.source, caught.value.permanent) == ("fake rates", False)


def test_an_engine_without_notes_remembers_nothing() -> None:
    notes = Forgetful()

    notes.write_note("a", "b", now=engine().doors.clock.now())

    assert notes.note("a") is None
