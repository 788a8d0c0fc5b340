"""Rows 6, 7, 8, 10, 11: the real bot is stopped, killed, doubled, and asked thousands of things."""

import asyncio
import signal
import time
from functools import partial
from pathlib import Path

from tests.faults.living import Answer, Living
from tests.journeys.world import Question, Script, good
from tests.local_telegram import Refusal

CONFLICT = Refusal(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def restarts_in_the_due_minute(folder: Path, *, fast: bool) -> str:
    """Four kill -9 at different moments after the start, then a start that may live."""
    async with Living(folder) as living:
        period = living.make_due()
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(0, pause=0.3)
        for asked in (0, 1, 2, 3):
            bot = await living.start()
            known = len(living.world.questions)
            await living.until(
                partial(lambda more: len(living.world.questions) >= more, known + asked), "ballots"
            )
            bot.kill()
            await bot.wait()
        await living.start()
        await living.one_report(period)

        assert len(living.world.questions) <= 5 + 4
        return f"one report, {len(living.world.questions)} ballots asked of 5, ledger whole"


async def two_replicas(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        one, two = await asyncio.gather(living.start(), living.start())
        await living.until(lambda: {one.returncode, two.returncode} != {None}, "one refused")
        await living.one_report(period)

        assert len(living.world.questions) == 5
        assert "Another bot already uses this ledger (process " in living.words()
        code = one.returncode if two.returncode is None else two.returncode
        assert code
        return f"one report, 5 ballots; the second process ended with {code} and the reason"


async def a_second_poller(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        living.local.inject(CONFLICT, "getUpdates", times=None)
        bot = await living.start()
        code = await living.ended(bot)

        assert code not in (0, None)
        assert "same token" in living.words()
        return f"exit {code}, the reason said"


def slow_after(count: int, pause: float = 40.0) -> Script:
    """A model that answers `count` times at once, then takes `pause` seconds."""

    def script(question: Question) -> Answer:
        answer = good(question)
        answer.pause = pause if question.number >= count else 0.0
        return answer

    return script


async def terminated_in_the_run(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        living.settings["JURY_CONCURRENCY"] = "1"
        living.world.script = slow_after(2)
        bot = await living.start()
        await living.until(lambda: len(living.world.questions) == 3, "the third ballot asked")
        begun = time.monotonic()
        bot.send_signal(signal.SIGTERM)
        code = await living.ended(bot)
        took = time.monotonic() - begun
        living.world.script = good
        await living.start()
        await living.one_report(period)

        assert took < 10
        assert len(living.world.questions) == 6
        assert living.ask("SELECT count(*) FROM runs") == [(1,)]
        return f"exit {code} in {took:.1f} s, then one report; 1 ballot asked twice, 2 kept"


async def killed_with_a_full_queue(folder: Path, *, fast: bool) -> str:
    """What Telegram was told is taken, but no answer came of it, is lost for ever."""
    count = 300 if fast else 2000
    async with Living(folder) as living:
        for _ in range(count):
            living.owner.says("/help")
        bot = await living.start()
        await living.until(lambda: len(living.chat()) >= count // 2 + 7, "half of the answers", patience=240)
        bot.kill()
        await bot.wait()
        acknowledged = count - living.local.updates.pending
        answered = len(living.chat())
        await living.start()
        await living.until(lambda: living.local.updates.pending == 0, "all fetched", patience=240)

        lost = max(0, acknowledged - answered)
        assert lost == 0, f"{lost} of {acknowledged} acknowledged commands were never answered"
        return f"{count} commands: {acknowledged} acknowledged and {answered} answered at the kill, 0 lost"
