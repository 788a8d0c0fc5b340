"""The frame of the command line: wrong use in one line, JSON where it was asked for, and nothing heavy for a
word of help."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.base import COMMANDS, IN, main
from tests.bot.cli.services_side import clean_environment

ROOT = Path(__file__).resolve().parents[3]

# Each takes from a tenth of a second to seconds to import.
HEAVY = (
    "anthropic",
    "apscheduler",
    "curl_cffi",
    "feedparser",
    "genai_prices",
    "httpx",
    "httpx2",
    "matplotlib",
    "numpy",
    "openai",
    "pandas",
    "sqlite_utils",
    "telegram",
)
# For the list of commands not even the settings are read.
NOT_FOR_HELP = (*HEAVY, "asyncio", "pydantic", "pydantic_settings", "dotenv", "sqlite3")


def bot(*words: str, folder: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=clean_environment(PYTHONPATH=str(ROOT), **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def loaded_by(*words: str) -> set[str]:
    """The modules that these words load, of everything that could be."""
    code = (
        "import sys\n"
        "from bot.cli.base import main\n"
        f"assert main({list(words)!r}) == 0\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    done = bot("--help")

    assert done.returncode == 0
    listed = re.findall(r"^  ([a-z]+)  ", done.stdout.split("Commands:")[1], re.MULTILINE)
    assert listed == [name for name, _ in COMMANDS]
    assert loaded_by("--help") & set(NOT_FOR_HELP) == set()


@pytest.mark.parametrize("command", ["doctor", "setup", "analyze", "why"])
def test_the_help_of_a_command_imports_no_heavy_library(command: str) -> None:
    assert loaded_by(command, "--help") & set(HEAVY) == set()


def test_each_command_has_its_module() -> None:
    files = {path.stem for path in (ROOT / "bot" / "cli").glob("*.py")}

    assert {IN.get(name, name) for name, _ in COMMANDS} <= files
    assert "serve" in files


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("analyse",), "there is no command 'analyse'; did you mean analyze?"),
        (("fly",), "there is no command 'fly'. See"),
        (("analyze", "--snapshot"), "Option '--snapshot' requires an argument."),
        (("doctor", "--jsno"), "No such option '--jsno'."),
        (("doctor", "--js"), "No such option '--js'."),
        (("why",), "Missing argument 'TICKER'."),
        (("--fast",), "No such option '--fast'."),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_two(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = main(words)

    printed = capsys.readouterr()
    assert ended == 2
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("analyze", "--json", "--snapshot"), ("analyse", "--json"), ("why", "--json"), ("--json",)]
)
def test_wrong_use_is_one_json_object_where_json_was_asked_for(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    ended = main(words)

    printed = capsys.readouterr()
    assert ended == 2
    answer = json.loads(printed.out)
    assert list(answer) == ["error"]
    assert answer["error"]["code"] == 2
    assert answer["error"]["message"].endswith("--help`.")
    assert printed.err == ""


def test_missing_settings_are_named_all_at_once_by_the_bot_and_by_analyze(tmp_path: Path) -> None:
    the_bot = bot(folder=tmp_path)
    analyze = bot("analyze", "--json", folder=tmp_path)

    assert (the_bot.returncode, analyze.returncode) == (2, 2)
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_ALLOWED_USER_IDS", "MODEL", "CONTACT_EMAIL"):
        assert f"{name} is missing" in the_bot.stderr
    assert "Traceback" not in the_bot.stderr
    message = json.loads(analyze.stdout)["error"]["message"]
    assert "MODEL is missing" in message
    assert "CONTACT_EMAIL is missing" in message
    assert "TELEGRAM" not in message
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_setting_of_the_environment_is_named_without_any_value(tmp_path: Path) -> None:
    done = bot("analyze", folder=tmp_path, MODEL="rehearsal", BUGDET_USD="31337", OPENAI_API_KEY="sk-canary")

    assert done.returncode == 2
    assert "BUGDET_USD (in the environment) is not a setting; did you mean BUDGET_USD?" in done.stderr
    assert "31337" not in done.stderr
    assert "canary" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m bot doctor --json | true"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=tmp_path,
        env=clean_environment(PYTHONPATH=str(ROOT), FX_URL="http://127.0.0.1:9", MODEL="wrong"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_terminal_without_utf8_gets_marks_instead_of_an_end(tmp_path: Path) -> None:
    done = bot(
        "analyze",
        "--snapshot",
        "Übersicht.json",
        folder=tmp_path,
        PYTHONIOENCODING="ascii",
        MODEL="rehearsal",
    )

    assert done.returncode == 2
    assert "There is no snapshot file ?bersicht.json" in done.stderr


def test_what_is_written_is_its_owners_alone() -> None:
    code = (
        "import os, runpy, sys\n"
        "sys.argv = ['bot', '--help']\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit: sys.stderr.write(oct(os.umask(0)))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stderr == "0o77"
