"""Backups are whole, restoring keeps what was there, an export can be opened by anyone, forgetting leaves
nothing."""

import contextlib
import csv
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.base.errors import BadRequest, LedgerFailed, NotFound
from core.base.gap import Gap
from core.base.kind import Kind
from core.portfolio.accounts import alone
from core.portfolio.holding import Holding, Portfolio
from providers.ledger.export import export, neutral
from providers.ledger.keeping import backup, forget, restore
from providers.ledger.lock import InstanceLock
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.sqlite import SqliteLedger
from tests.providers.ledger import samples

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
CANARY = "a-headline-nobody-else-has"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it's a ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqliteLedger]:
    opened = SqliteLedger(path)
    opened.open_run(samples.opening(frozen=samples.snapshot(note=CANARY)))
    opened.store_answer(samples.lease("r1"), samples.answer(0))
    opened.close_run(samples.lease("r1"), samples.closing())
    opened.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin="csv")
    yield opened
    opened.close()


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_backup_is_whole_checked_and_for_its_owner_only(ledger: SqliteLedger, tmp_path: Path) -> None:
    target = backup(ledger.store, tmp_path / "it's a copy.sqlite", now=NOW)

    assert target.stat().st_mode & 0o777 == 0o600
    copy = SqliteLedger(target)
    assert copy.run("r1") == ledger.run("r1")
    assert copy.portfolio() == ledger.portfolio()
    assert sorted(file.name for file in tmp_path.iterdir() if ".part" in file.name) == []
    copy.close()


def test_a_backup_is_recognised_when_it_stands_in_the_ledgers_place(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    SqlitePushBook(ledger.store).recognise(NOW, mark=0)
    copy = SqliteLedger(backup(ledger.store, tmp_path / "copy.sqlite", now=NOW))

    assert SqlitePushBook(copy.store).recognise(NOW, mark=0) == ()
    assert SqlitePushBook(ledger.store).recognise(NOW, mark=0) is None
    copy.close()


def test_a_backup_is_never_written_over_anything(ledger: SqliteLedger, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")

    with pytest.raises(BadRequest, match="exists already"):
        backup(ledger.store, there, now=NOW)

    assert there.read_text() == "mine"


def test_a_backup_into_no_folder_is_refused(ledger: SqliteLedger, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="could not be created"):
        backup(ledger.store, tmp_path / "none" / "copy.sqlite", now=NOW)


def test_a_backup_can_be_made_while_another_thread_writes(ledger: SqliteLedger, tmp_path: Path) -> None:
    ledger.open_run(samples.opening("r2", asked=31))

    def write() -> None:
        for index in range(31):
            ledger.store_answer(samples.lease("r2"), samples.answer(index))

    writer = threading.Thread(target=write)

    writer.start()
    copies = [backup(ledger.store, tmp_path / f"copy{number}.sqlite", now=NOW) for number in range(3)]
    writer.join()

    for target in copies:
        copy = SqliteLedger(target)
        run = copy.run("r2")
        assert [answer.index for answer in run.answers] == list(range(len(run.answers)))
        copy.close()


def test_a_restored_backup_is_the_ledger_and_the_former_one_is_kept(
    ledger: SqliteLedger, path: Path, tmp_path: Path
) -> None:
    target = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)
    ledger.open_run(samples.opening("later"))
    ledger.close()

    kept = restore(target, path, now=NOW)

    assert kept is not None
    restored, former = SqliteLedger(path), SqliteLedger(kept)
    assert [row.id for row in restored.runs()] == ["r1"]
    assert [row.id for row in former.runs()] == ["later", "r1"]
    assert target.exists()
    assert path.stat().st_mode & 0o777 == 0o600
    restored.close()
    former.close()


def test_restoring_on_a_new_machine_needs_no_ledger_there(ledger: SqliteLedger, tmp_path: Path) -> None:
    target = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)

    kept = restore(target, tmp_path / "new.sqlite", now=NOW)

    assert kept is None
    fresh = SqliteLedger(tmp_path / "new.sqlite")
    assert fresh.run("r1").opening.id == "r1"
    fresh.close()


def test_a_damaged_ledger_can_be_replaced_by_a_backup(
    ledger: SqliteLedger, path: Path, tmp_path: Path
) -> None:
    target = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)
    ledger.close()
    os.truncate(path, 5000)

    restore(target, path, now=NOW)

    restored = SqliteLedger(path)
    assert restored.runs()[0].id == "r1"
    restored.close()


def test_a_damaged_backup_changes_nothing(ledger: SqliteLedger, path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"no database at all" * 100)
    ledger.close()

    with pytest.raises(LedgerFailed):
        restore(bad, path, now=NOW)

    again = SqliteLedger(path)
    assert again.runs()[0].id == "r1"
    assert [
        file.name for file in tmp_path.iterdir() if "restoring" in file.name or "before" in file.name
    ] == []
    again.close()


def test_a_backup_that_is_not_there_is_said(tmp_path: Path, path: Path) -> None:
    with pytest.raises(BadRequest, match="no backup"):
        restore(tmp_path / "none.sqlite", path, now=NOW)


def test_a_backup_is_one_file_and_reading_it_back_leaves_nothing_beside_it(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    target = backup(ledger.store, tmp_path / "stick" / "copy.sqlite", now=NOW)
    before = target.read_bytes()

    restore(target, tmp_path / "new.sqlite", now=NOW)

    assert [file.name for file in (tmp_path / "stick").iterdir()] == ["copy.sqlite"]
    assert target.read_bytes() == before


def test_what_still_stands_in_the_log_of_a_copied_ledger_is_restored_too(
    ledger: SqliteLedger, path: Path, tmp_path: Path
) -> None:
    ledger.open_run(samples.opening("in the log"))
    copy = tmp_path / "copy.sqlite"
    for suffix in ("", "-wal"):
        copy.with_name(copy.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())

    restore(copy, tmp_path / "new.sqlite", now=NOW)

    restored = SqliteLedger(tmp_path / "new.sqlite")
    assert [row.id for row in restored.runs()] == ["in the log", "r1"]
    restored.close()


def test_a_backup_of_a_newer_version_is_named_and_nothing_is_changed(
    ledger: SqliteLedger, path: Path, tmp_path: Path
) -> None:
    newer = backup(ledger.store, tmp_path / "newer.sqlite", now=NOW)
    with closing(sqlite3.connect(newer)) as raw:
        raw.execute("PRAGMA user_version = 999")
    ledger.close()

    with pytest.raises(LedgerFailed, match=r"newer\.sqlite was not restored.*newer version") as refused:
        restore(newer, path, now=NOW)

    assert ".part" not in str(refused.value)
    again = SqliteLedger(path)
    assert again.runs()[0].id == "r1"
    again.close()


def test_the_ledger_is_not_restored_from_itself(ledger: SqliteLedger, path: Path) -> None:
    with pytest.raises(BadRequest, match="is the ledger itself"):
        restore(path, path, now=NOW)


def test_nothing_is_restored_under_a_bot_that_runs(ledger: SqliteLedger, path: Path, tmp_path: Path) -> None:
    target = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)

    with InstanceLock(path, now=NOW), pytest.raises(LedgerFailed, match=f"process {os.getpid()}"):
        restore(target, path, now=NOW)


def test_a_second_bot_is_told_who_has_the_ledger_and_the_next_one_gets_it(path: Path) -> None:
    first = InstanceLock(path, now=NOW)
    with pytest.raises(LedgerFailed, match="since 2026-11-01 08:00 UTC"):
        InstanceLock(path, now=NOW)
    first.close()
    first.close()

    InstanceLock(path, now=NOW).close()


def test_a_lock_in_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerFailed, match="could not be created"):
        InstanceLock(tmp_path / "none" / "ledger", now=NOW)


def test_an_export_holds_everything_in_open_formats(ledger: SqliteLedger, tmp_path: Path) -> None:
    files = export(ledger.store, tmp_path / "out", now=NOW)

    assert {file.name for file in files} == {
        "ledger.json",
        "runs.csv",
        "verdicts.csv",
        "votes.csv",
        "facts.csv",
        "portfolio.csv",
    }
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    whole = json.loads((tmp_path / "out" / "ledger.json").read_text())
    assert whole["answers"][0]["body"]["reply"]["text"] == samples.reply().text
    assert any(text["body"].get("remarks") == [CANARY] for text in whole["texts"])
    runs = sheet(tmp_path / "out" / "runs.csv")
    assert (runs[0]["run"], runs[0]["state"], runs[0]["cost_usd"], runs[0]["valid"]) == (
        "r1",
        "done",
        "0.37",
        "5",
    )
    votes = sheet(tmp_path / "out" / "votes.csv")
    assert (votes[0]["ticker"], votes[0]["stance"], votes[0]["target_weight"]) == ("AAPL", "add", "62.5")
    verdicts = sheet(tmp_path / "out" / "verdicts.csv")
    assert (verdicts[0]["stability"], verdicts[0]["direction"]) == ("unanimous", "up")
    facts = sheet(tmp_path / "out" / "facts.csv")
    assert facts[0]["title"] == "The chief financial officer departs <today>"


def test_an_unknown_cost_is_an_empty_cell_and_not_zero(ledger: SqliteLedger, tmp_path: Path) -> None:
    ledger.open_run(samples.opening("r2"))
    ledger.close_run(samples.lease("r2"), samples.closing(cost=Gap(gap="no price")))

    export(ledger.store, tmp_path / "out", now=NOW)

    runs = sheet(tmp_path / "out" / "runs.csv")
    assert runs[1]["cost_usd"] == ""


def test_cells_that_a_spreadsheet_would_run_are_neutralised(ledger: SqliteLedger, tmp_path: Path) -> None:
    evil = Portfolio(
        holdings=(Holding(ticker="=CMD|'/C calc'!A0", name="x", quantity=Decimal("-1.5"), kind=Kind.OTHER),),
        cash=(),
    )
    ledger.save_accounts(alone(evil), at=NOW, origin="@import")

    export(ledger.store, tmp_path / "out", now=NOW)

    rows = sheet(tmp_path / "out" / "portfolio.csv")
    assert (rows[-1]["origin"], rows[-1]["ticker"], rows[-1]["quantity"]) == (
        "'@import",
        "'=CMD|'/C calc'!A0",
        "-1.5",
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [("+1+2", "'+1+2"), ("-3.25", "-3.25"), ("\t=1", "'\t=1"), ("AAPL", "AAPL"), (None, ""), (7, "7")],
)
def test_numbers_stay_numbers_and_formulas_become_text(cell: object, said: str) -> None:
    assert neutral(cell) == said


@pytest.mark.parametrize("place", ["there", "no/folder"])
def test_an_export_into_a_wrong_place_is_refused(ledger: SqliteLedger, tmp_path: Path, place: str) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(BadRequest):
        export(ledger.store, tmp_path / place, now=NOW)


def test_what_is_forgotten_leaves_no_bytes(ledger: SqliteLedger, path: Path) -> None:
    before = any(CANARY.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))

    count = forget(ledger.store, now=NOW)

    assert (before, count) == (True, 1)
    assert not any(CANARY.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert ledger.runs() == ()
    with pytest.raises(NotFound):
        ledger.portfolio()
    ledger.open_run(samples.opening("new"))


def test_only_what_is_older_is_forgotten_and_shared_texts_stay(ledger: SqliteLedger) -> None:
    later = samples.NOON + timedelta(days=31)
    ledger.open_run(samples.opening("shares", at=later, frozen=samples.snapshot(note=CANARY)))
    ledger.open_run(samples.opening("own", at=samples.NOON, frozen=samples.snapshot(note="own")))
    ledger.close_run(samples.lease("own"), samples.closing())
    ledger.open_run(samples.opening("open", at=samples.NOON))

    count = forget(ledger.store, now=NOW, before=later)

    assert count == 2
    assert [row.id for row in ledger.runs()] == ["open", "shares"]
    assert ledger.run("shares").opening.snapshot.remarks == (CANARY,)
    assert ledger.portfolio() == samples.portfolio()


def test_the_file_is_whole_after_forgetting(ledger: SqliteLedger, path: Path) -> None:
    forget(ledger.store, now=NOW)
    ledger.close()
    raw = sqlite3.connect(path)

    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


def test_neither_forgetting_nor_restoring_happens_under_a_run(ledger: SqliteLedger, tmp_path: Path) -> None:
    copy = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)
    until = NOW + timedelta(seconds=60)
    lease = ledger.open_run(samples.opening("now"), holder="command line, process 9", until=until)

    with pytest.raises(BadRequest, match="A run is under way \\(command line, process 9\\)"):
        forget(ledger.store, now=NOW)
    with pytest.raises(BadRequest, match="A run is under way"):
        restore(copy, ledger.store.path, now=NOW)
    ledger.close_run(lease, samples.closing())

    assert len(ledger.runs()) == 2
    assert forget(ledger.store, now=NOW) == 2


class Died(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", range(5))
def test_a_restore_that_is_killed_at_any_rename_leaves_a_whole_ledger_or_says_what_to_do(
    ledger: SqliteLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path = ledger.store.path
    copy = backup(ledger.store, tmp_path / "copy.sqlite", now=NOW)
    ledger.open_run(samples.opening("later"))
    ledger.close_run(samples.lease("later"), samples.closing())
    ledger.close()
    really, left = os.replace, [step]

    def replace_or_die(one: Path, two: Path) -> None:
        if left[0] == 0:
            raise Died
        left[0] -= 1
        really(one, two)

    monkeypatch.setattr(os, "replace", replace_or_die)
    with contextlib.suppress(Died):
        restore(copy, path, now=NOW)
    monkeypatch.setattr(os, "replace", really)

    between = path.with_name(f"{path.name}.restoring")
    if between.exists():
        with pytest.raises(
            LedgerFailed, match=r"was interrupted: finish it with `python -m bot restore .*\.restoring`"
        ):
            SqliteLedger(path)
        restore(between, path, now=NOW + timedelta(hours=1))
    opened = SqliteLedger(path)
    found = {row.id for row in opened.runs()}
    opened.close()

    assert found in ({"r1"}, {"r1", "later"})
    assert not between.exists()
