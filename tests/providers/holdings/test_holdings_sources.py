"""Where the portfolio and the universe come from: files of the settings, or the ledger."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import BadRequest, NotFound
from core.portfolio.accounts import alone
from core.portfolio.books import Books
from core.portfolio.editing import EMPTY
from core.portfolio.holding import Portfolio
from core.portfolio.paid import Paid
from providers.holdings.sheet import MAX_BYTES
from providers.holdings.sources import LedgerHoldings, PortfolioFile, UniverseFile, bounded_bytes, read_known
from providers.ledger.sqlite import SqliteLedger
from tests.core.portfolio.test_accounts import Kept, Memory


def written(folder: Path, text: str) -> Path:
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    return file


def pinned(path: Path, books: Books | None = None) -> PortfolioFile:
    return PortfolioFile(path, books, lambda: date(2026, 4, 24))


async def test_the_portfolio_file_is_read_at_each_run(tmp_path: Path) -> None:
    source = pinned(written(tmp_path, "ticker,quantity\nAAPL,1\n"))
    first = await source.portfolio()
    written(tmp_path, "ticker,quantity\nMSFT,1\n")

    second = await source.portfolio()

    assert [each.ticker for each in (*first.holdings, *second.holdings)] == ["AAPL", "MSFT"]


async def test_the_portfolio_file_is_read_with_the_headers_and_tickers_that_were_confirmed(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "Valeur;ISIN;Quantité;PRU;Devise\nLVMH;FR0000121014;12;600;EUR\nÉnergies;;3;;\n")
    books, at = Books(Kept(), Memory()), datetime(2026, 4, 24, tzinfo=UTC)
    (question,) = read_known(path.read_bytes(), books, origin="x", today=at.date()).questions
    with pytest.raises(BadRequest, match=r"portfolio import .* once: it asks"):
        await pinned(path, books).portfolio()
    books.keep_table("valeur|isin|quantité|pru|devise", question.options[0][0], at=at)
    with pytest.raises(BadRequest, match="Énergies has no ticker here"):
        await pinned(path, books).portfolio()
    books.keep_ticker("Énergies", "TTE.PA", at=at, origin="test")
    books.keep_ticker("FR0000121014", "MC.PA", at=at, origin="test")

    held = await pinned(path, books).portfolio()

    assert [f"{each.ticker} {each.quantity}" for each in held.holdings] == ["MC.PA 12", "TTE.PA 3"]
    assert held.holdings[0].paid == Paid(price=Decimal(600), currency="EUR")


async def test_a_day_that_has_not_come_stops_the_run_as_it_stops_an_import(tmp_path: Path) -> None:
    header = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share)\n"
    row = "Market buy,2026-04-25 10:00:00,US0378331005,AAPL,Apple,1,1,USD\n"

    with pytest.raises(BadRequest, match="lies in the future"):
        await pinned(written(tmp_path, header + row)).portfolio()


async def test_a_bad_row_of_the_portfolio_file_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(
        BadRequest, match="1 row that cannot be read: line 3: the quantity 'x' is not a number"
    ):
        await pinned(written(tmp_path, "ticker,quantity\nAAPL,1\nMSFT,x\n")).portfolio()


async def test_an_absent_portfolio_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=r"PORTFOLIO_FILE names .*which cannot be read"):
        await pinned(tmp_path / "absent.csv").portfolio()


async def test_no_portfolio_in_the_ledger_and_an_empty_one_are_different(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.sqlite")
    source = LedgerHoldings(ledger)
    with pytest.raises(NotFound, match="There is no portfolio yet"):
        await source.portfolio()
    ledger.save_accounts(alone(EMPTY), at=datetime(2026, 4, 24, tzinfo=UTC), origin="test")

    found = await source.portfolio()
    ledger.close()

    assert found == Portfolio(holdings=(), cash=())


async def test_a_universe_is_a_column_of_tickers_without_repetition(tmp_path: Path) -> None:
    assert await UniverseFile(
        written(tmp_path, "name,ticker\nApple,aapl\nMicrosoft,MSFT\nApple,AAPL\n")
    ).tickers() == ("AAPL", "MSFT")
    assert await UniverseFile(written(tmp_path, "# mine\nAAPL\nMSFT\n")).tickers() == ("AAPL", "MSFT")
    assert await UniverseFile(None).tickers() == ()


async def test_a_universe_line_that_is_no_ticker_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="line 3: 'A B' is not a ticker"):
        await UniverseFile(written(tmp_path, "ticker\nAAPL\nA B\n")).tickers()


def test_a_giant_file_is_read_no_further_than_its_refusal_needs(tmp_path: Path) -> None:
    file = tmp_path / "giant.csv"
    with file.open("wb") as handle:
        handle.truncate(20_000_000)

    assert len(bounded_bytes(file)) == MAX_BYTES + 1
