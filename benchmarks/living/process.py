"""The bot as a process of its own for `benchmarks.bot`, which also tells its memory, its processor time and
its loop's lag."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.local_telegram import LocalTelegram

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Bot:
    """The child: asked by a line, answers with a line."""

    process: asyncio.subprocess.Process

    def memory(self) -> float:
        """Resident memory in MB, as the kernel counts it."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2

    def processor(self) -> float:
        """Seconds of processor time that it has used."""
        # Behind the name in brackets: utime and stime are the 14th and 15th field.
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def ask(self, word: str) -> float:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n".encode())
        return float(await self.process.stdout.readline())


@asynccontextmanager
async def bot_process(telegram: LocalTelegram, *, owner: int) -> AsyncIterator[Bot]:
    environment = {
        **os.environ,
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_BASE_URL": telegram.base_url,
        "TELEGRAM_ALLOWED_USER_IDS": str(owner),
        "CONTACT_EMAIL": "bench@localhost.invalid",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from benchmarks.living.process import child; child()",
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Bot(process)
    finally:
        process.terminate()
        await process.wait()


def child() -> None:
    """The bot as `python -m bot` starts it, on the recorded day; a line on stdin asks for the longest `lag`
    or `work` of the loop since."""
    from bot.logs import set_up
    from bot.settings import NEEDS_BOT, load, secrets_of

    settings = load(NEEDS_BOT)
    from bot.app.serve import serve

    set_up("ERROR", secrets=secrets_of(settings))

    async def both() -> None:
        watching = asyncio.create_task(_watch())
        await serve(settings, demo=True)
        watching.cancel()

    asyncio.run(both())


async def _watch() -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    longest = {"lag": 0.0, "work": 0.0}

    async def tick() -> None:
        while True:
            due, worked = loop.time() + 0.005, time.thread_time()
            await asyncio.sleep(0.005)
            longest["lag"] = max(longest["lag"], loop.time() - due)
            longest["work"] = max(longest["work"], time.thread_time() - worked)

    ticking = asyncio.create_task(tick())
    while word := (await lines.readline()).decode().strip():
        print(longest[word] * 1000, flush=True)
        longest[word] = 0.0
    ticking.cancel()
