"""Wrong settings, wrong files, wrong tickers: one sentence a person understands, exit code 2, and no value
repeated."""

import json
from pathlib import Path

import pytest

from bot.cli.base import main
from tests.journeys.house import Done, bot, bots
from tests.journeys.world import World


def test_wrong_settings_are_named_all_at_once_and_no_value_is_printed(tmp_path: Path) -> None:
    settings = {
        "JURY_SIZE": "forty-four",
        "PUSH_TIME": "half-past-nine",
        "TIMEZONE": "Atlantis/Capital",
        "MARKET_SOURCE": "crystal-ball",
        "BUDGET_USDD": "12345.67",
    }

    said = bot(tmp_path, settings, "analyze", "--json")

    assert said.code == 2
    message = said.json["error"]["message"]
    for name in (*settings, "MODEL", "CONTACT_EMAIL"):
        assert name in message
    for value in settings.values():
        assert value not in said.out + said.err


def test_the_bot_without_settings_names_the_four_it_needs(tmp_path: Path) -> None:
    said = bot(tmp_path, {})

    assert said.code == 2
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL"):
        assert f"{name} is missing" in said.err
    assert "rehearsal" not in said.err.lower()


def test_a_misspelt_name_in_the_settings_file_is_named_with_its_nearest(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("JURY_SIZ=7\n")

    said = bot(tmp_path, {}, "status")

    assert said.code == 2
    assert "JURY_SIZ" in said.err
    assert "JURY_SIZE" in said.err


def test_a_snapshot_that_was_edited_is_refused(done: Done, tmp_path: Path) -> None:
    text = (done.folder / "frozen.json").read_text(encoding="utf-8")
    edits = {
        "horizon": text.replace('"horizon_months":12', '"horizon_months":24', 1),
        "fact": text.replace("NVIDIA", "INVIDIA", 1),
        "cut": text[: len(text) // 2],
        "prose": "frozen",
    }
    for name, edited in edits.items():
        assert edited != text
        (tmp_path / f"{name}.json").write_text(edited, encoding="utf-8")

    said = bots(
        tmp_path,
        {"MODEL": "rehearsal"},
        *(("analyze", "--snapshot", f"{name}.json", "--json") for name in edits),
    )

    for name, one in zip(edits, said, strict=True):
        assert one.code == 2, name
        assert f"{name}.json" in one.json["error"]["message"]


def test_a_snapshot_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    said = bot(tmp_path, {"MODEL": "rehearsal"}, "analyze", "--snapshot", "absent.json", "--json")

    assert said.code == 2
    assert "There is no snapshot file absent.json" in said.json["error"]["message"]


def test_an_empty_portfolio_says_how_to_fill_it(world: World) -> None:
    world.portfolio.write_text("ticker,quantity,currency\n")
    settings = world.settings
    without = {name: value for name, value in settings.items() if name != "PORTFOLIO_FILE"}

    empty_file = bot(world.folder, settings, "analyze", "--json")
    none_yet = bot(world.folder, without, "analyze", "--json")

    assert (empty_file.code, none_yet.code) == (2, 2)
    for said in (empty_file, none_yet):
        assert "portfolio import FILE" in said.json["error"]["message"]
    assert world.questions == []


def test_an_unknown_ticker_is_answered_by_the_nearest_that_exist(done: Done) -> None:
    why, facts = bots(done.folder, done.settings, ("why", "NVDIA", "--json"), ("facts", "NVDIA"))

    assert (why.code, facts.code) == (2, 2)
    assert "NVDA" in why.json["error"]["message"]
    assert "NVDA" in facts.err


def test_without_any_report_the_ledger_commands_say_so(tmp_path: Path) -> None:
    commands = (("why", "NVDA"), ("facts", "NVDA"), ("universe",), ("variance",))

    said = bots(tmp_path, {"MODEL": "rehearsal"}, *((*words, "--json") for words in commands))

    for words, one in zip(commands, said, strict=True):
        assert one.code == 2, words
        assert "no report yet" in one.json["error"]["message"], words


@pytest.mark.parametrize(
    "words",
    [("anlyze",), ("why",), ("analyze", "--snapshot"), ("analyze", "--nothing"), ("variance", "--runs", "2")],
    ids=" ".join,
)
def test_wrong_words_on_the_command_line_are_wrong_use(
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["bot", *words, "--json"])

    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main())

    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == 2
