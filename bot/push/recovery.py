"""After a restart: what people had asked for is finished and delivered to them, once; what nobody waits for
is closed.

Decisions. A run younger than a day is resumed, if everything it was made with is unchanged: what was paid is
kept and only its missing ballots are asked. Else it is closed with what it cost, and that is said. A run that
nobody at a chat asked for (a command line that was killed) is closed without a word once its lease has ended;
a jury of a plan waits for its plan. Pushes are the reconciler's.
"""

import logging

from bot.push import words
from bot.push.desk import Plan, PushDesk
from core.base.errors import CondorcetError, LeaseLost, LedgerFailed, QuorumNotMet
from core.due.message import Errand
from core.engine.stamping import PLAN
from core.run import Purpose, RunState, RunSummary

log = logging.getLogger(__name__)


async def recover(desk: PushDesk, plan: Plan, interrupted: tuple[Errand, ...]) -> None:
    """Takes up what was under way when this process began. Raises LedgerFailed; the rest is said."""
    if not interrupted:
        return
    # The place first: two paid runs would spend side by side.
    async with desk.place(words.TAKEN_UP):
        for errand in interrupted:
            run = _open_run(desk, errand)
            try:
                if run is None:
                    desk.results.fail(errand, words.block(words.lost_before_it_began()))
                else:
                    await _finish(desk, plan, errand, run)
            except LedgerFailed:
                raise
            except (QuorumNotMet, LeaseLost) as error:
                log.info("%s", error)  # said beside the closing, or by the process that has it
            except CondorcetError as error:
                desk.results.fail(errand, words.block(words.interrupted(str(error))))


async def _finish(desk: PushDesk, plan: Plan, errand: Errand, run: RunSummary) -> None:
    log.info("The interrupted run %s is taken up again.", run.id)
    await desk.engine.resume(
        run.id, publish=desk.results.publish(errand, words.resumed(run.opened, plan.zone))
    )


def _open_run(desk: PushDesk, errand: Errand) -> RunSummary | None:
    for row in desk.engine.ledger.runs(limit=50):
        if row.state is RunState.OPEN:
            lease = desk.engine.ledger.lease(row.id)
            if lease is not None and lease.errand == errand.id:
                return row
    return None


async def sweep(desk: PushDesk) -> None:
    """Closes open runs that nobody is making and nobody waits for."""
    ledger = desk.engine.ledger
    waited_for = {errand.id for errand in desk.errands.under_way()}
    for row in ledger.runs(limit=50):
        if row.state is not RunState.OPEN or row.purpose is Purpose.PUSH:
            continue
        lease = ledger.lease(row.id)
        if lease is not None and (lease.errand in waited_for or lease.errand == PLAN):
            continue
        try:
            await desk.engine.abandon(row.id, "interrupted, and nobody at a chat waits for it")
            log.warning("The run %s was interrupted and is closed with what it cost.", row.id)
        except LeaseLost:
            continue  # its process is at work
