"""What the schedule works with: the engine, the books, the words and the clock, as it needs them. Values and protocols only."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from typing import TYPE_CHECKING, Protocol

from bot.push.heartbeat import Heartbeat
from bot.telegram.delivery import Delivery
from core.due.message import Message
from core.ports import Clock, Outbox, PushBook
from core.run import Run

if TYPE_CHECKING:
    from core.engine.engine import Engine


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

    engine: "Engine"
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
