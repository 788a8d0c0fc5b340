"""What `portfolio export --json` writes: `{"holdings": [...], "cash": [...]}`. A line of the import is the place in its list."""

from collections.abc import Mapping
from typing import Any

from core.base.errors import BadRequest
from core.base.kind import Kind
from core.portfolio.holding import Import
from core.portfolio.numbers import Numbers, RowFault
from providers.holdings.book import Book, Entry
from providers.holdings.positions import row_of, told
from providers.holdings.table import Asked

NAME = "Condorcet JSON"


def matches(tree: object) -> bool:
    return isinstance(tree, Mapping) and isinstance(tree.get("holdings"), list) and "activities" not in tree


def read(tree: Mapping[str, Any], asked: Asked) -> Import:
    """The positions and the cash. Raises BadRequest when the lists hold anything else than objects."""
    book = Book(NAME, asked.tickers)
    numbers = Numbers((), usual=".")
    for what, reader in (("holdings", _holding), ("cash", _cash)):
        for place, item in enumerate(tree.get(what) or (), 1):
            if not isinstance(item, Mapping):
                raise BadRequest(f"{asked.origin}: {what} must be a list of objects.")
            try:
                reader(item, place, book, numbers)
            except RowFault as fault:
                book.reject(row_of(place, (f"{key}={value}" for key, value in item.items())), str(fault))
    return book.finish()


def _holding(item: Mapping[str, Any], place: int, book: Book, numbers: Numbers) -> None:
    try:
        kind = Kind(_text(item, "kind").casefold() or "equity")
    except ValueError as error:
        raise RowFault(f"the kind {_text(item, 'kind')[:20]!r} is none of {', '.join(Kind)}") from error
    book.position(
        Entry(
            row=row_of(place, (f"{key}={value}" for key, value in item.items())),
            shares=numbers.read(_text(item, "quantity"), "the quantity"),
            ticker=_text(item, "ticker"),
            isin=_text(item, "isin"),
            name=_text(item, "name"),
            kind=kind,
            currency=_text(item, "currency"),
            locked=item.get("locked") is True,
        )
    )


def _cash(item: Mapping[str, Any], place: int, book: Book, numbers: Numbers) -> None:
    book.cash(numbers.read(_text(item, "amount"), "the amount of cash"), _text(item, "currency"))


def _text(item: Mapping[str, Any], name: str) -> str:
    return told(item.get(name))
