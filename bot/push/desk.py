"""What the schedule works with: the engine, the books, the words and the clock, as it needs them. Values and protocols only."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import Protocol

from bot.push.heartbeat import Heartbeat
from bot.telegram.delivery import Delivery
from core.base.gap import Gap
from core.due.message import Message
from core.ports import Clock, Ledger, Outbox, PushBook
from core.run import Purpose, Run


class PushEngine(Protocol):
    """What a push needs of the engine. `parking`, when set before a cancellation, leaves the run open to be resumed.
    `abandon` closes an open run as failed, with the reason."""

    parking: asyncio.Event

    @property
    def ledger(self) -> Ledger: ...

    async def analyze(self, *, purpose: Purpose, period: str | Gap) -> Run: ...

    async def resume(self, run_id: str) -> Run: ...

    def abandon(self, run_id: str, reason: str) -> None: ...


class PushViews(Protocol):
    """A finished run as messages of one batch, in order, keys `{batch}:{position}`. Called off the event loop; the same
    run gives the same words. `remarks` are said first; `next_due` is printed."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDesk:
    """What the reconciler works with.

    `place` gives the one place for a paid run, once a person's run has ended, and tells whoever asks meanwhile its words.
    """

    engine: PushEngine
    book: PushBook
    outbox: Outbox
    delivery: Delivery
    views: PushViews
    heartbeat: Heartbeat
    clock: Clock
    place: Callable[[str], AbstractAsyncContextManager[None]]


def report_batch(period: str) -> str:
    """The batch of a month's report."""
    return f"push:{period}"
