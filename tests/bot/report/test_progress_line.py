"""Where a running analysis stands, in one line."""

from decimal import Decimal

from bot.report.progress import progress_line
from core.base.progress import Stage, Step


def test_stages_stand_in_their_order_and_ballots_say_what_is_going_on() -> None:
    steps = (
        Step(stage=Stage.BALLOTS, done=3, total=5, spoiled=1, answering=2, tokens=14_200),
        Step(stage=Stage.FACTS, done=19, total=30),
    )

    assert progress_line(steps) == "facts 19/30 · ballots 3/5, 1 spoiled, 2 answering, 14,200 tokens"


def test_nothing_is_said_of_what_is_not_there() -> None:
    assert progress_line((Step(stage=Stage.BALLOTS, done=0, total=5),)) == "ballots 0/5"
    assert progress_line((Step(stage=Stage.DONE, done=1, total=1),)) == ""
    assert progress_line((Step(stage=Stage.BALLOTS, done=1, total=5, spent=Decimal("0.18")),)).endswith(
        " · $0.18"
    )
