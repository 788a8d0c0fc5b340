"""Ghostfolio activities as CSV (Date, Code, Currency, Price, Quantity, Action, Fee) and as its JSON export.

Column names are Ghostfolio's own aliases. Assets entered by hand have no quoted price and are refused; accounts of the JSON
export state balances, and the newest of each account is its cash.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.activities import Activities, Move, read_activities
from providers.holdings.book import Book
from providers.holdings.positions import row_of, told
from providers.holdings.sheet import Row
from providers.holdings.table import Asked, Format, Table, names

CSV, JSON = "Ghostfolio activities (CSV)", "Ghostfolio activities (JSON)"
# Where Ghostfolio takes symbols from (its enumeration of data sources), without the assets entered by hand.
SOURCES = frozenset(
    {
        "alpha_vantage",
        "coingecko",
        "eod_historical_data",
        "financial_modeling_prep",
        "ghostfolio",
        "google_sheets",
        "rapid_api",
        "yahoo",
    }
)
BY_HAND, UNKNOWN_SOURCE = "an asset entered by hand", "an unknown data source"
ALIASES = {
    "date": ("date", "tradedate"),
    "ticker": ("code", "symbol", "ticker"),
    "currency": ("ccy", "currency", "currencyprimary"),
    "quantity": ("qty", "quantity", "shares", "units"),
    "action": ("action", "buy/sell", "type"),
    "source": ("datasource",),
}


def _prepared(cells: Mapping[str, str]) -> Mapping[str, str]:
    source = cells["source"].casefold()
    if cells["action"].casefold() not in {"buy", "sell"} or not source or source in SOURCES:
        return cells
    return {**cells, "action": BY_HAND if source == "manual" else UNKNOWN_SOURCE}


HOW = Activities(
    form=CSV,
    columns=ALIASES,
    moves={
        "buy": Move.CAME,
        "sell": Move.WENT,
        **dict.fromkeys(("dividend", "fee", "interest", "liability"), Move.NONE),
    },
    refused={
        BY_HAND: "an asset entered by hand has no quoted price",
        UNKNOWN_SOURCE: "the data source is not one of Ghostfolio's: what the symbol means is not known",
        "item": "an asset entered by hand has no quoted price",
    },
    prepare=_prepared,
)


def read(table: Table, asked: Asked) -> Import:
    return read_activities(table, asked, HOW)


def matches(tree: object) -> bool:
    return isinstance(tree, Mapping) and isinstance(tree.get("activities"), list)


def read_json(tree: Mapping[str, Any], text: str, asked: Asked) -> Import:
    """The positions that the activities leave and the newest balance of each account."""
    header = ("date", "symbol", "currency", "quantity", "type", "dataSource")
    lines = _lines(text, len(tree["activities"]))
    rows = tuple(
        Row(line=line, cells=tuple(_text(item, name) for name in header))
        for line, item in zip(lines, tree["activities"], strict=True)
    )
    table = Table(
        names={name.casefold(): place for place, name in enumerate(header)},
        header=row_of(0, header),
        rows=rows,
        delimiter=",",
    )
    book = Book(JSON, asked.tickers)
    balances = list(_balances(tree))
    numbers = Numbers((), usual=".")
    for place, (item, amount, currency) in enumerate(balances, 1):
        try:
            book.cash(numbers.read(amount, "the balance"), currency)
        except RowFault as fault:
            book.reject(row_of(place, ("accounts", item, amount, currency)), str(fault))
    return read_activities(table, asked, replace(HOW, form=JSON), book=book if balances else None)


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
    return told(item.get(name)) if isinstance(item, Mapping) else ""


FORMAT = Format(
    name=CSV,
    header=(
        *(names(*ALIASES[name]) for name in ("date", "ticker", "currency", "quantity", "action")),
        names("price", "tradeprice", "unitprice", "value"),
    ),
    read=read,
)
