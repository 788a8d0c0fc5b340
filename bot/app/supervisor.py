"""The tasks without which the bot would be deaf or dumb: one that ends, whatever it died of, ends the process
with the reason.

Decisions. Deaf and alive is the one thing a bot may not be: whoever watches it from outside (systemd,
compose) starts it again, and only a process that has ended can be started again. What the tasks did is noted
beside the ledger, so that `health` can tell from outside; where systemd listens, it is told too, and its
watchdog is fed only while all of them work.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)

# What must have been done of late, and how long ago at most, for the bot to count as alive.
HEARD, SCHEDULE, OUTBOX = "heard", "schedule", "outbox"
LATEST = {HEARD: timedelta(minutes=10), SCHEDULE: timedelta(minutes=5), OUTBOX: timedelta(minutes=10)}
# Often enough to tell, and seldom enough to cost nothing.
APART = timedelta(seconds=5)
WHAT = {
    HEARD: "Telegram has not answered since {at}",
    SCHEDULE: "the schedule has not looked since {at}",
    OUTBOX: "the outbox has not been tried since {at}",
}


class Broken(CondorcetError):
    """A part of the bot ended that must not end."""


class Supervisor:
    """`note` keeps when something was done; `now` is the wall clock; `ended` the first reason to end."""

    def __init__(self, note: Callable[[str, datetime], None], now: Callable[[], datetime]) -> None:
        self.ended: asyncio.Future[CondorcetError] = asyncio.get_running_loop().create_future()
        self._note = note
        self._now = now
        self._last: dict[str, datetime] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def watch(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Runs `work`, which must not end by itself."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._has_ended)
        self._tasks.append(task)

    def worked(self, name: str) -> None:
        """Something of LATEST was done just now."""
        now = self._now()
        if name in self._last and timedelta(0) <= now - self._last[name] < APART:
            return
        self._last[name] = now
        self._note(name, now)
        if not stale(self._last, now):
            tell_systemd("WATCHDOG=1")

    def hears(self) -> bool:
        """Whether Telegram answered of late."""
        return HEARD in self._last and not stale(self._last, self._now(), HEARD)

    async def stop(self) -> None:
        """Ends what is watched; that is no failure."""
        for task in self._tasks:
            task.remove_done_callback(self._has_ended)
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _has_ended(self, task: "asyncio.Task[None]") -> None:
        if self.ended.done():
            return
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CondorcetError):
            self.ended.set_result(error)
            return
        if error is not None:
            logger.error("%s died", task.get_name(), exc_info=error)
        why = "it ended by itself" if error is None else f"{type(error).__name__}: {error}"
        self.ended.set_result(
            Broken(f"A part that must not end has ended ({task.get_name()}: {why}). This process ends.")
        )


def stale(last: dict[str, datetime], now: datetime, *names: str) -> tuple[str, ...]:
    """A sentence for each thing that was not done of late; of `names`, or of all. A moment that has not come
    yet is of another clock and counts as now."""
    return tuple(
        WHAT[name].format(at=f"{last[name]:%Y-%m-%d %H:%M:%S} UTC" if name in last else "its start")
        for name in names or LATEST
        if name not in last or now - last[name] > LATEST[name]
    )


def tell_systemd(state: str) -> None:
    """One line to the socket that systemd names, where it does. It is never waited for, and never missed."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
    except OSError as error:
        logger.debug("systemd could not be told: %s", error)
