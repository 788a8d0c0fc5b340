"""What the commands work with. `Desk` holds everything a handler may use; it is built once, by the composition root.

The engine is seen through a Protocol: commands need less of it than it has, and tests bring their own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from bot.chat.drawing import Draw, in_own_process
from bot.chat.paid import Paid
from bot.report.guards import Guards
from bot.telegram import Sender
from core.base.gap import Gap
from core.base.progress import Sink
from core.facts.fact import Coverage, Fact
from core.portfolio.holding import Import, Portfolio
from core.ports import Ledger, WatchList
from core.run import Purpose, Run

if TYPE_CHECKING:
    from core.laboratory.earlier import AskedAgain
    from core.laboratory.result import VarianceResult
    from core.record.track import TrackRecord


class Looked(Protocol):
    """What one more look at a name brought, without any model. A dossier is one."""

    @property
    def facts(self) -> tuple[Fact, ...]: ...

    @property
    def coverage(self) -> tuple[Coverage, ...]: ...


class EngineDoor(Protocol):
    """The part of the engine that commands use. Every method raises errors of `core.base.errors` and nothing else.

    `analyze` and `variance` may be cancelled at any await; `look_again` asks the fact sources of one name of the last
    report. `estimate` is in US dollars, a gap when the model's price is unknown; `variance_cost` adds how many ballots.
    """

    @property
    def ledger(self) -> Ledger: ...

    async def analyze(self, *, progress: Sink = ...) -> Run: ...

    async def estimate(self) -> Decimal | Gap: ...

    async def look_again(self, ticker: str) -> Looked: ...

    async def variance_cost(self, *, purpose: Purpose = ...) -> tuple[Decimal | Gap, int]: ...

    async def variance(self, *, purpose: Purpose = ..., progress: Sink = ...) -> "VarianceResult": ...

    def laboratory(self) -> "tuple[AskedAgain, ...]": ...

    def track(self) -> "TrackRecord": ...

    def last_report(self) -> Run: ...

    def previous_report(self, run: Run) -> Run | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`read_portfolio` takes a file's bytes and name; `next_push` says when the next report is due, or why none is.

    `pinned` reads PORTFOLIO_FILE where it is set; `universe_pinned` when UNIVERSE_FILE is set. Money in US dollars. `people` are the allowed user ids.
    """

    engine: EngineDoor
    sender: Sender
    zone: tzinfo
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    next_push: Callable[[], datetime | Gap]
    read_portfolio: Callable[[bytes, str], Import]
    people: tuple[int, ...]
    model: str
    rehearsal: bool
    version: str
    jury_size: int
    confirm_above_usd: Decimal
    budget_usd: Decimal
    watched: WatchList
    guards: Callable[[], Guards]
    fractional_shares: bool = False
    pinned: Callable[[], Portfolio] | None = None
    universe_pinned: bool = False
    draw: Draw = in_own_process
    paid: Paid = field(default_factory=Paid)
