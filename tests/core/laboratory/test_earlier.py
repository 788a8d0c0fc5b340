from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.base.gap import NOT_GIVEN, Gap
from core.brief.render import render
from core.jury.tally import tally_jury
from core.laboratory.earlier import Figures, Measured, asked_again, measured
from core.run import Closing, Purpose, Run, RunState
from tests.core.laboratory.worlds import PRINCIPLES, ballots, plain_world, run

WORLD = plain_world(3)
QUESTION = render(WORLD, PRINCIPLES)
TABLE = {"N00": "aaaaa", "N01": "aaaah", "N02": "-----"}


def jury(
    table: Mapping[str, str] = TABLE,
    *,
    identity: str = "run-1",
    purpose: Purpose = Purpose.REPORT,
    parent: str | Gap = NOT_GIVEN,
    hours: int = 0,
    asked: int = 5,
) -> Run:
    answers = ballots(QUESTION, table, note=identity)
    made = run(
        WORLD,
        answers,
        purpose=purpose,
        identity=identity,
        asked=asked,
        stability=tally_jury(answers, QUESTION, (), asked=asked),
    )
    opened = WORLD.as_of + timedelta(hours=hours)
    return replace(made, opening=replace(made.opening, parent=parent, opened=opened))


def again(identity: str, hours: int, **options: Any) -> Run:
    return jury(identity=identity, purpose=Purpose.RERUN, parent="run-1", hours=hours, **options)


def test_a_run_is_measured_by_what_its_ballots_said() -> None:
    found = measured(jury()).figures

    assert isinstance(found, Figures)
    assert found.valid == 5
    assert found.stable_names == 1
    assert found.marked == 0
    assert found.unanimous_share == 0.5
    assert not found.constant


def test_repeated_questions_stand_under_their_report_oldest_first_whatever_the_order() -> None:
    first, second, third = again("b", 2), again("a", 3), again("c", 1)

    (question,) = asked_again([second, third, first], [jury()])

    assert isinstance(question.first, Measured)
    assert question.report_id == question.first.id == "run-1"
    assert question.day == WORLD.day
    assert [one.id for one in question.runs] == ["c", "b", "a"]


def test_the_question_asked_last_comes_first_and_one_without_a_report_stands_for_itself() -> None:
    lone = jury(identity="lone", purpose=Purpose.RERUN, hours=5)
    repeated = replace(again("x", 6), opening=replace(again("x", 6).opening, parent="lone"))

    later, earlier = asked_again([lone, repeated, again("b", 2)], [jury()])

    assert isinstance(later.first, Measured)
    assert (later.report_id, later.first.id, [one.id for one in later.runs]) == ("lone", "lone", ["x"])
    assert earlier.report_id == "run-1"


def test_a_report_that_is_gone_is_a_gap_and_its_repeats_are_kept() -> None:
    (question,) = asked_again([again("b", 2)], [])

    assert isinstance(question.first, Gap)
    assert [one.id for one in question.runs] == ["b"]


def test_a_run_that_never_ended_has_no_figures_and_no_cost() -> None:
    found = measured(replace(jury(), closing=Gap(gap="still open")))

    assert found.state is RunState.OPEN
    assert found.figures == Gap(gap="still open")
    assert found.cost_usd == Gap(gap="still open")


def test_a_failed_run_says_why_it_has_no_figures() -> None:
    ended = jury()
    assert isinstance(ended.closing, Closing)
    failed = replace(
        ended, closing=replace(ended.closing, state=RunState.FAILED, stability=Gap(gap="cut off"))
    )

    assert measured(failed).figures == Gap(gap="cut off")


def test_one_readable_ballot_shows_no_name_as_stable() -> None:
    found = measured(jury({"N00": "a", "N01": "a", "N02": "h"})).figures

    assert isinstance(found, Figures)
    assert (found.valid, found.stable_names) == (1, 0)
    assert isinstance(found.agreement, Gap)
    assert isinstance(found.unanimous_share, Gap)


def test_without_any_laboratory_run_there_is_nothing_to_list() -> None:
    assert asked_again([], [jury()]) == ()
