import asyncio

import pytest

from bot.commands.paid import Paid


async def test_a_run_that_is_called_off_before_its_first_step_still_gets_to_say_so():
    paid, said = Paid(), []

    async def work():
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


async def test_a_running_task_is_cancelled_and_nothing_is_cancelled_after_its_end():
    paid = Paid()

    async def work():
        paid.enter()
        await asyncio.Event().wait()

    paid.begin(asyncio.create_task(work()))
    await asyncio.sleep(0)
    task = paid.task

    assert paid.running
    assert paid.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    paid.end()
    assert not paid.cancel()


async def test_the_place_is_held_while_a_run_is_announced_and_free_when_that_fails():
    paid, seen = Paid(), []

    def announce():
        with paid.starting():
            seen.append(paid.running)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        announce()

    assert seen == [True]
    assert not paid.running
