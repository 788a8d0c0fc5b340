"""A universe of 5,000 names, filtered and scored, in under a second; growth at three sizes.

The names are invented (a seeded walk each), because a real universe of this size is nobody's to redistribute;
the work done on them does not depend on their values. pandas is imported before the clock starts: the bot
imports it once per process.
"""

import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from core.base.gap import NOT_GIVEN
from core.base.kind import Kind
from core.market.quote import FxRate, FxTable, LookUp, MarketRecord, Measure, PricePoint, Quote
from core.market.universe import FIELDS, score_universe

DAY = date(2026, 4, 24)
LIMIT_S = 1.0
SIZES = (1250, 2500, 5000)
# Twice the names may take up to three times as long: above that the growth would no longer be linear with
# some noise.
GROWTH_LIMIT = 3.0
FX = FxTable(source="ECB", day=DAY, rates=(FxRate(currency="USD", per_euro=Decimal("1.17"), day=DAY),))
SECTORS = ("Technology", "Energy", "Utilities", "Healthcare", "Industrials", "Financial Services")


def universe(size: int) -> list[MarketRecord]:
    """`size` records with 260 closes and all fields."""
    chance = random.Random(size)
    records = []
    for index in range(size):
        close, points = chance.uniform(10, 500), []
        for back in range(259, -1, -1):
            close *= 1 + chance.uniform(-0.03, 0.0305)
            day = DAY - timedelta(days=back)
            points.append(PricePoint(day=day, close=Decimal(f"{close:.2f}"), volume=Decimal(1_000_000)))
        ticker = f"N{index:04d}"
        values = {field.name: f"{chance.gauss(10, 8):.2f}" for field in FIELDS if field.name != "momentum"}
        measures = [
            Measure(name=name, value=Decimal(value), unit="percent") for name, value in values.items()
        ]
        measures.append(Measure(name="market_cap", value=Decimal(10**10), unit="USD"))
        records.append(
            MarketRecord(
                ticker=ticker,
                state=LookUp.OK,
                reason="",
                name=ticker,
                kind=Kind.EQUITY,
                quote=Quote(ticker=ticker, price=points[-1].close, currency="USD", day=DAY, source="bench"),
                consensus=NOT_GIVEN,
                measures=tuple(measures),
                sector=SECTORS[index % len(SECTORS)],
                history=tuple(points),
                currency="USD",
                statements=date(2025, 12, 31),
            )
        )
    return records


def scored_in(records: list[MarketRecord]) -> float:
    """The best of three, in seconds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = score_universe(records, base_currency="EUR", fx=FX, day=DAY)
        best = min(best, time.perf_counter() - start)
        if len(found.ranked) != len(records):
            raise SystemExit("not every name was scored: the benchmark would measure nothing")
    return best


def main() -> int:
    score_universe(universe(50), base_currency="EUR", fx=FX, day=DAY)
    seconds = [scored_in(universe(size)) for size in SIZES]
    over = seconds[-1] > LIMIT_S
    for size, took in zip(SIZES, seconds, strict=True):
        limit = f"{LIMIT_S:.2f} s" if size == SIZES[-1] else "-"
        print(
            f"universe of {size} names scored | {took:.3f} s | {limit} | {'over' if took > LIMIT_S else 'ok'}"
        )
    for small, large, first, second in zip(SIZES, SIZES[1:], seconds, seconds[1:], strict=False):
        growth = second / first
        over = over or growth > GROWTH_LIMIT
        verdict = "over" if growth > GROWTH_LIMIT else "ok"
        print(
            f"universe growth {small} to {large} | {growth:.2f} times | {GROWTH_LIMIT:.2f} times | {verdict}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
