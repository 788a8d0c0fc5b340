"""Marks ballots that look wrong, with the reasons. Marks only: dropping dissenters would manufacture
agreement.

The hard checks do the work. The statistical flag finds a random ballot among five in 92 of 100 stable juries,
in 25 of 100 mixed ones, and hardly ever with three ballots (simulated), so its silence proves nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from statistics import median
from typing import Final

from core.base.gap import Gap
from core.jury.ballot import Answer, Ballot, Direction, SpoiledBallot
from core.jury.count import DIRECTIONS, Bench
from core.jury.weights import marked
from core.laboratory.chance import poisson_binomial
from core.laboratory.result import Derailed

# Half the tokens of its peers: such an answer left something out, whatever its form says.
SHORT_SHARE: Final = 0.5
# With fewer names one action on all, or one weight for all, is an opinion and no sign of a fault.
UNIFORM_FROM: Final = 5
# One false flag in a thousand ballots, if the others' votes describe the spread.
FLAG_BELOW: Final = 1e-3
# A dissenter must also dissent twice as often as its peers do: in a noisy jury many ballots are unlikely.
TIMES_PEERS: Final = 2
# Leaving one out must leave two to form an opinion on what is usual.
FLAG_FROM: Final = 3


UNIFORM: Final[tuple[tuple[str, Callable[[Ballot], set[object]]], ...]] = (
    ("it has one action for all names", lambda ballot: {line.stance for line in ballot.lines}),
    ("it has one weight for all names", lambda ballot: {line.target_weight for line in ballot.lines}),
)


def derailed(jury: Bench, answers: Sequence[Answer]) -> tuple[Derailed, ...]:
    """Every ballot with a reason to look at it, ordered by index; spoiled ones with their cause."""
    reasons: dict[int, list[str]] = {one.index: [_spoiled(one)] for one, _ in jury.spoiled}
    for found in (_sums(jury), _short(jury, answers), _uniform(jury), _dissent(jury.ballots)):
        for index, reason in found.items():
            reasons.setdefault(index, []).append(reason)
    return tuple(Derailed(index=index, reasons=tuple(reasons[index])) for index in sorted(reasons))


def _spoiled(one: SpoiledBallot) -> str:
    return f"spoiled ({one.cause}): {one.detail}"


def _sums(jury: Bench) -> dict[int, str]:
    found = {}
    for ballot in jury.ballots:
        if isinstance(ballot.raw_sum, Gap):
            found[ballot.index] = f"{len(ballot.missing)} names are missing"
        elif marked(ballot.raw_sum):
            found[ballot.index] = f"its weights sum to {ballot.raw_sum:.4g} %"
    return found


def _short(jury: Bench, answers: Sequence[Answer]) -> dict[int, str]:
    tokens: dict[int, int] = {}
    counted = {(ballot.index, ballot.attempt) for ballot in jury.ballots}
    for answer in answers:
        if (answer.index, answer.attempt) in counted and not isinstance(answer.reply, Gap):
            output = answer.reply.usage.output
            if not isinstance(output, Gap):
                tokens[answer.index] = output
    usual = median(tokens.values()) if tokens else 0
    return {
        index: f"it is short: {count} tokens where {usual:.0f} are usual"
        for index, count in tokens.items()
        if count < SHORT_SHARE * usual
    }


def _uniform(jury: Bench) -> dict[int, str]:
    """One action, or one weight, for all names, unless most ballots do it: then it is the jury's opinion."""
    found: dict[int, str] = {}
    for reason, values in UNIFORM:
        alike = [
            ballot.index
            for ballot in jury.ballots
            if len(ballot.lines) >= UNIFORM_FROM and len(values(ballot)) == 1
        ]
        if len(alike) * 2 <= len(jury.ballots):
            found |= {index: f"{found[index]}; {reason}" if index in found else reason for index in alike}
    return found


def _dissent(ballots: Sequence[Ballot]) -> dict[int, str]:
    """Ballots that leave the others' leading direction too often for chance.

    For each name the chance to leave it is q = 1 − (lead + ½) / (V − 1 + 1½), with lead and V − 1 counted
    without this ballot; the number of departures is Poisson-binomial if the ballot is like the others.
    """
    if len(ballots) < FLAG_FROM:
        return {}
    votes = {ballot.index: _directions(ballot) for ballot in ballots}
    departures: dict[int, tuple[int, list[float]]] = {
        index: _departures(own, [other for key, other in votes.items() if key != index])
        for index, own in votes.items()
    }
    found = {}
    for index, (count, chances) in departures.items():
        peers = median(other for key, (other, _) in departures.items() if key != index)
        if count < TIMES_PEERS * peers or count <= fsum(chances):
            continue
        if fsum(poisson_binomial(chances)[count:]) < FLAG_BELOW:
            found[index] = (
                f"it leaves the others' direction on {count} of {len(chances)} names, {fsum(chances):.1f} "
                f"expected"
            )
    return found


def _directions(ballot: Ballot) -> dict[str, Direction]:
    return {line.ticker: DIRECTIONS[line.stance] for line in ballot.lines if line.stance in DIRECTIONS}


def _departures(
    own: Mapping[str, Direction], others: Sequence[Mapping[str, Direction]]
) -> tuple[int, list[float]]:
    count, chances = 0, []
    for ticker, direction in own.items():
        said = [other[ticker] for other in others if ticker in other]
        if said:
            lead = max(said.count(one) for one in Direction)
            count += said.count(direction) < lead
            chances.append(1 - (lead + 0.5) / (len(said) + 1.5))
    return count, chances
