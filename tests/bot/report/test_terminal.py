import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.report.terminal import terminal_map
from core.base.gap import Gap
from core.run import RunState
from tests.bot.report.made_run import ROWS, made_run, snapshot

UTC = ZoneInfo("UTC")


def test_every_name_stands_on_the_map_whole() -> None:
    text = terminal_map(made_run(), zone=UTC)

    assert all(any(f" {ticker} " in line for line in text.splitlines()) for ticker in ROWS)
    assert "Intel             INTC  5/5   5.7 → 1.9 %   same call again: 77 %   2 official\n" in text
    assert "    G3 · SEC 14 Nov · “The Chief Financial Officer will resign.”" in text
    assert "\u202f" not in text
    assert "\u00a0" not in text


def test_colour_changes_no_letter_and_is_only_there_when_asked_for() -> None:
    plain, coloured = (terminal_map(made_run(), zone=UTC, colour=wanted) for wanted in (False, True))

    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_wide_letters_keep_the_columns_in_line() -> None:
    dossiers = tuple(replace(d, name="ソニー") if d.ticker == "HD" else d for d in snapshot().dossiers)

    lines = terminal_map(made_run(frozen={"dossiers": dossiers}), zone=UTC).splitlines()

    (japanese,) = [line for line in lines if line.startswith("ソニー")]
    (other,) = [line for line in lines if line.startswith("Intel ")]
    assert japanese.index(" HD ") + 3 == other.index(" INTC ")


def test_the_statistics_and_remarks_stand_below() -> None:
    text = terminal_map(made_run(), zone=UTC)

    assert "Agreement 71 % · unanimous 43 % at N = 5" in text
    assert "All votes: 40 % up · 35 % flat · 25 % down" in text
    assert "- One price is two sessions old." in text


def test_a_rehearsal_says_so_in_the_first_line() -> None:
    assert (
        terminal_map(made_run(rehearsal=True), zone=UTC).splitlines()[0]
        == "*** REHEARSAL: no model was asked ***"
    )


def test_a_run_without_a_map_says_why() -> None:
    run = made_run(
        closing={"state": RunState.FAILED, "stability": Gap(gap="none"), "failure": "SEC answered 403."}
    )

    text = terminal_map(run, zone=UTC)

    assert "No report: SEC answered 403." in text


def test_without_a_set_push_the_reason_is_said() -> None:
    assert terminal_map(made_run(), zone=UTC, next_push=Gap(gap="no bot is running")).endswith(
        "Next: no bot is running"
    )
