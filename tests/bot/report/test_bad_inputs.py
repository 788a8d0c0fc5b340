"""Every view of reports that nobody hopes for: it is drawn, it says what it knows, and nothing breaks."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.report.digest import LINES, digest
from bot.report.markup import shown_text
from bot.report.phone import WIDTH
from bot.report.picture import picture
from bot.report.report_html import report_html
from bot.report.terminal import terminal_map
from bot.report.why import why_blocks
from core.base.gap import NOT_GIVEN, Gap
from core.jury.verdict import NOT_COUNTED, Evidence, Stability
from tests.bot.report.made_run import ROWS, made_run, map_of, snapshot, verdict

UTC = ZoneInfo("UTC")
SPLIT = {"stability": Stability.SPLIT, "direction": Gap(gap="split"), "action": Gap(gap="split")}
NOTHING = Evidence(official=0, newswire=0, other=0, g3=0)


def all_of(**changed: Any) -> dict[str, Any]:
    return {"verdicts": tuple(verdict(ticker, **changed) for ticker in sorted(ROWS))}


def named(*names: str) -> dict[str, Any]:
    dossiers = snapshot().dossiers
    return {
        "dossiers": tuple(
            replace(each, name=names[place % len(names)]) for place, each in enumerate(dossiers)
        )
    }


HOPELESS = {
    "everything split": made_run(stability=all_of(**SPLIT)),
    "everything constant": made_run(
        stability={"constant": True, "distinct": 1}
        | all_of(stability=Stability.CONSTANT, repeat_probability=Gap(gap="constant"))
    ),
    "no quorum anywhere": made_run(stability=all_of(stability=Stability.NO_QUORUM, valid=1)),
    "one name": made_run(tickers=("HD",)),
    "no facts": made_run(
        stability=all_of(evidence=NOTHING),
        frozen={"dossiers": tuple(replace(each, facts=(), coverage=()) for each in snapshot().dossiers)},
    ),
    "names of sixty letters": made_run(
        frozen=named("W" * 60, "An uncommonly long registered name of sixty letters & more")
    ),
    "right to left and Japanese": made_run(frozen=named("أرامكو السعودية", "ソニーグループ株式会社", "טבע")),
    "the same name twice": made_run(frozen=named("Alphabet Inc.")),
    "the first version's": made_run(stability={"distinct": NOT_COUNTED}, frozen={"version": 1}),
    "no name at all": made_run(tickers=(), stability={"verdicts": ()}),
}


@pytest.mark.parametrize("name", HOPELESS)
def test_every_view_is_made_and_none_claims_more_than_it_knows(name: str) -> None:
    run = HOPELESS[name]

    lines = shown_text("\n\n".join(digest(run, zone=UTC))).splitlines()
    page, text = report_html(run, zone=UTC), terminal_map(run, zone=UTC)

    assert len(lines) <= LINES
    assert max(map(len, lines)) <= WIDTH
    assert picture(run).startswith(b"\x89PNG")
    for said in ("\n".join(lines), page, text):
        assert "stable, not right" in said
        assert "None" not in said
        assert "Gap(" not in said
    for verdict_ in map_of(run).verdicts[:1]:
        assert why_blocks(run, verdict_.ticker)


def test_everything_split_proposes_nothing() -> None:
    text = terminal_map(HOPELESS["everything split"], zone=UTC)

    assert "◇ YOUR JUDGMENT: SPLIT (8)" in text
    assert not any(mark in text for mark in ("▼ CUT", "▲ ADD"))


def test_two_names_that_read_alike_are_told_apart_by_their_tickers() -> None:
    text = terminal_map(HOPELESS["the same name twice"], zone=UTC)

    assert "Alphabet ASML" in text
    assert "Alphabet NVDA" in text


def test_a_report_of_the_first_version_has_the_new_words_and_names_no_number_of_different_answers() -> None:
    text = terminal_map(HOPELESS["the first version's"], zone=UTC)

    assert "▼ CUT (2)" in text
    assert "8 names · 5 answers\n" in text
    assert NOT_GIVEN.reason in text
