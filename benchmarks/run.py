"""`make bench`: runs every benchmark of this folder, each in a process of its own so that none warms or bloats another.

Prints "name | measured | limit | ok/over" lines and ends with 1 when any figure is over its limit.
"""

import subprocess
import sys
from pathlib import Path

NOT_BENCHMARKS = {"__init__", "run", "evidence"}


def main() -> int:
    """The number of benchmark files that were over a limit, as an exit code of 0 or 1."""
    folder = Path(__file__).parent
    over = 0
    for file in sorted(folder.glob("*.py")):
        if file.stem in NOT_BENCHMARKS:
            continue
        print(f"== {file.stem}", flush=True)
        over += (
            subprocess.run(
                [sys.executable, "-m", f"benchmarks.{file.stem}"], cwd=folder.parent, check=False
            ).returncode
            != 0
        )
    print(f"benchmark files over a limit: {over}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
