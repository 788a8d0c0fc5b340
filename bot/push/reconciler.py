"""Every month ends as exactly one report or one failure message, whatever happens in between.

Decisions. The ledger is the truth, no timer is: at start and every ten minutes `tick` compares what is due with what was
done, so a missed instant, a restart, a clock change and a second process all end the same way. One claim per month, and one
paid run at a time: a push waits until a person's run has ended, and a person is told that the report is being made. A
crash between any two steps is taken up again where the ledger stands: an open run is resumed (only its missing ballots
cost money), a closed one is delivered, a message half sent is edited. A failure is one message, edited when tries go on
and when the report came after all. Stopping parks: the run stays open and the claim is freed for the next start.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.push import words
from bot.push.desk import Plan, PushDesk, report_batch
from bot.push.heartbeat import Ping
from bot.push.recovery import recover
from core.base.errors import CondorcetError, QuorumNotMet
from core.base.gap import Gap
from core.due.message import Message, MessageState
from core.due.period import Period, due_period, next_period, periods_after
from core.due.push import FRESH, LEASE, WINDOW, Push, PushState, Step, is_late, next_step, wait_after
from core.run import Purpose, Run, RunState

log = logging.getLogger(__name__)

RENEW_S = 60.0
ALIVE_EVERY = timedelta(days=1)
# Parking must end well inside the ten seconds that a supervisor's first signal leaves.
PARK_S = 8.0


class Reconciler:
    """One per process. `start` once, then `kick` from a repeating job; `park` before the process ends."""

    def __init__(self, desk: PushDesk, plan: Plan, *, would_fire: Callable[[], bool]) -> None:
        self.desk = desk
        self.plan = plan
        self._would_fire = would_fire
        self._task: asyncio.Task[None] | None = None
        self._complained: datetime | None = None
        self._recovered = False

    async def start(self) -> None:
        """The first act of a process that holds the ledger's lock: every other holder is dead, leases need not run out."""
        now = self.desk.clock.now()
        self.desk.book.free_all()
        self.desk.book.since(now)
        under_way = self.desk.book.recognise(now)
        if under_way is not None:
            self._say_restored(under_way, now)
        self.kick()

    def kick(self) -> None:
        """Begins a tick in its own task, unless one is at work. The task is not the job queue's, so that stopping the
        queue does not wait for it."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self.tick(), name="reconciler")

    async def park(self) -> None:
        """Ends what is under way within PARK_S; the run stays open and the next start goes on with it."""
        self.desk.engine.parking.set()
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=PARK_S)

    def next_due(self) -> datetime:
        """The next instant at which a report will be due."""
        return next_period(self.desk.clock.now(), self.plan.zone, self.plan.day, self.plan.at).due

    async def tick(self) -> None:
        """Compares what is due with what was done, once, and does the difference. Never raises but for cancellation."""
        try:
            await self.desk.delivery.pump()
            self._settle()
            if not self._recovered:
                self._recovered = True
                await recover(self.desk, self.plan, next_due=self.next_due())
            await self._periods()
            await self.desk.delivery.pump()
            self._settle()
            await self.desk.heartbeat.settle()
            await self._say_alive()
        except CondorcetError as error:
            # The ledger itself failed: nothing can be remembered, so this is said past it, once a day.
            log.error("The schedule could not go on: %s", error)  # noqa: TRY400  # its sentence is the whole story
            await self._say_past_the_ledger(str(error))

    async def _say_past_the_ledger(self, reason: str) -> None:
        now = self.desk.clock.now()
        if self._complained is None or abs(now - self._complained) >= ALIVE_EVERY:
            self._complained = now
            await self.desk.delivery.say_directly(self.plan.chat_id, words.ledger_failed(reason))
        await self.desk.heartbeat.ping(Ping.FAIL, reason)

    async def _periods(self) -> None:
        now = self.desk.clock.now()
        due = periods_after(self.desk.book.since(now), now, self.plan.zone, self.plan.day, self.plan.at)
        missed: list[Period] = []
        for period in due:
            push = self.desk.book.push(period.id)
            step = next_step(period, push, now, current=period is due[-1])
            if step is Step.MISS:
                missed.append(period)
            elif step is Step.MAKE:
                async with self.desk.place(words.making(period.id)):
                    await self._make(period)
            elif step is Step.GIVE_UP:
                self._give_up(period)
        if missed:
            self._say_missed(tuple(missed), now)

    async def _make(self, period: Period) -> None:
        now, book = self.desk.clock.now(), self.desk.book
        if not book.claim(period, holder=self.plan.holder, now=now, until=now + LEASE):
            return
        log.info("The report of %s is being made.", period.id)
        renewing = asyncio.create_task(self._renew(period))
        try:
            await self.desk.heartbeat.ping(Ping.START, f"making the report of {period.id}")
            run = await self._run(period, now)
            await self._publish(period, run)
        except QuorumNotMet as error:
            self._fail(period, str(error), paid=self._cost_money(error.run_id))
        except CondorcetError as error:
            self._fail(period, str(error), paid=False)
        except (
            Exception
        ) as error:  # the outermost handler of this job: silence would be worse than any report of it
            log.exception("The report of %s met an error of the program itself.", period.id)
            self._fail(
                period, f"An error in the program itself ({type(error).__name__}); the log has it.", paid=True
            )
        finally:
            renewing.cancel()

    async def _run(self, period: Period, now: datetime) -> Run:
        """The run of this month: finished before a crash, interrupted by one, or new."""
        ledger = self.desk.engine.ledger
        for row in ledger.runs(purposes=(Purpose.PUSH,), limit=50):
            if row.period != period.id:
                continue
            if row.state is RunState.DONE:
                return ledger.run(row.id)
            if row.state is RunState.OPEN and now - row.opened <= FRESH:
                return await self.desk.engine.resume(row.id)
            if row.state is RunState.OPEN:
                self.desk.engine.abandon(row.id, "interrupted, and its snapshot is more than a day old")
        return await self.desk.engine.analyze(purpose=Purpose.PUSH, period=period.id)

    async def _publish(self, period: Period, run: Run) -> None:
        now = self.desk.clock.now()
        push = self.desk.book.push(period.id)
        remarks = (words.late(period, self.plan.zone),) if is_late(period, run.opening.opened) else ()
        messages = await asyncio.to_thread(
            self.desk.views.report,
            run,
            batch=report_batch(period.id),
            chat_id=self.plan.chat_id,
            remarks=remarks,
            next_due=self.next_due(),
        )
        if push is not None and push.tries:
            told = words.came_after_failures(push, now=now, zone=self.plan.zone)
            messages = (*messages, self._failure_message(period.id, told, button=False))
        self.desk.book.publish(
            period.id, holder=self.plan.holder, run_id=run.opening.id, messages=messages, now=now
        )

    def _fail(self, period: Period, reason: str, *, paid: bool) -> None:
        now = self.desk.clock.now()
        push = self.desk.book.push(period.id)
        if push is None:
            return
        after = replace(push, tries=push.tries + 1, paid=push.paid + int(paid))
        next_try: datetime | None = now + wait_after(after.tries)
        retry = replace(after, state=PushState.FAILED)
        if (
            next_try is not None
            and next_step(period, retry, next_try, current=next_try < self.next_due()) is not Step.MAKE
        ):
            next_try = None
        self._tell_failure(push, reason, paid=paid, next_try=next_try, now=now)

    def _give_up(self, period: Period) -> None:
        """A month whose tries are over, or whose maker died until the next month came."""
        now = self.desk.clock.now()
        if not self.desk.book.claim(period, holder=self.plan.holder, now=now, until=now + LEASE):
            return
        push = self.desk.book.push(period.id)
        if push is not None:
            reason = push.reason or "The bot stopped while it was making this report, and came back too late."
            self._tell_failure(push, reason, paid=False, next_try=None, now=now)

    def _tell_failure(
        self, push: Push, reason: str, *, paid: bool, next_try: datetime | None, now: datetime
    ) -> None:
        log.error("No report for %s: %s", push.period, reason)
        told = words.failed(push, reason, now=now, next_try=next_try, zone=self.plan.zone)
        self.desk.heartbeat.owe(Ping.FAIL, f"no report for {push.period}: {reason}")
        self.desk.book.fail(
            push.period,
            holder=self.plan.holder,
            reason=reason,
            paid=paid,
            next_try=next_try,
            messages=(self._failure_message(push.period, told),),
            now=now,
        )

    def _say_missed(self, periods: tuple[Period, ...], now: datetime) -> None:
        key = f"missed:{periods[-1].id}"
        lines = words.missed(periods, WINDOW)
        self.desk.heartbeat.owe(Ping.FAIL, lines[0])
        self.desk.book.miss(
            periods,
            reason=lines[1],
            messages=(words.loud(key, key, self.plan.chat_id, lines),),
            now=now,
        )

    def _say_restored(self, under_way: tuple[str, ...], now: datetime) -> None:
        """Asks the owner about every month that the copy does not know as finished."""
        book, plan = self.desk.book, self.plan
        due = periods_after(book.since(now), now, plan.zone, plan.day, plan.at)
        unknown = tuple(period for period in due if book.push(period.id) is None)
        months = sorted({*under_way, *(period.id for period in unknown)})
        if months:
            key = f"restored:{now.isoformat()}"
            lines = words.restored(months)
            book.miss(unknown, reason=lines[1], messages=(), now=now)
            self.desk.outbox.put((words.loud(key, key, plan.chat_id, lines),), now=now)

    def _settle(self) -> None:
        """Months whose messages are all on the screen, or can never be, are finished."""
        for push in self.desk.book.pushes():
            if push.state is not PushState.DELIVERING:
                continue
            rows = self.desk.outbox.batch(report_batch(push.period))
            if any(row.state in (MessageState.QUEUED, MessageState.PLACED) for row in rows):
                continue
            lost = [row for row in rows if row.state is MessageState.UNDELIVERABLE]
            if rows and not lost:
                self.desk.heartbeat.owe(Ping.SUCCESS, f"the report of {push.period} was delivered")
                self.desk.book.finish(push.period, state=PushState.DELIVERED, reason="")
            else:
                reason = lost[0].reason if lost else "the report had no message"
                log.error("The report of %s could not be delivered: %s", push.period, reason)
                self.desk.heartbeat.owe(Ping.FAIL, f"the report of {push.period} is undeliverable: {reason}")
                self.desk.book.finish(push.period, state=PushState.UNDELIVERABLE, reason=reason)

    async def _say_alive(self) -> None:
        """Once a day, and only if the scheduler would really fire. While a month stands failed or undeliverable it says
        fail, and while its report is on the way nothing: no process that is alive and useless silences the alarm."""
        now = self.desk.clock.now()
        said = [last for last in map(self.desk.heartbeat.last, (Ping.ALIVE, Ping.FAIL)) if last is not None]
        fresh = any(timedelta(0) <= now - at < ALIVE_EVERY and not failure for at, failure in said)
        if fresh or not self._would_fire():
            return
        current = due_period(now, self.plan.zone, self.plan.day, self.plan.at)
        push = self.desk.book.push(current.id)
        body = f"next report {self.next_due().isoformat()}"
        state = None if push is None else push.state
        if state in (PushState.FAILED, PushState.UNDELIVERABLE):
            await self.desk.heartbeat.ping(Ping.FAIL, f"the report of {current.id} is {state}; {body}")
        elif state is not PushState.DELIVERING:
            await self.desk.heartbeat.ping(Ping.ALIVE, f"alive; {body}")

    def _failure_message(self, period: str, lines: tuple[str, ...], *, button: bool = True) -> Message:
        key = f"failure:{period}"
        return words.loud(key, key, self.plan.chat_id, lines, button=button)

    def _cost_money(self, run_id: str) -> bool:
        closing = self.desk.engine.ledger.run(run_id).closing
        return isinstance(closing, Gap) or isinstance(closing.cost_usd, Gap) or closing.cost_usd > 0

    async def _renew(self, period: Period) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            until = self.desk.clock.now() + LEASE
            if not self.desk.book.renew(period.id, holder=self.plan.holder, until=until):
                log.error("Another process took over the report of %s.", period.id)
                return
