"""Tickers: trimmed, folded, ASCII only."""

import pytest

from core.base.names import fold_ticker, is_ticker


@pytest.mark.parametrize(
    ("written", "folded"), [(" aapl ", "AAPL"), ("brk-b\n", "BRK-B"), ("7203.t", "7203.T")]
)
def test_a_ticker_has_one_spelling(written: str, folded: str) -> None:
    assert fold_ticker(written) == folded


@pytest.mark.parametrize("written", ["AAPL", "0700.HK", "^GSPC", "brk.b", "M&M.NS"])
def test_tickers_of_many_exchanges_pass(written: str) -> None:
    assert is_ticker(written)


@pytest.mark.parametrize("written", ["", " ", "A" * 21, "ААРL", "=CMD()", "A B", "../x", "A\x00", "-A"])
def test_what_is_no_ticker_does_not_pass(written: str) -> None:
    assert not is_ticker(written)
