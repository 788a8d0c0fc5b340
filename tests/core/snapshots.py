"""Snapshots for tests: small, complete, and easy to vary with `dataclasses.replace`."""

from datetime import UTC, date, datetime
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.facts.fact import Authority, Coverage, Fact, Severity, Sieve, SourceClass, State
from core.market.quote import Band, Consensus, FxRate, FxTable, Measure, PricePoint, Quote, Reliability
from core.portfolio.holding import Cash, Holding
from core.portfolio.position import CashPosition, Position, Valuation
from core.snapshot.model import SNAPSHOT_VERSION, Dossier, IndexSeries, NotJudged, Snapshot

DAY = date(2026, 4, 24)
AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)


def fact(
    ticker: str, number: int, *, severity: Severity = Severity.G2, title: str = "Something happened"
) -> Fact:
    return Fact(
        id=f"{ticker}-{number}",
        ticker=ticker,
        day=date(2026, 4, number),
        authority=Authority.OFFICIAL,
        severity=severity,
        source="SEC EDGAR",
        title=title,
        url="https://www.sec.gov/doc",
        graded_by="8-K 5.02",
        key=f"key-{number}",
    )


def dossier(
    ticker: str, *, weight: str, held: bool = True, facts: tuple[Fact, ...] = (), name: str | None = None
) -> Dossier:
    return Dossier(
        ticker=ticker,
        name=name or f"{ticker} Inc.",
        sector="Technology",
        country=NOT_GIVEN,
        held=held,
        weight=Decimal(weight),
        quote=Quote(ticker=ticker, price=Decimal("10.50"), currency="USD", day=DAY, source="file"),
        consensus=Consensus(
            mean=Decimal(12),
            median=Decimal(12),
            high=Decimal(14),
            low=Decimal(9),
            analysts=20,
            currency="USD",
            day=date(2026, 2, 26),
        ),
        reliability=Reliability(
            band=Band.WEAK,
            score=Decimal("31.0"),
            upside=Decimal("14.3"),
            adjusted_upside=Decimal("-0.7"),
            flags=("price fell since",),
        ),
        measures=(
            Measure(name="return_on_equity", value=Decimal("0.21"), unit="fraction"),
            Measure(name="ebit_to_ev", value=Gap(gap="not given"), unit="fraction"),
        ),
        score=NOT_GIVEN,
        facts=facts,
        coverage=(
            Coverage(source="SEC EDGAR", source_class=SourceClass.OFFICIAL, state=State.OK, reason=NOT_GIVEN),
            Coverage(
                source="wire",
                source_class=SourceClass.NEWSWIRE,
                state=State.STALE,
                reason="frozen since January",
            ),
        ),
    )


def snapshot(*dossiers: Dossier, cash_weight: str = "10") -> Snapshot:
    holding = Holding(ticker="AAA", name="AAA Inc.", quantity=Decimal(3), kind=Kind.EQUITY)
    return Snapshot(
        version=SNAPSHOT_VERSION,
        as_of=AS_OF,
        day=DAY,
        recording=NOT_GIVEN,
        base_currency="EUR",
        horizon_months=12,
        valuation=Valuation(
            currency="EUR",
            positions=(
                Position(
                    holding=holding,
                    quote=Quote(ticker="AAA", price=Decimal("10.50"), currency="USD", day=DAY, source="file"),
                    rate=Decimal("0.9"),
                    value=Decimal("28.35"),
                    share=Decimal(60),
                ),
            ),
            cash=(
                CashPosition(
                    cash=Cash(currency="EUR", amount=Decimal(10)), rate=Decimal(1), value=Decimal(10)
                ),
            ),
            total=Decimal("38.35"),
            cash_share=Decimal(40),
        ),
        fx=FxTable(
            source="ECB",
            day=date(2026, 4, 13),
            rates=(FxRate(currency="USD", per_euro=Decimal("1.1"), day=DAY),),
        ),
        cash_weight=Decimal(cash_weight),
        dossiers=dossiers,
        held_not_judged=(NotJudged(ticker="VOO", reason="a fund: held, not judged"),),
        not_judged=(),
        sieve=Sieve(read=10, kept=2, g3=1),
        rejected=(),
        index=IndexSeries(
            ticker="VOO", currency="USD", points=(PricePoint(day=DAY, close=Decimal(600), volume=NOT_GIVEN),)
        ),
    )
