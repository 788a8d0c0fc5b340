"""What ballots amount to: a verdict a name and the stability map. Weights in percent, shares as fractions."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.base.gap import Gap
from core.jury.ballot import Direction, SpoiledBallot, Stance
from core.jury.call import Call, Votes


class Stability(StrEnum):
    """The exact words of the product's voting table."""

    UNANIMOUS = "unanimous"
    CONSENSUS = "consensus"
    LEANING = "leaning"
    SPLIT = "split"
    CONSTANT = "constant"
    NO_QUORUM = "no quorum"


STEADY = frozenset({Stability.UNANIMOUS, Stability.CONSENSUS})
NOT_COUNTED = Gap(gap="not counted by the version that made this run")
_CALLS = {Direction.UP: Call.ADD, Direction.FLAT: Call.HOLD, Direction.DOWN: Call.CUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Votes on one name over all readable ballots, ordered from buy to sell, then what is no vote."""

    buy: int
    add: int
    hold: int
    lighten: int
    sell: int
    abstain: int
    missing: int

    @property
    def votes(self) -> Votes:
        """Up, flat, down."""
        return self.buy + self.add, self.hold, self.lighten + self.sell


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How many facts of each authority stood beside the name, and how many of all were G3."""

    official: int
    newswire: int
    other: int
    g3: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One name's row of the map. `valid` is V, the readable non-abstaining votes.

    `direction` and `action` are gaps for split and no quorum. `target_weight` equals `current_weight` unless
    steady up or down. `tie` says that the degree was a tie and the milder was taken; `inconsistent` lists
    ballot indexes whose weight was left out. `repeat_probability` is a fraction, a gap for no quorum and
    constant.
    """

    ticker: str
    held: bool
    stability: Stability
    direction: Direction | Gap
    action: Stance | Gap
    tie: bool
    counts: Counts
    valid: int
    repeat_probability: float | Gap
    contested: bool
    inconsistent: tuple[int, ...]
    evidence: Evidence
    current_weight: Decimal
    target_weight: Decimal

    @property
    def call(self) -> Call | Gap:
        """What a person acts on; derived, so that stored runs of every version say it in the same words."""
        return called(self.stability, self.direction)


def called(stability: Stability, direction: Direction | Gap) -> Call | Gap:
    """The call of a verdict; a gap below the quorum and where no variance was measurable."""
    if stability is Stability.NO_QUORUM:
        return Gap(gap="no quorum, so there is nothing to act on")
    if stability is Stability.CONSTANT:
        return Gap(gap="all ballots are identical: no variance measurable")
    if stability in STEADY and not isinstance(direction, Gap):
        return _CALLS[direction]
    return Call.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotSum:
    """One readable ballot's allocation sum in percent before division; a gap where names were missing."""

    index: int
    raw_sum: Decimal | Gap
    marked: bool
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """Shares of all votes, as fractions that sum to 1."""

    up: float
    flat: float
    down: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityMap:
    """The jury's result. Verdicts ordered by ticker; `runs` and `spoiled` by ballot index.

    `spoiled` holds only ballots whose last attempt was spoiled, copies included. `constant` means that all
    readable ballots had identical bytes: no variance was measurable. `distinct` is how many different
    answers, by stances, the readable ballots hold. `increase_factor` is what up increases were shrunk by (1:
    not).
    """

    asked: int
    quorum: int
    valid: int
    verdicts: tuple[Verdict, ...]
    spoiled: tuple[tuple[SpoiledBallot, int], ...]
    runs: tuple[BallotSum, ...]
    constant: bool
    agreement: float | Gap
    unanimous_share: float | Gap
    base_rate: BaseRate | Gap
    cash_current_weight: Decimal
    cash_target_weight: Decimal
    increase_factor: Decimal
    remarks: tuple[str, ...] = ()
    distinct: int | Gap = NOT_COUNTED
