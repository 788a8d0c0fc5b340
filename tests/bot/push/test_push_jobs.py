"""The library's real job queue: a blocked loop drops nothing, and alive is said only when it would fire."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram.ext import ApplicationBuilder

from bot.local import LocalTelegram
from bot.push import jobs as subject
from bot.push.jobs import Schedule
from tests.bot.push_house import OWNER, House, SetClock, World


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
async def queue():
    application = ApplicationBuilder().token("1:x").build()
    assert application.job_queue is not None
    await application.job_queue.start()
    yield application.job_queue
    await application.job_queue.stop(wait=False)


class Kicked:
    """A watch that only counts."""

    def __init__(self) -> None:
        self.kicks = 0
        self.parked = False

    def kick(self) -> None:
        self.kicks += 1

    async def park(self) -> None:
        self.parked = True


@pytest.fixture
async def house(tmp_path: Path):
    async with LocalTelegram() as local:
        local.person(OWNER, "Ada")
        world = World(clock=SetClock(datetime.now(UTC)))
        async with House(world, tmp_path / "ledger.sqlite", local) as opened:
            yield opened


async def test_a_loop_blocked_over_the_instant_still_looks(
    house: House, queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "INTERVAL", timedelta(seconds=0.2))
    watch = Kicked()
    schedule = Schedule(house.desk, house.plan, queue, watch=watch)
    await schedule.start()
    time.sleep(2.5)  # noqa: ASYNC251  # blocking the loop is the fault that is injected here

    await asyncio.sleep(0.5)

    assert watch.kicks >= 2
    await schedule.park()
    assert watch.parked


async def test_alive_is_true_only_while_the_next_look_is_in_the_book(house: House, queue) -> None:
    schedule = Schedule(house.desk, house.plan, queue)
    before = schedule.would_fire()
    await schedule.start()
    during = schedule.would_fire()
    house.world.clock.at = datetime.now(UTC) - timedelta(hours=1)
    too_far_off = schedule.would_fire()
    house.world.clock.at = datetime.now(UTC)
    for job in queue.get_jobs_by_name(subject.LOOK):
        job.schedule_removal()
    removed = schedule.would_fire()

    assert (before, during, too_far_off, removed) == (False, True, False, False)
    await schedule.park()


async def test_a_scheduler_that_was_stopped_would_not_fire(house: House, queue) -> None:
    schedule = Schedule(house.desk, house.plan, queue)
    await schedule.start()
    await queue.stop(wait=False)

    assert not schedule.would_fire()
    await schedule.park()


async def test_one_job_waits_for_the_due_instant_and_only_one(house: House, queue) -> None:
    schedule = Schedule(house.desk, house.plan, queue)
    await schedule.start()

    await schedule._look(None)

    (job,) = queue.get_jobs_by_name(subject.INSTANT)
    assert job.next_t == schedule.reconciler.next_due()
    await schedule.park()


async def test_stopping_the_queue_does_not_wait_for_a_report(house: House, queue) -> None:
    schedule = Schedule(house.desk, house.plan, queue)
    await schedule.start()
    await schedule.reconciler.park()

    async def slow(**_: object):
        await asyncio.sleep(600)

    house.engine.analyze = slow
    house.world.clock.at = schedule.reconciler.next_due()
    await schedule._look(None)
    await asyncio.sleep(0.1)
    begun = time.monotonic()

    await schedule.park()
    await queue.stop()

    assert time.monotonic() - begun < 3
