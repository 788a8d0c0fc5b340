"""What the tests of the chat share: a local Telegram with an owner, and the real library's bot or application beside it."""

import asyncio
import time
from contextlib import asynccontextmanager

import httpx

from bot.telegram.polling import Polling


class Sleeps:
    """A sleep that is written down instead of slept through; the loop still turns."""

    def __init__(self):
        self.taken = []

    async def __call__(self, seconds):
        self.taken.append(seconds)
        await asyncio.sleep(0)


async def fetch(address, cap):
    """A file from the local Telegram. (The bot's own way, with its checks, is `providers.http`.)"""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(address)).content[:cap]


@asynccontextmanager
async def polled(application, urgent=lambda _update: False):
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
