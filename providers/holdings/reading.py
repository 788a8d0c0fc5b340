"""Any portfolio file → Import. Formats are rows of a table, tried in order; each knows itself by its header."""

from collections.abc import Callable, Mapping
from datetime import date

from core.errors import BadRequest
from core.portfolio.holding import Import
from providers.holdings import house
from providers.holdings.sheet import Sheet, sheet_of, text_of

# Name as a person knows it, does this header belong to it, its reader. More particular formats come first.
FORMATS: tuple[tuple[str, Callable[[Sheet], bool], Callable[[Sheet], Import]], ...] = (
    ("Condorcet CSV (ticker,quantity,currency,name,kind,locked)", house.matches, house.read),
)


def read_file(
    data: bytes, *, origin: str, tickers: Mapping[str, str] | None = None, today: date | None = None
) -> Import:
    """The portfolio in `data`. Raises BadRequest naming what is accepted when no format fits or nothing could be read."""
    text = text_of(data, origin=origin)
    sheet = sheet_of(text, origin=origin)
    for _, matches, read in FORMATS:
        if matches(sheet):
            return _with_something(read(sheet), origin)
    plain = house.read_plain(text)
    if len(plain.portfolio.holdings) > len(plain.rejected):
        return plain
    accepted = "; ".join(name for name, _, _ in FORMATS)
    raise BadRequest(
        f"{origin} is in no format known here. Accepted: {accepted}; plain lines `TICKER QTY [PRICE] [CCY]`."
    )


def _with_something(found: Import, origin: str) -> Import:
    if found.portfolio.holdings or found.portfolio.cash:
        return found
    first = f" Line {found.rejected[0].line}: {found.rejected[0].reason}." if found.rejected else ""
    raise BadRequest(f"{origin} looks like {found.format} but holds no readable position.{first}")
