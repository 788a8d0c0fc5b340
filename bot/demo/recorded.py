"""Serves the recorded day on loopback, so that filings, currency and news flow through the real adapters.

Reads only files of its own folder; what is not recorded is a 404, as at the sources themselves. The official
stores outside the US, some of which take questions by POST, stand in `bot.demo.official`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

RECORDINGS = Path(__file__).parent / "recordings"
# The evening of the recorded day in New York: every session that counts has closed.
RECORDED_AT = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)

# Which folder answers which address: the sources' own paths below each folder.
ROOTS = (("/news", RECORDINGS / "news"), ("/stats", RECORDINGS / "fx" / "stats"), ("/", RECORDINGS / "sec"))


@asynccontextmanager
async def serve_recordings(roots: tuple[tuple[str, Path], ...] = ROOTS) -> AsyncIterator[str]:
    """The base address (as in http://127.0.0.1:40123) while the context is open."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    from bot.demo.official import answer
    from bot.local.server import LOOPBACK, Server

    official = Route("/official/{source}/{path:path}", answer, methods=["GET", "POST"])
    files = [Mount(path, StaticFiles(directory=folder, check_dir=False)) for path, folder in roots]
    server = Server(Starlette(routes=[official, *files]))
    await server.start()
    try:
        yield f"http://{LOOPBACK}:{server.port}"
    finally:
        await server.stop()
