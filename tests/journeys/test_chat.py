"""The real bot in a process of its own, by polling, as its owner meets it: from the first hello to a report
resumed after a kill."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.living import OWNER, Living
from tests.journeys.house import CANARY
from tests.journeys.world import FEW, Answer, Question, Script, good, house_csv

LONG = 60.0  # seconds for what takes two on an idle machine


@pytest.fixture
async def living(tmp_path: Path) -> AsyncIterator[Living]:
    async with Living(tmp_path / "house") as living:
        yield living


async def test_an_owner_goes_from_hello_to_every_drill_down_and_strangers_hear_nothing(
    living: Living,
) -> None:
    owner, local = living.owner, living.local
    del living.settings["PORTFOLIO_FILE"]
    stranger = local.person(666, "Mallory")
    await living.start(LOG_LEVEL="DEBUG")

    # Hello, and the first portfolio.
    owner.says("/start")
    hello = await owner.next_message("I ask one model the same question 5 times", timeout=LONG)
    assert f"Only you can talk to me here (user id {OWNER})" in hello.text
    assert "Stable is not right" in hello.text
    stranger.says("/start")
    stranger.says("/analyze")
    stranger.sends_document("portfolio.csv", b"ticker,quantity\nAAPL,1\n")
    owner.says("/why NVDA")
    await owner.next_message("no report yet", timeout=LONG)
    owner.sends_document("mine.csv", house_csv(FEW).encode() + b"IBM,minus one,USD,,,\n")
    shown = await owner.next_message("Replace the portfolio by this?", timeout=LONG)
    press = owner.presses(shown, "Import it")
    await press.answer(timeout=LONG)

    # A report: acknowledged, edited as it goes on, then digest, picture, file and names.
    owner.says("/analyze")
    started = await owner.next_message("Started.", timeout=LONG)
    digest = await owner.next_message("Stability map", timeout=LONG)
    picture = await owner.next_message("Stability map", timeout=LONG)
    page = await owner.next_message("The full report", timeout=LONG)
    names = await owner.next_message("Choose a name", timeout=LONG)
    assert "6 names · 5 answers · 5 different" in digest.text
    assert "are stable, not right" in digest.text
    assert any("ballots" in text or "facts" in text for text in started.versions)
    assert (await owner.sees("Done in", timeout=LONG)).message_id == started.message_id
    assert picture.photo is not None
    assert page.document is not None
    assert page.document.content.startswith(b"<!doctype html>")
    assert b"<script" not in page.document.content
    assert {button.label.split()[1] for button in names.buttons} >= {"NVIDIA", "LVMH"}

    # From a name to its reasons, its facts, a new look, and back, in one message.
    asked = len(living.world.questions)
    label = next(button.label for button in names.buttons if "NVIDIA" in button.label)
    owner.presses(names, label)
    why = await owner.next_edit("NVIDIA · NVDA", timeout=LONG)
    assert why.message_id == names.message_id
    assert "5 · " in why.text
    owner.presses(why, "Facts")
    facts = await owner.next_edit("Facts · NVIDIA · NVDA", timeout=LONG)
    assert "restatement" in facts.text
    owner.presses(facts, "Look again now")
    await owner.next_edit("Nothing new since the report", timeout=LONG)
    assert len(living.world.questions) == asked

    # What the ledger knows, and the same question again.
    for words, hoped in (
        ("/why nvidia", "NVIDIA · NVDA"),
        ("/facts MSFT", "Facts · Microsoft · MSFT"),
        ("/why NVDIA", "Did you mean"),
        ("/status", "Version"),
        ("/history", "Earlier reports"),
        ("/portfolio", "NVDA"),
        ("/universe", "The last report had no name that is not held"),
        ("/help", "How to read the map"),
        ("/cancel", "Nothing is running"),
    ):
        owner.says(words)
        await owner.next_message(hoped, timeout=LONG)
    owner.says("/variance")
    again = await owner.next_message("only chance moved", timeout=LONG)
    assert "5 of 5 answers readable" in again.text
    assert len(living.world.questions) == asked + 5

    assert stranger.replies() == []
    assert CANARY not in living.words()
    assert living.local.token not in living.words()


def slow_from(number: int) -> Script:
    def script(question: Question) -> Answer:
        answer = good(question)
        answer.pause = 60.0 if question.number >= number else 0.0
        return answer

    return script


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGTERM, id="asked to stop"),
        # The fault matrix kills at every step; this one is the person's view of it.
        pytest.param(signal.SIGKILL, id="killed", marks=pytest.mark.slow),
    ],
)
async def test_a_report_that_was_cut_off_is_taken_up_at_the_next_start_and_paid_once(
    living: Living, number: signal.Signals
) -> None:
    owner, world = living.owner, living.world
    world.script = slow_from(2)
    bot = await living.start(JURY_CONCURRENCY="1")
    owner.says("/analyze")
    await living.until(lambda: len(world.questions) == 3, "the third ballot asked for")

    second = await living.start(JURY_CONCURRENCY="1")
    refused = await living.ended(second)
    begun = time.monotonic()
    bot.send_signal(number)
    code = await living.ended(bot)
    took = time.monotonic() - begun
    world.script = good
    await living.start(JURY_CONCURRENCY="1")
    await living.until(lambda: living.reports() >= 1, "the resumed report")
    await asyncio.sleep(0.3)

    assert refused == 2
    assert "already" in living.words() or "Another" in living.words()
    assert code == (0 if number is signal.SIGTERM else -signal.SIGKILL)
    assert took < 10
    # Two ballots were stored; the third was under way and is asked again.
    assert len(world.questions) == 2 + 1 + 3
    assert living.reports() == 1
    assert living.ask("SELECT COUNT(*) FROM runs") == [(1,)]
    assert living.whole()
    assert any(" names · 5 answers · " in message.text for message in living.chat())
