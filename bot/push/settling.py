"""What became of the months that were delivered, and what the heartbeat hears of it."""

import logging
from datetime import timedelta

from bot.push.desk import Plan, PushDesk, next_report, report_batch
from bot.push.heartbeat import Ping
from core.due.message import MessageState
from core.due.period import due_period
from core.due.push import PushState

log = logging.getLogger(__name__)

ALIVE_EVERY = timedelta(days=1)


def settle(desk: PushDesk) -> None:
    """Months whose messages are all on the screen are finished. One whose chat takes nothing is
    undeliverable, until somebody is there again and its messages went out after all."""
    for push in desk.book.pushes():
        if push.state not in (PushState.DELIVERING, PushState.UNDELIVERABLE):
            continue
        rows = desk.outbox.batch(report_batch(push.period))
        if any(row.state in (MessageState.QUEUED, MessageState.PLACED) for row in rows):
            continue
        lost = [row for row in rows if row.state is not MessageState.SENT]
        if push.state is PushState.UNDELIVERABLE and (lost or not rows):
            continue
        if rows and not lost:
            desk.heartbeat.owe(Ping.SUCCESS, f"the report of {push.period} was delivered")
            desk.book.finish(push.period, state=PushState.DELIVERED, reason="")
        else:
            reason = lost[0].reason if lost else "the report had no message"
            log.error("The report of %s could not be delivered: %s", push.period, reason)
            desk.heartbeat.owe(Ping.FAIL, f"the report of {push.period} is undeliverable: {reason}")
            desk.book.finish(push.period, state=PushState.UNDELIVERABLE, reason=reason)


async def say_alive(desk: PushDesk, plan: Plan) -> None:
    """Once a day, and only while Telegram is heard; the schedule works, for it says this. While a month
    stands failed or undeliverable it says fail, and while its report is on the way nothing: no process that
    is alive and useless silences the alarm."""
    now = desk.clock.now()
    said = [last for last in map(desk.heartbeat.last, (Ping.ALIVE, Ping.FAIL)) if last is not None]
    fresh = any(timedelta(0) <= now - at < ALIVE_EVERY and not failure for at, failure in said)
    if fresh or not desk.hears():
        return
    current = due_period(now, plan.zone, plan.day, plan.at)
    push = desk.book.push(current.id)
    body = f"next report {next_report(desk.book, plan, now).due.isoformat()}"
    state = None if push is None else push.state
    if state in (PushState.FAILED, PushState.UNDELIVERABLE):
        await desk.heartbeat.ping(Ping.FAIL, f"the report of {current.id} is {state}; {body}")
    elif state is not PushState.DELIVERING:
        await desk.heartbeat.ping(Ping.ALIVE, f"alive; {body}")
