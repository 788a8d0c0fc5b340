"""The people at the other side of the local Telegram, as a test or the chat page moves them.

What a person does happens at once; what the bot does is waited for, and a wait that ends in vain says what the chat showed
instead. Each kind of wait reads on from where it last stood, so nothing is seen twice and nothing between is lost.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.local.formatting import detected
from bot.local.forms import Upload
from bot.local.methods import store
from bot.local.updates import Updates
from bot.local.world import Button, Chat, Event, EventKind, Message, World

PATIENCE = 5.0  # seconds; a bot on the same machine that needs longer is stuck


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A pressed button, whose answer can be waited for."""

    query_id: str
    person: "Person"
    after: int

    async def answer(self, timeout: float = PATIENCE) -> str:
        """The text the bot answered the press with; "" when it answered without one."""
        event = await self.person.until(
            lambda event: event.kind == "answered" and event.detail.split(" ", 1)[0] == self.query_id,
            after=self.after,
            timeout=timeout,
            hoped=f"an answer to the pressed button {self.query_id}",
        )
        return event.detail.partition(" ")[2]


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
    _read: dict[tuple[EventKind, int], int] = field(default_factory=dict)

    # What the person does

    def says(self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Sends a text as it stands; a command is marked as Telegram marks it."""
        return self._speaks(chat, text=text, entities=detected(text, []), reply_to=reply_to)

    def sends_document(
        self, name: str, content: bytes, *, caption: str = "", mime_type: str = "", chat: Chat | None = None
    ) -> Message:
        upload = Upload(name=name, content_type=mime_type, content=content)
        file = store(self.world, upload, "documents")
        return self._speaks(chat, text=caption, entities=detected(caption, []), file=file)

    def sends_photo(self, content: bytes, *, caption: str = "", chat: Chat | None = None) -> Message:
        upload = Upload(name="photo.jpg", content_type="image/jpeg", content=content)
        file = store(self.world, upload, "photos")
        return self._speaks(chat, text=caption, entities=detected(caption, []), file=file)

    def edits(self, message: Message, text: str) -> Message:
        message.versions.append(message.text)
        message.text, message.entities = text, detected(text, [])
        message.edited_at = int(time.time())
        self.world.announce("said", message.chat, message)
        self.updates.push("edited_message", message.as_json())
        return message

    def presses(self, message: Message, label: str = "", *, data: str | None = None) -> Press:
        """Presses the button with this label (or the only one that contains it), or sends forged `data`.

        Raises LookupError naming the buttons there are.
        """
        if data is None:
            data = _button(message, label).data
        if data is None:
            raise LookupError(f"the button {label!r} opens a page and sends nothing")
        world = self.world
        query_id = str(4_000_000_000_000_000_000 + world.number("press"))
        world.presses[query_id] = message.chat.chat_id
        after = len(world.events)
        body = {
            "id": query_id,
            "from": self.as_json(),
            "message": message.as_json(),
            "chat_instance": str(-7_000_000_000 - abs(message.chat.chat_id)),
            "data": data,
        }
        self.updates.push("callback_query", body)
        return Press(query_id=query_id, person=self, after=after)

    def blocks_the_bot(self) -> None:
        self.chat.blocked = True
        self._membership("member", "kicked")

    def unblocks_the_bot(self) -> None:
        self.chat.blocked = False
        self._membership("kicked", "member")

    # What the person sees

    async def next_message(
        self, containing: str = "", *, timeout: float = PATIENCE, chat: Chat | None = None
    ) -> Message:
        """The bot's next new message that says `containing`, at once or after an edit; others are passed over."""
        return await self._next("sent", containing, timeout, chat or self.chat)

    async def next_edit(
        self, containing: str = "", *, timeout: float = PATIENCE, chat: Chat | None = None
    ) -> Message:
        """The bot's next edit; the message is live, so `text` may be newer already when edits are quick."""
        return await self._next("edited", containing, timeout, chat or self.chat)

    async def sees(self, containing: str, *, timeout: float = PATIENCE, chat: Chat | None = None) -> Message:
        """The newest message of the bot that stands in the chat with this text, at once or when it appears."""
        place = chat or self.chat
        deadline = time.monotonic() + timeout
        while True:
            known = len(self.world.events)
            for message in reversed(self.messages(chat=place)):
                if message.from_bot and containing in message.text:
                    return message
            await self._wait(known, deadline, f"a message with {containing!r}", place)

    async def until(
        self,
        wanted: Callable[[Event], bool],
        *,
        after: int = 0,
        timeout: float = PATIENCE,
        chat: Chat | None = None,
        hoped: str = "the awaited event",
    ) -> Event:
        """The first event numbered above `after` in this chat that is wanted."""
        place = chat or self.chat
        deadline = time.monotonic() + timeout
        while True:
            events = self.world.events
            for event in events[after:]:
                if event.chat_id == place.chat_id and wanted(event):
                    return event
            after = len(events)
            await self._wait(after, deadline, hoped, place)

    async def silence(self, seconds: float = 0.3, *, chat: Chat | None = None) -> list[Event]:
        """What the bot did in that time; an empty list is silence."""
        place = chat or self.chat
        known = len(self.world.events)
        await asyncio.sleep(seconds)
        later = self.world.events[known:]
        return [event for event in later if event.chat_id == place.chat_id and event.kind != "said"]

    def messages(self, *, chat: Chat | None = None) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return list((chat or self.chat).messages.values())

    def replies(self, *, chat: Chat | None = None) -> list[Message]:
        """The bot's part of it."""
        return [message for message in self.messages(chat=chat) if message.from_bot]

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": self.name}
        body |= {"username": self.username} if self.username else {}
        return body | {"language_code": self.language}

    async def _next(self, kind: EventKind, containing: str, timeout: float, place: Chat) -> Message:
        """Looks through all of them again whenever something happens: a message that was sent may say it after an edit."""
        deadline = time.monotonic() + timeout
        hoped = f"{kind} with {containing!r}" if containing else kind
        while True:
            known = len(self.world.events)
            for event in self.world.events[self._read.get((kind, place.chat_id), 0) :]:
                message = event.message
                here = event.kind == kind and event.chat_id == place.chat_id
                if here and message is not None and containing in message.text:
                    self._read[kind, place.chat_id] = event.number
                    return message
            await self._wait(known, deadline, hoped, place)

    async def _wait(self, known: int, deadline: float, hoped: str, place: Chat) -> None:
        left = deadline - time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, left)):
                await self.world.happened(known)
        except TimeoutError as error:
            shown = [
                f"  {'bot' if message.from_bot else 'person'} {message.message_id}: {message.text[:200]!r}"
                for message in self.messages(chat=place)[-8:]
            ]
            raise TimeoutError("\n".join([f"hoped for {hoped}; the chat shows:", *shown])) from error

    def _speaks(self, chat: Chat | None, **content: Any) -> Message:
        place = chat or self.chat
        if place is self.chat:
            self.chat.started = True
        message = self.world.add(place, self.as_json(), **content)
        # In groups a bot hears commands, replies to itself and nothing else (privacy mode).
        answered = message.reply_to is not None and message.reply_to.from_bot
        if place.kind == "private" or message.text.startswith("/") or answered:
            self.updates.push("message", message.as_json())
        return message

    def _membership(self, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.world.bot, "status": status} | until

        body = {
            "chat": self.chat.as_json(),
            "from": self.as_json(),
            "date": int(time.time()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.updates.push("my_chat_member", body)


def _button(message: Message, label: str) -> Button:
    exact = [button for button in message.buttons if button.label == label]
    close = exact or [button for button in message.buttons if label and label in button.label]
    if len(close) == 1 or exact:
        return close[0]
    labels = ", ".join(repr(button.label) for button in message.buttons) or "none"
    raise LookupError(f"no single button {label!r}; the message has: {labels}")
