"""What guards the monthly report, for `/status`: how the last month stands, the heartbeat's last pings, the
daily watch."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from bot.report import figures
from bot.report.report_json import to_json
from bot.texts import chat as texts
from core.due.period import Period
from core.due.push import Push, PushState


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged:
    """One kind of ping, when it was last said, and what went wrong (blank: nothing)."""

    kind: str
    at: datetime
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """`heartbeat` tells whether an address is set. `watch_at` is None when the watch is off; `watched_day` is
    the last day that was read whole (None: none yet); `failures` counts since then. `month` is the newest
    month that was begun or skipped, `overdue` a later one that is due (None: none)."""

    heartbeat: bool
    pings: tuple[Pinged, ...]
    watch_at: time | None
    watched_day: date | None
    failures: int
    failing_since: datetime | None
    reason: str
    month: Push | None = None
    overdue: Period | None = None


def month_line(guards: Guards, zone: tzinfo) -> str:
    """How the newest month stands, and when it failed, why and what will be tried. Plain text."""
    if guards.overdue is not None:
        due = figures.moment(guards.overdue.due, zone)
        return texts.MONTH_OVERDUE.format(month=_month(guards.overdue.id), due=due)
    push = guards.month
    if push is None:
        return texts.STATUS_LAST_PUSH_NONE
    return MONTH_LINES[push.state].format(
        month=_month(push.period),
        due=figures.moment(push.due, zone),
        state=push.state.value,
        tries=figures.counted(push.tries, texts.MONTH_TRIES),
        reason=push.reason,
        next_try=figures.moment(push.next_try, zone),
    )


def _month(period: str) -> str:
    year, number = period.split("-")
    return f"{figures.month(int(number))} {year}"


MONTH_LINES = {
    PushState.CLAIMED: texts.MONTH_MAKING,
    PushState.DELIVERING: texts.MONTH_SENDING,
    PushState.DELIVERED: texts.MONTH_DELIVERED,
    PushState.FAILED: texts.MONTH_AGAIN,
    PushState.GIVEN_UP: texts.MONTH_NONE,
    PushState.MISSED: texts.MONTH_NONE,
    PushState.UNDELIVERABLE: texts.MONTH_NONE,
}


def guard_lines(guards: Guards, zone: tzinfo) -> tuple[str, str]:
    """One plain line on the heartbeat, one on the watch."""
    return _heartbeat(guards, zone), _watch(guards, zone)


def guards_json(guards: Guards) -> dict[str, Any]:
    """The same as data; unknown is null."""
    month = guards.month
    newest = month and {
        "period": month.period,
        "due": month.due,
        "state": month.state,
        "failures": month.tries,
        "reason": month.reason or None,
        "next_try": month.next_try if month.state is PushState.FAILED else None,
    }
    pings = {ping.kind: {"at": ping.at, "failure": ping.failure or None} for ping in guards.pings}
    watch = {
        "on": guards.watch_at is not None,
        "last_day": guards.watched_day,
        "failures": guards.failures,
        "failing_since": guards.failing_since,
        "reason": guards.reason or None,
    }
    data: dict[str, Any] = to_json(
        {
            "overdue": guards.overdue and guards.overdue.id,
            "month": newest,
            "heartbeat": {"set": guards.heartbeat, "pings": pings},
            "watch": watch,
        }
    )
    return data


def _heartbeat(guards: Guards, zone: tzinfo) -> str:
    if not guards.heartbeat:
        return texts.HEARTBEAT_OFF
    if not guards.pings:
        return texts.HEARTBEAT_SILENT
    said = [
        (texts.PING_FAILED if ping.failure else texts.PING).format(
            kind=ping.kind, moment=figures.moment(ping.at, zone), failure=ping.failure
        )
        for ping in sorted(guards.pings, key=lambda one: one.at, reverse=True)
    ]
    return texts.HEARTBEAT.format(pings=" · ".join(said))


def _watch(guards: Guards, zone: tzinfo) -> str:
    if guards.watch_at is None:
        return texts.WATCH_OFF
    read = texts.WATCH_NONE if guards.watched_day is None else figures.day(guards.watched_day)
    if guards.failing_since is None:
        return texts.WATCH.format(at=f"{guards.watch_at:%H:%M}", read=read)
    return texts.WATCH_FAILING.format(
        count=figures.counted(guards.failures, texts.WATCH_FAILURES),
        moment=figures.moment(guards.failing_since, zone),
        reason=guards.reason.rstrip("."),
        read=read,
    )
