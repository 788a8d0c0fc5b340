"""Each month is claimed once, whoever asks, and its messages stand in the outbox with it or not at all."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.due.message import Message, MessageKind, MessageState
from core.due.period import Period
from core.due.push import LEASE, Push, PushState
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.sqlite import SqliteLedger

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
NOVEMBER = Period(id="2026-11", due=NOW)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def book(ledger: SqliteLedger) -> SqlitePushBook:
    return SqlitePushBook(ledger.store)


@pytest.fixture
def outbox(ledger: SqliteLedger) -> SqliteOutbox:
    return SqliteOutbox(ledger.store)


def message(key: str = "push:2026-11:0", html: str = "<b>map</b>", position: int = 0) -> Message:
    return Message(
        key=key,
        batch="push:2026-11",
        position=position,
        chat_id=7,
        kind=MessageKind.TEXT,
        placeholder="Stability map",
        html=html,
        plain="map",
    )


def claim(book: SqlitePushBook, holder: str = "one", now: datetime = NOW) -> bool:
    return book.claim(NOVEMBER, holder=holder, now=now, until=now + LEASE)


def test_a_month_is_claimed_once(book: SqlitePushBook) -> None:
    assert claim(book, "one")
    assert not claim(book, "two")

    assert book.push("2026-11") == Push(
        period="2026-11",
        due=NOW,
        state=PushState.CLAIMED,
        holder="one",
        lease=NOW + LEASE,
        run_id="",
        tries=0,
        paid=0,
        next_try=NOW,
        reason="",
    )
    assert book.push("2026-12") is None


def test_a_lease_that_ended_can_be_taken_over_and_the_old_holder_has_lost(book: SqlitePushBook) -> None:
    claim(book, "one")

    assert claim(book, "two", NOW + LEASE)
    assert not book.renew("2026-11", holder="one", until=NOW + 2 * LEASE)
    assert not book.publish("2026-11", holder="one", run_id="r1", messages=(message(),), now=NOW)
    assert book.renew("2026-11", holder="two", until=NOW + 3 * LEASE)


def test_a_renewed_lease_cannot_be_taken(book: SqlitePushBook) -> None:
    claim(book, "one")
    book.renew("2026-11", holder="one", until=NOW + 2 * LEASE)

    assert not claim(book, "two", NOW + LEASE)


def test_a_report_and_its_messages_are_there_together(book: SqlitePushBook, outbox: SqliteOutbox) -> None:
    claim(book)

    assert book.publish("2026-11", holder="one", run_id="r1", messages=(message(),), now=NOW)

    push = book.push("2026-11")
    assert push is not None
    assert (push.state, push.run_id) == (PushState.DELIVERING, "r1")
    assert [queued.message.key for queued in outbox.batch("push:2026-11")] == ["push:2026-11:0"]
    assert not claim(book, "two", NOW + 10 * LEASE)


def test_a_failure_waits_and_counts_what_was_paid(book: SqlitePushBook, outbox: SqliteOutbox) -> None:
    claim(book)

    book.fail(
        "2026-11",
        holder="one",
        reason="edgar was down",
        paid=True,
        next_try=NOW + timedelta(minutes=10),
        messages=(message("failure:2026-11"),),
        now=NOW,
    )

    push = book.push("2026-11")
    assert push is not None
    assert (push.state, push.tries, push.paid, push.reason) == (PushState.FAILED, 1, 1, "edgar was down")
    assert len(outbox.waiting()) == 1
    assert claim(book, "two", NOW + timedelta(minutes=10))


def test_a_failure_without_another_try_is_given_up_for_good(book: SqlitePushBook) -> None:
    claim(book)
    book.fail("2026-11", holder="one", reason="no", paid=False, next_try=None, messages=(), now=NOW)

    assert not claim(book, "two", NOW + timedelta(days=2))
    assert book.pushes()[0].state is PushState.GIVEN_UP


def test_missed_months_say_so_once_and_leave_taken_ones_alone(
    book: SqlitePushBook, outbox: SqliteOutbox
) -> None:
    claim(book)
    october = Period(id="2026-10", due=NOW - timedelta(days=31))

    book.miss((october, NOVEMBER), reason="the bot was not running", messages=(message("missed"),), now=NOW)
    book.miss((october, NOVEMBER), reason="again", messages=(message("missed again"),), now=NOW)

    assert [(push.period, push.state) for push in book.pushes()] == [
        ("2026-11", PushState.CLAIMED),
        ("2026-10", PushState.MISSED),
    ]
    assert [queued.message.key for queued in outbox.waiting()] == ["missed"]


def test_only_a_push_under_delivery_can_end_as_delivered(book: SqlitePushBook) -> None:
    claim(book)
    book.finish("2026-11", state=PushState.DELIVERED, reason="")
    before = book.pushes()[0].state
    book.publish("2026-11", holder="one", run_id="r1", messages=(), now=NOW)
    book.finish("2026-11", state=PushState.DELIVERED, reason="")

    assert (before, book.pushes()[0].state) == (PushState.CLAIMED, PushState.DELIVERED)


def test_the_start_of_the_schedule_is_set_once(book: SqlitePushBook) -> None:
    assert book.since(NOW) == NOW
    assert book.since(NOW + timedelta(days=9)) == NOW


def test_after_a_crash_the_holder_of_the_lock_need_not_wait_for_leases(
    book: SqlitePushBook, outbox: SqliteOutbox
) -> None:
    claim(book, "dead")
    outbox.put((message(),), now=NOW)
    outbox.take(outbox.chats(NOW)[0], holder="dead", now=NOW, until=NOW + LEASE)

    book.free_all()

    assert claim(book, "alive", NOW)
    assert outbox.take(outbox.chats(NOW)[0], holder="alive", now=NOW, until=NOW + LEASE) is not None


def test_eight_processes_and_forty_months_make_exactly_forty_claims(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    SqliteLedger(path).close()
    code = textwrap.dedent("""
        import sys
        from datetime import UTC, datetime, timedelta
        from core.due.period import Period
        from providers.ledger.pushes import SqlitePushBook
        from providers.ledger.sqlite import SqliteLedger
        book = SqlitePushBook(SqliteLedger(sys.argv[1]).store)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        until = now + timedelta(minutes=5)
        sys.stdin.readline()
        won = sum(
            book.claim(Period(id=f"p{n}", due=now), holder=sys.argv[2], now=now, until=until)
            for n in range(40)
        )
        print(won)
    """)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]

    won = [int(process.communicate("go\n", timeout=60)[0]) for process in processes]

    assert sum(won) == 40


def test_a_copy_put_in_place_of_the_ledger_is_recognised_once_and_sends_nothing_again(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite"
    ledger = SqliteLedger(path)
    book = SqlitePushBook(ledger.store)
    first = book.recognise(NOW, mark=0)
    claim(book)
    book.publish("2026-11", holder="one", run_id="r1", messages=(message(),), now=NOW)
    ledger.store.db.execute("VACUUM INTO ?", [str(copy)])
    ledger.close()
    copy.chmod(0o600)

    restored = SqliteLedger(copy)
    book = SqlitePushBook(restored.store)

    assert (first, book.recognise(NOW, mark=0), book.recognise(NOW, mark=0)) == (None, ("2026-11",), None)
    assert book.pushes()[0].state is PushState.GIVEN_UP
    assert SqliteOutbox(restored.store).waiting() == ()
    assert SqliteOutbox(restored.store).batch("push:2026-11")[0].state is MessageState.UNDELIVERABLE
    restored.close()
