"""`make faults`: every row of the matrix, injected now, and a table of what was observed. Non-zero when a row
differs.

`FAST=1` injects the same faults with fewer repetitions (kills, commands, strangers). Rows whose tests need
recordings that are not on this machine are listed as not injected, with the reason, and do not fail the run.
"""

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "true")

from tests.faults.matrix import ROWS, Row

ROOT = Path(__file__).parents[2]
OUTCOME = re.compile(
    r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) ?(?:\[\d+\] )?(\S+?)(?:::(\w+))?(?:[\[: ].*)?$", re.MULTILINE
)
ALL = 99  # the row of everything mixed
PAGE = ROOT / "docs" / "faults.md"
SECTION = re.compile(r"^(?=## )", re.MULTILINE)
AT_ONCE = 2  # rows beside each other: they mostly wait, and more would only wait for the processor
AS_EXPECTED, OTHERWISE, NOT_INJECTED = "as expected", "OTHERWISE", "not injected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row."""

    row: Row
    verdict: str
    observed: str


def main() -> int:
    """The number of rows that were not as expected, as exit code."""
    fast = os.environ.get("FAST", "") not in ("", "0")
    begun = time.monotonic()
    with running_tests() as outcome_of_tests:
        seen = asyncio.run(inject_all(fast=fast))
        ran = outcome_of_tests()
    outcomes = [judge(row, ran, seen.get(row.number)) for row in ROWS]
    width = max(len(row.injected) for row in ROWS)
    say(f"{'row':>3} | {'injected':<{width}} | {'expected':<40} | observed")
    for outcome in outcomes:
        row = outcome.row
        say(
            f"{name_of(row):>3} | {row.injected:<{width}} | {row.expected:<40} | {outcome.verdict}: "
            f"{outcome.observed}"
        )
    counts = {
        word: sum(one.verdict == word for one in outcomes) for word in (AS_EXPECTED, OTHERWISE, NOT_INJECTED)
    }
    total = ", ".join(f"{count} {word}" for word, count in counts.items())
    write_page(outcomes, total, fast=fast)
    say(f"total {len(outcomes)} rows: {total}; {time.monotonic() - begun:.0f} s{', fast' if fast else ''}")
    return min(counts[OTHERWISE], 1)


def name_of(row: Row) -> str:
    return "all" if row.number == ALL else str(row.number)


def write_page(outcomes: list[Outcome], total: str, *, fast: bool) -> None:
    """The table as a page of the documentation, where that can be written."""
    lines = [
        "# What it survives",
        "",
        "Printed by `make faults`: each fault is injected now, into real processes, files and sockets, or by "
        "the tests that the row",
        "names; what was observed stands beside what was expected.",
        "",
        f"Last run: {total}{', with fewer repetitions (`FAST=1`)' if fast else ''}.",
        "",
        "| row | injected | expected | observed |",
        "|---|---|---|---|",
        *(
            f"| {name_of(one.row)} | {cell(one.row.injected)} | {cell(one.row.expected)} | {one.verdict}: "
            f"{cell(one.observed)} |"
            for one in outcomes
        ),
    ]
    keep_section("", lines)


def keep_section(head: str, lines: list[str]) -> None:
    """Writes one section of the page, by its heading (the first has none); the others stay as they are."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = {part.splitlines()[0] if place else "": part for place, part in enumerate(SECTION.split(page))}
    sections[head] = "\n".join(lines) + "\n"
    try:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text("\n".join(part.rstrip("\n") + "\n" for part in sections.values()), encoding="utf-8")
    except OSError as error:
        say(f"{PAGE} could not be written: {error.strerror}")


def cell(text: str) -> str:
    return text.replace("|", "/").replace("<", "&lt;")


def say(line: str) -> None:
    """Seen at once, also through a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def running_tests() -> Iterator[Callable[[], list[tuple[str, str, str]]]]:
    """Begins all tests that rows name, in a process of their own; gives a function that waits for (outcome,
    file, test)."""
    wanted = sorted({name for row in ROWS for name, _ in row.tests})
    files = [name for name in wanted if (ROOT / name).exists()]
    words = [sys.executable, "-m", "pytest", "-rA", "--no-header", "-q", "-p", "no:cacheprovider", *files]
    # Into a file, not a pipe: a pipe would need a thread of ours, and row 12 forks.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        process = subprocess.Popen(words, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT)

        def outcomes() -> list[tuple[str, str, str]]:
            process.wait()
            told.seek(0)
            summary = told.read().rpartition("short test summary info")[2]
            return [(word, file, test or "") for word, file, test in OUTCOME.findall(summary)]

        try:
            yield outcomes
        finally:
            process.kill()
            process.wait()


async def inject_all(*, fast: bool) -> dict[int, tuple[bool, str]]:
    """What came of each row that has a check of its own. Those that hold up the loop or measure go alone,
    first."""
    places = asyncio.Semaphore(AT_ONCE)

    async def placed(row: Row) -> tuple[int, tuple[bool, str]]:
        async with places:
            return row.number, await inject(row, fast=fast)

    rows = [row for row in ROWS if row.check is not None]
    alone = [(row.number, await inject(row, fast=fast)) for row in rows if row.alone]
    return dict([*alone, *await asyncio.gather(*(placed(row) for row in rows if not row.alone))])


async def inject(row: Row, *, fast: bool) -> tuple[bool, str]:
    """Whether the row's own check ended as expected, and what was observed."""
    assert row.check is not None
    try:
        with tempfile.TemporaryDirectory(prefix=f"fault{row.number}-") as folder:
            return True, await row.check(Path(folder) / "row", fast=fast)
    except (AssertionError, TimeoutError, OSError, sqlite3.Error) as error:
        return False, " ".join(str(error).split())[:600] or repr(error)


def judge(row: Row, ran: list[tuple[str, str, str]], seen: tuple[bool, str] | None) -> Outcome:
    """What the row's check and the tests that it names say together."""
    said: list[str] = []
    passed = skipped = 0
    for file, name in row.tests:
        found = [word for word, where, test in ran if where.startswith(file) and name in test]
        gone = [word for word, where, _ in ran if word == "SKIPPED" and where.startswith(file)]
        if not found and not gone:
            return Outcome(row=row, verdict=OTHERWISE, observed=f"no test {name}… ran in {file}")
        if any(word in ("FAILED", "ERROR") for word in found):
            return Outcome(row=row, verdict=OTHERWISE, observed=f"{name}… of {file} failed")
        passed += found.count("PASSED")
        skipped += not found
    if seen is not None:
        expected, observed = seen
        if not expected:
            return Outcome(row=row, verdict=OTHERWISE, observed=observed)
        said.append(observed)
    if passed:
        said.append(f"{passed} injecting tests passed")
    if skipped:
        said.append("recordings are not on this machine")
    verdict = AS_EXPECTED if passed or row.check is not None else NOT_INJECTED
    return Outcome(row=row, verdict=verdict, observed="; ".join(said))


if __name__ == "__main__":
    sys.exit(main())
