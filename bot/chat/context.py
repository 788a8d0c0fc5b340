"""What the commands work with. `Desk` holds everything a handler may use; it is built once, by the
composition root."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chat.drawing import Draw, in_own_process
from bot.chat.paid import Paid
from bot.chat.results import Results
from bot.report.guards import Guards
from bot.settings.choices import Choices
from bot.telegram import Sender
from core.base.gap import Gap
from core.engine.offering import Offered
from core.portfolio.books import Books
from core.portfolio.holding import Import, Portfolio, Unnamed
from core.portfolio.identities import Identity
from core.portfolio.listings import Moved
from core.ports import WatchList

if TYPE_CHECKING:
    from core.engine.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`read_portfolio` takes a file's bytes, its name and the answers to what it asked before; `offers` looks
    up where instruments without a ticker are listed; `unknown` says why no price is known of a ticker;
    `moved` what happened to the holdings since their import; `books` keeps the portfolio. `next_push` says
    when the next report is due, or why none is. `identity` says who a name is, after the owner's corrections.

    `pinned` reads PORTFOLIO_FILE where it is set; `universe_pinned` when UNIVERSE_FILE is set. Money in US
    dollars. `people` are the allowed user ids, the owner first. What `choices` holds may change while the bot
    runs: it is read each time.
    """

    engine: "Engine"
    sender: Sender
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    next_push: Callable[[], datetime | Gap]
    read_portfolio: Callable[[bytes, str, Mapping[str, str]], Import]
    offers: Callable[[Sequence[Unnamed]], Awaitable[tuple[tuple[Offered, ...], tuple[str, ...]]]]
    unknown: Callable[[str], Awaitable[str | Gap]]
    identity: Callable[[str, Sequence[str]], Identity]
    moved: Callable[[], Awaitable[tuple[Moved, ...] | Gap]]
    books: Books
    people: tuple[int, ...]
    model: str
    rehearsal: bool
    version: str
    watched: WatchList
    guards: Callable[[], Guards]
    results: Results
    choices: Choices
    fractional_shares: bool = False
    pinned: Callable[[], Portfolio] | None = None
    universe_pinned: bool = False
    draw: Draw = in_own_process
    paid: Paid = field(default_factory=Paid)

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.choices.settings().timezone)

    @property
    def jury_size(self) -> int:
        return self.choices.settings().jury_size.most

    @property
    def confirm_above_usd(self) -> Decimal:
        return self.choices.settings().confirm_above_usd

    @property
    def budget_usd(self) -> Decimal:
        return self.choices.settings().budget_usd
