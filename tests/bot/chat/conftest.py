"""The real library's application, polling the local Telegram, with our commands and a fake engine behind
them."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from telegram.ext import ApplicationBuilder

from bot.chat.context import Desk
from bot.chat.drawing import at_once
from bot.chat.results import Results
from bot.chat.table import register, urgent
from bot.settings import Settings
from bot.settings.choices import Choices
from bot.telegram import Sender
from bot.telegram.access import Gate
from bot.telegram.delivery import Delivery
from core.base.errors import BadRequest
from core.base.gap import Gap
from core.base.kind import Kind
from core.engine.offering import Offered
from core.portfolio.accounts import alone
from core.portfolio.books import Books
from core.portfolio.holding import Cash, Holding, Import, Portfolio, RejectedRow, Unnamed
from core.portfolio.listings import Moved
from providers.identities.client import Kept, Unwritten
from providers.ledger.sqlite import SqliteLedger
from tests.bot.chat.fake_engine import FakeEngine, FakeWatchList, quiet_guards
from tests.bot.report.made_run import AS_OF, made_run
from tests.bot.telegram_side import fetch, polled
from tests.local_telegram import LocalTelegram, Person

OWNER = 42
MOVED: dict[str, tuple[Moved, ...]] = {}  # what a test lets the desk notice


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def read_portfolio(content: bytes, name: str, answers: Mapping[str, str]) -> Import:
    """A stand-in for the readers of portfolio files: `ticker,quantity,currency,name` with one line of
    heading."""
    try:
        rows = content.decode("utf-8").splitlines()[1:]
    except UnicodeDecodeError as error:
        raise BadRequest(f"{name} is no text.") from error
    holdings: list[Holding] = []
    cash: list[Cash] = []
    rejected: list[RejectedRow] = []
    for number, row in enumerate(rows, 2):
        ticker, quantity, currency, called, *_ = [*row.split(","), "", "", ""]
        if not re.fullmatch(r"[0-9.]+", quantity):
            rejected.append(RejectedRow(line=number, text=row, reason="the quantity is not a number"))
        elif ticker == "$CASH":
            cash.append(Cash(currency=currency, amount=Decimal(quantity)))
        else:
            held = Holding(
                ticker=ticker, name=called, quantity=Decimal(quantity), kind=Kind.EQUITY, currency=currency
            )
            holdings.append(held)
    if rows and not holdings:
        raise BadRequest(f"{name} holds no readable position.")
    portfolio = Portfolio(holdings=tuple(holdings), cash=tuple(cash))
    return Import(
        format="a test's CSV",
        portfolio=portfolio,
        rejected=tuple(rejected),
        accounts=alone(portfolio).accounts,
    )


async def no_offers(unnamed: Sequence[Unnamed]) -> tuple[tuple[Offered, ...], tuple[str, ...]]:
    return (), ()


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return AS_OF + timedelta(minutes=1)


async def moved() -> tuple[Moved, ...]:
    return MOVED.get("now", ())


async def looked_up(ticker: str) -> str | Gap:
    reasons: dict[str, str | Gap] = {
        "AAPPL": "not listed; nearest: AAPL",
        "SLOW": Gap(gap="no answer in time"),
    }
    return reasons.get(ticker, Gap(gap=""))


class Notes:
    """What the ledger remembers by name, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.kept[name] = text


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def reported(engine: FakeEngine) -> FakeEngine:
    """The engine with one finished report in its ledger."""
    engine.ledger.stored.append(made_run(run_id="run0"))
    return engine


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as telegram:
        yield telegram


@pytest.fixture
def owner(local: LocalTelegram) -> Person:
    return local.person(OWNER, "Ada")


@pytest.fixture
def books(tmp_path: Path) -> Iterator[SqliteLedger]:
    """A real ledger for what is asked for and what is to be sent."""
    ledger = SqliteLedger(tmp_path / "books.sqlite")
    yield ledger
    ledger.close()


@pytest.fixture
async def desk(
    local: LocalTelegram,
    owner: Person,
    engine: Any,  # the fake, in the place of an engine
    books: SqliteLedger,
) -> AsyncIterator[Desk]:
    """A running bot. The clock starts at the fixture's day; live messages are edited without waiting."""
    ticks = iter(range(10**9))
    builder = ApplicationBuilder().token(local.token).base_url(local.bot_url).base_file_url(local.file_url)
    application = builder.updater(None).build()
    clock = Clock()
    delivery = Delivery(books.outbox, application.bot, holder="test", clock=clock)
    pumping: set[asyncio.Task[datetime | None]] = set()

    def poke() -> None:
        pumping.add(asyncio.create_task(delivery.pump()))

    def next_push() -> datetime:
        return datetime(2026, 12, 22, 7, 0, tzinfo=UTC)

    desk = Desk(
        engine=engine,
        sender=Sender(application.bot, fetch=fetch),
        choices=Choices(Settings(), Notes()),
        clock=clock.now,
        monotonic=lambda: time.monotonic() + 3 * next(ticks),  # two seconds pass between any two looks
        next_push=next_push,
        read_portfolio=read_portfolio,
        offers=no_offers,
        unknown=looked_up,
        identity=Kept(Unwritten(), now=Clock().now, schemes=("lei", "cik", "dk_oam")).corrected,
        moved=moved,
        books=Books(engine.ledger, Unwritten()),
        people=(OWNER,),
        model="anthropic:claude-sonnet-5-5",
        rehearsal=False,
        version="0.1.0",
        watched=FakeWatchList(),
        guards=quiet_guards,
        draw=at_once,
        results=Results(
            engine,
            books.outbox,
            books.errands,
            zone=lambda: ZoneInfo("Europe/Paris"),
            next_push=next_push,
            clock=clock.now,
            poke=poke,
            draw=at_once,
        ),
    )
    register(application, desk, Gate((OWNER,)))
    async with polled(application, urgent):
        yield desk
        desk.paid.cancel()
        await asyncio.gather(*pumping)
