"""What a bot costs that nobody talks to: the share of one processor that its process takes while it waits.

The real bot in a process of its own, polling a local Telegram that holds each question open as Telegram does.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "true")

from benchmarks.run import size
from tests.faults.living import Living

SECONDS = size(90, 3)
SETTLED_S = size(15, 1)
IDLE_PERCENT = 0.1


def main() -> int:
    """Prints the figure; non-zero when it is over its limit."""
    with tempfile.TemporaryDirectory() as folder:
        percent = asyncio.run(measured(Path(folder) / "idle"))
    over = percent > IDLE_PERCENT
    print(f"processor of an idle bot, % | {percent:.2f} | {IDLE_PERCENT} | {'over' if over else 'ok'}")
    return int(over)


async def measured(folder: Path) -> float:
    """Percent of one processor, over SECONDS."""
    async with Living(folder) as living:
        bot = await living.start()
        await living.until(lambda: "The bot is ready" in living.words(), "a start")
        await asyncio.sleep(SETTLED_S)
        before = used(bot.pid)
        await asyncio.sleep(SECONDS)
        return 100 * (used(bot.pid) - before) / SECONDS


def used(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
