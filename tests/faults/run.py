"""`make faults`: every row of the matrix, injected now, and a table of what was observed. Non-zero when a row differs.

`FAST=1` injects the same faults with fewer repetitions (kills, commands, strangers). Rows whose tests need recordings that
are not on this machine are listed as not injected, with the reason, and do not fail the run.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "true")

from tests.faults.matrix import ROWS, Row

ROOT = Path(__file__).parents[2]
OUTCOME = re.compile(
    r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) ?(?:\[\d+\] )?(\S+?)(?:::(\w+))?(?:[\[: ].*)?$", re.MULTILINE
)
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
    ran = run_tests()
    outcomes = [judge(row, ran, fast=fast) for row in ROWS]
    width = max(len(row.injected) for row in ROWS)
    say(f"{'row':>3} | {'injected':<{width}} | {'expected':<40} | observed")
    for outcome in outcomes:
        row = outcome.row
        say(
            f"{row.number:>3} | {row.injected:<{width}} | {row.expected:<40} | {outcome.verdict}: {outcome.observed}"
        )
    counts = {
        word: sum(one.verdict == word for one in outcomes) for word in (AS_EXPECTED, OTHERWISE, NOT_INJECTED)
    }
    total = ", ".join(f"{count} {word}" for word, count in counts.items())
    say(f"total {len(outcomes)} rows: {total}; {time.monotonic() - begun:.0f} s{', fast' if fast else ''}")
    return min(counts[OTHERWISE], 1)


def say(line: str) -> None:
    """Seen at once, also through a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_tests() -> list[tuple[str, str, str]]:
    """All tests that rows name, once, as (outcome, file, test)."""
    wanted = sorted({name for row in ROWS for name, _ in row.tests})
    files = [name for name in wanted if (ROOT / name).exists()]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--no-header", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    summary = done.stdout.rpartition("short test summary info")[2]
    return [(word, file, test or "") for word, file, test in OUTCOME.findall(summary)]


def judge(row: Row, ran: list[tuple[str, str, str]], *, fast: bool) -> Outcome:
    """Injects one row."""
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
    if row.check is not None:
        try:
            with tempfile.TemporaryDirectory(prefix=f"fault{row.number}-") as folder:
                said.append(asyncio.run(row.check(Path(folder) / "row", fast=fast)))
        except (AssertionError, TimeoutError, OSError) as error:
            return Outcome(
                row=row, verdict=OTHERWISE, observed=" ".join(str(error).split())[:300] or repr(error)
            )
    if passed:
        said.append(f"{passed} injecting tests passed")
    if skipped:
        said.append("recordings are not on this machine")
    verdict = AS_EXPECTED if passed or row.check is not None else NOT_INJECTED
    return Outcome(row=row, verdict=verdict, observed="; ".join(said))


if __name__ == "__main__":
    sys.exit(main())
