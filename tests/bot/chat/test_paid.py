import asyncio

import pytest

from bot.chat.paid import Paid


async def test_a_run_that_is_called_off_before_its_first_step_still_gets_to_say_so() -> None:
    paid, said = Paid(), []

    async def work() -> None:
        try:
            paid.enter()
            said.append("asked the model")
        except asyncio.CancelledError:
            said.append("called off")

    with paid.starting():
        assert paid.cancel()
        task = asyncio.create_task(work())
        paid.begin(task)
    assert paid.cancel()
    await task

    assert said == ["called off"]


async def test_a_running_task_is_cancelled_and_nothing_is_cancelled_after_its_end() -> None:
    paid = Paid()

    async def work() -> None:
        paid.enter()
        await asyncio.Event().wait()

    paid.begin(asyncio.create_task(work()))
    await asyncio.sleep(0)
    task = paid.task

    assert task is not None
    assert paid.running
    assert paid.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    paid.end()
    assert not paid.cancel()


async def test_the_place_is_held_while_a_run_is_announced_and_free_when_that_fails() -> None:
    paid, seen = Paid(), []

    def announce() -> None:
        with paid.starting():
            seen.append(paid.running)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        announce()

    assert seen == [True]
    assert not paid.running


async def test_the_schedule_waits_for_a_persons_run_and_then_keeps_the_place() -> None:
    paid, order = Paid(), []
    answered = asyncio.Event()

    async def person() -> None:
        paid.enter()
        await answered.wait()
        order.append("person")
        paid.end()

    async def schedule() -> None:
        async with paid.by_schedule("The report is being made."):
            order.append(paid.scheduled)
            order.append("cancelled" if paid.cancel() else "goes on")
            order.append("held" if paid.running else "free")

    paid.begin(asyncio.create_task(person()))
    waiting = asyncio.create_task(schedule())
    await asyncio.sleep(0.01)
    before = list(order)
    answered.set()
    await waiting

    assert before == []
    assert order == ["person", "The report is being made.", "goes on", "held"]
    assert not paid.running


async def test_a_run_that_fails_before_it_began_does_not_hold_the_schedule_for_ever() -> None:
    paid = Paid()

    async def schedule() -> None:
        async with paid.by_schedule("The report is being made."):
            raise RuntimeError

    with paid.starting():
        waiting = asyncio.create_task(schedule())
        await asyncio.sleep(0)
        assert not waiting.done()
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(waiting, 5)

    assert not paid.running
