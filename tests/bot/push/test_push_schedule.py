"""The two loops: a blocked loop and a jumping clock pass nothing over, the outbox is tried at its own time,
and what dies says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ApplicationBuilder

from bot.push import schedule as subject
from bot.push.desk import Ticking
from bot.push.schedule import Schedule
from core.base.errors import LedgerFailed
from core.due.message import Message, MessageKind
from tests.bot.push_house import OWNER, House, SetClock, World, shown
from tests.local_telegram import Flood, LocalTelegram


class RealClock(SetClock):
    """A clock that goes."""

    def __init__(self) -> None:
        super().__init__(datetime.now(UTC))

    def now(self) -> datetime:
        return datetime.now(UTC)


class Kicked(Ticking):
    """A watch that only counts."""

    def __init__(self) -> None:
        self.kicks = 0
        self.parked = False

    async def tick(self) -> None:
        raise AssertionError("it only counts")

    def kick(self) -> None:
        self.kicks += 1

    def demand_alive(self) -> None:
        pass

    async def park(self) -> None:
        self.parked = True


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        telegram.person(OWNER, "Ada")
        telegram.person(OWNER + 1, "Bob")
        yield telegram


@pytest.fixture
async def house(tmp_path: Path, local: LocalTelegram) -> AsyncIterator[House]:
    world = World(clock=SetClock(datetime.now(UTC)))
    async with House(world, tmp_path / "ledger.sqlite", local) as opened:
        yield opened


@asynccontextmanager
async def running(*loops: Coroutine[Any, Any, None]) -> AsyncIterator[list["asyncio.Task[None]"]]:
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def queue(schedule: Schedule) -> None:
    """The library's own job queue, turning the schedule as the bot lets it."""
    application = ApplicationBuilder().token("1:a").updater(None).build()
    assert application.job_queue is not None
    application.job_queue.run_repeating(
        lambda _: schedule.turn(),
        interval=0.05,
        first=0,
        job_kwargs={"misfire_grace_time": None, "coalesce": True},
    )
    await application.job_queue.start()
    try:
        await asyncio.sleep(3600)
    finally:
        await application.job_queue.stop(wait=False)


def message(key: str, chat: int = OWNER, position: int = 0) -> Message:
    return Message(
        key=key,
        batch=key,
        position=position,
        chat_id=chat,
        kind=MessageKind.TEXT,
        placeholder="…",
        html=key,
        plain=key,
    )


async def until(true: Callable[[], bool], seconds: float = 5.0) -> float:
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds
        await asyncio.sleep(0.01)
    return time.monotonic() - begun


async def test_a_loop_that_was_blocked_over_the_instant_still_looks(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "INTERVAL", timedelta(seconds=0.2))
    monkeypatch.setattr(subject, "LONGEST_S", 0.1)
    watch = Kicked()
    schedule = Schedule(house.desk, house.plan, watch=watch)
    await schedule.start()
    async with running(queue(schedule), schedule.look()):
        await asyncio.sleep(0)
        time.sleep(1.5)  # noqa: ASYNC251  # blocking the loop is the fault that is injected here

        await until(lambda: watch.kicks >= 2)

    await schedule.park()
    assert watch.parked


async def test_a_clock_that_is_set_forward_over_the_instant_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "LONGEST_S", 0.1)
    watch = Kicked()
    schedule = Schedule(house.desk, house.plan, watch=watch)
    await schedule.start()
    async with running(queue(schedule), schedule.look()):
        await asyncio.sleep(0.05)
        house.world.clock.at = schedule.reconciler.next_due() + timedelta(seconds=1)

        await until(lambda: watch.kicks == 2)

    await schedule.park()


async def test_a_look_that_dies_of_an_error_of_the_program_ends_the_loop(house: House) -> None:
    schedule = Schedule(house.desk, house.plan)
    await schedule.start()
    await house.settled()

    async def dies() -> None:
        raise ZeroDivisionError("a bug")

    schedule.reconciler._task = asyncio.create_task(dies())
    await asyncio.sleep(0)
    house.world.clock.at = schedule.reconciler.next_due()
    async with running(schedule.look(), queue(schedule)) as (loop, _):
        await until(loop.done)

        with pytest.raises(ZeroDivisionError):
            loop.result()


async def test_a_job_queue_that_no_longer_turns_ends_the_loop(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "PATIENCE_S", 0.1)
    schedule = Schedule(house.desk, house.plan)
    await schedule.start()
    async with running(schedule.look()) as (loop,):
        await until(loop.done)

        with pytest.raises(RuntimeError, match="no longer turns"):
            loop.result()
    await schedule.park()


async def test_what_is_put_in_goes_out_at_once_when_the_pump_is_poked(
    house: House, local: LocalTelegram
) -> None:
    worked: list[str] = []
    schedule = Schedule(house.desk, house.plan, worked=worked.append)
    async with running(schedule.pump()):
        await until(lambda: "outbox" in worked)
        house.outbox.put((message("hello"),), now=house.world.clock.now())
        house.desk.poke.set()

        await until(lambda: shown(local) == ["hello"])


async def test_a_message_that_must_wait_is_tried_when_its_time_has_come_and_others_do_not_wait_for_it(
    local: LocalTelegram, tmp_path: Path
) -> None:
    world = World(clock=RealClock())
    async with House(world, tmp_path / "other.sqlite", local) as house:
        local.inject(Flood(2), "sendMessage", times=1)
        schedule = Schedule(house.desk, house.plan)
        house.outbox.put((message("slow"),), now=world.clock.now())
        async with running(schedule.pump()):
            await until(lambda: house.outbox.waiting()[0].attempts == 1)
            house.outbox.put((message("other", OWNER + 1),), now=world.clock.now())
            house.desk.poke.set()
            at_once = await until(lambda: bool(local.world.chats[OWNER + 1].messages))

            waited = await until(lambda: shown(local) == ["slow"], 8.0)

    assert at_once < 1.0
    assert 1.5 < waited < 5.0


async def test_a_ledger_that_cannot_be_read_for_a_while_ends_neither_loop(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "LONGEST_S", 0.05)
    schedule = Schedule(house.desk, house.plan)
    await schedule.start()
    await house.settled()

    def locked(call: str) -> None:
        if "outbox" in call or "book" in call:
            raise LedgerFailed("The ledger is locked.")

    house.world.step = locked
    async with running(schedule.look(), schedule.pump(), queue(schedule)) as loops:
        await asyncio.sleep(0.3)

        assert not any(loop.done() for loop in loops)

    house.world.step = lambda _: None
    await schedule.park()


async def test_parking_does_not_wait_for_a_report(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = Schedule(house.desk, house.plan)
    await schedule.start()
    await house.settled()

    async def slow(**_: object) -> None:
        await asyncio.sleep(600)

    monkeypatch.setattr(house.engine, "analyze", slow)
    house.world.clock.at = schedule.reconciler.next_due()
    schedule.reconciler.kick()
    await asyncio.sleep(0.1)
    begun = time.monotonic()

    await schedule.park()

    assert time.monotonic() - begun < 3
