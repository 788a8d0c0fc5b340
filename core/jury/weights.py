"""Target weights from the ballots that won. Exact decimals: targets and cash sum to one hundred, to the last
digit.

Only steady up and down names move; all others keep their weight, untouched. Cash is the residual. When it
would be negative, the up increases shrink, all by one factor, until it is exactly zero; nothing else is ever
rescaled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal

from core.base.gap import Gap
from core.jury.ballot import Ballot, BallotLine, Direction
from core.jury.count import DIRECTIONS, Tally
from core.jury.verdict import STEADY
from core.jury.vote import Ruling

# Targets are proposed in ten-thousandths of a percent: finer than any price, coarse enough to print.
QUANTUM = Decimal("0.0001")
# Fifty digits keep every sum of real weights exact; nothing is trapped but what would be a wrong figure.
EXACT = Context(prec=50)
HUNDRED = Decimal(100)

NOT_STEADY = Gap(gap="only steady up and down names move")
NO_WEIGHT = Gap(gap="no ballot of the winning direction gave a usable weight")

# A ballot whose sum is further from one hundred is marked, and makes the whole jury fall back to medians.
MARK_BEYOND = Decimal(10)
# From four weights on, one lowest and one highest are dropped before averaging; fewer leave too little to
# drop.
TRIM_FROM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Target per ticker in percent, and cash; together exactly 100. `factor` is what increases were shrunk
    by."""

    targets: Mapping[str, Decimal]
    cash: Decimal
    factor: Decimal


def marked(raw_sum: Decimal | Gap) -> bool:
    """Whether a ballot's sum is further than ten from one hundred. A left-out sum marks nothing."""
    return not isinstance(raw_sum, Gap) and EXACT.subtract(raw_sum, HUNDRED).copy_abs() > MARK_BEYOND


def share(target_weight: Decimal, raw_sum: Decimal) -> Decimal:
    """A ballot's weight in percent after division by the ballot's sum."""
    return EXACT.divide(EXACT.multiply(target_weight, HUNDRED), raw_sum)


def inconsistent(ballot: Ballot, line: BallotLine, current: Decimal) -> bool:
    """Up with a target below the current weight, or down with one above, after division by the sum. Exact."""
    if isinstance(ballot.raw_sum, Gap):
        return False
    wanted = EXACT.multiply(line.target_weight, HUNDRED)
    present = EXACT.multiply(current, ballot.raw_sum)
    direction = DIRECTIONS[line.stance]
    return (direction is Direction.UP and wanted < present) or (
        direction is Direction.DOWN and wanted > present
    )


def proposed(tally: Tally, ruling: Ruling, *, median_only: bool) -> Decimal | Gap:
    """What the winning ballots amount to, before cash is looked at. A gap keeps the current weight."""
    if ruling.stability not in STEADY or ruling.direction not in (Direction.UP, Direction.DOWN):
        return NOT_STEADY
    current = tally.name.weight
    wanted = sorted(
        share(line.target_weight, ballot.raw_sum)
        for ballot, line in tally.voices
        if DIRECTIONS[line.stance] is ruling.direction
        and not isinstance(ballot.raw_sum, Gap)
        and not inconsistent(ballot, line, current)
    )
    if not wanted:
        return NO_WEIGHT
    middle = _median(wanted) if median_only or len(wanted) < TRIM_FROM else _mean(wanted[1:-1])
    target = middle.quantize(QUANTUM, rounding=ROUND_HALF_EVEN, context=EXACT)
    return max(target, current) if ruling.direction is Direction.UP else min(target, current)


def settle(current: Mapping[str, Decimal], wanted: Mapping[str, Decimal | Gap]) -> Proposal:
    """Targets with cash as the residual. `current` and `wanted` over the same tickers."""
    targets = {
        ticker: weight if isinstance(target := wanted[ticker], Gap) else target
        for ticker, weight in current.items()
    }
    cash = EXACT.subtract(HUNDRED, _sum(targets.values()))
    if cash >= 0:
        return Proposal(targets=targets, cash=cash, factor=Decimal(1))
    increases = {
        ticker: EXACT.subtract(targets[ticker], weight)
        for ticker, weight in current.items()
        if targets[ticker] > weight
    }
    total = _sum(increases.values())
    # Cash below zero before any increase (money borrowed) cannot be mended by increases: they shrink to
    # nothing.
    room = max(Decimal(0), EXACT.add(total, cash))
    factor = EXACT.divide(room, total) if total else Decimal(1)
    for ticker, increase in _shrunk(increases, room, factor).items():
        targets[ticker] = EXACT.add(current[ticker], increase)
    return Proposal(targets=targets, cash=EXACT.subtract(HUNDRED, _sum(targets.values())), factor=factor)


def _shrunk(increases: Mapping[str, Decimal], room: Decimal, factor: Decimal) -> dict[str, Decimal]:
    """The increases times `factor`, rounded so that they sum to exactly `room`: largest remainders first,
    then ticker.

    No increase is off by more than one quantum, and none grows beyond what was asked.
    """
    ideal = {ticker: EXACT.multiply(increase, factor) for ticker, increase in increases.items()}
    shrunk = {
        ticker: value.quantize(QUANTUM, rounding=ROUND_DOWN, context=EXACT) for ticker, value in ideal.items()
    }
    left = EXACT.subtract(room, _sum(shrunk.values()))
    for ticker in sorted(ideal, key=lambda ticker: (EXACT.subtract(shrunk[ticker], ideal[ticker]), ticker)):
        step = min(left, QUANTUM, EXACT.subtract(increases[ticker], shrunk[ticker]))
        shrunk[ticker] = EXACT.add(shrunk[ticker], step)
        left = EXACT.subtract(left, step)
    return shrunk


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def _mean(ordered: list[Decimal]) -> Decimal:
    return EXACT.divide(_sum(ordered), Decimal(len(ordered)))


def _median(ordered: list[Decimal]) -> Decimal:
    half = len(ordered) // 2
    return _mean(ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1])
