"""Rows 39 and 40: ten thousand strangers, and canary secrets at DEBUG."""

import statistics
import time
from functools import partial
from pathlib import Path

from tests.faults.living import CANARY, OWNER, Living


async def a_crowd_of_strangers(folder: Path, *, fast: bool) -> str:
    crowd = 1000 if fast else 10_000
    async with Living(folder) as living:
        await living.start()
        strangers = [living.local.person(1000 + number, "Mallory") for number in range(crowd)]
        living.owner.says("/help")
        await living.until(lambda: len(living.chat()) == 1, "the bot answers at all")
        waits: list[float] = []
        pings = 20
        for ping in range(pings):
            for stranger in strangers[ping * crowd // pings : (ping + 1) * crowd // pings]:
                stranger.says("/analyze")
            before, begun = len(living.chat()), time.monotonic()
            living.owner.says("/help")
            await living.until(
                partial(lambda before: len(living.chat()) > before, before), "the owner is answered"
            )
            waits.append(time.monotonic() - begun)
        await living.until(lambda: living.local.updates.pending == 0, "all fetched")

        replies = [
            call
            for call in living.local.calls("sendMessage")
            if str(call.params.get("chat_id")) != str(OWNER)
        ]
        p95 = statistics.quantiles(waits, n=20)[-1]
        assert replies == []
        assert p95 < 5
        return f"{crowd} strangers, 0 replies, owner p95 {p95:.2f} s"


def contents(folder: Path) -> list[bytes]:
    """Of every file below the folder."""
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def canaries_at_debug(folder: Path, *, fast: bool) -> str:
    """A whole push at DEBUG, then `analyze`, `export`, `backup` and `doctor`; everything that was written or
    sent is searched."""
    keys = {name: f"{CANARY}-{name}" for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY")}
    ping = f"{CANARY}-ping"
    async with Living(folder) as living:
        living.settings |= {
            "LOG_LEVEL": "DEBUG",
            "HEARTBEAT_URL": f"{living.world.address}/beat/{ping}",
            **keys,
        }
        period = living.make_due()
        bot = await living.start()
        await living.one_report(period)
        living.owner.says("/status")
        await living.until(lambda: any("Version" in row.text for row in living.chat()), "/status")
        bot.terminate()
        await living.ended(bot)
        for words in (("analyze",), ("export", "out"), ("backup", "copy.sqlite"), ("status",), ("doctor",)):
            await living.ended(await living.start(*words))
        # CANARY itself is MODEL_API_KEY and the beginning of every other secret.
        secrets = (living.local.token, living.local.token.partition(":")[2], CANARY)
        written = contents(folder)
        sent = [row.text.encode() for row in living.chat()]
        sent += [row.document.content for row in living.chat() if row.document is not None]
        asked = [str(question.body).encode() for question in living.world.questions]
        places = [living.words().encode(), *living.printed, *written, *sent, *asked]
        hits = [place for secret in secrets for place in places if secret.encode() in place]

        assert " DEBUG " in living.words(), living.words()[:500]
        assert any(ping in path for path in living.world.asked), "the heartbeat was told"
        assert len(asked) >= 10
        assert hits == [], hits[0][:2000]
        return f"{len(keys) + 4} canaries, {len(places)} logs, files, messages, briefs searched, 0 hits"
