"""A fake of our own engine port and ledger port: what it answers is set by the test, what it was asked is
kept."""

import asyncio
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.report.guards import Guards
from core.base.errors import NotFound, QuorumNotMet
from core.base.gap import Gap
from core.base.progress import Stage, Step
from core.engine.asking import unsaid
from core.engine.past import laboratory_record
from core.portfolio.accounts import total
from core.run import Closing, Purpose, Run, RunState, RunSummary
from tests.bot.report.made_run import AS_OF, made_run


def summary(run: Run) -> RunSummary:
    closing = run.closing
    closed = isinstance(closing, Closing)
    return RunSummary(
        id=run.opening.id,
        purpose=run.opening.purpose,
        state=closing.state if closed else RunState.OPEN,
        opened=run.opening.opened,
        period=run.opening.period,
        model=run.opening.stamp.model,
        rehearsal=run.opening.stamp.rehearsal,
        names=len(run.opening.snapshot.dossiers),
        asked=run.opening.stamp.asked,
        valid=closing.stability.valid
        if closed and not isinstance(closing.stability, Gap)
        else Gap(gap="none"),
        cost_usd=closing.cost_usd if closed else Gap(gap="open"),
    )


class FakeLedger:
    def __init__(self) -> None:
        self.stored = []  # oldest first
        self.books = []
        self.money = Decimal("1.25")

    def as_one(self):
        return nullcontext()

    def run(self, run_id):
        for run in self.stored:
            if run.opening.id == run_id:
                return run
        raise NotFound(f"no run {run_id}")

    def runs(self, *, purposes=(), limit: int = 100, newest_first: bool = True):
        found = [summary(run) for run in self.stored if not purposes or run.opening.purpose in purposes]
        return tuple((found[::-1] if newest_first else found)[:limit])

    def last_report(self, *, before=None):
        done = [
            run
            for run in self.stored
            if run.opening.purpose in {Purpose.REPORT, Purpose.PUSH} and run.closing.state is RunState.DONE
        ]
        if before is not None:
            done = done[: next((i for i, run in enumerate(done) if run.opening.id == before), len(done))]
        if not done:
            raise NotFound("no report")
        return done[-1]

    def spent(self, start, end):
        return self.money

    def save_accounts(self, accounts, *, at, origin) -> None:
        self.books.append((accounts, origin))

    def accounts(self):
        if not self.books:
            raise NotFound("no portfolio")
        return self.books[-1][0]

    def portfolio(self):
        return total(self.accounts())

    def restore_accounts(self, *, at):
        if len(self.books) < 2:
            raise NotFound("There is no earlier portfolio to restore.")
        self.books.append(self.books[-2])
        return self.books[-1][0]


def quiet_guards():
    """No heartbeat, no watch."""
    return Guards(
        heartbeat=False,
        pings=(),
        watch_at=None,
        watched_day=None,
        failures=0,
        failing_since=None,
        reason="",
    )


class FakeWatchList:
    def __init__(self, *names) -> None:
        self.kept = names

    def names(self):
        return self.kept

    def add(self, tickers, *, now):
        found = tuple(one for one in tickers if one not in self.kept)
        self.kept += found
        return found

    def remove(self, tickers, *, now):
        found = tuple(one for one in self.kept if one in tickers)
        self.kept = tuple(one for one in self.kept if one not in found)
        return found


class FakeEngine:
    """`hold` makes an analysis wait until it is set; `fails` is raised instead of a report."""

    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.price = Decimal("0.10")
        self.parking = asyncio.Event()
        self.hold = None
        self.fails = None
        self.model_calls = 0
        self.looks = []
        self.looked = None
        self.varied = None
        self.variances = []
        self.record = None

    async def estimate(self):
        return self.price

    async def analyze(self, *, progress=lambda step: None, errand: str = "", publish=unsaid):
        self.model_calls += 1
        progress(Step(stage=Stage.PRICES, done=28, total=30))
        progress(Step(stage=Stage.FACTS, done=19, total=30))
        progress(Step(stage=Stage.BALLOTS, done=3, total=5, spoiled=1, spent=Decimal("0.18")))
        number = len(self.ledger.stored)
        run = made_run(run_id=f"run{number}")
        run = replace(run, opening=replace(run.opening, opened=AS_OF + timedelta(days=number, hours=1)))
        try:
            if self.hold is not None:
                await self.hold.wait()
            else:
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            ended = replace(
                run.closing,
                state=RunState.CANCELLED,
                stability=Gap(gap="cancelled"),
                cost_usd=Decimal("0.18"),
                failure="The run was cancelled by the owner; $0.18 had been spent.",
            )
            await self._close(replace(run, closing=ended), publish)
            raise
        if isinstance(self.fails, QuorumNotMet):
            (await publish(self.ledger.run(self.fails.run_id)))()
        if self.fails is not None:
            raise self.fails
        await self._close(run, publish)
        return run

    async def _close(self, run, publish) -> None:
        write = await publish(run)
        self.ledger.stored.append(run)
        write()

    async def look_again(self, ticker):
        self.looks.append(ticker)
        if isinstance(self.looked, Exception):
            raise self.looked
        return self.looked

    async def variance_cost(self, *, purpose=Purpose.RERUN):
        return self.price, 5

    def laboratory(self):
        return laboratory_record(self.ledger)

    async def variance(
        self, *, purpose=Purpose.RERUN, progress=lambda step: None, errand: str = "", publish=unsaid
    ):
        self.variances.append(purpose)
        (await publish(self.ledger.run(self.varied.run_id)))()
        return self.varied

    def compared(self, run):
        return self.varied

    def track(self):
        return self.record

    def last_report(self):
        return self.ledger.last_report()

    def previous_report(self, run):
        try:
            return self.ledger.last_report(before=run.opening.id)
        except NotFound:
            return None
