"""Takes messages from the outbox to the chat, each exactly once. A crash leaves at most one orphaned placeholder.

Decisions. Placeholder, its number stored, then edit: an edit can be repeated, a message cannot. "Not modified" is success.
A refusal of the content is answered with the plain words; a chat that cannot be reached ends the message; everything else
(an outage, a lost answer, a flood wait) is written down with the time of the next try, so nothing waits here. Never resends
after a lost answer to an edit: it edits. Placeholders and plain words are sent without markup.
"""

import asyncio
import logging
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
    """`holder` names this process, as in the claims. Not re-entrant: one pump at a time."""

    def __init__(self, outbox: Outbox, bot: "Bot", *, holder: str, clock: Clock) -> None:
        self._outbox = outbox
        self._wire = Wire(bot)
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
        message = queued.message
        try:
            number = queued.message_id
            if queued.state is MessageState.QUEUED:
                placeholder = Words(text=message.placeholder, html=False)
                number = await self._wire.say(message.chat_id, placeholder, silent=message.silent)
                self._outbox.placed(message.key, number)
            await self._fill(message, number)
        except Failed as failed:
            await self._failed(queued, failed.trouble)
        else:
            self._outbox.sent(message.key, digest=queued.digest)

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
                self._outbox.undeliverable(key, reason=reason)
            case Meaning.GONE if queued.reason == VANISHED:
                self._outbox.undeliverable(key, reason=VANISHED)
            case Meaning.GONE:
                self._outbox.again(key, next_try=self._clock.now(), reason=VANISHED, lost=True)
            case Meaning.UNPARSABLE | Meaning.REFUSED:
                log.warning("%s: %s; plain words instead.", key, reason)
                await self._send_plain(queued, reason)
            case Meaning.FLOOD:
                self._again(queued, trouble.wait_s + FLOOD_EXTRA_S, reason)
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
            if trouble.meaning in {Meaning.OUTAGE, Meaning.UNSURE, Meaning.FLOOD, Meaning.TROUBLE}:
                wait = trouble.wait_s + FLOOD_EXTRA_S if trouble.wait_s else _wait_s(queued)
                self._again(queued, wait, f"{trouble.reason} after: {why}")
            else:
                self._outbox.undeliverable(message.key, reason=f"{why}; plain words: {trouble.reason}")
            return
        self._outbox.sent(message.key, digest=queued.digest, remark=f"sent as plain words: {why}")

    async def say_directly(self, chat_id: int, words: str) -> None:
        """Past the outbox, for the one case in which the ledger itself has failed. Tries once; the log has it anyway."""
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
