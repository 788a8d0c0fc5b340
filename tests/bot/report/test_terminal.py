from zoneinfo import ZoneInfo

from bot.report.terminal import terminal_map
from core.base.gap import Gap
from core.run import RunState
from tests.bot.report.made_run import ROWS, made_run

UTC = ZoneInfo("UTC")


def test_every_name_stands_on_the_map_whole():
    text = terminal_map(made_run(), zone=UTC)

    assert all(any(line.startswith(f"{ticker} ") for line in text.splitlines()) for ticker in ROWS)
    assert "INTC  5/5   6.1 → 2.0 %   repeats 77 %   2 facts" in text
    assert "G3 · SEC 14 Nov · CFO departs" in text


def test_the_statistics_and_remarks_stand_below():
    text = terminal_map(made_run(), zone=UTC)

    assert "Agreement 71 % · unanimous 43 % at N = 5" in text
    assert "All votes: 40 % up · 35 % flat · 25 % down" in text
    assert "- One price is two sessions old." in text


def test_a_rehearsal_says_so_in_the_first_line():
    assert (
        terminal_map(made_run(rehearsal=True), zone=UTC).splitlines()[0]
        == "*** REHEARSAL: no model was asked ***"
    )


def test_a_run_without_a_map_says_why():
    run = made_run(
        closing={"state": RunState.FAILED, "stability": Gap(gap="none"), "failure": "SEC answered 403."}
    )

    text = terminal_map(run, zone=UTC)

    assert "No report: SEC answered 403." in text


def test_without_a_set_push_the_reason_is_said():
    assert terminal_map(made_run(), zone=UTC, next_push=Gap(gap="no bot is running")).endswith(
        "Next: no bot is running"
    )
