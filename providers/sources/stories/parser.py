"""Parses feeds in a child process that can be killed: bytes in, items out, five seconds at most.

Refuses to let a feed stop the others: a parser that hangs, dies or runs out of memory is killed, that one
feed is FeedBroken, and the next feed gets a new process. Decisions: one process for all sources, alive only
while somebody gathers (`async with`), because starting one costs about 0.2 s; of the environment it gets
where to import from and nothing else, so no secret can reach a parser.
"""

import asyncio
import json
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("parse_worker.py")
SECONDS_PER_FEED = 5.0
# Importing feedparser on a loaded machine.
SECONDS_TO_START = 10.0
_LENGTH = struct.Struct(">I")


class FeedBroken(Exception):
    """The bytes could not be parsed; `str(error)` says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as the feed has it: decoded text, raw date."""

    title: str
    summary: str
    link: str
    id: str
    published: str
    author: str
    source_url: str
    source_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """`version` is blank when the bytes are no feed at all; `count` is of all items, also those cut off."""

    version: str
    count: int
    broken: str
    entries: tuple[Entry, ...]


class Parser:
    """Shared by all news sources. Use inside `async with parser:`; the process ends with the last user."""

    def __init__(self, *, seconds: float = SECONDS_PER_FEED, worker: Path = WORKER) -> None:
        self._seconds = seconds
        self._worker = worker
        self._users = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Parser":
        self._users += 1
        return self

    async def __aexit__(self, *_exception: object) -> None:
        self._users -= 1
        if self._users == 0:
            await self._stop()

    async def parse(self, body: bytes) -> Parsed:
        """The feed's items. Raises FeedBroken."""
        async with self._turn:
            process = await self._running()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await _exchange(process, body)
            except TimeoutError as error:
                await self._stop()
                raise FeedBroken(f"its parser was stopped after {self._seconds:g} seconds") from error
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                await self._stop()
                raise FeedBroken("it used up the memory or time its parser may have") from error
            except asyncio.CancelledError:
                await self._stop()
                raise
        return _parsed(answer)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # this folder's own modules must not shadow what feedparser imports
                str(self._worker),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            # An empty frame is answered as soon as the imports are done: start-up is not counted as parsing.
            try:
                async with asyncio.timeout(SECONDS_TO_START):
                    await _exchange(self._process, b"")
            except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
                await self._stop()
                raise FeedBroken("the parser could not be started") from error
        return self._process

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.communicate()


async def _exchange(process: asyncio.subprocess.Process, body: bytes) -> Any:
    if process.stdin is None or process.stdout is None:
        raise FeedBroken("the parser could not be started")
    process.stdin.write(_LENGTH.pack(len(body)) + body)
    await process.stdin.drain()
    (size,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    return json.loads(await process.stdout.readexactly(size))


def _parsed(answer: Any) -> Parsed:
    return Parsed(
        version=answer["version"],
        count=answer["count"],
        broken=answer["broken"],
        entries=tuple(Entry(**entry) for entry in answer["entries"]),
    )
