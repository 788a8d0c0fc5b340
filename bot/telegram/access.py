"""Who may talk to the bot: only the named ids, only in private chats, unless a group is named too. All others
get nothing.

The first person listed is the owner, who gets the push.

The gate stands before every handler (group -1) and sees every kind of update: messages, edits, files,
buttons. It checks the person, not the chat: in a group every member could command a bot that looks only at
the chat. A group is named by putting its id, which is negative, among the allowed ids. An empty list refuses
to start.

Decision: a stranger is logged once, by id alone, and at most a hundred ids are remembered, so that a flood of
strangers costs neither log nor memory.
"""

import logging
from collections.abc import Callable, Iterable

from telegram import Chat, Update
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext, TypeHandler

from bot.texts import chat as texts
from core.base.errors import BadRequest

logger = logging.getLogger(__name__)

STRANGERS_REMEMBERED = 100
FIRST = -1  # handler group before all others


class Gate:
    """Raises BadRequest when nobody is allowed. `seen` is told the chat of all that is let in."""

    def __init__(self, allowed: Iterable[int], seen: Callable[[int], object] = lambda _: None) -> None:
        self._seen = seen
        ids = tuple(dict.fromkeys(allowed))
        # In the order of the setting: the first is the owner.
        self.people = tuple(number for number in ids if number > 0)
        self.groups = frozenset(number for number in ids if number < 0)
        if not self.people:
            raise BadRequest(texts.NOBODY_ALLOWED)
        self._strangers: set[int] = set()

    def lets_in(self, update: Update) -> bool:
        user, chat = update.effective_user, update.effective_chat
        if user is None or user.id not in self.people or user.is_bot:
            return False
        # A chat is missing where a button hangs on a message that Telegram no longer shows: the person still
        # counts.
        return chat is None or chat.type == Chat.PRIVATE or chat.id in self.groups

    # Any context will do: nothing of it is read.
    async def __call__(self, update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]
        if self.lets_in(update):
            if update.effective_chat is not None:
                self._seen(update.effective_chat.id)
            return
        self._note(update)
        raise ApplicationHandlerStop

    def _note(self, update: Update) -> None:
        number = update.effective_user.id if update.effective_user else 0
        if number in self.people:
            chat = update.effective_chat.id if update.effective_chat else 0
            if chat not in self._strangers and len(self._strangers) < STRANGERS_REMEMBERED:
                self._strangers.add(chat)
                logger.warning(
                    "user %s wrote in group %s, which is not allowed: add its id to answer there",
                    number,
                    chat,
                )
            return
        if number in self._strangers or len(self._strangers) >= STRANGERS_REMEMBERED:
            return
        self._strangers.add(number)
        logger.warning("a stranger wrote and got no answer: user id %s", number or "none")
        if len(self._strangers) == STRANGERS_REMEMBERED:
            logger.warning("%d strangers wrote; further ones are not logged", STRANGERS_REMEMBERED)


# Whatever its contexts are.
def install(application: Application, gate: Gate) -> None:  # type: ignore[type-arg]
    """Puts the gate before every handler of this application."""
    application.add_handler(TypeHandler(Update, gate), group=FIRST)
