"""Serves the recorded day on loopback, so that filings, currency and news flow through the real adapters.

Reads only files of its own folder and only by GET; what is not recorded is a 404, as at the sources themselves.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

RECORDINGS = Path(__file__).parent / "recordings"
# The evening of the recorded day in New York: every session that counts has closed.
RECORDED_AT = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)

# Which folder answers which address: the sources' own paths below each folder.
ROOTS = (("/news/", RECORDINGS / "news"), ("/stats/", RECORDINGS / "fx" / "stats"), ("/", RECORDINGS / "sec"))
TYPES = {".json": "application/json", ".xml": "application/xml", ".htm": "text/html", ".html": "text/html"}
# A request line and headers longer than this is not from our own client.
LONGEST_HEAD = 16_384


@asynccontextmanager
async def serve_recordings(roots: tuple[tuple[str, Path], ...] = ROOTS) -> AsyncIterator[str]:
    """The base address (as in http://127.0.0.1:40123) while the context is open."""

    guests: dict[asyncio.StreamWriter, asyncio.Event] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gone = guests[writer] = asyncio.Event()
        try:
            while head := await _head(reader):
                writer.write(_response(head, roots))
                await writer.drain()
        except ConnectionError:
            return
        finally:
            writer.close()
            guests.pop(writer)
            gone.set()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=LONGEST_HEAD)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        # Each handler sees its closed connection and ends by itself; nothing is left for the loop to cancel.
        for guest, gone in tuple(guests.items()):
            guest.close()
            await gone.wait()


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The next request's head, or nothing when the client is done."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return b""


def _response(head: bytes, roots: tuple[tuple[str, Path], ...]) -> bytes:
    method, _, rest = head.partition(b" ")
    path = rest.split(b" ", 1)[0].decode("ascii", "replace").split("?", 1)[0]
    file = _file(path, roots)
    if method != b"GET" or file is None:
        return _message("404 Not Found", "text/plain", b"not recorded")
    return _message("200 OK", TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes())


def _file(path: str, roots: tuple[tuple[str, Path], ...]) -> Path | None:
    for prefix, folder in roots:
        if path.startswith(prefix):
            parts = PurePosixPath(path[len(prefix) :]).parts
            if not parts or ".." in parts or parts[0] == "/":
                return None
            file = folder.joinpath(*parts)
            return file if file.is_file() else None
    return None


def _message(status: str, kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
