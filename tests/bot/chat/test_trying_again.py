"""Under every failure stands a button that does the same thing once more."""

from dataclasses import replace

import pytest

from bot.chat.context import Desk
from core.base.errors import QuorumNotMet, SourceFailed
from core.base.gap import Gap
from core.due.message import Errand
from core.run import Purpose, Run, RunState
from tests.bot.chat.conftest import OWNER
from tests.bot.chat.fake_engine import FakeEngine
from tests.bot.report.made_run import closing_of, made_run
from tests.local_telegram import Person


def failed(purpose: Purpose, state: RunState = RunState.FAILED) -> Run:
    """A run that was opened and came to nothing."""
    run = made_run(run_id="lost")
    closing = replace(closing_of(run), state=state, stability=Gap(gap="none"), failure="The key was revoked.")
    return replace(run, opening=replace(run.opening, purpose=purpose), closing=closing)


@pytest.mark.parametrize(
    ("words", "purpose"),
    [("/variance", Purpose.RERUN), ("/variance order", Purpose.ORDER), ("/variance intel", Purpose.RERUN)],
)
async def test_a_variance_that_failed_before_it_began_can_be_tried_again_from_the_failure(
    desk: Desk, owner: Person, reported: FakeEngine, words: str, purpose: Purpose
) -> None:
    reported.fails = SourceFailed("out of reach", source="model")
    owner.says(words)

    said = await owner.next_message("out of reach")
    assert [button.label for button in said.buttons] == ["Try again"]
    owner.presses(said, "Try again")
    again = await owner.next_message("out of reach")

    assert again.message_id != said.message_id
    assert reported.variances == [purpose, purpose]
    assert said.buttons == again.buttons


@pytest.mark.parametrize("purpose", [Purpose.REPORT, Purpose.FACTS])
async def test_a_run_that_failed_after_it_was_opened_says_so_with_the_button(
    desk: Desk, owner: Person, reported: FakeEngine, purpose: Purpose
) -> None:
    errand = Errand(id="update:77", chat_id=OWNER, about="")
    assert desk.results.begin(errand)
    write = await desk.results.publish(errand)(failed(purpose))
    write()

    said = await owner.next_message("The key was revoked.")
    reported.fails = SourceFailed("out of reach", source="model")
    owner.presses(said, "Try again")
    await owner.next_message("out of reach")

    assert (reported.model_calls, reported.variances) == (
        (1, []) if purpose is Purpose.REPORT else (0, [purpose])
    )


async def test_whoever_cancelled_is_not_asked_to_try_again(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    errand = Errand(id="update:78", chat_id=OWNER, about="")
    desk.results.begin(errand)
    (await desk.results.publish(errand)(failed(Purpose.REPORT, RunState.CANCELLED)))()

    said = await owner.next_message("Cancelled")

    assert said.buttons == ()


async def test_a_report_without_quorum_has_the_button_under_its_words(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    run = made_run(run_id="broken")
    engine.ledger.stored.append(
        replace(run, closing=replace(closing_of(run), state=RunState.NO_QUORUM, failure="2 of 5 readable."))
    )
    engine.fails = QuorumNotMet("2 of 5 readable.", valid=2, asked=5, run_id="broken")
    owner.says("/analyze")

    said = await owner.next_message("Nothing is claimed")

    assert [button.label for button in said.buttons] == ["Try again"]


async def test_a_button_for_something_that_never_was_asks_nobody(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    owner.says("/why")
    said = await owner.next_message("Choose a name")

    press = owner.presses(said, data="redo:push:-")

    assert "older version" in await press.answer()
    assert reported.variances == []
