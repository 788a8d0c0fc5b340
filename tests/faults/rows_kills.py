"""Rows 48 and 49: kill -9 at the steps of a delivery, and a bad line to Telegram: what was asked for arrives
once. Real processes."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.push.words import lost_before_it_began
from tests.faults.kills import dying, killed_at_each, steps_of, waiting
from tests.faults.living import Living
from tests.faults.rows_life import _ready
from tests.journeys.world import AMERICANS, filed_today
from tests.local_telegram import BadGateway, Delay, ResetAfterAccept

SAYS = ("sendMessage", "editMessageText", "editMessageMedia", "sendPhoto", "sendDocument")
FALSE = ("No report", "nothing of it", "went wrong", "could not be finished")


async def killed_at_each_step_of_a_delivery(folder: Path, *, fast: bool) -> str:
    """`/analyze`, then a kill -9 at a numbered step of its delivery; what the chat holds after the restart is
    counted."""
    async with Living(folder / "count") as living:
        names = await steps_of(living, partial(living.owner.says, "/analyze"), lambda: living.reports() == 1)
    async with Living(folder / "kills") as living:
        steps = some(names, fast=fast)
        held = await killed_at_each(
            living, partial(living.owner.says, "/analyze"), lambda count: living.reports() == count, steps
        )
        await asyncio.sleep(1)
        said = [row.text for row in living.chat()]

        assert living.reports() == len(held)
        assert living.questions() == 5 * len(held)
        assert not [text for text in said if any(false in text for false in FALSE)], said
        assert all(len(one.after) - len(one.held) <= 5 for one in held), held
        orphans = sum(one.after.count("placeholder") for one in held)
        assert all(one.after.count("placeholder") <= 1 for one in held), held
        assert living.whole()
        return (
            f"{len(held)} kills at steps {steps} of {len(names)}: {len(held)} reports, each once; "
            f"{orphans} orphaned placeholders"
        )


async def a_bad_line_to_telegram(folder: Path, *, fast: bool) -> str:
    """Connections that break after Telegram took the message, proxy pages for minutes, and answers that come
    late."""
    minutes = 10.0 if fast else 300.0
    took = []
    for name, fault, times in (
        ("reset after accept", ResetAfterAccept(), 3),
        ("502", BadGateway(), None),
        ("slow", Delay(3.0 if fast else 30.0, after=True), 2),
    ):
        async with Living(folder / name.replace(" ", "-")) as living:
            await living.start()
            await _ready(living)
            living.owner.says("/analyze")
            await living.until(partial(lambda w: _open(w) == 1, living), "the run is on")
            placed = living.local.inject(fault, *SAYS, times=times)
            if times is None:
                await living.until(partial(lambda placed: placed.used > 0, placed), "met by the first")
                await asyncio.sleep(minutes)
                placed.lift()
            took.append(
                await living.until(
                    partial(lambda w: w.reports() == 1 and waiting(w) == 0, living), name, 600.0
                )
            )
            said = [row.text for row in living.chat()]

            assert living.reports() == 1
            assert not [text for text in said if any(false in text for false in FALSE)], said
    return (
        f"one report each after resets ({took[0]:.0f} s), {minutes:.0f} s of 502 (then {took[1]:.0f} s), "
        f"slow answers ({took[2]:.0f} s); nothing false said"
    )


async def killed_or_cut_off(folder: Path, *, fast: bool) -> str:
    killed = await killed_at_each_step_of_a_delivery(folder / "killed", fast=fast)
    return f"{killed}; {await a_bad_line_to_telegram(folder / 'line', fast=fast)}"


async def the_same_for_variance(folder: Path, *, fast: bool) -> str:
    """Results of the laboratory, failure messages, and the watch."""
    async with Living(folder / "variance") as living:
        await living.ended(await living.start("analyze"))
        ask = partial(living.owner.says, "/variance")
        names = await steps_of(living, ask, lambda: _variances(living) == 1)
        await _stopped(living)
        made = await killed_at_each(
            living, ask, lambda count: _variances(living) == 1 + count, some(names, fast=fast)
        )
        paid, kills = len(made), [f"/variance {len(made)} of {len(names)}"]

        assert _variances(living) == 1 + len(made)
        assert living.questions() == 5 * (2 + paid)
        await _stopped(living)
        living.world.ways["/sec"] = living.world.ways["/beat"]
        ask = partial(living.owner.says, "/analyze")
        names = await steps_of(living, ask, lambda: _failures(living) == 1)
        await _stopped(living)
        made = await killed_at_each(
            living, ask, lambda count: _failures(living) == 1 + count, some(names, fast=fast)
        )
        kills.append(f"a failure {len(made)} of {len(names)}")

        assert _failures(living) == 1 + len(made), [row.text for row in living.chat()]
        assert living.questions() == 5 * (2 + paid)
    kills.append(await _the_watch(folder / "watch", fast=fast))
    return f"kills at steps: {', '.join(kills)}; each result, failure and message once"


async def _the_watch(folder: Path, *, fast: bool) -> str:
    """A new grave filing, and the one message of the day: a ledger of its own for each kill."""
    number, steps = 0, [1]
    while number < len(steps):
        async with Living(folder / str(number)) as living:
            living.settings["WATCH_TIME"] = "00:00"
            living.world.ways[f"/sec/submissions/CIK{AMERICANS['AAPL']:010d}"] = filed_today("AAPL", "4.02")
            if number == 0:
                names = await steps_of(
                    living, lambda: None, partial(lambda w: _filings(w) == 1, living), armed=True
                )
                steps = [0, *some(names, fast=fast)]
            else:
                bot = await living.start(wrap=dying(living, steps[number], armed=True))
                await living.ended(bot)
                await living.start()
                await living.until(
                    partial(lambda w: _filings(w) == 1 and waiting(w) == 0, living), "the watch's message"
                )
                await asyncio.sleep(1)
            assert _filings(living) == 1, [row.text for row in living.chat()]
        number += 1
    return f"the watch {len(steps) - 1} of {len(names)}"


def some(names: Sequence[str], *, fast: bool) -> list[int]:
    """The steps to kill at: each, or one in the transaction that closes and one in the middle of the
    delivery."""
    return [2, len(names) // 2] if fast else list(range(1, len(names) + 1))


async def _stopped(living: Living) -> None:
    living.latest.terminate()
    await living.ended(living.latest)


def _open(living: Living) -> int:
    found = living.ask("SELECT count(*) FROM runs WHERE id NOT IN (SELECT run FROM closings)")
    return int(str(found[0][0])) if found else 0


def _variances(living: Living) -> int:
    return sum(
        "The same question again" in row.text and row.photo is None and row.document is None
        for row in living.chat()
    )


def _failures(living: Living) -> int:
    """What was said of it, once each: why it failed, or, killed before that was written down, that it was
    lost. The progress above it ends with the same first words, and is not counted."""
    said = ("What failed", lost_before_it_began()[0])
    return sum(any(words in row.text for words in said) for row in living.chat())


def _filings(living: Living) -> int:
    """The placeholder says it too, but has no buttons."""
    return sum("New major filing" in row.text and bool(row.buttons) for row in living.chat())
