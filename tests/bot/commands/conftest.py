"""The real library's application, polling the local Telegram, with our commands and a fake engine behind them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from telegram.ext import ApplicationBuilder

from bot.access import Gate
from bot.commands.context import Desk
from bot.commands.table import register
from bot.local import LocalTelegram
from bot.sending import Sender
from providers.holdings.reading import read_file
from tests.bot.commands.fake_engine import FakeEngine
from tests.bot.views.made_run import AS_OF, made_run

OWNER = 42


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def reported(engine):
    """The engine with one finished report in its ledger."""
    engine.ledger.stored.append(made_run(run_id="run0"))
    return engine


@pytest.fixture
async def local():
    async with LocalTelegram() as telegram:
        yield telegram


@pytest.fixture
def owner(local):
    return local.person(OWNER, "Ada")


@pytest.fixture
async def desk(local, owner, engine):
    """A running bot. The clock starts at the fixture's day; live messages are edited without waiting."""
    ticks = iter(range(10**9))
    application = (
        ApplicationBuilder().token(local.token).base_url(local.bot_url).base_file_url(local.file_url)
    )
    application = application.update_queue(asyncio.Queue(1)).build()
    desk = Desk(
        engine=engine,
        sender=Sender(application.bot),
        zone=ZoneInfo("Europe/Paris"),
        clock=lambda: AS_OF + timedelta(minutes=1),
        monotonic=lambda: time.monotonic() + 3 * next(ticks),  # two seconds pass between any two looks
        next_push=lambda: datetime(2026, 12, 22, 7, 0, tzinfo=UTC),
        read_portfolio=lambda content, name: read_file(content, origin=name),
        people=(OWNER,),
        model="anthropic:claude-sonnet-5-5",
        rehearsal=False,
        version="0.1.0",
        jury_size=5,
        confirm_above_usd=Decimal("0.50"),
        budget_usd=Decimal(10),
    )
    register(application, desk, Gate((OWNER,)))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=5, poll_interval=0)
        yield desk
        desk.paid.cancel()
        await application.updater.stop()
        await application.stop()
