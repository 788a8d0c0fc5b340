"""What a person does, and the queue of updates through which the bot hears of it: offsets confirm, one poller
at a time, the older one gets the 409.

Updates of a kind that was not asked for are dropped when they happen, as on the official server.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.local.formatting import detected
from bot.local.forms import Params, Upload
from bot.local.methods import store
from bot.local.refusals import CONFLICT, Refused
from bot.local.world import Chat, Message, World

MAX_LIMIT = 100
MAX_WAIT = 50.0  # seconds; the official server cuts longer polls
# Kinds that come only when asked for by name.
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """First in, first out; an update stays until an offset above its id confirms it."""

    def __init__(self) -> None:
        self._queue: deque[dict[str, Any]] = deque()
        self._last = 100_000_000  # ids of real updates are large numbers of this kind
        self._allowed: frozenset[str] = frozenset()
        self._poller: asyncio.Future[bool] | None = None

    @property
    def pending(self) -> int:
        return len(self._queue)

    def push(self, kind: str, body: dict[str, Any]) -> None:
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if not wanted:
            return
        self._last += 1
        self._queue.append({"update_id": self._last, kind: body})
        self._wake(found=True)

    def clear(self) -> None:
        self._queue.clear()

    async def poll(self, params: Params, gone: Callable[[], Awaitable[None]]) -> list[dict[str, Any]]:
        """The next updates in order; empty after the timeout, or when the poller is `gone`. Raises Refused
        for a poll that was replaced."""
        allowed = params.json("allowed_updates", "allowed updates")
        if isinstance(allowed, list):
            self._allowed = frozenset(str(kind) for kind in allowed)
        self._confirm(params.integer("offset"))
        limit = params.integer("limit", MAX_LIMIT)
        limit = limit if 0 < limit < MAX_LIMIT else MAX_LIMIT
        wait = min(float(max(0, params.integer("timeout"))), MAX_WAIT)
        if not self._queue and wait:
            await self._wait(wait, gone)
        return [self._queue[index] for index in range(min(limit, len(self._queue)))]

    def _confirm(self, offset: int) -> None:
        if offset < 0:  # counted from the end; the earlier ones are forgotten
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()

    async def _wait(self, seconds: float, gone: Callable[[], Awaitable[None]]) -> None:
        self._wake(found=False)
        poller = self._poller = asyncio.get_running_loop().create_future()
        left = asyncio.ensure_future(gone())
        try:
            await asyncio.wait({poller, left}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            if self._poller is poller:
                self._poller = None
        if poller.done() and not poller.result():
            raise Refused(409, CONFLICT)

    def _wake(self, *, found: bool) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(found)


@dataclass(slots=True)
class Person:
    """One user and the private chat with the bot; `chat` in the methods names another chat, as of a group."""

    world: World
    updates: Updates
    user_id: int
    name: str
    username: str
    language: str
    chat: Chat

    def says(self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Sends a text as it stands; a command is marked as Telegram marks it."""
        return self.speaks(chat, text=text, entities=detected(text, []), reply_to=reply_to)

    def sends_document(
        self, name: str, content: bytes, *, caption: str = "", mime_type: str = "", chat: Chat | None = None
    ) -> Message:
        file = store(self.world, Upload(name=name, content_type=mime_type, content=content), "documents")
        return self.speaks(chat, text=caption, entities=detected(caption, []), file=file)

    def speaks(self, chat: Chat | None, **content: Any) -> Message:
        place = chat or self.chat
        if place is self.chat:
            self.chat.started = True
        message = self.world.add(place, self.as_json(), **content)
        # In groups a bot hears commands, replies to itself and nothing else (privacy mode).
        answered = message.reply_to is not None and message.reply_to.from_bot
        if place.kind == "private" or message.text.startswith("/") or answered:
            self.updates.push("message", message.as_json())
        return message

    def sends_press(self, message: Message, data: str) -> str:
        """Presses a button; the number under which the bot answers it."""
        query_id = str(4_000_000_000_000_000_000 + self.world.number("press"))
        self.world.presses[query_id] = message.chat.chat_id
        body = {
            "id": query_id,
            "from": self.as_json(),
            "message": message.as_json(),
            "chat_instance": str(-7_000_000_000 - abs(message.chat.chat_id)),
            "data": data,
        }
        self.updates.push("callback_query", body)
        return query_id

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": self.name}
        return (
            body | ({"username": self.username} if self.username else {}) | {"language_code": self.language}
        )
