"""Small true values of every stored type, for tests and benchmarks of the ledger and the push."""

from datetime import UTC, date, datetime
from decimal import Decimal

from core.base import canonical
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.brief.model import AskedName, Brief
from core.facts.fact import Authority, Coverage, Fact, Rejected, Severity, Sieve, SourceClass, State
from core.jury.ballot import (
    Answer,
    Ballot,
    BallotLine,
    Direction,
    Finish,
    Reply,
    SpoiledBallot,
    Stance,
    Usage,
)
from core.jury.verdict import BallotSum, BaseRate, Counts, Evidence, Stability, StabilityMap, Verdict
from core.market.quote import Band, Consensus, FxRate, FxTable, Measure, PricePoint, Quote, Reliability
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.position import CashPosition, Position, Valuation
from core.run import Closing, Lease, Opening, Purpose, RunState, Stamp
from core.snapshot.model import (
    SNAPSHOT_VERSION,
    Component,
    Dossier,
    IndexSeries,
    NotJudged,
    Snapshot,
    UniverseScore,
)

DAY = date(2026, 4, 24)
NOON = datetime(2026, 4, 24, 12, 0, tzinfo=UTC)
USAGE = Usage(
    input=4000, cached_read=Gap(gap="not said"), cache_write=0, output=900, reasoning=Gap(gap="not said")
)


def portfolio(quantity: str = "10.5") -> Portfolio:
    return Portfolio(
        holdings=(
            Holding(ticker="AAPL", name="Apple Inc.", quantity=Decimal(quantity), kind=Kind.EQUITY),
            Holding(
                ticker="VOO", name=NOT_GIVEN, quantity=Decimal(3), kind=Kind.FUND, locked=True, currency="USD"
            ),
        ),
        cash=(Cash(currency="EUR", amount=Decimal("1200.10")),),
    )


def fact(number: int = 1, *, severity: Severity = Severity.G3, ticker: str = "AAPL") -> Fact:
    return Fact(
        id=f"{ticker}-{number}",
        ticker=ticker,
        day=DAY,
        authority=Authority.OFFICIAL,
        severity=severity,
        source="edgar",
        title="The chief financial officer departs <today>",
        url=f"https://www.sec.gov/Archives/{ticker}/{number}.htm",
        graded_by="8-K 5.02",
        key=f"0000320193-26-{number:06d}",
    )


def dossier(ticker: str = "AAPL", *, facts: int = 1) -> Dossier:
    return Dossier(
        ticker=ticker,
        name="Apple Inc.",
        sector="Technology",
        country=Gap(gap="the source does not say"),
        held=True,
        weight=Decimal("61.25"),
        quote=Quote(ticker=ticker, price=Decimal("271.06"), currency="USD", day=DAY, source="file"),
        consensus=Consensus(
            mean=Decimal("297.68"),
            median=Decimal(300),
            high=Decimal(350),
            low=Decimal(205),
            analysts=42,
            currency="USD",
            day=Gap(gap="the source does not say"),
        ),
        reliability=Reliability(
            band=Band.USABLE, score=Decimal("71.5"), upside=Decimal("9.8"), adjusted_upside=Decimal("6.1")
        ),
        measures=(Measure(name="return_12m", value=Decimal("12.5"), unit="percent"),),
        score=UniverseScore(
            score=Decimal("0.4"),
            rank=3,
            coverage=Decimal(1),
            components=(Component(name="momentum", score=Decimal("0.4")),),
        ),
        facts=tuple(fact(number + 1, ticker=ticker) for number in range(facts)),
        coverage=(
            Coverage(
                source="edgar",
                source_class=SourceClass.OFFICIAL,
                state=State.OK,
                reason=Gap(gap="nothing to explain"),
            ),
        ),
    )


def snapshot(*, at: datetime = NOON, note: str = "sample", rejected: int = 1, names: int = 1) -> Snapshot:
    held = portfolio()
    return Snapshot(
        version=SNAPSHOT_VERSION,
        as_of=at,
        day=at.date(),
        recording=Gap(gap="not a recording"),
        base_currency="EUR",
        horizon_months=12,
        valuation=Valuation(
            currency="EUR",
            positions=tuple(
                Position(
                    holding=holding,
                    quote=Gap(gap="no price"),
                    rate=Decimal("0.85"),
                    value=Decimal("1.5"),
                    share=Decimal(20),
                )
                for holding in held.holdings
            ),
            cash=tuple(CashPosition(cash=cash, rate=Decimal(1), value=cash.amount) for cash in held.cash),
            total=Decimal("1203.10"),
            cash_share=Decimal(60),
        ),
        fx=FxTable(source="ecb", day=DAY, rates=(FxRate(currency="USD", per_euro=Decimal("1.17"), day=DAY),)),
        cash_weight=Decimal("38.75"),
        dossiers=tuple(dossier("AAPL" if number == 0 else f"N{number:03d}") for number in range(names)),
        held_not_judged=(NotJudged(ticker="VOO", reason="a fund is held, not judged"),),
        not_judged=(),
        sieve=Sieve(read=812, kept=37, g3=3),
        rejected=tuple(
            Rejected(
                ticker="AAPL",
                source="feeds",
                title=f"Could Apple soar? ({number}) A headline as long as they usually are",
                url=f"https://news.example/{number}",
                day=DAY,
                gate="speculation",
                reason="a question is not a fact",
            )
            for number in range(rejected)
        ),
        index=IndexSeries(
            ticker="VOO", currency="USD", points=(PricePoint(day=DAY, close=Decimal("650.1")),)
        ),
        remarks=(note,),
    )


def brief(*, names: int = 1, user: str = "<name>AAPL</name>") -> Brief:
    return Brief(
        system="Weigh the case against before the case for.",
        user=user,
        schema="{}",
        digest=canonical.digest(user),
        principles_digest=canonical.digest("principles"),
        names=tuple(
            AskedName(
                ticker="AAPL" if number == 0 else f"N{number:03d}",
                held=True,
                weight=Decimal("61.25"),
                fact_ids=("AAPL-1",),
            )
            for number in range(names)
        ),
        cash_weight=Decimal("38.75"),
    )


def opening(
    run_id: str = "r1",
    *,
    purpose: Purpose = Purpose.REPORT,
    at: datetime = NOON,
    period: str | Gap = NOT_GIVEN,
    parent: str | Gap = NOT_GIVEN,
    asked: int = 5,
    estimate: Decimal | Gap = Decimal("0.40"),
    frozen: Snapshot | None = None,
    question: Brief | None = None,
) -> Opening:
    inputs = frozen if frozen is not None else snapshot()
    return Opening(
        id=run_id,
        purpose=purpose,
        opened=at,
        period=period,
        parent=parent,
        stamp=Stamp(
            model="rehearsal",
            rehearsal=True,
            temperature=Decimal(0),
            asked=asked,
            principles_digest=canonical.digest("principles"),
            prompt_digest=canonical.digest("prompt"),
            snapshot_digest=canonical.digest(canonical.dumps(inputs)),
            settings_digest=canonical.digest("settings"),
            version="0.1.0",
        ),
        snapshot=inputs,
        brief=question if question is not None else brief(),
        estimate_usd=estimate,
    )


def reply(text: str = '{"names":[],"cash_target_weight":4.0}') -> Reply:
    return Reply(
        text=text,
        finish=Finish.NATURAL,
        finish_raw="end_turn",
        usage=USAGE,
        response_id="msg_1",
        model="rehearsal",
        sampling="T=0",
        mode="schema",
        first_token_s=0.31,
        seconds=2.5,
    )


def answer(index: int = 0, *, attempt: int = 1, text: str | None = None) -> Answer:
    raw = reply() if text is None else reply(text)
    return Answer(
        index=index,
        attempt=attempt,
        reply=raw,
        reading=Ballot(
            index=index,
            attempt=attempt,
            response_id=f"msg_{index}",
            digest=canonical.digest(raw.text),
            lines=(
                BallotLine(
                    ticker="AAPL",
                    stance=Stance.ADD,
                    target_weight=Decimal("62.5"),
                    facts=("AAPL-1",),
                    false_citations=(),
                    reasons_against=("dear",),
                    reasons_for=("strong",),
                    impossible=Gap(gap="possible"),
                ),
            ),
            missing=(),
            cash_target_weight=Decimal("37.5"),
            raw_sum=Decimal(100),
            fenced=False,
        ),
    )


def spoiled(index: int = 0, *, attempt: int = 1, cause: str = "timeout") -> Answer:
    return Answer(
        index=index,
        attempt=attempt,
        reply=Gap(gap="no answer within the deadline"),
        reading=SpoiledBallot(
            index=index, attempt=attempt, cause=cause, detail="No answer within the deadline."
        ),
    )


def stability() -> StabilityMap:
    return StabilityMap(
        asked=5,
        quorum=4,
        valid=5,
        verdicts=(
            Verdict(
                ticker="AAPL",
                held=True,
                stability=Stability.UNANIMOUS,
                direction=Direction.UP,
                action=Stance.ADD,
                tie=False,
                counts=Counts(buy=0, add=5, hold=0, lighten=0, sell=0, abstain=0, missing=0),
                valid=5,
                repeat_probability=0.93,
                contested=False,
                inconsistent=(),
                evidence=Evidence(official=1, newswire=0, other=0, g3=1),
                current_weight=Decimal("61.25"),
                target_weight=Decimal("62.5"),
            ),
        ),
        spoiled=((SpoiledBallot(index=4, attempt=2, cause="timeout", detail="No answer."), 2),),
        runs=(BallotSum(index=0, raw_sum=Decimal(100), marked=False, complete=True),),
        constant=False,
        agreement=1.0,
        unanimous_share=1.0,
        base_rate=BaseRate(up=1.0, flat=0.0, down=0.0),
        cash_current_weight=Decimal("38.75"),
        cash_target_weight=Decimal("37.5"),
        increase_factor=Decimal(1),
    )


def closing(
    *,
    state: RunState = RunState.DONE,
    at: datetime = NOON,
    cost: Decimal | Gap = Decimal("0.37"),
    failure: str = "too few readable ballots",
) -> Closing:
    done = state is RunState.DONE
    return Closing(
        state=state,
        closed=at,
        stability=stability() if done else Gap(gap="no vote was counted"),
        sampling="T=0",
        mode="schema",
        usage=USAGE,
        cost_usd=cost,
        seconds=31.5,
        failure=Gap(gap="nothing failed") if done else failure,
    )


def lease(run_id: str = "r1", fence: int = 1, errand: str = "") -> Lease:
    """The first lease of a run that `open_run` gave to nobody in particular."""
    return Lease(run_id=run_id, holder="", fence=fence, until=NOON, errand=errand)
