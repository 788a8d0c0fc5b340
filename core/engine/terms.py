"""The conditions of a run, read once from the settings, and the doors it may use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.base.gap import Gap
from core.jury.waves import Size
from core.ports import (
    Batches,
    ChatModel,
    Clock,
    FactSource,
    FxSource,
    HoldingsSource,
    Ledger,
    ListingSource,
    MarketSource,
    Notes,
    Prices,
    UniverseSource,
)

BATCH = "batch"
NO_BATCHES = Gap(gap="no batches are handed in")
OWN_SAMPLING = Gap(gap="the model's own sampling")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Money in US dollars, `deadline_s` the total time of one ballot in seconds, `tier` the price class.

    `recording` says which recorded day the sources serve (demo) and `frozen_at` is its moment, which then is
    every snapshot's `as_of`; else both are gaps and the clock counts. `candidates` is how many names of the
    universe that are not held enter a snapshot.
    """

    jury: Size
    concurrency: int
    temperature: Decimal | Gap
    max_cost_usd: Decimal
    budget_usd: Decimal
    confirm_above_usd: Decimal
    base_currency: str
    horizon_months: int
    zone: ZoneInfo
    index_ticker: str
    recording: str | Gap
    frozen_at: datetime | Gap
    version: str
    principles: str
    candidates: int = 5
    deadline_s: float = 600.0
    tier: str = "standard"
    fractional_shares: bool = False
    model_address: str = ""

    @property
    def jury_size(self) -> int:
        """N, or the most that a jury is asked for."""
        return self.jury.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the inputs of a snapshot come from."""

    holdings: HoldingsSource
    market: MarketSource
    fx: FxSource
    facts: tuple[FactSource, ...]
    universe: UniverseSource
    listings: tuple[ListingSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgetful:
    """Notes for an engine that keeps none: nothing was noted before, and nothing is."""

    def note(self, name: str) -> str | None:
        return None

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        """Forgets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Every port an engine needs. `sources` is a gap where a command reads none (a stored snapshot is asked
    about).

    `new_id` gives a short unique id; `jitter` seconds in [0, 1). `notes` remembers since when a source cannot
    be read. `holder` names this process in the leases of its runs.
    """

    sources: Sources | Gap
    model: ChatModel
    prices: Prices
    ledger: Ledger
    clock: Clock
    new_id: Callable[[datetime], str]
    jitter: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    notes: Notes = Forgetful()
    batches: Batches | Gap = NO_BATCHES
    holder: str = "this process"
