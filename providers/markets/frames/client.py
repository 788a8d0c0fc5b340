"""US company numbers from the regulator's `frames`: one request gives one concept for every company. A
MarketSource around another: it adds measures to the American shares that the other found.

Decisions: the year is that of the last calendar year for which the company reported a net income, else the
year before; all concepts of one company are of one year. The regulator's numbers replace the source's of
the same name. Prices are never asked here. A concept that could not be read leaves its measures out, with
the reason, and never stops the look-up: prices are there. US public domain. The regulator asks for a
contact in the user agent: the fetcher's terms carry it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.names import fold_ticker
from core.base.tables import table
from core.market.quote import MarketRecord, Measure, Quote
from core.market.statements import Statements, measures_of
from core.market.universe import FINANCIAL_SECTORS
from core.ports import MarketSource
from providers.http import Fetcher
from providers.markets.file.fields import WrongField, read_day, read_number

NAME = "SEC frames"
TICKERS = "/files/company_tickers.json"
DAY_SECONDS = 86_400.0
"""Yearly numbers change a few times a day at most; a day's cache makes a universe cost nothing twice."""
FRAME_CAP = 16_000_000
"""The largest frames (Assets, NetIncomeLoss) hold some 6,000 companies in 2 MB."""
YEARS_OF_EARNINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One input of the accounts: its tags, the first one known counts. `instant` values are of a day,
    others of a year."""

    field: str
    tags: tuple[str, ...]
    instant: bool = False


CONCEPTS = tuple(
    Concept(field=row["field"], tags=tuple(row["tags"].split()), instant=row["instant"] == "yes")
    for row in table(__package__, "concepts")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One company's value in one frame; `end` is the last day of its period."""

    amount: Decimal
    end: date


Frame = Mapping[int, Value]


class WithFrames:
    """A MarketSource that adds the regulator's numbers to what `source` found."""

    def __init__(self, source: MarketSource, fetcher: Fetcher, *, base_url: str, data_url: str) -> None:
        self._source = source
        self._fetcher = fetcher
        self._base_url = base_url.rstrip("/")
        self._data_url = data_url.rstrip("/")
        self.name = source.name

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when the inner source is down as
        a whole."""
        records = await self._source.look_up(tickers, day)
        american = [record for record in records if _is_american(record)]
        if not american:
            return records
        try:
            numbers = await self._numbers(american)
            accounts = await self._accounts(set(numbers.values()), day)
        except SourceFailed as error:
            reason = Gap(gap=f"{NAME} could not be read: {error}")
            return tuple(_without(record, reason) if _is_american(record) else record for record in records)
        return tuple(
            _with(record, accounts[numbers[record.ticker]])
            if record.ticker in numbers and numbers[record.ticker] in accounts
            else record
            for record in records
        )

    async def _numbers(self, records: list[MarketRecord]) -> dict[str, int]:
        """The regulator's number of each ticker that it lists."""
        fetched = await self._fetcher.get(
            self._base_url + TICKERS, source=NAME, fresh_for=DAY_SECONDS, cap=FRAME_CAP
        )
        listed = _json(fetched.body)
        rows = listed.values() if isinstance(listed, dict) else ()
        known = {
            fold_ticker(str(row.get("ticker"))): int(number)
            for row in rows
            if isinstance(row, dict) and isinstance(number := row.get("cik_str"), Decimal)
        }
        return {record.ticker: known[record.ticker] for record in records if record.ticker in known}

    async def _accounts(self, companies: set[int], day: date) -> dict[int, Statements]:
        """The accounts of the last year that each company reported."""
        last, before = day.year - 1, day.year - 2
        income = {last: await self._concept(CONCEPTS[0], last)}
        if companies - set(income[last]):
            income[before] = await self._concept(CONCEPTS[0], before)
        years = {
            company: year
            for company in companies
            for year in sorted(income)
            if company in income[year] and income[year][company].end <= day
        }
        frames = {(CONCEPTS[0].field, year): frame for year, frame in income.items()}
        for year in sorted(set(years.values())):
            found = await asyncio.gather(*(self._concept(concept, year) for concept in CONCEPTS[1:]))
            frames |= {
                (concept.field, year): frame for concept, frame in zip(CONCEPTS[1:], found, strict=True)
            }
        earnings = await asyncio.gather(
            *(
                self._frame("EarningsPerShareDiluted", "USD-per-shares", f"CY{year}")
                for year in range(last, last - YEARS_OF_EARNINGS - 1, -1)
            )
        )
        by_year = dict(zip(range(last, last - YEARS_OF_EARNINGS - 1, -1), earnings, strict=True))
        return {company: _statements(company, year, frames, by_year) for company, year in years.items()}

    async def _concept(self, concept: Concept, year: int) -> Frame:
        """The values of the first tag that a company uses."""
        period = f"CY{year}Q4I" if concept.instant else f"CY{year}"
        merged: dict[int, Value] = {}
        for tag in reversed(concept.tags):
            merged |= await self._frame(tag, "USD", period)
        return merged

    async def _frame(self, tag: str, unit: str, period: str) -> Frame:
        """One frame by company; empty where the regulator has none (404). Raises SourceFailed."""
        fetched = await self._fetcher.get(
            f"{self._data_url}/api/xbrl/frames/us-gaap/{tag}/{unit}/{period}.json",
            source=NAME,
            fresh_for=DAY_SECONDS,
            cap=FRAME_CAP,
            accept=(200, 404),
        )
        return {} if fetched.status == 404 else read_frame(fetched.body)


def read_frame(body: bytes) -> Frame:
    """The values of one frame. Rows that cannot be read are left out; a body that is no frame raises
    SourceFailed."""
    data = _json(body)
    rows = data.get("data") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise SourceFailed(f"{NAME}: the answer is no frame.", source=NAME)
    values = {}
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("cik"), Decimal):
            continue
        try:
            amount, end = read_number(row.get("val"), "val"), read_day(row.get("end"), "end")
        except WrongField:
            continue
        if isinstance(amount, Decimal) and isinstance(end, date):
            values[int(row["cik"])] = Value(amount=amount, end=end)
    return values


def _json(body: bytes) -> object:
    try:
        return json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise SourceFailed(f"{NAME}: the answer is not JSON.", source=NAME) from error


def _is_american(record: MarketRecord) -> bool:
    """A share quoted in dollars without a market's suffix: whether the regulator lists it is then looked
    up."""
    quote = record.quote
    if not isinstance(quote, Quote) or record.kind is not Kind.EQUITY or "." in record.ticker:
        return False
    return quote.currency == "USD"


def _statements(
    company: int, year: int, frames: Mapping[tuple[str, int], Frame], earnings: Mapping[int, Frame]
) -> Statements:
    found: dict[str, Any] = {
        concept.field: frames[concept.field, year][company].amount
        for concept in CONCEPTS
        if company in frames[concept.field, year]
    }
    yearly = [
        earnings[each][company].amount
        for each in range(year, year - YEARS_OF_EARNINGS, -1)
        if company in earnings[each]
    ]
    end = frames[CONCEPTS[0].field, year][company].end
    base = Statements(end=end, currency="USD", earnings_per_share=tuple(yearly))
    return replace(base, **found)


def _with(record: MarketRecord, accounts: Statements) -> MarketRecord:
    """`record` with the measures of its accounts, in place of the source's of the same name."""
    cap = next((item.value for item in record.measures if item.name == "market_cap"), NOT_GIVEN)
    sector = "" if isinstance(record.sector, Gap) else record.sector.casefold()
    official = {
        measure.name: measure for measure in measures_of(accounts, cap, financial=sector in FINANCIAL_SECTORS)
    }
    merged = {measure.name: measure for measure in record.measures} | official
    return replace(record, measures=tuple(merged[name] for name in sorted(merged)), statements=accounts.end)


def _without(record: MarketRecord, reason: Gap) -> MarketRecord:
    """`record` with the fields of the composite that only the accounts could have given, as gaps with the
    reason."""
    known = {measure.name for measure in record.measures}
    gaps = tuple(
        Measure(name=name, value=reason, unit="percent")
        for name in ("accruals", "gross_profit_assets", "eps_variability")
        if name not in known
    )
    return replace(record, measures=(*record.measures, *gaps))
