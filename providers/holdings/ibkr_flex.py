"""Interactive Brokers' Flex queries as XML, laid out as tables.

Open positions count where there are any, else trades with corporate actions. A Flex query broken out by day
counts its newest one; the base currency's sum of the cash counts only where no single currency stands beside
it. A document type in the XML is refused: no export has one, and attacks do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.parsers import expat

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book
from providers.holdings.reader import NO_CASH, read_table, rows_of
from providers.holdings.sheet import Row
from providers.holdings.spec import spec_named
from providers.holdings.table import Asked

POSITIONS, TRADES = "IBKR Flex positions", "IBKR Flex trades"
CENT = Decimal("0.01")
WANTED = frozenset({"OpenPosition", "Trade", "CorporateAction", "CashReportCurrency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    tag: str
    cells: Mapping[str, str]
    line: int


def is_flex(text: str) -> bool:
    return "<FlexQueryResponse" in text[:2_000] or "<FlexStatement" in text[:2_000]


def read_flex(text: str, asked: Asked) -> Import:
    """Positions, else trades with corporate actions; cash where the query holds a cash report."""
    elements = _elements(text, asked.origin)
    by_tag = {tag: [each for each in elements if each.tag == tag] for tag in WANTED}
    opened, moved = by_tag["OpenPosition"], by_tag["Trade"] + by_tag["CorporateAction"]
    book = Book(POSITIONS if opened else TRADES, asked, account="IBKR")
    cash = _cash_report(by_tag["CashReportCurrency"], book)
    if not opened and not moved and not cash:
        raise BadRequest(
            f"{asked.origin} is an IBKR Flex query without open positions and without trades: add the "
            "section Open Positions "
            "to the query."
        )
    spec = spec_named(book.form)
    chosen = opened or moved
    if chosen:
        items = [(each.line, {**each.cells, "tag": each.tag}) for each in chosen]
        read_table(rows_of(items), spec, asked, book)
    if cash and NO_CASH in book.remarks:
        book.remarks.remove(NO_CASH)
    elif not cash and NO_CASH not in book.remarks:
        book.remarks.append(NO_CASH)
    return book.finish()


def _cash_report(elements: Sequence[_Element], book: Book) -> bool:
    """Takes the newest ending balances into the book; whether there were any."""
    ends: dict[str, str] = {}
    for each in elements:
        account = each.cells.get("accountId", "")
        ends[account] = max(ends.get(account, ""), each.cells.get("toDate", ""))
    newest = [
        each
        for each in elements
        if each.cells.get("endingCash")
        and each.cells.get("toDate", "") == ends[each.cells.get("accountId", "")]
    ]
    single = [each for each in newest if each.cells.get("currency") != "BASE_SUMMARY"]
    found = False
    for each in single or newest:
        currency = each.cells.get("currency", "")
        if currency == "BASE_SUMMARY":
            currency = each.cells.get("base", "")
            if not currency:
                book.remarks.append(
                    f"the file states cash of {each.cells['endingCash']} in the account's base currency and "
                    "does not name it: "
                    "`cash AMOUNT CURRENCY` sets it"
                )
                continue
            book.remarks.append(f"the cash is the sum in the account's base currency {currency}")
        found = (
            balance_of(each.cells["endingCash"], currency, each.cells.get("accountId", ""), each.line, book)
            or found
        )
    return found


def balance_of(amount: str, currency: str, account: str, line: int, book: Book) -> bool:
    try:
        # A thousandth of a cent that a conversion left behind is no balance.
        balance = Numbers((), usual=".").read(amount, "the balance").quantize(CENT)
        if balance:
            book.cash(balance, currency, account)
    except RowFault as fault:
        book.complain(Row(line=line, cells=(f"cash {currency}", amount)), str(fault))
    return True


def _elements(text: str, origin: str) -> list[_Element]:
    """The wanted elements, each with what its statement says of all of them: the account, the last day, the
    base currency."""
    found: list[_Element] = []
    parser = expat.ParserCreate()
    said: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "FlexStatement":
            said.clear()
            said.update(accountId=attributes.get("accountId", ""), toDate=attributes.get("toDate", ""))
        elif tag == "AccountInformation":
            said["base"] = attributes.get("currency", "")
        elif tag in WANTED:
            own = {name: value for name, value in attributes.items() if value}
            cells = {**said, **attributes, **own}
            cells["reportDate"] = own.get("reportDate", "") or cells.get("toDate", "")
            found.append(_Element(tag=tag, cells=cells, line=parser.CurrentLineNumber))

    def refuse(*_: object) -> None:
        raise BadRequest(f"{origin} declares a document type: no export of a broker does, so it is not read.")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise BadRequest(f"{origin} is not readable XML (line {error.lineno}).") from error
    return found
