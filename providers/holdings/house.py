"""The house's own format: `ticker,quantity,currency,name,kind,locked`, and plain lines `TICKER QTY [PRICE] [CCY]`.

Cash is the ticker `$CASH` with its amount as quantity and a currency. Only ticker and quantity must be there. What `export`
writes, this reads back.
"""

from decimal import Decimal

from core.gap import NOT_GIVEN, Gap
from core.kind import Kind
from core.names import fold_ticker, is_ticker
from core.portfolio.holding import Cash, Holding, Import, Portfolio, RejectedRow
from providers.holdings.sheet import Row, Sheet, number

CASH = "$CASH"
COLUMNS = ("ticker", "quantity", "currency", "name", "kind", "locked")
TRUE = frozenset({"yes", "true", "1", "locked", "x"})


class RowFault(ValueError):
    """Why one row cannot be read; becomes a RejectedRow."""


def matches(sheet: Sheet) -> bool:
    """Whether the first row names ticker and quantity as the house does."""
    header = {cell.casefold() for cell in sheet.rows[0].cells} if sheet.rows else set()
    return {"ticker", "quantity"} <= header <= set(COLUMNS) | {"price", "isin"}


def read(sheet: Sheet) -> Import:
    """Good rows and bad rows. A ticker that stands twice is summed and said."""
    header = [cell.casefold() for cell in sheet.rows[0].cells]
    lines = [(row, dict(zip(header, row.cells, strict=False))) for row in sheet.rows[1:]]
    return collect("Condorcet CSV", lines)


def read_plain(text: str) -> Import:
    """Lines of `TICKER QTY [PRICE] [CCY]`; blank lines and lines that begin with # are comments."""
    lines: list[tuple[Row, dict[str, str]]] = []
    for place, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        currency = words[-1] if len(words) > 2 and words[-1].isalpha() else ""
        cells = {"ticker": words[0], "quantity": words[1] if len(words) > 1 else "", "currency": currency}
        lines.append((Row(line=place, cells=tuple(words)), cells))
    return collect("plain lines", lines)


def collect(name: str, lines: list[tuple[Row, dict[str, str]]]) -> Import:
    """The import of rows given as named cells."""
    holdings: dict[str, Holding] = {}
    cash: dict[str, Decimal] = {}
    rejected: list[RejectedRow] = []
    remarks: list[str] = []
    for row, cells in lines:
        try:
            if cells.get("ticker", "").upper() == CASH:
                currency = _currency(cells)
                if isinstance(currency, Gap):
                    raise RowFault("cash needs a currency")
                cash[currency] = cash.get(currency, Decimal(0)) + _quantity(cells, zero=True)
                continue
            holding = _holding(cells)
        except RowFault as fault:
            rejected.append(RejectedRow(line=row.line, text=",".join(row.cells)[:200], reason=str(fault)))
            continue
        if holding.ticker in holdings:
            remarks.append(
                f"{holding.ticker} stands in more than one row (line {row.line}): the quantities are added."
            )
            holding = _added(holdings[holding.ticker], holding)
        holdings[holding.ticker] = holding
    return Import(
        format=name,
        portfolio=Portfolio(
            holdings=tuple(holdings[ticker] for ticker in sorted(holdings)),
            cash=tuple(Cash(currency=currency, amount=cash[currency]) for currency in sorted(cash)),
        ),
        rejected=tuple(rejected),
        remarks=tuple(remarks),
    )


def _holding(cells: dict[str, str]) -> Holding:
    ticker = fold_ticker(cells.get("ticker", ""))
    if not is_ticker(ticker):
        raise RowFault(f"{cells.get('ticker', '')[:40]!r} is not a ticker")
    try:
        kind = Kind((cells.get("kind") or "equity").casefold())
    except ValueError as error:
        raise RowFault(f"the kind {cells['kind'][:20]!r} is none of {', '.join(Kind)}") from error
    return Holding(
        ticker=ticker,
        name=cells.get("name") or NOT_GIVEN,
        quantity=_quantity(cells),
        kind=kind,
        locked=cells.get("locked", "").casefold() in TRUE,
        isin=cells.get("isin") or NOT_GIVEN,
        currency=_currency(cells),
    )


def _quantity(cells: dict[str, str], *, zero: bool = False) -> Decimal:
    written = cells.get("quantity", "")
    quantity = number(written)
    if quantity is None:
        raise RowFault(f"the quantity {written[:40]!r} is not a number (digits with a point)")
    if quantity < 0:
        raise RowFault("a short position or an overdraft: only what is owned can be judged")
    if quantity == 0 and not zero:
        raise RowFault("the quantity is zero")
    return quantity


def _currency(cells: dict[str, str]) -> str | Gap:
    written = cells.get("currency", "").upper()
    if not written:
        return NOT_GIVEN
    if len(written) != 3 or not written.isascii() or not written.isalpha():
        raise RowFault(f"{written[:20]!r} is not a currency code of three letters")
    return written


def _added(one: Holding, other: Holding) -> Holding:
    return Holding(
        ticker=one.ticker,
        name=one.name,
        quantity=one.quantity + other.quantity,
        kind=one.kind,
        locked=one.locked or other.locked,
        isin=one.isin,
        currency=one.currency,
    )
