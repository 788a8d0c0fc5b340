"""Every month ends as exactly one report or one failure message, whatever happens in between.

Decisions. The ledger is the truth, no timer is: at start and every ten minutes `tick` compares what is due
with what was done, so a missed instant, a restart, a clock change, a changed setting and a second process all
end the same way. One claim per month, and one paid run at a time: a push waits until a person's run has
ended, and a person is told that the report is being made. Closing the run, queueing its messages and the
month's next state are one transaction. A crash leaves an open run, which is resumed while its stamp is
unchanged and else given up and asked afresh, or messages that are on their way. A failure is one message,
edited when tries go on and when the report came after all. Stopping parks: the run stays open.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.push import words
from bot.push.desk import Plan, PushDesk, Ticking, next_report, report_batch
from bot.push.heartbeat import Ping
from bot.push.recovery import recover, sweep
from bot.push.settling import ALIVE_EVERY, say_alive, settle
from core.base.errors import CondorcetError, LeaseLost, LedgerFailed, QuorumNotMet
from core.base.gap import Gap
from core.due.message import Errand, Message
from core.due.period import Period, periods_after
from core.due.push import LEASE, WINDOW, Push, PushState, Step, is_late, next_step, wait_after
from core.engine.asking import Publish
from core.run import Closing, Purpose, Run, RunState

log = logging.getLogger(__name__)

RENEW_S = 60.0


class Reconciler(Ticking):
    """One per process. `start` once, then `kick` from a repeating job; `park` before the process ends."""

    # Well inside the ten seconds that a supervisor's first signal leaves.
    PARK_S = 8.0

    def __init__(self, desk: PushDesk, plan: Plan) -> None:
        self.desk = desk
        self.plan = plan
        self._complained: datetime | None = None
        self._interrupted: tuple[Errand, ...] = ()

    async def start(self) -> None:
        """The first act of who holds the ledger's lock: every other holder is dead, their leases too."""
        now = self.desk.clock.now()
        self.desk.book.free_all()
        self.desk.book.since(now)
        under_way = self.desk.book.recognise(now, mark=self.desk.mark)
        if under_way is not None:
            self._say_restored(under_way, now)
        self._interrupted = self.desk.errands.under_way()
        self.kick()

    async def park(self) -> None:
        """Ends what is under way within PARK_S; the run stays open and the next start goes on with it."""
        self.desk.engine.parking.set()
        await super().park()

    def next_due(self) -> datetime:
        """When the next report will come."""
        return next_report(self.desk.book, self.plan, self.desk.clock.now()).due

    async def tick(self) -> None:
        """Compares once what is due with what was done, and does the difference. Raises cancellation only."""
        try:
            await self.deliver()
            interrupted, self._interrupted = self._interrupted, ()
            await recover(self.desk, self.plan, interrupted)
            await self._periods()
            await self.deliver()
            await self.look_after()
        except CondorcetError as error:
            # The ledger itself failed: nothing can be remembered, so this is said past it, once a day.
            # TRY400: its sentence is the whole story.
            log.error("The schedule could not go on: %s", error)  # noqa: TRY400
            await self._say_past_the_ledger(str(error))

    async def deliver(self) -> datetime | None:
        """Sends what may be sent now, and draws the conclusions. When to try again, or None. Raises
        LedgerFailed."""
        again = await self.desk.delivery.pump()
        settle(self.desk)
        await self.desk.heartbeat.settle()
        return again

    async def look_after(self) -> None:
        """Says once a day that the house lives, and closes runs that nobody makes any more. Raises
        LedgerFailed."""
        await say_alive(self.desk, self.plan)
        await sweep(self.desk)

    async def _say_past_the_ledger(self, reason: str) -> None:
        now = self.desk.clock.now()
        if self._complained is None or abs(now - self._complained) >= ALIVE_EVERY:
            self._complained = now
            await self.desk.delivery.say_directly(self.plan.chat_id, words.ledger_failed(reason))
        await self.desk.heartbeat.ping(Ping.FAIL, reason)

    async def _periods(self) -> None:
        now = self.desk.clock.now()
        missed: list[Period] = []
        due = self._due(now)
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

    def _due(self, now: datetime) -> tuple[Period, ...]:
        """The months that owe a report; one whose day was moved to before now is due since the change."""
        book, plan = self.desk.book, self.plan
        due = periods_after(book.since(now), now, plan.zone, plan.day, plan.at)
        changed = book.in_force(plan.schedule, now)
        return tuple(replace(period, due=max(period.due, changed.astimezone(plan.zone))) for period in due)

    async def _make(self, period: Period) -> None:
        now, book = self.desk.clock.now(), self.desk.book
        if not book.claim(period, holder=self.plan.holder, now=now, until=now + LEASE):
            return
        log.info("The report of %s is being made.", period.id)
        renewing = asyncio.create_task(self._renew(period))
        try:
            await self.desk.heartbeat.ping(Ping.START, f"making the report of {period.id}")
            await self._run(period)
        except QuorumNotMet:
            log.info("The report of %s had no quorum; that was said with the run's closing.", period.id)
        except LeaseLost as error:
            log.warning("The report of %s is another process's: %s", period.id, error)
        except CondorcetError as error:
            self._fail(period, str(error), paid=False)
        except Exception as error:  # the outermost handler of this job: silence would be worse
            log.exception("The report of %s met an error of the program itself.", period.id)
            self._fail(
                period, f"An error in the program itself ({type(error).__name__}); the log has it.", paid=True
            )
        finally:
            renewing.cancel()

    async def _run(self, period: Period) -> None:
        """The run of this month: finished before, interrupted by a crash, or new."""
        engine, publish = self.desk.engine, self._publisher(period)
        for row in engine.ledger.runs(purposes=(Purpose.PUSH,), limit=50):
            if row.period != period.id:
                continue
            if row.state is RunState.DONE:
                (await publish(engine.ledger.run(row.id)))()
                return
            if row.state is RunState.OPEN:
                run = await engine.resume(row.id, publish=publish)
                if isinstance(run.closing, Closing) and run.closing.state is RunState.DONE:
                    return
        await engine.analyze(purpose=Purpose.PUSH, period=period.id, publish=publish)

    def _publisher(self, period: Period) -> Publish:
        """What this month says of its run, written beside the run's closing."""

        async def prepare(run: Run) -> Callable[[], None]:
            closing = run.closing
            if isinstance(closing, Closing) and closing.state is RunState.DONE:
                return await self._report(period, run)
            if isinstance(closing, Closing) and closing.state is RunState.NO_QUORUM:
                paid = isinstance(closing.cost_usd, Gap) or closing.cost_usd > 0
                return lambda: self._fail(period, str(closing.failure), paid=paid)
            return lambda: None

        return prepare

    async def _report(self, period: Period, run: Run) -> Callable[[], None]:
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

        def write() -> None:
            holder, run_id = self.plan.holder, run.opening.id
            if not self.desk.book.publish(
                period.id, holder=holder, run_id=run_id, messages=messages, now=self.desk.clock.now()
            ):
                raise LeaseLost(f"The report of {period.id} was taken over by another process.")

        return write

    def _fail(self, period: Period, reason: str, *, paid: bool) -> None:
        now = self.desk.clock.now()
        push = self.desk.book.push(period.id)
        if push is None:
            return
        after = replace(push, tries=push.tries + 1, paid=push.paid + int(paid))
        again = now + wait_after(after.tries)
        retry = replace(after, state=PushState.FAILED)
        goes_on = next_step(period, retry, again, current=again < self.next_due()) is Step.MAKE
        next_try = again if goes_on else None
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
        with self.desk.engine.ledger.as_one():
            self.desk.heartbeat.owe(Ping.FAIL, f"no report for {push.period}: {reason}")
            if not self.desk.book.fail(
                push.period,
                holder=self.plan.holder,
                reason=reason,
                paid=paid,
                next_try=next_try,
                messages=(self._failure_message(push.period, told),),
                now=now,
            ):
                raise LeaseLost(f"The report of {push.period} was taken over by another process.")

    def _say_missed(self, periods: tuple[Period, ...], now: datetime) -> None:
        key = f"missed:{periods[-1].id}"
        lines = words.missed(periods, WINDOW)
        self.desk.heartbeat.owe(Ping.FAIL, lines[0])
        self.desk.book.miss(
            periods, reason=lines[1], messages=(words.loud(key, key, self.plan.chat_id, lines),), now=now
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

    def _failure_message(self, period: str, lines: tuple[str, ...], *, button: bool = True) -> Message:
        key = f"failure:{period}"
        return words.loud(key, key, self.plan.chat_id, lines, button=button)

    async def _renew(self, period: Period) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            until = self.desk.clock.now() + LEASE
            try:
                if not self.desk.book.renew(period.id, holder=self.plan.holder, until=until):
                    return
            except LedgerFailed as error:
                log.warning("The claim on %s could not be renewed: %s", period.id, error)
