"""A ledger of every earlier version opens, migrates and answers from what it holds."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEDGERS = sorted((ROOT / "tests" / "recordings" / "ledgers").glob("*.sqlite.gz"))


def ask(ledger: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words, "--json"],
        cwd=ROOT,
        env={**os.environ, "DATABASE": str(ledger), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_ledger_of_the_first_version_is_kept() -> None:
    assert [ledger.name for ledger in LEDGERS][:1] == ["0.1.0.sqlite.gz"]


@pytest.mark.parametrize("kept", LEDGERS, ids=lambda kept: kept.name)
def test_an_old_ledger_answers_without_asking_anyone(kept: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "condorcet.sqlite"
    ledger.write_bytes(gzip.decompress(kept.read_bytes()))
    ledger.chmod(0o600)

    history = ask(ledger, "history")
    why = ask(ledger, "why", "AAPL")
    facts = ask(ledger, "facts", "WMT")
    track = ask(ledger, "track")

    assert [one.returncode for one in (history, why, facts, track)] == [0, 0, 0, 0], why.stderr + facts.stderr
    assert len(json.loads(history.stdout)["reports"]) == 2
    assert json.loads(why.stdout)["call"] in {"add", "hold", "cut", "undecided"}
    assert json.loads(facts.stdout)["facts"]


def test_the_portfolio_of_the_first_version_is_shown_and_can_be_changed(tmp_path: Path) -> None:
    ledger = tmp_path / "condorcet.sqlite"
    kept = LEDGERS[0].with_name("portfolio") / "0.1.0.sqlite.gz"
    ledger.write_bytes(gzip.decompress(kept.read_bytes()))
    ledger.chmod(0o600)

    shown = ask(ledger, "portfolio")
    added = ask(ledger, "portfolio", "add", "AAPL", "1", "@", "200")

    assert (shown.returncode, added.returncode) == (0, 0), shown.stderr + added.stderr
    told = json.loads(shown.stdout)
    assert [
        (each["ticker"], each["quantity"], each["locked"], each["paid"]) for each in told["holdings"]
    ] == [("AAPL", "3", True, None), ("VTI", "2.5", False, None)]
    assert told["cash"] == [{"currency": "EUR", "amount": "500"}]
    after = json.loads(added.stdout)["holdings"][0]
    assert (after["quantity"], after["isin"], after["locked"]) == ("4", "US0378331005", True)
