"""A field of the ballot costs at most five files, and old runs stay readable.

Proved by adding a throw-away one (`would_change`: what would change the ruling) to a copy of the house: the
schema, the task, the reader, the vote, the ledger's codec, the rehearsal and `why --json` then know it, and
answers from before say that they have none."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.brief.schema import BALLOT_VERSION

ROOT = Path(__file__).parents[1]
# One file each: (text that stands there, text that takes its place).
EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "core/brief/schema.py": (
        (
            "    Field(\n        name=\"stance\",",
            '    Field(name="would_change", meaning="what would change the ruling", form=TEXTS),\n'
            "    Field(\n        name=\"stance\",",
        ),
        (f"BALLOT_VERSION = {BALLOT_VERSION}", f"BALLOT_VERSION = {BALLOT_VERSION + 1}"),
    ),
    "core/jury/ballot.py": (
        (
            "    impossible: Stance | Gap\n",
            "    impossible: Stance | Gap\n"
            '    would_change: tuple[str, ...] | Gap = Gap(gap="nobody asked")\n',
        ),
    ),
    "core/jury/reading.py": (
        (
            "        impossible=said if",
            '        would_change=_texts(fields["would_change"], "would_change", name.ticker),\n'
            "        impossible=said if",
        ),
    ),
    "providers/models/rehearsal.py": (
        (
            '        "stance": stance,\n',
            '        "would_change": ["other figures"],\n        "stance": stance,\n',
        ),
    ),
}  # fmt: skip
PROGRAM = """
import asyncio, json, sys
from core.base.canonical import dumps, loads
from core.base.gap import Gap
from core.brief.render import render
from core.jury.ballot import Answer, Ballot
from core.jury.sampler import Bounds, Sitting
from core.jury.tally import tally_jury
from core.snapshot.codec import decode
from providers.models.rehearsal import RehearsalModel

frozen = decode(open(sys.argv[1]).read(), origin="a file")
brief = render(frozen, "- Weigh the case against before the case for.")
sitting = Sitting(
    model=RehearsalModel(), brief=brief, asked=3, bounds=Bounds(concurrency=3, deadline_s=60.0),
    store=lambda _: None, progress=lambda _: None, may_spend=lambda _: True, jitter=lambda: 0.0,
)
answers = asyncio.run(sitting.answers())
old = [loads(Answer, line, what="an old answer") for line in open(sys.argv[2]).read().splitlines()]
mixed = (*old, *(answer for answer in answers if answer.index not in {one.index for one in old}))
print(json.dumps({
    "asked": "would_change" in brief.user and "would_change" in brief.schema,
    "read": [line.would_change for one in answers for line in one.reading.lines][:1],
    "kept": all(loads(Answer, dumps(one), what="an answer") == one for one in answers),
    "versions": sorted({one.version for one in mixed}),
    "old": [isinstance(line.would_change, Gap) for one in old for line in one.reading.lines],
    "valid": tally_jury(mixed, brief, (), asked=3).valid,
}))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house with the throw-away field: what the test changes is all that a real one would
    need."""
    for room in ("core", "providers", "bot"):
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "recordings")
        )
    for name, changes in EDITS.items():
        file = tmp_path / name
        text = file.read_text("utf-8")
        for before, after in changes:
            assert text.count(before) == 1, (name, before)
            text = text.replace(before, after)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def run(house: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "DATABASE": str(house / "old.sqlite")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_field_of_the_ballot_costs_at_most_five_files() -> None:
    assert len(EDITS) <= 5


def test_it_is_asked_for_read_counted_and_kept_and_answers_from_before_stay_readable(house: Path) -> None:
    from core.base.canonical import dumps
    from core.snapshot.codec import encode
    from tests.core.jury.juries import asked, brief, jury
    from tests.core.snapshots import dossier, snapshot

    (house / "frozen.json").write_text(encode(snapshot(dossier("AAA", weight="45"))))
    old = jury(brief(asked("AAA", "45")), "AAA", ["hold", "add"], [45, 50])
    (house / "old.jsonl").write_text("\n".join(dumps(one) for one in old))

    said = json.loads(run(house, "-c", PROGRAM, "frozen.json", "old.jsonl"))

    assert said == {
        "asked": True,
        "read": [["other figures"]],
        "kept": True,
        "versions": [1, BALLOT_VERSION + 1],
        "old": [True, True],
        "valid": 3,
    }


def test_a_run_of_the_first_version_is_shown_and_says_that_nobody_asked(house: Path) -> None:
    kept = ROOT / "tests" / "recordings" / "ledgers" / "0.1.0.sqlite.gz"
    (house / "old.sqlite").write_bytes(gzip.decompress(kept.read_bytes()))
    (house / "old.sqlite").chmod(0o600)

    why = json.loads(run(house, "-m", "bot", "why", "AAPL", "--json"))

    votes = [one for one in why["ballots"] if one["state"] == "voted"]
    assert votes
    assert all(one["would_change"] is None and one["reasons_for"] for one in votes)
