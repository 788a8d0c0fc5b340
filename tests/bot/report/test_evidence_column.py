"""None, empty, stale and failed stay four things wherever the evidence of a name is shown."""

from dataclasses import replace
from typing import Any

import pytest

from bot.report.facts import coverage_line, facts_blocks
from bot.report.report_json import report_json
from bot.report.sheet import evidence_short, evidence_words
from core.facts.fact import Coverage, SourceClass, State
from core.run import Run
from tests.bot.report.made_run import coverage, made_run

REASONS = {
    State.NONE: "no official source for Germany in this program",
    State.FAILED: "down",
    State.STALE: "of March",
}


def with_official(state: State) -> Run:
    """ASML with one official source in that state and no fact at all."""
    run = made_run()
    snapshot = run.opening.snapshot
    row = coverage("Store", SourceClass.OFFICIAL, state, REASONS.get(state))
    dossiers = tuple(
        replace(one, coverage=(row,), facts=()) if one.ticker == "ASML" else one for one in snapshot.dossiers
    )
    opening = replace(run.opening, snapshot=replace(snapshot, dossiers=dossiers))
    return replace(run, opening=opening)


def of(run: Run) -> tuple[Any, Any]:
    dossier = next(one for one in run.opening.snapshot.dossiers if one.ticker == "ASML")
    verdict = next(one for one in made_run().closing.stability.verdicts if one.ticker == "ASML")  # type: ignore[union-attr]
    bare = replace(verdict, evidence=replace(verdict.evidence, official=0, newswire=0, other=0, g3=0))
    return bare, dossier


@pytest.mark.parametrize(
    ("state", "short", "words"),
    [
        (State.NONE, "no source", "no official source"),
        (State.EMPTY, "none", "no official fact"),
        (State.STALE, "none", "no official fact"),
        (State.FAILED, "not read", "no official fact · 1 source unread"),
    ],
)
def test_the_map_tells_no_source_from_nothing_found_from_could_not_look(
    state: State, short: str, words: str
) -> None:
    verdict, dossier = of(with_official(state))

    assert evidence_short(verdict, dossier).endswith(short)
    assert words in evidence_words(verdict, dossier)


def test_each_state_has_its_own_words_and_its_own_value() -> None:
    rows = [
        Coverage(source="S", source_class=SourceClass.OFFICIAL, state=state, reason="why") for state in State
    ]

    assert len({coverage_line(row) for row in rows}) == len(State) == 5
    for state in State:
        assert report_json(with_official(state))["coverage"]["ASML"] == {"Store": state.value}


@pytest.mark.parametrize(
    ("state", "everywhere"),
    [(State.EMPTY, True), (State.STALE, False), (State.FAILED, False), (State.NONE, False)],
)
def test_looked_everywhere_is_never_said_above_an_old_copy(state: State, everywhere: bool) -> None:
    said = "\n".join(facts_blocks(with_official(state), "ASML"))

    assert ("Looked everywhere that could be read" in said) is everywhere
