"""The outbox in SQLite: each message once, in the order of its batch, with what became of it.

Decisions. Bytes of pictures and files are dropped once they are on the screen: they can be made again from
the run, and a year of them would outweigh the ledger. A message whose words were replaced goes back to
"placed" and is edited in place.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.base import canonical
from core.due.message import Message, MessageKind, MessageState, Queued
from providers.ledger.store import NEVER, Book, from_text, to_text, writes

if TYPE_CHECKING:
    from sqlite_utils import Database

OPEN = (MessageState.QUEUED.value, MessageState.PLACED.value)
# What is kept of a message in one column, as JSON; its bytes have a column of their own.
BODY = ("kind", "placeholder", "html", "plain", "buttons", "silent", "filename")
WAITING = (*OPEN, MessageState.BLOCKED.value)
# No wait is as long: a later moment is of a clock that was ahead.
LONGEST_WAIT = timedelta(days=2)


class SqliteOutbox(Book):
    """Implements `core.ports.Outbox`."""

    def put(self, messages: tuple[Message, ...], *, now: datetime) -> None:
        self.store.write(lambda db: put(db, messages, now))

    def chats(self, now: datetime) -> tuple[int, ...]:
        """Where something may be sent now."""
        question = (
            "SELECT DISTINCT chat FROM outbox WHERE state IN (?, ?) AND (next_try <= ? OR next_try > ?)"
        )
        values = [*OPEN, *_may_be_tried(now)]
        return self.store.read(lambda db: tuple(row[0] for row in db.execute(question, values)))

    def take(self, chat_id: int, *, holder: str, now: datetime, until: datetime) -> Queued | None:
        """Skips a message while an earlier one of its batch is on its way: chunks keep their order."""
        question = """
SELECT * FROM outbox AS one
WHERE chat = ? AND state IN (?, ?) AND (next_try <= ? OR next_try > ?) AND (lease <= ? OR holder = ?)
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS other
    WHERE other.batch = one.batch AND other.position < one.position AND other.state IN (?, ?, ?)
  )
ORDER BY sequence LIMIT 1"""

        def change(db: "Database") -> Queued | None:
            values = [chat_id, *OPEN, *_may_be_tried(now), to_text(now), holder, *WAITING]
            rows = list(db.query(question, values))
            if not rows:
                return None
            db.execute(
                "UPDATE outbox SET holder = ?, lease = ? WHERE key = ?",
                [holder, to_text(until), rows[0]["key"]],
            )
            return _queued(rows[0])

        # Whoever holds it would not outlive a power cut.
        return self.store.write(change, lasting=False)

    def placed(self, key: str, message_id: int) -> None:
        self._set(key, state=MessageState.PLACED.value, message=message_id)

    @writes
    def sent(self, db: "Database", key: str, *, digest: str, remark: str = "") -> None:
        """`digest` is of the words shown: if they were replaced meanwhile, the message stays on its way."""
        db.execute(
            "UPDATE outbox SET shown = ?, lease = ?, reason = ?, "
            "state = CASE wanted WHEN ? THEN ? ELSE state END, "
            "content = CASE wanted WHEN ? THEN x'' ELSE content END WHERE key = ?",
            [digest, to_text(NEVER), remark, digest, MessageState.SENT.value, digest, key],
        )

    @writes
    def again(self, db: "Database", key: str, *, next_try: datetime, reason: str, lost: bool = False) -> None:
        """Tries later. `lost`: the placeholder is gone from the chat, so a new one is sent."""
        db.execute(
            "UPDATE outbox SET attempts = attempts + 1, next_try = ?, reason = ?, lease = ? WHERE key = ?",
            [to_text(next_try), reason, to_text(NEVER), key],
        )
        if lost:
            db.execute(
                "UPDATE outbox SET state = ?, message = 0 WHERE key = ?", [MessageState.QUEUED.value, key]
            )

    def postpone(self, chat_id: int, *, next_try: datetime, reason: str) -> None:
        """No message of this chat is tried before."""
        self.store.write(
            lambda db: db.execute(
                "UPDATE outbox SET attempts = attempts + 1, next_try = max(next_try, ?), reason = ?, lease = "
                "? "
                "WHERE chat = ? AND state IN (?, ?)",
                [to_text(next_try), reason, to_text(NEVER), chat_id, *OPEN],
            )
        )

    def block(self, chat_id: int, *, reason: str) -> None:
        """The chat takes nothing: all its messages wait for a sign of life from there."""
        self.store.write(
            lambda db: db.execute(
                "UPDATE outbox SET state = ?, reason = ?, lease = ? WHERE chat = ? AND state IN (?, ?)",
                [MessageState.BLOCKED.value, reason, to_text(NEVER), chat_id, *OPEN],
            )
        )

    def revive(self, chat_id: int, *, now: datetime) -> bool:
        """Somebody is there again. False when nothing waited for that: then nothing was written."""
        blocked = [chat_id, MessageState.BLOCKED.value]
        waits = "SELECT 1 FROM outbox WHERE chat = ? AND state = ?"
        if self.store.read(lambda db: db.execute(waits, blocked).fetchone()) is None:
            return False
        change = (
            "UPDATE outbox SET state = CASE message WHEN 0 THEN ? ELSE ? END, next_try = ?, reason = '' "
            "WHERE chat = ? AND state = ?"
        )
        self.store.write(lambda db: db.execute(change, [*OPEN, to_text(now), *blocked]))
        return True

    def undeliverable(self, key: str, *, reason: str) -> None:
        self._set(key, state=MessageState.UNDELIVERABLE.value, reason=reason, content=b"")

    def batch(self, batch: str) -> tuple[Queued, ...]:
        return self._rows("SELECT * FROM outbox WHERE batch = ? ORDER BY position", [batch])

    def waiting(self) -> tuple[Queued, ...]:
        """Everything that is to be tried again by itself, oldest first."""
        return self._rows("SELECT * FROM outbox WHERE state IN (?, ?) ORDER BY sequence", list(OPEN))

    def _rows(self, question: str, values: list[str]) -> tuple[Queued, ...]:
        return self.store.read(lambda db: tuple(_queued(row) for row in db.query(question, values)))

    def _set(self, key: str, **columns: str | int | bytes) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        values = [*columns.values(), to_text(NEVER), key]
        # S608: the names are this class's own; every value is bound.
        change = f"UPDATE outbox SET {names}, lease = ? WHERE key = ?"  # noqa: S608
        self.store.write(lambda db: db.execute(change, values))


def put(db: "Database", messages: tuple[Message, ...], now: datetime) -> None:
    """Queues in the caller's transaction. A known key with other words: what is shown will be replaced."""
    for message in messages:
        body = _body(message)
        wanted = digest(message)
        known = db.execute(
            "SELECT wanted, state, message FROM outbox WHERE key = ?", [message.key]
        ).fetchone()
        if known is None:
            db.table("outbox").insert(
                {
                    "key": message.key,
                    "batch": message.batch,
                    "position": message.position,
                    "chat": message.chat_id,
                    "state": MessageState.QUEUED.value,
                    "message": 0,
                    "attempts": 0,
                    "next_try": to_text(now),
                    "reason": "",
                    "holder": "",
                    "lease": to_text(NEVER),
                    "wanted": wanted,
                    "shown": "",
                    "body": body,
                    "content": message.content,
                }
            )
        elif known[0] != wanted and known[1] != MessageState.UNDELIVERABLE.value:
            state = MessageState.PLACED if known[2] else MessageState.QUEUED
            db.execute(
                "UPDATE outbox SET body = ?, content = ?, wanted = ?, state = ?, next_try = ?, attempts = 0 "
                "WHERE key = ?",
                [body, message.content, wanted, state.value, to_text(now), message.key],
            )


def _may_be_tried(now: datetime) -> tuple[str, str]:
    return to_text(now), to_text(now + LONGEST_WAIT)


def digest(message: Message) -> str:
    """What identifies the words and bytes of a message."""
    return hashlib.sha256(_body(message).encode() + message.content).hexdigest()


def _body(message: Message) -> str:
    return canonical.dumps({name: getattr(message, name) for name in BODY})


def _queued(row: dict[str, Any]) -> Queued:
    body = json.loads(row["body"])
    body["kind"] = MessageKind(body["kind"])
    body["buttons"] = tuple(tuple((label, data) for label, data in line) for line in body["buttons"])
    return Queued(
        message=Message(
            key=row["key"],
            batch=row["batch"],
            position=row["position"],
            chat_id=row["chat"],
            content=bytes(row["content"]),
            **body,
        ),
        state=MessageState(row["state"]),
        message_id=row["message"],
        attempts=row["attempts"],
        next_try=from_text(row["next_try"]),
        reason=row["reason"],
        digest=row["wanted"],
    )
