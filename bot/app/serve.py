"""The whole bot: the library's application by polling, our commands, the monthly push and the daily watch.

Decisions: one bot per ledger (a lock of the operating system) and per token (Telegram answers a second one
with 409, which ends this one with the reason). SIGTERM and SIGINT park what runs within ten seconds, whatever
waits; the next start goes on with it. A second signal ends the process at once. Polling, schedule and outbox
are supervised: one that ends, ends the bot.
"""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

# Waits are durations: the library's older way warns at every flood control. Read when the library is
# imported.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ApplicationBuilder, Defaults
from telegram.request import HTTPXRequest

from bot.app.clockwork import follow, plan_of, push_desk, watch_of
from bot.app.desk import build_desk
from bot.app.house import House, open_house
from bot.app.sources import proxy_of
from bot.app.supervisor import HEARD, Supervisor, tell_systemd
from bot.chat.context import Desk
from bot.chat.table import App, register, set_menus, urgent
from bot.push import Heartbeat, Ping, Schedule
from bot.push.schedule import TURN_S
from bot.settings import Settings
from bot.telegram.access import Gate
from bot.telegram.polling import Polling
from core.base.errors import BadRequest, CondorcetError

if TYPE_CHECKING:
    pass

logger = logging.getLogger(__name__)

# A supervisor's first signal leaves ten seconds in all: what runs is parked while commands in hand end, then
# the rest.
PARK_S = 7.0
COMMANDS_S = 5.0
REST_S = 1.5
FILE_S = 60.0  # for one file that a person sent
# What is computed in threads beside the answers gives way to them after this long (the usual 5 ms are asked
# for at each request of an answer), and garbage of a report is looked for seldom: each look through all of it
# stops everything.
SWITCH_S = 0.0005
COLLECT = (20_000, 20, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running bot. `failed` is set with the reason when a part has ended that must not."""

    application: App
    house: House
    schedule: Schedule
    polling: Polling
    heartbeat: Heartbeat
    failed: "asyncio.Future[CondorcetError]"


async def serve(settings: Settings, *, demo: bool = False) -> None:
    """Runs until SIGTERM or SIGINT, or until Telegram refuses this bot (BadRequest with the reason)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    try:
        async with running(settings, demo=demo, stop=stop) as house:
            logger.info("The bot is ready.")
            waiting = asyncio.create_task(stop.wait())
            ends: set[asyncio.Future[Any]] = {waiting, house.failed}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if house.failed.done():
                reason = house.failed.result()
                house.heartbeat.over.set()
                await house.heartbeat.ping(Ping.FAIL, f"the bot ends: {reason}")
                raise reason
            logger.info("Stopping: what runs is parked.")
    except StoppedAtStart:
        logger.info("Stopped before Telegram could be reached.")


class StoppedAtStart(Exception):
    """Asked to stop while still waiting for Telegram."""


@asynccontextmanager
async def running(
    settings: Settings, *, demo: bool = False, stop: asyncio.Event | None = None
) -> AsyncIterator[Running]:
    """The bot, polling, until the context ends; then what runs is parked. `stop` ends the wait at start."""
    from providers.http import Fetcher
    from providers.ledger.lock import InstanceLock

    own = [address for address in (settings.telegram_base_url, settings.heartbeat_url) if address]
    door = Fetcher(trusted=own, proxy=proxy_of(settings))
    async with open_house(settings, demo=demo, kind="bot") as house, door:
        ledger, clock = house.ledger, house.engine.doors.clock
        poke = asyncio.Event()

        def seen(chat: int) -> None:
            if ledger.outbox.revive(chat, now=clock.now()):
                poke.set()

        gate = Gate(settings.telegram_allowed_user_ids, seen=seen)
        with InstanceLock(ledger.store.path, now=clock.now()) as lock:
            application = _application(house.settings)
            supervisor = Supervisor(lock.note, clock.now)

            def worked(name: str) -> None:
                supervisor.worked(name)
                lock.note_mark(ledger.pushes.mark())

            def heard() -> None:
                if not supervisor.hears():
                    poke.set()  # a sign of life that was held back may be given now
                supervisor.worked(HEARD)

            async def fetch(address: str, cap: int) -> bytes:
                return (await door.get(address, source="Telegram", cap=cap, deadline=FILE_S)).body

            desk = build_desk(house, application, gate, fetch, poke.set)
            register(application, desk, gate)
            try:
                await _initialize(application, stop or asyncio.Event())
                push = push_desk(house, application, desk, door, supervisor.hears, lock.mark, poke)
                plan = plan_of(house, desk)
                schedule = Schedule(push, plan, watch=watch_of(house, push, plan), worked=worked)
                follow(house, desk, push, schedule)
                await application.start()
                await schedule.start()
                polling = Polling(
                    application.bot,
                    application.process_update,
                    urgent=urgent,
                    clock=time.monotonic,
                    heard=heard,
                )
                turning = application.job_queue
                if turning is None:
                    raise BadRequest("The Telegram library was installed without its job queue.")
                # Late turns are made up for once, never dropped.
                turning.run_repeating(
                    lambda _: schedule.turn(),
                    interval=TURN_S,
                    first=0,
                    job_kwargs={"misfire_grace_time": None, "coalesce": True},
                )
                supervisor.watch("polling", polling.run())
                supervisor.watch("the schedule", schedule.look())
                supervisor.watch("the outbox", schedule.pump())
                menus = asyncio.create_task(set_menus(application.bot, desk.people), name="menus")
                # What start built stays to the end: looking through it again in a report took 120 ms without
                # an answer.
                gc.freeze()
                gc.set_threshold(*COLLECT)
                sys.setswitchinterval(SWITCH_S)
                tell_systemd("READY=1")
                try:
                    yield Running(
                        application=application,
                        house=house,
                        schedule=schedule,
                        polling=polling,
                        heartbeat=push.heartbeat,
                        failed=supervisor.ended,
                    )
                finally:
                    # However it ends: what runs is parked, never taken for cancelled by its owner.
                    tell_systemd("STOPPING=1")
                    house.engine.parking.set()
                    desk.sender.stop()
                    menus.cancel()
                    await supervisor.stop()
                    await asyncio.gather(schedule.park(), _park(desk), polling.finish(COMMANDS_S))
            finally:
                await supervisor.stop()
                await _end(application)


def _application(settings: Settings) -> App:
    token = settings.telegram_token
    if token is None:
        raise BadRequest("TELEGRAM_TOKEN is missing.")
    return (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .base_url(f"{settings.telegram_base_url}/bot")
        .base_file_url(f"{settings.telegram_base_url}/file/bot")
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                tzinfo=ZoneInfo(settings.timezone),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .request(_way(settings))
        .get_updates_request(_way(settings))
        .updater(None)
        .build()
    )


def _way(settings: Settings) -> HTTPXRequest:
    """The library's requests by the house's own way: checked addresses, PROXY_URL, nothing of the
    environment, and no answer that leads elsewhere."""
    from providers.http import Addresses, CheckedTransport

    transport = CheckedTransport(Addresses([settings.telegram_base_url]), proxy=proxy_of(settings))
    return HTTPXRequest(httpx_kwargs={"transport": transport, "trust_env": False, "follow_redirects": False})


async def _park(desk: Desk) -> None:
    """Ends a run that a person asked for; it stays open, and the next start goes on with it."""
    task = desk.paid.task
    if task is not None and desk.paid.cancel():
        await asyncio.wait({task}, timeout=PARK_S)


async def _initialize(application: App, stop: asyncio.Event) -> None:
    """Waits for Telegram at start, however long, but not with a refused token. Raises StoppedAtStart."""
    wait = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            raise BadRequest(
                "Telegram refuses TELEGRAM_TOKEN. Ask @BotFather for the bot's token."
            ) from error
        except NetworkError as error:
            logger.warning("Telegram cannot be reached (%s); next try in %.0f s.", error.message, wait)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await stop.wait()
            if stop.is_set():
                raise StoppedAtStart from error
            wait = min(wait * 1.5, 30.0)
        else:
            return


async def _end(application: App) -> None:
    if application.running:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REST_S):
                await application.stop()
    await application.shutdown()
    # An application that could not begin leaves its bot's connections open.
    await application.bot.shutdown()
