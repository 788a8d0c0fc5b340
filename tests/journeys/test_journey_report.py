"""The whole way of a report: sources, freeze, ballots, map, ledger; then everything that is answered from the
ledger alone."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from tests.journeys.house import CANARY, SCHEMA, Done, bot, bots
from tests.journeys.world import CANDIDATES, HELD, World, filed_today, market_csv


def test_a_whole_analysis_ends_well_and_keeps_the_published_schema(done: Done) -> None:
    report = done.said.json

    assert done.said.code == 0, done.said.err
    Draft202012Validator(SCHEMA).validate(report)
    assert (report["rehearsal"], report["recording"]) == (False, None)
    assert (report["asked"], report["valid"], report["spoiled"]) == (5, 5, [])
    assert set(report["names"]) == {*HELD, *CANDIDATES}
    assert report["not_judged"] == {"VOO": "a fund: held, not judged"}


def test_names_and_cash_make_one_hundred_now_and_then(done: Done) -> None:
    report = done.said.json

    for when in ("current", "target"):
        names = sum(name[f"{when}_weight"] for name in report["names"].values())
        # Each weight is printed to two places, so each may be off by half a hundredth.
        assert names + report[f"cash_{when}_weight"] == pytest.approx(100, abs=0.12), when


def test_the_verdicts_are_those_of_the_ballots_that_were_sent(done: Done) -> None:
    names = done.said.json["names"]

    verdicts = [(names[ticker]["verdict"], names[ticker]["direction"]) for ticker in sorted(names)[:5]]

    assert verdicts == [
        ("unanimous", "up"),
        ("unanimous", "down"),
        ("consensus", "flat"),
        ("split", None),
        ("unanimous", "flat"),
    ]


def test_facts_of_every_kind_of_source_reach_the_report(done: Done) -> None:
    report = done.said.json

    nvidia, lvmh = report["names"]["NVDA"]["evidence"], report["names"]["MC.PA"]["evidence"]

    assert nvidia["g3"] >= 1
    assert nvidia["official"] >= 1
    assert lvmh["official"] == 0
    assert lvmh["newswire"] >= 1
    assert set(report["coverage"]["NVDA"].values()) == {"ok"}
    assert set(report["coverage"]["MC.PA"]) == {"Name Wire", "World Wire", "news search", "official sources"}
    assert report["coverage"]["MC.PA"]["official sources"] == "none"
    assert report["sieve"]["read"] > report["sieve"]["kept"] > report["sieve"]["g3"] > 0


def test_a_frozen_snapshot_asks_the_same_question_twice_with_every_source_down(done: Done) -> None:
    folder, settings, said = done.folder, done.settings, done.said
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    with World(elsewhere) as other:
        settings = {**settings, "MODEL_BASE_URL": f"{other.address}/v1"}
        first = bot(folder, settings, "analyze", "--snapshot", "frozen.json", "--json")
        second = bot(folder, settings, "analyze", "--snapshot", "frozen.json", "--json")
        bodies = [question.body["messages"] for question in other.questions]

    for key in ("snapshot_digest", "prompt_digest"):
        assert first.json[key] == second.json[key] == said.json[key]
    assert len(bodies) == 10
    assert all(body == bodies[0] for body in bodies)


FROM_THE_LEDGER = (
    ("why", "nvda"),
    ("facts", " NVDA "),
    ("history",),
    ("universe",),
    ("status",),
    ("portfolio",),
    ("track",),
)


def test_what_the_ledger_knows_is_said_with_every_server_down(done: Done) -> None:
    folder, settings = done.folder, done.settings

    as_json = bots(folder, settings, *((*words, "--json") for words in FROM_THE_LEDGER))

    for words, one in zip(FROM_THE_LEDGER, as_json, strict=True):
        assert one.code == 0, (words, one.out)
        assert isinstance(one.json, dict), words


def test_why_says_each_ballots_reasons_and_facts_what_was_seen(done: Done) -> None:
    folder, settings, said = done.folder, done.settings, done.said

    told, facts = bots(folder, settings, ("why", "NVDA", "--json"), ("facts", "NVDA"))

    why = told.json
    assert why["verdict"] == said.json["names"]["NVDA"]["verdict"]
    assert len(why["ballots"]) == 5
    assert "The price asks for much." in json.dumps(why)
    assert "restatement: " in facts.out
    assert "SEC EDGAR: read" in facts.out


def test_a_past_report_is_opened_by_its_id_and_is_the_same_report(done: Done) -> None:
    folder, settings, said = done.folder, done.settings, done.said

    opened, shown = bots(
        folder, settings, ("history", said.json["run"], "--json"), ("history", said.json["run"])
    )

    assert opened.json == said.json
    assert re.search(r"^Next \d", shown.out, re.MULTILINE)


def test_no_secret_and_no_amount_is_where_it_must_not_be(done: Done) -> None:
    files = [path for path in done.folder.iterdir() if path.is_file()]

    assert {path.name for path in files} >= {"ledger.sqlite", "frozen.json"}
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name
    for name in ("ledger.sqlite", "frozen.json"):
        assert (done.folder / name).stat().st_mode & 0o077 == 0, name


def test_lines_typed_by_hand_and_a_market_table_serve_as_well_and_no_amount_leaves_the_house(
    world: World,
) -> None:
    """At DEBUG, so that `bot` looks for the key in everything that can be printed."""
    (world.folder / "typed.txt").write_text("# mine\nnvda 8137.25\nmc.pa 911\nSAP.DE 4455\n")
    table = world.folder / "market.csv"
    table.write_text(market_csv(world.session), encoding="utf-8")
    settings = {**world.settings, "MARKET_SOURCE": f"file:{table}", "LOG_LEVEL": "DEBUG"}
    del settings["PORTFOLIO_FILE"]

    imported = bot(world.folder, settings, "portfolio", "import", "typed.txt")
    said = bot(world.folder, settings, "analyze", "--json")

    assert "Imported" in imported.out, imported.err
    assert said.code == 0, said.out
    Draft202012Validator(SCHEMA).validate(said.json)
    assert set(said.json["names"]) == {"NVDA", "MC.PA", "SAP.DE"}
    assert said.json["cash_current_weight"] == 0
    sent = json.dumps([question.body for question in world.questions])
    assert 'ticker=\\"NVDA\\"' in sent
    for private in ("8137", '\\"911\\"', "4455"):
        assert private not in sent


def test_looking_again_shows_what_is_new_without_asking_any_model(world: World) -> None:
    made = bot(world.folder, world.settings, "analyze", "--json")
    world.ways["/sec/submissions/CIK0000789019.json"] = filed_today("MSFT", "1.03")

    told = bot(world.folder, world.settings, "facts", "msft", "--again", "--json")

    assert made.code == 0, made.out
    assert told.code == 0, told.out
    assert [(fact["severity"], fact["authority"]) for fact in told.json["new"]] == [("G3", "official")]
    assert len(world.questions) == 5
