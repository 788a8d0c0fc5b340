"""Rows 12, 33 to 36: the ledger's file under kills, a full disk, a lock, damage, and an older copy."""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.base.errors import LedgerFailed
from core.portfolio.accounts import alone
from providers.ledger.sqlite import SqliteLedger
from tests.faults.living import Living
from tests.providers.ledger import samples

HEAVY = samples.snapshot(rejected=300)


async def killed_while_writing(folder: Path, *, fast: bool) -> str:
    return kill_writers(folder, kills=100 if fast else 500)


def kill_writers(folder: Path, *, kills: int) -> str:
    """A child writes runs without pause and is killed at a random moment, again and again, on one file."""
    path, chance = folder / "ledger.sqlite", random.Random(7)  # a seed
    folder.mkdir(parents=True, exist_ok=True)
    torn = acknowledged = 0
    SqliteLedger(path).close()
    for number in range(kills):
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            _write_for_ever(path, number, tell)
        os.close(tell)
        wanted = 1 + chance.randrange(3)  # the first byte says that it began; then up to two whole runs
        acked = -1
        while acked + 1 < wanted:
            acked += len(os.read(told, 1))
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acked += len(os.read(told, 100_000))
        os.close(told)
        ledger = SqliteLedger(path)
        mine = [row for row in ledger.runs(limit=100_000) if row.id.startswith(f"k{number}-")]
        closed = [row for row in mine if isinstance(row.valid, int)]
        acknowledged += acked
        torn += sum(len(ledger.run(row.id).answers) != 3 for row in closed)
        torn += max(0, acked - len(closed))
        ledger.close()

    assert torn == 0
    return f"{kills} kills, {acknowledged} runs acknowledged, 0 lost, 0 torn, integrity ok each time"


def _write_for_ever(path: Path, number: int, tell: int) -> None:
    """The child: says one byte when it begins and one for each run that was closed."""
    ledger = SqliteLedger(path)
    os.write(tell, b".")
    count = 0
    while True:
        run_id = f"k{number}-{count}"
        ledger.open_run(samples.opening(run_id, frozen=samples.snapshot(note=run_id)))
        for index in range(3):
            ledger.store_answer(samples.lease(run_id), samples.answer(index))
        ledger.close_run(samples.lease(run_id), samples.closing())
        os.write(tell, b".")
        count += 1


async def disk_full_at_each_step(folder: Path, *, fast: bool) -> str:
    """In the store by its page limit, at each kind of write; in a real bot by the file size limit of the
    system."""
    steps = _full_at_each_write(folder)
    async with Living(folder / "bot") as living:
        living.make_due()
        SqliteLedger(living.ledger).close()
        limit = max(living.ledger.stat().st_size, 4096) + 60_000
        wrap = (sys.executable, "-c", _LIMITED, str(limit))
        await living.start(wrap=wrap)
        await living.until(
            lambda: any("ledger" in row.text.lower() for row in living.chat()), "said in the chat"
        )
        code = await living.ended(await living.start("analyze", wrap=wrap))

        assert living.reports() == 0
        assert code not in (0, None)
        assert living.whole()
        return (
            f"{steps} kinds of write refused whole; the bot says it past the ledger; `analyze` exits {code}"
        )


# Runs what follows with a limit on the size of every file that is written.
_LIMITED = (
    "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY)); "
    "os.execv(sys.argv[2], sys.argv[2:])"
)


def _full_at_each_write(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    ledger = SqliteLedger(folder / "small.sqlite")
    ledger.open_run(samples.opening("r1", frozen=HEAVY))
    big = "x" * 300_000
    writes: tuple[Callable[[], object], ...] = (
        lambda: ledger.open_run(samples.opening("r2", frozen=samples.snapshot(note="other", rejected=900))),
        lambda: ledger.store_answer(samples.lease("r1"), samples.answer(0, text=big)),
        lambda: ledger.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin=big),
    )
    pages = ledger.store.db.execute("PRAGMA page_count").fetchone()[0]
    for write in writes:
        ledger.store.db.execute(f"PRAGMA max_page_count = {pages}")
        try:
            write()
        except LedgerFailed as error:
            assert "disk is full" in str(error)  # noqa: PT017  # both that it fails and how is asserted
        else:
            raise AssertionError("a full disk was not noticed")
        run = ledger.run("r1")
        assert (len(ledger.runs()), run.answers) == (1, ())
    ledger.close()
    return len(writes)


async def locked_for_long(folder: Path, *, fast: bool) -> str:
    async with Living(folder) as living:
        SqliteLedger(living.ledger).close()
        with closing(sqlite3.connect(living.ledger, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            code = await living.ended(await living.start("analyze"))
            took = time.monotonic() - begun
            other.execute("ROLLBACK")

        assert code not in (0, None)
        assert took < 25
        assert "is locked by another program" in living.words()
        assert living.world.questions == []
        return f"exit {code} after {took:.0f} s with the reason, no ballot asked"


async def files_that_cannot_be_trusted(folder: Path, *, fast: bool) -> str:
    """Each is refused at the start of the real bot, with what to do, and left as it was."""
    codes = []
    for name, spoil, words in (
        ("damaged", _damage, "restore the last backup"),
        ("newer", _newer, "newer version"),
        ("open", lambda path: path.chmod(0o644), "chmod 600"),
    ):
        async with Living(folder / name) as living:
            ledger = SqliteLedger(living.ledger)
            ledger.open_run(samples.opening(frozen=HEAVY))
            ledger.close()
            spoil(living.ledger)
            before = living.ledger.read_bytes()
            codes.append(await living.ended(await living.start()))

            assert words in living.words(), living.words()
            assert living.ledger.read_bytes() == before
    assert 0 not in codes
    return f"refused with exits {codes} and what to do; files untouched"


def _damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 999")


async def older_backup_restored(folder: Path, *, fast: bool) -> str:
    """A raw copy is taken before the push, the push is delivered, then the copy comes back in the ledger's
    place."""
    async with Living(folder) as living:
        living.settings["PUSH_DAY"] = str((datetime.now(UTC) + timedelta(days=2)).day)
        first = await living.start()
        await living.until(
            lambda: "ready" in living.words() or "started" in living.words().lower(), "a start"
        )
        first.terminate()
        await living.ended(first)
        with closing(sqlite3.connect(living.ledger)) as raw:
            raw.execute(
                "UPDATE notes SET body = '2020-01-01T00:00:00.000000+00:00' WHERE name = 'push since'"
            )
            raw.commit()
            raw.execute("VACUUM INTO ?", [str(folder / "older.sqlite")])
        period = living.make_due()
        with closing(sqlite3.connect(living.ledger)) as raw:
            raw.execute(
                "UPDATE notes SET body = ? WHERE name = 'push since'",
                [(datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="microseconds")],
            )
            raw.commit()
        second = await living.start()
        await living.delivered(period)
        second.terminate()
        await living.ended(second)
        asked = len(living.world.questions)
        for suffix in ("", "-wal", "-shm"):
            living.ledger.with_name(living.ledger.name + suffix).unlink(missing_ok=True)
        (folder / "older.sqlite").chmod(0o600)
        (folder / "older.sqlite").rename(living.ledger)
        await living.start()
        await living.until(
            lambda: any("older copy" in row.text.lower() for row in living.chat()), "the owner is asked"
        )

        assert living.reports() == 1
        assert len(living.world.questions) == asked
        return "the owner is asked, nothing is made or sent again"
