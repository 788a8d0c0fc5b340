from fractions import Fraction

import pytest

from core.base.gap import Gap
from core.jury.ballot import Direction, Stance
from core.jury.verdict import Counts, Stability
from core.jury.vote import quorum, rule


def counts(buy: int = 0, add: int = 0, hold: int = 0, lighten: int = 0, sell: int = 0) -> Counts:
    return Counts(buy=buy, add=add, hold=hold, lighten=lighten, sell=sell, abstain=0, missing=0)


@pytest.mark.parametrize(
    ("asked", "needed"), [(3, 3), (4, 3), (5, 4), (6, 4), (7, 5), (8, 6), (9, 6), (10, 7), (30, 20), (31, 21)]
)
def test_the_quorum_is_two_thirds_rounded_up_and_at_least_three(asked: int, needed: int) -> None:
    assert quorum(asked) == needed


def expected(up: int, flat: int, down: int, needed: int) -> tuple[Stability, Direction | None]:
    """The table of the product, written a second time from its words, with fractions."""
    valid = up + flat + down
    if valid < needed:
        return Stability.NO_QUORUM, None
    for votes, direction in ((up, Direction.UP), (flat, Direction.FLAT), (down, Direction.DOWN)):
        share = Fraction(votes, valid)
        if share == 1:
            return Stability.UNANIMOUS, direction
        if share >= Fraction(80, 100):
            return Stability.CONSENSUS, direction
        if share > Fraction(1, 2):
            return Stability.LEANING, direction
    return Stability.SPLIT, None


@pytest.mark.parametrize("needed", [3, 4, 7])
def test_every_vote_vector_of_up_to_twelve_ballots_gets_the_verdict_of_the_table(needed: int) -> None:
    for up in range(13):
        for flat in range(13 - up):
            for down in range(13 - up - flat):
                ruling = rule(counts(add=up, hold=flat, lighten=down), needed=needed, constant=False)

                direction = None if isinstance(ruling.direction, Gap) else ruling.direction
                assert (ruling.stability, direction) == expected(up, flat, down, needed)
                assert isinstance(ruling.action, Gap) == (direction is None)


@pytest.mark.parametrize(
    ("given", "action", "tie"),
    [
        (counts(buy=3, add=2), Stance.BUY, False),
        (counts(buy=2, add=3), Stance.ADD, False),
        (counts(buy=2, add=2), Stance.ADD, True),
        (counts(sell=3, lighten=2), Stance.SELL, False),
        (counts(sell=2, lighten=2), Stance.LIGHTEN, True),
        (counts(sell=2, lighten=2, buy=1), Stance.LIGHTEN, True),
        (counts(buy=5), Stance.BUY, False),
        (counts(hold=5), Stance.HOLD, False),
        (counts(hold=4, sell=1), Stance.HOLD, False),
    ],
)
def test_the_degree_is_the_majority_inside_the_winning_direction_and_a_tie_the_milder(
    given: Counts, action: Stance, tie: bool
) -> None:
    ruling = rule(given, needed=3, constant=False)

    assert (ruling.action, ruling.tie) == (action, tie)


def test_more_votes_for_sell_than_for_any_other_stance_do_not_beat_two_milder_ones_together() -> None:
    ruling = rule(counts(buy=2, add=3, sell=4), needed=3, constant=False)

    assert (ruling.direction, ruling.action, ruling.stability) == (
        Direction.UP,
        Stance.ADD,
        Stability.LEANING,
    )


def test_a_split_has_no_action_and_a_jury_below_quorum_no_direction() -> None:
    split = rule(counts(buy=2, sell=2), needed=3, constant=False)
    few = rule(counts(buy=2), needed=3, constant=True)

    assert split.direction == Gap(gap="split, your judgment decides")
    assert (few.stability, few.direction) == (Stability.NO_QUORUM, Gap(gap="2 votes, 3 are needed"))


def test_a_constant_jury_is_never_called_unanimous() -> None:
    ruling = rule(counts(buy=5), needed=4, constant=True)

    assert (ruling.stability, ruling.direction, ruling.action) == (
        Stability.CONSTANT,
        Direction.UP,
        Stance.BUY,
    )
