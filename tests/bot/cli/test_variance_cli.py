"""`python -m bot variance` before anything is asked: what is refused, and what is answered from the ledger
alone."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cli.base import main
from bot.cli.variance import _altered
from bot.settings import Settings


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setenv("MODEL", "rehearsal")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["variance", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_without_a_report_it_says_how_to_make_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = call(capsys)

    assert code == 2
    assert "There is no report yet" in err
    assert "analyze" in err


def test_a_history_without_runs_is_a_sentence_and_as_data_an_empty_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _out, err = call(capsys, "--history")
    assert code == 2
    assert "There is no variance run yet." in err

    code, out, _err = call(capsys, "history", "--json")

    assert code == 0
    assert json.loads(out) == {"questions": []}


@pytest.mark.parametrize("number", ["2", "32", "-1"])
def test_fewer_or_more_ballots_than_a_jury_can_have_are_refused(
    capsys: pytest.CaptureFixture[str], number: str
) -> None:
    code, _out, err = call(capsys, "--runs", number)

    assert code == 2
    assert "3 to 31" in err


def test_a_snapshot_of_an_older_version_is_refused_with_both_numbers(
    capsys: pytest.CaptureFixture[str], house: Path
) -> None:
    (house / "old.json").write_text(json.dumps({"digest": "0" * 64, "snapshot": {"version": 0}}))

    code, _out, err = call(capsys, "--snapshot", "old.json")

    assert code == 2
    assert "version 0" in err
    assert "version 2" in err


def test_a_snapshot_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], house: Path) -> None:
    (house / "x.json").write_text("[]")

    code, _out, err = call(capsys, "--snapshot", "x.json")

    assert code == 2
    assert "x.json" in err


@pytest.mark.parametrize("word", ["warm", "-1", "2.5", "0,5", "nan"])
def test_a_temperature_that_is_none_is_refused_before_anyone_is_asked(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    code, _out, err = call(capsys, "--temperature", word)

    assert code == 2
    assert "a number from 0 to 2, or `own`" in err


@pytest.mark.parametrize(("word", "kept"), [("0", Decimal(0)), ("0.7", Decimal("0.7")), (" OWN ", None)])
def test_temperature_and_concurrency_of_a_run_are_those_of_this_run_only(
    word: str, kept: Decimal | None
) -> None:
    altered = _altered(Settings(temperature=Decimal(1)), 5, word)

    assert (altered.temperature, altered.jury_concurrency) == (kept, 5)
    assert _altered(Settings(), None, None) == Settings()
