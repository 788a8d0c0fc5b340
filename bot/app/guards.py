"""What `/status` says of heartbeat and watch: read from their notes, so that any process with the ledger can tell."""

from datetime import date

from bot.schedule import Heartbeat, Ping
from bot.settings import Settings
from bot.views.guards import Guards, Pinged
from bot.watch import state_of
from core.errors import BadRequest
from core.ports import Ledger


def guards_of(settings: Settings, ledger: Ledger) -> Guards:
    """How the guards stand now. Raises LedgerFailed."""
    from providers.ledger.notes import SqliteNotes
    from providers.ledger.sqlite import SqliteLedger

    if not isinstance(ledger, SqliteLedger):
        raise BadRequest("Heartbeat and watch note in the SQLite ledger only.")
    notes = SqliteNotes(ledger.store)
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
    )
