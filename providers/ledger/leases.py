"""Who may write a run, and what was asked for in the chats.

Decisions. A lease is a row with an end and a number. Taking an ended one raises the number, in the same file
and the same transaction in which writes compare it: a process that slept past its lease is refused, however
its clock stands. A lease that ends later than any could is of a clock that was wrong, and may be taken.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.base.errors import LeaseLost, NotFound
from core.due.message import Errand
from core.run import Lease
from providers.ledger.store import Book, from_text, to_text, writes

if TYPE_CHECKING:
    from sqlite_utils import Database

# Far beyond the minute for which leases are given.
LONGEST = timedelta(hours=1)
# Telegram keeps an update for a day; a repeat cannot come later.
REMEMBERED = timedelta(days=3)
# Holders that are bots begin so: at the start of a bot, which holds the ledger's lock, every other one of
# them is dead.
BOT = "bot"


class Leases(Book):
    """The part of `core.ports.Ledger` that gives and takes the right to write a run."""

    @writes
    def take(
        self, db: "Database", run_id: str, *, holder: str, now: datetime, until: datetime
    ) -> Lease | None:
        if not _is_open(db, run_id):
            return None
        known = _lease(db, run_id)
        if known is not None and now < known.until <= now + LONGEST:
            raise LeaseLost(f"The run {run_id} is being made by {known.holder}.")
        fence, errand = (1, "") if known is None else (known.fence + 1, known.errand)
        lease = Lease(run_id=run_id, holder=holder, fence=fence, until=until, errand=errand)
        put_lease(db, lease)
        return lease

    def renew(self, lease: Lease, *, until: datetime) -> None:
        def change(db: "Database") -> None:
            demand(db, lease)
            db.execute("UPDATE leases SET until = ? WHERE run = ?", [to_text(until), lease.run_id])

        # Its holder would not outlive a power cut, so it need not either.
        self.store.write(change, lasting=False)

    def lease(self, run_id: str) -> Lease | None:
        return self.store.read(lambda db: _lease(db, run_id))


class SqliteErrands(Book):
    """Implements `core.ports.Errands`."""

    @writes
    def begin(self, db: "Database", errand: Errand, *, now: datetime) -> bool:
        db.execute("DELETE FROM errands WHERE ended = 1 AND begun < ?", [to_text(now - REMEMBERED)])
        begun = db.execute(
            "INSERT INTO errands VALUES (?, ?, ?, '', 0, ?) ON CONFLICT DO NOTHING",
            [errand.id, errand.chat_id, errand.about, to_text(now)],
        )
        return begun.rowcount == 1

    def errand(self, errand_id: str) -> Errand | None:
        rows = self._rows("SELECT * FROM errands WHERE id = ?", [errand_id])
        return rows[0] if rows else None

    def end(self, errand_id: str, said: str) -> None:
        self.store.write(
            lambda db: db.execute("UPDATE errands SET said = ?, ended = 1 WHERE id = ?", [said, errand_id])
        )

    def under_way(self) -> tuple[Errand, ...]:
        return self._rows("SELECT * FROM errands WHERE ended = 0 ORDER BY begun", [])

    def once(self, errand: Errand, change: Callable[[], str], *, now: datetime) -> str:
        with self.store.as_one():
            if not self.begin(errand, now=now):
                known = self.errand(errand.id)
                return (known.said if known else None) or ""
            said = change()
            self.end(errand.id, said)
            return said

    def _rows(self, question: str, values: list[str]) -> tuple[Errand, ...]:
        return self.store.read(lambda db: tuple(_errand(row) for row in db.query(question, values)))


def put_lease(db: "Database", lease: Lease) -> None:
    """Inside the caller's transaction."""
    db.execute(
        "INSERT INTO leases VALUES (?, ?, ?, ?, ?) ON CONFLICT (run) DO UPDATE SET "
        "holder = excluded.holder, until = excluded.until, fence = excluded.fence",
        [lease.run_id, lease.holder, to_text(lease.until), lease.fence, lease.errand],
    )


def demand(db: "Database", lease: Lease) -> None:
    """Refuses a write to a run that is closed or that another one has taken. Raises LeaseLost, NotFound."""
    if not _is_open(db, lease.run_id):
        raise LeaseLost(f"The run {lease.run_id} is closed, and closed runs are never changed.")
    known = _lease(db, lease.run_id)
    if known is None or known.fence != lease.fence:
        holder = "nobody" if known is None else known.holder
        raise LeaseLost(
            f"The run {lease.run_id} was taken over by {holder}; nothing more is written to it here."
        )


def _is_open(db: "Database", run_id: str) -> bool:
    """Raises NotFound."""
    if db.execute("SELECT 1 FROM runs WHERE id = ?", [run_id]).fetchone() is None:
        raise NotFound(f"There is no run {run_id} in the ledger.")
    return db.execute("SELECT 1 FROM closings WHERE run = ?", [run_id]).fetchone() is None


def held(db: "Database", now: datetime) -> tuple[str, ...]:
    """Who is writing a run at `now`."""
    found = db.execute(
        "SELECT DISTINCT holder FROM leases WHERE until > ? AND until <= ? "
        "AND run NOT IN (SELECT run FROM closings) ORDER BY holder",
        [to_text(now), to_text(now + LONGEST)],
    )
    return tuple(str(row[0]) for row in found)


def _lease(db: "Database", run_id: str) -> Lease | None:
    for row in db.query("SELECT * FROM leases WHERE run = ?", [run_id]):
        return Lease(
            run_id=row["run"],
            holder=row["holder"],
            fence=row["fence"],
            until=from_text(row["until"]),
            errand=row["errand"],
        )
    return None


def _errand(row: dict[str, Any]) -> Errand:
    return Errand(
        id=row["id"], chat_id=row["chat"], about=row["about"], said=row["said"] if row["ended"] else None
    )
