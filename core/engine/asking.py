"""Steps five to eight of the walk: open the run, ask N times, vote, close. Whatever happens is in the ledger afterwards.

Decisions: the run is opened before any money is spent. A jury without quorum is closed as such and then raised, so that
it can be read. A cancelled run is closed with what it cost, unless the house is parking: then it stays open to be resumed.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.base.canonical import digest, dumps
from core.base.errors import QuorumNotMet
from core.base.gap import Gap
from core.base.progress import Sink
from core.brief.model import Brief
from core.brief.render import shown
from core.engine.cost import actual, at_least, characters, check_limits, estimate, total_usage
from core.engine.terms import Doors, Terms
from core.facts.fact import Authority, Severity
from core.jury.ballot import Answer, Reply, SpoiledBallot
from core.jury.sampler import Bounds, sample
from core.jury.tally import tally_jury
from core.jury.verdict import Evidence, StabilityMap
from core.jury.waves import Size, next_size
from core.run import ONE_SIZE, Closing, Opening, Purpose, Run, RunState, Stamp
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Dossier, Snapshot

BATCH = "batch"
# A batch is answered within a day; then what is missing is asked in the standard way.
BATCH_DEADLINE_S = 28 * 3600.0
ENDED_EARLY = "{asked} of at most {most} ballots were asked: no call was expected to change with more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a jury is asked and why. `ballots` is N, or the most where a jury may end with fewer (`least`).
    `patient`: it may take a day, at half the price. `id` blank: a new one."""

    purpose: Purpose
    snapshot: Snapshot
    brief: Brief
    ballots: int
    period: str | Gap
    parent: str | Gap
    least: int | Gap = ONE_SIZE
    patient: bool = False
    id: str = ""


def open_run(doors: Doors, terms: Terms, question: Question) -> tuple[Opening, tuple[str, ...]]:
    """Checks the cost limits and writes the opening; with it, what a reader must know about the limits. Raises BadRequest
    when a limit forbids the run, LedgerFailed."""
    expected = estimate(
        doors,
        terms,
        characters=characters(question.brief),
        names=len(question.brief.names),
        ballots=question.ballots,
        tier=_tier(doors, terms, question),
    )
    remarks = check_limits(doors, terms, expected, question.purpose)
    now = doors.clock.now()
    opening = Opening(
        id=question.id or doors.new_id(now),
        purpose=question.purpose,
        opened=now,
        period=question.period,
        parent=question.parent,
        stamp=_stamp(doors, terms, question),
        snapshot=question.snapshot,
        brief=question.brief,
        estimate_usd=expected,
    )
    doors.ledger.open_run(opening)
    return opening, remarks


async def sit(
    doors: Doors,
    terms: Terms,
    opening: Opening,
    progress: Sink,
    *,
    parking: asyncio.Event,
    already: tuple[Answer, ...] = (),
    remarks: tuple[str, ...] = (),
) -> Run:
    """Asks, votes and closes. Raises QuorumNotMet after the run was closed; a cancellation goes on after the books are done."""
    begun = doors.clock.now()
    answers: list[Answer] = list(already)

    def keep(answer: Answer) -> None:
        doors.ledger.store_answer(opening.id, answer)
        answers.append(answer)

    def may_spend(so_far: tuple[Answer, ...]) -> bool:
        # A model without a bill is never stopped, not even by a limit of zero.
        spent = at_least(doors, terms, so_far)
        return spent == 0 or spent < terms.max_cost_usd

    stamp = opening.stamp
    patient = stamp.tier == BATCH and not isinstance(doors.batches, Gap)
    model = (
        doors.model if not patient or isinstance(doors.batches, Gap) else doors.batches.sitting(opening.id)
    )
    bounds = Bounds(concurrency=terms.concurrency, deadline_s=terms.deadline_s)
    if patient:
        bounds = Bounds(concurrency=stamp.asked, deadline_s=BATCH_DEADLINE_S, warm_s=0.0)
    size = Size(least=stamp.asked if isinstance(stamp.least, Gap) else stamp.least, most=stamp.asked)
    asked, wanted = 0, size.least
    try:
        # What is asked next follows from the stored answers alone, so a resumed jury goes on as it would have.
        while asked < wanted:
            asked = wanted
            await sample(
                model,
                opening.brief,
                asked=asked,
                bounds=bounds,
                store=keep,
                progress=progress,
                may_spend=may_spend,
                jitter=doors.jitter,
                sleep=doors.sleep,
                already=tuple(answers),
            )
            wanted = next_size(answers, opening.brief, size, asked)
    except asyncio.CancelledError:
        if not parking.is_set():
            if patient and not isinstance(doors.batches, Gap):
                await doors.batches.give_up(opening.id)
            failure = Gap(gap="cancelled by the owner")
            _close(doors, terms, opening, tuple(answers), begun, failure, RunState.CANCELLED, remarks)
        raise
    in_order = tuple(sorted(answers, key=lambda answer: (answer.index, answer.attempt)))
    stability = tally_jury(in_order, opening.brief, evidence(opening.snapshot), asked=asked)
    if asked < size.most:
        remarks = (*remarks, ENDED_EARLY.format(asked=asked, most=size.most))
    state = RunState.DONE if stability.valid >= stability.quorum else RunState.NO_QUORUM
    closing = _close(doors, terms, opening, in_order, begun, stability, state, remarks)
    if state is RunState.NO_QUORUM:
        raise QuorumNotMet(
            str(closing.failure), valid=stability.valid, asked=stability.asked, run_id=opening.id
        )
    return Run(opening=opening, answers=in_order, closing=closing)


def close_abandoned(doors: Doors, terms: Terms, run: Run, reason: str) -> None:
    """Closes an open run that nobody will go on with."""
    now = doors.clock.now()
    _close(doors, terms, run.opening, run.answers, now, Gap(gap=f"given up: {reason}"), RunState.FAILED, ())


def evidence(snapshot: Snapshot) -> tuple[tuple[str, Evidence], ...]:
    """The facts that stood beside each name in the brief, counted by authority and as G3."""
    return tuple((dossier.ticker, _evidence(dossier)) for dossier in snapshot.dossiers)


def _evidence(dossier: Dossier) -> Evidence:
    facts = shown(dossier)
    of = {authority: sum(fact.authority is authority for fact in facts) for authority in Authority}
    return Evidence(
        official=of[Authority.OFFICIAL],
        newswire=of[Authority.NEWSWIRE],
        other=of[Authority.OTHER],
        g3=sum(fact.severity is Severity.G3 for fact in facts),
    )


def _tier(doors: Doors, terms: Terms, question: Question) -> str:
    """The price class of a run: batches are for those that have a day's time."""
    if terms.tier != BATCH:
        return terms.tier
    return BATCH if question.patient and not isinstance(doors.batches, Gap) else "standard"


def _stamp(doors: Doors, terms: Terms, question: Question) -> Stamp:
    temperature = "own" if isinstance(terms.temperature, Gap) else str(terms.temperature)
    settings = {
        "model": doors.model.label,
        "temperature": temperature,
        "asked": question.ballots,
        **({} if isinstance(question.least, Gap) else {"least": question.least}),
        "principles": question.brief.principles_digest,
    }
    return Stamp(
        model=doors.model.label,
        rehearsal=doors.model.rehearsal,
        temperature=terms.temperature,
        asked=question.ballots,
        least=question.least,
        tier=_tier(doors, terms, question),
        principles_digest=question.brief.principles_digest,
        prompt_digest=question.brief.digest,
        snapshot_digest=snapshot_digest(question.snapshot),
        settings_digest=digest(dumps(settings)),
        version=terms.version,
    )


def _close(
    doors: Doors,
    terms: Terms,
    opening: Opening,
    answers: tuple[Answer, ...],
    begun: datetime,
    outcome: StabilityMap | Gap,
    state: RunState,
    remarks: tuple[str, ...],
) -> Closing:
    now = doors.clock.now()
    cost = actual(doors, terms, answers)
    if state is RunState.CANCELLED and opening.estimate_usd != 0:
        cost = Gap(gap="calls under way were cancelled, and nobody said what they used")
    known = at_least(doors, terms, answers)
    paid = _paid(cost, known)
    if isinstance(cost, Gap) and known:
        remarks = (*remarks, f"The cost is not known in full: {paid} was spent, and {cost.reason}.")
    closing = Closing(
        state=state,
        closed=now,
        stability=outcome,
        sampling=_what_happened([reply.sampling for reply in _replies(answers)]),
        mode=_what_happened([reply.mode for reply in _replies(answers)]),
        usage=total_usage(answers),
        cost_usd=cost,
        seconds=max(0.0, (now - begun).total_seconds()),
        failure=_failure(outcome, state, answers, paid),
        remarks=(*remarks, *dict.fromkeys(note for reply in _replies(answers) for note in reply.notes)),
    )
    doors.ledger.close_run(opening.id, closing)
    return closing


def _replies(answers: tuple[Answer, ...]) -> list[Reply]:
    return [answer.reply for answer in answers if isinstance(answer.reply, Reply)]


def _what_happened(words: list[str]) -> str | Gap:
    return ", ".join(dict.fromkeys(words)) if words else Gap(gap="the model gave no reply")


def _paid(cost: Decimal | Gap, known: Decimal) -> str:
    if isinstance(cost, Gap):
        return f"at least ${known:.2f}" if known else "an unknown amount"
    return f"${cost:.2f}"


def _failure(
    outcome: StabilityMap | Gap, state: RunState, answers: tuple[Answer, ...], paid: str
) -> str | Gap:
    """One sentence for a person, or a gap when nothing failed."""
    if isinstance(outcome, Gap):
        return f"The run was {outcome.reason}; {paid} had been spent."
    if state is RunState.DONE:
        return Gap(gap="nothing failed")
    last = {answer.index: answer.reading for answer in answers}
    causes = [reading for reading in last.values() if isinstance(reading, SpoiledBallot)]
    by_cause = ", ".join(
        f"{sum(reading.cause == cause for reading in causes)} × {cause}"
        for cause in sorted({reading.cause for reading in causes})
    )
    first = f" The first said: {_ended(causes[0].detail)}" if causes else ""
    return (
        f"No quorum: {outcome.valid} of {outcome.asked} ballots were readable and {outcome.quorum} are needed. "
        f"Spoiled: {by_cause or 'none; the rest were copies of one answer'}.{first} The run is kept; {paid} was spent."
    )


def _ended(sentence: str) -> str:
    """A service's own words often end without a full stop; the next sentence must not run into them."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
