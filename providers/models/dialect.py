"""What differs between SDKs, as one small interface, and what an answer is while it arrives. Knows neither SDK."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import httpx2

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.services import Service
from providers.models.stepping import Tried
from providers.models.wire import TooLargeError, UnreadableError

# More tokens than any context holds: what a service counts beyond this is no count, and would break the arithmetic of costs.
COUNT_LIMIT = 1_000_000_000
# Ids and model names are a few dozen characters; they are stored with every answer.
WORD_LIMIT = 200
# A ballot of 500 names is some 400,000 characters; five times that is no ballot.
TEXT_LIMIT = 2_000_000


@dataclass(slots=True, kw_only=True)
class Arrived:
    """An answer as far as it has come. `begun`: its head is there; `speaking`: its first token, thinking included.

    `thought`: it reasoned before it answered. `error` holds an error body that came instead, with status 200.
    """

    parts: list[str] = field(default_factory=list)
    size: int = 0
    begun: bool = False
    speaking: bool = False
    thought: bool = False
    finish: str | None = None
    refused: bool = False
    id: str | None = None
    model: str | None = None
    usage: dict[str, Any] = field(default_factory=dict)
    error: object = None

    def add(self, text: object) -> None:
        if isinstance(text, str) and text:
            self.parts.append(text)
            self.size += len(text)
            if self.size > TEXT_LIMIT:
                self.parts.clear()
                raise TooLargeError

    def text(self) -> str:
        """What was said. Servers that cut their text in UTF-16 send a character in halves: those are put together again.

        Raises UnreadableError when a half is left over; it could be neither stored nor shown.
        """
        said = "".join(self.parts)
        if said.isascii():
            return said
        try:
            return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise UnreadableError("characters that do not exist") from error


class RefusedError(Exception):
    """The service answered with an error status, before any answer."""

    def __init__(self, *, status: int, body: object, headers: Mapping[str, str]) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


class UnreachableError(Exception):
    """No answer came at all; the message completes "… could not be reached: "."""


class Dialect(Protocol):
    """What is different about an SDK: how to ask, how to fold what comes, how to read usage."""

    finishes: Mapping[str, Finish]

    def open(self, brief: Brief, tried: Tried) -> AbstractAsyncContextManager[httpx2.Response]:
        """Begins the answer. Raises RefusedError, UnreachableError or UnreadableError."""
        ...

    def fold(self, event: Mapping[str, Any], arrived: Arrived) -> None:
        """Adds one JSON value of the stream, or a whole answer that was not streamed."""
        ...

    def usage(self, raw: Mapping[str, Any]) -> Usage: ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which model is asked, where, and how. `secret` is kept to be cut out of messages; it is never shown."""

    service: Service
    model: str
    address: str
    temperature: Decimal | None
    secret: str = field(repr=False)

    @property
    def label(self) -> str:
        return f"{self.service.name}:{self.model}"

    @property
    def shown_address(self) -> str:
        """The address for people: without the user and the password that may stand in it."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def storable(text: str) -> str:
    """The same, with the number of a character in place of half of one."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def word(text: str) -> str:
    """An id or a name as a service gave it, short and storable."""
    return storable(text[:WORD_LIMIT])


def count(raw: Mapping[str, Any], *paths: tuple[str, ...]) -> int | Gap:
    """The first of `paths` in a usage object that holds a count; else a gap, never zero."""
    for path in paths:
        value: Any = raw
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= COUNT_LIMIT:
            return value
    return Gap(gap="the service does not say")
