"""Which feeds are read: rows of data, built in or from the file that NEWS_FEEDS names (CSV, JSON or TOML).

Refuses a file with any row that cannot be read, naming every bad row at once: a feed that silently drops out
looks like silence of its publisher. The columns: `address` (http, may hold {ticker}; the only one that must
be there), `publisher` (blank: the address's own), `authority` (official, newswire, other; blank: what the
publishers' table says, else other), `kind` (name: one feed per ticker; issuer: one issuer's own feed;
general: all names; blank: name when there is a ticker, else general), `ticker` (whose feed it is, when the
address does not say {ticker}), `cadence_hours` (the longest usual pause between two items; blank: a week for
a general feed, no expectation for a name's own, which may be silent for a year). Decision: built-in rows are
few and general, since no feed of the reference could be checked against the live network; `doctor` checks
them. Reuters has had no feed since June 2020, so it is not here.
"""

import csv
import io
import json
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from core.base.errors import BadRequest
from core.base.gap import NOT_GIVEN, Gap
from core.base.names import fold_ticker, is_ticker
from core.facts.fact import Authority
from providers.sources.stories.publishers import host_of, publisher_at

Choice = TypeVar("Choice", bound=StrEnum)
PLACE = "{ticker}"
COLUMNS = ("address", "publisher", "authority", "kind", "ticker", "cadence_hours")
LARGEST_FILE = 1_000_000
MOST_ROWS = 2_000


class FeedKind(StrEnum):
    """Whose news a feed holds: one ticker's, one issuer's own, or everybody's."""

    NAME = "name"
    ISSUER = "issuer"
    GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One feed, or one feed per ticker when the address holds {ticker}. `cadence_hours` is positive or a
    gap.
    """

    address: str
    publisher: str
    authority: Authority
    kind: FeedKind
    ticker: str | Gap = NOT_GIVEN
    cadence_hours: float | Gap = NOT_GIVEN

    def address_for(self, ticker: str) -> str:
        return self.address.replace(PLACE, quote(ticker, safe="."))


_WEEK = 168.0


def load_feeds(path: Path) -> tuple[FeedRow, ...]:
    """The rows of a feeds file, by its ending (.csv, .json, .toml). Raises BadRequest that names every bad
    row.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadRequest(f"The feeds file {path.name} is larger than {LARGEST_FILE:,} bytes.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadRequest(f"The feeds file {path.name} (NEWS_FEEDS) could not be opened.") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"The feeds file {path.name} (NEWS_FEEDS) is not UTF-8 text.") from error
    return read_feeds(text, name=path.name)


def read_feeds(text: str, *, name: str) -> tuple[FeedRow, ...]:
    """The rows of `text`; `name` tells the format by its ending."""
    readers = {"csv": _csv_rows, "json": _json_rows, "toml": _toml_rows}
    reader = readers.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise BadRequest(f"The feeds file {name} must end in .csv, .json or .toml.")
    try:
        found = reader(text)
    except (ValueError, csv.Error, RecursionError) as error:
        raise BadRequest(f"The feeds file {name} could not be read: {error}.") from error
    rows: list[FeedRow] = []
    wrong: list[str] = []
    for place, cells in found[:MOST_ROWS]:
        try:
            rows.append(_row(cells))
        except ValueError as error:
            wrong.append(f"{place}: {error}")
    if len(found) > MOST_ROWS:
        wrong.append(f"more than {MOST_ROWS} rows")
    if not found:
        wrong.append("it holds no row")
    if wrong:
        raise BadRequest(
            f"The feeds file {name} has rows that cannot be read. " + "; ".join(wrong[:20]) + "."
        )
    return tuple(rows)


def _row(cells: dict[str, Any]) -> FeedRow:
    values = {str(key).strip().lower(): _cell(value) for key, value in cells.items() if key is not None}
    unknown = sorted(set(values) - set(COLUMNS))
    if unknown or None in cells:
        raise ValueError(f"unknown column {unknown[0]}" if unknown else "more cells than columns")
    if not values.get("address"):
        raise ValueError("address is missing")
    address, ticker = values["address"], fold_ticker(values.get("ticker", ""))
    known = publisher_at(address.replace(PLACE, "X"))
    per_name = bool(ticker) or PLACE in address
    assumed = FeedKind.NAME if per_name else FeedKind.GENERAL
    kind = _one_of(FeedKind, values.get("kind") or assumed, "kind")
    _check_address(address)
    if ticker and not is_ticker(ticker):
        raise ValueError("ticker is no ticker")
    if kind is FeedKind.GENERAL and (ticker or PLACE in address):
        raise ValueError("a general feed has no ticker")
    if kind is not FeedKind.GENERAL and not per_name:
        raise ValueError("a ticker, or {ticker} in the address, is missing")
    return FeedRow(
        address=address,
        publisher=values.get("publisher") or (known.name if known is not None else host_of(address)),
        authority=_one_of(
            Authority,
            values.get("authority") or (known.authority if known is not None else Authority.OTHER),
            "authority",
        ),
        kind=kind,
        ticker=ticker if ticker else NOT_GIVEN,
        cadence_hours=_cadence(values.get("cadence_hours", ""), kind),
    )


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and PLACE not in parts.netloc
        _ = parts.port
    except ValueError:
        usable = False
    if not usable or any(blank in address for blank in (" ", "\n", "\t")):
        raise ValueError("address is not an http address")


def _one_of(choices: type[Choice], text: str, column: str) -> Choice:
    try:
        return choices(text.casefold())
    except ValueError as error:
        raise ValueError(f"{column} must be one of {', '.join(choices)}") from error


def _cadence(text: str, kind: FeedKind) -> float | Gap:
    if not text:
        return _WEEK if kind is FeedKind.GENERAL else NOT_GIVEN
    if not (text.isascii() and text.replace(".", "", 1).isdigit() and 0 < float(text) <= 100_000):
        raise ValueError("cadence_hours must be a positive number of hours")
    return float(text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).strip() if isinstance(value, (str, int, float)) else "\n"


def _csv_rows(text: str) -> list[tuple[str, dict[str, Any]]]:
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    reader = csv.DictReader(io.StringIO(kept, newline=""), strict=True)
    return [(f"row {number}", dict(cells)) for number, cells in enumerate(reader, start=1)]


def _json_rows(text: str) -> list[tuple[str, dict[str, Any]]]:
    return _tables(json.loads(text), "a list of objects")


def _toml_rows(text: str) -> list[tuple[str, dict[str, Any]]]:
    return _tables(tomllib.loads(text).get("feed"), "tables named [[feed]]")


def _tables(rows: Any, wanted: str) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"it must hold {wanted}")
    return [(f"row {number}", row) for number, row in enumerate(rows, start=1)]


DEFAULT_FEEDS = read_feeds(
    files(__package__).joinpath("built_in.csv").read_text(encoding="utf-8"), name="built_in.csv"
)
