"""The claims of months in SQLite. Every method that changes who has a period is one compare-and-set.

Decisions. Claim by INSERT … ON CONFLICT DO NOTHING under BEGIN IMMEDIATE: measured, eight processes and three
hundred periods gave exactly three hundred claims, where check-then-insert gave 334. A report's messages and
the change of state are one transaction, so that a crash leaves both or neither.
"""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.due.message import Message, MessageState
from core.due.period import Period
from core.due.push import FINAL, Push, PushState
from providers.ledger import outbox
from providers.ledger.leases import BOT
from providers.ledger.notes import read_note, write_note
from providers.ledger.store import NEVER, Book, from_text, to_text, writes

if TYPE_CHECKING:
    from sqlite_utils import Database

SINCE = "push since"
SCHEDULE = "push schedule"
COPIED = "copied"
FILE = "file"
RESTORED = "an older copy of the ledger was put in its place; what it does not know may have been sent"


class SqlitePushBook(Book):
    """Implements `core.ports.PushBook`."""

    @writes
    def since(self, db: "Database", now: datetime) -> datetime:
        """When this ledger first kept a schedule; a month that was due before it owes nothing. A moment that
        has not come yet is of a clock that was ahead: then it is now."""
        known = read_note(db, SINCE)
        if known is None or from_text(known) > now:
            write_note(db, SINCE, to_text(now), now)
            return now
        return from_text(known)

    @writes
    def in_force(self, db: "Database", schedule: str, now: datetime) -> datetime:
        """Since when months are due by this day, time and zone; NEVER for this ledger's first schedule."""
        known = json.loads(read_note(db, SCHEDULE) or "null")
        if known is not None and known["schedule"] == schedule:
            return min(from_text(known["since"]), now)
        since = NEVER if known is None else now
        write_note(db, SCHEDULE, json.dumps({"schedule": schedule, "since": to_text(since)}), now)
        return since

    def push(self, period: str) -> Push | None:
        rows = self._rows("SELECT * FROM pushes WHERE period = ?", [period])
        return rows[0] if rows else None

    def pushes(self, *, limit: int = 24) -> tuple[Push, ...]:
        """Newest period first."""
        return self._rows("SELECT * FROM pushes ORDER BY period DESC LIMIT ?", [limit])

    @writes
    def claim(self, db: "Database", period: Period, *, holder: str, now: datetime, until: datetime) -> bool:
        """True if the period is now `holder`'s: it was nobody's, its try failed, or its lease has ended."""
        fresh = db.execute(
            "INSERT INTO pushes VALUES (?, ?, ?, ?, ?, '', 0, 0, ?, '') ON CONFLICT DO NOTHING",
            [period.id, to_text(period.due), PushState.CLAIMED.value, holder, to_text(until), to_text(now)],
        )
        if fresh.rowcount == 1:
            return True
        taken = db.execute(
            "UPDATE pushes SET state = ?, holder = ?, lease = ? "
            "WHERE period = ? AND (state = ? OR (state = ? AND lease <= ?))",
            [
                PushState.CLAIMED.value,
                holder,
                to_text(until),
                period.id,
                PushState.FAILED.value,
                PushState.CLAIMED.value,
                to_text(now),
            ],
        )
        return taken.rowcount == 1

    def renew(self, period: str, *, holder: str, until: datetime) -> bool:
        """False: the lease ended and another process took the period."""
        return self.store.write(lambda db: _mine(db, period, holder, lease=to_text(until)))

    @writes
    def publish(
        self,
        db: "Database",
        period: str,
        *,
        holder: str,
        run_id: str,
        messages: tuple[Message, ...],
        now: datetime,
    ) -> bool:
        mine = _mine(db, period, holder, state=PushState.DELIVERING.value, run=run_id, reason="")
        if mine:
            outbox.put(db, messages, now)
        return mine

    @writes
    def fail(
        self,
        db: "Database",
        period: str,
        *,
        holder: str,
        reason: str,
        paid: bool,
        next_try: datetime | None,
        messages: tuple[Message, ...],
        now: datetime,
    ) -> bool:
        """Without `next_try` the period is given up: nothing more will be tried by itself."""
        state = PushState.GIVEN_UP if next_try is None else PushState.FAILED
        mine = _mine(db, period, holder, state=state.value, reason=reason, next_try=to_text(next_try or now))
        if mine:
            db.execute(
                "UPDATE pushes SET tries = tries + 1, paid = paid + ? WHERE period = ?", [int(paid), period]
            )
            outbox.put(db, messages, now)
        return mine

    @writes
    def miss(
        self,
        db: "Database",
        periods: tuple[Period, ...],
        *,
        reason: str,
        messages: tuple[Message, ...],
        now: datetime,
    ) -> None:
        """Skips periods with one message; those that somebody took meanwhile are left alone."""
        skipped = [
            db.execute(
                "INSERT INTO pushes VALUES (?, ?, ?, '', ?, '', 0, 0, ?, ?) ON CONFLICT DO NOTHING",
                [
                    period.id,
                    to_text(period.due),
                    PushState.MISSED.value,
                    to_text(NEVER),
                    to_text(now),
                    reason,
                ],
            ).rowcount
            for period in periods
        ]
        if any(skipped):
            outbox.put(db, messages, now)

    @writes
    def finish(self, db: "Database", period: str, *, state: PushState, reason: str) -> None:
        """The end of a period that was being delivered, or waited for a sign of life."""
        db.execute(
            "UPDATE pushes SET state = ?, reason = ? WHERE period = ? AND state IN (?, ?)",
            [state.value, reason, period, PushState.DELIVERING.value, PushState.UNDELIVERABLE.value],
        )

    def mark(self) -> int:
        """How far this ledger has come; see `mark_of`."""
        return self.store.read(mark_of)

    @writes
    def free_all(self, db: "Database") -> None:
        """Ends all leases. Only for who holds the ledger's lock: then every other holder is dead."""
        db.execute("UPDATE pushes SET lease = ?", [to_text(NEVER)])
        db.execute("UPDATE outbox SET lease = ?", [to_text(NEVER)])
        db.execute("UPDATE leases SET until = ? WHERE holder LIKE ?", [to_text(NEVER), f"{BOT}%"])

    @writes
    def recognise(self, db: "Database", now: datetime, *, mark: int) -> tuple[str, ...] | None:
        """Not None, once, if this file is a copy put in place of the ledger: a marked backup, a file with
        another number, or one that knows less than `mark`, which was kept beside it.

        What was under way in the copy is then closed, not sent, for it may have been sent since; these
        periods are given."""
        here = str(self.store.path.stat().st_ino)
        known = read_note(db, FILE)
        copy = read_note(db, COPIED) is not None or (known is not None and known != here)
        copy = copy or mark_of(db) < mark
        write_note(db, FILE, here, now)
        db.execute("DELETE FROM notes WHERE name = ?", [COPIED])
        return _close_all(db) if copy else None

    def _rows(self, question: str, values: list[str | int]) -> tuple[Push, ...]:
        return self.store.read(lambda db: tuple(_push(row) for row in db.query(question, values)))


def mark_of(db: "Database") -> int:
    """Grows with every run, portfolio and message ever written, and never falls: not by forgetting."""
    found = db.execute("SELECT coalesce(sum(seq), 0) FROM sqlite_sequence").fetchone()
    return int(found[0])


def _close_all(db: "Database") -> tuple[str, ...]:
    """Closes what is under way; the periods that were, oldest first."""
    db.execute(
        "UPDATE outbox SET state = ?, reason = ?, content = x'' WHERE state IN (?, ?, ?)",
        [MessageState.UNDELIVERABLE.value, RESTORED, *outbox.WAITING],
    )
    db.execute("UPDATE errands SET ended = 1")
    under_way = [state.value for state in PushState if state not in FINAL]
    marks = ",".join("?" * len(under_way))
    # S608: only question marks are put together; every value is bound.
    question = f"SELECT period FROM pushes WHERE state IN ({marks}) ORDER BY period"  # noqa: S608
    found = db.execute(question, under_way)
    periods = tuple(str(row[0]) for row in found)
    for period in periods:
        db.execute(
            "UPDATE pushes SET state = ?, reason = ? WHERE period = ?",
            [PushState.GIVEN_UP.value, RESTORED, period],
        )
    return periods


def _mine(db: "Database", period: str, holder: str, **columns: str) -> bool:
    """Changes the row only while `holder` has it."""
    names = ", ".join(f"{name} = ?" for name in columns)
    # The names are this module's own; every value is bound.
    change = f"UPDATE pushes SET {names} WHERE period = ? AND holder = ? AND state = ?"  # noqa: S608
    values = [*columns.values(), period, holder, PushState.CLAIMED.value]
    return bool(db.execute(change, values).rowcount == 1)


def _push(row: dict[str, Any]) -> Push:
    return Push(
        period=row["period"],
        due=from_text(row["due"]),
        state=PushState(row["state"]),
        holder=row["holder"],
        lease=from_text(row["lease"]),
        run_id=row["run"],
        tries=row["tries"],
        paid=row["paid"],
        next_try=from_text(row["next_try"]),
        reason=row["reason"],
    )
