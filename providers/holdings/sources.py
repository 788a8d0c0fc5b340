"""Where the portfolio comes from: a file that is read at each run, or the ledger. A file is read the same way
wherever it comes from: with the tickers and the headers that its owner confirmed before."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from core.base.errors import BadRequest, NotFound
from core.base.names import fold_ticker, is_ticker
from core.portfolio.books import Books
from core.portfolio.holding import Import, Portfolio
from core.ports import Ledger
from providers.holdings.reading import read_file
from providers.holdings.sheet import MAX_BYTES, sheets_of, text_of


class PortfolioFile:
    """PORTFOLIO_FILE: read at each run. A row that cannot be read stops the run: a report on part of a
    portfolio would be wrong about every weight."""

    def __init__(self, path: Path, books: Books | None, today: Callable[[], date]) -> None:
        self.path = path
        self._books = books
        self._today = today

    async def portfolio(self) -> Portfolio:
        return read_portfolio_file(self.path, self._books, self._today())


def read_known(
    data: bytes, books: Books | None, *, origin: str, today: date, answers: Mapping[str, str] | None = None
) -> Import:
    """What is in a portfolio file, with what `books` keeps of earlier imports. Raises BadRequest as
    `read_file` does."""
    tickers, tables = ({}, {}) if books is None else (books.tickers(), books.tables())
    return read_file(data, origin=origin, tickers=tickers, today=today, answers=answers, known=tables)


def read_portfolio_file(path: Path, books: Books | None, today: date) -> Portfolio:
    """The portfolio in PORTFOLIO_FILE, whole. Raises BadRequest when it, or any of its rows, cannot be
    read."""
    found = read_known(bounded_bytes(path, "PORTFOLIO_FILE"), books, origin=str(path), today=today)
    if found.questions:
        raise BadRequest(
            f"{path} cannot be read without being asked: {found.questions[0].text} Run `python -m bot "
            "portfolio import "
            f"{path}` once: it asks, and what you confirm of columns and tickers is kept. Else write it as "
            "Condorcet CSV."
        )
    if found.rejected:
        rows = "; ".join(f"line {row.line}: {row.reason}" for row in found.rejected[:5])
        count = "1 row" if len(found.rejected) == 1 else f"{len(found.rejected)} rows"
        raise BadRequest(f"{path} has {count} that cannot be read: {rows}. Mend or remove what is wrong.")
    return found.portfolio


class LedgerHoldings:
    """The portfolio that was imported into the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    async def portfolio(self) -> Portfolio:
        try:
            return self.ledger.portfolio()
        except NotFound as error:
            raise NotFound(
                "There is no portfolio yet: import one with `python -m bot portfolio import FILE`, send the "
                "file to the "
                "bot, or set PORTFOLIO_FILE."
            ) from error


class UniverseFile:
    """UNIVERSE_FILE: a ticker a line, or a table with a `ticker` column. No file: no candidates."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    async def tickers(self) -> tuple[str, ...]:
        if self.path is None:
            return ()
        text, _ = text_of(bounded_bytes(self.path, "UNIVERSE_FILE"), origin=str(self.path))
        sheet = next(sheets_of(text, origin=str(self.path)))
        rows = [row for row in sheet.rows if not row.cells[0].startswith("#")]
        header = [cell.casefold() for cell in rows[0].cells] if rows else []
        column = header.index("ticker") if "ticker" in header else 0
        wanted = rows[1:] if "ticker" in header else rows
        found: dict[str, None] = {}
        for row in wanted:
            ticker = fold_ticker(row.cells[column]) if column < len(row.cells) else ""
            if not is_ticker(ticker):
                raise BadRequest(f"{self.path} line {row.line}: {ticker[:40]!r} is not a ticker.")
            found[ticker] = None
        return tuple(found)


def bounded_bytes(path: Path, setting: str = "") -> bytes:
    """The file's bytes, at most one more than is accepted: a larger file is refused without being read
    whole."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        named = f"{setting} names {path}, which" if setting else str(path)
        raise BadRequest(f"{named} cannot be read ({error.strerror}).") from error
