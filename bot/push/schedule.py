"""The clock of the house: when to look at what is due, and when to try the outbox again.

Decisions. The library's job queue turns the schedule every few seconds, and a watched task demands that it
goes on turning: a queue that has stopped, or a turn that died, ends the process with the reason. Timers are
never trusted with more: a turn compares the ledger with the wall clock, whatever woke it, and looks at each
due instant and every ten minutes of real time, so neither a clock that jumps nor a blocked loop can pass a
month over. The outbox is tried at the very time that its pump answers, or when something new is put in. Both
note that they worked.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import timedelta

from bot.push.desk import Plan, PushDesk, Ticking
from bot.push.reconciler import Reconciler
from core.base.errors import LedgerFailed

INTERVAL = timedelta(minutes=10)
# How often the job queue turns the schedule: so late at most is a due instant or a changed clock noticed.
TURN_S = 5.0
# The longest sleep of the pump.
LONGEST_S = 30.0
# How long the queue may stand still, twice, before the process ends.
PATIENCE_S = 20.0


class Schedule:
    """`start` once, then let a job queue call `turn` every `TURN_S`, and run `look` and `pump` as tasks that
    must not end; `park` before the process ends. `worked` is told the name of a loop each time it has done
    its work."""

    def __init__(
        self,
        desk: PushDesk,
        plan: Plan,
        *,
        watch: Ticking | None = None,
        worked: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.reconciler = Reconciler(desk, plan)
        self._desk = desk
        self._watch = watch
        self._worked = worked
        self._turned = asyncio.Event()
        self._died: BaseException | None = None
        self._looked = time.monotonic()
        self._due = desk.clock.now()

    def replan(self, plan: Plan, watch: Ticking | None) -> None:
        """Another day, time or zone, from the next turn on."""
        self.reconciler.plan = plan
        self._watch = watch
        self._due = self._desk.clock.now()

    async def start(self) -> None:
        """The first look. Raises LedgerFailed."""
        await self.reconciler.start()
        self._look()

    async def turn(self) -> None:
        """One turn of the job queue, which only logs errors: what a turn dies of is kept for `look`."""
        try:
            self._demand_alive()
            self._worked("schedule")
            waited = time.monotonic() - self._looked
            if self._desk.clock.now() >= self._due or waited >= INTERVAL.total_seconds():
                self._look()
        except Exception as error:  # noqa: BLE001  # whatever it is, `look` raises it again
            self._died = error
        self._turned.set()

    async def look(self) -> None:
        """For ever. Raises what a turn died of, and when the job queue no longer turns."""
        while True:
            # Two waits: a process that stood still is no dead queue, and gets the time of another turn.
            for _ in range(2):
                self._turned.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE_S):
                        await self._turned.wait()
                if self._turned.is_set():
                    break
            else:
                raise RuntimeError("The job queue no longer turns the schedule.")
            if self._died is not None:
                raise self._died

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

    def _look(self) -> None:
        """Kicks what is due. A due month that waits for somebody's run is looked at in each turn."""
        self._looked = time.monotonic()
        try:
            self._due = self.reconciler.next_due()
        except LedgerFailed:
            self._due = self._desk.clock.now() + INTERVAL  # the next look says it past the ledger
        self.reconciler.kick()
        if self._watch is not None:
            self._watch.kick()
        self._worked("schedule")
