"""What guards the monthly report, for `/status`: the heartbeat's last pings, and how the daily watch stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from bot.texts import chat as texts
from bot.views import figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged:
    """One kind of ping, when it was last said, and what went wrong (blank: nothing)."""

    kind: str
    at: datetime
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """`heartbeat` tells whether an address is set. `watch_at` is None when the watch is off; `watched_day` is the last day
    that was read whole (None: none yet); `failures` counts since then."""

    heartbeat: bool
    pings: tuple[Pinged, ...]
    watch_at: time | None
    watched_day: date | None
    failures: int
    failing_since: datetime | None
    reason: str


def guard_lines(guards: Guards, zone: tzinfo) -> tuple[str, str]:
    """One plain line on the heartbeat, one on the watch."""
    return _heartbeat(guards, zone), _watch(guards, zone)


def guards_json(guards: Guards) -> dict[str, Any]:
    """The same as data; unknown is null."""
    return {
        "heartbeat": {
            "set": guards.heartbeat,
            "pings": {
                ping.kind: {"at": ping.at.isoformat(), "failure": ping.failure or None}
                for ping in guards.pings
            },
        },
        "watch": {
            "on": guards.watch_at is not None,
            "last_day": None if guards.watched_day is None else guards.watched_day.isoformat(),
            "failures": guards.failures,
            "failing_since": None if guards.failing_since is None else guards.failing_since.isoformat(),
            "reason": guards.reason or None,
        },
    }


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
