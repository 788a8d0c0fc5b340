"""The only wire to Telegram: each method is one request, made once; what goes wrong has one meaning from one
table.

Refuses to wait or to try again: `Sender` does that for answers, the outbox for what was promised. Refuses a
file whose path is not a plain one below Telegram's own address: a local Bot API server answers with paths of
its own disk, and the library would read them from ours. Files are fetched through `fetch`, the house's egress
door, with its cap.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, TypeVar

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)
T = TypeVar("T")

Buttons = Sequence[Sequence[tuple[str, str]]]  # rows of (label, callback data of at most 64 bytes)
Fetch = Callable[[str, int], Awaitable[bytes]]  # an address and the most bytes it may hold
ANSWER = 200  # characters that Telegram shows over the chat
# One request with its upload. Every flood wait lies outside of it, so the two cannot be taken for each other.
REQUEST_S = 60.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
FILE_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*(/[A-Za-z0-9_][A-Za-z0-9_.\-]*)*")


class Meaning(Enum):
    """What an answer of Telegram means for the message that was to be sent or edited."""

    DONE = auto()  # it already says exactly this
    GONE = auto()  # the message to edit is not there any more, or is too old
    UNPARSABLE = auto()  # the markup cannot be read; plain words can
    REFUSED = auto()  # this content will never be taken
    UNREACHABLE = auto()  # the chat cannot be written to: blocked, never started, deleted
    FLOOD = auto()  # to be tried again after the stated wait; nothing was stored
    OUTAGE = auto()  # nothing was stored: no connection, or a gateway answered instead
    UNSURE = auto()  # no answer: it may have been stored
    TROUBLE = auto()  # a refused token, a migrated chat: a person must look


# What a 400 says, in lower case (the library changes the first letter) -> what it means. The first match
# holds.
REFUSALS: tuple[tuple[str, Meaning], ...] = (
    ("message is not modified", Meaning.DONE),
    ("parse entities", Meaning.UNPARSABLE),
    ("unsupported start tag", Meaning.UNPARSABLE),
    ("message to edit not found", Meaning.GONE),
    ("message can't be edited", Meaning.GONE),
    ("message_id_invalid", Meaning.GONE),
    ("no text in the message", Meaning.GONE),
    ("chat not found", Meaning.UNREACHABLE),
    ("user is deactivated", Meaning.UNREACHABLE),
    ("peer_id_invalid", Meaning.UNREACHABLE),
    ("not enough rights", Meaning.UNREACHABLE),
)
# The request never left: whatever it carried may be sent again.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong. `wait_s` is how long this chat wants to be left alone; `cause` names the exception."""

    meaning: Meaning
    reason: str
    wait_s: float = 0.0


class Failed(Exception):
    """A request that did not do what it should. It never leaves this room."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


class FileRefused(CondorcetError):
    """A file of the chat that is not fetched."""


def trouble_of(error: TelegramError | TimeoutError) -> Trouble:
    """The one table of errors."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return Trouble(
            meaning=Meaning.FLOOD, reason=f"Telegram asked to wait {seconds:.0f} s", wait_s=seconds
        )
    if isinstance(error, TimeoutError):
        return Trouble(meaning=Meaning.UNSURE, reason="Telegram could not be reached: no answer in time")
    if isinstance(error, Forbidden):
        return Trouble(meaning=Meaning.UNREACHABLE, reason=f"Telegram refused: {error.message}")
    if isinstance(error, BadRequest):  # a subclass of NetworkError
        said = error.message.lower()
        meaning = next((meaning for words, meaning in REFUSALS if words in said), Meaning.REFUSED)
        return Trouble(meaning=meaning, reason=f"Telegram refused: {error.message}")
    if isinstance(error, NetworkError):
        cause = error.__cause__
        answered = not isinstance(error, TimedOut) and not isinstance(cause, httpx.HTTPError)
        meaning = Meaning.OUTAGE if answered or isinstance(cause, NOT_SENT) else Meaning.UNSURE
        told = error.message if answered else type(cause or error).__name__
        return Trouble(meaning=meaning, reason=f"Telegram could not be reached: {told}")
    return Trouble(meaning=Meaning.TROUBLE, reason=f"Telegram refused: {error.message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to send. `photo` shows it in the chat; else it is a document."""

    name: str
    content: bytes
    photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The text of a message or the caption of a file, with what hangs under it. `html` false: signs are
    words. `favourites` are commands at the person's keyboard; none of them hides it, None leaves it as it
    is."""

    text: str
    html: bool = True
    buttons: Buttons = ()
    favourites: tuple[tuple[str, ...], ...] | None = None

    @property
    def mode(self) -> str | None:
        return ParseMode.HTML if self.html else None


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The one builder of keyboards; None where there is no button."""
    rows = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in buttons if row
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _under(words: Words) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if words.favourites is None:
        return keyboard(words.buttons)
    if not words.favourites:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(words.favourites, resize_keyboard=True, is_persistent=True)


class Wire:
    """One request a method. Raises `Failed` and nothing else."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def say(self, chat_id: int, words: Words, *, silent: bool) -> int:
        """The id of the new message."""
        sent = await _asked(
            self.bot.send_message(
                chat_id,
                words.text,
                parse_mode=words.mode,
                reply_markup=_under(words),
                disable_notification=silent,
                link_preview_options=NO_PREVIEW,
            )
        )
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, words: Words) -> None:
        """Other words in the place of a text. "Not modified" is success."""
        await _edited(
            self.bot.edit_message_text(
                words.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=words.mode,
                reply_markup=keyboard(words.buttons),
                link_preview_options=NO_PREVIEW,
            )
        )

    async def carry(self, chat_id: int, file: Attachment, words: Words, *, silent: bool) -> int:
        """The id of the new message that carries a file; without words it has no caption."""
        common: dict[str, Any] = {
            "caption": words.text or None,
            "parse_mode": words.mode,
            "reply_markup": keyboard(words.buttons),
            "disable_notification": silent,
            "filename": file.name,
        }
        if file.photo:
            return (await _asked(self.bot.send_photo(chat_id, file.content, **common))).message_id
        common["disable_content_type_detection"] = True
        return (await _asked(self.bot.send_document(chat_id, file.content, **common))).message_id

    async def exchange(self, chat_id: int, message_id: int, file: Attachment, words: Words) -> None:
        """A file in the place of whatever a message held. "Not modified" is success."""
        kind = InputMediaPhoto if file.photo else InputMediaDocument
        media = kind(file.content, caption=words.text, parse_mode=words.mode, filename=file.name)
        await _edited(
            self.bot.edit_message_media(
                media, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(words.buttons)
            )
        )

    async def pin(self, chat_id: int, message_id: int) -> None:
        """On top of the chat, without a sound."""
        await _asked(self.bot.pin_chat_message(chat_id, message_id, disable_notification=True))

    async def typing(self, chat_id: int) -> None:
        await _asked(self.bot.send_chat_action(chat_id, ChatAction.TYPING))

    async def answer(self, query_id: str, text: str, *, alert: bool) -> None:
        await _asked(self.bot.answer_callback_query(query_id, text[:ANSWER] or None, show_alert=alert))

    async def file(self, file_id: str, fetch: Fetch, *, cap: int) -> bytes:
        """What Telegram keeps under this id. Raises also FileRefused, and what `fetch` raises."""
        found = await _asked(self.bot.get_file(file_id))
        # The library puts its own address before every path but those that exist on this disk.
        own, place = f"{self.bot.base_file_url}/", found.file_path or ""
        if not place.startswith(own) or not FILE_PATH.fullmatch(place.removeprefix(own)):
            raise FileRefused("Telegram named a place for this file that is none of its own. It is not read.")
        return await fetch(place, cap)


async def _asked(request: Coroutine[Any, Any, T]) -> T:
    try:
        async with asyncio.timeout(REQUEST_S):
            return await request
    except (TelegramError, TimeoutError) as error:
        raise Failed(trouble_of(error)) from error


async def _edited(request: Coroutine[Any, Any, Any]) -> None:
    try:
        await _asked(request)
    except Failed as failed:
        if failed.trouble.meaning is not Meaning.DONE:
            raise
