import asyncio
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.chat.context import Desk
from core.base.errors import BadRequest, NotFound, QuorumNotMet, SourcesFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Sink
from core.engine.asking import Publish
from core.jury.verdict import Stability
from core.run import RunState
from tests.bot.chat.fake_engine import FakeEngine
from tests.bot.report.made_run import closing_of, made_run, map_of
from tests.local_telegram import LocalTelegram, Person


async def test_analyze_is_acknowledged_then_reports_digest_picture_file_and_names(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.says("/analyze")

    started = await owner.next_message("Started.")
    assert [button.label for button in started.buttons] == ["Cancel"]
    digest = await owner.next_message("Stability map")
    picture = await owner.next_message("Stability map")
    page = await owner.next_message("full report")
    names = await owner.next_message("Choose a name")
    assert "YOUR JUDGMENT (3)" in digest.text
    assert picture.photo is not None
    assert picture.photo.width == 720
    assert page.document is not None
    assert page.document.name == "condorcet-2026-11-22.html"
    assert b"<!doctype html>" in page.document.content
    assert len(names.buttons) == 9
    assert (await owner.sees("Done in")).message_id == started.message_id
    assert started.buttons == ()
    assert engine.model_calls == 1


async def test_progress_stands_in_one_message_and_other_commands_answer_meanwhile(
    desk: Desk, owner: Person, reported: FakeEngine
) -> None:
    reported.hold = asyncio.Event()
    owner.says("/analyze")

    edited = await owner.next_edit("ballots 3/5, 1 spoiled")
    owner.says("/why NVDA")
    await owner.next_message("undecided (split: your judgment decides)")

    moving = r"prices 28/30 · facts 19/30 · ballots 3/5, 1 spoiled · \$0\.18 · \d+ s"
    assert re.fullmatch(moving, edited.text.splitlines()[1])
    reported.hold.set()
    await owner.next_message("Choose a name")


async def test_a_second_analysis_is_refused_while_one_runs(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.hold = asyncio.Event()
    owner.says("/analyze")
    await owner.next_edit("ballots")
    owner.says("/analyze")

    busy = await owner.next_message("A run is on")

    assert "ballots 3/5, 1 spoiled" in busy.text
    assert engine.model_calls == 1


async def test_two_analyses_at_once_start_one_run(desk: Desk, owner: Person, engine: FakeEngine) -> None:
    engine.hold = asyncio.Event()
    owner.says("/analyze")
    owner.says("/analyze")

    await owner.sees("A run is on")

    assert engine.model_calls == 1


async def test_while_the_monthly_report_is_made_analyze_and_cancel_say_so_and_spend_nothing(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    async with desk.paid.by_schedule("The report for November 2026 is being made."):
        owner.says("/analyze")
        asked = await owner.next_message("The report for November 2026")
        owner.says("/cancel")
        cancelled = await owner.next_message("The report for November 2026")
    owner.says("/analyze")
    await owner.next_message("Choose a name")

    assert asked.text == cancelled.text == "The report for November 2026 is being made."
    assert engine.model_calls == 1


@pytest.mark.parametrize("way", ["command", "button"])
async def test_a_cancelled_run_says_what_was_paid(
    desk: Desk, owner: Person, engine: FakeEngine, way: str
) -> None:
    engine.hold = asyncio.Event()
    owner.says("/analyze")
    started = await owner.next_edit("ballots")
    if way == "command":
        owner.says("/cancel")
    else:
        press = owner.presses(started, "Cancel")
        assert await press.answer() == "Stopping…"

    said = await owner.sees("had been spent")

    assert said.text == "Cancelled\nThe run was cancelled by the owner; $0.18 had been spent."
    assert (await owner.sees("Cancelled.")).message_id == started.message_id
    assert not desk.paid.running


async def test_cancel_with_nothing_running_says_so(desk: Desk, owner: Person) -> None:
    owner.says("/cancel")

    await owner.next_message("Nothing is running.")


async def test_above_the_limit_the_cost_is_asked_and_a_double_tap_pays_once(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.price = Decimal("0.83")
    owner.says("/analyze")
    question = await owner.next_message("This would cost about $0.83")
    assert engine.model_calls == 0

    first, second = owner.presses(question, "Run"), owner.presses(question, "Run")

    assert await first.answer() == ""
    assert await second.answer() == "Already answered: it runs once."
    await owner.next_message("Choose a name")
    assert engine.model_calls == 1


async def test_a_declined_question_spends_nothing_and_cannot_be_taken_back(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.price = Decimal("0.83")
    owner.says("/analyze")
    question = await owner.next_message("This would cost")
    go = next(button.data for button in question.buttons if button.label == "Run")

    await owner.presses(question, "Don't").answer()

    assert await owner.presses(question, data=go).answer() == "Already answered: it runs once."
    assert question.text == "Not run. Nothing was spent."
    assert engine.model_calls == 0


async def test_a_question_of_before_the_restart_is_no_longer_open(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    message = owner.says("hello")

    assert "no longer open" in await owner.presses(message, data="go:0123abcd").answer()
    assert engine.model_calls == 0


async def test_an_unknown_cost_is_said_and_never_called_zero(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.price = Gap(gap="no price is known")
    owner.says("/analyze")

    started = await owner.next_message("Started.")

    assert "cost not known beforehand" in started.text


async def test_failed_sources_stop_the_run_and_are_named(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.fails = SourcesFailed("No report: the facts layer failed.", failures=(("SEC", "answered 403"),))
    owner.says("/analyze")

    said = await owner.sees("What failed:")

    assert "· SEC: answered 403" in said.text
    assert all(message.photo is None and message.document is None for message in owner.replies())


async def test_without_a_quorum_the_kept_run_is_shown_and_no_map(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    broken = made_run(
        run_id="broken",
        spoiled=4,
        stability={"verdicts": ()},
        closing={"state": RunState.NO_QUORUM, "failure": "Only 5 of 9."},
    )
    engine.ledger.stored.append(broken)
    engine.fails = QuorumNotMet("Only 5 of 9 answers were readable.", valid=5, asked=9, run_id="broken")
    owner.says("/analyze")

    said = await owner.next_message("4 spoiled: truncated ×4")

    assert "Nothing is claimed" in said.text
    assert said.text.startswith("No report\nOnly 5 of 9.")


async def test_a_missing_portfolio_is_said_before_anything_runs(
    desk: Desk, owner: Person, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def estimate() -> Gap:
        raise NotFound("There is no portfolio yet.")

    monkeypatch.setattr(engine, "estimate", estimate)
    owner.says("/analyze")

    await owner.next_message("There is no portfolio yet.")
    assert not desk.paid.running


async def test_a_limit_that_forbids_the_run_is_the_answer(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    engine.fails = BadRequest("Not begun: above the limit. Nothing was spent.")
    owner.says("/analyze")

    await owner.sees("Not begun: above the limit. Nothing was spent.")


async def test_a_bug_is_told_and_the_bot_goes_on(
    desk: Desk, owner: Person, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.fails = ZeroDivisionError("bug")
    owner.says("/analyze")

    await owner.next_message("Something went wrong on my side")
    owner.says("/cancel")
    await owner.next_message("Nothing is running.")
    assert "ZeroDivisionError" in caplog.text


async def test_a_report_whose_picture_cannot_be_sent_still_arrives(
    desk: Desk, owner: Person, local: LocalTelegram
) -> None:
    from tests.local_telegram import Refusal

    local.inject(Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), "editMessageMedia", times=1)
    owner.says("/analyze")

    await owner.next_message("full report")
    assert [message.photo for message in owner.replies()] == [None] * len(owner.replies())


async def test_a_large_map_comes_as_a_file_that_keeps_its_size(
    desk: Desk, owner: Person, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.bot.report.made_run import verdict

    run = made_run(
        stability={"verdicts": tuple(verdict("INTC", ticker=f"T{number:02}") for number in range(40))}
    )

    async def analyze(*, progress: Sink, errand: str, publish: Publish) -> None:
        (await publish(run))()

    monkeypatch.setattr(engine, "analyze", analyze)
    owner.says("/analyze")

    await owner.next_message("40 names · 5 answers")
    picture = await owner.next_message("Stability map")
    assert picture.document is not None
    assert picture.document.name == "condorcet-2026-11-22.png"


async def test_variance_without_a_report_offers_to_make_one(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    owner.says("/variance")

    said = await owner.next_message("There is no report yet.")

    assert [button.label for button in said.buttons] == ["Analyze now"]
    assert engine.variances == []


async def test_the_second_report_is_compared_with_the_first(
    desk: Desk, owner: Person, engine: FakeEngine
) -> None:
    first = made_run(run_id="run0")
    verdicts = tuple(replace(one, stability=Stability.SPLIT) for one in map_of(first).verdicts)
    closing = replace(closing_of(first), stability=replace(map_of(first), verdicts=verdicts))
    engine.ledger.stored.append(replace(first, closing=closing))
    owner.says("/analyze")

    digest = await owner.next_message("Stability map")

    assert "calls changed: only noise" in digest.text
    assert NOT_GIVEN.reason not in digest.text
