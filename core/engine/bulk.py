"""Bulk experiments: a plan of snapshots × experiments × ballots, as juries in the ledger. Resumable, bounded,
one by one.

Decisions: a jury's id follows from what it asks (snapshot, brief, experiment, number, model, settings), so a
plan that is run again finds what was asked and asks only what was not; a changed setting is another plan.
Nothing is held but the juries that are under way: a plan of any size takes the memory of a few. The
provider's batch service or one's own cluster is the engine; here is only the list. A jury without one
readable ballot ends the plan, because the next would end the same way.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.base.canonical import digest, dumps
from core.base.errors import BadRequest, LeaseLost, QuorumNotMet
from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Sink
from core.brief.render import render
from core.engine.cost import priced
from core.engine.stamping import Question
from core.engine.terms import Doors, Terms
from core.jury.waves import FEWEST, MOST
from core.laboratory.modes import prepare
from core.run import Closing, Purpose, Run, RunState
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Snapshot

# Signs of a digest that tell all juries of any plan apart.
ID_SIGNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked about each snapshot. RERUN is the unchanged question. `ballots` of each experiment;
    `at_once` juries side by side; `patient` hands them in as batches where MODEL_TIER says so."""

    experiments: tuple[Purpose, ...]
    ballots: int
    budget_usd: Decimal | Gap = NOT_GIVEN
    at_once: int = 1
    patient: bool = True

    @property
    def juries(self) -> tuple[int, ...]:
        """The sizes of the juries: as few and as even as can be. Raises BadRequest under three ballots."""
        if self.ballots < FEWEST:
            raise BadRequest(f"An experiment needs at least {FEWEST} ballots, not {self.ballots}.")
        number = -(-self.ballots // MOST)
        small, rest = divmod(self.ballots, number)
        return tuple(small + (place < rest) for place in range(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One jury of a plan and how it ended. `snapshot_digest` is of the snapshot as it stands in the plan,
    whatever an experiment made of it; `new` is false when an earlier start had finished it."""

    id: str
    purpose: Purpose
    snapshot_digest: str
    ballots: int
    valid: int
    cost_usd: Decimal | Gap
    new: bool


Tell = Callable[[Asked], None]
AskJury = Callable[[Question, Sink], Awaitable[Run]]
Resume = Callable[[str, Sink], Awaitable[Run]]


async def run_plan(
    doors: Doors,
    terms: Terms,
    ask: AskJury,
    resume: Resume,
    plan: Plan,
    snapshots: Iterable[Snapshot],
    tell: Tell,
    progress: Sink,
) -> None:
    """Asks what the plan still lacks; `tell` is called for each jury when it has ended, earlier ones
    included. `snapshots` is read one at a time. Raises BadRequest for a limit or a budget, after what is
    under way has ended."""
    purse = _Purse(doors=doors, terms=terms, plan=plan)
    known = {row.id: row.state for row in doors.ledger.runs(limit=10**9)}

    async def one(frozen: str, question: Question) -> None:
        state = known.get(question.id)
        reserved = Decimal(0)
        try:
            if state is None:
                reserved = purse.reserve(question)
                run = await ask(question, progress)
            elif state is RunState.OPEN:
                run = await _taken_over(doors, resume, question.id, progress)
            else:
                run = doors.ledger.run(question.id)
        except QuorumNotMet as error:
            run = doors.ledger.run(error.run_id)
        asked = _asked(run, frozen, new=state in {None, RunState.OPEN})
        purse.reserved -= reserved
        purse.spent += reserved if isinstance(asked.cost_usd, Gap) else asked.cost_usd
        tell(asked)
        if asked.new and asked.valid == 0 and isinstance(run.closing, Closing):
            raise BadRequest(f"Stopped: not one ballot of the last jury could be read. {run.closing.failure}")

    running: set[asyncio.Task[None]] = set()
    try:
        for frozen, question in questions(doors, terms, plan, snapshots):
            while len(running) >= plan.at_once:
                running = await _some(running)
            running.add(asyncio.create_task(one(frozen, question)))
        while running:
            running = await _some(running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _taken_over(doors: Doors, resume: Resume, run_id: str, progress: Sink) -> Run:
    """An open jury gone on with. A killed process holds it until its lease ends, which is waited for; one
    that is alive keeps it, and then this plan is asked already. Raises BadRequest."""
    lease = doors.ledger.lease(run_id)
    if lease is not None and (left := (lease.until - doors.clock.now()).total_seconds()) > 0:
        await doors.sleep(left + 1)
    try:
        return await resume(run_id, progress)
    except LeaseLost as error:
        raise BadRequest("Another process is at this plan: it is left to it.") from error


async def _some(running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    done, rest = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    try:
        for task in done:
            task.result()
    except BadRequest:
        # What is under way is paid: it may end and be stored.
        await asyncio.gather(*rest, return_exceptions=True)
        raise
    return rest


def questions(
    doors: Doors, terms: Terms, plan: Plan, snapshots: Iterable[Snapshot]
) -> Iterator[tuple[str, Question]]:
    """Every jury of the plan with its snapshot's digest, in order; a snapshot that comes twice is asked about
    once. Raises BadRequest for an experiment that could change nothing."""
    seen: set[str] = set()
    for snapshot in snapshots:
        frozen, plain = snapshot_digest(snapshot), render(snapshot, terms.principles)
        if frozen in seen:
            continue
        seen.add(frozen)
        parent: str | Gap = NOT_GIVEN
        for purpose in plan.experiments:
            for number, ballots in enumerate(plan.juries):
                asked, brief = snapshot, plain
                if purpose is not Purpose.RERUN:
                    setup = prepare(purpose, snapshot, plain, seed=number)
                    asked, brief = setup.snapshot, setup.brief(terms.principles)
                name = {
                    "snapshot": frozen,
                    "brief": brief.digest,
                    "purpose": purpose.value,
                    "jury": number,
                    "ballots": ballots,
                    "model": doors.model.label,
                    "address": terms.model_address,
                    "temperature": str(terms.temperature),
                    "tier": terms.tier,
                }
                run_id = f"lab-{digest(dumps(name))[:ID_SIGNS]}"
                yield (
                    frozen,
                    Question(
                        id=run_id,
                        purpose=purpose,
                        snapshot=asked,
                        brief=brief,
                        ballots=ballots,
                        parent=parent,
                        patient=plan.patient,
                    ),
                )
                if purpose is Purpose.RERUN and isinstance(parent, Gap):
                    parent = run_id


@dataclass(slots=True, kw_only=True)
class _Purse:
    """What the plan has cost, what is under way may cost, and whether the budget holds one more jury."""

    doors: Doors
    terms: Terms
    plan: Plan
    spent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)

    def reserve(self, question: Question) -> Decimal:
        """A jury's estimate, set aside until it has ended. Raises BadRequest beyond the budget."""
        if isinstance(self.plan.budget_usd, Gap):
            return Decimal(0)
        tier = self.terms.tier if self.plan.patient else "standard"
        expected = priced(self.doors, self.terms, question.brief, question.ballots, tier)
        if isinstance(expected, Gap):
            raise BadRequest(
                f"The budget cannot be kept: {expected.reason}. Set MODEL_PRICE, or leave the budget out."
            )
        if self.spent + self.reserved + expected > self.plan.budget_usd:
            raise BadRequest(
                f"Stopped at ${self.spent:.2f}: the next jury is estimated at ${expected:.2f}, and the "
                f"budget is "
                f"${self.plan.budget_usd:.2f}. What was asked is kept; the same command goes on with it."
            )
        self.reserved += expected
        return expected


def _asked(run: Run, frozen: str, *, new: bool) -> Asked:
    closing = run.closing
    stability = closing.stability if isinstance(closing, Closing) else closing
    return Asked(
        id=run.opening.id,
        purpose=run.opening.purpose,
        snapshot_digest=frozen,
        ballots=run.opening.stamp.asked,
        valid=0 if isinstance(stability, Gap) else stability.valid,
        cost_usd=closing.cost_usd if isinstance(closing, Closing) else closing,
        new=new,
    )
