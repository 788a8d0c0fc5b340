from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.views.guards import Guards, Pinged, guard_lines, guards_json

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 12, 1, 7, 2, tzinfo=UTC)


def guards(**changed):
    values = {
        "heartbeat": True,
        "pings": (),
        "watch_at": time(18, 30),
        "watched_day": date(2026, 11, 30),
        "failures": 0,
        "failing_since": None,
        "reason": "",
    }
    return Guards(**values | changed)


def test_the_last_pings_stand_newest_first_and_a_failed_one_says_why():
    pings = (
        Pinged(kind="start", at=AT, failure=""),
        Pinged(kind="success", at=AT.replace(minute=9), failure="answered 404"),
    )

    heartbeat, watch = guard_lines(guards(pings=pings), PARIS)

    assert heartbeat == "Heartbeat: success 1 Dec 08:09 FAILED (answered 404) · start 1 Dec 08:02"
    assert watch == "Daily watch: at 18:30, last read 30 Nov 2026"


def test_a_failing_watch_is_counted_with_its_reason():
    _heartbeat, watch = guard_lines(
        guards(failures=3, failing_since=AT, reason="SEC answered 403.", watched_day=None), PARIS
    )

    assert watch == "Daily watch: 3 failures since 1 Dec 08:02 (SEC answered 403), last read not yet"


def test_what_is_off_or_silent_says_so():
    assert guard_lines(guards(heartbeat=False, watch_at=None), PARIS) == (
        "Heartbeat: off (HEARTBEAT_URL is not set)",
        "Daily watch: off",
    )
    assert guard_lines(guards(), PARIS)[0] == "Heartbeat: set, nothing sent yet"


def test_as_data_what_is_not_there_is_null():
    data = guards_json(guards(pings=(Pinged(kind="fail", at=AT, failure=""),), watched_day=None))

    assert data["heartbeat"]["pings"]["fail"] == {"at": "2026-12-01T07:02:00+00:00", "failure": None}
    assert data["watch"]["last_day"] is None
    assert data["watch"]["reason"] is None
