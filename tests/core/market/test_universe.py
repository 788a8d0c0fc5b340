"""The universe: filters, and the composite against a recomputation in plain Python."""

import math
import random
import statistics
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.momentum import weekly_closes
from core.market.quote import FxRate, FxTable, LookUp, MarketRecord, Measure, PricePoint, Quote, Split
from core.market.universe import FAMILIES, FIELDS, FINANCIAL_SECTORS, score_universe

DAY = date(2026, 4, 24)
FX = FxTable(source="ECB", day=DAY, rates=(FxRate(currency="JPY", per_euro=Decimal(160), day=DAY),))
NAMES = [field.name for field in FIELDS if field.name != "momentum"]
GOOD = {
    "ebit_ev": "5",
    "fcf_ev": "4",
    "book_price": "30",
    "gross_profit_assets": "25",
    "roe": "15",
    "debt_equity": "60",
    "accruals": "-2",
    "eps_variability": "20",
}


def walk(seed: int, sessions: int = 252, volume: str | Gap = "1000000") -> tuple[PricePoint, ...]:
    """A seeded walk of closes, each within three percent of the one before."""
    chance, close, points = random.Random(seed), 100.0, []
    for index in range(sessions):
        close *= 1 + chance.uniform(-0.03, 0.031)
        points.append(
            PricePoint(
                day=DAY - timedelta(days=sessions - 1 - index),
                close=Decimal(f"{close:.4f}"),
                volume=volume if isinstance(volume, Gap) else Decimal(volume),
            )
        )
    return tuple(points)


def measured(**values: str) -> tuple[Measure, ...]:
    return tuple(Measure(name=name, value=Decimal(value), unit="") for name, value in values.items())


def record(ticker: str, fields_of: dict[str, str] | None = None, **changed: Any) -> MarketRecord:
    given = {"market_cap": "5000000000", **(GOOD if fields_of is None else fields_of)}
    fields: dict[str, Any] = {
        "ticker": ticker,
        "state": LookUp.OK,
        "reason": "",
        "name": ticker,
        "kind": Kind.EQUITY,
        "quote": Quote(ticker=ticker, price=Decimal(100), currency="EUR", day=DAY, source="test"),
        "consensus": NOT_GIVEN,
        "measures": measured(**given),
        "sector": "Industrials",
        "history": walk(hash_of(ticker)),
        "currency": "EUR",
        "statements": date(2025, 12, 31),
    }
    return MarketRecord(**(fields | changed))


def hash_of(ticker: str) -> int:
    return sum(map(ord, ticker))


def quantile(values: list[float], share: float) -> float:
    """Linear between the two nearest ranks."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def momentum_of(one: MarketRecord) -> float:
    closes = [float(point.close) for point in one.history]
    weeks = [closes[-1 - 5 * week] for week in range(50, -1, -1)]
    steps = [weeks[index] / weeks[index - 1] - 1 for index in range(1, 51)]
    return (closes[-21] / closes[-251] - 1) / (statistics.stdev(steps) * math.sqrt(50))


def recomputed(records: list[MarketRecord]) -> dict[str, tuple[float, dict[str, float | None], float]]:
    """Score, families and coverage of each record, by the words of the docstring and without pandas."""
    known: dict[str, dict[str, float]] = {}
    applicable: dict[str, list[str]] = {}
    for one in records:
        bank = str(one.sector).casefold() in FINANCIAL_SECTORS
        applicable[one.ticker] = [field.name for field in FIELDS if field.financials or not bank]
        given = {
            measure.name: float(measure.value)
            for measure in one.measures
            if isinstance(measure.value, Decimal)
        }
        given["momentum"] = momentum_of(one)
        known[one.ticker] = {name: given[name] for name in applicable[one.ticker] if name in given}
    scores: dict[str, dict[str, float]] = {one.ticker: {} for one in records}
    for field in FIELDS:
        everyone = {
            one.ticker: known[one.ticker][field.name] for one in records if field.name in known[one.ticker]
        }
        low, high = quantile(list(everyone.values()), 0.05), quantile(list(everyone.values()), 0.95)
        clipped = {ticker: min(max(value, low), high) for ticker, value in everyone.items()}
        for one in records:
            if one.ticker not in clipped:
                continue
            peers = [
                clipped[two.ticker] for two in records if two.sector == one.sector and two.ticker in clipped
            ]
            group = peers if len(peers) >= 8 else list(clipped.values())
            z = (clipped[one.ticker] - statistics.mean(group)) / statistics.stdev(group)
            scores[one.ticker][field.name] = field.sign * z
    results = {}
    for one in records:
        families: dict[str, float | None] = {}
        for family in FAMILIES:
            parts = [
                scores[one.ticker][field.name]
                for field in FIELDS
                if field.family == family and field.name in scores[one.ticker]
            ]
            families[family] = statistics.mean(parts) if parts else None
        coverage = len(known[one.ticker]) / len(applicable[one.ticker])
        total = statistics.mean(value for value in families.values() if value is not None) * coverage
        results[one.ticker] = (total, families, coverage)
    return results


def test_the_composite_equals_its_recomputation_in_plain_python() -> None:
    chance = random.Random(20260424)
    sectors = ["Technology"] * 20 + ["Financial Services"] * 12 + ["Utilities"] * 5 + ["Energy"] * 3
    records = []
    for index, sector in enumerate(sectors):
        measures = {name: f"{chance.gauss(10, 8):.3f}" for name in NAMES if chance.random() > 0.1}
        for needed in ("book_price", "roe", "accruals", "eps_variability", "debt_equity"):
            measures.setdefault(needed, f"{chance.gauss(10, 8):.3f}")
        records.append(record(f"T{index:02d}", measures, sector=sector, history=walk(index)))

    chance.shuffle(records)
    found = score_universe(records, base_currency="EUR", fx=FX, day=DAY)

    expected = recomputed(records)
    assert found.excluded == ()
    assert len(found.ranked) == 40
    for ticker, score in found.ranked:
        total, families, coverage = expected[ticker]
        assert float(score.score) == pytest.approx(total, abs=6e-5)
        assert float(score.coverage) == pytest.approx(coverage, abs=6e-5)
        for component in score.components:
            wanted = families[component.name]
            if wanted is None:
                assert isinstance(component.score, Gap)
            else:
                assert isinstance(component.score, Decimal)
                assert float(component.score) == pytest.approx(wanted, abs=6e-5)
    assert [score.rank for _ticker, score in found.ranked] == list(range(1, 41))
    totals = [score.score for _ticker, score in found.ranked]
    assert totals == sorted(totals, reverse=True)


def test_the_order_of_the_records_changes_nothing() -> None:
    records = [record(f"T{index}", {**GOOD, "roe": str(index)}) for index in range(12)]
    forward = score_universe(records, base_currency="EUR", fx=FX, day=DAY)

    backward = score_universe(records[::-1], base_currency="EUR", fx=FX, day=DAY)

    assert backward == forward


def test_a_tie_goes_by_ticker() -> None:
    twins = [record(name, history=walk(1)) for name in ("B", "C", "A")]

    found = score_universe(twins, base_currency="EUR", fx=FX, day=DAY)

    assert [ticker for ticker, _score in found.ranked] == ["A", "B", "C"]
    assert {score.score for _ticker, score in found.ranked} == {Decimal("0.0000")}


def test_missing_fields_are_named_and_lower_the_coverage() -> None:
    partial = {name: value for name, value in GOOD.items() if name not in {"ebit_ev", "fcf_ev", "book_price"}}

    found = score_universe([record("A", partial), record("B")], base_currency="EUR", fx=FX, day=DAY)

    score = dict(found.ranked)["A"]
    value, quality, momentum = score.components
    assert (value.score, value.missing) == (Gap(gap="no field is known"), ("ebit_ev", "fcf_ev", "book_price"))
    assert (quality.missing, momentum.missing) == ((), ())
    assert score.coverage == Decimal("0.6667")


def test_a_bank_has_no_enterprise_value_and_lacks_nothing_by_it() -> None:
    bank = {name: GOOD[name] for name in ("book_price", "roe", "accruals", "eps_variability")}

    found = score_universe(
        [record("BANK", bank, sector="Financial Services"), record("B")], base_currency="EUR", fx=FX, day=DAY
    )

    score = dict(found.ranked)["BANK"]
    assert score.coverage == 1
    assert all(component.missing == () for component in score.components)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": Kind.FUND}, "not a share"),
        ({"quote": Gap(gap="x"), "reason": "timed out"}, "timed out"),
        ({"quote": Gap(gap="no price"), "reason": ""}, "no price"),
        ({"measures": ()}, "the market value is unknown: not given"),
        ({"measures": measured(market_cap="299999999")}, "the market value is below 300 million"),
        ({"history": walk(1, sessions=251)}, "251 sessions of history, 252 are needed"),
        ({"history": walk(1, volume=NOT_GIVEN)}, "the traded volume is unknown"),
        ({"history": walk(1, volume="10")}, "less than 1 million is traded on a middling day"),
        ({"statements": NOT_GIVEN}, "the day of the last statements is unknown"),
        ({"statements": date(2025, 3, 19)}, "the last statements are of 2025-03-19, more than 400 days ago"),
        (
            {"measures": measured(market_cap="5000000000", roe="1")},
            "only 2 of 9 fields are known; missing: ebit_ev, fcf_ev, book_price, gross_profit_assets, "
            "debt_equity, accruals, eps_variability",
        ),
    ],
)
def test_a_name_that_does_not_pass_a_filter_is_named_with_the_reason(
    changed: dict[str, Any], reason: str
) -> None:
    one = record("A", **changed)

    found = score_universe([one], base_currency="EUR", fx=FX, day=DAY)

    assert found.ranked == ()
    assert found.excluded == (("A", reason),)


def test_the_filters_count_in_the_base_currency() -> None:
    def yen(ticker: str, cap: str, volume: str) -> MarketRecord:
        return record(
            ticker,
            {**GOOD, "market_cap": cap},
            quote=Quote(ticker=ticker, price=Decimal(100), currency="JPY", day=DAY, source="test"),
            history=walk(3, volume=volume),
        )

    small = yen("SMALL", "40000000000", "100000000")
    thin = yen("THIN", "80000000000", "100000")
    fine = yen("FINE", "80000000000", "100000000")

    found = score_universe([small, thin, fine], base_currency="EUR", fx=FX, day=DAY)

    assert [ticker for ticker, _score in found.ranked] == ["FINE"]
    assert dict(found.excluded) == {
        "SMALL": "the market value is below 300 million",
        "THIN": "less than 1 million is traded on a middling day",
    }


def test_a_currency_nobody_quotes_is_said() -> None:
    quote = Quote(ticker="A", price=Decimal(1), currency="XYZ", day=DAY, source="test")

    found = score_universe([record("A", quote=quote)], base_currency="EUR", fx=FX, day=DAY)

    assert found.excluded == (("A", "ECB publishes no rate for XYZ on 2026-04-24"),)


def test_a_price_that_never_moved_has_no_momentum() -> None:
    still = tuple(
        PricePoint(day=DAY - timedelta(days=index), close=Decimal(10), volume=Decimal(10**7))
        for index in range(252)
    )

    found = score_universe([record("A", history=still)], base_currency="EUR", fx=FX, day=DAY)

    momentum = found.ranked[0][1].components[2]
    assert (momentum.score, momentum.missing) == (Gap(gap="no field is known"), ("momentum",))


def test_an_odd_number_of_volumes_has_a_middle_one() -> None:
    history = tuple(
        PricePoint(day=point.day, close=point.close, volume=NOT_GIVEN if index == 251 else point.volume)
        for index, point in enumerate(walk(5))
    )

    found = score_universe([record("A", history=history)], base_currency="EUR", fx=FX, day=DAY)

    assert found.excluded == ()


def test_no_records_give_no_scores() -> None:
    found = score_universe([], base_currency="EUR", fx=FX, day=DAY)

    assert (found.ranked, found.excluded) == ((), ())


def falling(raw: bool) -> tuple[PricePoint, ...]:
    """A close of 100 for a year; before a ten-for-one split fifty sessions ago it stands at 1,000 when
    `raw`."""
    return tuple(
        PricePoint(
            day=DAY - timedelta(days=back),
            close=Decimal(1000 if raw and back > 50 else 100),
            volume=Decimal(10**6),
        )
        for back in range(251, -1, -1)
    )


def test_closes_before_a_split_are_made_comparable_once() -> None:
    split = Split(day=DAY - timedelta(days=50), ratio=Decimal(10))

    raw, adjusted = weekly_closes(falling(True), (split,)), weekly_closes(falling(False), (split,))

    assert raw == adjusted == [100.0] * 51


def test_a_step_that_no_ratio_explains_is_left_alone() -> None:
    wrong_ratio = Split(day=DAY - timedelta(days=50), ratio=Decimal(2))
    long_ago = Split(day=DAY - timedelta(days=2000), ratio=Decimal(10))

    found = weekly_closes(falling(True), (wrong_ratio, long_ago))

    assert (found[0], found[-1]) == (1000.0, 100.0)
