"""What differs between SDKs, as one small interface, and what an answer is while it arrives. Knows neither SDK."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

import httpx2

from core.brief.model import Brief
from core.gap import Gap
from core.jury.ballot import Finish, Usage
from providers.models.services import Service
from providers.models.stepping import Tried
from providers.models.wire import TooLargeError

# A ballot of 500 names is some 400,000 characters; five times that is no ballot.
TEXT_LIMIT = 2_000_000


@dataclass(slots=True, kw_only=True)
class Arrived:
    """An answer as far as it has come. `begun`: its head is there; `speaking`: its first token, thinking included.

    `error` holds an error body that came instead, with status 200.
    """

    parts: list[str] = field(default_factory=list)
    size: int = 0
    begun: bool = False
    speaking: bool = False
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


def count(raw: Mapping[str, Any], *paths: tuple[str, ...]) -> int | Gap:
    """The first of `paths` in a usage object that holds a count; else a gap, never zero."""
    for path in paths:
        value: Any = raw
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return Gap(gap="the service does not say")
