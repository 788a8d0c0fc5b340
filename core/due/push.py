"""The next step of a month's push. Pure: what the ledger remembers and the clock in, one step out.

Decisions. A period is reported at most once and never passed over in silence: every period ends as delivered,
failed with a message, missed with a message, or undeliverable. Retries back off inside the month; those that
cost money are few.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.due.period import Period

# Older than this, a period is skipped with a message: a report of three weeks ago answers no question of
# today.
WINDOW = timedelta(days=20)
# Later than this after its instant, a report says that it is late. Ten minutes is the reconciler's own step.
LATE = timedelta(hours=1)
# A claim not renewed for this long belongs to a process that died. Renewed every minute.
LEASE = timedelta(minutes=5)
# Tries that may have spent money, per period. The fourth identical failure would teach nothing more.
PAID_TRIES = 3
# Wait after the first, second, … failure; the last one repeats. A blip heals in minutes, an outage in hours,
# a key by hand.
WAITS = (
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
)


class PushState(StrEnum):
    """Where a period stands. CLAIMED, DELIVERING and FAILED go on; the others are final, but that an
    UNDELIVERABLE report waits for a sign of life from its chat and is DELIVERED then."""

    CLAIMED = "claimed"
    DELIVERING = "delivering"
    FAILED = "failed"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    GIVEN_UP = "given up"
    MISSED = "missed"


FINAL = frozenset({PushState.DELIVERED, PushState.UNDELIVERABLE, PushState.GIVEN_UP, PushState.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One period in the ledger. `holder` has it until `lease`; `run_id` is empty before a run was finished
    for it.

    `tries` counts failures, `paid` those that may have cost money; `reason` is the last failure's sentence.
    """

    period: str
    due: datetime
    state: PushState
    holder: str
    lease: datetime
    run_id: str
    tries: int
    paid: int
    next_try: datetime
    reason: str


class Step(StrEnum):
    """What to do about a period now."""

    NOTHING = "nothing"
    MAKE = "make"
    DELIVER = "deliver"
    MISS = "miss"
    GIVE_UP = "give up"


def next_step(period: Period, push: Push | None, now: datetime, *, current: bool) -> Step:
    """`current` is false for a period after which another one is already due: it is no longer made."""
    too_old = not current or now - period.due > WINDOW
    if push is None:
        return Step.MISS if too_old else Step.MAKE
    if push.state in FINAL:
        return Step.NOTHING
    if push.state is PushState.DELIVERING:
        return Step.DELIVER
    if push.state is PushState.CLAIMED and now < push.lease:
        return Step.NOTHING
    if too_old or push.paid >= PAID_TRIES:
        return Step.GIVE_UP
    if push.state is PushState.FAILED and now < push.next_try:
        return Step.NOTHING
    return Step.MAKE


def wait_after(tries: int) -> timedelta:
    """How long to wait after the `tries`-th failure (from 1)."""
    return WAITS[min(tries, len(WAITS)) - 1]


def is_late(period: Period, now: datetime) -> bool:
    """Whether a report made now must say that it is late."""
    return now - period.due > LATE
