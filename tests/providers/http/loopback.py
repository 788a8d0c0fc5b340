"""A real HTTP server on 127.0.0.1 for one test: fixed answers by path, or a script that writes raw bytes."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Script = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    at: float
    method: str = "GET"
    body: bytes = b""


def page(body: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> Script:
    async def write(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        lines = {"content-length": str(len(body)), "connection": "keep-alive", **(headers or {})}
        head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()

    return write


@dataclass
class Loopback:
    """`routes` maps a path (with its query) to a script; anything else is a 404. `asked` is what arrived."""

    routes: dict[str, Script] = field(default_factory=dict)
    fallback: Script = field(default_factory=lambda: page(b"not here", status=404))
    asked: list[Asked] = field(default_factory=list)
    latency: float = 0.0
    by_path: bool = False  # routes then hold for a path whatever its query
    url: str = ""

    def serve(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.routes[path] = page(raw, status=status, headers=named)

    async def __aenter__(self) -> "Loopback":
        self._server = await asyncio.start_server(self._converse, "127.0.0.1", 0)
        self._writers: set[asyncio.StreamWriter] = set()
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await self._server.wait_closed()
        await asyncio.sleep(0)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                path = head[0].split(" ")[1]
                fields = (line.split(":", 1) for line in head[1:] if ":" in line)
                headers = {key.lower(): value.strip() for key, value in fields}
                asked = Asked(
                    path=path,
                    headers=headers,
                    at=asyncio.get_running_loop().time(),
                    method=head[0].split(" ")[0],
                    body=await reader.readexactly(int(headers.get("content-length", "0"))),
                )
                self.asked.append(asked)
                if self.latency:
                    await asyncio.sleep(self.latency)
                route = path.partition("?")[0] if self.by_path else path
                await self.routes.get(route, self.fallback)(asked, writer)
        self._writers.discard(writer)
        writer.close()
