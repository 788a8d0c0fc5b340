"""MARKET_SOURCE=file:PATH: prices, targets and measures from one open JSON or CSV file, from any vendor, read
at each look-up.

JSON: `{"source": "who says so", "names": [ENTRY, …]}`. ENTRY, required: `ticker`, `currency` (as quoted: USD,
EUR, GBp for pence, ZAc, ILA), `price` with its `day`, or a `history`. Optional: `name`; `kind` (equity, fund,
bond, crypto, other); `sector`; `country`; `isin`; `aliases` (list of names); `former` (list of earlier
tickers); `volume`; `history` (list of `[day, close, volume]`); `splits` (list of `{"day", "ratio"}`);
`statements` (end of the last reported period); `next_results` (their day); `measures` (object, names of
core.market.measures; money in whole units); `targets` (`mean`, `median`, `high`, `low`, `analysts`, `day`,
`currency`, and `firms`: list of `{"firm", "target", "day"}`). Days as 2026-04-24.

CSV (comma or semicolon, first line names the columns): `ticker,currency,price,day` and, optionally, name,
kind, sector, country, isin, volume, statements, `aliases` and `former` (separated by |), target_mean,
target_median, target_high, target_low, target_analysts, target_day, target_currency, and any measure by its
name. Several rows of one ticker with different days are its history; the latest at or before the asked day is
the price.

Refuses: a file that cannot be read as a whole (SourceFailed, with its line). A wrong entry is a FAILED
record with its reason, a ticker that the file does not list an EMPTY one with the nearest that it does.
Other columns are not read."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from rapidfuzz import process

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.names import fold_ticker, is_ticker
from core.market.measures import MEASURES
from core.market.quote import MarketRecord
from core.portfolio.holding import Unnamed
from core.portfolio.identities import Certainty, Listing, same_company
from core.portfolio.venues import venue_of_ticker
from providers.markets.file.entries import Entry, empty, failed, read_record
from providers.markets.file.fields import DAY

MAX_BYTES = 64_000_000
"""Five thousand names with two years of closes; what is larger is not a market file."""

NEAREST = 3
_REQUIRED_COLUMNS = ("ticker", "currency", "price", "day")
_TARGETS = ("mean", "median", "high", "low", "analysts", "day", "currency")
_LISTS = ("aliases", "former")
_PLAIN = "currency price day name kind sector country isin volume statements next_results".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """The file's entries by ticker (several for one ticker: rows of a CSV, or a doubled JSON entry)."""

    source: str
    entries: dict[str, list[Entry]]
    nameless: tuple[str, ...]
    rows: bool


class FileMarket:
    """A MarketSource over one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = f"market file {path.name}"

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order, as of `day`. Raises SourceFailed when the file cannot
        be read."""
        return await asyncio.to_thread(self._look_up, tickers, day)

    async def find(self, what: Unnamed) -> tuple[Listing, ...]:
        """The entries of this ISIN, else of this name or symbol. Raises SourceFailed when the file cannot
        be read."""
        return await asyncio.to_thread(self._find, what)

    def _find(self, what: Unnamed) -> tuple[Listing, ...]:
        by_isin: list[Listing] = []
        by_name: list[Listing] = []
        for ticker, entries in self._read().entries.items():
            entry = entries[-1]
            names = [str(entry.get("name") or ""), *_words(entry.get("aliases"))]
            called = not isinstance(what.name, Gap) and any(same_company(what.name, each) for each in names)
            symbol = not isinstance(what.symbol, Gap) and ticker.partition(".")[0] == what.symbol
            right = str(entry.get("isin") or "").strip().upper() == what.identity
            if not (right or called or symbol):
                continue
            venue = venue_of_ticker(ticker)
            (by_isin if right else by_name).append(
                Listing(
                    ticker=ticker,
                    exchange="" if isinstance(venue, Gap) else venue.name,
                    currency=str(entry.get("currency") or "") or NOT_GIVEN,
                    name=names[0] or NOT_GIVEN,
                    source=self.name,
                    certainty=Certainty.SURE if right or (called and symbol) else Certainty.ONE,
                )
            )
        return tuple(by_isin or by_name)

    def _look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        contents = self._read()
        former = _former(contents)
        return tuple(self._record(fold_ticker(ticker), contents, former, day) for ticker in tickers)

    def _record(self, ticker: str, contents: _Contents, former: dict[str, str], day: date) -> MarketRecord:
        entries = contents.entries.get(ticker)
        if entries is None:
            renamed = former.get(ticker, NOT_GIVEN)
            return replace(empty(ticker, self._unknown(ticker, contents, former)), renamed=renamed)
        if contents.rows:
            entry = _of_rows(entries, day)
            return (
                failed(ticker, f"no row is of {day} or earlier")
                if entry is None
                else read_record(ticker, entry, day, source=contents.source)
            )
        if len(entries) > 1:
            return failed(ticker, f"listed {len(entries)} times in {self._path.name}")
        return read_record(ticker, entries[0], day, source=contents.source)

    def _unknown(self, ticker: str, contents: _Contents, former: dict[str, str]) -> str:
        if ticker in former:
            return f"now trades as {former[ticker]}: rename it in the portfolio"
        nearest = process.extract(ticker, sorted(contents.entries), limit=NEAREST, score_cutoff=50)
        reason = f"not listed in {self._path.name}"
        if nearest:
            reason += "; nearest: " + ", ".join(name for name, _score, _index in nearest)
        if contents.nameless:
            reason += (
                f"; {len(contents.nameless)} entries have no readable ticker, first {contents.nameless[0]}"
            )
        return reason

    def _read(self) -> _Contents:
        try:
            with self._path.open("rb") as file:
                body = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise self._unreadable(f"cannot be opened ({error.strerror})") from error
        if len(body) > MAX_BYTES:
            raise self._unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB")
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            raise self._unreadable(f"is not UTF-8 text (line {line})") from error
        if not text.strip():
            raise self._unreadable("is empty")
        return self._of_json(text) if text.lstrip()[0] in "{[" else self._of_csv(text)

    def _of_json(self, text: str) -> _Contents:
        try:
            data = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
        except json.JSONDecodeError as error:
            raise self._unreadable(f"is not JSON: {error.msg} (line {error.lineno})") from error
        except RecursionError as error:
            raise self._unreadable("is nested too deeply") from error
        listed = data.get("names") if isinstance(data, dict) else data
        if not isinstance(listed, list):
            raise self._unreadable('has no list "names"')
        source = data.get("source") if isinstance(data, dict) else None
        numbered = ((f"entry {number}", item) for number, item in enumerate(listed, start=1))
        return _gathered(numbered, source if isinstance(source, str) else self._path.name, rows=False)

    def _of_csv(self, text: str) -> _Contents:
        header = text.partition("\n")[0]
        reader = csv.DictReader(
            io.StringIO(text, newline=""),
            delimiter=";" if header.count(";") > header.count(",") else ",",
            strict=True,
        )
        columns = [(column or "").strip().casefold() for column in reader.fieldnames or ()]
        missing = [column for column in _REQUIRED_COLUMNS if column not in columns]
        if missing:
            raise self._unreadable(f"names no column {', '.join(missing)} (line 1)")
        reader.fieldnames = columns
        try:
            numbered = [(f"line {reader.line_num}", dict(row)) for row in reader]
        except csv.Error as error:
            raise self._unreadable(f"is not CSV: {error} (line {reader.reader.line_num})") from error
        return _gathered(iter(numbered), self._path.name, rows=True)

    def _unreadable(self, what: str) -> SourceFailed:
        return SourceFailed(f"The market file {self._path.name} {what}.", source=self.name, permanent=True)


def _gathered(numbered: Iterator[tuple[str, object]], source: str, *, rows: bool) -> _Contents:
    entries: dict[str, list[Entry]] = {}
    nameless = []
    for place, item in numbered:
        ticker = item.get("ticker") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(ticker, str) and is_ticker(ticker):
            entries.setdefault(fold_ticker(ticker), []).append(item)
        else:
            nameless.append(place)
    return _Contents(source=source, entries=entries, nameless=tuple(nameless), rows=rows)


def _of_rows(rows: list[Entry], day: date) -> Entry | None:
    """The rows of one ticker as one entry: the latest at or before `day`, the earlier ones as its history.

    A row whose day cannot be read is kept as the latest one, so that its reason is shown.
    """
    dated = [(str(row.get("day") or "").strip(), row) for row in rows]
    wrong = [row for text, row in dated if not DAY.fullmatch(text)]
    past = sorted((pair for pair in dated if pair[0] <= day.isoformat()), key=lambda pair: pair[0])
    if not wrong and not past:
        return None
    latest = wrong[0] if wrong else past[-1][1]
    doubled = not wrong and [text for text, _row in past].count(past[-1][0]) > 1
    entry: dict[str, object] = {field: latest.get(field) for field in _PLAIN}
    entry["history"] = [
        {"day": row.get("day"), "close": row.get("price"), "volume": row.get("volume")}
        for _text, row in past
        if row is not latest or doubled
    ]
    entry["targets"] = _of_columns(latest, {f"target_{name}": name for name in _TARGETS})
    entry["measures"] = _of_columns(latest, {kind.name: kind.name for kind in MEASURES})
    for field in _LISTS:
        entry[field] = [part for part in str(latest.get(field) or "").split("|") if part.strip()]
    return entry


def _of_columns(row: Entry, columns: dict[str, str]) -> dict[str, object] | None:
    given = {name: row.get(column) for column, name in columns.items() if str(row.get(column) or "").strip()}
    return given or None


def _former(contents: _Contents) -> dict[str, str]:
    """Earlier tickers, each with the one it trades under now."""
    renamed = {}
    for ticker, entries in contents.entries.items():
        for entry in entries:
            renamed.update({fold_ticker(word): ticker for word in _words(entry.get("former"))})
    return renamed


def _words(listed: object) -> list[str]:
    """A list of names as JSON has it, or as one cell of a CSV."""
    words = listed.split("|") if isinstance(listed, str) else listed if isinstance(listed, list) else []
    return [str(word) for word in words if str(word).strip()]
