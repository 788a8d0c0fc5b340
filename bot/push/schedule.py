"""The clock of the house: when to look at what is due, and when to try the outbox again. Two loops, each a
watched task.

Decisions. Timers are never trusted: a look compares the ledger with the wall clock, whatever woke it. It
comes every ten minutes of real time and at each due instant, so neither a clock that jumps nor a blocked loop
can pass a month over. The outbox is tried at the very time that its pump answers, or when something new is
put in. Both loops note that they worked.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from bot.push.desk import Plan, PushDesk
from bot.push.reconciler import Reconciler
from core.base.errors import LedgerFailed

INTERVAL = timedelta(minutes=10)
# The longest sleep: so late at most is a changed clock noticed.
LONGEST_S = 30.0


class Daily(Protocol):
    """The watch, as its clock knows it."""

    def kick(self) -> None: ...

    def demand_alive(self) -> None: ...

    async def park(self) -> None: ...


class Schedule:
    """`start` once, then run `look` and `pump` as tasks that must not end; `park` before the process ends.
    `worked` is told the name of a loop each time it has done its work."""

    def __init__(
        self,
        desk: PushDesk,
        plan: Plan,
        *,
        watch: Daily | None = None,
        worked: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.reconciler = Reconciler(desk, plan)
        self._desk = desk
        self._watch = watch
        self._worked = worked

    def replan(self, plan: Plan, watch: Daily | None) -> None:
        """Another day, time or zone, from the next look on."""
        self.reconciler.plan = plan
        self._watch = watch

    async def start(self) -> None:
        """The first look. Raises LedgerFailed."""
        await self.reconciler.start()
        self._kick()

    async def look(self) -> None:
        """For ever. Raises what a look died of."""
        while True:
            begun, plan = time.monotonic(), self.reconciler.plan
            try:
                due = self.reconciler.next_due()
            except LedgerFailed:
                due = self._desk.clock.now() + INTERVAL  # the next look says it past the ledger
            while self._desk.clock.now() < due and time.monotonic() - begun < INTERVAL.total_seconds():
                left = (due - self._desk.clock.now()).total_seconds()
                await asyncio.sleep(min(max(left, 0.0), LONGEST_S))
                self._demand_alive()
                self._worked("schedule")
                if self.reconciler.plan is not plan:
                    break  # another day, time or zone was chosen
            self._kick()
            # A due month that cannot be begun at once (somebody's run is on) is looked at again in a while.
            await asyncio.sleep(5.0)

    async def pump(self) -> None:
        """For ever. Each round leaves alone the chats in which the round before is still at work."""
        rounds: set[asyncio.Task[float]] = set()
        try:
            wait = 0.0
            while True:
                poked = asyncio.create_task(self._poked(wait))
                await asyncio.wait({poked, *rounds}, return_when=asyncio.FIRST_COMPLETED)
                ended = {each for each in rounds if each.done()}
                rounds -= ended
                wait = min((each.result() for each in ended), default=LONGEST_S)
                if poked.done():
                    rounds.add(asyncio.create_task(self._round(), name="outbox"))
                poked.cancel()
        finally:
            for each in rounds:
                each.cancel()
            await asyncio.gather(*rounds, return_exceptions=True)

    async def park(self) -> None:
        """Ends what is under way within ten seconds; the next start goes on with it."""
        if self._watch is not None:
            await self._watch.park()
        await self.reconciler.park()

    async def _poked(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._desk.poke.wait()
        except TimeoutError:
            pass  # the time of the next try has come
        self._desk.poke.clear()

    async def _round(self) -> float:
        """Seconds until the next try."""
        try:
            again = await self.reconciler.deliver()
            await self.reconciler.look_after()
        except LedgerFailed:
            return LONGEST_S  # the next look says it past the ledger
        self._worked("outbox")
        if again is None:
            return LONGEST_S
        return min(max((again - self._desk.clock.now()).total_seconds(), 0.5), LONGEST_S)

    def _demand_alive(self) -> None:
        self.reconciler.demand_alive()
        if self._watch is not None:
            self._watch.demand_alive()

    def _kick(self) -> None:
        self.reconciler.kick()
        if self._watch is not None:
            self._watch.kick()
        self._worked("schedule")
