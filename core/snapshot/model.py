"""The frozen inputs of one analysis. What is here is all that the model, the vote and every later answer may
use.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Coverage, Fact, Rejected, Sieve
from core.market.quote import Consensus, FxTable, Measure, PricePoint, Quote, Reliability
from core.market.universe import Component as Component
from core.market.universe import UniverseScore as UniverseScore
from core.portfolio.position import Valuation

SNAPSHOT_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All of one name put to the vote. `weight` is percent of the judged part plus cash; zero for a
    candidate.

    `isin` and `aliases` say under which spellings facts were looked for; the brief does not show them.
    """

    ticker: str
    name: str
    sector: str | Gap
    country: str | Gap
    held: bool
    weight: Decimal
    quote: Quote
    consensus: Consensus | Gap
    reliability: Reliability
    measures: tuple[Measure, ...]
    score: UniverseScore | Gap
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]
    isin: str | Gap = NOT_GIVEN
    aliases: tuple[str, ...] = ()
    next_results: date | Gap = NOT_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """A name left out of the vote this time, held or candidate, and why."""

    ticker: str
    reason: str
    coverage: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSeries:
    """Closing prices of the index that track records are held against, oldest first."""

    ticker: str
    currency: str
    points: tuple[PricePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything frozen at `as_of`. Dossiers ordered by ticker; their weights plus `cash_weight` sum to
    exactly 100.

    `unscored` are names of the universe that did not pass its filters, as (ticker, reason).
    `recording` names the recorded day when the inputs are a recording, else it is a gap.
    `held_not_judged` are funds, bonds, crypto and locked names; `not_judged` could not be read this time.
    """

    version: int
    as_of: datetime
    day: date
    recording: str | Gap
    base_currency: str
    horizon_months: int
    valuation: Valuation
    fx: FxTable
    cash_weight: Decimal
    dossiers: tuple[Dossier, ...]
    held_not_judged: tuple[NotJudged, ...]
    not_judged: tuple[NotJudged, ...]
    sieve: Sieve
    rejected: tuple[Rejected, ...]
    index: IndexSeries | Gap
    remarks: tuple[str, ...] = ()
    unscored: tuple[tuple[str, str], ...] = ()
