"""The regulator's own figures (companyfacts): what a periodic report changed against the same period of the
year before.

Promise: a figure stands in the very report that is named (by accession number) and is compared with the same
length of time a year earlier, taken from the same report where it states it, else from the newest that does.
Refuses to compare anything else: a quarter with a year, a period without its predecessor. A body that is not
what was asked for raises ValueError.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from core.base.errors import SourceFailed
from core.facts.filing import Change
from providers.http import Fetcher

# What a reader wants first; of each the tags that companies use for it, the most telling first.
_TAGS: Final = """
revenue: Revenues RevenueFromContractWithCustomerExcludingAssessedTax
    RevenueFromContractWithCustomerIncludingAssessedTax RevenuesNetOfInterestExpense SalesRevenueNet
operating income: OperatingIncomeLoss
net income: NetIncomeLoss ProfitLoss NetIncomeLossAvailableToCommonStockholdersBasic
earnings per share: EarningsPerShareDiluted IncomeLossFromContinuingOperationsPerDilutedShare
    EarningsPerShareBasic IncomeLossFromContinuingOperationsPerBasicShare
"""
WANTED: Final = tuple(
    (what, tuple(tags.split()))
    for what, _, tags in (line.partition(": ") for line in _TAGS.strip().replace("\n    ", " ").splitlines())
)
# Days of a period, and what people call it; the shortest that a report states is the newest news.
PERIODS: Final = (
    ("quarter", 70, 120),
    ("half-year", 160, 200),
    ("nine months", 250, 290),
    ("year", 340, 390),
)
# Companies with weeks as their calendar end a year up to ten days off.
YEAR: Final = timedelta(days=365)
OFF: Final = timedelta(days=10)
# All figures of a large company have some 10 MB; they change with its reports.
CAP: Final = 40_000_000
FRESH_FOR: Final = 86_400.0
# A large company has some 20,000 rows; the wanted tags have a few hundred each.
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Row:
    accession: str
    start: date
    end: date
    value: Decimal
    filed: str

    @property
    def days(self) -> int:
        return (self.end - self.start).days


async def fetch_figures(fetcher: Fetcher, base: str, cik: int, source: str) -> dict[str, tuple[Change, ...]]:
    """accession number → its changes, for one company; {} when they cannot be had: the report is then told by
    its form.
    """
    with contextlib.suppress(SourceFailed, ValueError):
        address = f"{base}/api/xbrl/companyfacts/CIK{cik:010d}.json"
        fetched = await fetcher.get(address, source=source, cap=CAP, fresh_for=FRESH_FOR)
        return await asyncio.to_thread(read_figures, fetched.body)
    return {}


def read_figures(body: bytes) -> dict[str, tuple[Change, ...]]:
    """accession number → its changes, in the order of `WANTED`. Raises ValueError for anything but a
    company's facts.
    """
    try:
        tags = json.loads(body)["facts"]["us-gaap"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise ValueError("the answer holds no figures") from error
    if not isinstance(tags, dict):
        raise ValueError("the answer holds no figures")  # noqa: TRY004 (one sentence for any shape)
    found: dict[str, dict[str, Change]] = {}
    for what, names in WANTED:
        for name in names:
            for accession, change in _changes(what, tuple(_rows(tags.get(name)))):
                found.setdefault(accession, {}).setdefault(what, change)
    order = [what for what, _ in WANTED]
    return {
        accession: tuple(changes[what] for what in order if what in changes)
        for accession, changes in found.items()
    }


def _rows(tag: Any) -> Iterable[_Row]:
    units = tag.get("units") if isinstance(tag, dict) else None
    listed = (
        next((rows for rows in units.values() if isinstance(rows, list)), [])
        if isinstance(units, dict)
        else []
    )
    for one in listed[-MOST_ROWS:]:
        try:
            yield _Row(
                str(one["accn"]),
                date.fromisoformat(one["start"]),
                date.fromisoformat(one["end"]),
                Decimal(str(one["val"])),
                str(one["filed"]),
            )
        except (KeyError, TypeError, ValueError, InvalidOperation):
            continue  # a balance-sheet row has no start; a broken one says nothing


def _changes(what: str, rows: tuple[_Row, ...]) -> Iterable[tuple[str, Change]]:
    by_accession: dict[str, list[_Row]] = {}
    for row in rows:
        by_accession.setdefault(row.accession, []).append(row)
    for accession, mine in by_accession.items():
        newest = max(row.end for row in mine)
        periods = (
            (row, name)
            for name, low, high in PERIODS
            for row in mine
            if row.end == newest and low <= row.days <= high
        )
        now, name = next(periods, (None, ""))
        if now is None or not now.value.is_finite():
            continue
        before = [
            row
            for row in rows
            if abs(now.end - YEAR - row.end) <= OFF
            and abs(now.days - row.days) <= OFF.days
            and row.value.is_finite()
        ]
        if before:
            best = max(before, key=lambda row: (row.accession == accession, row.filed))
            yield accession, Change(what=what, now=now.value, before=best.value, per=name)
