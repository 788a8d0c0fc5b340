"""The local Telegram itself: one bot, one port on loopback, the Bot API under `/bot<token>/`.

Refusals: a wrong token is 401, a malformed one 404, an unknown method 404, as on the official server. A
request that carries an `Origin`, or a `Host` that is not ours, is refused: no web page and no rebound name
may act as the bot."""

import json
import re
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.local.chatpage import ChatPage
from bot.local.forms import Params, read_params
from bot.local.methods import MAX_DOWNLOAD, METHODS
from bot.local.refusals import Refused
from bot.local.server import LOOPBACK, Server, TooLarge, body_of, gone
from bot.local.updates import Person, Updates
from bot.local.world import Chat, World

TOKEN = "7000000001:local-rehearsal-no-secret-AAAAAAAAA"  # noqa: S105  opens nothing but this server
ROUTE = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]*)/(?P<rest>.*)\Z")

BY_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


class LocalTelegram:
    """An asynchronous context manager, or `start` and `stop`. `port` 0 takes a free one."""

    def __init__(
        self, *, token: str = TOKEN, port: int = 0, username: str = "condorcet_bot", name: str = "Condorcet"
    ) -> None:
        self.token = token
        self.world = World(
            bot={
                "id": int(token.partition(":")[0]),
                "is_bot": True,
                "first_name": name,
                "username": username,
                "can_join_groups": True,
                "can_read_all_group_messages": False,
                "supports_inline_queries": False,
            }
        )
        self.updates = Updates()
        self.people: dict[int, Person] = {}
        self._page: ChatPage | None = None
        self.server = Server(self.serve, port=port)

    async def start(self) -> Self:
        await self.server.start()
        return self

    async def stop(self) -> None:
        await self.server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def base_url(self) -> str:
        """What TELEGRAM_BASE_URL takes."""
        return f"http://{LOOPBACK}:{self.port}"

    def person(
        self,
        user_id: int,
        name: str = "Ada",
        *,
        username: str = "",
        language: str = "en",
        started: bool = True,
    ) -> Person:
        """The person with that id, new or known. Not `started`: the bot may not write first."""
        if user_id not in self.people:
            chat = Chat(chat_id=user_id, kind="private", name=name, username=username, started=started)
            self.world.chats[user_id] = chat
            self.people[user_id] = Person(self.world, self.updates, user_id, name, username, language, chat)
        return self.people[user_id]

    def open_page(
        self, person: Person, *, banner: str, themed: Callable[[bool], None] = lambda _dark: None
    ) -> str:
        """Serves the person's chat as a web page from now on and returns its address. `banner` is plain text;
        `themed` hears whether the page is dark, each time it is opened."""
        self._page = ChatPage(self.world, person, port=self.port, banner=banner, themed=themed)
        return f"{self.base_url}/"

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Refused as refusal:
            response = _json(refusal.as_json(), refusal.code)
        except TooLarge:
            response = _json(Refused(413, "Request Entity Too Large").as_json(), 413)
            response.headers["connection"] = "close"
        except ClientDisconnect:
            return  # it hung up before its request was whole: nobody waits for an answer
        response.headers["x-content-type-options"] = "nosniff"
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """One HTTP request, of the bot or of the page."""
        route = ROUTE.match(request.url.path)
        body = await body_of(request)
        if route is None and self._page is not None:
            return self._page.answer(request, body)
        if route is None:
            raise Refused(404, "Not Found")
        own = {f"{host}:{self.port}" for host in (LOOPBACK, "localhost")}
        if request.headers.get("host", "") not in own or "origin" in request.headers:
            raise Refused(403, "Forbidden: this server answers the bot on this machine only")
        _check_token(route["token"], self.token)
        if route["file"]:
            return self._download(route["rest"])
        params = read_params(request.query_params, request.headers.get("content-type", ""), body)
        return await self.carry_out(route["rest"], params, request)

    async def carry_out(self, name: str, params: Params, request: Request) -> Response:
        """One call of the bot. Raises Refused."""
        return _json({"ok": True, "result": await self._result(name, params, request)})

    async def _result(self, name: str, params: Params, request: Request) -> Any:
        match name.lower():
            case "getupdates":
                return await self.updates.poll(params, lambda: gone(request))
            case "deletewebhook":
                if params.flag("drop_pending_updates"):
                    self.updates.clear()
                return True
            case "getwebhookinfo":
                pending = self.updates.pending
                return {"url": "", "has_custom_certificate": False, "pending_update_count": pending}
        known = BY_NAME.get(name.lower())
        if known is None:
            raise Refused(404, "Not Found: method not found")
        return known[1](self.world, params)

    def _download(self, path: str) -> Response:
        for stored in self.world.files.values():
            if stored.path == path and len(stored.content) <= MAX_DOWNLOAD:
                return Response(stored.content, media_type="application/octet-stream")
        raise Refused(404, "Not Found")


def _check_token(given: str, expected: str) -> None:
    if not re.fullmatch(r"\d+:[\w-]{8,}", given):
        raise Refused(404, "Not Found")
    if given != expected:
        raise Refused(401, "Unauthorized")


def _json(body: dict[str, Any], status: int = 200) -> Response:
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, media_type="application/json")
