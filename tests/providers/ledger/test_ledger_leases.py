"""One run, one owner: a lease that stands is not taken, one that has ended is, and a stale write is refused
however late."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.base.errors import LeaseLost, LedgerFailed, NotFound
from core.due.message import Errand
from core.run import Lease
from providers.ledger.leases import LONGEST
from providers.ledger.sqlite import SqliteLedger
from tests.providers.ledger import samples

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
UNTIL = NOW + timedelta(seconds=60)
ERRAND = Errand(id="update:7", chat_id=42, about="AAPL")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def first(ledger: SqliteLedger) -> Lease:
    return ledger.open_run(samples.opening(), holder="one", until=UNTIL, errand="update:7")


def test_a_lease_that_stands_is_nobody_elses_and_one_that_has_ended_is_the_next_ones(
    ledger: SqliteLedger, first: Lease
) -> None:
    with pytest.raises(LeaseLost, match="is being made by one"):
        ledger.take("r1", holder="two", now=UNTIL - timedelta(microseconds=1), until=UNTIL)
    after = ledger.take("r1", holder="two", now=UNTIL, until=UNTIL + timedelta(seconds=60))

    assert after == Lease(
        run_id="r1", holder="two", fence=2, until=UNTIL + timedelta(seconds=60), errand="update:7"
    )
    assert ledger.lease("r1") == after


def test_who_was_taken_over_writes_nothing_more(ledger: SqliteLedger, first: Lease) -> None:
    ledger.store_answer(first, samples.answer(0))
    second = ledger.take("r1", holder="two", now=UNTIL, until=UNTIL)
    assert second is not None

    writes: tuple[Callable[[], object], ...] = (
        lambda: ledger.store_answer(first, samples.answer(1)),
        lambda: ledger.close_run(first, samples.closing()),
        lambda: ledger.renew(first, until=UNTIL + timedelta(days=1)),
    )
    for write in writes:
        with pytest.raises(LeaseLost, match="taken over by two"):
            write()
    ledger.store_answer(second, samples.answer(2))

    assert [answer.index for answer in ledger.run("r1").answers] == [0, 2]


def test_a_lease_is_kept_by_renewing_it_and_ends_early_when_it_is_given_back(
    ledger: SqliteLedger, first: Lease
) -> None:
    ledger.renew(first, until=UNTIL + timedelta(seconds=60))
    with pytest.raises(LeaseLost, match="is being made by one"):
        ledger.take("r1", holder="two", now=UNTIL, until=UNTIL)
    ledger.renew(first, until=NOW)
    given_back = ledger.take("r1", holder="two", now=NOW, until=UNTIL)

    assert given_back is not None


def test_a_lease_of_a_clock_that_was_ahead_may_be_taken(ledger: SqliteLedger, first: Lease) -> None:
    ledger.renew(first, until=NOW + LONGEST)
    with pytest.raises(LeaseLost, match="is being made by one"):
        ledger.take("r1", holder="two", now=NOW, until=UNTIL)
    ledger.renew(first, until=NOW + LONGEST + timedelta(seconds=1))
    beyond = ledger.take("r1", holder="two", now=NOW, until=UNTIL)

    assert beyond is not None


def test_a_closed_run_cannot_be_taken_and_one_that_is_not_there_is_not_found(
    ledger: SqliteLedger, first: Lease
) -> None:
    ledger.close_run(first, samples.closing())

    assert ledger.take("r1", holder="two", now=UNTIL, until=UNTIL) is None
    with pytest.raises(NotFound):
        ledger.take("r2", holder="two", now=UNTIL, until=UNTIL)
    assert ledger.lease("r2") is None


def test_a_run_of_an_older_version_has_no_lease_and_anyone_may_take_it(
    ledger: SqliteLedger, first: Lease
) -> None:
    ledger.store.write(lambda db: db.execute("DELETE FROM leases"))

    taken = ledger.take("r1", holder="two", now=NOW, until=UNTIL)

    assert taken is not None
    assert (taken.fence, taken.errand) == (1, "")


def test_what_is_written_as_one_is_there_whole_or_not_at_all(ledger: SqliteLedger, first: Lease) -> None:
    def half() -> None:
        with ledger.as_one():
            ledger.close_run(first, samples.closing())
            ledger.errands.begin(ERRAND, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    nothing = (ledger.runs()[0].state.value, ledger.errands.under_way())

    with ledger.as_one(), ledger.as_one():
        ledger.close_run(first, samples.closing())
        ledger.errands.begin(ERRAND, now=NOW)

    assert nothing == ("open", ())
    assert (ledger.runs()[0].state.value, ledger.errands.under_way()) == ("done", (ERRAND,))


def test_an_errand_is_begun_once_and_is_under_way_until_it_ends(ledger: SqliteLedger) -> None:
    begun = [ledger.errands.begin(ERRAND, now=NOW) for _ in range(2)]
    under_way = ledger.errands.under_way()
    ledger.errands.end(ERRAND.id, "done")

    assert begun == [True, False]
    assert under_way == (ERRAND,)
    assert ledger.errands.under_way() == ()


def test_a_change_happens_once_and_is_answered_with_what_was_done(ledger: SqliteLedger) -> None:
    done: list[str] = []

    def change() -> str:
        done.append("changed")
        ledger.notes.write_note("x", str(len(done)), now=NOW)
        return f"changed {len(done)}"

    said = [ledger.errands.once(ERRAND, change, now=NOW) for _ in range(3)]

    assert said == ["changed 1"] * 3
    assert ledger.notes.note("x") == "1"


def test_a_change_that_fails_is_not_remembered_as_done(ledger: SqliteLedger) -> None:
    def broken() -> str:
        ledger.notes.write_note("x", "half", now=NOW)
        raise LedgerFailed("no")

    with pytest.raises(LedgerFailed):
        ledger.errands.once(ERRAND, broken, now=NOW)

    assert ledger.notes.note("x") is None
    assert ledger.errands.once(ERRAND, lambda: "done now", now=NOW) == "done now"


def test_errands_that_ended_are_forgotten_when_telegram_has_forgotten_them_and_others_never(
    ledger: SqliteLedger,
) -> None:
    ledger.errands.once(Errand(id="old", chat_id=1), lambda: "done", now=NOW - timedelta(days=3, seconds=1))
    ledger.errands.once(Errand(id="newer", chat_id=1), lambda: "done", now=NOW - timedelta(days=3))
    ledger.errands.begin(Errand(id="open", chat_id=1), now=NOW - timedelta(days=9))

    ledger.errands.begin(ERRAND, now=NOW)

    again = {
        name: ledger.errands.begin(Errand(id=name, chat_id=1), now=NOW) for name in ("old", "newer", "open")
    }
    assert again == {"old": True, "newer": False, "open": False}
