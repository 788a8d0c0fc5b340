"""A thousand months on a fast clock, with restarts, kills, and failures of sources, model and chat from a
fixed seed.

Counts, for each of the 1,000 periods, what the owner is left with: exactly one report or one failure message.
The reconciler, the ledger, the outbox, the library's bot and its HTTP are the real ones; the engine, the
clock and the chat's server are not.
"""

import asyncio
import collections
import datetime as dt
import logging
import os
import random
import re
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import Bot

from benchmarks.run import size
from bot.push.words import MONTHS, PLACEHOLDER
from bot.texts import chat as texts
from core.base.errors import CondorcetError, QuorumNotMet
from core.due import due_period, next_period
from core.due.message import Errand
from core.run import Purpose
from tests.bot.push_house import OWNER, House, Killed, SetClock, World, facts_failed
from tests.local_telegram import BadGateway, Flood, LocalTelegram, ResetAfterAccept, ResetBeforeAccept

PERIODS = size(1000, 24)
SEED = 20261101
BOB = 43
START = datetime(2026, 10, 20, tzinfo=UTC)
REPORT = re.compile(r"REPORT (\d{4}-\d{2})")
# Chances per looked-at moment or month; chosen so that most months see at least one fault.
KILL = 0.30
SOURCE_FAILS = 0.25
QUORUM_FAILS = 0.08
CHAT_FAILS = 0.20
LONG_ABSENCE = 0.04
MODEL_CHANGES = 0.15
DAY_CHANGES = 0.05
BLOCKED = 0.05
CLOCK_BACK = 0.05
CLOCK_AHEAD = 0.003  # by forty days, for one look
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
TIMES = (dt.time(0, 5), dt.time(8), dt.time(23, 55))
ASKED_FOR = 0.05
CHAT_FAULTS = (Flood(30), BadGateway(), ResetAfterAccept(), ResetBeforeAccept())


def main() -> int:
    """Prints the counts; non-zero when a period ends otherwise than with one report or one failure
    message."""
    logging.disable(logging.CRITICAL)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(simulate(Path(folder) / "ledger.sqlite", periods=PERIODS))
    over = 0
    for name, wanted in (
        ("periods", PERIODS),
        ("doubles", 0),
        ("silent", 0),
        ("both", 0),
        ("mixed juries", 0),
        ("asked for and lost", 0),
        ("asked for and doubled", 0),
    ):
        over += line(f"{PERIODS} simulated months: {name}", found[name], wanted)
    for name in (
        "reports",
        "failure messages",
        "kills",
        "restarts",
        "changes",
        "clocks ahead",
        "asked for",
        "orphaned placeholders",
        "ballots asked twice",
    ):
        print(f"{PERIODS} simulated months: {name} | {found[name]} | - | ok", flush=True)
    print(f"{PERIODS} simulated months, seconds | {time.perf_counter() - begun:.0f} | - | ok", flush=True)
    return 1 if over else 0


async def simulate(path: Path, *, periods: int) -> "collections.Counter[str]":
    """What the owner is left with after so many months."""
    chance = random.Random(SEED)
    world = World(clock=SetClock(START))
    counted: collections.Counter[str] = collections.Counter()
    async with LocalTelegram() as local, Bot(local.token, base_url=local.bot_url) as bot:
        local.person(OWNER, "Ada")
        local.person(BOB, "Bob")
        begin = next_period(START, UTC, 1, House(world, path, local).plan.at)
        last = begin
        for _ in range(periods - 1):
            last = next_period(last.due, UTC, 1, last.due.time())
        # The last day that can be set, in the last zone.
        end = last.due + timedelta(days=29, hours=12)
        while world.clock.at < end:
            counted["restarts"] += 1
            await life(world, path, local, bot, chance, end, counted)
        # At the end everything is in order again: what still waits goes out.
        world.failures, world.quorum_fails, world.step = [], 0, lambda _: None
        local.world.chats[OWNER].blocked = False
        local.faults.placed.clear()
        async with House(world, path, local, bot=bot) as house:
            await house.begin()
            house.outbox.revive(OWNER, now=world.clock.at)
            for _ in range(12):
                await house.at(world.clock.at + timedelta(minutes=10))
    for row in local.world.chats[OWNER].messages.values():
        if row.text in ("Stability map", PLACEHOLDER):
            counted["orphaned placeholders"] += 1
    judge(local, begin.due, last.due, counted)
    counted["ballots asked twice"] = len(world.asked) - len(set(world.asked))
    counted["mixed juries"] = sum(len(models) > 1 for models in world.asked_of.values())
    told = [
        row
        for row in local.world.chats[BOB].messages.values()
        if row.text not in ("", PLACEHOLDER, texts.PLACEHOLDER)
    ]
    counted["asked for and lost"] = max(0, counted["asked for"] - len(told))
    counted["asked for and doubled"] = max(0, len(told) - counted["asked for"])
    return counted


async def life(
    world: World,
    path: Path,
    local: LocalTelegram,
    bot: Bot,
    chance: random.Random,
    end: datetime,
    counted: "collections.Counter[str]",
) -> None:
    """One process, from its start to its kill or its end; then some time without any."""
    if chance.random() < MODEL_CHANGES:
        world.model = chance.choice(("a model", "another model"))
        counted["changes"] += 1
    if chance.random() < DAY_CHANGES:
        world.schedule = (chance.randrange(1, 29), chance.choice(TIMES), ZoneInfo(chance.choice(ZONES)))
        counted["changes"] += 1
    day, at, zone = world.schedule
    house = House(world, path, local, bot=bot, day=day, at=at, zone=zone)
    try:
        async with house:
            arm(world, chance)
            await house.begin()
            while world.clock.at < end:
                misfortune(world, local, chance)
                if local.world.chats[OWNER].blocked and chance.random() < 0.5:
                    local.world.chats[OWNER].blocked = False
                    house.outbox.revive(OWNER, now=world.clock.at)
                if chance.random() < CLOCK_BACK:
                    world.clock.at -= timedelta(hours=2)
                if chance.random() < CLOCK_AHEAD:
                    counted["clocks ahead"] += 1
                    now = world.clock.at
                    try:
                        await house.at(now + timedelta(days=40))
                    finally:
                        world.clock.at = now
                arm(world, chance)
                if chance.random() < ASKED_FOR:
                    await ask(house, counted)
                await house.at(world.clock.at + step(world.clock.at, chance))
                if chance.random() < 0.05:
                    break
    except Killed:
        counted["kills"] += 1
    world.step = lambda _: None
    away = (
        timedelta(days=chance.uniform(20, 50))
        if chance.random() < LONG_ABSENCE
        else timedelta(hours=chance.uniform(0, 30))
    )
    world.clock.at += away


async def ask(house: House, counted: "collections.Counter[str]") -> None:
    """Bob asks for a report, as the chat's handler does it."""
    counted["asked for"] += 1
    errand = Errand(id=f"update:{counted['asked for']}", chat_id=BOB)
    house.desk.results.begin(errand)
    publish = house.desk.results.publish(errand)
    try:
        await house.engine.analyze(purpose=Purpose.REPORT, errand=errand.id, publish=publish)
    except QuorumNotMet:
        pass  # said beside the closing
    except CondorcetError as error:
        house.desk.results.fail(errand, (str(error),))


def step(now: datetime, chance: random.Random) -> timedelta:
    """Ten minutes for a day after a due instant, when things happen; else up to two days."""
    since = now - due_period(now, UTC, 1, datetime(2026, 1, 1, 8, tzinfo=UTC).time()).due
    if since < timedelta(hours=2):
        return timedelta(minutes=10)
    return timedelta(hours=chance.uniform(2, 12) if since < timedelta(days=2) else chance.uniform(24, 96))


def arm(world: World, chance: random.Random) -> None:
    """Perhaps the process dies at a random one of its next steps."""
    if chance.random() >= KILL:
        world.step = lambda _: None
        return
    left = [chance.randrange(1, 60)]

    def kill(_: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    world.step = kill


def misfortune(world: World, local: LocalTelegram, chance: random.Random) -> None:
    """Perhaps the sources, the model or the chat fail the next time they are asked."""
    if chance.random() < SOURCE_FAILS:
        world.failures = [facts_failed() for _ in range(chance.randrange(1, 4))]
    if chance.random() < 0.01:
        world.failures = [facts_failed() for _ in range(40)]  # an outage of weeks
    world.quorum_fails = int(chance.random() < QUORUM_FAILS)
    if chance.random() < CHAT_FAILS:
        local.inject(chance.choice(CHAT_FAULTS), times=chance.randrange(1, 4))
    if chance.random() < BLOCKED / 10:
        local.world.chats[OWNER].blocked = True


def judge(local: LocalTelegram, first: datetime, last: datetime, counted: "collections.Counter[str]") -> None:
    """Reads the chat as the owner would, month by month."""
    reports: collections.Counter[str] = collections.Counter()
    failures: collections.Counter[str] = collections.Counter()
    for row in local.world.chats[OWNER].messages.values():
        if found := REPORT.search(row.text):
            reports[found[1]] += 1
        head = row.text.splitlines()[0]
        if head.startswith(("No report for", "Skipped: the report for")):
            for name, year in re.findall(r"([A-Z][a-z]+) (\d{4})", head):
                failures[f"{year}-{MONTHS.index(name) + 1:02d}"] += 1
    month = first
    while month <= last:
        period = f"{month:%Y-%m}"
        counted["periods"] += 1
        counted["reports"] += reports[period]
        counted["failure messages"] += failures[period]
        counted["doubles"] += max(0, reports[period] - 1) + max(0, failures[period] - 1)
        counted["silent"] += not (reports[period] or failures[period])
        counted["both"] += bool(reports[period] and failures[period])
        month = (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def line(name: str, measured: int, wanted: int) -> int:
    wrong = measured != wanted
    print(f"{name} | {measured} | {wanted} | {'over' if wrong else 'ok'}", flush=True)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
