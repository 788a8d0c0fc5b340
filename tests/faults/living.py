"""A real bot in a process of its own, between a local Telegram and a small world of sources and a model on
loopback.

Everything that a fault row asserts is read from outside: the chat, the ledger's file, the requests that
arrived, the exit.
"""

import asyncio
import logging
import re
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.local.world import Message
from providers.ledger.pushes import SqlitePushBook
from providers.ledger.sqlite import SqliteLedger
from tests.journeys.house import CANARY, environment
from tests.journeys.world import FEW, Answer, World
from tests.local_telegram import LocalTelegram

OWNER = 42
PATIENCE = 60.0  # seconds for anything a healthy bot does in two
GRACE = 5.0  # seconds in which what an ended process said may still arrive
HOUR = timedelta(hours=1)
STEP = re.compile(r"^STEP (\d+) (.+)$", re.MULTILINE)


class Living:
    """`async with Living(folder) as living:`; what is started ends with it."""

    def __init__(self, folder: Path, *, held: tuple[str, ...] = FEW) -> None:
        self.folder = folder
        self.held = held
        self.ledger = folder / "ledger.sqlite"
        self.settings: dict[str, str] = {}
        self.said: list[str] = []
        self.printed: list[bytes] = []
        self.python = sys.executable
        self._started = 0.0
        self.due = datetime.now(UTC)
        self._bots: list[asyncio.subprocess.Process] = []
        self._stack = AsyncExitStack()
        self._readers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Living":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.world = self._stack.enter_context(World(self.folder, held=self.held))
        self.world.ways["/beat"] = Answer(kind="text/plain", body=b"OK")
        # A bot that is killed breaks off its requests: the server beside us says so each time.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self.local = await self._stack.enter_async_context(LocalTelegram())
        self.owner = self.local.person(OWNER, "Ada")
        self.settings = {
            **self.world.settings,
            "TELEGRAM_TOKEN": self.local.token,
            "TELEGRAM_BASE_URL": self.local.base_url,
            "TELEGRAM_ALLOWED_USER_IDS": str(OWNER),
            "HEARTBEAT_URL": f"{self.world.address}/beat",
            "WATCH_TIME": "23:59",
            "PUSH_DAY": str((datetime.now(UTC) + timedelta(days=2)).day),
        }
        return self

    async def __aexit__(self, *_: object) -> None:
        for bot in self._bots:
            if bot.returncode is None:
                bot.kill()
            await bot.wait()
        await asyncio.gather(*self._readers)
        await self._stack.aclose()

    def make_due(self, *, ago: timedelta = timedelta(minutes=1)) -> str:
        """A push was due `ago`, in a ledger that has kept a schedule since before; returns its period."""
        due = self.due = (datetime.now(UTC) - ago).replace(second=0, microsecond=0)
        self.settings |= {"PUSH_DAY": str(due.day), "PUSH_TIME": f"{due:%H:%M}", "TIMEZONE": "UTC"}
        ledger = SqliteLedger(self.ledger)
        SqlitePushBook(ledger.store).since(due - HOUR)
        ledger.close()
        return f"{due:%Y-%m}"

    async def start(self, *words: str, wrap: tuple[str, ...] = (), **more: str) -> asyncio.subprocess.Process:
        """`python -m bot …`; what it says on standard error is kept in `said`, on standard output in
        `printed`."""
        self._started = time.monotonic()
        bot = await asyncio.create_subprocess_exec(
            *wrap,
            self.python,
            "-m",
            "bot",
            *words,
            cwd=self.folder,
            env=environment(self.folder, self.settings | more),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._bots.append(bot)
        self._readers.append(asyncio.create_task(self._read(bot)))
        self._readers.append(asyncio.create_task(self._print(bot)))
        return bot

    @property
    def latest(self) -> asyncio.subprocess.Process:
        """The bot that was started last."""
        return self._bots[-1]

    def age(self) -> float:
        """Seconds since the last start."""
        return time.monotonic() - self._started

    async def ended(self, bot: asyncio.subprocess.Process, patience: float = PATIENCE) -> int:
        """The exit code."""
        async with asyncio.timeout(patience):
            return await bot.wait()

    async def until(
        self, true: Callable[[], bool], hoped: str, patience: float = PATIENCE, *, every: float = 0.05
    ) -> float:
        """Waits, looking `every` so many seconds; returns the seconds it took."""
        begun = time.monotonic()
        while not true():
            waited = time.monotonic() - begun
            if waited > patience or (waited > GRACE and self._over()):
                raise AssertionError(f"in vain for {waited:.0f} s: {hoped}; it said: {self.words()[-1500:]}")
            await asyncio.sleep(every)
        return time.monotonic() - begun

    def _over(self) -> bool:
        """Whether every bot that was started has ended: then nothing more will come."""
        return all(bot.returncode is not None for bot in self._bots)

    def chat(self) -> list[Message]:
        """The bot's messages that the owner sees."""
        rows = self.local.world.chats[OWNER].messages.values()
        return [row for row in rows if row.from_bot]

    def reports(self) -> int:
        """How many reports arrived, counted by their files."""
        return sum(row.document is not None for row in self.chat())

    def pings(self) -> list[str]:
        """What the heartbeat heard, in order."""
        base = urlsplit(self.settings["HEARTBEAT_URL"]).path
        paths = [path for path in self.world.asked if path.startswith(base)]
        return [path.removeprefix(base).removeprefix("/") or "success" for path in paths]

    def questions(self) -> int:
        """How many ballots the model was asked for."""
        return len(self.world.questions)

    def states(self) -> dict[str, str]:
        """The state of each period in the ledger."""
        return {str(period): str(state) for period, state in self.ask("SELECT period, state FROM pushes")}

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """A question to the ledger's file, past the program."""
        if not self.ledger.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True, timeout=5)) as raw:
            return raw.execute(question).fetchall()

    def whole(self) -> bool:
        """I3: the file is sound, and no closed run lacks its opening or an answer its run."""
        sound = self.ask("PRAGMA integrity_check") == [("ok",)]
        return sound and self.ask("PRAGMA foreign_key_check") == []

    async def delivered(self, period: str) -> float:
        """Waits for the period's end as delivered."""
        return await self.until(lambda: self.states().get(period) == "delivered", f"{period} delivered")

    async def one_report(self, period: str) -> float:
        """The four invariants of a month that went well: one report, nothing torn, the heartbeat told;
        seconds to delivery."""
        took = await self.delivered(period)
        await self.until(lambda: "success" in self.pings(), "the heartbeat told")
        assert self.reports() == 1, self.reports()
        assert self.whole()
        assert "fail" not in self.pings(), self.pings()
        return took

    def steps(self) -> list[str]:
        """The names of the numbered steps that bots have said they took (`tests.faults.kills`)."""
        return [name for _, name in STEP.findall(self.words())]

    def words(self) -> str:
        return "".join(self.said)

    async def _read(self, bot: asyncio.subprocess.Process) -> None:
        assert bot.stderr is not None
        while line := await bot.stderr.readline():
            self.said.append(line.decode("utf-8", "replace"))

    async def _print(self, bot: asyncio.subprocess.Process) -> None:
        assert bot.stdout is not None
        self.printed.append(await bot.stdout.read())


__all__ = ["CANARY", "OWNER", "Answer", "Living"]
