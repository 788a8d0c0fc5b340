"""HTTP/1.1 on 127.0.0.1 over asyncio and h11: one handler answers, streams, or drops the connection.

It never listens on another interface. A body above the cap is refused with 413 while it arrives, so an upload cannot fill
the memory. A request carries `gone`, set when its client hangs up: a long poll must not wait for somebody who left.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

import h11

LOOPBACK = "127.0.0.1"
BODY_CAP = 51 * 1024 * 1024  # the Bot API takes uploads of 50 MB; one more for the form around them
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`path` is decoded, `query` holds the last value of each name, header names are lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    gone: asyncio.Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """An answer without an end, as server-sent events need it."""

    chunks: AsyncIterator[bytes]
    content_type: str = "text/event-stream"
    headers: tuple[tuple[str, str], ...] = ()


class Dropped:
    """No answer: the connection is reset."""


Answered = Response | Stream | Dropped
Handler = Callable[[Request], Awaitable[Answered]]


@dataclass(slots=True)
class _Connection:
    """One client. `waiting` is a read in flight: it feeds the parser or tells that the client left."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    parser: h11.Connection = field(default_factory=lambda: h11.Connection(h11.SERVER))
    waiting: asyncio.Task[bytes] | None = None

    def read(self) -> asyncio.Task[bytes]:
        if self.waiting is None:
            self.waiting = asyncio.create_task(self.reader.read(CHUNK))
        return self.waiting

    async def feed(self) -> None:
        data = await self.read()
        self.waiting = None
        self.parser.receive_data(data)

    async def event(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            event = self.parser.next_event()
            if event is h11.NEED_DATA:
                if self.parser.they_are_waiting_for_100_continue:
                    await self.send(h11.InformationalResponse(status_code=100, headers=[]))
                await self.feed()
                continue
            return event  # type: ignore[return-value]  # h11 types its sentinels too widely

    async def send(self, *events: h11.Event) -> None:
        for event in events:
            self.writer.write(self.parser.send(event) or b"")
        await self.writer.drain()


class Server:
    """Serves one handler until `stop`. `port` 0 lets the system choose; `address` is known after `start`."""

    def __init__(self, handler: Handler, *, port: int = 0) -> None:
        self._handler = handler
        self._port = port
        self._listener: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        return self._port

    async def start(self) -> None:
        self._listener = await asyncio.start_server(self._accept, LOOPBACK, self._port)
        self._port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._listener is None:
            return
        self._listener.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await self._listener.wait_closed()
        self._listener = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        connection = _Connection(reader, writer)
        try:
            await self._converse(connection)
        except (h11.ProtocolError, OSError):
            # A client that breaks off or does not speak HTTP gets no answer; there is nobody to tell.
            writer.transport.abort()
        except asyncio.CancelledError:
            # Only `stop` cancels: ending quietly is the point of it.
            writer.transport.abort()
        finally:
            if connection.waiting is not None:
                connection.waiting.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError):
                    await connection.waiting
            writer.close()

    async def _converse(self, connection: _Connection) -> None:
        while True:
            head = await connection.event()
            if not isinstance(head, h11.Request):
                return
            body = bytearray()
            while isinstance(event := await connection.event(), h11.Data):
                body += event.data
                if len(body) > BODY_CAP:
                    await _reply(connection, _too_large(), close=True)
                    return
            if not await self._answer(connection, head, bytes(body)):
                return
            if connection.parser.our_state is not h11.DONE or connection.parser.their_state is not h11.DONE:
                return
            connection.parser.start_next_cycle()

    async def _answer(self, connection: _Connection, head: h11.Request, body: bytes) -> bool:
        """Whether the connection can take another request."""
        gone = asyncio.Event()
        reading = connection.read()
        reading.add_done_callback(lambda read: gone.set() if _ended(read) else None)
        answered = await self._handler(_request(head, body, gone))
        if isinstance(answered, Dropped):
            connection.writer.transport.abort()
            return False
        if isinstance(answered, Stream):
            await _stream(connection, answered, gone)
            return False
        await _reply(connection, answered, bodiless=head.method == b"HEAD")
        return True


def _ended(read: asyncio.Task[bytes]) -> bool:
    return read.cancelled() or read.exception() is not None or not read.result()


def _request(head: h11.Request, body: bytes, gone: asyncio.Event) -> Request:
    target = urlsplit(head.target.decode("latin-1"))
    return Request(
        method=head.method.decode("ascii"),
        path=unquote(target.path),
        query=dict(parse_qsl(target.query, keep_blank_values=True)),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers},
        body=body,
        gone=gone,
    )


def _too_large() -> Response:
    text = b'{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'
    return Response(status=413, body=text)


async def _reply(
    connection: _Connection, response: Response, *, bodiless: bool = False, close: bool = False
) -> None:
    headers = [
        ("Content-Type", response.content_type),
        ("Content-Length", str(len(response.body))),
        ("X-Content-Type-Options", "nosniff"),
        *response.headers,
    ]
    if close:
        headers.append(("Connection", "close"))
    start = h11.Response(
        status_code=response.status, reason=HTTPStatus(response.status).phrase.encode(), headers=headers
    )
    content = [] if bodiless else [h11.Data(data=response.body)]
    await connection.send(start, *content, h11.EndOfMessage())


async def _stream(connection: _Connection, stream: Stream, gone: asyncio.Event) -> None:
    headers = [("Content-Type", stream.content_type), ("Cache-Control", "no-store"), *stream.headers]
    await connection.send(h11.Response(status_code=200, reason=b"OK", headers=headers))
    left: asyncio.Task[object] = asyncio.create_task(gone.wait())
    chunks = aiter(stream.chunks)
    chunk: asyncio.Task[object] | None = None
    try:
        while True:
            chunk = asyncio.create_task(_next(chunks))
            await asyncio.wait({left, chunk}, return_when=asyncio.FIRST_COMPLETED)
            data = chunk.result() if chunk.done() else None
            if not isinstance(data, bytes):
                return
            await connection.send(h11.Data(data=data))
    finally:
        left.cancel()
        if chunk is not None:
            chunk.cancel()


async def _next(chunks: AsyncIterator[bytes]) -> bytes | None:
    return await anext(chunks, None)
