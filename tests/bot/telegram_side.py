"""What the tests of the chat share: a local Telegram with an owner, and the real library's bot or application beside it."""

import asyncio


class Sleeps:
    """A sleep that is written down instead of slept through; the loop still turns."""

    def __init__(self):
        self.taken = []

    async def __call__(self, seconds):
        self.taken.append(seconds)
        await asyncio.sleep(0)
