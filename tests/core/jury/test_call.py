import pytest

from core.base.gap import Gap
from core.jury.ballot import Direction
from core.jury.call import Call, call_of, steady_from
from core.jury.verdict import Stability
from tests.bot.report.made_run import verdict


@pytest.mark.parametrize(
    ("votes", "call"),
    [
        ((5, 0, 0), Call.ADD),
        ((4, 1, 0), Call.ADD),
        ((1, 4, 0), Call.HOLD),
        ((0, 1, 4), Call.CUT),
        ((3, 1, 1), Call.UNDECIDED),
        ((2, 2, 1), Call.UNDECIDED),
        ((3, 1, 0), Call.UNDECIDED),
        ((2, 0, 0), Call.ADD),
        ((7, 2, 0), Call.UNDECIDED),
        ((8, 2, 0), Call.ADD),
    ],
)
def test_four_of_five_is_a_call_and_less_is_undecided(votes: tuple[int, int, int], call: Call) -> None:
    assert call_of(votes) is call


def test_the_fewest_steady_votes_are_never_under_eighty_percent() -> None:
    for valid in range(1, 32):
        assert (steady_from(valid) - 1) * 5 < valid * 4 <= steady_from(valid) * 5


@pytest.mark.parametrize(
    ("stability", "direction", "call"),
    [
        (Stability.UNANIMOUS, Direction.UP, Call.ADD),
        (Stability.CONSENSUS, Direction.FLAT, Call.HOLD),
        (Stability.CONSENSUS, Direction.DOWN, Call.CUT),
        (Stability.LEANING, Direction.UP, Call.UNDECIDED),
        (Stability.SPLIT, Gap(gap="split"), Call.UNDECIDED),
        (Stability.NO_QUORUM, Gap(gap="few"), Gap(gap="no quorum, so there is nothing to act on")),
        (Stability.CONSTANT, Direction.UP, Gap(gap="all ballots are identical: no variance measurable")),
    ],
)
def test_a_verdicts_call_follows_from_its_stability_and_direction(
    stability: Stability, direction: Direction | Gap, call: Call | Gap
) -> None:
    assert verdict("BABA", stability=stability, direction=direction).call == call
