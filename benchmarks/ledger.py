"""What the ledger costs: its growth per month, opening, one write, one read, a backup, and the time to be
back after a kill.

A month is one report of 30 names with 800 rejected items and five ballots, as large as a real one, plus two
reruns of it.
"""

import os
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.run import size
from core.due.message import Message, MessageKind
from core.portfolio.accounts import alone
from core.run import Purpose
from providers.ledger.keeping import backup
from providers.ledger.sqlite import SqliteLedger
from tests.providers.ledger import samples

MONTHS = size(24, 3)
NAMES = 30
REJECTED = 800
TEXT = "x" * 9000  # one ballot's answer on thirty names, in characters
GROWTH_MB = 1.5
OPEN_S = 0.5
WRITE_S = 0.05
READ_S = 0.6  # the first read of a process also builds the readers
RECOVERY_S = 1.0
BACKUP_S = 2.0
LIFE_MS = 5.0
CONTENTS = (0, 80_000, 120_000, 0)  # digest, picture, page and buttons, in bytes of content


def main() -> int:
    """Prints one line per figure; non-zero when one is over its limit."""
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        writes = fill(path)
        size = path.stat().st_size / 1e6
        over += line("ledger growth per month, MB", size / MONTHS, GROWTH_MB)
        over += line("one ballot stored (95th percentile), s", percentile(writes), WRITE_S)
        begun = time.perf_counter()
        ledger = SqliteLedger(path)
        over += line(f"opening and checking {size:.0f} MB, s", time.perf_counter() - begun, OPEN_S)
        begun = time.perf_counter()
        ledger.last_report()
        over += line("the last report read back, s", time.perf_counter() - begun, READ_S)
        begun = time.perf_counter()
        backup(ledger.store, Path(folder) / "copy.sqlite", now=samples.NOON)
        over += line("online backup, s", time.perf_counter() - begun, BACKUP_S)
        over += line("what lease and outbox add to a run (median), ms", life_ms(ledger), LIFE_MS)
        ledger.close()
        over += line("ready again after kill -9 in a write, s", recovery(path), RECOVERY_S)
    return 1 if over else 0


def life_ms(ledger: SqliteLedger) -> float:
    """What a run's life adds to what was written before there was one: a minute's lease kept, the messages of
    a report with its page and picture beside the closing."""
    message = Message(
        key="", batch="b", position=0, chat_id=42, kind=MessageKind.DOCUMENT, placeholder="…",
        html="x" * 900, plain="x" * 900, filename="report.html",
    )  # fmt: skip
    took: dict[bool, list[float]] = {True: [], False: []}
    now = samples.NOON
    for number in range(2 * size(40, 4)):
        with_life = bool(number % 2)
        run_id = f"life{number}"
        frozen = samples.snapshot(note=run_id)
        begun = time.perf_counter()
        lease = ledger.open_run(samples.opening(run_id, frozen=frozen), holder="bench", until=now)
        if with_life:
            ledger.renew(lease, until=now)
        with ledger.as_one():
            ledger.close_run(lease, samples.closing())
            if with_life:
                ledger.outbox.put(
                    tuple(
                        replace(message, key=f"{run_id}:{place}", position=place, content=b"x" * size)
                        for place, size in enumerate(CONTENTS)
                    ),
                    now=now,
                )
        took[with_life].append(1000 * (time.perf_counter() - begun))
    return statistics.median(took[True]) - statistics.median(took[False])


def fill(path: Path) -> list[float]:
    """Two years of months; the seconds of each stored ballot."""
    ledger = SqliteLedger(path)
    writes = []
    for month in range(MONTHS):
        at = samples.NOON + month * timedelta(days=30)
        frozen = samples.snapshot(at=at, note=f"month {month}", rejected=REJECTED, names=NAMES)
        question = samples.brief(names=NAMES, user=f"{month} " + "<name>…</name>" * 2000)
        for number, purpose in enumerate((Purpose.PUSH, Purpose.RERUN, Purpose.ORDER)):
            run_id = f"m{month}-{number}"
            ledger.open_run(samples.opening(run_id, purpose=purpose, at=at, frozen=frozen, question=question))
            for index in range(5):
                answer = samples.answer(index, text=f"{run_id} {TEXT}")
                begun = time.perf_counter()
                ledger.store_answer(samples.lease(run_id), answer)
                writes.append(time.perf_counter() - begun)
            ledger.close_run(samples.lease(run_id), samples.closing(at=at))
    ledger.close()
    return writes


def recovery(path: Path) -> float:
    """A child is killed while it writes; the seconds until its ledger is open, checked and written again."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        ledger = SqliteLedger(path)
        ledger.open_run(samples.opening("killed"))
        os.write(tell, b".")
        while True:
            ledger.save_accounts(alone(samples.portfolio()), at=samples.NOON, origin="x" * 50_000)
    os.read(told, 1)
    time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    begun = time.perf_counter()
    ledger = SqliteLedger(path)
    ledger.store_answer(samples.lease("killed"), samples.answer(0))
    took = time.perf_counter() - begun
    ledger.close()
    return took


def percentile(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def line(name: str, measured: float, limit: float) -> int:
    late = measured > limit
    print(f"{name} | {measured:.3f} | {limit} | {'over' if late else 'ok'}", flush=True)
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
