"""The chat under load, over real HTTP against the local Telegram: reading commands over ten years of monthly reports, a burst of the
owner's, a flood of strangers, and the picture of sixty names with what it costs the event loop.

The ledger is a real SQLite file with 120 reports of 30 names. No model is asked: the engine behind the commands only reads. Tests'
fixtures make the run, so that the shape is the one that the tests show.
"""

import asyncio
import logging
import os
import resource
import statistics
import sys
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("PTB_TIMEDELTA", "true")

ANSWER_MS, PICTURE_S, BLOCKED_MS, GROWTH_MB = 50.0, 1.0, 50.0, 8.0
REPORTS, NAMES, ROUNDS, BURST, STRANGERS = 120, 30, 15, 1000, 10_000
COMMANDS = ("/why T03", "/facts T03", "/status", "/history", "/why", "/help")


def main() -> int:
    logging.getLogger("bot.access").setLevel(logging.ERROR)  # the strangers' lines are not what is measured
    rows = asyncio.run(_measured())
    for name, measured, limit, unit in rows:
        print(f"{name} | {measured:.1f} {unit} | {limit:g} {unit} | {'ok' if measured <= limit else 'over'}")
    return int(any(measured > limit for _, measured, limit, _ in rows))


async def _measured() -> list[tuple[str, float, float, str]]:
    drawn = (
        await _picture()
    )  # first: the local Telegram keeps every message of the flood, and its heap is not the bot's
    with TemporaryDirectory() as folder:
        return [*drawn, *await _chat(Path(folder))]


def _run(number: int) -> Any:
    from core.snapshot.codec import snapshot_digest
    from tests.bot.views.made_run import AS_OF, made_run, snapshot, verdict

    tickers = [f"T{place:02}" for place in range(NAMES)]
    model = snapshot().dossiers
    dossiers = tuple(
        replace(model[place % len(model)], ticker=ticker) for place, ticker in enumerate(tickers)
    )
    verdicts = tuple(verdict("NVDA", ticker=ticker) for ticker in tickers)
    at = AS_OF - timedelta(days=30 * (REPORTS - number))
    run = made_run(run_id=f"{number:03}-bench", stability={"verdicts": verdicts})
    frozen = replace(run.opening.snapshot, dossiers=dossiers, as_of=at, day=at.date())
    stamp = replace(run.opening.stamp, snapshot_digest=snapshot_digest(frozen))
    return replace(run, opening=replace(run.opening, snapshot=frozen, stamp=stamp, opened=at))


def _fill(path: Path) -> Any:
    from providers.ledger.sqlite import SqliteLedger

    ledger = SqliteLedger(path)
    for number in range(REPORTS):
        run = _run(number)
        ledger.open_run(run.opening)
        for answer in run.answers:
            ledger.store_answer(run.opening.id, answer)
        ledger.close_run(run.opening.id, run.closing)
    return ledger


async def _chat(folder: Path) -> list[tuple[str, float, float, str]]:
    from datetime import UTC, datetime
    from decimal import Decimal

    from telegram.ext import ApplicationBuilder

    from bot.access import Gate
    from bot.commands.context import Desk
    from bot.commands.table import register
    from bot.local import LocalTelegram
    from bot.sending import Sender
    from tests.bot.commands.fake_engine import FakeEngine, FakeWatchList, quiet_guards

    engine = FakeEngine()
    engine.ledger = _fill(folder / "bench.sqlite")
    async with LocalTelegram() as local:
        owner = local.person(42)
        builder = (
            ApplicationBuilder().token(local.token).base_url(local.bot_url).base_file_url(local.file_url)
        )
        application = builder.update_queue(asyncio.Queue(1)).build()
        desk = Desk(
            engine=engine,
            sender=Sender(application.bot),
            zone=UTC,
            clock=lambda: datetime.now(UTC),
            monotonic=time.monotonic,
            next_push=lambda: datetime(2026, 12, 22, 7, tzinfo=UTC),
            read_portfolio=lambda content, name: (_ for _ in ()).throw(ValueError(name)),
            people=(42,),
            model="rehearsal",
            rehearsal=True,
            version="bench",
            jury_size=5,
            confirm_above_usd=Decimal(1),
            budget_usd=Decimal(10),
            watched=FakeWatchList(),
            guards=quiet_guards,
        )
        gate = Gate((42,))
        register(application, desk, gate)
        async with application:
            await application.start()
            await application.updater.start_polling(timeout=5, poll_interval=0)
            rows = await _answers(owner)
            rows.append(await _burst(owner))
            rows.append(await _strangers(local, owner))
            await application.updater.stop()
            await application.stop()
    engine.ledger.close()
    return rows


async def _answers(owner: Any) -> list[tuple[str, float, float, str]]:
    rows = []
    for command in COMMANDS:
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            owner.says(command)
            await owner.next_message(timeout=10)
            taken.append((time.perf_counter() - started) * 1000)
        rows.append(
            (
                f"{command}, median of {ROUNDS}, through HTTP and back",
                statistics.median(taken),
                ANSWER_MS,
                "ms",
            )
        )
    return rows


async def _burst(owner: Any) -> tuple[str, float, float, str]:
    """Unanswered updates of a thousand; each asks for another unknown name, so that the order can be read off."""
    first = len(owner.replies())
    for number in range(BURST):
        owner.says(f"/why X{number:04}Q")
    for _ in range(BURST):
        await owner.next_message(timeout=60)
    said = [message.text.partition("“")[2].partition("”")[0] for message in owner.replies()[first:]]
    wrong = sum(word != f"X{number:04}Q" for number, word in enumerate(said)) + abs(BURST - len(said))
    return (f"{BURST} commands in a burst, unanswered or out of order", float(wrong), 0.0, "updates")


async def _strangers(local: Any, owner: Any) -> tuple[str, float, float, str]:
    """Growth of the process' peak by strangers, beyond what the local Telegram itself keeps of their messages."""
    from bot.access import STRANGERS_REMEMBERED

    mark = local.person(9_000_000)
    for _ in range(STRANGERS_REMEMBERED):
        mark.says("x")
    before = _peak_mb()
    person = {"is_bot": False, "first_name": "x"}
    for number in range(STRANGERS):
        user = {"id": 5_000_000 + number, **person}
        chat = {"id": user["id"], "type": "private", "first_name": "x"}
        local.updates.push(
            "message", {"message_id": 1, "date": 0, "chat": chat, "from": user, "text": "/analyze"}
        )
    queued = _peak_mb()
    owner.says("/help")
    await owner.next_message(timeout=120)
    return (
        f"{STRANGERS} strangers, growth after they were queued",
        max(0.0, _peak_mb() - queued),
        GROWTH_MB,
        f"MB (queue {queued - before:.1f})",
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _picture() -> list[tuple[str, float, float, str]]:
    from bot.commands.drawing import in_own_process
    from bot.views.picture import picture
    from tests.bot.views.made_run import made_run, verdict

    verdicts = tuple(verdict("NVDA", ticker=f"T{place:02}") for place in range(60))
    run = made_run(stability={"verdicts": verdicts})
    blocked = 0.0
    # Before anything is drawn here: in the bot's own process the drawing library is never loaded.
    for _ in range(5):
        last = time.perf_counter()
        drawing = asyncio.create_task(asyncio.to_thread(in_own_process, partial(picture, run)))
        while not drawing.done():
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            blocked, last = max(blocked, (now - last) * 1000), now
    picture(run)
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        picture(run)
        taken.append(time.perf_counter() - started)
    return [
        ("picture of 60 names, median of 5", statistics.median(taken), PICTURE_S, "s"),
        ("longest pause of the event loop while drawing", blocked, BLOCKED_MS, "ms"),
    ]


if __name__ == "__main__":
    sys.exit(main())
