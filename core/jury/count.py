"""From stored answers to votes per name: which attempt counts, which ballots are copies, what each name
received.

Sorted by ballot index first, so arrival order never matters. A missing name is missing and an abstention is
an abstention: neither is ever counted as "hold".
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.base.canonical import dumps
from core.base.gap import Gap
from core.brief.model import AskedName
from core.jury.ballot import Answer, Ballot, BallotLine, Direction, SpoiledBallot, Stance
from core.jury.verdict import Counts

DIRECTIONS: Mapping[Stance, Direction] = {
    Stance.BUY: Direction.UP,
    Stance.ADD: Direction.UP,
    Stance.HOLD: Direction.FLAT,
    Stance.LIGHTEN: Direction.DOWN,
    Stance.SELL: Direction.DOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The jury as it counts: readable ballots, and spoiled ones with their attempts, by index."""

    ballots: tuple[Ballot, ...]
    spoiled: tuple[tuple[SpoiledBallot, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one name received. `voices` are the lines that vote with their ballots, by ballot index."""

    name: AskedName
    counts: Counts
    voices: tuple[tuple[Ballot, BallotLine], ...]

    @property
    def valid(self) -> int:
        """V: readable, non-abstaining votes."""
        return sum(self.counts.votes)


def bench(answers: Iterable[Answer]) -> Bench:
    """The last attempt of each index counts. Of ballots that share a response id the first index stays."""
    attempts: dict[int, list[Answer]] = {}
    for answer in answers:
        attempts.setdefault(answer.index, []).append(answer)
    ballots: list[Ballot] = []
    spoiled: list[tuple[SpoiledBallot, int]] = []
    owners: dict[str, int] = {}
    for index in sorted(attempts):
        last = _last(attempts[index])
        if isinstance(last, SpoiledBallot):
            spoiled.append((last, len(attempts[index])))
            continue
        owner = index if isinstance(last.response_id, Gap) else owners.setdefault(last.response_id, index)
        if owner == index:
            ballots.append(last)
        else:
            spoiled.append((_copy(last, owner), len(attempts[index])))
    return Bench(ballots=tuple(ballots), spoiled=tuple(spoiled))


def _last(answers: list[Answer]) -> Ballot | SpoiledBallot:
    number = max(answer.attempt for answer in answers)
    readings = [answer.reading for answer in answers if answer.attempt == number]
    # The same attempt stored twice is a fault of the caller; even then the order of arrival must not decide.
    return readings[0] if len(readings) == 1 else min(readings, key=dumps)


def _copy(ballot: Ballot, owner: int) -> SpoiledBallot:
    detail = (
        f"It has the response id of answer {owner + 1}: a cache repeated that answer, it is no second vote."
    )
    return SpoiledBallot(index=ballot.index, attempt=ballot.attempt, cause="copy", detail=detail)


def tally(ballots: Iterable[Ballot], names: Iterable[AskedName]) -> tuple[Tally, ...]:
    """One tally per asked name, ordered by ticker."""
    lines: dict[str, list[tuple[Ballot, BallotLine]]] = {}
    cast = tuple(ballots)
    for ballot in cast:
        for line in ballot.lines:
            lines.setdefault(line.ticker, []).append((ballot, line))
    return tuple(
        _tally(name, lines.get(name.ticker, []), len(cast))
        for name in sorted(names, key=lambda name: name.ticker)
    )


def _tally(name: AskedName, lines: list[tuple[Ballot, BallotLine]], ballots: int) -> Tally:
    said = Counter(line.stance.value for _, line in lines)
    return Tally(
        name=name,
        counts=Counts(
            missing=ballots - len(lines), **{stance.value: said[stance.value] for stance in Stance}
        ),
        voices=tuple((ballot, line) for ballot, line in lines if line.stance is not Stance.ABSTAIN),
    )
