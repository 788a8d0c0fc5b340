"""`python -m bot …` as a person would run it: a real process in a folder of its own, with environment
settings only."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "bot" / "report" / "report.schema.json").read_text(encoding="utf-8"))
# A value that must come out nowhere: every run asserts it.
CANARY = "canary-4f1d-do-not-print"
PATIENCE = 120.0  # seconds; a run takes two on an idle machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A folder in which a command has ended: its settings and what it said."""

    folder: Path
    settings: dict[str, str]
    said: Said


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """What the process gets: nothing of this one's settings."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    own = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::ResourceWarning"}
    return {**kept, **own, "MODEL_API_KEY": CANARY, **settings}


def bot(folder: Path, settings: dict[str, str], *words: str) -> Said:
    """One command to its end. No output may hold the secret, and no bug may show its traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(folder, settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert CANARY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return Said(code=done.returncode, out=done.stdout, err=done.stderr)


def bots(folder: Path, settings: dict[str, str], *commands: tuple[str, ...]) -> list[Said]:
    """Several commands that read only, two at a time; their ends in the given order."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda words: bot(folder, settings, *words), commands))
