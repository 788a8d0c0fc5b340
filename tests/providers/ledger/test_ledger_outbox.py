"""A message is on its way until it is on the screen, once, in its order; what the watch said it never says
again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.due.message import Message, MessageKind, MessageState, Queued
from providers.ledger.notes import SqliteNotes, SqliteWatchBook
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.sqlite import SqliteLedger

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def outbox(ledger: SqliteLedger) -> SqliteOutbox:
    return SqliteOutbox(ledger.store)


def message(
    key: str, *, position: int = 0, batch: str = "b", html: str = "<b>x</b>", content: bytes = b""
) -> Message:
    return Message(
        key=key,
        batch=batch,
        position=position,
        chat_id=-7,
        kind=MessageKind.DOCUMENT if content else MessageKind.TEXT,
        placeholder="x",
        html=html,
        plain="x",
        buttons=((("Look", "facts:1"), ("Why", "why:1")), (("Run", "run"),)),
        silent=False,
        filename="report.html" if content else "",
        content=content,
    )


def take(outbox: SqliteOutbox, now: datetime = NOW, holder: str = "one") -> Queued | None:
    return outbox.take(-7, holder=holder, now=now, until=now + timedelta(minutes=1))


def taken(outbox: SqliteOutbox, now: datetime = NOW, holder: str = "one") -> Queued:
    found = take(outbox, now, holder)
    assert found is not None
    return found


def test_a_message_comes_out_as_it_went_in(outbox: SqliteOutbox) -> None:
    sent = message("a", content=b"\x00<html>")
    outbox.put((sent,), now=NOW)

    queued = taken(outbox)

    assert queued.message == sent
    assert (queued.state, queued.message_id, queued.attempts) == (MessageState.QUEUED, 0, 0)


def test_an_empty_outbox_has_nothing_to_take(outbox: SqliteOutbox) -> None:
    assert take(outbox) is None
    assert outbox.waiting() == ()


def test_the_same_message_put_twice_is_one(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    outbox.put((message("a"),), now=NOW)

    assert len(outbox.waiting()) == 1


def test_the_second_chunk_waits_for_the_first(outbox: SqliteOutbox) -> None:
    first, second = message("a"), message("b", position=1)
    outbox.put((second, first), now=NOW)

    before = taken(outbox)
    during = take(outbox, holder="two")
    outbox.placed("a", 10)
    outbox.sent("a", digest=before.digest)
    after = taken(outbox, holder="two")

    assert (before.message.key, during, after.message.key) == ("a", None, "b")


def test_a_message_that_failed_is_taken_again_when_its_time_has_come(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    take(outbox)
    outbox.again("a", next_try=LATER, reason="bad gateway")

    early, due = take(outbox), taken(outbox, LATER)

    assert early is None
    assert (due.attempts, due.reason) == (1, "bad gateway")


def test_a_lost_placeholder_is_sent_anew(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    outbox.placed("a", 10)
    outbox.again("a", next_try=NOW, reason="gone", lost=True)

    queued = taken(outbox)

    assert (queued.state, queued.message_id) == (MessageState.QUEUED, 0)


def test_what_is_on_the_screen_is_not_taken_and_its_bytes_are_dropped(outbox: SqliteOutbox) -> None:
    outbox.put((message("a", content=b"picture"),), now=NOW)
    digest = taken(outbox).digest
    outbox.placed("a", 10)
    outbox.sent("a", digest=digest, remark="as plain text")

    row = outbox.batch("b")[0]

    assert take(outbox, LATER) is None
    assert (row.state, row.message_id, row.reason, row.message.content) == (
        MessageState.SENT,
        10,
        "as plain text",
        b"",
    )


def test_other_words_under_a_known_key_replace_what_is_shown(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    digest = taken(outbox).digest
    outbox.placed("a", 10)
    outbox.sent("a", digest=digest)
    outbox.put((message("a", html="<b>news</b>"),), now=NOW)

    queued = taken(outbox)

    assert (queued.state, queued.message_id, queued.message.html) == (MessageState.PLACED, 10, "<b>news</b>")


def test_words_replaced_while_the_old_ones_were_being_sent_are_sent_too(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    old = taken(outbox)
    outbox.placed("a", 10)
    outbox.put((message("a", html="new"),), now=NOW)
    outbox.sent("a", digest=old.digest)

    queued = taken(outbox)

    assert (queued.state, queued.message.html) == (MessageState.PLACED, "new")


def test_an_undeliverable_message_stays_so_and_says_why(outbox: SqliteOutbox) -> None:
    outbox.put((message("a"),), now=NOW)
    outbox.undeliverable("a", reason="the bot was blocked")
    outbox.put((message("a", html="new"),), now=NOW)

    row = outbox.batch("b")[0]

    assert (row.state, row.reason) == (MessageState.UNDELIVERABLE, "the bot was blocked")


def test_the_watch_announces_each_fact_once_and_at_most_one_message_under_a_key(ledger: SqliteLedger) -> None:
    watch = SqliteWatchBook(ledger.store)

    first = watch.announce(("k1", "k2"), message("watch:2026-11-01"), now=NOW)
    second = watch.announce(("k3",), message("watch:2026-11-01"), now=NOW)

    assert (first, second) == (True, False)
    assert watch.unseen(("k1", "k2", "k3")) == ("k3",)


def test_a_name_is_watched_since_the_first_look(ledger: SqliteLedger) -> None:
    watch = SqliteWatchBook(ledger.store)

    assert watch.watched_since("AAPL", NOW) == NOW
    assert watch.watched_since("AAPL", LATER) == NOW


def test_a_note_is_replaced_and_an_unknown_one_is_none(ledger: SqliteLedger) -> None:
    notes = SqliteNotes(ledger.store)
    notes.write_note("heartbeat", "one", now=NOW)
    notes.write_note("heartbeat", "two", now=NOW)

    assert notes.note("heartbeat") == "two"
    assert notes.note("nothing") is None
