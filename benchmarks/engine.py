"""Everything but the model for the demo portfolio, the start of the command line, and the memory of a whole
`analyze`.

The recorded day is gathered once through the real adapters; the time that sources take to answer is not
counted, the scoring of the universe and everything after it is. The five answers are those of the rehearsal
jury, made before the clock starts. Each part is the best of RUNS, so that other programs count as little as
they can; the sum is held against the limit. Libraries are imported before the clock starts, as in a bot that
runs; what a fresh process pays is the last rows.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]

PARTS_LIMIT_MS = 200.0
HELP_LIMIT_S = 0.5
MEMORY_LIMIT_MB = 150.0
RUNS = 7
# What `--help` has no use for; each costs between a tenth and a whole second.
HEAVY = (
    "anthropic",
    "openai",
    "pandas",
    "numpy",
    "matplotlib",
    "telegram",
    "httpx",
    "pydantic",
    "feedparser",
    "sqlite_utils",
)

# Prints nothing: the child's own peak is read from the kernel when it has ended.
HELP = (sys.executable, "-m", "bot", "--help")
ANALYZE = (sys.executable, "-m", "bot", "analyze", "--demo", "--json")


def main() -> int:
    with TemporaryDirectory() as folder:
        # The rehearsal jury and a ledger of its own, whatever stands in this machine's settings.
        os.environ["DATABASE"], os.environ["MODEL"] = str(Path(folder) / "parts.sqlite"), "rehearsal"
        parts = asyncio.run(_parts(Path(folder)))
        for name, seconds in parts:
            print(f"{name} | {seconds * 1000:.1f} ms | - | ok")
        total = 1000 * sum(seconds for _, seconds in parts)
        rows = [("everything but the model, demo portfolio", total, PARTS_LIMIT_MS, "ms")]
        rows.append(("`--help`, median of 5", _help_seconds(), HELP_LIMIT_S, "s"))
        rows.append(("heavy modules that `--help` imports", float(_heavy()), 0.0, "modules"))
        rows.append(
            ("`analyze --demo`, peak memory of the process", _peak_mb(Path(folder)), MEMORY_LIMIT_MB, "MB")
        )
    for name, measured, limit, unit in rows:
        print(f"{name} | {measured:.2f} {unit} | {limit:g} {unit} | {'ok' if measured <= limit else 'over'}")
    return int(any(measured > limit for _, measured, limit, _ in rows))


async def _parts(folder: Path) -> list[tuple[str, float]]:
    """(part, seconds) in the order of the walk."""
    from bot.app.house import new_run_id, open_engine
    from bot.settings import load
    from core.brief.render import render
    from core.engine.closing import evidence
    from core.engine.freezing import gather_material
    from core.engine.terms import Sources
    from core.jury.ballot import Reply
    from core.jury.reading import read_ballot
    from core.jury.tally import tally_jury
    from core.market.universe import score_universe
    from core.run import Closing
    from core.snapshot.freeze import freeze
    from providers.ledger.sqlite import SqliteLedger

    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(open_engine(load(), demo=True))
        run = await engine.analyze()
        terms, sources, as_of = engine.terms, engine.doors.sources, run.opening.snapshot.as_of
        assert isinstance(sources, Sources)
        material = await gather_material(sources, as_of, terms, lambda _: None)
    replies = [answer.reply for answer in run.answers if isinstance(answer.reply, Reply)]
    brief = run.opening.brief
    beside = evidence(run.opening.snapshot)
    if freeze(material) != run.opening.snapshot or len(replies) < terms.jury_size:
        raise SystemExit("the parts would not be those of the run that was made")
    ledger = SqliteLedger(folder / "stored.sqlite")

    def store() -> None:
        opening = replace(run.opening, id=new_run_id(run.opening.opened))
        lease = ledger.open_run(opening)
        for answer in run.answers:
            ledger.store_answer(lease, answer)
        assert isinstance(run.closing, Closing)
        ledger.close_run(lease, run.closing)

    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        (
            f"universe of {len(material.records)} records scored",
            lambda: score_universe(
                material.records, base_currency=material.base_currency, fx=material.fx, day=material.day
            ),
        ),
        ("freeze: value, match, gate, grade, merge", lambda: freeze(material)),
        (f"brief of {len(brief.names)} names", lambda: render(run.opening.snapshot, terms.principles)),
        (
            f"{len(replies)} ballots read",
            lambda: [read_ballot(reply, brief, index=at, attempt=1) for at, reply in enumerate(replies, 1)],
        ),
        (
            "vote, weights, statistics",
            lambda: tally_jury(run.answers, brief, beside, asked=run.opening.stamp.asked),
        ),
        ("store in SQLite: open, five answers, close", store),
    )
    measured = [(name, _best(work)) for name, work in parts]
    ledger.close()
    return measured


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _help_seconds() -> float:
    def once() -> None:
        subprocess.run(HELP, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)

    times = []
    for _ in range(5):
        began = time.perf_counter()
        once()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _heavy() -> int:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *HELP[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    return len(loaded & set(HEAVY))


def _peak_mb(folder: Path) -> float:
    """Peak resident memory of `analyze --demo` in MB, as the kernel counted it; its parser's process is not
    part of it."""
    environment = {**os.environ, "DATABASE": str(folder / "peak.sqlite")}
    child = subprocess.Popen(ANALYZE, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"`analyze --demo` ended with {child.returncode}: there is nothing to measure")
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
