"""What the commands work with, and what `/status` says of heartbeat and watch: put together from the house
and its books."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.app.house import VERSION, House
from bot.app.sources import kept_identities
from bot.chat.context import Desk
from bot.chat.results import Results
from bot.chat.table import App
from bot.push import Heartbeat, Ping
from bot.push.desk import LOOKED_BACK
from bot.push.watch import state_of
from bot.report.guards import Guards, Pinged
from bot.settings import Settings
from bot.telegram import Sender
from bot.telegram.access import Gate
from bot.telegram.wire import Fetch
from core.base.gap import Gap
from core.due.period import Period, periods_after, upcoming
from core.engine.offering import Offered, offers_for, unknown, what_moved
from core.portfolio.books import Books
from core.portfolio.holding import Import, Unnamed
from core.portfolio.listings import Moved

if TYPE_CHECKING:
    from providers.ledger.sqlite import SqliteLedger


def build_desk(house: House, application: App, gate: Gate, fetch: Fetch, poke: Callable[[], None]) -> Desk:
    """`poke` wakes the pump of the outbox."""
    from providers.holdings.sources import read_known, read_portfolio_file

    settings, engine, ledger, choices = house.settings, house.engine, house.ledger, house.choices
    clock = engine.doors.clock

    file = None if house.demo else settings.portfolio_file
    books = Books(ledger, ledger.notes, pinned="" if file is None else str(file))

    def on_file() -> date:
        return clock.now().astimezone(house.zone).date()

    def today() -> date:
        # Prices and rows of the demo end with its recorded day.
        frozen = engine.terms.frozen_at
        return (clock.now() if isinstance(frozen, Gap) else frozen).astimezone(house.zone).date()

    def read_portfolio(content: bytes, name: str, answers: Mapping[str, str]) -> Import:
        """A file from the chat; what its owner confirmed before is known again."""
        return read_known(content, books, origin=name, today=on_file(), answers=answers)

    async def offers(unnamed: Sequence[Unnamed]) -> tuple[tuple[Offered, ...], tuple[str, ...]]:
        sources = engine.doors.sources
        return (
            ((), (sources.gap,)) if isinstance(sources, Gap) else await offers_for(unnamed, sources, today())
        )

    async def unknown_(ticker: str) -> str | Gap:
        sources = engine.doors.sources
        return Gap(gap=sources.gap) if isinstance(sources, Gap) else await unknown(ticker, sources, today())

    async def moved() -> tuple[Moved, ...] | Gap:
        sources = engine.doors.sources
        return sources if isinstance(sources, Gap) else await what_moved(books, sources, today())

    def next_push() -> datetime:
        return next_report_of(choices.settings(), ledger, now=clock.now()).due

    return Desk(
        engine=engine,
        sender=Sender(application.bot, fetch=fetch),
        clock=clock.now,
        monotonic=time.monotonic,
        next_push=next_push,
        read_portfolio=read_portfolio,
        offers=offers,
        moved=moved,
        unknown=unknown_,
        identity=kept_identities(ledger.notes).corrected,
        books=books,
        people=gate.people,
        model=engine.doors.model.label,
        rehearsal=engine.doors.model.rehearsal,
        version=VERSION,
        fractional_shares=settings.fractional_shares,
        pinned=None if file is None else lambda: read_portfolio_file(file, books, on_file()),
        watched=ledger.watched,
        choices=choices,
        results=Results(
            engine,
            ledger.outbox,
            ledger.errands,
            zone=lambda: house.zone,
            dark=lambda: choices.text("picture") == "dark",
            next_push=next_push,
            clock=clock.now,
            poke=poke,
        ),
        guards=lambda: guards_of(choices.settings(), ledger, now=clock.now()),
        universe_pinned=house.demo or settings.universe_file is not None,
    )


def next_report_of(settings: Settings, ledger: "SqliteLedger", *, now: datetime) -> Period:
    """The report that will come next if the bot runs; a ledger without a schedule begins one now."""
    since = _kept_since(ledger)
    return upcoming(
        now,
        ZoneInfo(settings.timezone),
        settings.push_day,
        settings.push_time,
        since=now if since is None else min(since, now),
        begun={push.period for push in ledger.pushes.pushes(limit=LOOKED_BACK)},
    )


def _kept_since(ledger: "SqliteLedger") -> datetime | None:
    from providers.ledger.pushes import SINCE

    since = ledger.notes.note(SINCE)
    return None if since is None else datetime.fromisoformat(since)


def guards_of(settings: Settings, ledger: "SqliteLedger", *, now: datetime) -> Guards:
    """How the guards stand at `now`. Raises LedgerFailed."""
    notes, book = ledger.notes, ledger.pushes
    watch = state_of(notes)
    last = {kind: Heartbeat.last_in(notes, kind) for kind in Ping}
    return Guards(
        heartbeat=settings.heartbeat_url is not None,
        pings=tuple(
            Pinged(kind=kind.value, at=noted[0], failure=noted[1])
            for kind, noted in last.items()
            if noted is not None
        ),
        watch_at=settings.watch_time,
        watched_day=date.fromisoformat(watch.last_day) if watch.last_day else None,
        failures=watch.failures,
        failing_since=watch.failing_since,
        reason=watch.reason,
        month=next(iter(book.pushes(limit=1)), None),
        overdue=_overdue(settings, ledger, now),
    )


def _overdue(settings: Settings, ledger: "SqliteLedger", now: datetime) -> Period | None:
    """The newest due month that nobody has begun. A ledger that keeps no schedule yet owes none."""
    begun = _kept_since(ledger)
    if begun is None:
        return None
    due = periods_after(begun, now, ZoneInfo(settings.timezone), settings.push_day, settings.push_time)
    return due[-1] if due and ledger.pushes.push(due[-1].id) is None else None
