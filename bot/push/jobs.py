"""Hangs the reconciler and the watch into the library's job queue, and takes them out again.

Decisions. A repeating job and one job at the due instant, both without a grace time: by default a job that is one second
late is dropped with only a warning. Neither is trusted: each only kicks the reconciler, which looks into the ledger. The
jobs return at once, because stopping the queue waits for those that have not.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from bot.push.desk import Plan, PushDesk
from bot.push.reconciler import Reconciler
from core.ports import Clock

if TYPE_CHECKING:
    from telegram.ext import ContextTypes, JobQueue

INTERVAL = timedelta(minutes=10)
# The scheduler would fire if its next look lies within one interval, with a minute for a busy loop.
SLACK = timedelta(minutes=1)
LOOK = "look at what is due"
INSTANT = "the due instant"


class Daily(Protocol):
    """The watch, as its clock knows it."""

    def kick(self) -> None: ...

    async def park(self) -> None: ...


class Schedule:
    """The clock of the house. `start` after the library has started its queue, `park` before the process ends."""

    def __init__(
        self, desk: PushDesk, plan: Plan, jobs: "JobQueue[Any]", *, watch: Daily | None = None
    ) -> None:
        self.reconciler = Reconciler(desk, plan, would_fire=self.would_fire)
        self._watch = watch
        self._jobs = jobs
        self._clock: Clock = desk.clock

    async def start(self) -> None:
        """Looks at once, then every ten minutes and at each due instant."""
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1, "replace_existing": True}
        self._jobs.run_repeating(
            self._look, interval=INTERVAL, first=INTERVAL, name=LOOK, job_kwargs={"id": LOOK, **options}
        )
        self._arm()
        await self.reconciler.start()
        self._kick_watch()

    async def park(self) -> None:
        """Ends what is under way within ten seconds; the next start goes on with it."""
        if self._watch is not None:
            await self._watch.park()
        await self.reconciler.park()

    def would_fire(self) -> bool:
        """Whether the library's scheduler runs and has the next look in its book."""
        if not self._jobs.scheduler.running:
            return False
        looks: list[datetime] = [job.next_t for job in self._jobs.get_jobs_by_name(LOOK) if job.next_t]
        return any(look <= self._clock.now() + INTERVAL + SLACK for look in looks)

    async def _look(self, _context: "ContextTypes.DEFAULT_TYPE") -> None:
        self.reconciler.kick()
        self._kick_watch()
        self._arm()

    def _kick_watch(self) -> None:
        if self._watch is not None:
            self._watch.kick()

    def _arm(self) -> None:
        """One job at the next due instant, so that nobody waits ten minutes for a report."""
        for job in self._jobs.get_jobs_by_name(INSTANT):
            job.schedule_removal()
        self._jobs.run_once(
            self._look, when=self.reconciler.next_due(), name=INSTANT, job_kwargs={"misfire_grace_time": None}
        )
