"""A model is a stream of events: text, finish, usage, id. What an adapter of a service must do, and what
adapters share.

An adapter is one file with a `build(target, memory, clock, transport)` and a class that keeps `Wire`. It
translates a service's own events into `Said`; deadlines, negotiation, causes of failure and the reply are
made of them in one place (`providers.models.streamed`), so a service that is not HTTP at all needs nothing
else.
"""

import json
import socket
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Protocol

import httpx2

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.stepping import Tried
from providers.models.transport import TooLargeError, UnreadableError

# Ids and model names are a few dozen characters; they are stored with every answer.
WORD_LIMIT = 200
# A ballot of 500 names is some 400,000 characters; five times that is no ballot.
TEXT_LIMIT = 2_000_000
# More tokens than any context holds: what a service counts beyond this is no count, and would break the
# arithmetic of costs.
COUNT_LIMIT = 1_000_000_000
# For showing how far an answer is; what is billed is counted by the service.
CHARACTERS_A_TOKEN = 4
NOT_SAID = Gap(gap="the service does not say")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One event of an answer. Empty: the service is at it.

    `head`: the answer itself has begun, so something is billed. `thinking`: it reasons, which counts as its
    first token and is no text. `usage` is a running total: the last one counts. `tier` is the price class
    that the service says it used.
    """

    head: bool = False
    text: str = ""
    thinking: bool = False
    id: str = ""
    model: str = ""
    finish: Finish | None = None
    finish_raw: str = ""
    usage: Usage | None = None
    tier: str = ""


@dataclass(slots=True, kw_only=True)
class Arrived:
    """An answer as far as it has come. `last` holds the newest of each word of its head."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    pieces: int = 0
    head: bool = False
    thought: bool = False
    last: Said = field(default_factory=Said)

    def add(self, said: Said) -> None:
        self.head = self.head or said.head
        self.thought = self.thought or (said.thinking and not said.text)
        newer: dict[str, Any] = {
            name: value
            for name in ("id", "model", "finish", "finish_raw", "usage", "tier")
            if (value := getattr(said, name))
        }
        if self.last.finish is Finish.REFUSAL:
            newer.pop("finish", None)
        if newer:
            self.last = replace(self.last, **newer)
        self.pieces += bool(said.text or said.thinking)
        if said.text:
            self.parts.append(said.text)
            self.size += len(said.text)
        if self.size > TEXT_LIMIT:
            self.parts.clear()
            raise TooLargeError

    @property
    def tokens(self) -> int:
        """Tokens until now, about: services send one or a few in a piece, and a few characters make one."""
        return max(self.pieces, self.size // CHARACTERS_A_TOKEN)

    def joined(self) -> str:
        """What was said. Servers that cut their text in UTF-16 send a character in halves: those are put
        together again.

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
    """The service answered with an error: with its status, or the one named in the middle of a stream."""

    def __init__(self, *, status: int, body: object, headers: Mapping[str, str]) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


class UnreachableError(Exception):
    """No answer came at all; the message completes "… could not be reached: "."""


class BrokenOffError(Exception):
    """The answer ended in its middle."""


class Wire(Protocol):
    """One service as its SDK speaks to it."""

    def stream(self, brief: Brief, tried: Tried) -> AsyncIterator[Said]:
        """The answer as it comes. Raises RefusedError, UnreachableError, BrokenOffError, or as `transport`
        does."""
        ...

    async def aclose(self) -> None: ...


@contextmanager
def sdk_errors(sdk: ModuleType, *, begun: list[bool]) -> Iterator[None]:
    """The exceptions of either SDK (their names are the same) as ours. `begun` holds True once a stream is
    open."""
    try:
        yield
    except (sdk.APIStatusError, sdk.APIError) as error:
        if isinstance(error, sdk.APIConnectionError):
            if isinstance(error.__cause__, UnreadableError):
                raise error.__cause__ from error
            raise BrokenOffError if begun else UnreachableError(unreachable(error)) from error
        status = getattr(error, "status_code", 0)
        if status >= 300:
            response = error.response
            raise RefusedError(status=status, body=_body(response), headers=response.headers) from error
        body = (
            error.body if isinstance(error.body, Mapping) and "error" in error.body else {"error": error.body}
        )
        raise RefusedError(status=_status(body), body=body, headers={}) from error
    except getattr(sdk, "AnthropicError", getattr(sdk, "OpenAIError", ())) as error:
        raise UnreadableError("something the SDK could not read") from error
    except httpx2.HTTPError as error:
        raise BrokenOffError from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("something that is no JSON") from error


async def streamed(
    sdk: ModuleType, client: Any, path: str, body: Mapping[str, Any], headers: Mapping[str, str]
) -> AsyncIterator[Mapping[str, Any]]:
    """What a question brings, as JSON objects, while it comes."""
    begun: list[bool] = []
    with sdk_errors(sdk, begun=begun):
        opened = await client.post(
            path,
            cast_to=object,
            body={**body, "stream": True},
            options={"headers": headers},
            stream=True,
            stream_cls=sdk.AsyncStream[object],
        )
        begun.append(True)
        async with opened:
            async for value in values(opened):
                yield value


async def values(stream: Any) -> AsyncIterator[Mapping[str, Any]]:
    """The JSON objects of an SDK's stream; the body of a service that ignores `stream` is one value."""
    response: httpx2.Response = stream.response
    kind = response.headers.get("content-type", "").lower()
    body = b"" if "event-stream" in kind else (await response.aread()).strip()
    if not body and "event-stream" not in kind:
        raise UnreadableError("an empty body")
    if body and not body.startswith((b"data:", b"event:", b":")):
        if body.startswith(b"<") or "html" in kind:
            raise UnreadableError("a web page")
        value = json.loads(body)
        if isinstance(value, Mapping) and value.get("error"):
            raise RefusedError(status=_status(value), body=value, headers={})
        yield _object(value)
        return
    async for value in stream:
        yield _object(value)


def _object(value: object) -> Mapping[str, Any]:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), {})
    if not isinstance(value, Mapping):
        raise UnreadableError("something that is no JSON object")
    if isinstance(value.get("error"), Mapping) and value.get("error"):
        raise RefusedError(status=_status(value), body=value, headers={})
    return value


def _body(response: httpx2.Response) -> object:
    """The whole body: the SDKs keep only its `error` part, and nothing of a body that is a list."""
    try:
        body: object = json.loads(response.content)
    except (ValueError, RecursionError):
        return response.text
    return body


def _status(body: object) -> int:
    """The status that an error body with status 200 names itself; 200 when it names none."""
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    code = inner.get("code") if isinstance(inner, Mapping) else None
    return code if isinstance(code, int) and 300 <= code <= 599 else 200


def count(raw: object, *paths: tuple[str, ...]) -> int | Gap:
    """The first of `paths` in a usage object that holds a count; else a gap, never zero."""
    for path in paths:
        value: Any = raw
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= COUNT_LIMIT:
            return value
    return NOT_SAID


def word_of(value: Mapping[str, Any], key: str) -> str:
    """A text in a JSON object, or nothing."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def object_of(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object in a JSON object, or an empty one."""
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}


def asked_in_words(brief: Brief, mode: str) -> str:
    """What is added to the end of the question (the prefix stays the same) where no schema is enforced."""
    if mode == "schema":
        return ""
    return (
        "\n\nThe answer must be one JSON object that conforms to this JSON schema, with nothing before or "
        "after it:\n" + brief.schema
    )


# Why no connection came about: the kinds of exceptions at the root of a chain, in a person's words.
REASONS = (
    (socket.gaierror, "no such host"),
    (ConnectionRefusedError, "nothing listens there"),
    (ssl.SSLError, "its certificate is not trusted"),
    (TimeoutError, "it did not take the connection in time"),
)


def unreachable(error: BaseException) -> str:
    """Why no connection came about, from the root of a chain of exceptions."""
    seen: BaseException | None = error
    while seen is not None:
        for kind, reason in REASONS:
            if isinstance(seen, kind):
                return reason
        seen = seen.__cause__ or seen.__context__
    return "the connection was lost before an answer began"


def storable(text: str) -> str:
    """The same, with the number of a character in place of half of one."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def word(text: str) -> str:
    """An id or a name as a service gave it, short and storable."""
    return storable(text[:WORD_LIMIT])
