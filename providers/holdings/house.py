"""Plain lines as a person types them: `AAPL 12`, `Air Liquide 12,5`, `FR0000120073 = 3`, `AAPL 10 170 USD`,
`cash 500 EUR`.

None when the text is something else: when its first line is no such line, or not more lines are than are not.
A line that is one but cannot be held (a short position, a derivative, a number that could be two) is rejected
with its reason.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.base.names import is_ticker
from core.portfolio.editing import currency_of
from core.portfolio.holding import Import
from core.portfolio.isin import is_isin
from core.portfolio.numbers import Ambiguous, Numbers, RowFault, typed_number
from core.portfolio.paid import Paid, paid_of
from providers.holdings.book import Book, Entry
from providers.holdings.kinds import DERIVATIVE, kind_of
from providers.holdings.reader import ask_decimal
from providers.holdings.sheet import Row, is_formula
from providers.holdings.spec import words as listed
from providers.holdings.table import Asked

# A list that begins with dates has another order of words.
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_NUMBER = re.compile(r"[+\-\u2212(]?[\d.,'\u2019]*\d[\d.,]*\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    what: str
    quantity: str
    price: str
    currency: str


def read_plain(text: str, asked: Asked) -> Import | None:
    """The positions of the lines; blank lines and comments (#) are passed."""
    book = Book("plain lines", asked, account="main", own_tickers=False)
    lines = [
        (Row(line=place, cells=tuple(words)), words)
        for place, line in enumerate(text.splitlines(), 1)
        if (words := _split(line)) and not words[0].startswith("#")
    ]
    read: list[tuple[Row, _Line | RowFault]] = []
    for row, words in lines:
        try:
            read.append((row, _line(words)))
        except RowFault as fault:
            read.append((row, fault))
    plain = [line for _, line in read if isinstance(line, _Line)]
    if not plain or isinstance(read[0][1], RowFault) or 2 * len(plain) <= len(read):
        return None
    numbers = Numbers((line.quantity for line in plain), usual=_mark(plain, asked))
    for row, line in read:
        if isinstance(line, RowFault):
            book.reject(row, str(line))
            continue
        try:
            _hold(row, line, numbers, book)
        except RowFault as fault:
            if isinstance(fault, Ambiguous):
                ask_decimal(fault, book, asked)
            book.reject(row, str(fault), book.key_of("", *_identity(line.what)))
    return book.finish()


def _mark(lines: list[_Line], asked: Asked) -> str | None:
    """A point is the decimal mark, as this program writes it; what a lone comma means is asked."""
    if "decimal" in asked.answers:
        return asked.answers["decimal"]
    return None if any("," in line.quantity for line in lines) else "."


def _split(line: str) -> list[str]:
    stripped = line.strip().strip(";")
    if is_formula(stripped):
        return [stripped]
    mark = next((mark for mark in ("\t", ";") if mark in stripped), None)
    if mark is None and re.search(r",\s*[A-Za-z]|[A-Za-z]\s*,", stripped):
        mark = ","
    if mark is not None:
        return [word.strip() for word in stripped.strip(",").split(mark) if word.strip()]
    return stripped.replace("=", " ").replace(" x ", " ").replace("@ ", "@").split()


def _line(words: list[str]) -> _Line:
    """Raises RowFault where it is no line of `WHAT QUANTITY [PRICE] [CURRENCY]`."""
    if any(is_formula(word) for word in words if not _NUMBER.fullmatch(word.lstrip("@"))):
        raise RowFault("a cell begins like a formula of a spreadsheet")
    if _DATE.fullmatch(words[0]):
        raise RowFault(f"{words[0]!r} is a date, not a ticker")
    rest, currency = list(words), ""
    if len(rest) > 2 and not _NUMBER.fullmatch(rest[-1]) and _NUMBER.fullmatch(rest[-2].lstrip("@")):
        currency = _currency(rest.pop())
    elif rest[0].casefold() in listed()["rows"]["money"] and len(rest) == 3:
        rest = [rest[0], rest[2]]
        currency = _currency(words[1])
    price = ""
    if len(rest) > 2 and rest[-1].startswith("@"):
        price = rest.pop()
    elif len(rest) > 2 and _NUMBER.fullmatch(rest[-1]) and _NUMBER.fullmatch(rest[-2]):
        # "Stoxx 600 10": are those 600 at a price of 10, or 10 of the Stoxx 600? A ticker leaves no such
        # doubt.
        if len(rest) > 3 or not _identity(rest[0])[0]:
            raise RowFault(f"{' '.join(words)[:60]!r} has more than one number: write @ before a price")
        price = rest.pop()
    if len(rest) < 2 or not _NUMBER.fullmatch(rest[-1]):
        raise RowFault(f"{' '.join(words)[:60]!r} is not NAME QUANTITY [PRICE] [CURRENCY]")
    what = " ".join(rest[:-1])
    if not re.search(r"[^\W\d_]", what):
        raise RowFault(f"{what[:40]!r} is not a ticker")
    return _Line(what=what, quantity=rest[-1], price=price, currency=currency)


def _currency(word: str) -> str:
    try:
        return currency_of(word)
    except BadRequest as error:
        raise RowFault(f"{word[:20]!r} is not a currency code of three letters") from error


def _identity(what: str) -> tuple[str, str, str]:
    """Ticker, ISIN, name of what was typed. One word in capitals or digits is a ticker, anything else a
    company's name."""
    if is_isin(what.upper()):
        return "", what.upper(), ""
    if " " not in what and is_ticker(what) and (what == what.upper() or what == what.lower()):
        return what, "", ""
    return "", "", what


def _paid(line: _Line) -> Paid | Gap:
    """What one share cost, where a price and its currency stand there and are no two numbers."""
    try:
        return paid_of(typed_number(line.price.lstrip("@")), line.currency) if line.currency else NOT_GIVEN
    except BadRequest:
        return NOT_GIVEN


def _hold(row: Row, line: _Line, numbers: Numbers, book: Book) -> None:
    shares: Decimal = numbers.read(line.quantity, "the quantity")
    if line.what.casefold() in listed()["rows"]["money"]:
        book.cash(shares, line.currency)
        return
    ticker, isin, name = _identity(line.what)
    kind = kind_of("", ticker=ticker.upper(), name=name)
    if kind is None:
        raise RowFault(DERIVATIVE)
    book.add(
        Entry(
            row=row,
            shares=shares,
            ticker=ticker,
            isin=isin,
            name=name,
            kind=kind,
            currency="" if line.price else line.currency,
            typed=True,
            paid=_paid(line),
        )
    )
