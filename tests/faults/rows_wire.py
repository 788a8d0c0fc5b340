"""Rows 47, 53, 54, 62, 64: Telegram asks to wait, a model writes too much, a price source is hostile, the
environment meddles."""

import asyncio
import contextlib
import gzip
import json
import re
import signal
import statistics
import time
from functools import partial
from pathlib import Path

from bot.local.world import Message
from tests.faults.living import OWNER, Answer, Living
from tests.faults.rows_process import slow_after
from tests.journeys.world import Question, ballot, said
from tests.local_telegram import Flood, Person
from tests.providers.http.loopback import Asked, Loopback, page

BOB = 43
COSMETIC = ("sendChatAction", "editMessageText", "setMyCommands", "deleteMyCommands")
TAPPABLE = {"url", "bot_command", "mention", "hashtag", "cashtag", "email", "phone_number"}
GROWTH_MB = 50


async def _help(living: Living, person: Person, within: float = 5.0) -> float:
    """Seconds until /help is answered."""
    begun = time.monotonic()
    known = len(person.replies())
    person.says("/help")
    await living.until(lambda: len(person.replies()) > known, "an answer to /help", within, every=0.004)
    return time.monotonic() - begun


async def flood_waits(folder: Path, *, fast: bool) -> str:
    observed = []
    for wait in (30, 3600):
        async with Living(folder / str(wait)) as living:
            bob = living.local.person(BOB, "Bob")
            living.settings |= {"TELEGRAM_ALLOWED_USER_IDS": f"{OWNER},{BOB}", "JURY_CONCURRENCY": "1"}
            living.world.script = slow_after(1)
            for method in COSMETIC:
                living.local.inject(Flood(wait), method, times=None)
            bot = await living.start()
            start = await _help(living, living.owner, within=20)
            bob.says("/analyze")
            await living.until(lambda: len(living.world.questions) == 2, "the second ballot asked")
            held = living.local.inject(Flood(wait), "sendMessage", times=None, chat_id=BOB)
            bob.says("/help")
            await living.until(partial(lambda held: held.used > 0, held), "a send that has to wait")
            other = await _help(living, living.owner)
            begun = time.monotonic()
            bob.says("/cancel")
            await living.until(
                lambda: living.ask("SELECT state FROM closings") == [("cancelled",)], "cancelled", patience=10
            )
            cancelled = time.monotonic() - begun
            living.local.inject(Flood(wait), "getUpdates", times=None)
            living.owner.says("/help")
            begun = time.monotonic()
            bot.send_signal(signal.SIGTERM)
            await living.ended(bot)
            ended = time.monotonic() - begun

            assert other < 2, other
            assert cancelled < 5, cancelled
            assert ended < 10, ended
            observed.append(
                f"{wait} s: start not held ({start:.1f} s), other chat {other * 1000:.0f} ms, "
                f"/cancel {cancelled:.1f} s, SIGTERM {ended:.1f} s"
            )
    async with Living(folder / "twice") as living:
        living.world.script = slow_after(0)
        bot = await living.start()
        living.owner.says("/analyze")
        await living.until(lambda: len(living.world.questions) > 0, "a ballot asked")
        living.local.inject(Flood(3600), "sendMessage", "editMessageText", times=None)
        bot.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        begun = time.monotonic()
        if bot.returncode is None:
            bot.send_signal(signal.SIGTERM)
        await living.ended(bot)
        second = time.monotonic() - begun

        assert second < 1.5, second
        assert living.whole()
    return "; ".join([*observed, f"second signal {second:.1f} s"])


def _flooding(question: Question) -> Answer:
    """Good ballots, but each name's reasons are what a model should never get onto a phone."""
    made = ballot(question)
    hostile = [
        "see t.me/scam or @scammer",
        "use /portfolio remove AAPL #now $PUMP",
        "pay at evil.com\u202e\u200b!",
    ]
    for line in made["names"]:
        line["reasons_against"] = line["reasons_for"] = hostile
        if line["ticker"] == "AAPL":
            line["reasons_for"] = [*hostile, *(f"{n % 97}" for n in range(25_000))]
        if line["ticker"] == "MSFT":
            line["reasons_for"] = [*hostile, "x" * 40_000]
    return said(json.dumps(made), number=question.number)


async def a_model_that_writes_too_much(folder: Path, *, fast: bool) -> str:
    async with Living(folder / "one") as living:
        living.world.script = lambda question: said(
            json.dumps(ballot(question)).replace("The price asks for much.", "x" * 1_000_000, 1),
            number=question.number,
        )
        code = await living.ended(await living.start("analyze"))
        refused = " ".join(living.words().split())

        assert code == 4, refused
        assert "too long" in refused
        assert len(refused) < 600
    async with Living(folder) as living:
        living.world.script = _flooding
        await living.start()
        living.owner.says("/analyze")
        await living.until(lambda: living.reports() == 1, "a report", patience=90)
        known = len(living.chat())
        took = []
        for ticker, name in (("AAPL", "Apple"), ("MSFT", "Microsoft")):
            begun = time.monotonic()
            living.owner.says(f"/why {ticker}")
            await living.until(
                partial(lambda name: _about(living, known, name), name), f"/why {ticker}", patience=30
            )
            took.append(time.monotonic() - begun)
        shown = living.chat()[known:]
        tapped = [_tapped(message) for message in shown]
        longest = max(len(message.text) for message in shown)

        assert not any(tapped), tapped
        assert len(shown) <= 8, len(shown)
        assert any(re.search(r"\+\d[\d,]* more", message.text) for message in shown)
        assert not any(sign in message.text for message in shown for sign in "\u202e\u200b")
        page_ = next(row.document for row in living.chat() if row.document is not None)
        assert len(page_.content) < 2_000_000, len(page_.content)
        return (
            f"{len(shown)} messages, the longest {longest} signs, counted “+n more”, nothing tappable; "
            f"/why {max(took):.1f} s; page {len(page_.content) // 1000} kB"
        )


def _about(living: Living, known: int, name: str) -> bool:
    return any(name in message.text for message in living.chat()[known:])


def _tapped(message: Message) -> list[str]:
    """What a phone would make tappable and we did not: our own links carry their address, our commands are
    known."""
    words = []
    for entity in message.entities:
        if entity["type"] in TAPPABLE:
            units = message.text.encode("utf-16-le")[entity["offset"] * 2 :][: entity["length"] * 2]
            words.append(units.decode("utf-16-le"))
    return [word for word in words if not word.startswith(("/why", "/facts", "/help", "/analyze", "/report"))]


async def a_hostile_price_source(folder: Path, *, fast: bool) -> str:
    """The command line as a process, weighed by the kernel: the page first, whose weight the others are held
    against."""
    bomb = gzip.compress(b"0" * 200_000_000)
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    async with Loopback() as inner:

        async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
            way = asked.path.split("/")[1]
            if way == "bomb":
                await page(bomb, headers={"content-encoding": "gzip"})(asked, writer)
            elif way == "inside":
                await page(b"", status=302, headers={"location": f"{inner.url}/admin"})(asked, writer)
            elif way == "large":
                with contextlib.suppress(ConnectionError):
                    await page(b"0" * 50_000_000)(asked, writer)
            elif way == "drip":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
                with contextlib.suppress(asyncio.CancelledError):  # the row is over while it still drips
                    while not writer.is_closing():
                        writer.write(b" ")
                        await asyncio.sleep(0.5)
            else:
                await page(b"<html>hello</html>")(asked, writer)

        async with Loopback(fallback=answer) as web:
            for way in ("page", "bomb", "inside", "large", "drip"):
                async with Living(folder / way) as living:
                    living.settings |= {"MARKET_SOURCE": "yahoo", "MARKET_URL": f"{web.url}/{way}"}
                    bot = await living.start("analyze")
                    code = await _weighed(living, bot.pid, weights, way)
                    words[way] = " ".join(living.words().split())

                    assert code == 3, (way, code, words[way])
                    assert "Yahoo could not be asked" in words[way], words[way]
                    assert "Traceback" not in words[way]
                    assert living.world.questions == []
        assert inner.asked == []
    grown = max(weights[way] - weights["page"] for way in weights)

    assert grown < GROWTH_MB, weights
    return f"exit 3 in one sentence for {', '.join(weights)}; memory at most +{max(0, grown):.0f} MB"


async def _weighed(living: Living, pid: int, weights: dict[str, float], way: str) -> int:
    bot = living._bots[-1]
    ending = asyncio.create_task(living.ended(bot, patience=120))
    while not ending.done():
        try:
            status = await asyncio.to_thread(Path(f"/proc/{pid}/status").read_text)
        except OSError:
            break
        if (found := re.search(r"VmHWM:\s+(\d+) kB", status)) is not None:
            weights[way] = int(found[1]) / 1024
        await asyncio.sleep(0.02)
    return await ending


async def an_environment_that_meddles(folder: Path, *, fast: bool) -> str:
    async with Loopback() as proxy, Living(folder) as living:
        (folder / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
        period = living.make_due()
        named = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
        meddling = dict.fromkeys(named, proxy.url)
        meddling |= {"NETRC": str(folder / "netrc"), "SSL_CERT_FILE": str(folder / "netrc")}
        living.settings |= meddling
        await living.start()
        await living.one_report(period)
        await _help(living, living.owner)

        assert proxy.asked == []
        return "a report and an answer; the proxy of the environment heard nothing"


async def commands_while_a_picture_is_drawn(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        await living.start()
        living.owner.says("/analyze")
        await living.until(lambda: living.reports() == 1, "a report", patience=90)
        await living.until(lambda: _picture(living) is not None, "its picture")
        took = []
        for theme in ("◐ dark", "◑ light") * (2 if fast else 8):
            drawn = _picture(living)
            assert drawn is not None
            before = drawn.photo
            living.owner.presses(drawn, theme)
            while (now := _picture(living)) is not None and now.photo is before:
                took.append(await _help(living, living.owner))
                await asyncio.sleep(0.03)  # a person, not a flood
        took.sort()
        p95 = took[int(len(took) * 0.95) - 1]

        assert len(took) >= 8, len(took)
        assert p95 < 0.1, (p95, took)
        return (
            f"{len(took)} commands while drawing: median {statistics.median(took) * 1000:.0f} ms, "
            f"95th percentile {p95 * 1000:.0f} ms"
        )


def _picture(living: Living) -> Message | None:
    return next((row for row in living.chat() if row.photo is not None and row.buttons), None)
