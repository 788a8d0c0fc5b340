"""One HTTP server on 127.0.0.1 for the local Telegram and for the recordings: uvicorn's connections around
one ASGI app.

It never listens on another interface. Decision: the connections without uvicorn's own main loop, which takes
over signals, wakes ten times a second, and ends a tenth of a second late in every test."""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

LOOPBACK = "127.0.0.1"
BODY_CAP = 51 * 1024 * 1024  # the Bot API takes uploads of 50 MB; one more for the form around them


class Server:
    """Serves `app` until `stop`. `port` 0 lets the system choose; it is known after `start`."""

    def __init__(self, app: ASGIApp, *, port: int = 0) -> None:
        self.port = port
        self._config = Config(
            app,
            interface="asgi3",
            lifespan="off",
            http="h11",
            ws="none",
            proxy_headers=False,
            server_header=False,
            log_config=None,
            log_level="error",
            access_log=False,
        )
        self.state = ServerState()
        self._listener: asyncio.Server | None = None

    async def start(self) -> None:
        self._config.load()
        self._listener = await asyncio.get_running_loop().create_server(
            lambda: H11Protocol(self._config, self.state, {}), LOOPBACK, self.port
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Ends every connection and what it waits for."""
        if self._listener is None:
            return
        self._listener.close()
        for connection in list(self.state.connections):
            connection.transport.abort()
        tasks = list(self.state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._listener.wait_closed()
        self._listener = None


class TooLarge(Exception):
    """A body above the cap."""


async def body_of(request: Request) -> bytes:
    """The body; refused while it arrives, so an upload cannot fill the memory."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_CAP:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


async def gone(request: Request) -> None:
    """Returns when the client of a request, whose body was read, has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
