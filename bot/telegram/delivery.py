"""Takes messages from the outbox to the chat, each exactly once. A crash leaves at most one orphaned placeholder.

Decisions. Placeholder, its number stored, then edit: an edit can be repeated, a message cannot. "Not modified" is success.
A refusal of the markup is answered with the plain words; a chat that cannot be reached ends the message; everything else
(an outage, a lost answer, a full hour) waits and is tried again. Never resends after a lost answer to an edit: it edits.
Placeholders and plain words are sent without markup, whatever default the application has.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from core.due.message import Message, MessageKind, MessageState, Queued
from core.ports import Clock, Outbox

if TYPE_CHECKING:
    from telegram import Bot

log = logging.getLogger(__name__)

# One request; the library's own bound for uploads is 20 s, a slow line gets three times that.
REQUEST_S = 60.0
# A message is held this long, so that a second process leaves it alone while the first is at work.
HOLD = timedelta(minutes=3)
# Wait after the first, second, … refusal of an outage; the last one repeats.
WAITS_S = (5, 15, 60, 300, 600)
# Flood control gives the wait; one second more, because its clock and ours differ.
FLOOD_EXTRA_S = 1

# What a 400 says (in lower case) -> what it means for the message. First match wins; anything else: plain words.
NOT_MODIFIED = "message is not modified"
MEANINGS: tuple[tuple[str, str], ...] = (
    (NOT_MODIFIED, "done"),
    ("message to edit not found", "lost"),
    ("message can't be edited", "lost"),
    ("message_id_invalid", "lost"),
    ("chat not found", "unreachable"),
    ("user is deactivated", "unreachable"),
    ("peer_id_invalid", "unreachable"),
    ("not enough rights", "unreachable"),
)
# A placeholder that vanishes twice running is being deleted by someone: then the message is not wanted.
VANISHED = "the placeholder was deleted in the chat"


class Delivery:
    """`holder` names this process, as in the claims. Not re-entrant: one pump at a time."""

    def __init__(self, outbox: Outbox, bot: "Bot", *, holder: str, clock: Clock) -> None:
        self._outbox = outbox
        self._bot = bot
        self._holder = holder
        self._clock = clock
        self._pumping = asyncio.Lock()

    async def pump(self) -> datetime | None:
        """Sends all that may be sent now. Returns when the next message may be tried, or None when none is waiting."""
        async with self._pumping:
            while True:
                now = self._clock.now()
                queued = self._outbox.take(holder=self._holder, now=now, until=now + HOLD)
                if queued is None:
                    break
                await self._deliver(queued)
        waiting = [queued.next_try for queued in self._outbox.waiting()]
        return min(waiting, default=None)

    async def _deliver(self, queued: Queued) -> None:
        key = queued.message.key
        try:
            async with asyncio.timeout(REQUEST_S):
                await self._send(queued)
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            self._again(queued, seconds + FLOOD_EXTRA_S, "Telegram asked to wait")
        except Forbidden as error:
            self._outbox.undeliverable(key, reason=f"Telegram refused: {error.message}")
        except BadRequest as error:
            await self._refused(queued, error)
        except (NetworkError, TimeoutError) as error:
            reason = "no answer in time" if isinstance(error, TimeoutError) else error.message
            self._again(queued, _wait_s(queued), f"Telegram could not be reached: {reason}")
        except TelegramError as error:
            # A refused token, a migrated chat: nothing that waiting makes worse, and a person must look.
            self._again(queued, WAITS_S[-1], f"Telegram refused: {error.message}")

    async def _send(self, queued: Queued) -> None:
        message = queued.message
        number = queued.message_id
        if queued.state is MessageState.QUEUED:
            placeholder = await self._bot.send_message(
                message.chat_id, message.placeholder, parse_mode=None, disable_notification=message.silent
            )
            number = placeholder.message_id
            self._outbox.placed(message.key, number)
        await self._edit(message, number, plain=False)
        self._outbox.sent(message.key, digest=queued.digest)

    async def _edit(self, message: Message, number: int, *, plain: bool) -> None:
        words = message.plain if plain else message.html
        mode = None if plain else ParseMode.HTML
        buttons = _buttons(message)
        try:
            if message.kind is MessageKind.TEXT:
                await self._bot.edit_message_text(
                    words, message.chat_id, number, parse_mode=mode, reply_markup=buttons
                )
            else:
                kind = InputMediaPhoto if message.kind is MessageKind.PHOTO else InputMediaDocument
                media = kind(message.content, caption=words, parse_mode=mode, filename=message.filename)
                await self._bot.edit_message_media(media, message.chat_id, number, reply_markup=buttons)
        except BadRequest as error:
            if _meaning(error) != "done":
                raise

    async def _refused(self, queued: Queued, error: BadRequest) -> None:
        key, meaning = queued.message.key, _meaning(error)
        if meaning == "unreachable":
            self._outbox.undeliverable(key, reason=f"Telegram refused: {error.message}")
            return
        if meaning == "lost":
            if queued.reason == VANISHED:
                self._outbox.undeliverable(key, reason=VANISHED)
            else:
                self._outbox.again(key, next_try=self._clock.now(), reason=VANISHED, lost=True)
            return
        log.warning("Telegram refused the markup of %s (%s); plain words instead.", key, error.message)
        await self._send_plain(queued, error.message)

    async def _send_plain(self, queued: Queued, why: str) -> None:
        """The markup (or the picture) was refused: the words still arrive, and the outbox says how."""
        key = queued.message.key
        current = next(
            (row for row in self._outbox.batch(queued.message.batch) if row.message.key == key), queued
        )
        if current.message_id == 0:
            self._outbox.undeliverable(key, reason=f"Telegram refused the placeholder: {why}")
            return
        try:
            async with asyncio.timeout(REQUEST_S):
                await self._bot.edit_message_text(
                    queued.message.plain,
                    queued.message.chat_id,
                    current.message_id,
                    parse_mode=None,
                    reply_markup=_buttons(queued.message),
                )
        except (BadRequest, Forbidden) as error:
            if NOT_MODIFIED not in error.message.lower():
                self._outbox.undeliverable(
                    key, reason=f"Telegram refused: {why}; plain words: {error.message}"
                )
                return
        except (TelegramError, TimeoutError):
            self._again(queued, _wait_s(queued), f"Telegram could not be reached after refusing: {why}")
            return
        self._outbox.sent(key, digest=queued.digest, remark=f"sent as plain words: {why}")

    async def say_directly(self, chat_id: int, words: str) -> None:
        """Past the outbox, for the one case in which the ledger itself has failed. Tries once; the log has it anyway."""
        try:
            async with asyncio.timeout(REQUEST_S):
                await self._bot.send_message(chat_id, words, parse_mode=None)
        except (TelegramError, TimeoutError) as error:
            log.warning("This could not be said directly (%s): %s", type(error).__name__, words)

    def _again(self, queued: Queued, seconds: float, reason: str) -> None:
        log.warning("%s: %s; next try in %.0f s.", queued.message.key, reason, seconds)
        next_try = self._clock.now() + timedelta(seconds=seconds)
        self._outbox.again(queued.message.key, next_try=next_try, reason=reason)


def _wait_s(queued: Queued) -> float:
    return WAITS_S[min(queued.attempts, len(WAITS_S) - 1)]


def _meaning(error: BadRequest) -> str:
    said = error.message.lower()
    return next((meaning for words, meaning in MEANINGS if words in said), "plain")


def _buttons(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in message.buttons]
    )
