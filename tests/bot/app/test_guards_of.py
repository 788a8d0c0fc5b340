"""What `/status` reads from the ledger: the newest month, and one that is due and that nobody has begun."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.desk import guards_of
from bot.settings import Settings
from core.due.period import Period
from core.due.push import PushState
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.sqlite import SqliteLedger

DUE = datetime(2026, 11, 1, 8, tzinfo=UTC)
SETTINGS = Settings(push_day=1, timezone="UTC")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def test_a_ledger_that_keeps_no_schedule_yet_owes_nothing_and_none_is_begun_by_looking(
    ledger: SqliteLedger,
) -> None:
    seen = guards_of(SETTINGS, ledger, now=DUE + timedelta(days=40))

    assert (seen.month, seen.overdue) == (None, None)
    assert guards_of(SETTINGS, ledger, now=DUE + timedelta(days=80)).overdue is None


def test_a_due_month_is_overdue_until_somebody_begins_it(ledger: SqliteLedger) -> None:
    book = SqlitePushBook(ledger.store)
    book.since(DUE - timedelta(days=3))

    before = guards_of(SETTINGS, ledger, now=DUE - timedelta(minutes=1))
    after = guards_of(SETTINGS, ledger, now=DUE + timedelta(hours=6))
    book.claim(Period(id="2026-11", due=DUE), holder="one", now=DUE, until=DUE + timedelta(minutes=5))
    begun = guards_of(SETTINGS, ledger, now=DUE + timedelta(hours=6))

    assert before.overdue is None
    assert after.overdue == Period(id="2026-11", due=DUE)
    assert begun.overdue is None
    assert begun.month is not None
    assert begun.month.state is PushState.CLAIMED
