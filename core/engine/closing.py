"""The end of a run in words and figures: state, usage, cost, the sentence of a failure. Pure but for the
clock and the prices."""

from datetime import datetime
from decimal import Decimal

from core.base.gap import Gap
from core.brief.render import shown
from core.engine.cost import actual, at_least, total_usage
from core.engine.terms import Doors, Terms
from core.facts.fact import Authority, Severity
from core.jury.ballot import Answer, Reply, SpoiledBallot
from core.jury.verdict import Evidence, StabilityMap
from core.run import Closing, Opening, RunState
from core.snapshot.model import Dossier, Snapshot


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


def closing_of(
    doors: Doors,
    terms: Terms,
    opening: Opening,
    answers: tuple[Answer, ...],
    begun: datetime,
    outcome: StabilityMap | Gap,
    state: RunState,
    remarks: tuple[str, ...],
) -> Closing:
    """What is written once, at the end: how it ended, what it used and cost, and a sentence where something
    failed."""
    now = doors.clock.now()
    cost = actual(doors, terms, answers)
    if state is RunState.CANCELLED and opening.estimate_usd != 0:
        cost = Gap(gap="calls under way were cancelled, and nobody said what they used")
    known = at_least(doors, terms, answers)
    paid = _paid(cost, known)
    if isinstance(cost, Gap) and known:
        remarks = (*remarks, f"The cost is not known in full: {paid} was spent, and {cost.reason}.")
    return Closing(
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
        f"No quorum: {outcome.valid} of {outcome.asked} ballots were readable and {outcome.quorum} are "
        f"needed. "
        f"Spoiled: {by_cause or 'none; the rest were copies of one answer'}.{first} The run is kept; {paid} "
        f"was spent."
    )


def _ended(sentence: str) -> str:
    """A service's own words often end without a full stop; the next sentence must not run into them."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
