"""Recorded real days: 40 names in five currencies valued to the cent, and the corpus of bad prices."""

import csv
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from core.base.kind import Kind
from core.market.quote import LookUp, MarketRecord, Quote
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.valuation import value
from providers.markets.ecb.client import read_days, table_of
from providers.markets.file.client import FileMarket

SHARED = Path(__file__).parents[4] / "shared/data/market"
SLICE = SHARED / "slice_2026-04-24"
DAY = date(2026, 4, 24)


def _slice() -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    if not SLICE.exists():
        pytest.skip("the recorded material market/slice_2026-04-24 is not there")
    return {
        file.stem: (
            json.loads(file.read_text(), parse_float=str),
            json.loads((SLICE / "history" / file.name).read_text(), parse_float=str),
        )
        for file in sorted((SLICE / "fundamentals").glob("*.json"))
    }


@pytest.mark.wide
async def test_forty_real_names_are_valued_to_the_cent_as_by_independent_fractions(tmp_path: Path) -> None:
    recorded = _slice()
    entries, holdings, expected = [], [], Fraction(0)
    with (SHARED / "fx/eurofxref-hist.csv").open() as file:
        rates = next(row for row in csv.DictReader(file) if row["Date"] == "2026-04-13")
    for index, (ticker, (facts, history)) in enumerate(recorded.items()):
        days = [bar for bar in history if bar["time"] <= "2026-04-24"]
        last = days[-1]
        if last["time"] < "2026-04-17":
            continue
        pence = ticker.endswith(".L")
        entries.append(
            {
                "ticker": ticker,
                "currency": "GBp" if pence else facts["currency"],
                "price": last["close"],
                "day": last["time"],
                "history": [[bar["time"], bar["close"], bar["volume"]] for bar in days[-30:]],
            }
        )
        quantity = Decimal(index * 7 + 3) / 4
        holdings.append(Holding(ticker=ticker, name=ticker, quantity=quantity, kind=Kind.EQUITY))
        per_euro = Fraction(1) if facts["currency"] == "EUR" else Fraction(rates[facts["currency"]])
        expected += Fraction(quantity) * Fraction(str(last["close"])) / (100 if pence else 1) / per_euro
    expected += Fraction(1000) + Fraction("2500.5") / Fraction(rates["USD"])
    path = tmp_path / "market.json"
    path.write_text(json.dumps({"names": entries}))
    portfolio = Portfolio(
        holdings=tuple(holdings),
        cash=(Cash(currency="EUR", amount=Decimal(1000)), Cash(currency="USD", amount=Decimal("2500.5"))),
    )

    records = await FileMarket(path).look_up(tuple(holding.ticker for holding in holdings), DAY)
    fx = table_of(read_days((SHARED / "fx/eurofxref-hist.csv").read_bytes()), DAY)
    valued = value(portfolio, records, fx, base_currency="EUR", day=DAY)

    assert len(holdings) >= 40
    currencies, shares = set(), Decimal(0)
    for position in valued.positions:
        assert isinstance(position.quote, Quote)
        assert isinstance(position.share, Decimal)
        currencies.add(position.quote.currency)
        shares += position.share
    assert len(currencies) >= 5
    assert round(valued.total, 2) == round(Decimal(expected.numerator) / Decimal(expected.denominator), 2)
    assert shares + valued.cash_share == 100


def _bars(name: str) -> list[tuple[date, str]]:
    file = SHARED / "yahoo_bad_prices" / name
    if not file.exists():
        pytest.skip("the recorded material market/yahoo_bad_prices is not there")
    with file.open() as source:
        rows = list(csv.DictReader(source))
    column = next(name for name in rows[0] if name in ("Date", "Datetime", ""))
    return sorted((datetime.fromisoformat(row[column]).date(), row["Close"]) for row in rows)


async def _walked(folder: Path, bars: list[tuple[date, str]]) -> list[MarketRecord]:
    """The name looked up on each of its days, with all the closes before it."""
    path = folder / "market.json"
    entry = {"ticker": "X", "currency": "GBp", "history": [[str(day), close] for day, close in bars]}
    path.write_text(json.dumps([entry]))
    source = FileMarket(path)
    return [(await source.look_up(("X",), day))[0] for day, _ in bars[1:]]


@pytest.mark.wide
@pytest.mark.parametrize(
    ("name", "jumps"),
    [
        ("AET-L-1d-100x-error.csv", True),
        ("AET-L-1d-100x-error-fixed.csv", False),
        ("CNE-L-1d-bad-stock-split.csv", True),
        ("ALPHA-PA-1d-bad-stock-split-fixed.csv", None),
    ],
)
async def test_recorded_bad_prices_are_refused_on_the_day_they_jump(
    tmp_path: Path, name: str, jumps: bool | None
) -> None:
    bars = _bars(name)[-120:]
    closes = [float(close) for _day, close in bars]
    wrong = {
        bars[index][0]
        for index in range(1, len(bars))
        if abs(closes[index] / closes[index - 1] - 1) > 0.4
        and bars[index][0] - bars[index - 1][0] <= timedelta(days=28)
    }

    records = await _walked(tmp_path, bars)

    refused = {
        day for (day, _), record in zip(bars[1:], records, strict=True) if record.state is LookUp.FAILED
    }
    assert refused == wrong
    if jumps is not None:
        assert bool(wrong) is jumps
