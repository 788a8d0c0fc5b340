"""A small model service on loopback for tests and benchmarks: real HTTP, scripted answers, both wire
formats."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Asked:
    """One request as it came. `number` counts from 0."""

    number: int
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


@dataclass(slots=True, kw_only=True)
class Served:
    """One response: `pieces` are bytes, or seconds to wait. `cut` closes without the chunked end."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "text/event-stream"})
    pieces: Any = ()
    cut: bool = False


Script = Callable[[Asked], Served | Awaitable[Served]]


@dataclass(slots=True, kw_only=True)
class Service:
    """The running stub: its address and every question; `pages` are what it tells beside them, by path (else
    404)."""

    address: str
    asked: list[Asked]
    pages: dict[str, Any] = field(default_factory=dict)
    stop: Callable[[], None] = lambda: None


@asynccontextmanager
async def serving(script: Script) -> AsyncIterator[Service]:
    service = Service(address="", asked=[])
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        try:
            await _answer(reader, writer, script, service)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    service.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    service.stop = server.close
    try:
        yield service
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, script: Script, service: Service
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    method, path, _ = head[0].split(" ")
    if method == "GET" or path == "/tokenize":
        known = path in service.pages
        body = json.dumps(service.pages.get(path)).encode()
        status = "200 OK" if known else "404 Not Found"
        kind = "content-type: application/json\r\nconnection: close"
        writer.write(f"HTTP/1.1 {status}\r\n{kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return
    asked = Asked(
        number=len(service.asked),
        path=head[0].split(" ")[1],
        headers=headers,
        body=json.loads(raw) if raw else {},
        at=asyncio.get_running_loop().time(),
    )
    service.asked.append(asked)
    served = script(asked)
    if not isinstance(served, Served):
        served = await served
    lines = [f"HTTP/1.1 {served.status} X", "transfer-encoding: chunked", "connection: close"]
    lines += [f"{name}: {value}" for name, value in served.headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
    for piece in served.pieces:
        if isinstance(piece, bytes):
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            await writer.drain()
        else:
            await asyncio.sleep(piece)
    if not served.cut:
        writer.write(b"0\r\n\r\n")
    await writer.drain()


def as_json(body: Any, *, status: int = 200, **headers: str) -> Served:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Served(status=status, headers={"content-type": "application/json", **named}, pieces=[raw])


def as_html(*, status: int = 200) -> Served:
    return Served(
        status=status, headers={"content-type": "text/html"}, pieces=[b"<html><body>Blocked</body></html>"]
    )


def openai_stream(
    text: str, *, finish: str | None = "stop", response_id: str = "c-1", usage: dict[str, Any] | None = None
) -> Served:
    """Chat completions as chunks, in the shape of the recorded stream."""
    pieces = [_chunk(response_id, {"role": "assistant", "content": ""})]
    pieces += [_chunk(response_id, {"content": text[at : at + 40]}) for at in range(0, len(text), 40)]
    if finish is not None:
        pieces.append(_chunk(response_id, {}, finish))
    told = usage or {"prompt_tokens": 2000, "completion_tokens": 50}
    last = {"id": response_id, "model": "m", "choices": [], "usage": told}
    pieces += [b"data: " + json.dumps(last).encode() + b"\n\n", b"data: [DONE]\n\n"]
    return Served(pieces=pieces)


def _chunk(response_id: str, delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return b"data: " + json.dumps({"id": response_id, "model": "m", "choices": [choice]}).encode() + b"\n\n"


def anthropic_stream(
    text: str,
    *,
    finish: str | None = "end_turn",
    response_id: str = "msg-1",
    usage: dict[str, Any] | None = None,
) -> Served:
    """Messages as events, in the shape of the recorded stream."""
    told = usage or {"input_tokens": 2000, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0}
    head: dict[str, Any] = {
        "id": response_id,
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [],
        "stop_reason": None,
        "usage": {**told, "output_tokens": 1},
    }
    pieces = [
        _event("message_start", message=head),
        _event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        _event("ping"),
        *(
            _event("content_block_delta", index=0, delta={"type": "text_delta", "text": text[at : at + 40]})
            for at in range(0, len(text), 40)
        ),
        _event("content_block_stop", index=0),
    ]
    if finish is not None:
        pieces.append(_event("message_delta", delta={"stop_reason": finish}, usage={"output_tokens": 50}))
        pieces.append(_event("message_stop"))
    return Served(pieces=pieces)


def _event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: ".encode() + json.dumps({"type": kind, **fields}).encode() + b"\n\n"
