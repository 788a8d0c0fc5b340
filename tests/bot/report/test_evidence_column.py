"""None, empty, stale and failed stay four things wherever the evidence of a name is shown."""

from dataclasses import replace
from datetime import UTC
from io import BytesIO

import pytest
from PIL import Image

from bot.report.digest import digest
from bot.report.facts import coverage_line, facts_blocks
from bot.report.house import looked_block
from bot.report.markup import plain_text
from bot.report.picture import picture
from bot.report.report_html import report_html
from bot.report.report_json import report_json
from bot.report.sheet import evidence_short, evidence_words
from bot.report.terminal import terminal_map
from bot.report.why import why_blocks
from core.base.gap import NOT_GIVEN
from core.facts.fact import Coverage, SourceClass, State
from core.jury.verdict import Evidence, StabilityMap, Verdict
from core.run import Closing, Run
from core.snapshot.model import Dossier
from tests.bot.report.made_run import coverage, made_run

REASONS = {
    State.NONE: "no official source for Germany in this program",
    State.FAILED: "down",
    State.STALE: "of March",
}


def with_official(state: State, *, press: int = 0) -> Run:
    """ASML, an addition with one official source in that state, no official fact and so many newswire
    facts."""
    run = made_run()
    snapshot, closing = run.opening.snapshot, run.closing
    assert isinstance(closing, Closing)
    assert isinstance(closing.stability, StabilityMap)
    row = coverage("Store", SourceClass.OFFICIAL, state, REASONS.get(state))
    dossiers = tuple(
        replace(one, coverage=(row,), facts=()) if one.ticker == "ASML" else one for one in snapshot.dossiers
    )
    evidence = Evidence(official=0, newswire=press, other=0, g3=0)
    verdicts = tuple(
        replace(one, evidence=evidence) if one.ticker == "ASML" else one for one in closing.stability.verdicts
    )
    return replace(
        run,
        opening=replace(run.opening, snapshot=replace(snapshot, dossiers=dossiers)),
        closing=replace(closing, stability=replace(closing.stability, verdicts=verdicts)),
    )


def of(run: Run) -> tuple[Verdict, Dossier]:
    dossier = next(one for one in run.opening.snapshot.dossiers if one.ticker == "ASML")
    assert isinstance(run.closing, Closing)
    assert isinstance(run.closing.stability, StabilityMap)
    return next(one for one in run.closing.stability.verdicts if one.ticker == "ASML"), dossier


@pytest.mark.parametrize(
    ("state", "short", "with_press", "words"),
    [
        (State.NONE, "⚠ no source", "⚠ 1 newswire°", "no official source"),
        (State.OK, "⚠ no fact", "⚠ 1 newswire", "no official fact"),
        (State.EMPTY, "⚠ no fact", "⚠ 1 newswire", "no official fact"),
        (State.STALE, "⚠ old copy", "⚠ old copy", "official source: old copy"),
        (State.FAILED, "⚠ not read", "⚠ not read", "official source not read"),
    ],
)
def test_the_map_tells_no_source_from_nothing_found_from_old_from_could_not_look(
    state: State, short: str, with_press: str, words: str
) -> None:
    silent, loud = with_official(state), with_official(state, press=1)

    assert (evidence_short(*of(silent)), evidence_short(*of(loud))) == (short, with_press)
    assert evidence_words(*of(silent)) == f"⚠ no fact · {words}"
    assert evidence_words(*of(loud)) == f"⚠ 1 newswire · {words}"
    shown = (terminal_map(silent, None, zone=UTC, next_push=NOT_GIVEN), report_html(silent, None, zone=UTC))
    assert all(words in page for page in (*shown, "\n".join(why_blocks(silent, "ASML"))))


@pytest.mark.parametrize(
    ("state", "press", "mark"),
    [
        (State.NONE, 0, "no source"),
        (State.NONE, 1, "no source"),
        (State.OK, 0, "no fact"),
        (State.EMPTY, 1, "press only"),
        (State.STALE, 1, "old copy"),
        (State.FAILED, 0, "not read"),
    ],
)
def test_the_digests_mark_tells_them_apart_too(state: State, press: int, mark: str) -> None:
    said = digest(with_official(state, press=press), None, zone=UTC, next_push=NOT_GIVEN)

    (line,) = (each for each in plain_text("\n".join(said)).splitlines() if "ASML" in each)
    assert line.endswith(f"⚠ {mark}")


def test_a_source_that_was_not_read_in_full_is_counted_beside_official_facts() -> None:
    run = made_run()
    rows = (
        coverage("SEC", SourceClass.OFFICIAL, State.STALE, "of March"),
        coverage("Wire", SourceClass.NEWSWIRE, State.FAILED, "down"),
        coverage("Other wire", SourceClass.NEWSWIRE, State.FAILED, "down"),
    )
    verdict, dossier = of(run)

    said = evidence_words(verdict, replace(dossier, coverage=rows))

    assert said == "1 official · 2 sources unread · 1 old copy"


def test_each_state_has_its_own_words_and_its_own_value() -> None:
    rows = [
        Coverage(source="S", source_class=SourceClass.OFFICIAL, state=state, reason="why") for state in State
    ]

    assert len({coverage_line(row) for row in rows}) == len(State) == 5
    for state in State:
        assert report_json(with_official(state))["coverage"]["ASML"] == {"Store": state.value}


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.OK, "Looked everywhere that could be read: nothing that counts as a fact."),
        (State.EMPTY, "Looked everywhere that could be read: nothing at all."),
        (State.STALE, "of a source only an old copy could be read"),
        (State.FAILED, "not every source could be read"),
        (State.NONE, "no official source of this name is read here"),
    ],
)
def test_looked_everywhere_is_never_said_above_an_old_copy(state: State, said: str) -> None:
    run = with_official(state)
    looked = looked_block((), (), of(run)[1].coverage, "now", run.opening.snapshot.day)

    shown = "\n".join(facts_blocks(run, "ASML"))

    assert said in shown
    assert ("Looked everywhere" in shown) is (state in {State.OK, State.EMPTY})
    assert ("Nothing new since the report." in looked) is (state in {State.OK, State.EMPTY})


def test_one_more_look_at_a_name_of_no_report_says_what_was_found_and_not_what_is_new() -> None:
    dossier = of(made_run())[1]
    today = made_run().opening.snapshot.day

    assert "Found (1)" in looked_block(None, dossier.facts, dossier.coverage, "now", today)
    assert "New since the report (1)" in looked_block((), dossier.facts, dossier.coverage, "now", today)
    nothing = looked_block(None, (), dossier.coverage, "now", today)
    assert "Looked everywhere that could be read" in nothing


def test_the_picture_explains_the_sign_of_no_source_where_it_stands_and_only_there() -> None:
    heights = [
        Image.open(BytesIO(picture(with_official(state, press=1), dark=False))).height
        for state in (State.NONE, State.OK)
    ]

    assert heights[0] > heights[1]
