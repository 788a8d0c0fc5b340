"""The heartbeat says what happened, owes what it could not say, and never holds up a report."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.push import heartbeat as subject
from bot.push.heartbeat import Heartbeat, Ping, Post
from core.base.errors import LedgerFailed
from core.ports import Notes
from providers.ledger.notes import SqliteNotes
from providers.ledger.sqlite import SqliteLedger

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return NOW


class Address:
    """What stands at the other end."""

    def __init__(self, status: int = 200, answer: str = "OK") -> None:
        self.status, self.answer = status, answer
        self.heard: list[tuple[str, str]] = []

    async def post(self, address: str, body: str) -> tuple[int, str]:
        self.heard.append((address, body))
        return self.status, self.answer


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[SqliteNotes]:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    yield SqliteNotes(ledger.store)
    ledger.close()


def heartbeat(notes: Notes, post: Post, address: str | None = "https://hc.example/ping") -> Heartbeat:
    return Heartbeat(address=address, post=post, notes=notes, clock=Clock())


def noted(beat: Heartbeat, kind: Ping) -> str:
    last = beat.last(kind)
    assert last is not None
    return last[1]


async def test_each_kind_goes_to_its_path_with_a_short_body(notes: SqliteNotes) -> None:
    there = Address()
    beat = heartbeat(notes, there.post)

    said = [await beat.ping(kind, "x" * 9999) for kind in (Ping.START, Ping.SUCCESS, Ping.FAIL, Ping.ALIVE)]

    assert said == [True] * 4
    assert [address for address, _ in there.heard] == [
        "https://hc.example/ping/start",
        "https://hc.example/ping",
        "https://hc.example/ping/fail",
        "https://hc.example/ping",
    ]
    assert {len(body) for _, body in there.heard} == {subject.LONGEST_BODY}
    assert beat.last(Ping.FAIL) == (NOW, "")


async def test_when_the_bot_is_over_no_sign_of_life_takes_the_alarm_back(notes: SqliteNotes) -> None:
    there = Address()
    beat = heartbeat(notes, there.post)

    beat.over.set()
    said = [await beat.ping(kind, "x") for kind in (Ping.FAIL, Ping.ALIVE, Ping.SUCCESS)]

    assert said == [True, False, False]
    assert [address for address, _ in there.heard] == ["https://hc.example/ping/fail"]


async def test_the_alarm_arrives_after_a_sign_of_life_that_is_under_way_and_none_follows(
    notes: SqliteNotes,
) -> None:
    arrived: list[str] = []
    gate = asyncio.Event()

    async def post(address: str, _body: str) -> tuple[int, str]:
        if not address.endswith("/fail"):
            await gate.wait()
        arrived.append(address)
        return 200, "OK"

    beat = heartbeat(notes, post)
    alive = asyncio.create_task(beat.ping(Ping.ALIVE, "x"))
    late = asyncio.create_task(beat.ping(Ping.SUCCESS, "x"))
    await asyncio.sleep(0)
    beat.over.set()
    failing = asyncio.create_task(beat.ping(Ping.FAIL, "x"))
    await asyncio.sleep(0.02)
    gate.set()
    said = list(await asyncio.gather(alive, late, failing))

    assert said == [True, False, True]
    assert arrived == ["https://hc.example/ping", "https://hc.example/ping/fail"]


async def test_without_an_address_nothing_is_said_and_nothing_is_owed(notes: SqliteNotes) -> None:
    there = Address()
    beat = heartbeat(notes, there.post, None)

    beat.owe(Ping.FAIL, "x")
    await beat.settle()

    assert not await beat.ping(Ping.ALIVE, "x")
    assert there.heard == []
    assert beat.last(Ping.ALIVE) is None


async def test_an_address_that_hangs_costs_a_bounded_time(
    notes: SqliteNotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "PING_S", 0.05)

    async def hang(_address: str, _body: str) -> tuple[int, str]:
        await asyncio.sleep(60)
        return 200, "OK"

    beat = heartbeat(notes, hang)

    assert not await beat.ping(Ping.START, "x")
    assert "no answer within" in noted(beat, Ping.START)


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        (Address(answer="<!DOCTYPE html><title>Sign in</title>"), "web page"),
        (Address(answer="\n <html>"), "web page"),
        (Address(status=404, answer="not found"), "answered 404"),
        (Address(status=301, answer=""), "answered 301"),
    ],
)
async def test_an_answer_that_is_no_heartbeat_is_a_failure(
    notes: SqliteNotes, there: Address, reason: str
) -> None:
    beat = heartbeat(notes, there.post)

    assert not await beat.ping(Ping.SUCCESS, "x")
    assert reason in noted(beat, Ping.SUCCESS)


async def test_whatever_goes_wrong_is_noted_and_never_raised(notes: SqliteNotes) -> None:
    async def broken(_address: str, _body: str) -> tuple[int, str]:
        raise ZeroDivisionError

    assert not await heartbeat(notes, broken).ping(Ping.ALIVE, "x")


async def test_a_ledger_that_cannot_note_does_not_stop_the_ping() -> None:
    class Full:
        def note(self, name: str) -> str | None:
            return None

        def write_note(self, name: str, text: str, *, now: datetime) -> None:
            raise LedgerFailed("The disk is full.")

    there = Address()

    assert await heartbeat(Full(), there.post).ping(Ping.FAIL, "x")
    assert len(there.heard) == 1


async def test_what_is_owed_is_said_once_and_tried_until_it_arrives(notes: SqliteNotes) -> None:
    there = Address(status=500)
    beat = heartbeat(notes, there.post)
    beat.owe(Ping.FAIL, "older")
    beat.owe(Ping.SUCCESS, "newest")

    await beat.settle()
    there.status = 200
    await beat.settle()
    await beat.settle()

    assert there.heard == [("https://hc.example/ping", "newest")] * 2
