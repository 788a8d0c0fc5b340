"""`make bench`: runs every benchmark of this folder, each in a process of its own so that none warms or
bloats another.

Prints "name | measured | limit | ok/over" lines and ends with 1 when any figure is over its limit. With
FAST=1 every benchmark runs at its smallest size and only has to print its figures: their height says nothing
then, but none can break unseen. A full run writes them to `docs/benchmarks.md`."""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

FAST = bool(os.environ.get("FAST"))
NOT_BENCHMARKS = {"__init__", "run", "evidence", "pages"}
FIGURE = re.compile(r"^\|?[^|\n]+\|[^|\n]*\d[^|\n]*(\||$)", re.MULTILINE)


def size(full: int, fast: int) -> int:
    """How many: `full`, or `fast` where only the benchmark itself is tried."""
    return fast if FAST else full


def page(printed: dict[str, str]) -> str:
    """The figures of a full run as a page of the documentation; what has a page of its own is left out."""
    lines = [
        "# Benchmarks",
        "",
        f"Printed by `make bench` on {datetime.now(UTC).date()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores.",
        "A figure without a limit is shown for comparison only.",
    ]
    for name, text in printed.items():
        rows = [row for row in text.splitlines() if FIGURE.match(row) and not row.startswith("|")]
        if rows:
            lines += ["", f"## {name}", "", "| figure | measured | limit | |", "|---|---|---|---|"]
            lines += [f"| {row} |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> int:
    """1 when a benchmark was over a limit or printed no figure (FAST: broke or printed none), else 0."""
    # Imported here: the benchmarks themselves import this file.
    from benchmarks.local import present

    folder = Path(__file__).parent
    bad: list[str] = []
    printed: dict[str, str] = {}
    for file in sorted(folder.glob("*.py")):
        if file.stem in NOT_BENCHMARKS or (file.stem == "local" and (FAST or not present())):
            continue
        print(f"== {file.stem}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{file.stem}"],
            cwd=folder.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        print(done.stdout + done.stderr, end="", flush=True)
        printed[file.stem] = done.stdout
        broken = done.returncode not in {0, 1} or not FIGURE.search(done.stdout) or "Traceback" in done.stderr
        if broken or (done.returncode and not FAST):
            bad.append(file.stem)
    if not FAST:
        (folder.parent / "docs" / "benchmarks.md").write_text(page(printed), encoding="utf-8")
    print(f"benchmarks {'broken' if FAST else 'over a limit or broken'}: {', '.join(bad) or 'none'}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
