"""`backup`, `restore`, `export` and `forget` as a person runs them: real processes, right and wrong paths,
other people's eyes."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.house import kept_documents
from core.portfolio.accounts import alone
from providers.ledger.sqlite import SqliteLedger
from tests.journeys.house import Said, bot
from tests.providers.ledger import samples


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Two reports, a month apart, and a portfolio; documents that were read lie beside it."""
    path = tmp_path / "mine.sqlite"
    opened = SqliteLedger(path)
    opened.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin="mine.csv")
    for number in (0, 1):
        at = samples.NOON + number * timedelta(days=30)
        opened.open_run(samples.opening(f"r{number}", at=at, frozen=samples.snapshot(at=at)))
        opened.close_run(samples.lease(f"r{number}"), samples.closing(at=at))
    opened.close()
    kept_documents(path).mkdir(mode=0o700)
    (kept_documents(path) / "0000320193-26-000001.z").touch(mode=0o600)
    return path


def run(ledger: Path, *words: str) -> Said:
    return bot(ledger.parent, {"DATABASE": str(ledger), "TIMEZONE": "UTC"}, *words)


def runs(ledger: Path) -> list[str]:
    opened = SqliteLedger(ledger)
    found = [row.id for row in opened.runs()]
    opened.close()
    return found


def seen_by_others(folder: Path) -> list[str]:
    """Files and folders that anyone but the owner may read."""
    return [found.name for found in folder.rglob("*") if stat.S_IMODE(found.stat().st_mode) & 0o077]


def test_a_ledger_goes_to_another_machine_and_goes_on_there(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir(mode=0o700)

    made = run(ledger, "backup", str(tmp_path / "copy.sqlite"))
    moved = run(other / "mine.sqlite", "restore", str(tmp_path / "copy.sqlite"))

    assert (made.code, moved.code) == (0, 0)
    assert made.out == f"The ledger is copied to {tmp_path / 'copy.sqlite'}.\n"
    assert moved.out == f"The ledger {other / 'mine.sqlite'} is now the backup {tmp_path / 'copy.sqlite'}.\n"
    assert runs(other / "mine.sqlite") == ["r1", "r0"]
    assert seen_by_others(tmp_path) == []


def test_a_backup_without_a_name_is_dated_and_beside_the_ledger(ledger: Path) -> None:
    said = run(ledger, "backup", "--json")

    made = Path(said.json["backup"])
    assert made.parent == ledger.parent
    assert made.name.startswith("mine-")
    assert runs(made) == ["r1", "r0"]


def test_restoring_keeps_what_was_there_and_says_where(ledger: Path, tmp_path: Path) -> None:
    run(ledger, "backup", "copy.sqlite")
    run(ledger, "forget", "--yes")

    said = run(ledger, "restore", "copy.sqlite", "--json")

    former = Path(said.json["former"])
    assert said.json["ledger"] == str(ledger)
    assert (runs(ledger), runs(former)) == (["r1", "r0"], [])


def test_an_export_is_written_once_and_for_its_owner_alone(ledger: Path, tmp_path: Path) -> None:
    first, second = run(ledger, "export", "out"), run(ledger, "export", "out")

    assert first.code == 0
    assert (second.code, second.err) == (2, "out exists already; nothing is written over.\n")
    written = json.loads((tmp_path / "out" / "ledger.json").read_text())
    assert [row["id"] for row in written["runs"]] == ["r0", "r1"]
    assert seen_by_others(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("backup", "none/copy.sqlite"), "none/copy.sqlite could not be created: No such file or directory."),
        (("backup", "."), "exists already; nothing is written over."),
        (("backup", "mine.sqlite"), "mine.sqlite exists already; nothing is written over."),
        (("export", "none/out"), "none/out could not be created: No such file or directory."),
        (("export", "mine.sqlite"), "mine.sqlite exists already; nothing is written over."),
        (("restore", "none.sqlite"), "There is no backup none.sqlite."),
        (("restore", "."), "There is no backup ."),
        (("restore", "mine.sqlite"), "mine.sqlite is the ledger itself"),
        (("restore", "words.txt"), "words.txt was not restored, and nothing was changed."),
        (("restore", "empty"), "empty was not restored, and nothing was changed."),
        (("forget",), "Nothing was erased: answer y, or give --yes."),
        (("forget", "--before", "yesterday", "--yes"), "--before wants a day as in 2026-01-31"),
    ],
)
def test_a_wrong_path_is_one_sentence_and_changes_nothing(
    ledger: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "words.txt").write_text("no database at all " * 100)
    (tmp_path / "empty").touch(mode=0o600)
    before = sorted(found.name for found in tmp_path.rglob("*"))

    said = run(ledger, *words)

    assert said.code == 2
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert runs(ledger) == ["r1", "r0"]
    assert sorted({found.name for found in tmp_path.rglob("*")} - {"mine.sqlite.lock"}) == before


@pytest.mark.parametrize("words", [("backup",), ("export",), ("forget", "--yes")])
def test_where_no_ledger_is_none_is_made_to_be_kept_or_erased(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run(tmp_path / "misspelt.sqlite", *words)

    assert said.code == 2
    assert "There is no ledger" in said.err
    assert list(tmp_path.iterdir()) == []


def test_forgetting_everything_takes_the_filings_that_tell_what_was_held(ledger: Path) -> None:
    said = run(ledger, "forget", "--yes")

    assert (said.code, said.out) == (0, "Erased everything: 2 runs.\n")
    assert runs(ledger) == []
    assert not kept_documents(ledger).exists()


def test_forgetting_before_a_day_leaves_the_rest(ledger: Path) -> None:
    day = (samples.NOON + timedelta(days=1)).date().isoformat()

    said = run(ledger, "forget", "--before", day, "--yes", "--json")

    assert said.json == {"forgotten_runs": 1}
    assert runs(ledger) == ["r1"]
    assert kept_documents(ledger).exists()
