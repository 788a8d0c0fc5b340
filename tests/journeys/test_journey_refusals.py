"""What stops a report: a class of sources that is down, too few readable answers, a refused key. Said once,
with its exit code."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.journeys.house import SCHEMA, bot
from tests.journeys.world import (
    AMERICANS,
    BLOCK_PAGE,
    HELD,
    Answer,
    Question,
    World,
    good,
    refused,
    truncated,
)

ASK = ("analyze", "--snapshot", "frozen.json", "--json")
PAGE = Answer(kind="text/html", body=BLOCK_PAGE)
# Class, what its addresses begin with, how they misbehave, the source that must be named.
DOWN = (
    ("official", "/sec", Answer(status=503, kind="text/html", body=b"down"), "SEC EDGAR"),
    ("newswire", "/news", PAGE, "World Wire"),
    ("search", "/search", Answer(kind="application/xml"), "news search"),
    ("fx", "/fx", PAGE, "ECB"),
)


@pytest.mark.parametrize(("prefix", "way", "source"), [row[1:] for row in DOWN], ids=[row[0] for row in DOWN])
def test_a_class_of_sources_that_is_down_means_no_report_and_is_named(
    world: World, prefix: str, way: Answer, source: str
) -> None:
    world.ways[prefix] = way

    said = bot(world.folder, world.settings, "analyze", "--json")

    assert said.code == 3, said.out
    Draft202012Validator(SCHEMA).validate(said.json)
    error = said.json["error"]
    assert error["code"] == 3
    assert source in error["sources"]
    assert f"{source} could not be read since {world.now.day} " in error["message"]
    assert error["message"].count("What to do: ") == 1
    assert world.questions == []


def test_a_market_that_cannot_be_read_means_no_report_and_is_named(world: World) -> None:
    world.market.unlink()

    said = bot(world.folder, world.settings, "analyze", "--json")
    as_text = bot(world.folder, world.settings, "analyze")

    assert (said.code, as_text.code) == (3, 3)
    assert said.json["error"]["sources"] == ["market file market.json"]
    assert "market.json cannot be opened" in as_text.err
    assert as_text.out == ""
    assert world.questions == []


def test_a_refusing_regulator_is_told_with_the_rule_it_names(world: World) -> None:
    page = b"<html>Your Request Originates from an Undeclared Automated Tool</html>"
    world.ways["/sec"] = Answer(status=403, kind="text/html", body=page)

    said = bot(world.folder, world.settings, "analyze")

    assert said.code == 3
    assert "CONTACT_EMAIL" in said.err
    assert len([path for path in world.asked if path.startswith("/sec")]) == 1


def test_one_name_whose_official_source_failed_is_left_out_and_the_others_are_judged(tmp_path: Path) -> None:
    with World(tmp_path, held=HELD) as world:
        world.ways[f"/sec/submissions/CIK{AMERICANS['WMT']:010d}"] = PAGE
        said = bot(world.folder, {**world.settings, "SEARCH_URL": "off"}, "analyze", "--json")

    assert said.code == 0, said.out
    assert "SEC EDGAR could not be read" in said.json["not_judged"]["WMT"]
    assert set(said.json["names"]) == set(HELD) - {"WMT"}
    assert said.json["coverage"]["WMT"]["SEC EDGAR"] == "failed"


def test_too_few_readable_ballots_are_no_verdict_and_the_run_can_be_read(asked: World) -> None:
    def script(question: Question) -> Answer:
        return good(question) if question.number < 3 else truncated(question)

    asked.script = script

    said = bot(asked.folder, asked.settings, *ASK)
    asked.close()
    listed = bot(asked.folder, asked.settings, "history", "--json")
    opened = bot(asked.folder, asked.settings, "history", listed.json["reports"][0]["id"])
    why = bot(asked.folder, asked.settings, "why", "NVDA")

    assert said.code == 4
    assert said.json["error"]["code"] == 4
    assert "3 of 5 ballots were readable and 4 are needed" in said.json["error"]["message"]
    assert "2 × truncated" in said.json["error"]["message"]
    assert len(asked.questions) == 7  # both spoiled ballots were asked again once
    assert listed.json["reports"][0]["state"] == "no quorum"
    assert opened.code == 0
    assert "2 × truncated" in opened.out
    assert why.code == 2  # a run without quorum is no report


def test_a_spoiled_ballot_is_counted_and_shown_and_never_a_hold(asked: World) -> None:
    """Ballot 1 is cut off both times: one at a time, it is asked second, and again when all others were."""
    asked.script = lambda question: truncated(question) if question.number in {1, 5} else good(question)

    said = bot(asked.folder, {**asked.settings, "JURY_CONCURRENCY": "1"}, *ASK)

    assert said.code == 0, said.out
    assert said.json["valid"] == 4
    assert [(row["cause"], row["attempts"]) for row in said.json["spoiled"]] == [("truncated", 2)]
    assert all(sum(name["counts"].values()) == 4 for name in said.json["names"].values())
    assert len(asked.questions) == 6


@pytest.mark.parametrize(
    ("status", "message", "words"),
    [
        (401, "Incorrect API key provided", "does not accept the key"),
        (404, "The model `test` does not exist", "does not know the model test"),
    ],
)
def test_a_key_or_model_that_is_refused_ends_the_run_after_one_call(
    asked: World, status: int, message: str, words: str
) -> None:
    asked.script = lambda question: refused(status, message)

    said = bot(asked.folder, asked.settings, *ASK)

    assert said.code == 4
    assert words in said.json["error"]["message"]
    assert len(asked.questions) == 1


def test_a_refused_temperature_is_left_out_and_the_report_says_so(asked: World) -> None:
    def script(question: Question) -> Answer:
        if "temperature" in question.body:
            return refused(400, "Unsupported value: 'temperature' does not support 0.", param="temperature")
        return good(question)

    asked.script = script

    said = bot(asked.folder, {**asked.settings, "TEMPERATURE": "0"}, *ASK)

    assert said.code == 0, said.out
    assert said.json["valid"] == 5
    assert said.json["sampling"] == "provider default"
    assert "refused the temperature 0" in " ".join(said.json["remarks"])


@pytest.mark.slow  # every ballot is tried again after a pause: six seconds
def test_a_service_that_is_down_is_no_report_and_no_opinion(asked: World) -> None:
    settings = {**asked.settings, "MODEL_BASE_URL": "http://127.0.0.1:9/v1", "JURY_SIZE": "3"}

    said = bot(asked.folder, settings, *ASK)

    assert said.code == 4
    assert "could not be reached" in said.json["error"]["message"]
