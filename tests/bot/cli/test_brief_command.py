"""`python -m bot brief`: what the model sees, by name, with tokens by part; nobody is asked."""

import json
from pathlib import Path

import pytest

from bot.cli.base import main
from bot.cli.brief import CHARACTERS_PER_TOKEN
from core.snapshot.codec import encode
from tests.core.snapshots import dossier, fact, snapshot


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE", str(tmp_path / "ledger.sqlite"))
    frozen = snapshot(
        dossier("AAA", weight="45", facts=(fact("AAA", 1, title="The chief leaves"),)),
        dossier("BBB", weight="45"),
    )
    (tmp_path / "frozen.json").write_text(encode(frozen))
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["brief", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_whole_brief_is_printed_with_tokens_by_part(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = call(capsys, "all", "--snapshot", "frozen.json", "--json")

    data = json.loads(out)
    whole = len(data["system"]) + len(data["user"]) + len(json.dumps(data["schema"], separators=(",", ":")))
    tokens = data["tokens"]
    assert code == 0
    assert tokens["all"] == round(whole / CHARACTERS_PER_TOKEN)
    assert abs(sum(tokens.values()) - 2 * tokens["all"]) <= len(tokens)
    assert min(tokens["facts"], tokens["coverage"], tokens["numbers"]) > 0


def test_one_name_is_its_element_with_the_remarks_it_shares(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = call(capsys, "bbb", "--snapshot", "frozen.json")

    assert code == 0
    assert out.startswith('<remark id="r1">price fell since</remark>\n<name ticker="BBB"')
    assert "AAA" not in out.partition("</name>")[0]
    assert "2 names, about" in out


def test_a_name_that_was_not_asked_about_is_refused_with_those_that_were(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _out, err = call(capsys, "ZZZ", "--snapshot", "frozen.json")

    assert code == 2
    assert "Its names: AAA, BBB." in err


def test_without_a_report_it_says_how_to_make_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = call(capsys, "all")

    assert code == 2
    assert "There is no report yet" in err
