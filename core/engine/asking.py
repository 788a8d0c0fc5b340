"""Steps five to eight of the walk: open the run, ask N times, vote, close. Whatever happens is in the ledger
afterwards.

Decisions: the run is opened, and leased to this process, before any money is spent; every later write is held
against that lease, and whoever lost it stops without a word. Closing a run and writing down what it is to say
is one transaction. A jury without quorum is closed as such and then raised, so that it can be read. A
cancelled run is closed with what it cost, unless the house is parking: then it stays open, and is gone on
with only while everything that it was made with is unchanged.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar, cast

from core.base.errors import LeaseLost, LedgerFailed, QuorumNotMet
from core.base.gap import Gap
from core.base.progress import Sink
from core.engine.closing import closing_of, evidence
from core.engine.cost import at_least, check_limits, priced
from core.engine.stamping import BATCH_LASTS, Question, stamp_of, tier_of
from core.engine.terms import BATCH, Doors, Terms
from core.jury.ballot import Answer
from core.jury.sampler import Bounds, Sitting
from core.jury.tally import tally_jury
from core.jury.verdict import StabilityMap
from core.jury.waves import Size, next_size
from core.run import Closing, Lease, Opening, Run, RunState

ENDED_EARLY = "{asked} of at most {most} ballots were asked: no call was expected to change with more."
# A run whose holder said nothing for this long may be taken over. Renewed four times in it.
LEASE = timedelta(seconds=60)
RENEW_S = 15.0

T = TypeVar("T")
# Prepares what a run that is about to be closed has to say, and gives what writes it down, beside the
# closing.
Publish = Callable[[Run], Awaitable[Callable[[], None]]]


async def unsaid(_: Run) -> Callable[[], None]:
    """For callers that show the run themselves."""
    return lambda: None


def open_run(
    doors: Doors, terms: Terms, question: Question, *, errand: str = ""
) -> tuple[Opening, Lease, tuple[str, ...]]:
    """Checks the cost limits and writes the opening; with it, what a reader must know about the limits.
    Raises BadRequest when a limit forbids the run, LedgerFailed."""
    expected = priced(doors, terms, question.brief, question.ballots, tier_of(doors, terms, question))
    remarks = check_limits(doors, terms, expected, question.purpose)
    now = doors.clock.now()
    opening = Opening(
        id=question.id or doors.new_id(now),
        purpose=question.purpose,
        opened=now,
        period=question.period,
        parent=question.parent,
        stamp=stamp_of(doors, terms, question),
        snapshot=question.snapshot,
        brief=question.brief,
        estimate_usd=expected,
    )
    lease = doors.ledger.open_run(opening, holder=doors.holder, until=now + LEASE, errand=errand)
    return opening, lease, remarks


async def unbroken(work: Callable[[], T]) -> T:
    """What `work` gives, done in a thread. A cancellation meanwhile comes after it: a thread cannot be
    stopped, and what it has opened must not be lost."""
    working, cancelled = asyncio.ensure_future(asyncio.to_thread(work)), False
    while not working.done():
        try:
            await asyncio.wait({working})
        except asyncio.CancelledError:
            cancelled = True
    if cancelled and (task := asyncio.current_task()) is not None:
        task.cancel()
    return working.result()


async def sit(
    doors: Doors,
    terms: Terms,
    opening: Opening,
    lease: Lease,
    progress: Sink,
    *,
    parking: asyncio.Event,
    publish: Publish = unsaid,
    already: tuple[Answer, ...] = (),
    remarks: tuple[str, ...] = (),
) -> Run:
    """Asks, votes and closes. Raises QuorumNotMet after the run was closed, LeaseLost when another process
    took it; a cancellation goes on after the books are done."""
    begun = doors.clock.now()
    answers: list[Answer] = list(already)

    def keep(answer: Answer) -> None:
        doors.ledger.store_answer(lease, answer)
        answers.append(answer)

    def may_spend(so_far: tuple[Answer, ...]) -> bool:
        # A model without a bill is never stopped, not even by a limit of zero.
        spent = at_least(doors, terms, so_far)
        return spent == 0 or spent < terms.max_cost_usd

    stamp = opening.stamp
    model, bounds = doors.model, Bounds(concurrency=terms.concurrency, deadline_s=terms.deadline_s)
    if stamp.tier == BATCH and not isinstance(doors.batches, Gap):
        model = doors.batches.sitting(opening.id)
        # From its beginning, not from a restart: what it takes is bounded once.
        left = max((opening.opened + BATCH_LASTS - begun).total_seconds(), terms.deadline_s)
        bounds = Bounds(concurrency=stamp.asked, deadline_s=left, warm_s=0.0)
    size = Size(least=stamp.asked if isinstance(stamp.least, Gap) else stamp.least, most=stamp.asked)
    asked, wanted = 0, size.least

    async def close(outcome: StabilityMap | Gap, state: RunState) -> Run:
        in_order = tuple(sorted(answers, key=lambda answer: (answer.index, answer.attempt)))
        early = isinstance(outcome, StabilityMap) and asked < size.most
        said = (*remarks, ENDED_EARLY.format(asked=asked, most=size.most)) if early else remarks
        closing = closing_of(doors, terms, opening, in_order, begun, outcome, state, said)
        run = Run(opening=opening, answers=in_order, closing=closing)
        await _close(doors, lease, run, closing, publish)
        return run

    try:
        async with _renewed(doors, lease):
            # A cancellation that came while the run was opened is heard before anyone is asked.
            await asyncio.sleep(0)
            # What is asked next follows from the stored answers alone, so a resumed jury goes on as it would
            # have.
            while asked < wanted:
                asked = wanted
                await Sitting(
                    model=model,
                    brief=opening.brief,
                    asked=asked,
                    bounds=bounds,
                    store=keep,
                    progress=progress,
                    may_spend=may_spend,
                    jitter=doors.jitter,
                    sleep=doors.sleep,
                    already=tuple(answers),
                ).answers()
                wanted = next_size(answers, opening.brief, size, asked)
                # Another day for two more ballots would be long: what a first batch leaves open is asked at
                # once.
                model = doors.model
                bounds = Bounds(concurrency=terms.concurrency, deadline_s=terms.deadline_s)
            in_order = tuple(sorted(answers, key=lambda answer: (answer.index, answer.attempt)))
            stability = tally_jury(in_order, opening.brief, evidence(opening.snapshot), asked=asked)
            enough = stability.valid >= stability.quorum
            run = await close(stability, RunState.DONE if enough else RunState.NO_QUORUM)
    except asyncio.CancelledError:
        if parking.is_set():
            doors.ledger.renew(lease, until=doors.clock.now())
        else:
            await close(Gap(gap="cancelled by the owner"), RunState.CANCELLED)
            await _give_up_batch(doors, opening)
        raise
    if isinstance(run.closing, Closing) and run.closing.state is RunState.NO_QUORUM:
        raise QuorumNotMet(
            str(run.closing.failure), valid=stability.valid, asked=stability.asked, run_id=opening.id
        )
    return run


@asynccontextmanager
async def _renewed(doors: Doors, lease: Lease) -> AsyncIterator[None]:
    """Keeps the lease while the body runs. Where another process took the run, ends it with LeaseLost."""
    body, lost = cast("asyncio.Task[object]", asyncio.current_task()), False

    async def renew() -> None:
        nonlocal lost
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                doors.ledger.renew(lease, until=doors.clock.now() + LEASE)
            except LedgerFailed:
                continue  # another writer's lock may pass; a broken ledger is said by the next answer's write
            except LeaseLost:
                lost = True
                body.cancel()
                return

    renewing = asyncio.create_task(renew(), name=f"lease of {lease.run_id}")
    try:
        yield
    except asyncio.CancelledError:
        if not lost:
            raise
        body.uncancel()
        raise LeaseLost(f"The run {lease.run_id} was taken over by another process.") from None
    finally:
        renewing.cancel()


async def abandon(
    doors: Doors, terms: Terms, run: Run, lease: Lease, reason: str, publish: Publish = unsaid
) -> Run:
    """Closes an open run that nobody goes on with, as failed with its reason and what it cost."""
    outcome = Gap(gap=f"given up: {reason}")
    now = doors.clock.now()
    closing = closing_of(doors, terms, run.opening, run.answers, now, outcome, RunState.FAILED, ())
    ended = Run(opening=run.opening, answers=run.answers, closing=closing)
    await _close(doors, lease, ended, closing, publish)
    await _give_up_batch(doors, run.opening)
    return ended


async def _give_up_batch(doors: Doors, opening: Opening) -> None:
    """Ends the batch of a run that was closed early, so that it costs no more."""
    if opening.stamp.tier == BATCH and not isinstance(doors.batches, Gap):
        await doors.batches.give_up(opening.id)


async def _close(doors: Doors, lease: Lease, run: Run, closing: Closing, publish: Publish) -> None:
    """The closing, and what is to be said of it, in one transaction."""
    write = await publish(run)
    with doors.ledger.as_one():
        doors.ledger.close_run(lease, closing)
        write()
