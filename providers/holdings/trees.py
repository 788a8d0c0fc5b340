"""Files that are trees (JSON, XML, OFX) laid out as tables: Condorcet's own JSON, Ghostfolio, Portfolio Performance, OFX.

Refuses document types and what is nested without end. A line of the import is where the item begins, or its place in its list.
"""

import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from core.portfolio.isin import is_isin
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book
from providers.holdings.reader import NO_CASH, read_table, rows_of
from providers.holdings.sheet import Row
from providers.holdings.spec import spec_named
from providers.holdings.table import Asked

OWN, GHOSTFOLIO = "Condorcet JSON", "Ghostfolio activities (JSON)"
OFX, PERFORMANCE = "OFX investment statement", "Portfolio Performance file (XML)"
# How Portfolio Performance writes shares and prices, as whole numbers of their fractions: it changed between file versions,
# and a file's own prices tell which it is.
SCALES = ((10**6, 10**2), (10**8, 10**4), (10**8, 10**8))
POSITION_KINDS = {
    "POSSTOCK": "stock",
    "POSMF": "mutual fund",
    "POSDEBT": "bond",
    "POSOPT": "option",
    "POSOTHER": "other",
}
_STEP = re.compile(r"([\w.-]+)(?:\[(\d+)\])?")


def read_json(text: str, asked: Asked) -> Import | None:
    """The portfolio in a JSON text; None when it is of another shape. Raises BadRequest for what is no JSON."""
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
    spec = spec_named(OWN)
    items = []
    for what, action in (("holdings", ""), ("cash", "cash")):
        for place, item in enumerate(tree.get(what) or (), 1):
            if not isinstance(item, Mapping):
                raise BadRequest(f"{asked.origin}: {what} must be a list of objects.")
            cells = {name: _told(value) for name, value in item.items()}
            locked = {"locked": "yes" if item.get("locked") is True else ""}
            items.append((place, {**cells, **locked, "action": action}))
    header = (
        "ticker",
        "quantity",
        "amount",
        "currency",
        "name",
        "kind",
        "locked",
        "isin",
        "account",
        "action",
    )
    book = Book(OWN, asked, account="main", own_tickers=True)
    read_table(rows_of(header, items), spec, asked, book)
    return book.finish()


def _ghostfolio(tree: Mapping[str, Any], text: str, asked: Asked) -> Import:
    """The positions that the activities leave and the newest balance of each account."""
    header = ("date", "symbol", "currency", "quantity", "type", "dataSource")
    lines = _lines(text, len(tree["activities"]))
    items = [
        (line, {name: _text(item, name) for name in header})
        for line, item in zip(lines, tree["activities"], strict=True)
    ]
    book = Book(GHOSTFOLIO, asked, account="Ghostfolio", own_tickers=True)
    balances = list(_balances(tree))
    for place, (item, amount, currency) in enumerate(balances, 1):
        try:
            book.cash(Numbers((), usual=".").read(amount, "the balance"), currency)
        except RowFault as fault:
            book.reject(Row(line=place, cells=("accounts", item, amount, currency)), str(fault))
    read_table(rows_of(header, items), spec_named("Ghostfolio activities (CSV)"), asked, book)
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
    """A value of JSON as the text that a table would hold. A number of astronomic size keeps its exponent: written out it
    would fill the memory."""
    if isinstance(value, Decimal) and value.is_finite() and -30 < value.adjusted() < 20:
        return f"{value:f}"
    return "" if value is None else str(value).strip()


def is_performance(text: str) -> bool:
    return "<client" in text[:500] and "<securities" in text


def read_performance(text: str, asked: Asked) -> Import:
    """The client file of Portfolio Performance: the transactions of its depots. Raises BadRequest when it cannot be followed."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadRequest(f"{asked.origin} declares a document type: no export does, so it is not read.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # without a document type there is no entity to expand
    except ElementTree.ParseError as error:
        raise BadRequest(f"{asked.origin} is not readable XML (line {error.position[0]}).") from error
    tree = _Tree(root)
    scale = _scale(root, tree)
    if scale is None:
        raise BadRequest(
            f"{asked.origin} is a Portfolio Performance file whose numbers could mean several things: export the transactions "
            "there as CSV (File > Export)."
        )
    items: dict[ElementTree.Element, tuple[int, Mapping[str, str]]] = {}
    for depot in root.iter("portfolio"):
        for place, listed in enumerate(depot.iterfind("transactions/portfolio-transaction"), 1):
            each = tree.resolved(listed)
            security = each.find("security")
            told = tree.resolved(security) if security is not None else each
            shares = each.findtext("shares") or ""
            items[each] = (
                place,
                {
                    "action": each.findtext("type") or "",
                    "date": tree.text(each, "date"),
                    "quantity": f"{Decimal(shares) / scale:f}" if shares.isdigit() else shares,
                    "ticker": told.findtext("tickerSymbol") or "",
                    "isin": told.findtext("isin") or "",
                    "name": told.findtext("name") or "",
                    "currency": told.findtext("currencyCode") or "",
                    "account": tree.resolved(depot).findtext("name") or "",
                },
            )
    header = ("action", "date", "quantity", "ticker", "isin", "name", "currency", "account")
    book = Book(PERFORMANCE, asked, account="Portfolio Performance", own_tickers=True)
    read_table(rows_of(header, items.values()), spec_named(PERFORMANCE), asked, book)
    return book.finish()


def _scale(root: ElementTree.Element, tree: "_Tree") -> int | None:
    """How many fractions make one share: the scale at which amounts are shares × prices of those days. None where it is open."""
    hits = dict.fromkeys(SCALES, 0)
    for each in root.iter("portfolio-transaction"):
        security = each.find("security")
        told = tree.resolved(security) if security is not None else each
        day, shares, amount = (
            tree.text(each, "date")[:10],
            each.findtext("shares") or "",
            each.findtext("amount") or "",
        )
        quotes = [(one.get("t", ""), one.get("v", "")) for one in told.iterfind("prices/price")]
        before = [int(price) for of, price in quotes if of <= day and price.isdigit()]
        if not before or not shares.isdigit() or not amount.isdigit() or not int(shares) * int(amount):
            continue
        for per_share, per_price in SCALES:
            worth = Decimal(shares) / per_share * before[-1] / per_price
            # Fees and a foreign currency stand between them; the scales are a hundred apart.
            hits[per_share, per_price] += (
                Decimal("0.3") < Decimal(amount) / 100 / worth < Decimal(3) if worth else 0
            )
    best = max(hits, key=lambda scale: hits[scale])
    return best[0] if hits[best] and list(hits.values()).count(hits[best]) == 1 else None


class _Tree:
    """Follows the references by which such a file writes an element once: relative paths, or the number of an id."""

    def __init__(self, root: ElementTree.Element) -> None:
        self._above = {child: parent for parent in root.iter() for child in parent}
        self._ids = {each.get("id", ""): each for each in root.iter() if each.get("id")}

    def text(self, element: ElementTree.Element, name: str) -> str:
        child = element.find(name)
        return "" if child is None else self.resolved(child).text or ""

    def resolved(self, element: ElementTree.Element) -> ElementTree.Element:
        for _ in range(20):
            path = element.get("reference")
            if path is None:
                return element
            found = self._ids.get(path) if "/" not in path else self._walk(element, path)
            if found is None or found is element:
                return element
            element = found
        return element

    def _walk(self, element: ElementTree.Element, path: str) -> ElementTree.Element | None:
        here: ElementTree.Element | None = element
        for step in path.split("/"):
            if here is None:
                return None
            if step == "..":
                here = self._above.get(here)
                continue
            named = _STEP.fullmatch(step)
            children = here.findall(named.group(1)) if named else []
            place = int(named.group(2) or 1) - 1 if named else 0
            here = children[place] if place < len(children) else None
        return here


def is_ofx(text: str) -> bool:
    head = text[:3_000].lstrip()
    return head.startswith("OFXHEADER") or "<OFX>" in head


def read_ofx(data: bytes, asked: Asked) -> Import:
    """The positions and the cash of an OFX or QFX download. Raises BadRequest when it holds no investment account."""
    from ofxtools.Parser import OFXTree

    try:
        # Tags of a program's own are skipped, and the library warns of each.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser = OFXTree()
            parser.parse(io.BytesIO(data))
            converted = parser.convert()
    except Exception as error:  # the library raises whatever its reading stumbles over
        raise BadRequest(f"{asked.origin} is not readable OFX ({str(error)[:120]}).") from error
    statements = [each for each in converted.statements if hasattr(each, "invposlist")]
    if not statements:
        raise BadRequest(f"{asked.origin} is OFX without an investment account.")
    listed = {(each.secid.uniqueidtype, each.secid.uniqueid): each for each in converted.securities or ()}
    items: list[tuple[int, Mapping[str, str]]] = []
    for statement in statements:
        account = {"account": str(statement.invacctfrom.acctid), "currency": str(statement.curdef)}
        for held in statement.invposlist or ():
            told = listed.get((held.secid.uniqueidtype, held.secid.uniqueid))
            code = str(held.secid.uniqueid)
            units = held.units if str(held.postype).upper() == "LONG" else -abs(held.units)
            items.append(
                (
                    len(items) + 1,
                    {
                        **account,
                        "units": f"{units:f}",
                        "ticker": str(getattr(told, "ticker", "") or ""),
                        "name": str(getattr(told, "secname", "") or code),
                        "isin": code if is_isin(code) else "",
                        "kind": POSITION_KINDS.get(type(held).__name__, ""),
                    },
                )
            )
        balance = getattr(statement.invbal, "availcash", None)
        if balance:
            items.append((len(items) + 1, {**account, "action": "cash", "value": f"{balance:f}"}))
    spec = spec_named(OFX)
    broker = str(statements[0].invacctfrom.brokerid).removesuffix(".com").title()
    book = Book(OFX, asked, account=broker or "OFX")
    header = ("action", "ticker", "units", "value", "currency", "name", "kind", "isin", "account")
    read_table(rows_of(header, items), replace(spec, default=""), asked, book)
    return book.finish()
