"""Prices, currency rates and what analysts say: values as a market source gave them, already in whole
units."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.base.canonical import LATER
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A price per share in `currency` (ISO code; pence and cents are already scaled to pounds and rands).

    `day` is the session of the price; `stale_sessions` counts the weekday sessions it lags behind `as_of`.
    `previous` is the close of the session before, per share of today.
    """

    ticker: str
    price: Decimal
    currency: str
    day: date
    source: str
    stale_sessions: int = 0
    previous: Decimal | Gap = field(default=NOT_GIVEN, metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class FxRate:
    """Units of `currency` for one euro, as the ECB publishes them."""

    currency: str
    per_euro: Decimal
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FxTable:
    """Reference rates of one day, ordered by currency; the euro itself is not listed. `stale_sessions` as in
    Quote."""

    source: str
    day: date
    rates: tuple[FxRate, ...]
    stale_sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmTarget:
    """One firm's latest price target, in the consensus' currency."""

    firm: str
    target: Decimal
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """Analysts' price targets in `currency` (whole units). `day` is when they were fetched or published."""

    mean: Decimal | Gap
    median: Decimal | Gap
    high: Decimal | Gap
    low: Decimal | Gap
    analysts: int | Gap
    currency: str
    day: date | Gap
    firms: tuple[FirmTarget, ...] = ()


class Band(StrEnum):
    """How far a consensus can be relied on."""

    USABLE = "usable"
    WEAK = "weak"
    UNUSABLE = "unusable"
    UNRELIABLE = "unreliable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Score 0 to 100 and its band; `unreliable` always carries the reason as the score's gap. Upsides in
    percent."""

    band: Band
    score: Decimal | Gap
    upside: Decimal | Gap
    adjusted_upside: Decimal | Gap
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number about a company, named in the table `core.market.measures`; `unit` says how to read it."""

    name: str
    value: Decimal | Gap
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePoint:
    """A closing price of one session, in the record's currency (whole units)."""

    day: date
    close: Decimal
    volume: Decimal | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """From the session of `day` on, one old share is `ratio` new ones (ten for 10:1, a tenth for a 1:10
    merger)."""

    day: date
    ratio: Decimal


class LookUp(StrEnum):
    """What became of looking up one name at one market source."""

    OK = "ok"
    EMPTY = "empty"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRecord:
    """All that a market source knows of one name on one day. EMPTY: it does not know the name; FAILED: it
    could not look.

    A quote stands here only when it may be used: of OK and STALE records. `currency` is that of `history`
    (whole units), known even where the price had to be refused; `statements` is the end of the last reported
    period, `next_results` the day on which the next results are expected. `renamed` is the ticker under which
    an unknown name trades now. `stored`: the source failed to give a price, the quote is the one that was
    last stored.
    """

    ticker: str
    state: LookUp
    reason: str
    name: str | Gap
    kind: Kind
    quote: Quote | Gap
    consensus: Consensus | Gap
    measures: tuple[Measure, ...] = ()
    sector: str | Gap = NOT_GIVEN
    country: str | Gap = NOT_GIVEN
    isin: str | Gap = NOT_GIVEN
    aliases: tuple[str, ...] = ()
    history: tuple[PricePoint, ...] = ()
    currency: str | Gap = NOT_GIVEN
    statements: date | Gap = NOT_GIVEN
    splits: tuple[Split, ...] = ()
    stored: bool = False
    next_results: date | Gap = NOT_GIVEN
    renamed: str | Gap = NOT_GIVEN
