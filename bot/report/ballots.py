"""What each ballot of a run said of one name, dissent first. Values only; why, page and JSON all read these.

Decisions. Dissent is a vote outside the winning direction; where there is none (split), the rarer direction comes first.
Then the winning votes, then what is no vote: abstained, missing, spoiled. Inside a group by ballot index, never by arrival.
"""

from dataclasses import dataclass
from decimal import Decimal

from bot.report.lookup import verdict_of
from bot.report.sections import directions
from core.base.gap import Gap
from core.jury.ballot import Ballot, BallotLine, Direction, SpoiledBallot
from core.jury.count import DIRECTIONS
from core.jury.verdict import Verdict
from core.run import Closing, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One ballot on one name. `line` is a gap when the name is missing there or the ballot is spoiled (then `spoiled` says so).

    `target` is the weight after division by the ballot's sum, in percent; a gap where the ballot's weights are left out.
    """

    index: int
    line: BallotLine | Gap
    spoiled: SpoiledBallot | Gap
    target: Decimal | Gap
    dissent: bool
    inconsistent: bool


def said(run: Run, ticker: str) -> tuple[Said, ...]:
    """All ballots' last readings on this name, dissent first."""
    verdict = verdict_of(run, ticker)
    last = {
        answer.index: answer.reading for answer in run.answers
    }  # ordered by index, then attempt: the last wins
    copies = _spoiled_by_the_jury(run)
    rows = [
        _row(index, copies.get(index, reading), ticker, verdict) for index, reading in sorted(last.items())
    ]
    return tuple(sorted(rows, key=lambda row: _rank(row, verdict)))


def _spoiled_by_the_jury(run: Run) -> dict[int, SpoiledBallot]:
    # A copy reads well on its own; only the jury, which sees all answers, calls it spoiled.
    if not isinstance(run.closing, Closing) or isinstance(run.closing.stability, Gap):
        return {}
    return {ballot.index: ballot for ballot, _attempts in run.closing.stability.spoiled}


def _row(index: int, reading: Ballot | SpoiledBallot, ticker: str, verdict: Verdict | None) -> Said:
    nothing = Gap(gap="this ballot says nothing of the name")
    if isinstance(reading, SpoiledBallot):
        return Said(
            index=index, line=nothing, spoiled=reading, target=nothing, dissent=False, inconsistent=False
        )
    line = next((line for line in reading.lines if line.ticker == ticker), nothing)
    target: Decimal | Gap = nothing
    if isinstance(line, BallotLine) and line.stance in DIRECTIONS:
        target = _divided(line.target_weight, reading.raw_sum)
    way = None if isinstance(line, Gap) else DIRECTIONS.get(line.stance)
    return Said(
        index=index,
        line=line,
        spoiled=Gap(gap="readable"),
        target=target,
        dissent=way is not None and _against(way, verdict),
        inconsistent=verdict is not None and index in verdict.inconsistent,
    )


def _against(way: Direction, verdict: Verdict | None) -> bool:
    # Without a winning direction there is nothing to dissent from: all sides of a split stand equal.
    return verdict is not None and not isinstance(verdict.direction, Gap) and way != verdict.direction


def _divided(weight: Decimal, raw_sum: Decimal | Gap) -> Decimal | Gap:
    if isinstance(raw_sum, Gap) or not raw_sum:
        return raw_sum if isinstance(raw_sum, Gap) else Gap(gap="the ballot's weights sum to nothing")
    return weight * 100 / raw_sum


def _rank(row: Said, verdict: Verdict | None) -> tuple[int, int, int]:
    way = None if isinstance(row.line, Gap) else DIRECTIONS.get(row.line.stance)
    if way is None:
        group = 2 if isinstance(row.line, BallotLine) else 3 if isinstance(row.spoiled, Gap) else 4
        return (group, 0, row.index)
    together = directions(verdict.counts)[way] if verdict else 0
    return (0 if row.dissent else 1, together, row.index)
