"""A whole push around a real ledger and a real chat: only the engine, the views, the heartbeat's post and the
clock are set.

A `House` can be killed at any call into the books, the engine or the chat, and started again on the same
file.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

from telegram import Bot

from bot.chat.paid import Paid
from bot.chat.results import Results
from bot.push import Heartbeat, Plan, PushDesk, Reconciler
from bot.telegram.delivery import Delivery
from core.base.errors import QuorumNotMet, SourcesFailed
from core.base.gap import NOT_GIVEN, Gap
from core.due.message import Errand, Message, MessageKind
from core.engine.asking import Publish, unsaid
from core.engine.engine import Engine
from core.engine.stamping import FRESH
from core.ports import Errands, Outbox
from core.run import Closing, Lease, Purpose, Run, RunState
from providers.ledger.notes import SqliteNotes
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.sqlite import SqliteLedger
from providers.ledger.store import NEVER
from tests.local_telegram import LocalTelegram
from tests.providers.ledger import samples

OWNER = 42
BALLOTS = 5
EIGHT = time(8)
DUE = datetime(2026, 11, 1, 8, tzinfo=UTC)

Kept = TypeVar("Kept")


class Killed(BaseException):
    """The process ends here, without a word."""


class SetClock:
    """A clock that stands where the test put it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass
class World:
    """What outlives the process: the clock, the chat, the model's bill, the heartbeat's log, what the sources
    will say."""

    clock: SetClock
    asked: list[str] = field(default_factory=list)
    pings: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    quorum_fails: int = 0
    heartbeat: Callable[[str], tuple[int, str]] = lambda _: (200, "OK")
    runs: int = 0
    model: str = "a model"
    models: dict[str, str] = field(default_factory=dict)
    asked_of: dict[str, set[str]] = field(default_factory=dict)
    step: Callable[[str], None] = lambda _: None
    schedule: tuple[int, time, tzinfo] = (1, EIGHT, UTC)

    async def post(self, address: str, body: str) -> tuple[int, str]:
        self.step(f"ping {address}")
        answer = self.heartbeat(address)
        said = address.rpartition("/")[2] if address.count("/") > 3 else body.partition(";")[0]
        self.pings.append((said if said in ("start", "fail", "alive") else "success", body))
        return answer


class ScriptedEngine:
    """The engine's promises over samples: opens before it asks, stores each ballot, closes and publishes as
    one, raises after it stored. `changed` is what a restart finds changed in the settings."""

    def __init__(self, world: World, ledger: SqliteLedger) -> None:
        self.world = world
        self.ledger = ledger
        self.parking = asyncio.Event()

    async def analyze(
        self, *, purpose: Purpose, period: str | Gap = NOT_GIVEN, errand: str = "", publish: Publish = unsaid
    ) -> Run:
        if self.world.failures:
            raise self.world.failures.pop(0)
        self.world.runs += 1
        run_id = f"r{self.world.runs:05d}"
        note = f"{run_id} {period}"
        self.ledger.open_run(
            samples.opening(
                run_id,
                purpose=purpose,
                period=period,
                at=self.world.clock.now(),
                asked=BALLOTS,
                frozen=samples.snapshot(at=self.world.clock.now(), note=note),
            ),
            errand=errand,
        )
        self.world.models[run_id] = self.world.model
        return await self.resume(run_id, publish=publish)

    async def resume(self, run_id: str, *, publish: Publish = unsaid) -> Run:
        run = self.ledger.run(run_id)
        if not isinstance(run.closing, Gap):
            return run
        for reason, true in (
            ("its snapshot is more than a day old", self.world.clock.now() - run.opening.opened > FRESH),
            ("MODEL changed since", self.world.models.get(run_id, self.world.model) != self.world.model),
        ):
            if true:
                await self.abandon(run_id, f"interrupted, and {reason}", publish=publish)
                return self.ledger.run(run_id)
        lease = self._take(run_id)
        done = {answer.index for answer in run.answers}
        for index in range(BALLOTS):
            if index not in done:
                await asyncio.sleep(0)
                self.world.step("ask")
                self.world.asked.append(f"{run_id}:{index}")
                self.world.asked_of.setdefault(run_id, set()).add(self.world.model)
                self.ledger.store_answer(lease, samples.answer(index))
        if self.world.quorum_fails:
            self.world.quorum_fails -= 1
            await self._close(
                lease, samples.closing(state=RunState.NO_QUORUM, at=self.world.clock.now()), publish
            )
            raise QuorumNotMet("No quorum: 2 of 5 ballots were readable.", valid=2, asked=5, run_id=run_id)
        await self._close(lease, samples.closing(at=self.world.clock.now()), publish)
        return self.ledger.run(run_id)

    async def abandon(self, run_id: str, reason: str, *, publish: Publish = unsaid) -> None:
        closing = samples.closing(
            state=RunState.FAILED,
            at=self.world.clock.now(),
            cost=Decimal("0.1"),
            failure=f"given up: {reason}",
        )
        await self._close(self._take(run_id), closing, publish)

    def previous_report(self, run: Run) -> Run | None:
        return None

    def _take(self, run_id: str) -> Lease:
        lease = self.ledger.take(run_id, holder="engine", now=self.world.clock.now(), until=NEVER)
        assert lease is not None, "a closed run"
        return lease

    async def _close(self, lease: Lease, closing: Closing, publish: Publish) -> None:
        write = await publish(replace(self.ledger.run(lease.run_id), closing=closing))
        with self.ledger.as_one():
            self.ledger.close_run(lease, closing)
            write()


class SmallResults(Results):
    """What a person asked for, in one message."""

    def __init__(
        self, engine: Engine, outbox: Outbox, errands: Errands, *, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(engine, outbox, errands, zone=lambda: UTC, next_push=lambda: NOT_GIVEN, clock=clock)

    def _messages(self, run: Run, errand: Errand, remarks: tuple[str, ...]) -> tuple[Message, ...]:
        said = (f"REPORT asked for {run.opening.id}", *remarks)
        return self._words(run, errand, *said)


class SmallViews:
    """Two messages a report: words and a file."""

    def report(
        self, run: Run, *, batch: str, chat_id: int, remarks: tuple[str, ...], next_due: datetime
    ) -> tuple[Message, ...]:
        said = "".join(f"{remark}\n" for remark in remarks)
        words = f"{said}REPORT {run.opening.period} {run.opening.id} next {next_due:%Y-%m-%d}"
        return (
            Message(
                key=f"{batch}:0",
                batch=batch,
                position=0,
                chat_id=chat_id,
                kind=MessageKind.TEXT,
                placeholder="Stability map",
                html=words,
                plain=words,
            ),
            Message(
                key=f"{batch}:1",
                batch=batch,
                position=1,
                chat_id=chat_id,
                kind=MessageKind.DOCUMENT,
                placeholder="Stability map",
                html=f"FILE {run.opening.period}",
                plain="FILE",
                filename="report.html",
                content=b"<html></html>",
            ),
        )


class Stepping:
    """Another object, but the world hears of every call before and after it is made."""

    def __init__(self, inner: Any, name: str, world: World) -> None:
        self._inner, self._name, self._world = inner, name, world

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not callable(value):
            return value

        def call(*values: Any, **named: Any) -> Any:
            self._world.step(f"before {self._name}.{name}")
            answer = value(*values, **named)
            self._world.step(f"after {self._name}.{name}")
            return answer

        return call


def stepping(inner: Kept, name: str, world: World) -> Kept:
    return cast("Kept", Stepping(inner, name, world))


class House:
    """One process of the bot, as far as the push is concerned. `async with` is its life."""

    def __init__(
        self,
        world: World,
        path: Path,
        local: LocalTelegram,
        *,
        day: int = 1,
        at: time = EIGHT,
        zone: tzinfo = UTC,
        holder: str = "one",
        bot: Bot | None = None,
    ) -> None:
        self.world, self.path, self.local = world, path, local
        self.plan = Plan(zone=zone, day=day, at=at, chat_id=OWNER, holder=holder)
        self.paid = Paid()
        self.hears = True
        self._bot = bot
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "House":
        self.ledger = SqliteLedger(self.path)
        self._stack.callback(self.ledger.close)
        bot = self._bot
        if bot is None:
            opened = Bot(self.local.token, base_url=self.local.bot_url, base_file_url=self.local.file_url)
            bot = await self._stack.enter_async_context(opened)
        store = self.ledger.store
        self.book = SqlitePushBook(store)
        self.outbox = SqliteOutbox(store)
        self.notes = SqliteNotes(store)
        self.errands = self.ledger.errands
        outbox = stepping(self.outbox, "outbox", self.world)
        self.heartbeat = Heartbeat(
            address="http://127.0.0.1:9/ping", post=self.world.post, notes=self.notes, clock=self.world.clock
        )
        self.delivery = Delivery(outbox, bot, holder=self.plan.holder, clock=self.world.clock)
        self.engine = ScriptedEngine(self.world, stepping(self.ledger, "ledger", self.world))
        engine = cast("Engine", self.engine)  # scripted: it keeps the promises the desk goes by
        self.desk = PushDesk(
            engine=engine,
            book=stepping(self.book, "book", self.world),
            outbox=outbox,
            delivery=self.delivery,
            views=SmallViews(),
            heartbeat=self.heartbeat,
            clock=self.world.clock,
            place=self.paid.by_schedule,
            errands=self.ledger.errands,
            results=SmallResults(engine, outbox, self.ledger.errands, clock=self.world.clock.now),
            hears=lambda: self.hears,
        )
        self.reconciler = Reconciler(self.desk, self.plan)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def begin(self) -> None:
        """Start, and the tick that it kicks, to the end. A kill inside the tick comes out here."""
        await self.reconciler.start()
        await self.settled()

    async def settled(self) -> None:
        task = self.reconciler._task
        if task is not None:
            await task

    async def at(self, moment: datetime) -> None:
        """One tick at that moment."""
        self.world.clock.at = moment
        await self.reconciler.tick()


def shown(local: LocalTelegram, who: int = OWNER) -> list[str]:
    """What the owner, or another, sees, oldest first."""
    return [row.text for row in local.world.chats[who].messages.values()]


def reports(local: LocalTelegram) -> list[str]:
    return [text for text in shown(local) if "REPORT" in text]


def facts_failed() -> SourcesFailed:
    return SourcesFailed(
        "No report: edgar answered 403.", failures=(("edgar", "answered 403 (no contact in the user agent)"),)
    )


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
