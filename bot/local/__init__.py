"""A local Telegram: a strict subset of the Bot API over real HTTP on loopback, and a chat page on top of it.

It lets the real bot be tried and tested without a token. It is not Telegram: it keeps everything in memory,
knows one bot, and refuses what it does not know instead of guessing. Decisions: it imports nothing of ours,
so a fault of the bot cannot hide in it; limits and error texts are worded as the official server words them,
because the bot reads them. Faults in its way, and people whose chat can be waited on, belong to the tests
(`tests/local_telegram.py`)."""

from bot.local.telegram import LocalTelegram
from bot.local.updates import Person

__all__ = ["LocalTelegram", "Person"]
