"""The client file of Portfolio Performance (XML): the transactions of its depots, with their references
followed.

Refuses document types, and a file whose whole numbers could mean several things.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from xml.etree import ElementTree

from core.base.errors import BadRequest
from core.portfolio.holding import Import
from providers.holdings.book import Book
from providers.holdings.reader import read_table, rows_of
from providers.holdings.spec import spec_named
from providers.holdings.table import Asked

PERFORMANCE = "Portfolio Performance file (XML)"
# How Portfolio Performance writes shares and prices, as whole numbers of their fractions: it changed between
# file versions, and a file's own prices tell which it is.
SCALES = ((10**6, 10**2), (10**8, 10**4), (10**8, 10**8))
_STEP = re.compile(r"([\w.-]+)(?:\[(\d+)\])?")


def is_performance(text: str) -> bool:
    return "<client" in text[:500] and "<securities" in text


def read_performance(text: str, asked: Asked) -> Import:
    """The client file of Portfolio Performance: the transactions of its depots. Raises BadRequest when it
    cannot be followed."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadRequest(f"{asked.origin} declares a document type: no export does, so it is not read.")
    try:
        # S314: without a document type there is no entity to expand.
        root = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        raise BadRequest(f"{asked.origin} is not readable XML (line {error.position[0]}).") from error
    tree = _Tree(root)
    scale = _scale(root, tree)
    if scale is None:
        raise BadRequest(
            f"{asked.origin} is a Portfolio Performance file whose numbers could mean several things: export "
            "the transactions "
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
    book = Book(PERFORMANCE, asked, account="Portfolio Performance", own_tickers=True)
    read_table(rows_of(tuple(items.values())), spec_named(PERFORMANCE), asked, book)
    return book.finish()


def _scale(root: ElementTree.Element, tree: "_Tree") -> int | None:
    """How many fractions make one share: the scale at which amounts are shares × prices of those days. None
    where it is open."""
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
    """Follows the references by which such a file writes an element once: relative paths, or the number of an
    id."""

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
