"""Which names of a universe deserve a look: filters, then a composite of value, quality and momentum. Pure.

Fields are winsorised at the 5th and 95th percentile of all names that passed, then z-scored within their
sector when at least eight of its names have the field, else among all; a family is the mean of its fields,
the score the mean of the families times the coverage (fields given / fields applicable). Higher is better in
every z-score.

Refuses neutral fillings: a missing field is named and lowers the coverage, it is never replaced by a mean.
Banks and insurers have no enterprise-value ratios, no gross profit and no leverage: these fields do not
apply to them and do not count as missing. Decision: a spread of zero means that the field tells no names
apart, so their z-scores are zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.base.tables import table
from core.market.fx import rate_between
from core.market.momentum import momenta, weekly_closes
from core.market.quote import FxTable, MarketRecord

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One part of the universe score, for people: a z-score (no unit) or a gap, and the fields it lacks,
    by name."""

    name: str
    score: Decimal | Gap
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UniverseScore:
    """The composite of `core.market.universe` for one name; `rank` from 1; `coverage` a fraction."""

    score: Decimal
    rank: int
    coverage: Decimal
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All names that passed the filters, best first, and those that did not, by ticker with the reason."""

    ranked: tuple[tuple[str, UniverseScore], ...]
    excluded: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the composite. `sign` is −1 where less is better; `financials` is False where banks have
    no such number."""

    name: str
    family: str
    sign: int
    financials: bool
    reason: str


FIELDS = tuple(
    Field(
        name=row["name"],
        family=row["family"],
        sign=int(row["sign"]),
        financials=row["financials"] == "yes",
        reason=row["reason"],
    )
    for row in table(__package__, "universe")
)
FAMILIES = ("value", "quality", "momentum")
FINANCIAL_SECTORS = frozenset({"financial services", "financials", "financial", "banks", "insurance"})

LEAST_MARKET_CAP = 300_000_000
"""In base currency: below, prices and targets of small companies are too thin to be comparable."""
LEAST_TRADED = 1_000_000
"""Median daily traded value of a quarter, in base currency: a private position can be closed within a day."""
LEAST_SESSIONS = 252
"""A year of closes, or momentum cannot be computed."""
OLDEST_STATEMENTS_DAYS = 400
"""A yearly report and five weeks for its publication: older numbers describe another company."""
LEAST_COVERAGE = 0.6
"""With more than two fifths of the fields missing a score would mostly say what is missing."""
WINSOR = 0.05
LEAST_SECTOR = 8
"""Fewer names than this have no meaningful spread of their own."""

QUARTER_SESSIONS = 63
_ALL_FIELDS = tuple(field.name for field in FIELDS)
_BANK_FIELDS = tuple(field.name for field in FIELDS if field.financials)
_FOUR = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One name that passed the filters; `values` by field, absent where unknown; `applicable` are the
    fields that exist."""

    ticker: str
    sector: str
    values: dict[str, float]
    applicable: tuple[str, ...]


def score_universe(records: Sequence[MarketRecord], *, base_currency: str, fx: FxTable, day: date) -> Scored:
    """Scores of all records that pass the filters, best first (ties by ticker); the others with their
    reason."""
    rates: dict[str, Decimal | Gap] = {}
    excluded, passed, series = {}, [], []
    for record in records:
        closes = _passing(record, base_currency, fx, day, rates)
        if isinstance(closes, Gap):
            excluded[record.ticker] = closes.gap
        else:
            passed.append(record)
            series.append(closes)
    rows = []
    for record, momentum in zip(passed, momenta(series), strict=True):
        row = _row(record, momentum)
        if isinstance(row, Gap):
            excluded[record.ticker] = row.gap
        else:
            rows.append(row)
    return Scored(
        ranked=_ranked(sorted(rows, key=lambda row: row.ticker)), excluded=tuple(sorted(excluded.items()))
    )


def _passing(
    record: MarketRecord, base_currency: str, fx: FxTable, day: date, rates: dict[str, Decimal | Gap]
) -> list[float] | Gap:
    """The year of weekly closes of a record that passes the filters, else the first filter that it does
    not pass, in words."""
    if record.kind is not Kind.EQUITY:
        return Gap(gap="not a share")
    quote = record.quote
    if isinstance(quote, Gap):
        return Gap(gap=record.reason or quote.gap)
    if quote.currency not in rates:
        rates[quote.currency] = rate_between(fx, quote.currency, base_currency)
    rate = rates[quote.currency]
    if isinstance(rate, Gap):
        return rate
    cap = next((item.value for item in record.measures if item.name == "market_cap"), NOT_GIVEN)
    if isinstance(cap, Gap):
        return Gap(gap=f"the market value is unknown: {cap.gap}")
    if cap * rate < LEAST_MARKET_CAP:
        return Gap(gap=f"the market value is below {LEAST_MARKET_CAP // 1_000_000} million")
    if isinstance(record.statements, Gap):
        return Gap(gap="the day of the last statements is unknown")
    if (day - record.statements).days > OLDEST_STATEMENTS_DAYS:
        return Gap(
            gap=f"the last statements are of {record.statements}, more than {OLDEST_STATEMENTS_DAYS} days ago"
        )
    if len(record.history) < LEAST_SESSIONS:
        return Gap(gap=f"{len(record.history)} sessions of history, {LEAST_SESSIONS} are needed")
    traded = [
        point.close * point.volume
        for point in record.history[-QUARTER_SESSIONS:]
        if not isinstance(point.volume, Gap)
    ]
    if not traded:
        return Gap(gap="the traded volume is unknown")
    if median(traded) * rate < LEAST_TRADED:
        return Gap(gap=f"less than {LEAST_TRADED // 1_000_000} million is traded on a middling day")
    return weekly_closes(record.history, record.splits)


def _row(record: MarketRecord, momentum: float | None) -> _Row | Gap:
    sector = "" if isinstance(record.sector, Gap) else record.sector.casefold()
    applicable = _BANK_FIELDS if sector in FINANCIAL_SECTORS else _ALL_FIELDS
    values = {
        measure.name: float(measure.value)
        for measure in record.measures
        if measure.name in applicable and isinstance(measure.value, Decimal) and measure.value.is_finite()
    }
    if momentum is not None:
        values["momentum"] = momentum
    if len(values) < LEAST_COVERAGE * len(applicable):
        missing = ", ".join(name for name in applicable if name not in values)
        return Gap(gap=f"only {len(values)} of {len(applicable)} fields are known; missing: {missing}")
    return _Row(ticker=record.ticker, sector=sector, values=values, applicable=applicable)


def _ranked(rows: Sequence[_Row]) -> tuple[tuple[str, UniverseScore], ...]:
    if not rows:
        return ()
    import pandas as pd

    names = [field.name for field in FIELDS]
    table = pd.DataFrame([row.values for row in rows], columns=names, dtype="float64")
    sectors = pd.Series([row.sector for row in rows])
    scores = pd.DataFrame(
        {field.name: field.sign * _z_scores(table[field.name], sectors) for field in FIELDS}
    )
    families = pd.DataFrame(
        {
            family: scores[[field.name for field in FIELDS if field.family == family]].mean(axis=1)
            for family in FAMILIES
        }
    )
    coverage = [len(row.values) / len(row.applicable) for row in rows]
    totals = families.mean(axis=1) * pd.Series(coverage)
    order = sorted(range(len(rows)), key=lambda index: (-_rounded(totals[index]), rows[index].ticker))
    by_family = {family: families[family].tolist() for family in FAMILIES}
    return tuple(
        (
            rows[index].ticker,
            UniverseScore(
                score=_rounded(totals[index]),
                rank=rank,
                coverage=_rounded(coverage[index]),
                components=tuple(
                    _component(family, by_family[family][index], rows[index]) for family in FAMILIES
                ),
            ),
        )
        for rank, index in enumerate(order, start=1)
    )


def _z_scores(values: "pd.Series[float]", sectors: "pd.Series[str]") -> "pd.Series[float]":
    """Winsorised, then within sectors of at least eight known values, else among all; a missing value
    stays missing."""
    held = values.clip(float(values.quantile(WINSOR)), float(values.quantile(1 - WINSOR)))
    groups = held.groupby(sectors)
    large = groups.transform("count") >= LEAST_SECTOR
    mean = groups.transform("mean").where(large, held.mean())
    spread = groups.transform("std").where(large, held.std())
    scores: pd.Series[float] = ((held - mean) / spread).where(spread > 0, held * 0)
    return scores


def _component(family: str, score: float, row: _Row) -> Component:
    fields = [field.name for field in FIELDS if field.family == family and field.name in row.applicable]
    missing = tuple(name for name in fields if name not in row.values)
    if len(missing) == len(fields):
        return Component(name=family, score=Gap(gap="no field is known"), missing=missing)
    return Component(name=family, score=_rounded(score), missing=missing)


def _rounded(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(_FOUR) + 0  # never minus zero
