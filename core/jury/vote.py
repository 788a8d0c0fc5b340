"""Two-level vote per name: first the direction, then the degree inside it. Pure integers, no rounding, no
coin toss.

A tie between directions is a verdict (split, your judgment decides); a tie of degree takes the milder and
says so.
"""

from dataclasses import dataclass

from core.base.gap import Gap
from core.jury.ballot import Direction, Stance
from core.jury.call import steady_from
from core.jury.statistics import majority
from core.jury.verdict import Counts, Stability

# At least two thirds of the ballots asked for, and never fewer than three: two answers are no vote.
QUORUM_FLOOR = 3

ORDER = (Direction.UP, Direction.FLAT, Direction.DOWN)


def quorum(asked: int) -> int:
    """Readable ballots needed out of `asked`: two thirds, rounded up, and at least three."""
    return max(QUORUM_FLOOR, -(-2 * asked // 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The vote's result for one name. `direction` and `action` are gaps for split and no quorum."""

    stability: Stability
    direction: Direction | Gap
    action: Stance | Gap
    tie: bool


def rule(counts: Counts, *, needed: int, constant: bool) -> Ruling:
    """`needed` is the quorum. A constant jury (identical bytes) measured nothing: it is called constant."""
    valid, lead, winner = sum(counts.votes), max(counts.votes), majority(counts.votes)
    if valid < needed:
        reason = Gap(gap=f"{valid} votes, {needed} are needed")
        return Ruling(stability=Stability.NO_QUORUM, direction=reason, action=reason, tie=False)
    if winner is None:
        reason = Gap(gap="split, your judgment decides")
        return Ruling(stability=Stability.SPLIT, direction=reason, action=reason, tie=False)
    action, tie = _degree(ORDER[winner], counts)
    return Ruling(
        stability=_stability(lead, valid, constant), direction=ORDER[winner], action=action, tie=tie
    )


def _stability(lead: int, valid: int, constant: bool) -> Stability:
    if lead == valid:
        return Stability.CONSTANT if constant else Stability.UNANIMOUS
    if lead >= steady_from(valid):
        return Stability.CONSENSUS
    return Stability.LEANING


def _degree(direction: Direction, counts: Counts) -> tuple[Stance, bool]:
    """The majority inside the direction, the milder on a tie; and whether it was one."""
    if direction is Direction.UP:
        return (Stance.BUY if counts.buy > counts.add else Stance.ADD), counts.buy == counts.add
    if direction is Direction.DOWN:
        return (
            Stance.SELL if counts.sell > counts.lighten else Stance.LIGHTEN
        ), counts.sell == counts.lighten
    return Stance.HOLD, False
