"""The local Telegram as tests use it: people whose chat can be waited on, faults in the way of the next
requests.

What a person does happens at once; what the bot does is waited for, and a wait that ends in vain says what
the chat showed instead. Each kind of wait reads on from where it last stood, so nothing is seen twice and
nothing between is lost.

    async with LocalTelegram() as telegram:
        owner = telegram.person(42, "Ada")
        ...start the bot with base_url=telegram.bot_url, base_file_url=telegram.file_url, token=telegram.token
        owner.says("/start")
        reply = await owner.next_message("Condorcet")
        owner.presses(reply, "Analyze")
        telegram.inject(Flood(2), "editMessageText", times=1)
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot import local
from bot.local.formatting import detected
from bot.local.forms import Params, Upload
from bot.local.methods import store
from bot.local.refusals import Refused
from bot.local.server import gone
from bot.local.telegram import BY_NAME, TOKEN
from bot.local.world import Button, Chat, ChatKind, Event, EventKind, Message

PATIENCE = 5.0  # seconds; a bot on the same machine that needs longer is stuck
CALLS_KEPT = 20_000  # enough for the largest burst of the tests


def flood(retry_after: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


@dataclass(frozen=True, slots=True)
class Flood:
    """429 with `retry_after` in seconds; nothing is stored."""

    retry_after: int = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """Any refusal, such as `Refusal(403, "Forbidden: bot was blocked by the user")`; nothing is stored."""

    code: int
    description: str


@dataclass(frozen=True, slots=True)
class BadGateway:
    """An HTML page of a proxy instead of JSON; nothing is stored."""

    status: int = 502
    html: str = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class ResetBeforeAccept:
    """The connection breaks before the server understood; nothing is stored."""


@dataclass(frozen=True, slots=True)
class ResetAfterAccept:
    """The message is stored, then the connection breaks: the sender cannot know."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Waits, in seconds, before the request is carried out, or with `after` before a finished one is
    answered."""

    seconds: float
    after: bool = False


Fault = Flood | Refusal | BadGateway | ResetBeforeAccept | ResetAfterAccept | Delay


@dataclass(slots=True, kw_only=True)
class Injection:
    """A fault in place. `left` None means until lifted; `used` counts the requests it met."""

    fault: Fault
    methods: frozenset[str]
    chat_id: int | None
    left: int | None
    used: int = 0

    def lift(self) -> None:
        self.left = 0

    def meets(self, method: str, chat_id: str) -> bool:
        if self.left == 0 or (self.methods and method.lower() not in self.methods):
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


@dataclass(slots=True)
class Faults:
    """The first injection that meets a request is used for it, the oldest first."""

    placed: list[Injection] = field(default_factory=list)

    def place(
        self, fault: Fault, methods: tuple[str, ...], *, times: int | None, chat_id: int | None
    ) -> Injection:
        names = frozenset(method.lower() for method in methods)
        injection = Injection(fault=fault, methods=names, chat_id=chat_id, left=times)
        self.placed.append(injection)
        return injection

    def take(self, method: str, chat_id: str) -> Fault | None:
        for injection in self.placed:
            if injection.meets(method, chat_id):
                injection.used += 1
                if injection.left is not None:
                    injection.left -= 1
                return injection.fault
        return None


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
class Person(local.Person):
    """A person whose chat a test can wait on."""

    _read: dict[tuple[EventKind, int], int] = field(default_factory=dict)

    # What the person does

    def presses(self, message: Message, label: str = "", *, data: str | None = None) -> Press:
        """Presses the button with this label (or the only one that contains it), or sends forged `data`.

        Raises LookupError naming the buttons there are.
        """
        if data is None:
            data = _button(message, label).data
        if data is None:
            raise LookupError(f"the button {label!r} opens a page and sends nothing")
        after = len(self.world.events)
        return Press(query_id=self.sends_press(message, data), person=self, after=after)

    def sends_photo(self, content: bytes, *, caption: str = "", chat: Chat | None = None) -> Message:
        upload = Upload(name="photo.jpg", content_type="image/jpeg", content=content)
        file = store(self.world, upload, "photos")
        return self.speaks(chat, text=caption, entities=detected(caption, []), file=file)

    def edits(self, message: Message, text: str) -> Message:
        message.versions.append(message.text)
        message.text, message.entities = text, detected(text, [])
        message.edited_at = int(time.time())
        self.world.announce("said", message.chat, message)
        self.updates.push("edited_message", message.as_json())
        return message

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
        """The bot's next new message that says `containing`, at once or after an edit; others are passed
        over."""
        return await self._next("sent", containing, timeout, chat or self.chat)

    async def next_edit(
        self, containing: str = "", *, timeout: float = PATIENCE, chat: Chat | None = None
    ) -> Message:
        """The bot's next edit; the message is live, so `text` may be newer already when edits are quick."""
        return await self._next("edited", containing, timeout, chat or self.chat)

    async def sees(self, containing: str, *, timeout: float = PATIENCE, chat: Chat | None = None) -> Message:
        """The newest message of the bot that stands in the chat with this text, at once or when it
        appears."""
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

    async def _next(self, kind: EventKind, containing: str, timeout: float, place: Chat) -> Message:
        """Looks through all of them again whenever something happens: a message that was sent may say it
        after an edit."""
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


class Dropped(Exception):
    """The connection ends without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request the bot made, polling left out. `at` in monotonic seconds."""

    method: str
    params: dict[str, str]
    at: float


class LocalTelegram(local.LocalTelegram):
    """The local Telegram with faults in the way, people to wait on, and a list of what was asked for."""

    def __init__(self, *, token: str = TOKEN, port: int = 0, username: str = "condorcet_bot") -> None:
        super().__init__(token=token, port=port, username=username)
        self.faults = Faults()
        self._calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self._people: dict[int, Person] = {}

    def person(self, user_id: int, name: str = "Ada", **given: Any) -> Person:
        if user_id not in self._people:
            one = super().person(user_id, name, **given)
            known = (self.world, self.updates, user_id, name, one.username, one.language, one.chat)
            self._people[user_id] = Person(*known)
        return self._people[user_id]

    def group(self, chat_id: int, title: str = "Friends", *, kind: ChatKind = "supergroup") -> Chat:
        """A group the bot is a member of; its id is negative."""
        return self.world.chats.setdefault(chat_id, Chat(chat_id=chat_id, kind=kind, name=title))

    def inject(
        self, fault: Fault, *methods: str, times: int | None = 1, chat_id: int | None = None
    ) -> Injection:
        """Puts a fault in the way of the next `times` requests (None: until lifted) of these methods, or of
        all."""
        return self.faults.place(fault, methods, times=times, chat_id=chat_id)

    def calls(self, *methods: str) -> list[Call]:
        """What the bot asked for, oldest first, without polling; of these methods, or of all."""
        wanted = {method.lower() for method in methods}
        return [call for call in self._calls if not wanted or call.method.lower() in wanted]

    @property
    def bot_url(self) -> str:
        """What the library takes as `base_url`."""
        return f"{self.base_url}/bot"

    @property
    def file_url(self) -> str:
        """What the library takes as `base_file_url`."""
        return f"{self.base_url}/file/bot"

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().serve(scope, receive, send)
        except Dropped:  # no ASGI message can say it: the client sees a reset
            for connection in list(self.server.state.connections):
                if isinstance(connection, H11Protocol) and connection.client == scope["client"]:
                    connection.transport.abort()
            await gone(Request(scope, receive))

    async def carry_out(self, name: str, params: Params, request: Request) -> Response:
        fault = self.faults.take(name, params.text("chat_id"))
        match fault:
            case Delay(seconds, after=False):
                await asyncio.sleep(seconds)
            case ResetBeforeAccept():
                raise Dropped
            case BadGateway(status, html):
                return HTMLResponse(html, status)
            case Flood(retry_after):
                raise flood(retry_after)
            case Refusal(code, description):
                raise Refused(code, description)
        if known := BY_NAME.get(name.lower()):
            self._calls.append(Call(method=known[0], params=params.values, at=time.monotonic()))
        response = await super().carry_out(name, params, request)
        match fault:
            case Delay(seconds, after=True):
                await asyncio.sleep(seconds)
            case ResetAfterAccept():
                raise Dropped
        return response
