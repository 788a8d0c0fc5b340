"""What the schedule says by itself: failures, missed months, the restored ledger. Escaped HTML and the same
in plain words."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape

from core.due.message import Message, MessageKind
from core.due.period import Period
from core.due.push import Push

ANALYZE = (("Analyze now", "analyze"),)
# Stands alone if the process dies before the edit: it claims nothing that a later message would have to take
# back.
PLACEHOLDER = "About the monthly report"
TAKEN_UP = "A report that a restart interrupted is being finished and arrives by itself; it is not cancelled."
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month(period: str) -> str:
    """ "2026-11" as November 2026."""
    year, number = period.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def moment(at: datetime, zone: tzinfo) -> str:
    """ "22 Dec 08:00" in the owner's zone."""
    local = at.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local:%H:%M}"


def making(period: str) -> str:
    return (
        f"The report for {month(period)} is being made and will arrive here by itself; it is not cancelled. "
        f"Ask again when it is there; what costs nothing works meanwhile."
    )


def late(period: Period, zone: tzinfo) -> str:
    return f"Late: this report was due on {moment(period.due, zone)}."


def failed(
    push: Push, reason: str, *, now: datetime, next_try: datetime | None, zone: tzinfo
) -> tuple[str, ...]:
    """What failed, since when, what will be tried and when, and the command to run."""
    tries = push.tries + 1
    since = f"Due since {moment(push.due, zone)}; {_times(tries)} tried, last on {moment(now, zone)}."
    if next_try is None:
        return (
            f"No report for {month(push.period)}",
            reason,
            since,
            "Nothing more will be tried by itself for this month. /analyze makes a report when you want one.",
        )
    return (
        f"No report for {month(push.period)} yet",
        reason,
        since,
        f"Next try: {moment(next_try, zone)}. /analyze tries at once.",
    )


def came_after_failures(push: Push, *, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Replaces the failure message once the report is there."""
    return (
        f"The report for {month(push.period)} was made on {moment(now, zone)}",
        f"It had failed {_times(push.tries)}, last because: {push.reason}",
    )


def missed(periods: Sequence[Period], window: timedelta) -> tuple[str, ...]:
    months = ", ".join(month(period.id) for period in periods)
    return (
        f"Skipped: the report for {months}",
        f"The bot was not running when it was due, and came back more than {window.days} days later or in a "
        f"later month.",
        "/analyze makes a report now.",
    )


def restored(periods: Sequence[str]) -> tuple[str, ...]:
    months = ", ".join(month(period) for period in periods)
    return (
        "An older copy of the ledger is in use",
        f"It does not know whether the report for {months} was sent, so none is sent again.",
        "If you want one, press the button or send /analyze.",
    )


def lost_before_it_began() -> tuple[str, ...]:
    return (
        "What you asked for was interrupted by a restart before it began",
        "Nothing was spent. Ask again with /analyze or /variance.",
    )


def block(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines as one block of markup; the first is its heading."""
    head, *rest = lines
    return (
        "\n".join([f"<b>{escape(head, quote=False)}</b>", *(escape(line, quote=False) for line in rest)]),
    )


def resumed(opened: datetime, zone: tzinfo) -> str:
    return f"Asked for on {moment(opened, zone)}, interrupted by a restart."


def interrupted(reason: str) -> tuple[str, ...]:
    return ("What you asked for was interrupted and could not be finished", reason)


def ledger_failed(reason: str) -> str:
    return (
        f"The ledger failed, so nothing can be remembered and no report is made: {reason} "
        f"This message is sent once a day until it works again."
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def loud(key: str, batch: str, chat_id: int, lines: tuple[str, ...], *, button: bool = True) -> Message:
    """A message with a sound; the first line is its heading."""
    return Message(
        key=key,
        batch=batch,
        position=0,
        chat_id=chat_id,
        kind=MessageKind.TEXT,
        placeholder=PLACEHOLDER,
        html=block(lines)[0],
        plain="\n".join(lines),
        buttons=(ANALYZE,) if button else (),
        silent=False,
    )
