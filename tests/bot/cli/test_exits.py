"""How a command ends: each error of the tree its exit code, its sentence, and its JSON object."""

import json

import pytest

from bot.cli.base import guarded, say_failure
from core.base.errors import (
    BadRequest,
    CondorcetError,
    LedgerFailed,
    ModelFailed,
    NotFound,
    QuorumNotMet,
    SourceFailed,
    SourcesFailed,
)

ENDS = [
    (BadRequest("Asked wrongly."), 2, None),
    (NotFound("There is no report yet."), 2, None),
    (LedgerFailed("The ledger is damaged."), 2, None),
    (SourceFailed("The SEC is down.", source="SEC EDGAR"), 3, ["SEC EDGAR"]),
    (ModelFailed("The key is wrong.", source="openai:x", cause="bad_key"), 3, ["openai:x"]),
    (SourcesFailed("No facts.", failures=(("B", "x"), ("A", "y"), ("B", "z"))), 3, ["A", "B"]),
    (QuorumNotMet("Too few.", valid=1, asked=5, run_id="r"), 4, None),
]


def ending(error: BaseException | None, *, as_json: bool) -> int:
    def command() -> int:
        if error is not None:
            raise error
        return 0

    return guarded(command, as_json=as_json)


def test_a_command_that_ends_well_says_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(None, as_json=True) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("error", "code", "sources"), ENDS, ids=lambda value: type(value).__name__)
def test_an_error_is_its_sentence_on_stderr_and_its_code(
    error: CondorcetError, code: int, sources: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(error, as_json=False) == code
    assert capsys.readouterr() == ("", f"{error}\n")


@pytest.mark.parametrize(("error", "code", "sources"), ENDS, ids=lambda value: type(value).__name__)
def test_with_json_an_error_is_one_object_on_stdout(
    error: CondorcetError, code: int, sources: list[str] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = ending(error, as_json=True)

    printed = capsys.readouterr()
    expected: dict[str, object] = {"code": code, "message": str(error)}
    if sources is not None:
        expected["sources"] = sources
    assert ended == code
    assert json.loads(printed.out) == {"error": expected}
    assert printed.err == ""


def test_ctrl_c_is_said_and_has_the_shells_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(KeyboardInterrupt(), as_json=False) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        ending(ZeroDivisionError("a bug"), as_json=True)


def test_words_of_every_language_stay_readable_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    say_failure("Société inconnue", 2, as_json=True)

    assert "Société" in capsys.readouterr().out
