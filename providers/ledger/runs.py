"""The ledger's runs in SQLite. Each method is one transaction; what it returned is on the disk.

Decisions. Snapshots and briefs are stored once under the digest of their bytes, and every stored JSON is held
against its digest when read: SQLite finds damaged pages, not a changed letter inside a text. "Newest" is the
order of opening, not the clock, which may jump back. A gap in a column is the empty text; the value itself,
with its reason, is in the JSON.
"""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from core.base import canonical
from core.base.errors import BadRequest, LedgerFailed, NotFound
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Answer
from core.run import Closing, Lease, Opening, Purpose, Run, RunState, RunSummary, Stamp
from core.snapshot.model import Snapshot
from providers.ledger.leases import Leases, demand, put_lease
from providers.ledger.store import NEVER, reads, to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
REPORTS = (Purpose.REPORT, Purpose.PUSH)
NO_PERIOD = Gap(gap="not a push")
NO_PARENT = Gap(gap="a run of its own")
STILL_OPEN = Gap(gap="the run has not ended")


class Runs(Leases):
    """The part of `core.ports.Ledger` that keeps runs."""

    def open_run(
        self, opening: Opening, *, holder: str = "", until: datetime = NEVER, errand: str = ""
    ) -> Lease:
        lease = Lease(run_id=opening.id, holder=holder, fence=1, until=until, errand=errand)

        # Written out before the transaction: nobody waits for the file meanwhile.
        snapshot, brief = canonical.dumps(opening.snapshot), canonical.dumps(opening.brief)
        row = {
            "id": opening.id,
            "purpose": opening.purpose.value,
            "opened": opening.opened.isoformat(),
            "opened_utc": to_text(opening.opened),
            "period": _text(opening.period),
            "parent": _text(opening.parent),
            "model": opening.stamp.model,
            "rehearsal": int(opening.stamp.rehearsal),
            "asked": opening.stamp.asked,
            "names": len(opening.brief.names),
            "stamp": canonical.dumps(opening.stamp),
            "estimate_usd": canonical.dumps(opening.estimate_usd),
        }

        def change(db: "Database") -> Lease:
            if _exists(db, "SELECT 1 FROM runs WHERE id = ?", opening.id):
                raise LedgerFailed(f"The run {opening.id} was opened before.")
            db.table("runs").insert(row | {"snapshot": _keep(db, snapshot), "brief": _keep(db, brief)})
            put_lease(db, lease)
            return lease

        return self.store.write(change)

    def store_answer(self, lease: Lease, answer: Answer) -> None:
        body, run_id = canonical.dumps(answer), lease.run_id

        def change(db: "Database") -> None:
            demand(db, lease)
            key = (run_id, answer.index, answer.attempt)
            kept = db.execute(
                "SELECT body FROM answers WHERE run = ? AND ballot = ? AND attempt = ?", key
            ).fetchone()
            if kept is not None and kept[0] != body:
                raise LedgerFailed(
                    f"Attempt {answer.attempt} of ballot {answer.index} of run {run_id} is stored already."
                )
            if kept is None:
                db.table("answers").insert(
                    {
                        "run": run_id,
                        "ballot": answer.index,
                        "attempt": answer.attempt,
                        "digest": canonical.digest(body),
                        "body": body,
                    }
                )

        self.store.write(change)

    def close_run(self, lease: Lease, closing: Closing) -> None:
        if closing.state is RunState.OPEN:
            raise LedgerFailed(f"The run {lease.run_id} cannot be closed as open.")
        body = canonical.dumps(closing)

        def change(db: "Database") -> None:
            demand(db, lease)
            db.table("closings").insert(
                {
                    "run": lease.run_id,
                    "state": closing.state.value,
                    "closed_utc": to_text(closing.closed),
                    "valid": -1 if isinstance(closing.stability, Gap) else closing.stability.valid,
                    "cost_usd": canonical.dumps(closing.cost_usd),
                    "digest": canonical.digest(body),
                    "body": body,
                }
            )

        self.store.write(change)

    def run(self, run_id: str) -> Run:
        return self.store.read(lambda db: self._run(db, run_id))

    def _run(self, db: "Database", run_id: str) -> Run:
        rows = list(db.query("SELECT * FROM runs WHERE id = ?", [run_id]))
        if not rows:
            raise NotFound(f"There is no run {run_id} in the ledger.")
        row = rows[0]
        opening = Opening(
            id=row["id"],
            purpose=Purpose(row["purpose"]),
            opened=datetime.fromisoformat(row["opened"]),
            period=row["period"] or NO_PERIOD,
            parent=row["parent"] or NO_PARENT,
            stamp=self._value(Stamp, row["stamp"], "the run's stamp"),
            snapshot=self._kept(db, Snapshot, row["snapshot"], "the run's snapshot"),
            brief=self._kept(db, Brief, row["brief"], "the run's brief"),
            estimate_usd=self._money(row["estimate_usd"]),
        )
        answers = tuple(
            self._whole(Answer, answer["body"], answer["digest"], "an answer")
            for answer in db.query(
                "SELECT body, digest FROM answers WHERE run = ? ORDER BY ballot, attempt", [run_id]
            )
        )
        ends = list(db.query("SELECT body, digest FROM closings WHERE run = ?", [run_id]))
        closing = (
            self._whole(Closing, ends[0]["body"], ends[0]["digest"], "the run's end") if ends else STILL_OPEN
        )
        return Run(opening=opening, answers=answers, closing=closing)

    def runs(
        self, *, purposes: tuple[Purpose, ...] = (), limit: int = 100, newest_first: bool = True
    ) -> tuple[RunSummary, ...]:
        wanted = purposes or tuple(Purpose)
        marks = ",".join("?" * len(wanted))
        order = "DESC" if newest_first else "ASC"
        # S608: only marks and one of two words are put together here; every value is bound.
        question = f"""
SELECT runs.*, closings.state AS state, closings.valid AS valid, closings.cost_usd AS cost_usd
FROM runs LEFT JOIN closings ON closings.run = runs.id
WHERE purpose IN ({marks}) ORDER BY sequence {order} LIMIT ?"""  # noqa: S608
        values = [*(purpose.value for purpose in wanted), limit]
        return self.store.read(lambda db: tuple(self._summary(row) for row in db.query(question, values)))

    def _summary(self, row: dict[str, Any]) -> RunSummary:
        ended = row["state"] is not None
        return RunSummary(
            id=row["id"],
            purpose=Purpose(row["purpose"]),
            state=RunState(row["state"]) if ended else RunState.OPEN,
            opened=datetime.fromisoformat(row["opened"]),
            period=row["period"] or NO_PERIOD,
            model=row["model"],
            rehearsal=bool(row["rehearsal"]),
            names=row["names"],
            asked=row["asked"],
            valid=(row["valid"] if row["valid"] >= 0 else Gap(gap="no vote was counted"))
            if ended
            else STILL_OPEN,
            cost_usd=self._money(row["cost_usd"]) if ended else STILL_OPEN,
        )

    @reads
    def last_report(self, db: "Database", *, before: str | None = None) -> Run:
        """The newest finished report or push; with `before`, the newest one opened earlier than that run."""
        marks = ",".join("?" * len(REPORTS))
        question = f"""
SELECT runs.id FROM runs JOIN closings ON closings.run = runs.id
WHERE purpose IN ({marks}) AND state = ?
  AND (? IS NULL OR sequence < (SELECT sequence FROM runs WHERE id = ?))
ORDER BY sequence DESC LIMIT 1"""  # noqa: S608  # only question marks are put together
        values = [*(purpose.value for purpose in REPORTS), RunState.DONE.value, before, before]
        if before is not None and not _exists(db, "SELECT 1 FROM runs WHERE id = ?", before):
            raise NotFound(f"There is no run {before} in the ledger.")
        found = db.execute(question, values).fetchone()
        if found is None:
            missing = "report yet: `analyze` makes the first one" if before is None else "earlier report"
            raise NotFound(f"There is no {missing}.")
        return self._run(db, found[0])

    @reads
    def spent(self, db: "Database", start: datetime, end: datetime) -> Decimal | Gap:
        """US dollars of the runs opened from `start` up to, not including, `end`; open runs, and those whose
        cost is unknown, count with their estimate."""
        question = """
SELECT runs.id AS id, coalesce(closings.cost_usd, runs.estimate_usd) AS cost, runs.estimate_usd AS estimate
FROM runs LEFT JOIN closings ON closings.run = runs.id
WHERE opened_utc >= ? AND opened_utc < ? ORDER BY sequence"""
        total = Decimal(0)
        for row in db.query(question, [to_text(start), to_text(end)]):
            cost, estimate = self._money(row["cost"]), self._money(row["estimate"])
            if isinstance(cost, Gap) and not isinstance(estimate, Gap):
                # One answer that nobody counted must not switch the month's budget off.
                cost = estimate
            if isinstance(cost, Gap):
                return Gap(gap=f"the cost of run {row['id']} is unknown ({cost.reason})")
            total += cost
        return total

    def _kept(self, db: "Database", kind: type[T], digest: str, what: str) -> T:
        body = db.execute("SELECT body FROM texts WHERE digest = ?", [digest]).fetchone()[0]
        return self._whole(kind, body, digest, what)

    def _whole(self, kind: type[T], body: str, digest: str, what: str) -> T:
        if canonical.digest(body) != digest:
            raise LedgerFailed(
                f"The ledger {self.store.path} is damaged: {what} is not what was written; "
                f"restore the last backup (`python -m bot restore FILE`)."
            )
        return self._value(kind, body, what)

    def _value(self, kind: type[T], body: str, what: str) -> T:
        try:
            return canonical.loads(kind, body, what=what)
        except BadRequest as error:
            raise LedgerFailed(f"The ledger {self.store.path} is damaged: {error}") from error

    def _money(self, body: str) -> Decimal | Gap:
        # A union is no type[T], but the reader takes it.
        value: Decimal | Gap = self._value(Decimal | Gap, body, "an amount")  # type: ignore[arg-type]
        return value


def _keep(db: "Database", body: str) -> str:
    digest = canonical.digest(body)
    db.table("texts").insert({"digest": digest, "body": body}, pk="digest", ignore=True)
    return digest


def _exists(db: "Database", question: str, value: str) -> bool:
    return db.execute(question, [value]).fetchone() is not None


def _text(value: str | Gap) -> str:
    return "" if isinstance(value, Gap) else value
