"""What `/status` says of heartbeat and watch: read from their notes, so that any process with the ledger can tell."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.push import Heartbeat, Ping
from bot.push.watch import state_of
from bot.report.guards import Guards, Pinged
from bot.settings import Settings
from core.base.errors import BadRequest
from core.due.period import Period, periods_after
from core.ports import Ledger, PushBook


def guards_of(settings: Settings, ledger: Ledger, *, now: datetime) -> Guards:
    """How the guards stand at `now`. Raises LedgerFailed."""
    from providers.ledger.notes import SqliteNotes
    from providers.ledger.pushes import SINCE, SqlitePushBook
    from providers.ledger.sqlite import SqliteLedger

    if not isinstance(ledger, SqliteLedger):
        raise BadRequest("Heartbeat and watch note in the SQLite ledger only.")
    notes, book = SqliteNotes(ledger.store), SqlitePushBook(ledger.store)
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
        overdue=_overdue(settings, book, notes.note(SINCE), now),
    )


def _overdue(settings: Settings, book: PushBook, since: str | None, now: datetime) -> Period | None:
    """The newest due month that nobody has begun. A ledger that keeps no schedule yet owes none."""
    if since is None:
        return None
    begun = datetime.fromisoformat(since)
    due = periods_after(begun, now, ZoneInfo(settings.timezone), settings.push_day, settings.push_time)
    return due[-1] if due and book.push(due[-1].id) is None else None
