"""After a crash: reports that a person asked for and that were cut off are finished and delivered, once.

Decisions. A report younger than a day is resumed: what was paid is kept and only its missing ballots are asked. An older
one is abandoned, and so is an interrupted laboratory run: nobody waits for it any more. Pushes are the reconciler's.
"""

import asyncio
import logging
from datetime import datetime

from bot.push import words
from bot.push.desk import Plan, PushDesk
from core.base.errors import CondorcetError, LedgerFailed
from core.due.push import FRESH
from core.run import Purpose, Run, RunState, RunSummary

log = logging.getLogger(__name__)


async def recover(desk: PushDesk, plan: Plan, *, next_due: datetime) -> None:
    """Takes up each open run that is no push. Raises LedgerFailed; everything else becomes a message."""
    # The place first: without it, a run that a person began meanwhile would be open too, and be taken for an interrupted one.
    async with desk.place(words.TAKEN_UP):
        await _take_up(desk, plan, next_due)


async def _take_up(desk: PushDesk, plan: Plan, next_due: datetime) -> None:
    for row in desk.engine.ledger.runs(limit=50):
        if row.state is not RunState.OPEN or row.purpose is Purpose.PUSH:
            continue
        if row.purpose is Purpose.REPORT and desk.clock.now() - row.opened <= FRESH:
            await _finish(desk, plan, row, next_due)
        else:
            desk.engine.abandon(row.id, "interrupted by a restart")


async def _finish(desk: PushDesk, plan: Plan, row: RunSummary, next_due: datetime) -> None:
    log.info("The interrupted run %s is taken up again.", row.id)
    batch = f"report:{row.id}"
    try:
        run: Run = await desk.engine.resume(row.id)
    except LedgerFailed:
        raise
    except CondorcetError as error:
        told = words.loud(batch, batch, plan.chat_id, words.interrupted(row.opened, str(error), plan.zone))
        desk.outbox.put((told,), now=desk.clock.now())
        return
    messages = await asyncio.to_thread(
        desk.views.report,
        run,
        batch=batch,
        chat_id=plan.chat_id,
        remarks=(words.resumed(row.opened, plan.zone),),
        next_due=next_due,
    )
    desk.outbox.put(messages, now=desk.clock.now())
