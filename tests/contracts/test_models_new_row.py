"""A new compatible service is one row: with it, and nothing else, MODEL takes its name and every contract
test covers it.

Runs in a process of its own, for the table must hold the row before anything reads it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ROW = """
from providers.models import services

row = services.Service(
    name="throw-away",
    title="The throw-away service",
    wire="openai",
    address="https://throw-away.invalid/api/v9",
    path="/api/v9",
    keys=("MODEL_API_KEY",),
    modes=("json", "text"),
    cached=(("usage_of_cache", "read"),),
)
services.SERVICES = (*services.SERVICES, row)
services.BY_NAME = {**services.BY_NAME, row.name: row}
"""

SETTING = """
import one_row
from bot.settings import Settings, missing
from providers.models.registry import address_of, build_model
from providers.models.stepping import Memory

settings = Settings(model="Throw-Away:some/model:v1")
keys = {"MODEL_API_KEY": "k"}
built = build_model(settings.model, temperature=None, base_url=None, keys=keys, memory=Memory())
print(settings.model, missing(settings, ("MODEL",)), built.label, address_of(one_row.row, "http://127.0.0.1:1"))
"""


def python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "one_row.py").write_text(ROW)
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_row_is_enough_for_the_setting_its_key_and_its_address(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", SETTING)

    assert done.stderr == ""
    assert done.stdout.strip() == (
        "throw-away:some/model:v1 ('MODEL_API_KEY',) throw-away:some/model:v1 http://127.0.0.1:1/api/v9"
    )


def contract(folder: Path, *plugins: str, only: str = "throw-away") -> tuple[int, str]:
    """Exit code and last words of the contract tests of the new row alone."""
    named = [word for plugin in plugins for word in ("-p", plugin)]
    done = python(
        folder, "-m", "pytest", *named, "-v", "-p", "no:cacheprovider", "--tb=no", "-k", only,
        "tests/contracts/test_models.py", "tests/contracts/test_models_jury.py",
    )  # fmt: skip
    return done.returncode, (done.stdout.splitlines() or [done.stderr])[-1]


def test_the_contract_tests_cover_a_row_that_is_new(tmp_path: Path) -> None:
    code, words = contract(tmp_path, "one_row")

    passed = re.search(r"(\d+) passed", words)
    assert (code, passed is not None) == (0, True), words
    assert passed is not None
    assert int(passed[1]) >= 48


def test_a_row_that_keeps_the_contract_not_fails_its_tests(tmp_path: Path) -> None:
    (tmp_path / "broken_row.py").write_text(
        "import dataclasses, one_row\n"
        "from providers.models import services\n"
        "row = dataclasses.replace(one_row.row, length_field='messages')\n"
        "services.SERVICES = (*services.SERVICES[:-1], row)\n"
        "services.BY_NAME = {**services.BY_NAME, row.name: row}\n"
    )

    code, words = contract(tmp_path, "one_row", "broken_row", only="throw-away and words")

    assert code == 1
    assert "failed" in words
