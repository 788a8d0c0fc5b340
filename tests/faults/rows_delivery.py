"""Rows 48 to 52, 55, 56, 59: what was paid for or changed reaches the person once, whatever happens on the
way. Real processes."""

import json
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.local.world import Message
from tests.faults.living import OWNER, Living
from tests.faults.rows_life import _ready
from tests.faults.rows_process import slow_after
from tests.journeys.world import good
from tests.local_telegram import Delay, Flood

SAYS = ("sendMessage", "editMessageText", "editMessageMedia", "sendPhoto", "sendDocument")
STEPS = 9  # placeholder and edit of digest, picture, page and buttons, and once before the first
# Each answer of Telegram takes so long that a kill meets a delivery under way.
SLOWLY = Delay(0.3)
FALSE = ("No report", "nothing of it", "went wrong", "could not be finished")


async def tried_again_at_the_stated_time(folder: Path, *, fast: bool) -> str:
    wait = 8 if fast else 30
    async with Living(folder) as living:
        await living.start()
        await _ready(living)
        flood = living.local.inject(Flood(wait), "editMessageMedia", times=1)
        living.owner.says("/analyze")
        await living.until(lambda: flood.used == 1, "the flood wait")
        begun = time.monotonic()
        count = len(living.local.calls("editMessageMedia"))
        await living.until(lambda: len(living.local.calls("editMessageMedia")) > count, "the next try")
        took = time.monotonic() - begun
        await living.until(lambda: living.reports() == 1, "the report")

        assert wait <= took <= wait + 10, took
        return f"asked to wait {wait} s, tried again after {took:.1f} s"


async def changed_once(folder: Path, *, fast: bool) -> str:
    """kill -9 between a change and its acknowledgement; Telegram delivers the update again."""
    words = (
        "/portfolio add MSFT 2",
        "/portfolio cash EUR 500",
        "/portfolio remove AAPL 1",
        "/universe add ORCL",
    )
    async with Living(folder) as living:
        living.settings.pop("PORTFOLIO_FILE")
        living.settings.pop("UNIVERSE_FILE")
        await living.ended(await living.start("portfolio", "import", "portfolio.csv", "--yes"))
        before = await _quantities(living)
        for text in words:
            saved = len(living.ask("SELECT 1 FROM portfolios")) + len(
                living.ask("SELECT 1 FROM notes WHERE name = 'watch list'")
            )
            bot = await living.start()
            await _ready(living)
            slow = living.local.inject(Delay(20.0), "sendMessage", times=None)
            living.owner.says(text)
            await living.until(
                partial(
                    lambda n: (
                        len(living.ask("SELECT 1 FROM portfolios"))
                        + len(living.ask("SELECT 1 FROM notes WHERE name = 'watch list'"))
                        > n
                    ),
                    saved,
                ),
                f"changed: {text}",
            )
            bot.kill()
            await living.ended(bot)
            slow.lift()
            answers = len(living.chat())
            bot = await living.start()
            await living.until(
                partial(lambda n: len(living.chat()) > n, answers), "answered with what was done"
            )
            bot.terminate()
            await living.ended(bot)
        after = await _quantities(living)

        assert after["MSFT"] - before["MSFT"] == 2, (before, after)
        assert before["AAPL"] - after["AAPL"] == 1, (before, after)
        assert after["EUR"] == 500 or after["EUR"] - before["EUR"] == 500, (before, after)
        return f"{len(words)} changes, each made once and answered"


async def who_asked_is_answered(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        bob = living.local.person(7, "Bob")
        living.owner.says("/start")
        living.settings["TELEGRAM_ALLOWED_USER_IDS"] = f"{OWNER},7"
        period = living.make_due()
        bot = await living.start()
        await living.one_report(period)
        living.settings["JURY_CONCURRENCY"] = "1"
        bot.terminate()
        await living.ended(bot)
        living.world.script = slow_after(7)
        bot = await living.start()
        await _ready(living)
        bob.says("/analyze")
        await living.until(lambda: living.questions() == 8, "Bob's run is on")
        bot.kill()
        await living.ended(bot)
        living.world.script = good
        await living.start()
        await living.until(lambda: _documents(living, 7) == 1, "Bob's report")

        assert living.reports() == 1
        assert any("interrupted by a restart" in row.text for row in _bot(living, 7))
        return "the push to the first listed, a report to who asked, after a restart too"


async def the_demo_beside_a_ledger(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        code = await living.ended(await living.start("demo", "--once"), patience=120)

        assert code == 0, living.words()[-800:]
        assert not living.ledger.exists()
        assert living.ledger.with_name("ledger-demo.sqlite").exists()
        return "its own ledger beside the set one, which was not touched"


async def the_day_is_moved(folder: Path, *, fast: bool) -> str:
    """The month's report is made; then the day is moved to and fro, and the date that is said is next
    month's."""
    async with Living(folder) as living:
        period = living.make_due()
        bot = await living.start()
        await living.one_report(period)
        said = []
        for days in (0, 1, -1, 2):
            bot.terminate()
            await living.ended(bot)
            day = (living.due + timedelta(days=days)).day
            living.settings["PUSH_DAY"] = str(day)
            bot = await living.start()
            await _ready(living)
            await living.ended(await living.start("status", "--json"))
            answer = json.loads(living.printed[-1])
            said.append(str(answer["next_push"])[:7])
        following = (datetime.now(UTC).replace(day=1) + timedelta(days=32)).strftime("%Y-%m")

        assert living.reports() == 1
        assert set(said) <= {following, (living.due + timedelta(days=2)).strftime("%Y-%m")} - {period}, said
        return f"one report; the next one is said to come in {sorted(set(said))}"


async def blocked_and_back(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        period = living.make_due()
        living.owner.blocks_the_bot()
        await living.start()
        await living.until(lambda: living.states().get(period) == "undeliverable", "undeliverable")
        await living.until(lambda: "fail" in living.pings(), "the alarm rings")
        living.owner.unblocks_the_bot()
        living.owner.says("/status")
        await living.delivered(period)
        await living.until(lambda: "success" in living.pings(), "the heartbeat told")

        assert living.reports() == 1
        assert any("blocked" in row.text or "waits" in row.text for row in living.chat()), (
            "status says where it is"
        )
        return "undeliverable and /fail, delivered at the next sign of life"


def _bot(living: Living, who: int) -> list[Message]:
    return [row for row in living.local.world.chats[who].messages.values() if row.from_bot]


def _documents(living: Living, who: int) -> int:
    return sum(row.document is not None for row in _bot(living, who))


async def _quantities(living: Living) -> dict[str, float]:
    await living.ended(await living.start("portfolio", "--json"))
    data = json.loads(living.printed[-1])
    held = {str(row["ticker"]): float(row["quantity"]) for row in data["holdings"]}
    return held | {str(row["currency"]): float(row["amount"]) for row in data["cash"]}
