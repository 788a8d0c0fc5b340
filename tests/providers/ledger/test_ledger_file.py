"""A ledger that cannot be trusted is refused with what to do; one that fails says so and has half-written
nothing."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from core.base.errors import LedgerFailed, NotFound
from core.portfolio.accounts import alone
from providers.ledger import store
from providers.ledger.sqlite import SqliteLedger
from tests.providers.ledger import samples


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def filled(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.open_run(samples.opening(frozen=samples.snapshot(rejected=200)))
    ledger.close_run(samples.lease("r1"), samples.closing())
    ledger.close()


def test_a_new_ledger_can_be_read_by_its_owner_only(path: Path) -> None:
    before = os.umask(0o000)
    try:
        ledger = SqliteLedger(path)
        ledger.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin="csv")
    finally:
        os.umask(before)

    modes = {
        suffix: (path.parent / f"{path.name}{suffix}").stat().st_mode & 0o777 for suffix in store.SIDE_FILES
    }

    assert modes == {"": 0o600, "-wal": 0o600, "-shm": 0o600}
    ledger.close()


def test_every_table_is_strict_and_every_column_is_filled(path: Path) -> None:
    filled(path)
    raw = sqlite3.connect(path)

    tables = raw.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    )
    loose = [name for name, strict in tables if not strict and not name.startswith("sqlite_")]
    empty = raw.execute(
        "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c "
        "WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.\"notnull\" = 0 "
        "AND c.pk = 0"
    ).fetchall()

    assert loose == []
    assert empty == []
    raw.close()


def test_it_keeps_a_write_ahead_log_and_waits_for_the_disk(path: Path) -> None:
    ledger = SqliteLedger(path)

    said = ledger.store.read(
        lambda db: [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )

    assert said == ["wal", 2]
    ledger.close()


def test_a_write_that_need_not_last_does_not_wait_for_the_disk_and_the_next_one_does(path: Path) -> None:
    ledger = SqliteLedger(path)

    def seen(db: Database) -> int:
        db.execute("INSERT INTO notes VALUES (?, '', '')", [str(len(found))])
        return int(db.execute("PRAGMA synchronous").fetchone()[0])

    found: list[int] = []
    for lasting in (False, True):
        found.append(ledger.store.write(seen, lasting=lasting))
    with pytest.raises(ZeroDivisionError):
        ledger.store.write(lambda db: 1 // 0, lasting=False)
    found.append(ledger.store.write(seen))

    assert found == [1, 2, 2]
    assert ledger.store.read(lambda db: db.table("notes").count) == 3
    ledger.close()


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_ledger_that_others_can_read_is_refused_with_the_command_to_run(path: Path, suffix: str) -> None:
    ledger = SqliteLedger(path)
    side = path.parent / f"{path.name}{suffix}"
    side.chmod(0o644)

    with pytest.raises(LedgerFailed, match=f"chmod 600 {side}"):
        SqliteLedger(path)

    ledger.close()


def test_a_ledger_of_a_newer_version_is_refused(path: Path) -> None:
    filled(path)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 999")
    raw.close()

    with pytest.raises(LedgerFailed, match="newer version"):
        SqliteLedger(path)


def test_a_step_that_this_version_does_not_know_is_a_newer_version(path: Path) -> None:
    filled(path)
    raw = sqlite3.connect(path)
    raw.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('condorcet', 'future', "
        "'2030')"
    )
    raw.commit()
    raw.close()

    with pytest.raises(LedgerFailed, match="newer version"):
        SqliteLedger(path)


def test_another_programs_database_is_left_alone(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE bookmarks (url TEXT)")
    raw.close()
    path.chmod(0o600)

    with pytest.raises(LedgerFailed, match="another program"):
        SqliteLedger(path)


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"this is a text, and a long one at that. " * 200)
    path.chmod(0o600)

    with pytest.raises(LedgerFailed, match="restore"):
        SqliteLedger(path)

    assert path.read_bytes().startswith(b"this is a text")


def test_a_damaged_page_is_refused_at_the_start(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096 * 3))

    with pytest.raises(LedgerFailed, match="damaged"):
        SqliteLedger(path)


def test_a_cut_file_is_refused_at_the_start(path: Path) -> None:
    filled(path)
    os.truncate(path, path.stat().st_size // 2)

    with pytest.raises(LedgerFailed, match="damaged"):
        SqliteLedger(path)


@pytest.mark.parametrize("place", ["no-such-folder/ledger.sqlite", "."])
def test_a_place_that_cannot_hold_a_file_is_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(LedgerFailed, match="ledger"):
        SqliteLedger(tmp_path / place)


def test_a_full_disk_is_said_and_nothing_is_half_written(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.open_run(samples.opening("before"))
    ledger.store.db.execute(
        f"PRAGMA max_page_count = {ledger.store.db.execute('PRAGMA page_count').fetchone()[0]}"
    )

    with pytest.raises(LedgerFailed, match="disk is full"):
        ledger.open_run(samples.opening("during", frozen=samples.snapshot(rejected=500, note="big")))

    assert [row.id for row in ledger.runs()] == ["before"]
    with pytest.raises(NotFound):
        ledger.run("during")
    ledger.close()


def test_a_lock_is_waited_for_in_bounds_and_then_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_S", 0.2)
    ledger = SqliteLedger(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(LedgerFailed, match="locked by another program"):
        ledger.open_run(samples.opening())

    other.execute("ROLLBACK")
    other.close()
    ledger.open_run(samples.opening())
    ledger.close()


def test_a_read_only_ledger_is_said(path: Path) -> None:
    filled(path)
    raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    with pytest.raises(sqlite3.OperationalError) as caught:
        raw.execute("DELETE FROM runs")

    assert "is read-only" in str(store.explain(caught.value, path))
    raw.close()


def test_a_trouble_that_the_table_does_not_know_is_told_as_it_is(path: Path) -> None:
    said = str(store.explain(sqlite3.OperationalError("odd thing"), path))

    assert said == f"The ledger {path} refused: odd thing. Nothing was half-written."


def test_a_closed_ledger_says_that_it_is_closed(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.close()
    ledger.close()

    with pytest.raises(LedgerFailed, match="is closed"):
        ledger.runs()


def test_many_threads_write_through_one_ledger(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.open_run(samples.opening(asked=31))
    threads = [
        threading.Thread(target=ledger.store_answer, args=(samples.lease("r1"), samples.answer(index)))
        for index in range(31)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.index for answer in ledger.run("r1").answers] == list(range(31))
    ledger.close()


def test_two_programs_that_create_the_same_ledger_both_get_it(path: Path) -> None:
    code = (
        "import sys; from providers.ledger.sqlite import SqliteLedger; "
        "print(len(SqliteLedger(sys.argv[1]).runs()))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    said = [process.communicate(timeout=30)[0].strip() for process in started]

    assert said == ["0", "0", "0"]


def test_opening_a_ledger_does_not_load_pandas_and_leaves_it_loadable(path: Path) -> None:
    code = (
        "import sys; from providers.ledger.sqlite import SqliteLedger; SqliteLedger(sys.argv[1]).close(); "
        "print('pandas' in sys.modules, 'numpy' in sys.modules); import numpy; print(numpy.int8(3))"
    )

    said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False", "3"]
