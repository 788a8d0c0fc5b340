"""JSON laid out as tables: what `portfolio export --json` writes, and Ghostfolio's activities.

Refuses what is nested without end. A line of the import is where the item begins, or its place in its list.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book
from providers.holdings.reader import NO_CASH, read_table, rows_of
from providers.holdings.sheet import Row
from providers.holdings.spec import spec_named
from providers.holdings.table import Asked

OWN, GHOSTFOLIO = "Condorcet JSON", "Ghostfolio activities (JSON)"


def read_json(text: str, asked: Asked) -> Import | None:
    """The portfolio in a JSON text; None when it is of another shape. Raises BadRequest for what is no
    JSON."""
    try:
        tree: Any = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError) as error:
        raise BadRequest(f"{asked.origin} is not readable JSON ({str(error)[:120]}).") from error
    except RecursionError as error:
        raise BadRequest(f"{asked.origin} is nested too deeply: that is no portfolio file.") from error
    if not isinstance(tree, Mapping):
        return None
    if isinstance(tree.get("activities"), list):
        return _ghostfolio(tree, text, asked)
    return _own(tree, asked) if isinstance(tree.get("holdings"), list) else None


def _no_number(written: str) -> None:
    raise ValueError(f"{written} is no number")


def _own(tree: Mapping[str, Any], asked: Asked) -> Import:
    items = []
    for what, action in (("holdings", ""), ("cash", "cash")):
        for place, item in enumerate(tree.get(what) or (), 1):
            if not isinstance(item, Mapping):
                raise BadRequest(f"{asked.origin}: {what} must be a list of objects.")
            cells = {name: _told(value) for name, value in item.items()}
            locked = {"locked": "yes" if item.get("locked") is True else ""}
            items.append((place, {**cells, **locked, "action": action}))
    book = Book(OWN, asked, account="main", own_tickers=True)
    read_table(rows_of(items), spec_named(OWN), asked, book)
    return book.finish()


def _ghostfolio(tree: Mapping[str, Any], text: str, asked: Asked) -> Import:
    """The positions that the activities leave and the newest balance of each account."""
    wanted = ("date", "symbol", "currency", "quantity", "type", "dataSource", "unitPrice")
    lines = _lines(text, len(tree["activities"]))
    items = [
        (line, {name: _text(item, name) for name in wanted})
        for line, item in zip(lines, tree["activities"], strict=True)
    ]
    book = Book(GHOSTFOLIO, asked, account="Ghostfolio", own_tickers=True)
    balances = list(_balances(tree))
    for place, (item, amount, currency) in enumerate(balances, 1):
        try:
            book.cash(Numbers((), usual=".").read(amount, "the balance"), currency)
        except RowFault as fault:
            book.reject(Row(line=place, cells=("accounts", item, amount, currency)), str(fault))
    read_table(rows_of(items), spec_named("Ghostfolio activities (CSV)"), asked, book)
    if balances:
        book.remarks[:] = [each for each in book.remarks if each != NO_CASH]
    return book.finish()


def _balances(tree: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name, newest balance and currency of each account that states one."""
    accounts = tree.get("accounts")
    for account in accounts if isinstance(accounts, list) else ():
        balances = account.get("balances") if isinstance(account, Mapping) else None
        dated = [
            (_text(each, "date"), _text(each, "value"))
            for each in (balances if isinstance(balances, list) else ())
            if isinstance(each, Mapping)
        ]
        if dated:
            yield _text(account, "name"), max(dated)[1], _text(account, "currency")


def _lines(text: str, count: int) -> list[int]:
    """The line on which each activity begins; its place in the list where the text cannot be followed."""
    decoder = json.JSONDecoder()
    found: list[int] = []
    place = text.find("[", text.find('"activities"')) + 1
    line, seen = 1, 0
    while len(found) < count:
        while text[place : place + 1] in {" ", "\n", "\r", "\t", ","}:
            place += 1
        try:
            _, end = decoder.raw_decode(text, place)
        except ValueError:
            return list(range(1, count + 1))
        line += text.count("\n", seen, place)
        seen = place
        found.append(line)
        place = end
    return found


def _text(item: object, name: str) -> str:
    return _told(item.get(name)) if isinstance(item, Mapping) else ""


def _told(value: object) -> str:
    """A value of JSON as the text that a table would hold. A number of astronomic size keeps its exponent:
    written out it would fill the memory."""
    if isinstance(value, Decimal) and value.is_finite() and -30 < value.adjusted() < 20:
        return f"{value:f}"
    return "" if value is None else str(value).strip()
