"""A fake of our own engine port and ledger port: what it answers is set by the test, what it was asked is
kept."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.report.guards import Guards
from core.base.errors import NotFound, QuorumNotMet
from core.base.gap import Gap
from core.base.progress import Sink, Stage, Step
from core.engine.asking import Publish, unsaid
from core.engine.past import laboratory_record
from core.laboratory.earlier import AskedAgain
from core.laboratory.result import VarianceResult
from core.portfolio.accounts import Accounts, total
from core.portfolio.holding import Portfolio
from core.record.track import TrackRecord
from core.run import Closing, Purpose, Run, RunState, RunSummary
from tests.bot.report.made_run import AS_OF, closing_of, made_run


def summary(run: Run) -> RunSummary:
    closing = run.closing if isinstance(run.closing, Closing) else None
    return RunSummary(
        id=run.opening.id,
        purpose=run.opening.purpose,
        state=closing.state if closing else RunState.OPEN,
        opened=run.opening.opened,
        period=run.opening.period,
        model=run.opening.stamp.model,
        rehearsal=run.opening.stamp.rehearsal,
        names=len(run.opening.snapshot.dossiers),
        asked=run.opening.stamp.asked,
        valid=closing.stability.valid
        if closing and not isinstance(closing.stability, Gap)
        else Gap(gap="none"),
        cost_usd=closing.cost_usd if closing else Gap(gap="open"),
    )


class FakeLedger:
    def __init__(self) -> None:
        self.stored: list[Run] = []  # oldest first
        self.books: list[tuple[Accounts, str]] = []
        self.money: Decimal | Gap = Decimal("1.25")

    def as_one(self) -> AbstractContextManager[None]:
        return nullcontext()

    def run(self, run_id: str) -> Run:
        for run in self.stored:
            if run.opening.id == run_id:
                return run
        raise NotFound(f"no run {run_id}")

    def runs(
        self, *, purposes: tuple[Purpose, ...] = (), limit: int = 100, newest_first: bool = True
    ) -> tuple[RunSummary, ...]:
        found = [summary(run) for run in self.stored if not purposes or run.opening.purpose in purposes]
        return tuple((found[::-1] if newest_first else found)[:limit])

    def last_report(self, *, before: str | None = None) -> Run:
        done = [
            run
            for run in self.stored
            if run.opening.purpose in {Purpose.REPORT, Purpose.PUSH}
            and closing_of(run).state is RunState.DONE
        ]
        if before is not None:
            done = done[: next((i for i, run in enumerate(done) if run.opening.id == before), len(done))]
        if not done:
            raise NotFound("no report")
        return done[-1]

    def spent(self, start: datetime, end: datetime) -> Decimal | Gap:
        return self.money

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None:
        self.books.append((accounts, origin))

    def accounts(self) -> Accounts:
        if not self.books:
            raise NotFound("no portfolio")
        return self.books[-1][0]

    def portfolio(self) -> Portfolio:
        return total(self.accounts())

    def restore_accounts(self, *, at: datetime) -> Accounts:
        if len(self.books) < 2:
            raise NotFound("There is no earlier portfolio to restore.")
        self.books.append(self.books[-2])
        return self.books[-1][0]


def quiet_guards() -> Guards:
    """No heartbeat, no watch."""
    return Guards(
        heartbeat=False, pings=(), watch_at=None, watched_day=None, failures=0, failing_since=None, reason=""
    )


class FakeWatchList:
    def __init__(self, *names: str) -> None:
        self.kept = names

    def names(self) -> tuple[str, ...]:
        return self.kept

    def add(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]:
        found = tuple(one for one in tickers if one not in self.kept)
        self.kept += found
        return found

    def remove(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]:
        found = tuple(one for one in self.kept if one in tickers)
        self.kept = tuple(one for one in self.kept if one not in found)
        return found


class FakeEngine:
    """`hold` makes an analysis wait until it is set; `fails` is raised instead of a report."""

    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.price: Decimal | Gap = Decimal("0.10")
        self.parking = asyncio.Event()
        self.hold: asyncio.Event | None = None
        self.fails: Exception | None = None
        self.model_calls = 0
        self.looks: list[str] = []
        self.looked: Any = None  # whatever a test lets it find, or an exception to be raised
        self.varied: VarianceResult | None = None
        self.variances: list[Purpose] = []
        self.record: TrackRecord | None = None

    async def estimate(self) -> Decimal | Gap:
        return self.price

    async def analyze(
        self, *, progress: Sink = lambda step: None, errand: str = "", publish: Publish = unsaid
    ) -> Run:
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
                closing_of(run),
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

    async def _close(self, run: Run, publish: Publish) -> None:
        write = await publish(run)
        self.ledger.stored.append(run)
        write()

    async def look_again(self, ticker: str) -> Any:
        self.looks.append(ticker)
        if isinstance(self.looked, Exception):
            raise self.looked
        return self.looked

    async def variance_cost(self, *, purpose: Purpose = Purpose.RERUN) -> tuple[Decimal | Gap, int]:
        return self.price, 5

    def laboratory(self) -> tuple[AskedAgain, ...]:
        ledger: Any = self.ledger  # a part of a ledger: what this reads of it
        return laboratory_record(ledger)

    async def variance(
        self,
        *,
        purpose: Purpose = Purpose.RERUN,
        progress: Sink = lambda step: None,
        errand: str = "",
        publish: Publish = unsaid,
    ) -> VarianceResult:
        self.variances.append(purpose)
        if self.fails is not None:
            raise self.fails
        assert self.varied is not None
        (await publish(self.ledger.run(self.varied.run_id)))()
        return self.varied

    def compared(self, run: Run) -> VarianceResult | None:
        return self.varied

    def track(self) -> TrackRecord | None:
        return self.record

    def last_report(self) -> Run:
        return self.ledger.last_report()

    def previous_report(self, run: Run) -> Run | None:
        try:
            return self.ledger.last_report(before=run.opening.id)
        except NotFound:
            return None
