"""More votes where they count: after a first jury the same brief is asked again, whole, until the calls are
settled. Pure.

Rule: after each wave the expected share of names whose call another jury of this size would change is the
mean of one minus their repeat probability; at or below `STOP_SHARE`, or at the upper number, the jury is
complete. Each ballot stays the same whole question, so what is counted stays what it was; only how many are
asked depends on the answers. Names below the quorum and undecided ones count like the others: a call that
stays undecided is settled too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from core.brief.model import Brief
from core.jury.ballot import Answer
from core.jury.call import Votes
from core.jury.count import bench, tally
from core.jury.statistics import prior, repeat_probability
from core.jury.vote import quorum

FEWEST: Final = 3
MOST: Final = 31
# Ballots a wave: one at a time would cost a whole answer's wait each, and an even number ties.
WAVE: Final = 2
# One name in seven may still be expected to change. On published answers of three models, 3-7 ballots then
# took 3.5 where the models are sure, 4.6 and 6.9 where they are not, with fewer opposite calls than a fixed
# five each time (docs/evidence.md).
STOP_SHARE: Final = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many ballots a jury has: at least, at most. The same number twice is a jury of that size."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least}-{self.most}"


def next_size(answers: Iterable[Answer], brief: Brief, size: Size, asked: int) -> int:
    """How many ballots to have asked after `asked`: the same number when the jury is complete."""
    if asked >= size.most or expected_changes(answers, brief, asked) <= STOP_SHARE:
        return asked
    return min(size.most, asked + WAVE)


def expected_changes(answers: Iterable[Answer], brief: Brief, asked: int) -> float:
    """The share of names whose call another such jury is expected to change; 1 where too little is
    readable."""
    within = [answer for answer in answers if answer.index < asked]
    needed = quorum(asked)
    judged = [one.counts.votes for one in tally(bench(within).ballots, brief.names) if one.valid >= needed]
    return share_of_changes(judged, unread=len(brief.names) - len(judged))


def share_of_changes(judged: Sequence[Votes], *, unread: int = 0) -> float:
    """The same from the votes on the names at quorum; `unread` are the others, each of which may change."""
    if not judged:
        return 1.0
    alpha = prior(judged).alpha
    changes = fsum(1 - repeat_probability(votes, alpha) for votes in judged)
    return (changes + unread) / (len(judged) + unread)
