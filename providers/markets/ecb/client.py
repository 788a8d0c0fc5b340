"""The European Central Bank's euro reference rates: the last published day at or before the asked one, with
its date.

Read over an address: the XML of the last ninety days; where it does not exist (a small mirror) the XML of the
last day; for an earlier day the zipped CSV of all days since 1999. An address that itself ends in .xml, .csv
or .zip is one of these files: it is read as it is, and nothing beside it.

Refuses: rates more than 15 weekday sessions older than the asked day (no month-end holiday lasts that
long, so the file is frozen), a body that is not the bank's format, a document that declares entities.
"N/A" means that a currency had no rate on that day: it is left out, never carried over. Source: ECB, free
reuse with attribution."""

import asyncio
import calendar
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit
from xml.etree import ElementTree

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.market.quote import FxRate, FxTable
from core.market.sessions import lag
from providers.http import Fetcher
from providers.markets.file.fields import WrongField, read_day, read_number

NAME = "ECB"
NINETY_DAYS = "/stats/eurofxref/eurofxref-hist-90d.xml"
LAST_DAY = "/stats/eurofxref/eurofxref-daily.xml"
ALL_DAYS = "/stats/eurofxref/eurofxref-hist.zip"
FOLDER = "/stats/eurofxref"
# How an address ends that names one file of rates.
FILES = (".xml", ".csv", ".zip")

MAX_LAG = 15
"""Three weeks without a publication: the bank never pauses that long, so the copy at hand is dead."""

# The unzipped history is 3 MB in 2026 and grows by 80 kB a year.
MAX_UNZIPPED = 32_000_000
# A day's file is republished once, in the afternoon: an hour's cache saves the repeated commands of one
# session.
FRESH_SECONDS = 3600.0

# What zipfile raises for an archive that is damaged, encrypted, or packed in a way it does not know.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)

Days = dict[date, tuple[FxRate, ...]]


class EcbRates:
    """An FxSource over the bank's own address, a recording served in its place, or the address of one file
    of rates."""

    name = NAME

    def __init__(self, fetcher: Fetcher, address: str) -> None:
        self._fetcher = fetcher
        self._file = address if urlsplit(address).path.casefold().endswith(FILES) else None
        # The folder that holds the files is as plain an answer to "where are the rates?" as the host.
        self._base_url = address.rstrip("/").removesuffix(FOLDER)

    async def rates(self, day: date) -> FxTable:
        """The last published rates at or before `day`. Raises SourceFailed."""
        if self._file is not None:
            return table_of(await self._read(self._file), day)
        days: Days = {}
        for path in (NINETY_DAYS, LAST_DAY):
            try:
                days = await self._read(self._base_url + path)
                break
            except SourceFailed as error:
                if not error.permanent:
                    raise
        if not days or min(days) > day:
            days = await self._read(self._base_url + ALL_DAYS)
        return table_of(days, day)

    async def _read(self, address: str) -> Days:
        fetched = await self._fetcher.get(address, source=NAME, fresh_for=FRESH_SECONDS)
        return await asyncio.to_thread(read_days, fetched.body)


def table_of(days: Days, day: date) -> FxTable:
    """The rates of the last of `days` at or before `day`, ordered by currency. Raises SourceFailed."""
    published = [each for each in days if each <= day]
    if not published:
        raise _failed(f"no rates were published at or before {day}")
    last = max(published)
    age = lag(last, day)
    if age > MAX_LAG:
        raise _failed(f"its last rates are of {last}, {age} sessions before {day}, more than {MAX_LAG}")
    return FxTable(source=NAME, day=last, rates=days[last], stale_sessions=age)


def read_days(body: bytes) -> Days:
    """All days of an XML, CSV or zipped CSV of the bank. Raises SourceFailed for anything else, and when
    there is none."""
    try:
        if body[:2] == b"PK":
            body = _unzipped(body)
        text = body.decode("utf-8-sig")
        rows = _xml_rows(text) if text.lstrip().startswith("<") else _csv_rows(text)
        days = {day: rates for day, rates in rows if rates}
    except (ElementTree.ParseError, UnicodeDecodeError, csv.Error, *BROKEN_ARCHIVE) as error:
        raise _failed("the answer is not a file of reference rates") from error
    except WrongField as error:
        raise _failed(f"the answer holds a wrong value: {error}") from error
    if not days:
        raise _failed("the answer holds no reference rates")
    return days


def _unzipped(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        if not names:
            raise _failed("the archive holds no CSV")
        with archive.open(names[0]) as member:
            text = member.read(MAX_UNZIPPED + 1)
    if len(text) > MAX_UNZIPPED:
        raise _failed("the archive unpacks to more than a history of rates can hold")
    return text


def _xml_rows(text: str) -> Iterator[tuple[date, tuple[FxRate, ...]]]:
    """Cubes with a `time` hold cubes with `currency` and `rate`; their namespace does not matter."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _failed("the answer declares entities, which the bank's files never do")
    # S314: no DOCTYPE, so nothing can expand; the fetcher caps the size.
    root = ElementTree.fromstring(text)  # noqa: S314
    for cube in root.iter():
        if "time" in cube.attrib:
            day = _day(cube.attrib["time"])
            pairs = ((inner.get("currency", ""), inner.get("rate", "")) for inner in cube)
            yield day, _rates(pairs, day)


def _csv_rows(text: str) -> Iterator[tuple[date, tuple[FxRate, ...]]]:
    """`Date,USD,…,` and a line per day. The trailing comma makes a nameless last column."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [column.strip() for column in next(rows, [])]
    if not header or header[0] != "Date":
        raise _failed("the answer is not a file of reference rates")
    for row in rows:
        if row:
            day = _day(row[0])
            yield day, _rates(zip(header[1:], row[1:], strict=False), day)


def _day(text: str) -> date:
    """A day as in 2026-04-13 or, in the CSV of the last day, 13 April 2026."""
    words = text.split()
    months = list(calendar.month_name)  # in English: nothing here sets a locale
    if len(words) == 3 and words[1] in months[1:]:
        text = f"{words[2]}-{months.index(words[1]):02d}-{words[0].zfill(2)}"
    day = read_day(text, "a day")
    if isinstance(day, Gap):
        raise WrongField("a day is missing")
    return day


def _rates(pairs: Iterator[tuple[str, str]], day: date) -> tuple[FxRate, ...]:
    rates = {}
    for currency, text in pairs:
        if not currency or text.strip() in {"", "N/A"}:
            continue
        if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
            raise WrongField(f"“{currency[:12]}” is no currency code")
        rate = read_number(text, f"the rate of {currency} on {day}")
        if not isinstance(rate, Decimal) or rate <= 0:
            raise WrongField(f"the rate of {currency} on {day} is {text.strip()[:20]}")
        rates[currency] = FxRate(currency=currency, per_euro=rate, day=day)
    return tuple(rates[currency] for currency in sorted(rates))


def _failed(what: str) -> SourceFailed:
    return SourceFailed(f"{NAME} reference rates: {what}.", source=NAME)
