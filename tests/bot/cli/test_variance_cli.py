"""`python -m bot variance` before anything is asked: what is refused, and what is answered from the ledger alone."""

import json
from pathlib import Path

import pytest

from bot.cli.base import main


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


def test_without_a_report_it_says_how_to_make_one(capsys):
    code, _out, err = call(capsys)

    assert code == 2
    assert "There is no report yet" in err
    assert "analyze" in err


def test_a_history_without_runs_is_a_sentence_and_as_data_an_empty_list(capsys):
    code, _out, err = call(capsys, "--history")
    assert code == 2
    assert "There is no variance run yet." in err

    code, out, _err = call(capsys, "history", "--json")

    assert code == 0
    assert json.loads(out) == {"questions": []}


@pytest.mark.parametrize("number", ["2", "32", "-1"])
def test_fewer_or_more_ballots_than_a_jury_can_have_are_refused(capsys, number):
    code, _out, err = call(capsys, "--runs", number)

    assert code == 2
    assert "3 to 31" in err


def test_a_snapshot_of_an_older_version_is_refused_with_both_numbers(capsys, house):
    (house / "old.json").write_text(json.dumps({"digest": "0" * 64, "snapshot": {"version": 0}}))

    code, _out, err = call(capsys, "--snapshot", "old.json")

    assert code == 2
    assert "version 0" in err
    assert "version 2" in err


def test_a_snapshot_that_is_none_is_refused(capsys, house):
    (house / "x.json").write_text("[]")

    code, _out, err = call(capsys, "--snapshot", "x.json")

    assert code == 2
    assert "x.json" in err
