"""A small frozen world and runs on it, for the laboratory's and the record's tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.base.gap import Gap
from core.base.kind import Kind
from core.brief.model import Brief
from core.brief.render import render
from core.facts.fact import Authority, Coverage, Fact, Severity, Sieve, SourceClass, State
from core.jury.ballot import Answer
from core.jury.verdict import StabilityMap
from core.market.quote import Band, Consensus, FirmTarget, FxTable, PricePoint, Quote, Reliability
from core.portfolio.holding import Holding
from core.portfolio.position import Position, Valuation
from core.run import Closing, Opening, Purpose, Run, RunState, Stamp
from core.snapshot.model import Dossier, IndexSeries, Snapshot
from tests.core.jury.juries import UNKNOWN, cast, line, reply, written

DAY = date(2026, 4, 24)
PRINCIPLES = "Weigh the case against before the case for."


def fact(ticker: str, number: int, title: str, severity: Severity = Severity.G2) -> Fact:
    return Fact(
        id=f"{ticker}-{number}",
        ticker=ticker,
        day=DAY,
        authority=Authority.OFFICIAL,
        severity=severity,
        source="SEC",
        title=title,
        url=f"https://example.org/{ticker}/{number}",
        graded_by="8-K",
    )


def dossier(
    ticker: str,
    name: str,
    *facts: Fact,
    weight: str = "10",
    price: str = "100",
    currency: str = "USD",
    day: date = DAY,
    reason: str | Gap = UNKNOWN,
) -> Dossier:
    weighs = Decimal(weight)
    return Dossier(
        ticker=ticker,
        name=name,
        sector="Technology",
        country="US",
        held=weighs > 0,
        weight=weighs,
        quote=Quote(ticker=ticker, price=Decimal(price), currency=currency, day=day, source="file"),
        consensus=Consensus(
            mean=Decimal(120),
            median=UNKNOWN,
            high=UNKNOWN,
            low=UNKNOWN,
            analysts=9,
            currency=currency,
            day=day,
            firms=(FirmTarget(firm="A Bank", target=Decimal(120), day=day),),
        ),
        reliability=Reliability(
            band=Band.USABLE, score=Decimal(70), upside=Decimal(20), adjusted_upside=Decimal(8)
        ),
        measures=(),
        score=UNKNOWN,
        facts=facts,
        coverage=(
            Coverage(
                source="sec",
                source_class=SourceClass.OFFICIAL,
                state=State.OK if facts else State.EMPTY,
                reason=reason,
            ),
        ),
    )


def snapshot(
    *dossiers: Dossier,
    day: date = DAY,
    index: IndexSeries | Gap = UNKNOWN,
    isins: Mapping[str, str] | None = None,
) -> Snapshot:
    ordered = tuple(sorted(dossiers, key=lambda one: one.ticker))
    positions = tuple(
        Position(
            holding=Holding(
                ticker=one.ticker,
                name=one.name if isins else UNKNOWN,
                quantity=Decimal(1),
                kind=Kind.EQUITY,
                isin=(isins or {}).get(one.ticker, UNKNOWN),
            ),
            quote=one.quote,
            rate=Decimal(1),
            value=Decimal(1),
            share=one.weight,
        )
        for one in ordered
    )
    return Snapshot(
        version=1,
        as_of=datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
        day=day,
        recording=UNKNOWN,
        base_currency="EUR",
        horizon_months=12,
        valuation=Valuation(
            currency="EUR", positions=positions, cash=(), total=Decimal(100), cash_share=Decimal(0)
        ),
        fx=FxTable(source="ecb", day=day, rates=()),
        cash_weight=100 - sum((one.weight for one in ordered), Decimal(0)),
        dossiers=ordered,
        held_not_judged=(),
        not_judged=(),
        sieve=Sieve(read=9, kept=sum(len(one.facts) for one in ordered), g3=0),
        rejected=(),
        index=index,
    )


def index_of(*points: tuple[date, str]) -> IndexSeries:
    return IndexSeries(
        ticker="VOO",
        currency="USD",
        points=tuple(PricePoint(day=day, close=Decimal(close)) for day, close in points),
    )


def plain_world(names: int, weight: str = "2") -> Snapshot:
    return snapshot(
        *(
            dossier(f"N{place:02}", f"Company {place}", fact(f"N{place:02}", 1, "News"), weight=weight)
            for place in range(names)
        )
    )


def stamp(question: Brief, asked: int, **changes: Any) -> Stamp:
    base = Stamp(
        model="rehearsal",
        rehearsal=True,
        temperature=Decimal(0),
        asked=asked,
        principles_digest="p",
        prompt_digest=question.digest,
        snapshot_digest="s",
        settings_digest="x",
        version="0.1.0",
    )
    return replace(base, **changes)


def run(
    frozen: Snapshot,
    answers: Sequence[Answer],
    *,
    question: Brief | None = None,
    purpose: Purpose = Purpose.REPORT,
    identity: str = "run-1",
    asked: int | None = None,
    stability: StabilityMap | Gap = UNKNOWN,
    **changes: Any,
) -> Run:
    brief = question or render(frozen, PRINCIPLES)
    return Run(
        opening=Opening(
            id=identity,
            purpose=purpose,
            opened=frozen.as_of,
            period=UNKNOWN,
            parent=UNKNOWN,
            stamp=stamp(brief, asked or len({answer.index for answer in answers}) or 5, **changes),
            snapshot=frozen,
            brief=brief,
            estimate_usd=UNKNOWN,
        ),
        answers=tuple(answers),
        closing=UNKNOWN
        if isinstance(stability, Gap)
        else Closing(
            state=RunState.DONE,
            closed=frozen.as_of,
            stability=stability,
            sampling="provider default",
            mode="schema",
            usage=reply("").usage,
            cost_usd=UNKNOWN,
            seconds=1.0,
            failure=UNKNOWN,
        ),
    )


def ballots(question: Brief, table: Mapping[str, str], *, note: str = "") -> tuple[Answer, ...]:
    """One ballot per letter: b, a, h, l, s, and - for abstain; every name keeps its current weight."""
    words = {"b": "buy", "a": "add", "h": "hold", "l": "lighten", "s": "sell", "-": "abstain"}
    size = len(next(iter(table.values())))
    return tuple(
        cast(
            question,
            reply(
                written(
                    [
                        line(
                            name.ticker,
                            words[table[name.ticker][index]],
                            float(name.weight),
                            reasons_for=[f"{note}{index} {name.ticker}"],
                        )
                        for name in question.names
                    ],
                    float(question.cash_weight),
                ),
                response_id=f"{note}{index}",
            ),
            index,
        )
        for index in range(size)
    )
