"""What an owner changes on a running bot holds at once; a portfolio without a single share is told so
plainly."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.report import figures
from core.due.period import next_period
from tests.faults.living import Living

LONG = 60.0
ZONE = ZoneInfo("Europe/Paris")


@pytest.fixture
async def living(tmp_path: Path) -> AsyncIterator[Living]:
    async with Living(tmp_path / "house") as living:
        yield living


async def test_day_and_time_changed_in_the_chat_are_the_date_that_is_shown_from_then_on(
    living: Living,
) -> None:
    owner = living.owner
    del living.settings["PUSH_DAY"]
    living.settings.pop("PUSH_TIME", None)
    living.settings["TIMEZONE"] = str(ZONE)
    await living.start()

    owner.says("/settings day 9")
    await owner.next_message("9", timeout=LONG)
    owner.says("/settings time 07:45")
    await owner.next_message("07:45", timeout=LONG)
    owner.says("/status")
    status = await owner.next_message("Next report", timeout=LONG)
    hoped = next_period(datetime.now(UTC), ZONE, 9, time(7, 45)).due

    assert f"Next report: {figures.moment(hoped, ZONE)}" in status.text
    # By a button as well, and the report prints the same date.
    owner.says("/settings day")
    offered = await owner.next_message("Report on day", timeout=LONG)
    owner.presses(offered, "15")
    await owner.next_edit("Settings", timeout=LONG)
    owner.says("/analyze")
    digest = await owner.next_message("YOUR JUDGMENT", timeout=LONG)
    later = next_period(datetime.now(UTC), ZONE, 15, time(7, 45)).due
    shown = re.search(r"next (\d+\s\w+)", digest.text)
    assert shown is not None
    assert shown[1].replace("\u00a0", " ") == figures.short_day(later.astimezone(ZONE).date())


async def test_a_portfolio_of_funds_alone_is_answered_in_one_sentence_and_asks_no_model(
    living: Living,
) -> None:
    owner = living.owner
    living.world.portfolio.write_text(
        "ticker,quantity,currency,kind,locked,name\nVOO,10,USD,fund,,Vanguard S&P 500 ETF\n$CASH,500,EUR,,,\n"
    )
    living.settings.pop("UNIVERSE_FILE", None)
    await living.start()

    owner.says("/analyze")
    said = await owner.next_message("No report", timeout=LONG)
    owner.says("/portfolio")
    shown = await owner.next_message("Vanguard", timeout=LONG)

    assert "fund" in said.text
    assert [button.label for button in said.buttons] == ["Try again"]
    assert "Vanguard" in shown.text
    assert living.world.questions == []
