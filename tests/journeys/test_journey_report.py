"""The whole way of a report: sources, freeze, ballots, map, ledger; then everything that is answered from the ledger alone."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.journeys.house import CANARY, SCHEMA, Said, bot, bots
from tests.journeys.world import CANDIDATES, HELD, World, market_csv, plain_lines


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], Said]:
    """One analysis of twenty names and two candidates; afterwards every server is down."""
    folder = tmp_path_factory.mktemp("house")
    with World(folder, held=HELD, candidates=CANDIDATES) as world:
        said = bot(folder, world.settings, "analyze", "--json", "--save-snapshot", "frozen.json")
        settings = world.settings
    return folder, settings, said


Done = tuple[Path, dict[str, str], Said]


def test_a_whole_analysis_ends_well_and_keeps_the_published_schema(done: Done) -> None:
    _, _, said = done

    report = said.json

    assert said.code == 0, said.err
    Draft202012Validator(SCHEMA).validate(report)
    assert (report["rehearsal"], report["recording"]) == (False, None)
    assert (report["asked"], report["valid"], report["spoiled"]) == (5, 5, [])
    assert set(report["names"]) == {*HELD, *CANDIDATES}
    assert report["not_judged"] == {"VOO": "a fund: held, not judged"}


def test_names_and_cash_make_one_hundred_now_and_then(done: Done) -> None:
    report = done[2].json

    for when in ("current", "target"):
        names = sum(name[f"{when}_weight"] for name in report["names"].values())
        # Each weight is printed to two places, so each may be off by half a hundredth.
        assert names + report[f"cash_{when}_weight"] == pytest.approx(100, abs=0.12), when


def test_the_verdicts_are_those_of_the_ballots_that_were_sent(done: Done) -> None:
    names = done[2].json["names"]

    verdicts = [(names[ticker]["verdict"], names[ticker]["direction"]) for ticker in sorted(names)[:5]]

    assert verdicts == [
        ("unanimous", "up"),
        ("unanimous", "down"),
        ("consensus", "flat"),
        ("split", None),
        ("unanimous", "flat"),
    ]


def test_facts_of_every_kind_of_source_reach_the_report(done: Done) -> None:
    report = done[2].json

    nvidia, lvmh = report["names"]["NVDA"]["evidence"], report["names"]["MC.PA"]["evidence"]

    assert nvidia["g3"] >= 1
    assert nvidia["official"] >= 1
    assert lvmh["official"] == 0
    assert lvmh["newswire"] >= 1
    assert set(report["coverage"]["NVDA"].values()) == {"ok"}
    assert set(report["coverage"]["MC.PA"]) == {"Name Wire", "World Wire", "news search"}
    assert report["sieve"]["read"] > report["sieve"]["kept"] > report["sieve"]["g3"] > 0


def test_a_frozen_snapshot_asks_the_same_question_twice_with_every_source_down(done: Done) -> None:
    folder, settings, said = done
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
)


def test_what_the_ledger_knows_is_said_with_every_server_down(done: Done) -> None:
    folder, settings, _ = done

    as_json = bots(folder, settings, *((*words, "--json") for words in FROM_THE_LEDGER))
    as_text = bots(folder, settings, *FROM_THE_LEDGER)

    for words, one, other in zip(FROM_THE_LEDGER, as_json, as_text, strict=True):
        assert (one.code, other.code) == (0, 0), (words, one.out, other.err)
        assert isinstance(one.json, dict), words
        assert other.out.strip(), words


def test_why_says_each_ballots_reasons_and_facts_what_was_seen(done: Done) -> None:
    folder, settings, said = done

    told, facts = bots(folder, settings, ("why", "NVDA", "--json"), ("facts", "NVDA"))

    why = told.json
    assert why["verdict"] == said.json["names"]["NVDA"]["verdict"]
    assert len(why["ballots"]) == 5
    assert "The price asks for much." in json.dumps(why)
    assert "Non-Reliance on Previously Issued Financial Statements" in facts.out
    assert "SEC EDGAR: read" in facts.out


def test_a_past_report_is_opened_by_its_id_and_is_the_same_report(done: Done) -> None:
    folder, settings, said = done

    opened = bot(folder, settings, "history", said.json["run"], "--json").json

    assert opened == said.json


def test_no_secret_and_no_amount_is_where_it_must_not_be(done: Done) -> None:
    folder, _, _ = done

    files = [path for path in folder.iterdir() if path.is_file()]

    assert {path.name for path in files} >= {"ledger.sqlite", "frozen.json"}
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path.name
    for name in ("ledger.sqlite", "frozen.json"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name


def test_the_model_sees_weights_and_facts_and_never_amounts_or_counts(world: World) -> None:
    world.portfolio.write_text(
        "ticker,quantity,currency\nNVDA,8137.25,USD\nMC.PA,911,EUR\n$CASH,77123.45,EUR\n"
    )

    said = bot(world.folder, world.settings, "analyze", "--json")

    sent = json.dumps([question.body for question in world.questions])
    assert said.code == 0, said.out
    assert 'ticker=\\"NVDA\\"' in sent
    for private in ("8137", "77123", "911,", '"911', "911 "):
        assert private not in sent


def test_lines_typed_by_hand_and_a_market_table_serve_as_well(world: World) -> None:
    file = world.folder / "typed.txt"
    file.write_text(plain_lines(world.held))
    table = world.folder / "market.csv"
    table.write_text(market_csv(world.session), encoding="utf-8")
    settings = {**world.settings, "MARKET_SOURCE": f"file:{table}"}
    del settings["PORTFOLIO_FILE"]

    imported = bot(world.folder, settings, "portfolio", "import", "typed.txt")
    said = bot(world.folder, settings, "analyze", "--json")

    assert "Imported" in imported.out, imported.err
    assert said.code == 0, said.out
    Draft202012Validator(SCHEMA).validate(said.json)
    assert set(said.json["names"]) == set(world.held)
    assert said.json["cash_current_weight"] == 0


def test_everything_said_at_debug_keeps_the_key_to_itself(world: World) -> None:
    said = bot(world.folder, {**world.settings, "LOG_LEVEL": "DEBUG"}, "analyze")

    assert said.code == 0  # and `bot` has looked for the key in all that was printed
    assert world.questions[0].body["model"] == "test"
