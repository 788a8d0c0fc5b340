"""A local Telegram: a strict subset of the Bot API over real HTTP on loopback, and a chat page on top of it.

It lets the real bot be tried and tested without a token. It is not Telegram: it keeps everything in memory, knows one
bot, and refuses what it does not know instead of guessing. Decisions: it imports nothing of ours, so a fault of the bot
cannot hide in it; limits and error texts are worded as the official server words them, because the bot reads them.
"""

from bot.local.faults import BadGateway, Delay, Flood, Refusal, ResetAfterAccept, ResetBeforeAccept
from bot.local.people import Person, Press
from bot.local.telegram import LocalTelegram
from bot.local.world import Button, Event, Message, StoredFile

__all__ = [
    "BadGateway",
    "Button",
    "Delay",
    "Event",
    "Flood",
    "LocalTelegram",
    "Message",
    "Person",
    "Press",
    "Refusal",
    "ResetAfterAccept",
    "ResetBeforeAccept",
    "StoredFile",
]
