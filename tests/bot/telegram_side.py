"""What the tests of the chat share: a local Telegram with an owner, and the real library's bot or application
beside it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from telegram import Update
from telegram.ext import Application

from bot.telegram.polling import Polling

Program = Application[Any, Any, Any, Any, Any, Any]


class Sleeps:
    """A sleep that is written down instead of slept through; the loop still turns."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


async def fetch(address: str, cap: int) -> bytes:
    """A file from the local Telegram. (The bot's own way, with its checks, is `providers.http`.)"""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(address)).content[:cap]


@asynccontextmanager
async def polled(
    application: Program, urgent: Callable[[Update], bool] = lambda _update: False
) -> AsyncIterator[Polling]:
    """`application`, started, hearing what people send through our own polling."""
    polling = Polling(application.bot, application.process_update, urgent=urgent, clock=time.monotonic)
    async with application:
        await application.start()
        task = asyncio.create_task(polling.run())
        try:
            yield polling
        finally:
            task.cancel()
            await polling.finish(1.0)
            await application.stop()
