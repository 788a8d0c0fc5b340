"""What all handlers share: whom they answer, what was typed behind the command, and how an error becomes an
answer."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackContext

from bot.chat import buttons
from bot.chat.context import Desk
from bot.chat.shelf import NoReport
from bot.telegram import Buttons, NotSent, Unreachable, escaped
from bot.texts import chat as texts
from core.base.errors import CondorcetError

logger = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def chat_of(update: Update) -> int:
    """The chat to answer in: where the update came from, else the person's own chat."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    if update.effective_user is not None:
        return update.effective_user.id
    raise ValueError("an update without chat and person passed the gate")


def typed(update: Update) -> str:
    """What stands behind the command, trimmed."""
    message = update.effective_message
    text = (message.text if message else "") or ""
    return text.partition(" ")[2].strip() if " " in text else _after_line(text)


def _after_line(text: str) -> str:
    # "/why\nNVDA": a phone's keyboard makes a new line as easily as a space.
    return text.partition("\n")[2].strip()


async def put(desk: Desk, update: Update, blocks: tuple[str, ...], below: Buttons) -> None:
    """In the place of the message whose button was pressed, or as a new one where that cannot be edited."""
    message, chat_id = update.effective_message, chat_of(update)
    if message is None or not await desk.sender.edit(chat_id, message.message_id, blocks, buttons=below):
        await desk.sender.send(chat_id, blocks, buttons=below)


def answering(desk: Desk, handler: Handler) -> Handler:
    """`handler`, with every error of the tree said in one sentence. Anything else goes on to the error
    handler."""

    async def answered(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except (NotSent, Unreachable) as error:
            logger.warning("an answer could not be sent: %s", error)
        except CondorcetError as error:
            below = buttons.ANALYZE if isinstance(error, NoReport) else ()
            await _say(desk, update, escaped(str(error)), below)

    return answered


async def failed(desk: Desk, update: object, error: BaseException | None) -> None:
    """The outermost handler: logs what went wrong with its traceback and tells the person that it did."""
    if isinstance(error, CondorcetError):
        logger.warning("a report could not be sent: %s", error)
    else:
        logger.error("a handler failed", exc_info=error)
    if isinstance(update, Update) and (update.effective_chat or update.effective_user):
        await _say(desk, update, escaped(texts.FAILED_INTERNAL), ())


async def _say(desk: Desk, update: Update, blocks: tuple[str, ...], below: Any) -> None:
    try:
        await desk.sender.send(chat_of(update), blocks, buttons=below)
    except (NotSent, Unreachable) as error:
        logger.warning("an answer could not be sent: %s", error)
