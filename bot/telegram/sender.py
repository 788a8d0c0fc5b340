"""Answers to a person: blocks of our own HTML in, messages out. The one layer that tries an answer again.

Blocks are split on the length that Telegram counts, and said as plain text when Telegram cannot parse the
markup. A flood wait is waited out by the one call that met it, within bounds, and ends at once when the bot
stops. Cosmetic calls (typing, progress) are tried once and never wait.

Refuses to send twice what may have arrived: a time-out of a send is reported as unsure and never repeated; an
edit may be repeated, because it says the same again. A chat that blocked the bot raises `Unreachable`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import Bot

from bot.report.markup import esc, plain_text
from bot.report.splitting import CAPTION, TEXT, split
from bot.telegram.wire import Attachment, Buttons, Failed, Fetch, Meaning, Wire, Words
from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)
T = TypeVar("T")

TRIES = 5
# Seconds of one flood wait that an answer is worth: Telegram has asked for two minutes of a busy bot.
LONGEST_WAIT = 130.0
PAUSE = 1.0  # before the first repeat; doubled each time, so five tries span fifteen seconds of an outage


class Unreachable(CondorcetError):
    """The chat cannot be written to: the person blocked the bot or never started it."""


class NotSent(CondorcetError):
    """Telegram refused or could not be reached. `unsure`: the message may have arrived all the same."""

    def __init__(self, message: str, *, unsure: bool = False) -> None:
        super().__init__(message)
        self.unsure = unsure


class Sender:
    """Sends and edits. `fetch` gets files; `sleep` is asyncio's, or a test's."""

    def __init__(
        self,
        bot: Bot,
        *,
        fetch: Fetch | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._wire = Wire(bot)
        self._fetch = fetch
        self._sleep = sleep
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """From now on nothing waits: what would have to is reported as not sent."""
        self._stopping.set()

    async def send(
        self,
        chat_id: int,
        blocks: Sequence[str],
        *,
        buttons: Buttons = (),
        favourites: tuple[tuple[str, ...], ...] | None = None,
        silent: bool = False,
    ) -> tuple[int, ...]:
        """Message ids, in order; the buttons (or `favourites`, see `Words`) stand under the last. Raises
        Unreachable or NotSent."""
        parts = split(blocks, TEXT)
        ids = []
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            under, keys = (buttons, favourites) if last else ((), None)
            ids.append(
                await self._said(
                    Words(text=part, buttons=under, favourites=keys),
                    lambda words: self._wire.say(chat_id, words, silent=silent),
                )
            )
        return tuple(ids)

    async def edit(
        self, chat_id: int, message_id: int, blocks: Sequence[str], *, buttons: Buttons = ()
    ) -> bool:
        """Replaces a message by as much of `blocks` as one message holds. False when that message is gone or
        too old.

        "Not modified" is success. Raises Unreachable or NotSent.
        """
        words = Words(text=split(blocks, TEXT, parts=1)[0], buttons=buttons)
        return await self._edited(words, lambda each: self._wire.edit(chat_id, message_id, each))

    async def attach(
        self,
        chat_id: int,
        attachment: Attachment,
        *,
        caption: Sequence[str] = (),
        buttons: Buttons = (),
        silent: bool = False,
    ) -> int:
        """The id of the message that carries the file. Raises Unreachable or NotSent."""
        words = Words(text=split(caption, CAPTION, parts=1)[0] if caption else "", buttons=buttons)
        return await self._said(
            words, lambda each: self._wire.carry(chat_id, attachment, each, silent=silent)
        )

    async def replace(
        self,
        chat_id: int,
        message_id: int,
        photo: Attachment,
        *,
        caption: Sequence[str],
        buttons: Buttons = (),
    ) -> bool:
        """Another picture in place of one; False when it is gone. Raises Unreachable or NotSent."""
        words = Words(text=split(caption, CAPTION, parts=1)[0], buttons=buttons)
        return await self._edited(words, lambda each: self._wire.exchange(chat_id, message_id, photo, each))

    async def touch(
        self, chat_id: int, message_id: int, blocks: Sequence[str], buttons: Buttons = ()
    ) -> float:
        """A progress edit: tried once, never fails. Seconds to leave the chat alone, mostly 0."""
        words = Words(text=split(blocks, TEXT, parts=1)[0], buttons=buttons)
        return await self._tried_once("progress", self._wire.edit(chat_id, message_id, words))

    async def typing(self, chat_id: int) -> None:
        """Shows for a few seconds that something is being done. Nobody misses it where it fails."""
        await self._tried_once("typing", self._wire.typing(chat_id))

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Ends the spinner on a pressed button. Telegram forgets presses soon: too late is no failure."""
        await self._tried_once("the answer to a button", self._wire.answer(query_id, text, alert=alert))

    async def file(self, file_id: str, *, cap: int) -> bytes:
        """What was sent to us, at most `cap` bytes. Raises FileRefused, NotSent, SourceFailed."""
        if self._fetch is None:
            raise NotSent("This bot was built without a way to fetch files.")
        try:
            return await self._wire.file(file_id, self._fetch, cap=cap)
        except Failed as failed:
            raise NotSent(f"{failed.trouble.reason}.") from failed

    async def _tried_once(self, what: str, request: Awaitable[None]) -> float:
        try:
            await request
        except Failed as failed:
            logger.info("%s could not be shown: %s", what, failed.trouble.reason)
            return failed.trouble.wait_s
        return 0.0

    async def _edited(self, words: Words, once: Callable[[Words], Awaitable[None]]) -> bool:
        try:
            await self._said(words, once, again=True)
        except Failed:  # gone
            return False
        return True

    async def _said(self, words: Words, once: Callable[[Words], Awaitable[T]], *, again: bool = False) -> T:
        """As HTML, or, when Telegram cannot parse it, as the same words without markup."""
        try:
            return await self._tried(lambda: once(words), again=again)
        except Failed as failed:
            if failed.trouble.meaning is not Meaning.UNPARSABLE:
                raise
        logger.warning("Telegram could not parse a message: it is said as plain text")
        text = plain_text(words.text)
        # Plain text may be longer than its markup's shown text: addresses stand in it. Cut rather than fail.
        plain = Words(text=text[: TEXT // 2] if len(text) > TEXT else text, html=False, buttons=words.buttons)
        try:
            return await self._tried(lambda: once(plain), again=again)
        except Failed as failed:
            if failed.trouble.meaning is not Meaning.UNPARSABLE:
                raise
            raise NotSent("Telegram refused the message even as plain text.") from failed

    async def _tried(self, call: Callable[[], Awaitable[T]], *, again: bool) -> T:
        """`again`: the call may be repeated after a lost answer. Lets Failed through for what a repeat cannot
        mend by itself: markup that cannot be parsed, and an edited message that is gone."""
        pause = PAUSE
        for left in reversed(range(TRIES)):
            try:
                return await call()
            except Failed as failed:
                trouble = failed.trouble
                meaning = Meaning.OUTAGE if again and trouble.meaning is Meaning.UNSURE else trouble.meaning
                if meaning is Meaning.UNPARSABLE or (again and meaning is Meaning.GONE):
                    raise
                if meaning is Meaning.UNREACHABLE:
                    raise Unreachable(f"The chat cannot be written to: {trouble.reason}.") from failed
                wait = trouble.wait_s + 0.1 if meaning is Meaning.FLOOD else pause
                mendable = meaning in {Meaning.FLOOD, Meaning.OUTAGE}
                if not mendable or not left or wait > LONGEST_WAIT or not await self._waited(wait):
                    raise NotSent(f"{trouble.reason}.", unsure=meaning is Meaning.UNSURE) from failed
                pause *= 2 if meaning is Meaning.OUTAGE else 1
        raise NotSent("Telegram could not be reached.")

    async def _waited(self, seconds: float) -> bool:
        """False when the bot stops before the wait is over."""
        waiting = asyncio.ensure_future(self._sleep(seconds))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return not self._stopping.is_set()
        finally:
            waiting.cancel()
            stopping.cancel()


def escaped(*lines: str) -> tuple[str, ...]:
    """Plain sentences as one block."""
    return ("\n".join(esc(line) for line in lines),)
