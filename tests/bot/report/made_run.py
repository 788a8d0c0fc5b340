"""A hand-made run that holds every stability class once, for the tests of everything that is shown of a
run."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.brief.model import AskedName, Brief
from core.facts.events import Event
from core.facts.fact import Authority, Coverage, Excerpt, Fact, Rejected, Severity, Sieve, SourceClass, State
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
from core.market.quote import Band, Consensus, FirmTarget, FxRate, FxTable, Measure, Quote, Reliability
from core.portfolio.holding import Cash, Holding
from core.portfolio.position import CashPosition, Position, Valuation
from core.run import Closing, Opening, Purpose, Run, RunState, Stamp
from core.snapshot.model import Component, Dossier, NotJudged, Snapshot, UniverseScore

DAY = date(2026, 11, 22)
AS_OF = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

# ticker: stability, stances of the five ballots (one letter each), current and target weight, held
# b buy, a add, h hold, l lighten, s sell, x abstain, - missing
ROWS: dict[str, tuple[Stability, str, str, str, bool]] = {
    "INTC": (Stability.UNANIMOUS, "slsss", "6.1", "2.0", True),
    "BABA": (Stability.CONSENSUS, "lllsh", "5.0", "3.5", True),
    "ASML": (Stability.CONSENSUS, "aabah", "4.0", "6.5", True),
    "COST": (Stability.UNANIMOUS, "hhhhh", "20.0", "20.0", True),
    "NVDA": (Stability.SPLIT, "bahls", "15.0", "15.0", True),
    "HD": (Stability.LEANING, "aabhl", "12.0", "12.0", True),
    "PFE": (Stability.NO_QUORUM, "xx-xh", "8.0", "8.0", True),
    "GE": (Stability.UNANIMOUS, "bbabb", "0", "3.0", False),
}
NAMES = {
    "INTC": "Intel Corporation",
    "BABA": "Alibaba Group Holding Limited",
    "ASML": "ASML Holding N.V.",
    "COST": "Costco Wholesale Corporation",
    "NVDA": "NVIDIA Corporation",
    "HD": "The Home Depot, Inc.",
    "PFE": "Pfizer Inc.",
    "GE": "GE Aerospace",
}
_STANCE = {
    "b": Stance.BUY,
    "a": Stance.ADD,
    "h": Stance.HOLD,
    "l": Stance.LIGHTEN,
    "s": Stance.SELL,
    "x": Stance.ABSTAIN,
}
_DIRECTION = {
    "b": Direction.UP,
    "a": Direction.UP,
    "h": Direction.FLAT,
    "l": Direction.DOWN,
    "s": Direction.DOWN,
}
USAGE = Usage(
    input=41_000, cached_read=30_000, cache_write=NOT_GIVEN, output=9_000, reasoning=Gap(gap="not said")
)


def fact(ticker: str, number: int, **changed: Any) -> Fact:
    values: dict[str, Any] = {
        "id": f"{ticker}-{number}",
        "ticker": ticker,
        "day": date(2026, 11, 14),
        "authority": Authority.OFFICIAL,
        "severity": Severity.G2,
        "source": "SEC",
        "title": f"{ticker} reports item {number}",
        "url": f"https://www.sec.gov/{ticker}/{number}",
        "graded_by": "8-K 2.02",
        "key": f"{ticker}-key-{number}",
    }
    return Fact(**values | changed)


FACTS = {
    "INTC": (
        fact(
            "INTC",
            1,
            severity=Severity.G3,
            title="CFO departs",
            graded_by="8-K 5.02",
            event=Event.OFFICER,
            excerpt=Excerpt(text="The Chief Financial Officer will resign.", document="d" * 64, offset=12),
        ),
        fact("INTC", 2),
    ),
    "ASML": (fact("ASML", 1),),
    "COST": (fact("COST", 1),),
    "NVDA": (
        fact("NVDA", 1),
        fact(
            "NVDA",
            2,
            authority=Authority.NEWSWIRE,
            source="Reuters",
            title="Export rules <b>widen</b> & bite",
        ),
    ),
    "HD": (fact("HD", 1, authority=Authority.NEWSWIRE, source="Reuters"),),
}


def coverage(source: str, kind: SourceClass, state: State = State.OK, reason: str | None = None) -> Coverage:
    return Coverage(
        source=source,
        source_class=kind,
        state=state,
        reason=Gap(gap="not needed") if reason is None else reason,
    )


def _dossier(ticker: str) -> Dossier:
    _stability, _stances, current, _target, held = ROWS[ticker]
    facts = FACTS.get(ticker, ())
    return Dossier(
        ticker=ticker,
        name=NAMES[ticker],
        sector="Technology",
        country="US",
        held=held,
        weight=Decimal(current),
        quote=Quote(ticker=ticker, price=Decimal("101.25"), currency="USD", day=DAY, source="yahoo"),
        consensus=Consensus(
            mean=Decimal("120"),
            median=Decimal("118"),
            high=Decimal("150"),
            low=NOT_GIVEN,
            analysts=24,
            currency="USD",
            day=DAY,
            firms=(FirmTarget(firm="House of Research", target=Decimal("121"), day=DAY),),
        ),
        reliability=Reliability(
            band=Band.USABLE, score=Decimal("71"), upside=Decimal("18.5"), adjusted_upside=Decimal("13.1")
        ),
        measures=(
            Measure(name="forward_pe", value=Decimal("23.4"), unit="x"),
            Measure(name="debt_to_equity", value=NOT_GIVEN, unit="%"),
        ),
        score=UniverseScore(
            score=Decimal("1.2"),
            rank=3,
            coverage=Decimal("0.9"),
            components=(Component(name="quality", score=Decimal("0.7")),),
        )
        if not held
        else NOT_GIVEN,
        facts=facts,
        coverage=(
            coverage("sec", SourceClass.OFFICIAL, State.OK if facts else State.EMPTY),
            coverage("reuters", SourceClass.NEWSWIRE, State.FAILED, "answered 503")
            if ticker == "PFE"
            else coverage("reuters", SourceClass.NEWSWIRE, State.EMPTY),
        ),
    )


def _counts(stances: str) -> Counts:
    return Counts(
        buy=stances.count("b"),
        add=stances.count("a"),
        hold=stances.count("h"),
        lighten=stances.count("l"),
        sell=stances.count("s"),
        abstain=stances.count("x"),
        missing=stances.count("-"),
    )


def verdict(ticker: str, /, **changed: Any) -> Verdict:
    stability, stances, current, target, held = ROWS[ticker]
    votes = [_DIRECTION[mark] for mark in stances if mark in _DIRECTION]
    winner: Direction | Gap = Gap(gap="no direction has more than half")
    action: Stance | Gap = Gap(gap="no direction has more than half")
    if stability not in {Stability.SPLIT, Stability.NO_QUORUM}:
        winner = max(Direction, key=votes.count)
        action = _STANCE[
            max("bahls", key=lambda mark: (_DIRECTION[mark] is winner) * (1 + stances.count(mark)))
        ]
    facts = FACTS.get(ticker, ())
    values: dict[str, Any] = {
        "ticker": ticker,
        "held": held,
        "stability": stability,
        "direction": winner,
        "action": action,
        "tie": False,
        "counts": _counts(stances),
        "valid": len(votes),
        "repeat_probability": Gap(gap="no quorum") if stability is Stability.NO_QUORUM else 0.77,
        "contested": Direction.UP in votes and Direction.DOWN in votes,
        "inconsistent": (3,) if ticker == "BABA" else (),
        "evidence": Evidence(
            official=sum(item.authority is Authority.OFFICIAL for item in facts),
            newswire=sum(item.authority is Authority.NEWSWIRE for item in facts),
            other=0,
            g3=sum(item.severity is Severity.G3 for item in facts),
        ),
        "current_weight": Decimal(current),
        "target_weight": Decimal(target),
    }
    return Verdict(**values | changed)


def _answer(index: int) -> Answer:
    lines = tuple(
        BallotLine(
            ticker=ticker,
            stance=_STANCE[ROWS[ticker][1][index]],
            target_weight=Decimal(ROWS[ticker][3]) + index,
            facts=tuple(item.id for item in FACTS.get(ticker, ())[:1]),
            false_citations=("NVDA-9",) if ticker == "NVDA" and index == 1 else (),
            reasons_against=(f"{ticker} costs too much <i>now</i>",),
            reasons_for=(f"{ticker} earns more & more",),
            impossible=NOT_GIVEN,
        )
        for ticker in sorted(ROWS)
        if ROWS[ticker][1][index] != "-"
    )
    missing = tuple(ticker for ticker in sorted(ROWS) if ROWS[ticker][1][index] == "-")
    return Answer(
        index=index,
        attempt=1,
        reply=Reply(
            text="{}",
            finish=Finish.NATURAL,
            finish_raw="end_turn",
            usage=USAGE,
            response_id=f"r{index}",
            model="m-1",
            sampling="provider sampling",
            mode="schema",
            first_token_s=0.4,
            seconds=9.0,
        ),
        reading=Ballot(
            index=index,
            attempt=1,
            response_id=f"r{index}",
            digest=f"{index:064d}",
            lines=lines,
            missing=missing,
            cash_target_weight=Decimal(20),
            raw_sum=Gap(gap="names missing") if missing else Decimal(98 + index),
            fenced=False,
        ),
    )


def _position(ticker: str) -> Position:
    return Position(
        holding=Holding(
            ticker=ticker, name=NAMES[ticker], quantity=Decimal("12.5"), kind=Kind.EQUITY, currency="USD"
        ),
        quote=Quote(ticker=ticker, price=Decimal("101.25"), currency="USD", day=DAY, source="yahoo"),
        rate=Decimal("0.9"),
        value=Decimal("1139.06"),
        share=Decimal(ROWS[ticker][2]),
    )


def closing_of(run: Run) -> Closing:
    """How a run that has ended did so."""
    assert isinstance(run.closing, Closing)
    return run.closing


def map_of(run: Run) -> StabilityMap:
    """The map of a run that has one."""
    stability = closing_of(run).stability
    assert isinstance(stability, StabilityMap)
    return stability


def snapshot(**changed: Any) -> Snapshot:
    values: dict[str, Any] = {
        "version": 1,
        "as_of": AS_OF,
        "day": DAY,
        "recording": NOT_GIVEN,
        "base_currency": "EUR",
        "horizon_months": 12,
        "valuation": Valuation(
            currency="EUR",
            positions=tuple(_position(ticker) for ticker in sorted(ROWS) if ROWS[ticker][4]),
            cash=(
                CashPosition(
                    cash=Cash(currency="EUR", amount=Decimal("2500")), rate=Decimal(1), value=Decimal(2500)
                ),
            ),
            total=Decimal("10473.42"),
            cash_share=Decimal("23.9"),
        ),
        "fx": FxTable(
            source="ecb", day=DAY, rates=(FxRate(currency="USD", per_euro=Decimal("1.11"), day=DAY),)
        ),
        "cash_weight": Decimal("29.9"),
        "dossiers": tuple(_dossier(ticker) for ticker in sorted(ROWS)),
        "held_not_judged": (NotJudged(ticker="VWCE", reason="fund"),),
        "not_judged": (
            NotJudged(
                ticker="BP.L",
                reason="the regulator's list could not be read",
                coverage=(coverage("rns", SourceClass.OFFICIAL, State.FAILED, "timed out"),),
            ),
        ),
        "sieve": Sieve(read=812, kept=7, g3=1),
        "rejected": (
            Rejected(
                ticker="NVDA",
                source="search",
                title="5 stocks to buy <now>",
                url="javascript:alert(1)",
                day=date(2026, 11, 20),
                gate="speculation",
                reason="a list of picks, not an event",
            ),
        ),
        "index": NOT_GIVEN,
        "remarks": ("One price is two sessions old.",),
    }
    return Snapshot(**values | changed)


def made_run(
    *,
    run_id: str = "r1a2b3c4",
    rehearsal: bool = False,
    tickers: tuple[str, ...] = tuple(ROWS),
    stability: dict[str, Any] | None = None,
    stamp: dict[str, Any] | None = None,
    frozen: dict[str, Any] | None = None,
    closing: dict[str, Any] | None = None,
    spoiled: int = 0,
    purpose: Purpose = Purpose.REPORT,
) -> Run:
    """The run of all `ROWS` (or some), with changes to any part; `spoiled` ballots are added behind the
    readable five."""
    asked = 5 + spoiled
    taken = snapshot(**(frozen or {}))
    taken = replace(taken, dossiers=tuple(d for d in taken.dossiers if d.ticker in tickers))
    lost = tuple(
        (SpoiledBallot(index=5 + extra, attempt=2, cause="truncated", detail="The answer was cut off."), 2)
        for extra in range(spoiled)
    )
    answers = tuple(_answer(index) for index in range(5)) + tuple(
        Answer(index=ballot.index, attempt=2, reply=Gap(gap="cut off"), reading=ballot) for ballot, _ in lost
    )
    stamped: dict[str, Any] = {
        "model": "rehearsal" if rehearsal else "anthropic:claude-sonnet-5-5",
        "rehearsal": rehearsal,
        "temperature": Decimal(0),
        "asked": asked,
        "principles_digest": "a" * 64,
        "prompt_digest": "b" * 64,
        "snapshot_digest": "c" * 64,
        "settings_digest": "d" * 64,
        "version": "0.1.0",
    }
    counted: dict[str, Any] = {
        "asked": asked,
        "quorum": max(3, -(-2 * asked // 3)),
        "valid": 5,
        "verdicts": tuple(verdict(ticker) for ticker in sorted(tickers) if ticker in ROWS),
        "spoiled": lost,
        "runs": tuple(
            BallotSum(
                index=index,
                raw_sum=Gap(gap="names missing") if index == 2 else Decimal(44 if index == 4 else 98 + index),
                marked=index == 4,
                complete=index != 2,
            )
            for index in range(5)
        ),
        "constant": False,
        "agreement": 0.71,
        "unanimous_share": 3 / 7,
        "base_rate": BaseRate(up=0.4, flat=0.35, down=0.25),
        "cash_current_weight": Decimal("29.9"),
        "cash_target_weight": Decimal("30.0"),
        "increase_factor": Decimal(1),
        "distinct": 5,
    }
    closed: dict[str, Any] = {
        "state": RunState.DONE,
        "closed": AS_OF,
        "stability": StabilityMap(**counted | (stability or {})),
        "sampling": "provider sampling",
        "mode": "schema",
        "usage": USAGE,
        "cost_usd": Decimal("0.37"),
        "seconds": 21.0,
        "failure": NOT_GIVEN,
    }
    return Run(
        opening=Opening(
            id=run_id,
            purpose=purpose,
            opened=AS_OF,
            period=NOT_GIVEN,
            parent=NOT_GIVEN,
            stamp=Stamp(**stamped | (stamp or {})),
            snapshot=taken,
            brief=Brief(
                system="s",
                user="u",
                schema="{}",
                digest="b" * 64,
                principles_digest="a" * 64,
                names=tuple(
                    AskedName(
                        ticker=d.ticker, held=d.held, weight=d.weight, fact_ids=tuple(f.id for f in d.facts)
                    )
                    for d in taken.dossiers
                ),
                cash_weight=taken.cash_weight,
            ),
            estimate_usd=Decimal("0.42"),
        ),
        answers=answers,
        closing=Closing(**closed | (closing or {})),
    )
