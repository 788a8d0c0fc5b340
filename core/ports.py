"""The doors of the house. Each docstring is the failure contract of its port.

Everywhere empty means that it does not exist; not being able to look raises `SourceFailed`, or, where one
call serves many names, is a per-name value that says FAILED with its reason. Names the types of all rooms for
its signatures only.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable

from core.base.gap import Gap
from core.brief.model import Brief
from core.due.message import Errand, Message, Queued
from core.due.period import Period
from core.due.push import Push, PushState
from core.facts.fact import Gathering, SourceClass, Subject
from core.jury.ballot import Answer, Reply, Usage
from core.market.quote import FxTable, MarketRecord
from core.portfolio.accounts import Accounts
from core.portfolio.holding import Portfolio, Unnamed
from core.portfolio.identities import Identity, Known, Listing
from core.run import Closing, Lease, Opening, Purpose, Run, RunSummary


class Clock(Protocol):
    """Now, as an aware datetime. Read once per run and passed down."""

    def now(self) -> datetime: ...


class HoldingsSource(Protocol):
    """The investor's portfolio. Raises NotFound when there is none yet, BadRequest when it cannot be read."""

    async def portfolio(self) -> Portfolio: ...


class MarketSource(Protocol):
    """Prices, consensus and company numbers. One record per asked ticker, in the asked order; a name that
    could not be looked up is a FAILED record. Raises SourceFailed only when the whole source could not be
    read."""

    name: str

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]: ...


class FxSource(Protocol):
    """Reference rates of the last published day at or before `day`. Raises SourceFailed; never an empty
    table."""

    name: str

    async def rates(self, day: date) -> FxTable: ...


class FactSource(Protocol):
    """Filings or stories about names. `covers` says whether this source can know the name at all: if it
    cannot, its coverage is not claimed. `gather` never raises for a name: it reports FAILED coverage; it
    raises SourceFailed when the whole source could not be read."""

    name: str
    source_class: SourceClass

    def covers(self, subject: Subject) -> bool: ...
    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering: ...


class ChatModel(Protocol):
    """One language model. `ask` returns the reply as it came, or raises ModelFailed. It never retries, never
    repairs, and never returns a reply from a cache. `heard` is told the tokens written so far: 0 at the first
    sign of life, more as soon as the answer begins to arrive, and again as often as there is news.

    `label` is the MODEL setting; `rehearsal` is true only for the stand-in that is no model."""

    label: str
    rehearsal: bool

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply: ...
    async def aclose(self) -> None: ...


class Batches(Protocol):
    """Many questions handed in at once, answered within a day at a lower price. `sitting` is the model of one
    run: what is handed in for it is remembered under the run's id, so another process goes on with it and
    nothing is handed in twice. `give_up` cancels what is under way for a run; it does not raise when the
    service cannot be reached."""

    def sitting(self, run_id: str) -> ChatModel: ...
    async def give_up(self, run_id: str) -> None: ...


class Prices(Protocol):
    """What tokens cost, in US dollars. A gap when the price is unknown: never zero."""

    def cost(self, model: str, usage: Usage, day: date, tier: str = "standard") -> Decimal | Gap: ...
    def estimate(
        self,
        model: str,
        *,
        input_tokens: int,
        output_tokens: int,
        ballots: int,
        day: date,
        tier: str = "standard",
    ) -> Decimal | Gap: ...


class Ledger(Protocol):
    """The memory. Each method is one transaction; raises LedgerFailed when it could not be written or read,
    NotFound when it does not exist. Closed runs are never changed. A run is written under its lease: a stale
    one raises LeaseLost. Inside `as_one` all writes to all books of the ledger are one transaction: nothing
    may be awaited there. `take` gives the right to an open run whose lease has ended, None for a closed run,
    and raises LeaseLost while somebody holds it."""

    def as_one(self) -> AbstractContextManager[None]: ...
    def open_run(self, opening: Opening, *, holder: str, until: datetime, errand: str = "") -> Lease: ...
    def take(self, run_id: str, *, holder: str, now: datetime, until: datetime) -> Lease | None: ...
    def renew(self, lease: Lease, *, until: datetime) -> None: ...
    def lease(self, run_id: str) -> Lease | None: ...
    def store_answer(self, lease: Lease, answer: Answer) -> None: ...
    def close_run(self, lease: Lease, closing: Closing) -> None: ...
    def run(self, run_id: str) -> Run: ...
    def runs(
        self, *, purposes: tuple[Purpose, ...] = (), limit: int = 100, newest_first: bool = True
    ) -> tuple[RunSummary, ...]: ...
    def last_report(self, *, before: str | None = None) -> Run: ...
    def spent(self, start: datetime, end: datetime) -> Decimal | Gap: ...
    def save_accounts(self, accounts: Accounts, *, at: datetime, origin: str) -> None: ...
    def accounts(self) -> Accounts: ...
    def portfolio(self) -> Portfolio: ...
    def restore_accounts(self, *, at: datetime) -> Accounts: ...


class UniverseSource(Protocol):
    """The names that could be bought: tickers in a fixed order. Empty when there is no list; raises
    BadRequest when the list cannot be read."""

    async def tickers(self) -> tuple[str, ...]: ...


class PushBook(Protocol):
    """The months that owe a report, each claimed once. Compare-and-set: a false answer means that another
    process has it. Raises LedgerFailed. Periods before `since` are nobody's. `in_force`: since when the
    schedule is the given one. `recognise` gives, once, for a copy put in place of the ledger or older than
    `mark`, the periods that were under way in it; else None."""

    def since(self, now: datetime) -> datetime: ...
    def in_force(self, schedule: str, now: datetime) -> datetime: ...
    def push(self, period: str) -> Push | None: ...
    def pushes(self, *, limit: int = 24) -> tuple[Push, ...]: ...
    def claim(self, period: Period, *, holder: str, now: datetime, until: datetime) -> bool: ...
    def renew(self, period: str, *, holder: str, until: datetime) -> bool: ...
    def publish(
        self, period: str, *, holder: str, run_id: str, messages: tuple[Message, ...], now: datetime
    ) -> bool: ...
    def fail(
        self,
        period: str,
        *,
        holder: str,
        reason: str,
        paid: bool,
        next_try: datetime | None,
        messages: tuple[Message, ...],
        now: datetime,
    ) -> bool: ...
    def miss(
        self, periods: tuple[Period, ...], *, reason: str, messages: tuple[Message, ...], now: datetime
    ) -> None: ...
    def finish(self, period: str, *, state: PushState, reason: str) -> None: ...
    def free_all(self) -> None: ...
    def recognise(self, now: datetime, *, mark: int) -> tuple[str, ...] | None: ...


class Outbox(Protocol):
    """Messages that must be sent, each once. `put` with a known key and other words replaces what is shown.
    `take` gives the next message of a chat that may be sent now, in the order of its batch, and holds it
    until `until`. `postpone` makes all messages of a chat wait, `block` until `revive`, false when nothing
    waited. Raises LedgerFailed."""

    def put(self, messages: tuple[Message, ...], *, now: datetime) -> None: ...
    def chats(self, now: datetime) -> tuple[int, ...]: ...
    def take(self, chat_id: int, *, holder: str, now: datetime, until: datetime) -> Queued | None: ...
    def postpone(self, chat_id: int, *, next_try: datetime, reason: str) -> None: ...
    def block(self, chat_id: int, *, reason: str) -> None: ...
    def revive(self, chat_id: int, *, now: datetime) -> bool: ...
    def placed(self, key: str, message_id: int) -> None: ...
    def sent(self, key: str, *, digest: str, remark: str = "") -> None: ...
    def again(self, key: str, *, next_try: datetime, reason: str, lost: bool = False) -> None: ...
    def undeliverable(self, key: str, *, reason: str) -> None: ...
    def batch(self, batch: str) -> tuple[Queued, ...]: ...
    def waiting(self) -> tuple[Queued, ...]: ...


class Errands(Protocol):
    """What was asked for in the chats, each update once: `begin` is false for one that is known. `once` does
    `change` and keeps what it said in one transaction; asked again, it gives what was said. Raises
    LedgerFailed."""

    def begin(self, errand: Errand, *, now: datetime) -> bool: ...
    def end(self, errand_id: str, said: str) -> None: ...
    def under_way(self) -> tuple[Errand, ...]: ...
    def once(self, errand: Errand, change: Callable[[], str], *, now: datetime) -> str: ...


class WatchBook(Protocol):
    """What the daily watch has said, each fact once ever. `announce` queues the message and marks the keys in
    one transaction; it does neither when the message's key was used before. Raises LedgerFailed."""

    def watched_since(self, ticker: str, now: datetime) -> datetime: ...
    def unseen(self, keys: tuple[str, ...]) -> tuple[str, ...]: ...
    def announce(self, keys: tuple[str, ...], message: Message, *, now: datetime) -> bool: ...


class Notes(Protocol):
    """Small things to remember by name: the last heartbeat, the last watch. None when nothing was noted."""

    def note(self, name: str) -> str | None: ...
    def write_note(self, name: str, text: str, *, now: datetime) -> None: ...


class Identities(Protocol):
    """Who a name is: its identifiers, where each came from and how sure it is, kept in the ledger and
    corrected by the owner.

    `known` answers from the ledger alone. `lei` asks once and remembers; a Gap says why none may be used (no
    second sign, a fund, several of that name); it raises SourceFailed when it could not ask. `keep` never
    replaces the owner's word by another's; `forget` lets a scheme be asked anew."""

    def known(self, ticker: str) -> Identity: ...
    def keep(self, ticker: str, known: Known) -> Identity: ...
    def forget(self, ticker: str, scheme: str) -> Identity: ...
    async def lei(self, subject: Subject) -> str | Gap: ...


@runtime_checkable
class ListingSource(Protocol):
    """Where an instrument without a ticker could be listed: by its ISIN, else by its symbol or name. () when
    it is not known; raises SourceFailed when it could not be asked."""

    async def find(self, what: Unnamed) -> tuple[Listing, ...]: ...


class WatchList(Protocol):
    """The names that the owner wants scored beside the holdings, in the order in which they were added. `add`
    and `remove` give the tickers that were really added or removed. Raises LedgerFailed."""

    def names(self) -> tuple[str, ...]: ...
    def add(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]: ...
    def remove(self, tickers: tuple[str, ...], *, now: datetime) -> tuple[str, ...]: ...
