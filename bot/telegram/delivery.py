"""Takes messages from the outbox to the chat, each exactly once. A crash leaves at most one orphaned
placeholder.

Decisions. Placeholder, its number stored, then edit: an edit can be repeated, a message cannot. "Not
modified" is success. A refusal of the content is answered with the plain words; in a chat that cannot be
reached everything waits for a sign of life; everything else (an outage, a lost answer, a flood wait) is
written down with the time of the next try, so nothing waits here. Never resends after a lost answer to an
edit: it edits. Placeholders and plain words are sent without markup.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.telegram.wire import Attachment, Failed, Meaning, Trouble, Wire, Words
from core.due.message import Message, MessageKind, MessageState, Queued
from core.ports import Clock, Outbox

if TYPE_CHECKING:
    from telegram import Bot

log = logging.getLogger(__name__)

# A message is held this long, so that a second process leaves it alone while the first is at work.
HOLD = timedelta(minutes=3)
# Wait after the first, second, … refusal of an outage; the last one repeats.
WAITS_S = (5, 15, 60, 300, 600)
# Flood control gives the wait; one second more, because its clock and ours differ.
FLOOD_EXTRA_S = 1
# A placeholder that vanishes twice running is being deleted by someone: then the message is not wanted.
VANISHED = "the placeholder was deleted in the chat"


class Delivery:
    """`holder` names this process, as in the claims. `silent` says whether a message makes no sound now;
    `pinned` whether it is put on top of its chat. `pump` may be called while another call is at work: it
    leaves the chats alone that are being written to."""

    def __init__(
        self,
        outbox: Outbox,
        bot: "Bot",
        *,
        holder: str,
        clock: Clock,
        silent: Callable[[Message], bool] = lambda message: message.silent,
        pinned: Callable[[Message], bool] = lambda _message: False,
    ) -> None:
        self._silent = silent
        self._pinned = pinned
        self._outbox = outbox
        self._wire = Wire(bot)
        self._holder = holder
        self._clock = clock
        self._busy: set[int] = set()

    async def pump(self) -> datetime | None:
        """Sends all that may be sent now, each chat by itself: one that is slow or flooded holds up no other.
        Returns when the next message may be tried, or None when none is waiting."""
        idle = [chat for chat in self._outbox.chats(self._clock.now()) if chat not in self._busy]
        await asyncio.gather(*(self._empty(chat) for chat in idle))
        waiting = [row.next_try for row in self._outbox.waiting() if row.message.chat_id not in self._busy]
        return min(waiting, default=None)

    async def _empty(self, chat_id: int) -> None:
        self._busy.add(chat_id)
        try:
            while True:
                now = self._clock.now()
                queued = self._outbox.take(chat_id, holder=self._holder, now=now, until=now + HOLD)
                if queued is None:
                    return
                await self._deliver(queued)
        finally:
            self._busy.remove(chat_id)

    async def _deliver(self, queued: Queued) -> None:
        message = queued.message
        try:
            number = queued.message_id
            if queued.state is MessageState.QUEUED:
                placeholder = Words(text=message.placeholder, html=False)
                number = await self._wire.say(message.chat_id, placeholder, silent=self._silent(message))
                self._outbox.placed(message.key, number)
            await self._fill(message, number)
        except Failed as failed:
            await self._failed(queued, failed.trouble)
        else:
            self._outbox.sent(message.key, digest=queued.digest)
            if self._pinned(message):
                await self._pin(message.chat_id, number)

    async def _pin(self, chat_id: int, number: int) -> None:
        """Tried once: what is not pinned stands in the chat all the same."""
        try:
            await self._wire.pin(chat_id, number)
        except Failed as failed:
            log.info("The newest report could not be pinned (%s).", failed.trouble.reason)

    async def _fill(self, message: Message, number: int) -> None:
        words = Words(text=message.html, buttons=message.buttons)
        if message.kind is MessageKind.TEXT:
            await self._wire.edit(message.chat_id, number, words)
        else:
            photo = message.kind is MessageKind.PHOTO
            file = Attachment(name=message.filename, content=message.content, photo=photo)
            await self._wire.exchange(message.chat_id, number, file, words)

    async def _failed(self, queued: Queued, trouble: Trouble) -> None:
        key, reason = queued.message.key, trouble.reason
        match trouble.meaning:
            case Meaning.UNREACHABLE:
                self._outbox.block(queued.message.chat_id, reason=reason)
            case Meaning.GONE if queued.reason == VANISHED:
                self._outbox.undeliverable(key, reason=VANISHED)
            case Meaning.GONE:
                self._outbox.again(key, next_try=self._clock.now(), reason=VANISHED, lost=True)
            case Meaning.UNPARSABLE | Meaning.REFUSED:
                log.warning("%s: %s; plain words instead.", key, reason)
                await self._send_plain(queued, reason)
            case Meaning.FLOOD:  # it is the chat that is to be left alone, not this message
                log.warning("%s: %s.", key, reason)
                next_try = self._clock.now() + timedelta(seconds=trouble.wait_s + FLOOD_EXTRA_S)
                self._outbox.postpone(queued.message.chat_id, next_try=next_try, reason=reason)
            case Meaning.TROUBLE:  # nothing that waiting makes worse, and a person must look
                self._again(queued, WAITS_S[-1], reason)
            case _:
                self._again(queued, _wait_s(queued), reason)

    async def _send_plain(self, queued: Queued, why: str) -> None:
        """The markup (or the picture) was refused: the words still arrive, and the outbox says how."""
        message = queued.message
        rows = self._outbox.batch(message.batch)
        number = next((row.message_id for row in rows if row.message.key == message.key), queued.message_id)
        if number == 0:
            self._outbox.undeliverable(message.key, reason=f"the placeholder was refused: {why}")
            return
        words = Words(text=message.plain, html=False, buttons=message.buttons)
        try:
            await self._wire.edit(message.chat_id, number, words)
        except Failed as failed:
            trouble = failed.trouble
            if trouble.meaning in {Meaning.UNPARSABLE, Meaning.REFUSED}:
                self._outbox.undeliverable(message.key, reason=f"{why}; plain words: {trouble.reason}")
            else:
                await self._failed(queued, trouble)
            return
        self._outbox.sent(message.key, digest=queued.digest, remark=f"sent as plain words: {why}")

    async def say_directly(self, chat_id: int, words: str) -> None:
        """Past the outbox, for when the ledger itself has failed. Tries once; the log has it anyway."""
        try:
            await self._wire.say(chat_id, Words(text=words, html=False), silent=False)
        except Failed as failed:
            log.warning("This could not be said directly (%s): %s", failed.trouble.reason, words)

    def _again(self, queued: Queued, seconds: float, reason: str) -> None:
        log.warning("%s: %s; next try in %.0f s.", queued.message.key, reason, seconds)
        next_try = self._clock.now() + timedelta(seconds=seconds)
        self._outbox.again(queued.message.key, next_try=next_try, reason=reason)


def _wait_s(queued: Queued) -> float:
    return WAITS_S[min(queued.attempts, len(WAITS_S) - 1)]
