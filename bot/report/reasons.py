"""What the ballots of a run said of one name: each ballot, dissent first; reasons that several share, said
once; citations.

Decisions. Dissent is a vote outside the winning direction; where there is none (split), the rarer direction
comes first. Then the winning votes, then what is no vote: abstained, missing, spoiled. Inside a group by
ballot index, never by arrival. Two reasons are one when most of their words are the same and all of their
numbers are.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.report.lookup import stability_of, verdict_of
from bot.report.markup import clean
from bot.report.sheet import directions
from core.base.gap import Gap
from core.jury.ballot import Ballot, BallotLine, Direction, SpoiledBallot
from core.jury.count import DIRECTIONS
from core.jury.verdict import Verdict
from core.run import Run

ALIKE = 0.6  # of all words of two reasons together
COMPARED = 40  # reasons of one ballot: more than any phone shows
READ = 2_000  # characters of a reason that are compared
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One ballot on one name. `line` is a gap when the name is missing there or the ballot is spoiled
    (`spoiled` says so).

    `target` is the weight after division by the ballot's sum, in percent of the judged part; a gap where the
    ballot's weights are left out.
    """

    index: int
    line: BallotLine | Gap
    spoiled: SpoiledBallot | Gap
    target: Decimal | Gap
    dissent: bool
    inconsistent: bool

    @property
    def way(self) -> Direction | None:
        return None if isinstance(self.line, Gap) else DIRECTIONS.get(self.line.stance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason in the words of the first ballot that gave it, and how many ballots gave it."""

    text: str
    ballots: int


def said(run: Run, ticker: str) -> tuple[Said, ...]:
    """All ballots' last readings on this name, dissent first."""
    verdict, stability = verdict_of(run, ticker), stability_of(run)
    # Answers are ordered by index, then attempt: the last wins.
    last: dict[int, Ballot | SpoiledBallot] = {answer.index: answer.reading for answer in run.answers}
    # A copy reads well on its own; only the jury, which sees all answers, calls it spoiled.
    last |= {ballot.index: ballot for ballot, _attempts in (stability.spoiled if stability else ())}
    rows = [_row(index, reading, ticker, verdict) for index, reading in sorted(last.items())]
    return tuple(sorted(rows, key=lambda row: _rank(row, verdict)))


def sides(rows: Iterable[Said]) -> tuple[tuple[Direction, tuple[Said, ...]], ...]:
    """The ballots that voted, by direction, in their order: dissent first."""
    found: dict[Direction, list[Said]] = {}
    for row in rows:
        if row.way is not None:
            found.setdefault(row.way, []).append(row)
    return tuple((way, tuple(side)) for way, side in found.items())


def shared(given: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[Reason, ...]:
    """The reasons of (ballot, its reasons), alike ones as one; the most shared first, then in their order.

    Only the first COMPARED of a ballot are compared: a model that writes thousands must not hold up an
    answer."""
    groups: list[tuple[str, _Sense, set[int]]] = []
    alone: list[Reason] = []
    for ballot, reasons in given:
        for reason in reasons[:COMPARED]:
            sense = _sense(reason)
            known = next((voices for _, other, voices in groups if _alike(sense, other)), None)
            if known is None:
                groups.append((reason, sense, {ballot}))
            else:
                known.add(ballot)
        alone += [Reason(text=reason, ballots=1) for reason in reasons[COMPARED:]]
    grouped = [Reason(text=text, ballots=len(voices)) for text, _, voices in groups]
    return (*sorted(grouped, key=lambda reason: -reason.ballots), *alone)


def first_reason(run: Run, verdict: Verdict) -> str:
    """The reason that most ballots of the winning side give for it; without a winner, or reasons, blank."""
    if isinstance(verdict.direction, Gap):
        return ""
    down = verdict.direction is Direction.DOWN
    won = [row for row in said(run, verdict.ticker) if row.way is verdict.direction]
    reasons = shared(
        (row.index, row.line.reasons_against if down else row.line.reasons_for)
        for row in won
        if isinstance(row.line, BallotLine)
    )
    return reasons[0].text if reasons else ""


def citations(rows: Iterable[Said]) -> Counter[str]:
    """How many voting ballots cite each fact."""
    return Counter(
        key
        for row in rows
        if row.way is not None and isinstance(row.line, BallotLine)
        for key in dict.fromkeys(row.line.facts)
    )


_Sense = tuple[str, tuple[str, ...], frozenset[str]]  # the text, its numbers, its words


def _sense(reason: str) -> _Sense:
    text = clean(reason[:READ]).casefold()
    return text, tuple(_NUMBER.findall(text)), frozenset(_WORD.findall(text))


def _alike(one: _Sense, other: _Sense) -> bool:
    if one[1] != other[1]:
        return False
    words, others = one[2], other[2]
    return one[0] == other[0] or len(words & others) >= ALIKE * len(words | others) > 0


def _row(index: int, reading: Ballot | SpoiledBallot, ticker: str, verdict: Verdict | None) -> Said:
    nothing = Gap(gap="this ballot says nothing of the name")
    spoiled: SpoiledBallot | Gap = Gap(gap="readable")
    line: BallotLine | Gap = nothing
    target: Decimal | Gap = nothing
    if isinstance(reading, SpoiledBallot):
        spoiled = reading
    else:
        line = next((line for line in reading.lines if line.ticker == ticker), nothing)
        if isinstance(line, BallotLine) and line.stance in DIRECTIONS:
            target = _divided(line.target_weight, reading.raw_sum)
    way = None if isinstance(line, Gap) else DIRECTIONS.get(line.stance)
    return Said(
        index=index,
        line=line,
        spoiled=spoiled,
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


def _rank(row: Said, verdict: Verdict | None) -> tuple[int, int, str, int]:
    if row.way is None:
        group = 2 if isinstance(row.line, BallotLine) else 3 if isinstance(row.spoiled, Gap) else 4
        return (group, 0, "", row.index)
    together = directions(verdict.counts)[row.way] if verdict else 0
    return (0 if row.dissent else 1, together, row.way, row.index)
