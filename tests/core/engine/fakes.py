"""Fakes for our own ports: an engine over them asks nobody."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.base.errors import LeaseLost, NotFound, SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.brief.model import Brief
from core.engine.engine import Engine
from core.engine.terms import Doors, Sources, Terms
from core.facts.fact import Coverage, Gathering, SourceClass, State, Subject
from core.jury.ballot import Answer, Finish, Reply, Usage
from core.jury.waves import Size
from core.market.quote import FxRate, FxTable, LookUp, MarketRecord, PricePoint, Quote
from core.portfolio.accounts import Accounts
from core.portfolio.holding import Cash, Holding, Portfolio
from core.run import Closing, Lease, Opening, Purpose, Run, RunState, RunSummary

DAY = date(2026, 4, 24)
NOW = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
USED = Usage(input=1000, cached_read=0, cache_write=0, output=100, reasoning=Gap(gap="not said"))

T = TypeVar("T")


def known(value: T | Gap) -> T:
    """The value itself: a gap in its place fails the test."""
    assert not isinstance(value, Gap), value.gap
    return value


def closed(run: Run) -> Closing:
    """How the run ended: one that is open fails the test."""
    return known(run.closing)


class Clock:
    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Holdings:
    value: Portfolio

    async def portfolio(self) -> Portfolio:
        return self.value


def portfolio(*tickers: str, cash: str = "100") -> Portfolio:
    return Portfolio(
        holdings=tuple(
            Holding(ticker=ticker, name=f"{ticker} Inc.", quantity=Decimal(10), kind=Kind.EQUITY)
            for ticker in tickers
        ),
        cash=(Cash(currency="EUR", amount=Decimal(cash)),),
    )


def record(ticker: str, *, state: LookUp = LookUp.OK, kind: Kind = Kind.EQUITY) -> MarketRecord:
    priced = state in {LookUp.OK, LookUp.STALE}
    quote = Quote(ticker=ticker, price=Decimal(10), currency="EUR", day=DAY, source="fake")
    return MarketRecord(
        ticker=ticker,
        state=state,
        reason="" if priced else "the fake has none",
        name=f"{ticker} Inc.",
        kind=kind,
        quote=quote if priced else Gap(gap="the fake has none"),
        consensus=NOT_GIVEN,
        history=(PricePoint(day=DAY, close=Decimal(10)),) if priced else (),
    )


@dataclass
class Market:
    name: str = "fake market"
    odd: dict[str, MarketRecord] = field(default_factory=dict)

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        return tuple(self.odd.get(ticker, record(ticker)) for ticker in tickers)


class Fx:
    name = "fake rates"

    async def rates(self, day: date) -> FxTable:
        return FxTable(
            source=self.name, day=day, rates=(FxRate(currency="USD", per_euro=Decimal("1.1"), day=day),)
        )


@dataclass
class Wire:
    """A fact source whose state per ticker can be set; `down` raises for the whole source."""

    name: str = "fake regulator"
    source_class: SourceClass = SourceClass.OFFICIAL
    states: dict[str, State] = field(default_factory=dict)
    down: bool = False

    def covers(self, subject: object) -> bool:
        return True

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        if self.down:
            raise SourceFailed("The fake is down.", source=self.name)
        return Gathering(
            source=self.name,
            source_class=self.source_class,
            coverage=tuple((subject.ticker, self._coverage(subject.ticker)) for subject in subjects),
            read=len(subjects),
        )

    def _coverage(self, ticker: str) -> Coverage:
        state = self.states.get(ticker, State.EMPTY)
        reason = Gap(gap="read") if state in {State.OK, State.EMPTY} else "the fake failed for it"
        return Coverage(source=self.name, source_class=self.source_class, state=state, reason=reason)


@dataclass
class Notes:
    """In memory."""

    kept: dict[str, str] = field(default_factory=dict)

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.kept[name] = text


@dataclass
class Universe:
    names: tuple[str, ...] = ()

    async def tickers(self) -> tuple[str, ...]:
        return self.names


def ballot(brief: Brief, stance: str = "hold", *, weight: float = 10.0) -> str:
    lines = [
        {
            "ticker": name.ticker,
            "facts": list(name.fact_ids),
            "reasons_against": ["one"],
            "reasons_for": ["two"],
            "stance": stance,
            "target_weight": weight,
        }
        for name in brief.names
    ]
    return json.dumps({"names": lines, "cash_target_weight": 100 - weight * len(lines)})


@dataclass
class Model:
    """Answers with `script(brief, index, attempt)`; an exception it returns is raised; `wait` blocks until it
    is set."""

    label: str = "fake:model"
    rehearsal: bool = False
    script: Callable[[Brief, int, int], object] = lambda brief, index, attempt: ballot(
        brief, ("hold", "add", "hold")[index % 3]
    )
    wait: asyncio.Event | None = None
    asked: list[tuple[int, int]] = field(default_factory=list)

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        self.asked.append((index, attempt))
        heard(1)
        if self.wait is not None:
            await self.wait.wait()
        said = self.script(brief, index, attempt)
        if isinstance(said, Exception):
            raise said
        return Reply(
            text=str(said),
            finish=Finish.NATURAL,
            finish_raw="end_turn",
            usage=USED,
            response_id=f"r{index}-{attempt}",
            model="fake",
            sampling="provider default",
            mode="schema",
            first_token_s=0.1,
            seconds=0.2,
            notes=("a note",),
        )

    async def aclose(self) -> None:
        return None


@dataclass
class Prices:
    """`tiers` are the price classes asked about, in order. To what is expected comes `by_ballot` for each
    ballot and `by_token` for each token that goes in."""

    each: Decimal | Gap = Decimal("0.01")
    expected: Decimal | Gap = Decimal("0.05")
    by_ballot: Decimal = Decimal(0)
    by_token: Decimal = Decimal(0)
    tiers: list[str] = field(default_factory=list)

    def cost(self, model: str, usage: Usage, day: date, tier: str = "standard") -> Decimal | Gap:
        self.tiers.append(tier)
        return self.each

    def estimate(
        self,
        model: str,
        *,
        input_tokens: int,
        output_tokens: int,
        ballots: int,
        day: date,
        tier: str = "standard",
    ) -> Decimal | Gap:
        self.tiers.append(tier)
        if isinstance(self.expected, Gap):
            return self.expected
        return self.expected + ballots * self.by_ballot + input_tokens * self.by_token


class Ledger:
    """In memory, with the same promises."""

    def __init__(self) -> None:
        self.kept: dict[str, Run] = {}
        self.leases: dict[str, Lease] = {}
        self.spending: Decimal | Gap = Decimal(0)

    @contextmanager
    def as_one(self) -> Iterator[None]:
        before = dict(self.kept)
        try:
            yield
        except BaseException:
            self.kept = before
            raise

    def open_run(self, opening: Opening, *, holder: str, until: datetime, errand: str = "") -> Lease:
        self.kept[opening.id] = Run(opening=opening, answers=(), closing=Gap(gap="open"))
        lease = Lease(run_id=opening.id, holder=holder, fence=1, until=until, errand=errand)
        self.leases[opening.id] = lease
        return lease

    def take(self, run_id: str, *, holder: str, now: datetime, until: datetime) -> Lease | None:
        known = self.leases[run_id]
        if not isinstance(self.kept[run_id].closing, Gap):
            return None
        if known.until > now:
            raise LeaseLost(f"The run {run_id} is being made by {known.holder}.")
        self.leases[run_id] = replace(known, holder=holder, fence=known.fence + 1, until=until)
        return self.leases[run_id]

    def renew(self, lease: Lease, *, until: datetime) -> None:
        self.demand(lease)
        self.leases[lease.run_id] = replace(lease, until=until)

    def lease(self, run_id: str) -> Lease | None:
        return self.leases.get(run_id)

    def demand(self, lease: Lease) -> None:
        if self.leases[lease.run_id].fence != lease.fence:
            raise LeaseLost("taken over")

    def store_answer(self, lease: Lease, answer: Answer) -> None:
        self.demand(lease)
        run = self.kept[lease.run_id]
        self.kept[lease.run_id] = replace(run, answers=(*run.answers, answer))

    def close_run(self, lease: Lease, closing: Closing) -> None:
        self.demand(lease)
        self.kept[lease.run_id] = replace(self.kept[lease.run_id], closing=closing)
        self.renew(lease, until=NOW)

    def run(self, run_id: str) -> Run:
        return self.kept[run_id]

    def last_report(self, *, before: str | None = None) -> Run:
        done = [
            run
            for run in self.kept.values()
            if not isinstance(run.closing, Gap)
            and run.closing.state is RunState.DONE
            and run.opening.purpose in {Purpose.REPORT, Purpose.PUSH}
        ]
        ids = [run.opening.id for run in done]
        earlier = done[: ids.index(before)] if before in ids else done
        if not earlier:
            raise NotFound("There is no report yet.")
        return earlier[-1]

    def runs(
        self, *, purposes: tuple[Purpose, ...] = (), limit: int = 100, newest_first: bool = True
    ) -> tuple[RunSummary, ...]:
        rows = [
            RunSummary(
                id=run.opening.id,
                purpose=run.opening.purpose,
                state=RunState.OPEN if isinstance(run.closing, Gap) else run.closing.state,
                opened=run.opening.opened,
                period=run.opening.period,
                model=run.opening.stamp.model,
                rehearsal=False,
                names=len(run.opening.brief.names),
                asked=run.opening.stamp.asked,
                valid=NOT_GIVEN,
                cost_usd=NOT_GIVEN,
            )
            for run in self.kept.values()
            if not purposes or run.opening.purpose in purposes
        ]
        return tuple(reversed(rows) if newest_first else rows)[:limit]

    def spent(self, start: datetime, end: datetime) -> Decimal | Gap:
        return self.spending

    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None:
        raise AssertionError("an engine keeps no accounts")

    def accounts(self) -> Accounts:
        raise AssertionError("an engine asks for no accounts")

    def portfolio(self) -> Portfolio:
        raise AssertionError("an engine asks its holdings, not its ledger")

    def restore_accounts(self, *, at: datetime) -> Accounts:
        raise AssertionError("an engine restores no accounts")


def engine(
    *,
    holdings: Portfolio | None = None,
    market: Market | None = None,
    facts: tuple[Wire, ...] = (),
    universe: tuple[str, ...] = (),
    model: Model | None = None,
    prices: Prices | None = None,
    ledger: Ledger | None = None,
    frozen_at: datetime | Gap = NOW,
    concurrency: int = 5,
    max_cost: str = "1",
) -> Engine:
    count = iter(range(1, 1000))

    async def no_wait(_: float) -> None:
        return None

    doors = Doors(
        sources=Sources(
            holdings=Holdings(holdings or portfolio("AAA", "BBB")),
            market=market or Market(),
            fx=Fx(),
            facts=facts or (Wire(),),
            universe=Universe(universe),
        ),
        model=model or Model(),
        prices=prices or Prices(),
        ledger=ledger or Ledger(),
        clock=Clock(),
        new_id=lambda now: f"run-{next(count)}",
        jitter=lambda: 0.0,
        sleep=no_wait,
    )
    terms = Terms(
        jury=Size(least=5, most=5),
        concurrency=concurrency,
        temperature=Decimal(0),
        max_cost_usd=Decimal(max_cost),
        budget_usd=Decimal(5),
        confirm_above_usd=Decimal("0.5"),
        base_currency="EUR",
        horizon_months=12,
        zone=ZoneInfo("Europe/Paris"),
        index_ticker="VOO",
        recording=NOT_GIVEN,
        frozen_at=frozen_at,
        version="test",
        principles="- Judge fairly.",
    )
    return Engine(doors, terms)
