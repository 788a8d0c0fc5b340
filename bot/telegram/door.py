"""The one door through which anything reaches a chat. Nobody else calls Telegram's send and edit methods.

Blocks of our own HTML in, messages out: split between blocks on the length that Telegram counts, said as plain text when
Telegram cannot parse the markup, 429 waited out, edits of a running message at least 2 s apart and only when something
changed, the final one always delivered.

Refuses to send twice what may have arrived: a time-out of a send is reported as unsure and never repeated; an edit may be
repeated, because it says the same again. A chat that blocked the bot raises `Unreachable`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest as TelegramRefused
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.report.markup import esc, plain_text
from bot.report.splitting import CAPTION, TEXT, split
from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)
T = TypeVar("T")

Buttons = Sequence[Sequence[tuple[str, str]]]  # rows of (label, callback data of at most 64 bytes)
TRIES = 5
LONGEST_WAIT = (
    300.0  # seconds of one 429: Telegram has asked for two minutes of a busy bot (telegram.md, section 3)
)
ANSWER = 200  # characters that Telegram shows over the chat
PAUSE = 1.0  # before the first repeat; doubled each time, so five tries span fifteen seconds of an outage
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Unreachable(CondorcetError):
    """The chat cannot be written to: the person blocked the bot or never started it."""


class NotSent(CondorcetError):
    """Telegram refused or could not be reached. `unsure` means that the message may have arrived all the same."""

    def __init__(self, message: str, *, unsure: bool = False) -> None:
        super().__init__(message)
        self.unsure = unsure


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to send. `photo` shows it in the chat; else it is a document."""

    name: str
    content: bytes
    photo: bool = False


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in buttons if row
    ]
    return InlineKeyboardMarkup(rows) if rows else None


class Sender:
    """Sends and edits. `sleep` is asyncio's, or a test's."""

    def __init__(self, bot: Bot, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.bot = bot
        self._sleep = sleep

    async def send(
        self, chat_id: int, blocks: Sequence[str], *, buttons: Buttons = (), silent: bool = False
    ) -> tuple[int, ...]:
        """Message ids, in order; the buttons stand under the last. Raises Unreachable or NotSent."""
        parts = split(blocks, TEXT)
        ids = []
        for place, part in enumerate(parts):
            under = keyboard(buttons) if place == len(parts) - 1 else None
            ids.append(await self._said(part, partial(self._text, chat_id, under, silent)))
        return tuple(ids)

    async def _text(
        self, chat_id: int, under: InlineKeyboardMarkup | None, silent: bool, text: str, mode: str | None
    ) -> int:
        sent = await self.bot.send_message(
            chat_id,
            text,
            parse_mode=mode,
            reply_markup=under,
            disable_notification=silent,
            link_preview_options=NO_PREVIEW,
        )
        return sent.message_id

    async def typing(self, chat_id: int) -> None:
        """Shows for a few seconds that something is being done. Nobody misses it where it fails, so that is only logged."""
        try:
            await self.bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            logger.debug("no typing was shown: %s", error.message)

    async def edit(
        self, chat_id: int, message_id: int, blocks: Sequence[str], *, buttons: Buttons = ()
    ) -> bool:
        """Replaces a message by as much of `blocks` as one message holds. False when that message is gone or too old.

        "Not modified" is success. Raises Unreachable or NotSent.
        """
        part = split(blocks, TEXT, parts=1)[0]

        async def once(text: str, mode: str | None) -> bool:
            await self.bot.edit_message_text(
                text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=mode,
                reply_markup=keyboard(buttons),
                link_preview_options=NO_PREVIEW,
            )
            return True

        return await self._edited(part, once)

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
        part = split(caption, CAPTION, parts=1)[0] if caption else ""

        async def once(text: str, mode: str | None) -> int:
            under = keyboard(buttons)
            if attachment.photo:
                sent = await self.bot.send_photo(
                    chat_id,
                    attachment.content,
                    caption=text or None,
                    parse_mode=mode,
                    reply_markup=under,
                    disable_notification=silent,
                    filename=attachment.name,
                )
            else:
                sent = await self.bot.send_document(
                    chat_id,
                    attachment.content,
                    caption=text or None,
                    parse_mode=mode,
                    reply_markup=under,
                    disable_notification=silent,
                    filename=attachment.name,
                    disable_content_type_detection=True,
                )
            return sent.message_id

        return await self._said(part, once)

    async def replace(
        self,
        chat_id: int,
        message_id: int,
        photo: Attachment,
        *,
        caption: Sequence[str],
        buttons: Buttons = (),
    ) -> bool:
        """Another picture in the place of one. False when that message is gone. Raises Unreachable or NotSent."""
        part = split(caption, CAPTION, parts=1)[0]

        async def once(text: str, mode: str | None) -> bool:
            media = InputMediaPhoto(photo.content, caption=text, parse_mode=mode, filename=photo.name)
            await self.bot.edit_message_media(
                media, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(buttons)
            )
            return True

        return await self._edited(part, once)

    async def _edited(self, part: str, once: Callable[[str, str | None], Awaitable[bool]]) -> bool:
        try:
            return await self._said(part, once, again=True)
        except _Unmodified:
            return True
        except _Gone:
            return False

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Ends the spinner on a pressed button. Telegram forgets presses after a minute: too late is no failure."""
        try:
            await self.bot.answer_callback_query(query_id, text[:ANSWER] or None, show_alert=alert)
        except TelegramError as error:
            logger.info("a pressed button could not be answered: %s", error.message)

    async def _said(
        self, part: str, once: Callable[[str, str | None], Awaitable[T]], *, again: bool = False
    ) -> T:
        """As HTML, or, when Telegram cannot parse it, as the same words without markup."""
        try:
            return await self._tried(lambda: once(part, ParseMode.HTML), again=again)
        except _Unparsable:
            logger.warning("Telegram could not parse a message: it is said as plain text")
            text = plain_text(part)
        try:
            # Plain text may be longer than its markup's shown text: addresses stand in it. Cut rather than fail.
            return await self._tried(
                lambda: once(text[: TEXT // 2] if len(text) > TEXT else text, None), again=again
            )
        except _Unparsable as error:
            raise NotSent("Telegram refused the message even as plain text.") from error

    async def _tried(self, call: Callable[[], Awaitable[T]], *, again: bool) -> T:
        pause = PAUSE
        for left in reversed(range(TRIES)):
            try:
                return await call()
            except RetryAfter as error:
                wait = _seconds(error.retry_after)
                if not left or wait > LONGEST_WAIT:
                    raise NotSent(f"Telegram asked to wait {wait:.0f} s.") from error
                await self._sleep(wait + 0.1)
            except Forbidden as error:
                raise Unreachable(f"The chat cannot be written to: {error.message}.") from error
            except TelegramRefused as error:
                _refused(error)
            except NetworkError as error:
                unsure = not again and not _never_arrived(error)
                if unsure or not left:
                    raise NotSent(
                        f"Telegram could not be reached: {_cause(error)}.", unsure=unsure
                    ) from error
                await self._sleep(pause)
                pause *= 2
            except TelegramError as error:
                raise NotSent(f"Telegram refused: {error.message}.") from error
        raise NotSent("Telegram could not be reached.")


class _Unparsable(Exception):
    """Telegram could not read the markup."""


class _Gone(Exception):
    """The message to edit is not there any more, or is too old to be edited."""


class _Unmodified(Exception):
    """The message already says exactly this."""


def _refused(error: TelegramRefused) -> None:
    """Every 400 becomes what it means here. Telegram's words are matched without case: the library changes the first."""
    words = error.message.lower()
    if "parse entities" in words or "unsupported start tag" in words:
        raise _Unparsable from error
    if "not modified" in words:
        raise _Unmodified from error
    if "to edit not found" in words or "can't be edited" in words or "no text in the message" in words:
        raise _Gone from error
    if "chat not found" in words:
        raise Unreachable(f"The chat cannot be written to: {error.message}.") from error
    raise NotSent(f"Telegram refused: {error.message}.") from error


def _never_arrived(error: NetworkError) -> bool:
    """Whether the request certainly stored nothing: the connection was never made, or a gateway answered instead."""
    if isinstance(error, TimedOut) and not isinstance(
        error.__cause__, (httpx.ConnectTimeout, httpx.PoolTimeout)
    ):
        return False
    if isinstance(error.__cause__, httpx.HTTPError):
        return isinstance(error.__cause__, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
    return True


def _cause(error: NetworkError) -> str:
    return type(error.__cause__ or error).__name__


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def escaped(*lines: str) -> tuple[str, ...]:
    """Plain sentences as one block."""
    return ("\n".join(esc(line) for line in lines),)
