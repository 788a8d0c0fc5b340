"""The universe that ships."""

import csv
from pathlib import Path

from core.base.names import fold_ticker, is_ticker

FILE = Path(__file__).parents[3] / "providers/markets/large_companies.csv"


def test_the_shipped_universe_names_its_source_and_lists_each_company_once() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    tickers = [row["ticker"] for row in rows]

    assert "Public Domain" in " ".join(comments)
    assert len(rows) >= 500
    assert len(set(tickers)) == len(tickers)
    assert all(is_ticker(ticker) and ticker == fold_ticker(ticker) for ticker in tickers)
    assert all(row["name"] and row["sector"] for row in rows)


def test_class_shares_are_written_as_the_market_source_writes_them() -> None:
    text = FILE.read_text(encoding="utf-8")

    assert "\nBRK-B," in text
    assert "BRK.B" not in text
