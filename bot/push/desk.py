"""What the schedule works with: the engine, the books, the words and the clock. Values only."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from typing import TYPE_CHECKING, Protocol

from bot.chat.results import Results
from bot.push.heartbeat import Heartbeat
from bot.telegram.delivery import Delivery
from core.due.message import Message
from core.due.period import Period, upcoming
from core.ports import Clock, Errands, Outbox, PushBook
from core.run import Run

if TYPE_CHECKING:
    from core.engine.engine import Engine


class PushViews(Protocol):
    """A finished run as messages of one batch, in order, keys `{batch}:{position}`. Called off the event
    loop; the same run gives the same words. `remarks` are said first; `next_due` is printed."""

    def report(
        self, run: Run, *, batch: str, chat_id: int, remarks: tuple[str, ...], next_due: datetime
    ) -> tuple[Message, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the report is due and for whom. `holder` names this process."""

    zone: tzinfo
    day: int
    at: time
    chat_id: int
    holder: str

    @property
    def schedule(self) -> str:
        """Day, time and zone in one line: another line is another schedule."""
        return f"{self.day} {self.at:%H:%M} {self.zone}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDesk:
    """What the reconciler works with.

    `place` gives the one place for a paid run, once a person's run has ended, and tells whoever asks
    meanwhile its words. `results` says what a person's run came to. `hears` tells whether Telegram has
    answered of late; `mark` is how far the ledger had come when that was last noted beside it. `poke` is set
    when something new waits in the outbox.
    """

    engine: "Engine"
    book: PushBook
    outbox: Outbox
    errands: Errands
    delivery: Delivery
    views: PushViews
    results: Results
    heartbeat: Heartbeat
    clock: Clock
    place: Callable[[str], AbstractAsyncContextManager[None]]
    hears: Callable[[], bool]
    mark: int = 0
    poke: asyncio.Event = field(default_factory=asyncio.Event)


class Ticking(ABC):
    """A tick in a task of its own, one at a time. The task is no job queue's, so stopping a queue does not
    wait for it."""

    PARK_S = 2.0
    _task: "asyncio.Task[None] | None" = None

    @abstractmethod
    async def tick(self) -> None:
        """One look at what is due."""

    def kick(self) -> None:
        """Begins a tick, unless one is at work."""
        self.demand_alive()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self.tick(), name=type(self).__name__.lower())

    def demand_alive(self) -> None:
        """Raises what the last tick died of: that is an error of the program itself."""
        if self._task is not None and self._task.done() and not self._task.cancelled():
            self._task.result()

    async def park(self) -> None:
        """Ends what is under way within PARK_S."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=self.PARK_S)


def report_batch(period: str) -> str:
    """The batch of a month's report."""
    return f"push:{period}"


def next_report(book: PushBook, plan: Plan, now: datetime) -> Period:
    """The report that will really come next, and when: what `/status`, report and schedule go by."""
    begun = {push.period for push in book.pushes(limit=LOOKED_BACK)}
    return upcoming(now, plan.zone, plan.day, plan.at, since=book.since(now), begun=begun)


# More months than a changed clock or schedule can lie apart.
LOOKED_BACK = 240
