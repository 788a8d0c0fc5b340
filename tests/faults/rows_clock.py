"""Rows 1, 2, 3, 5: the real bot comes back late or too late, sleeps over the instant, and its clock jumps
back."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.faults.living import HOUR, Living

MONTH = timedelta(days=25)
LEAD = timedelta(seconds=25)  # a start takes three on an idle machine
# Its own clock is moved by so many seconds and goes on from there; what follows is run under it.
_SHIFTED = (
    "import runpy, sys, time, time_machine; "
    "time_machine.travel(time.time() + float(sys.argv[1]), tick=True).start(); "
    "sys.argv[:] = ['bot', *sys.argv[5:]]; runpy.run_module('bot', run_name='__main__')"
)


def shifted(living: Living, by: timedelta) -> tuple[str, ...]:
    """For `wrap`: the bot with its clock moved."""
    return (living.python, "-c", _SHIFTED, str(by.total_seconds()))


async def back_after_six_hours(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due(ago=6 * HOUR)
        await living.start()
        await living.one_report(period)
        first = living.chat()[0].text.splitlines()[0]

        assert first.startswith("Late: this report was due on "), first
        assert living.pings()[:2] == ["start", "success"], living.pings()
        return "one report, late"


async def back_after_the_window(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        await living.start(wrap=shifted(living, MONTH))
        await living.until(lambda: "fail" in living.pings(), "the alarm rings")
        await living.until(lambda: any("Skipped" in row.text for row in living.chat()), "the message")
        said = [row.text for row in living.chat()]

        assert living.states()[period] == "missed"
        assert len(said) == 1, said
        assert said[0].startswith("Skipped: the report for "), said
        assert living.questions() == 0
        return "missed, one message, /fail, no ballot asked"


async def asleep_over_the_instant(folder: Path, *, fast: bool) -> str:
    """The process is stopped before the instant and goes on after it; nobody else wakes it."""
    asleep = 5.0 if fast else 30.0
    async with Living(folder) as living:
        period = living.make_due(ago=timedelta())
        late = datetime.now(UTC) - living.due
        bot = await living.start(wrap=shifted(living, -late - LEAD))
        await living.until(
            lambda: "The bot is ready" in living.words(), "a start", patience=LEAD.total_seconds()
        )
        before = living.states()
        bot.send_signal(signal.SIGSTOP)
        await asyncio.sleep(max(0.0, LEAD.total_seconds() - living.age()) + asleep)
        bot.send_signal(signal.SIGCONT)
        took = await living.one_report(period)

        assert before == {}
        return f"one report, {took:.0f} s after {asleep:.0f} s of sleep over the instant"


async def back_in_time_after_the_report(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        bot = await living.start()
        await living.one_report(period)
        bot.terminate()
        await living.ended(bot)
        for by in (-2 * HOUR, HOUR):
            said = living.words().count("The bot is ready")
            bot = await living.start(wrap=shifted(living, by))
            await living.until(
                partial(lambda known: living.words().count("The bot is ready") > known, said), "a start"
            )
            await asyncio.sleep(1)
            bot.terminate()
            assert await living.ended(bot) == 0

        assert living.reports() == 1
        assert living.questions() == 5
        assert living.states() == {period: "delivered"}
        return "one report, none more at −2 h and at +1 h"
