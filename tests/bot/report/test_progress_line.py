"""Where a running analysis stands, for a person who waits and for a pipe."""

from decimal import Decimal

from bot.report.progress import PipeProgress, asking_lines, progress_line
from core.base.gap import Gap
from core.base.progress import Asking, Stage, Step


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


def test_each_ballot_that_is_asked_says_whether_it_writes_and_since_when() -> None:
    silent = Asking(number=2, attempt=1, seconds=20.4, first_byte_s=Gap(gap="silent"), tokens=0)
    writing = Asking(number=4, attempt=2, seconds=41.0, first_byte_s=1.5, tokens=1_812)
    step = Step(stage=Stage.BALLOTS, done=3, total=5, asking=(silent, writing))

    assert asking_lines((Step(stage=Stage.FACTS, done=1, total=2), step)) == [
        "ballot 2: no word yet · 20 s",
        "ballot 4 (asked again): writing, 1,812 tokens · 41 s",
    ]


def test_a_pipe_gets_a_plain_line_for_what_is_through_and_none_twice() -> None:
    piped = PipeProgress()
    ballots = [
        Step(stage=Stage.BALLOTS, done=done, total=2, spoiled=spoiled)
        for done, spoiled in ((0, 0), (1, 0), (1, 0), (2, 1))
    ]
    steps = [Step(stage=Stage.FACTS, done=done, total=2) for done in (0, 1, 2, 2)]

    told = [piped.line(step) for step in (*steps, *ballots, Step(stage=Stage.DONE, done=1, total=1))]

    assert list(filter(None, told)) == ["facts 2/2", "ballots 1/2", "ballots 2/2, 1 spoiled"]
