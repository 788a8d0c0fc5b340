"""What a newcomer runs first: the demo, which asks no model and says so in everything it touches."""

import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.journeys.house import SCHEMA, bot, bots

SAYS_SO = "no model was asked"


def test_the_demo_prints_the_map_and_writes_its_files_and_all_say_that_no_model_was_asked(
    tmp_path: Path,
) -> None:
    said = bot(tmp_path, {}, "demo", "--once")
    folder = tmp_path / "build" / "demo"
    page = (folder / "report.html").read_text(encoding="utf-8")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))

    assert said.code == 0, said.err
    assert SAYS_SO in said.out
    # In a pipe the progress is plain and complete: each stage once it is through, and each ballot.
    assert not {"\r", "\x1b"} & set(said.err + said.out)
    assert [line for line in said.err.splitlines() if line.startswith("ballots")][-5:] == [
        f"ballots {done}/5" for done in range(1, 6)
    ]
    assert re.search(r"(?m)^facts (\d+)/\1$", said.err)
    assert SAYS_SO in page
    Draft202012Validator(SCHEMA).validate(report)
    assert report["rehearsal"] is True
    assert report["recording"] == "recorded day 2026-04-24"
    assert len(report["names"]) >= 16
    assert report["not_judged"]["VOO"] == "a fund: held, not judged"
    assert {f"map-{theme}.png" for theme in ("light", "dark")} <= {path.name for path in folder.iterdir()}
    # Self-contained: it runs nothing and loads nothing.
    assert "<script" not in page.lower()
    assert re.findall(r"""(?:src|@import|url\()\s*=?\s*["']?(?!data:)(https?:|//)""", page) == []


def test_the_demos_ledger_is_its_own_and_answers_every_command(tmp_path: Path) -> None:
    made = bot(tmp_path, {}, "analyze", "--demo", "--json")
    commands = (
        ("why", "NVDA", "--demo", "--json"),
        ("facts", "NVDA", "--again", "--demo", "--json"),
        ("history", "--demo", "--json"),
        ("history", "--json"),
    )

    why, again, demo_history, own_history = bots(tmp_path, {}, *commands)

    assert made.code == 0, made.err
    assert why.json["rehearsal"] is True
    assert again.json["new"] == []
    assert [row["id"] for row in demo_history.json["reports"]] == [made.json["run"]]
    assert own_history.json["reports"] == []


def test_a_name_of_which_no_report_was_made_yet_is_looked_at_in_the_recording(tmp_path: Path) -> None:
    commands = (
        ("facts", "ASML.AS", "--demo"),
        ("facts", "hsba.l", "--demo"),
        ("facts", "7203.T", "--demo"),
        ("facts", "QQQQ", "--demo"),
        ("facts", "ASML.AS"),
    )

    dutch, british, japanese, unknown, own = bots(tmp_path, {}, *commands)

    assert "Found (1)" in dutch.out
    assert "AFM Annual financial report · results: “Annual financial report 2025”" in dutch.out
    assert "AFM: read (recorded in June 2026, read until 2026-04-24)" in dutch.out
    assert "Bloomberg · regulator acts: HSBC Climate Data Sparks Investor Call" in british.out
    assert "look at National Storage Mechanism, https://data.fca.org.uk" in british.out
    assert "no official source of this name is read here" in japanese.out
    assert unknown.code == own.code == 2
    assert "the price source does not know it" in unknown.err
    assert "There is no report yet" in own.err
