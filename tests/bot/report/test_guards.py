from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.report.guards import Guards, Pinged, guard_lines, guards_json, month_line
from core.due.period import Period
from core.due.push import Push, PushState

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 12, 1, 7, 2, tzinfo=UTC)


def guards(**changed: Any) -> Guards:
    values: dict[str, Any] = {
        "heartbeat": True,
        "pings": (),
        "watch_at": time(18, 30),
        "watched_day": date(2026, 11, 30),
        "failures": 0,
        "failing_since": None,
        "reason": "",
    }
    return Guards(**values | changed)


def test_the_last_pings_stand_newest_first_and_a_failed_one_says_why() -> None:
    pings = (
        Pinged(kind="start", at=AT, failure=""),
        Pinged(kind="success", at=AT.replace(minute=9), failure="answered 404"),
    )

    heartbeat, watch = guard_lines(guards(pings=pings), PARIS)

    assert heartbeat == "Heartbeat: success 1 Dec 08:09 FAILED (answered 404) · start 1 Dec 08:02"
    assert watch == "Daily watch: at 18:30, last read 30 Nov 2026"


def test_a_failing_watch_is_counted_with_its_reason() -> None:
    _heartbeat, watch = guard_lines(
        guards(failures=3, failing_since=AT, reason="SEC answered 403.", watched_day=None), PARIS
    )

    assert watch == "Daily watch: 3 failures since 1 Dec 08:02 (SEC answered 403), last read not yet"


def test_what_is_off_or_silent_says_so() -> None:
    assert guard_lines(guards(heartbeat=False, watch_at=None), PARIS) == (
        "Heartbeat: off (HEARTBEAT_URL is not set)",
        "Daily watch: off",
    )
    assert guard_lines(guards(), PARIS)[0] == "Heartbeat: set, nothing sent yet"


def test_as_data_what_is_not_there_is_null() -> None:
    data = guards_json(guards(pings=(Pinged(kind="fail", at=AT, failure=""),), watched_day=None))

    assert data["heartbeat"]["pings"]["fail"] == {"at": "2026-12-01T07:02:00+00:00", "failure": None}
    assert data["watch"]["last_day"] is None
    assert data["watch"]["reason"] is None
    assert data["month"] is None
    assert data["overdue"] is None


def month(state: PushState, **changed: Any) -> Push:
    values: dict[str, Any] = {
        "period": "2026-12",
        "due": AT,
        "state": state,
        "holder": "one",
        "lease": AT,
        "run_id": "",
        "tries": 2,
        "paid": 0,
        "next_try": AT.replace(hour=9),
        "reason": "SEC answered 403.",
    }
    return Push(**values | changed)


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (PushState.CLAIMED, "Report for Dec 2026: begun, not finished yet (due 1 Dec 08:02)"),
        (PushState.DELIVERING, "Report for Dec 2026: made, on its way to the chat (due 1 Dec 08:02)"),
        (PushState.DELIVERED, "Report for Dec 2026: delivered (due 1 Dec 08:02)"),
        (
            PushState.FAILED,
            "NO REPORT FOR Dec 2026 YET (due 1 Dec 08:02, 2 failures): SEC answered 403. "
            "Next try 1 Dec 10:02; /analyze makes one now.",
        ),
        (
            PushState.GIVEN_UP,
            "NO REPORT FOR Dec 2026 (given up, due 1 Dec 08:02): SEC answered 403. /analyze makes one now.",
        ),
        (
            PushState.UNDELIVERABLE,
            "NO REPORT FOR Dec 2026 (undeliverable, due 1 Dec 08:02): SEC answered 403. "
            "/analyze makes one now.",
        ),
        (
            PushState.MISSED,
            "NO REPORT FOR Dec 2026 (missed, due 1 Dec 08:02): SEC answered 403. /analyze makes one now.",
        ),
    ],
)
def test_each_state_of_the_month_says_how_it_stands(state: PushState, line: str) -> None:
    assert month_line(guards(month=month(state)), PARIS) == line


def test_a_month_that_nobody_has_begun_is_overdue_and_stands_before_the_delivered_one() -> None:
    late = guards(month=month(PushState.DELIVERED, period="2026-11"), overdue=Period(id="2026-12", due=AT))

    assert month_line(late, PARIS) == (
        "REPORT FOR Dec 2026 OVERDUE (due 1 Dec 08:02) and not begun: the bot makes it as soon as it runs."
    )
    assert guards_json(late)["overdue"] == "2026-12"
    assert guards_json(late)["month"]["state"] == "delivered"


def test_the_next_try_is_said_only_where_there_is_one() -> None:
    failed, over = (
        guards_json(guards(month=month(state)))["month"] for state in (PushState.FAILED, PushState.GIVEN_UP)
    )

    assert failed["next_try"] == "2026-12-01T09:02:00+00:00"
    assert over["next_try"] is None
    assert (over["failures"], over["reason"]) == (2, "SEC answered 403.")
