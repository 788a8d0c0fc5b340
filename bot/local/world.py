"""What the local Telegram remembers: chats, messages, files, and a numbered list of everything that happened.

All of it is in memory and lasts as long as the server; nothing is written to disk. Messages are the live
objects: an edit changes them in place and keeps the earlier text in `versions`."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.local.formatting import Entity
from bot.local.refusals import BLOCKED, NOT_STARTED, Refused, bad_request

EventKind = Literal["said", "sent", "edited", "action", "answered", "favourites"]
ChatKind = Literal["private", "group", "supergroup"]
FileKind = Literal["photos", "documents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One inline button: `data` for the bot or `url` for the browser."""

    label: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        target = {"callback_data": self.data} if self.data is not None else {"url": self.url}
        return {"text": self.label, **target}


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """`kind` is the folder of its download path. Sizes in bytes and pixels; no pixels for documents."""

    file_id: str
    kind: FileKind
    name: str
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0
    number: int = 0

    @property
    def path(self) -> str:
        ending = self.name.rpartition(".")[2] if "." in self.name else "bin"
        ending = "".join(letter for letter in ending if letter.isascii() and letter.isalnum())[:8] or "bin"
        return f"{self.kind}/file_{self.number}.{ending}"

    def as_json(self) -> dict[str, Any]:
        unique = self.file_id[-12:]
        common = {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.content)}
        if self.kind == "photos":
            return {**common, "width": self.width, "height": self.height}
        return {**common, "file_name": self.name, "mime_type": self.mime_type}


@dataclass(slots=True, kw_only=True)
class Message:
    """`text` is the text or the caption. `sender_id` is the bot's own id for its messages."""

    message_id: int
    chat: "Chat"
    sender_id: int
    sender: dict[str, Any]
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: Rows = ()
    file: StoredFile | None = None
    reply_to: "Message | None" = None
    silent: bool = False
    edited_at: int | None = None
    versions: list[str] = field(default_factory=list)

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def photo(self) -> StoredFile | None:
        return self.file if self.file is not None and self.file.kind == "photos" else None

    @property
    def document(self) -> StoredFile | None:
        return self.file if self.file is not None and self.file.kind == "documents" else None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    def as_json(self, *, nested: bool = False) -> dict[str, Any]:
        body: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        if self.edited_at is not None:
            body["edit_date"] = self.edited_at
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.as_json(nested=True)
        prefix = "caption" if self.file is not None else "text"
        if self.photo is not None:
            body["photo"] = [self.photo.as_json()]
        elif self.document is not None:
            body["document"] = self.document.as_json()
        if self.text or self.file is None:
            body[prefix] = self.text
        if self.entities:
            body["entities" if self.file is None else "caption_entities"] = self.entities
        if self.rows:
            body["reply_markup"] = {
                "inline_keyboard": [[button.as_json() for button in row] for row in self.rows]
            }
        return body


@dataclass(slots=True, kw_only=True)
class Chat:
    """`started` is false for a person who never wrote; `blocked` for one who stopped the bot."""

    chat_id: int
    kind: ChatKind
    name: str
    username: str = ""
    started: bool = True
    blocked: bool = False
    favourites: tuple[tuple[str, ...], ...] = ()
    pinned: int = 0
    messages: dict[int, Message] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        key = "first_name" if self.kind == "private" else "title"
        body: dict[str, Any] = {"id": self.chat_id, "type": self.kind, key: self.name}
        return body | ({"username": self.username} if self.username else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in order. `detail` is the action's name or the answer to a button."""

    number: int
    kind: EventKind
    chat_id: int
    message: Message | None = None
    detail: str = ""


@dataclass(slots=True)
class World:
    """The one store. Ids grow and are never given twice."""

    bot: dict[str, Any]
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, int] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    _waiters: set[asyncio.Future[None]] = field(default_factory=set)

    def number(self, of: str) -> int:
        self.numbers[of] = self.numbers.get(of, 0) + 1
        return self.numbers[of]

    def chat(self, chat_id: str) -> Chat:
        """The chat a method names, or the refusal the official server would give."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            chat = self.chats[int(chat_id)]
        except (ValueError, KeyError) as error:
            raise bad_request("chat not found") from error
        if chat.blocked:
            raise Refused(403, BLOCKED)
        if not chat.started:
            raise Refused(403, NOT_STARTED)
        return chat

    def add(self, chat: Chat, sender: dict[str, Any], **content: Any) -> Message:
        """A new message of that chat; announces it."""
        message = Message(
            message_id=self.number("message"),
            chat=chat,
            sender_id=sender["id"],
            sender=sender,
            date=int(time.time()),
            **content,
        )
        chat.messages[message.message_id] = message
        self.announce("sent" if message.from_bot else "said", chat, message)
        return message

    def keep(
        self, name: str, mime_type: str, content: bytes, kind: FileKind, size: tuple[int, int]
    ) -> StoredFile:
        number = self.number("file")
        stored = StoredFile(
            file_id=f"local-{number}-{secrets.token_urlsafe(12)}",
            kind=kind,
            name=name,
            mime_type=mime_type or "application/octet-stream",
            content=content,
            width=size[0],
            height=size[1],
            number=number,
        )
        self.files[stored.file_id] = stored
        return stored

    def announce(
        self, kind: EventKind, chat: Chat, message: Message | None = None, detail: str = ""
    ) -> Event:
        event = Event(
            number=len(self.events) + 1, kind=kind, chat_id=chat.chat_id, message=message, detail=detail
        )
        self.events.append(event)
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
        return event

    async def happened(self, after: int) -> None:
        """Returns once an event with a number above `after` exists."""
        while len(self.events) <= after:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)
