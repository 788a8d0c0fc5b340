"""Interactive Brokers Flex queries, XML and CSV: open positions, else trades with corporate actions.

Open positions come once as a summary and, if the query asks, once more as lots: the summary counts where both are there, lots
are added up where they stand alone (built from the documentation; trades, corporate actions and cash are from recorded
files). Symbols get the suffix of their listing exchange, as sources of prices write them. The cash report's ending balances
are the cash. A document type in the XML is refused: no export has one, and attacks do.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.parsers import expat

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.activities import NO_CASH, Activities, Move, read_activities
from providers.holdings.book import Book
from providers.holdings.positions import Columns, entry_of, read_positions, row_of
from providers.holdings.sheet import Row
from providers.holdings.table import UNRECORDED, Asked, Format, Record, Table, names

POSITIONS, TRADES = "IBKR Flex positions", "IBKR Flex trades"
FOREX = "a currency conversion"
CENT = Decimal("0.01")
# IBKR's listing exchange → the suffix that Yahoo and most vendors use. American exchanges have none.
SUFFIXES = {
    "IBIS": ".DE", "IBIS2": ".DE", "FWB": ".F", "FWB2": ".F", "TGATE": ".DE", "SWB": ".SG", "SBF": ".PA", "AEB": ".AS",
    "BVME": ".MI", "BVME.ETF": ".MI", "BM": ".MC", "LSE": ".L", "LSEETF": ".L", "EBS": ".SW", "VSE": ".VI", "BVL": ".LS",
    "ENEXT.BE": ".BR", "SFB": ".ST", "OSE": ".OL", "CPH": ".CO", "HEX": ".HE", "WSE": ".WA", "TSE": ".TO", "VENTURE": ".V",
    "SEHK": ".HK", "TSEJ": ".T", "ASX": ".AX", "SGX": ".SI", "NSE": ".NS", "JSE": ".JO", "TASE": ".TA",
}  # fmt: skip
# A corporate action tells its story and ends with (symbol, name, ISIN) of the line it changes.
_TOLD = re.compile(r"\([^,()]+, ([^()]+), [A-Z0-9]{12}\)$")
FIELDS = {
    "ticker": ("symbol",),
    "quantity": ("quantity", "position"),
    "isin": ("isin",),
    "name": ("description",),
    "kind": ("assetclass", "assetcategory"),
    "currency": ("currencyprimary", "currency"),
    "exchange": ("listingexchange",),
    "venue": ("exchange",),
    "level": ("levelofdetail",),
    "date": ("tradedate",),
    "reported": ("reportdate",),
    "action": ("buy/sell", "buysell"),
    "tag": ("tag",),
}


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    named = _named(cells)
    if named["kind"].casefold() == "cash" or not (named["ticker"] or named["isin"]):
        return {**named, "action": FOREX}
    told = _TOLD.search(named["name"]) if named["tag"] == "CorporateAction" else None
    if told:
        named = {**named, "name": told.group(1)}
    # A corporate action has no side and no trade date of its own.
    return {**named, "action": named["action"] or named["tag"], "date": named["date"] or named["reported"]}


def _named(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells with the ticker as sources of prices write it."""
    exchange = (cells["exchange"] or cells["venue"]).upper()
    suffix = SUFFIXES.get(exchange, "")
    ticker = cells["ticker"].upper().removesuffix(".OLD") if suffix else cells["ticker"].upper()
    if suffix == ".DE" and cells["ticker"].endswith("d"):
        ticker = ticker[:-1]  # IBKR marks the German listing of some shares with a small d: BMWd
    if suffix == ".HK":
        ticker = ticker.zfill(4)
    return {**cells, "ticker": f"{ticker.replace(' ', '-')}{suffix}" if suffix and ticker else ticker}


HOW = Activities(
    form=TRADES,
    columns=FIELDS,
    moves={
        "buy": Move.SIGNED,
        "sell": Move.SIGNED,
        "buy (ca.)": Move.SIGNED,
        "sell (ca.)": Move.SIGNED,
        "corporateaction": Move.SIGNED,
        FOREX: Move.NONE,
    },
    refused={},
    prepare=_prepared,
)


def read_positions_csv(table: Table, asked: Asked) -> Import:
    return read_positions(table, asked, POSITIONS, FIELDS, _position, keep=_summaries)


def read_trades_csv(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


def _position(record: Record, book: Book, numbers: Columns) -> None:
    cells = _named(record.cells)
    if cells["kind"].casefold() == "cash":
        book.cash(numbers.quantity.read(cells["quantity"], "the amount of cash"), cells["ticker"])
    else:
        book.position(entry_of(Record(row=record.row, cells=cells), numbers))


def _summaries(good: tuple[Record, ...]) -> tuple[Record, ...]:
    levels = {record["level"].casefold() for record in good}
    return tuple(record for record in good if "summary" not in levels or record["level"].casefold() != "lot")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    tag: str
    attributes: Mapping[str, str]
    line: int


WANTED = frozenset({"OpenPosition", "Trade", "CorporateAction", "CashReportCurrency"})


def is_flex(text: str) -> bool:
    return "<FlexQueryResponse" in text[:2_000] or "<FlexStatement" in text[:2_000]


def read_xml(text: str, asked: Asked) -> Import:
    """Positions, else trades with corporate actions; cash where the query holds a cash report."""
    elements = _elements(text, asked.origin)
    by_tag = {tag: [element for element in elements if element.tag == tag] for tag in WANTED}
    moved = by_tag["Trade"] + by_tag["CorporateAction"]
    form = POSITIONS if by_tag["OpenPosition"] else TRADES
    book = Book(form, asked.tickers)
    cash = _cash_report(by_tag["CashReportCurrency"], book)
    if not by_tag["OpenPosition"] and not moved and not cash:
        raise BadRequest(
            f"{asked.origin} is an IBKR Flex query without open positions and without trades: add the section Open Positions "
            "to the query."
        )
    if not cash:
        book.remarks.append(NO_CASH)
    if by_tag["OpenPosition"]:
        book.remarks.append(UNRECORDED)
        return _held(_table(by_tag["OpenPosition"]), asked, book)
    return read_activities(_table(moved), asked, HOW, book=book)


def _held(table: Table, asked: Asked, book: Book) -> Import:
    return read_positions(table, asked, POSITIONS, FIELDS, _position, keep=_summaries, notes=False, book=book)


def _cash_report(elements: Iterable[_Element], book: Book) -> bool:
    """Takes the ending balances into the book; whether there were any."""
    numbers = Numbers((), usual=".")
    found = False
    for element in elements:
        currency, amount = element.attributes.get("currency", ""), element.attributes.get("endingCash", "")
        if currency == "BASE_SUMMARY" or not amount:
            continue
        found = True
        row = row_of(element.line, (f"cash {currency}", amount))
        try:
            # A thousandth of a cent that a conversion left behind is no balance.
            balance = numbers.read(amount, "the balance").quantize(CENT)
            if balance:
                book.cash(balance, currency)
        except RowFault as fault:
            book.reject(row, str(fault))
    return found


def _table(elements: Iterable[_Element]) -> Table:
    """Elements as a table: every attribute a column, the tag as the action of what has no side of its own."""
    listed = tuple(elements)
    columns = tuple(dict.fromkeys(name for element in listed for name in element.attributes))
    header = (*columns, "tag")
    rows = tuple(
        Row(
            line=element.line,
            cells=(*(element.attributes.get(name, "").strip() for name in columns), element.tag),
        )
        for element in listed
    )
    where = {name.casefold(): place for place, name in enumerate(header)}
    return Table(names=where, header=Row(line=0, cells=header), rows=rows, delimiter="<")


def _elements(text: str, origin: str) -> list[_Element]:
    found: list[_Element] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in WANTED:
            found.append(_Element(tag=tag, attributes=attributes, line=parser.CurrentLineNumber))

    def refuse(*_: object) -> None:
        raise BadRequest(f"{origin} declares a document type: no export of a broker does, so it is not read.")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise BadRequest(f"{origin} is not readable XML (line {error.lineno}).") from error
    return found


CSV_POSITIONS = Format(
    name=f"{POSITIONS} (XML or CSV)",
    header=(
        names("symbol"),
        names("quantity", "position"),
        names("markprice", "positionvalue"),
        names("currencyprimary"),
    ),
    without=names("buy/sell", "tradedate"),
    read=read_positions_csv,
    recorded=False,
)
CSV_TRADES = Format(
    name=f"{TRADES} (XML or CSV)",
    header=(
        names("buy/sell"),
        names("tradedate"),
        names("isin", "symbol"),
        names("quantity"),
        names("currencyprimary"),
    ),
    without=names("fee", "action"),
    read=read_trades_csv,
)
