"""The chat page of the local Telegram: one person's conversation in a browser, edits shown as they happen.

No other web page may drive it: the host name must be ours (against rebinding), a foreign `Origin` or
`Sec-Fetch-Site` is refused, nothing may frame it, and every change needs a key that stands only in the page
itself. Everything it loads comes from here. Files that the bot sent open in a sandbox without script. The
banner stands on every page; the caller words it."""

import html
import json
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.local.forms import Upload, read_params
from bot.local.methods import menu
from bot.local.refusals import Refused, bad_request
from bot.local.server import LOOPBACK
from bot.local.updates import Person
from bot.local.world import Event, Message, World

FOLDER = Path(__file__).parent / "page"
ASSETS = {
    "/page/chat.css": "text/css; charset=utf-8",
    "/page/chat.js": "text/javascript; charset=utf-8",
    "/page/render.js": "text/javascript; charset=utf-8",
    "/page/icon.svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
# A report shows its own styles and pictures and links; it runs nothing and loads nothing.
FILE_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: 'self'; frame-ancestors 'none'"
)
# What a browser shows by itself when opened; everything else is only downloaded.
SHOWN = {
    "text/html": "text/html; charset=utf-8",
    "application/pdf": "application/pdf",
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
    "image/svg+xml": "image/svg+xml",
    "text/plain": "text/plain; charset=utf-8",
    "text/csv": "text/plain; charset=utf-8",
    "text/markdown": "text/plain; charset=utf-8",
    "application/json": "text/plain; charset=utf-8",
}
UNSTORED = {"Cache-Control": "no-store"}
SHOWN_MESSAGES = 400  # the newest ones, when the page opens; a phone draws them in well under a second


class ChatPage:
    """Serves `person`'s private chat. `banner` is plain text, such as "Rehearsal: no model was asked."."""

    def __init__(
        self,
        world: World,
        person: Person,
        *,
        port: int,
        banner: str,
        themed: Callable[[bool], None] = lambda _dark: None,
    ) -> None:
        self._world = world
        self._person = person
        self._hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
        self._banner = banner
        self._themed = themed
        self._key = secrets.token_urlsafe(24)
        self._posts: dict[str, Callable[[Request, bytes], Any]] = {
            "/page/say": self._say,
            "/page/press": self._press,
            "/page/upload": self._upload,
            "/page/theme": self._theme,
        }

    def answer(self, request: Request, body: bytes) -> Response:
        """One request of the browser. Raises Refused."""
        self._guard(request)
        path = request.url.path
        if request.method == "POST":
            if path not in self._posts:
                raise Refused(404, "Not Found")
            if not secrets.compare_digest(request.headers.get("x-key", ""), self._key):
                raise Refused(403, "Forbidden: this page is from an earlier start; load it again")
            return _json(self._posts[path](request, body))
        if request.method not in {"GET", "HEAD"}:
            raise Refused(405, "Method Not Allowed")
        if path == "/":
            return self._index()
        if path in ASSETS:
            return Response(
                (FOLDER / path.rpartition("/")[2]).read_bytes(), headers=UNSTORED, media_type=ASSETS[path]
            )
        if path == "/page/events":
            return StreamingResponse(self._events(), headers=UNSTORED, media_type="text/event-stream")
        if path == "/page/menu":
            return _json(menu(self._world, self._person.user_id))
        if path.startswith("/page/file/"):
            return self._file(path.removeprefix("/page/file/"), opened="open" in request.query_params)
        raise Refused(404, "Not Found")

    def _guard(self, request: Request) -> None:
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        if host not in self._hosts or (origin is not None and origin != f"http://{host}"):
            raise Refused(403, "Forbidden: this page answers to its own address on this machine only")
        # A link from elsewhere may open the page; nothing else may be asked for from elsewhere.
        near = request.headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
        if not near and request.url.path != "/":
            raise Refused(403, "Forbidden: asked for by another page")

    def _index(self) -> Response:
        page = (FOLDER / "index.html").read_text("utf-8")
        values = {"key": self._key, "name": self._world.bot["first_name"], "banner": self._banner}
        for name, value in values.items():
            page = page.replace("{{" + name + "}}", html.escape(value))
        headers = UNSTORED | {
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        return Response(page, headers=headers, media_type="text/html; charset=utf-8")

    # What the person does

    def _say(self, _request: Request, sent: bytes) -> Any:
        text = _text(_object(sent), "text").strip()
        if not text or len(text) > 4096:
            raise bad_request("a message has 1 to 4096 characters")
        return {"message_id": self._person.says(text).message_id}

    def _press(self, _request: Request, sent: bytes) -> Any:
        body = _object(sent)
        message = self._person.chat.messages.get(body.get("message_id", 0))
        if message is None:
            raise bad_request("that message is gone")
        data = _text(body, "data")
        if data not in {button.data for button in message.buttons}:
            raise bad_request("that button is gone")
        return {"query_id": self._person.sends_press(message, data)}

    def _upload(self, request: Request, sent: bytes) -> Any:
        params = read_params({}, request.headers.get("content-type", ""), sent)
        upload: Upload | None = params.files.get("document")
        if upload is None:
            raise bad_request("there is no file in the request")
        message = self._person.sends_document(
            upload.name, upload.content, caption=params.text("caption")[:1024], mime_type=upload.content_type
        )
        return {"message_id": message.message_id}

    def _theme(self, _request: Request, sent: bytes) -> Any:
        """The page's own theme, when it is opened: pictures can follow it."""
        self._themed(_object(sent).get("dark") is True)
        return {}

    # What the person sees

    async def _events(self) -> AsyncIterator[bytes]:
        """The state first, then what happens, oldest first. An opened page misses nothing in between."""
        world = self._world
        known = len(world.events)
        yield _event("state", self._state())
        while True:
            await world.happened(known)
            later = world.events[known:]
            known += len(later)
            for event in later:
                if event.chat_id != self._person.chat.chat_id:
                    continue
                if event.kind == "favourites":
                    yield _event("favourites", {"rows": self._person.chat.favourites})
                elif (told := _told(event)) is not None:
                    yield told

    def _state(self) -> dict[str, Any]:
        world = self._world
        newest = list(self._person.chat.messages.values())[-SHOWN_MESSAGES:]
        return {
            "messages": [_shown(message) for message in newest],
            "commands": menu(world, self._person.user_id),
            "favourites": self._person.chat.favourites,
        }

    def _file(self, file_id: str, *, opened: bool) -> Response:
        stored = self._world.files.get(file_id)
        if stored is None:
            raise Refused(404, "Not Found")
        mime_type = stored.mime_type.partition(";")[0].strip().lower()
        if stored.kind == "photos" and mime_type not in SHOWN:
            mime_type = (
                "image/png"  # checked on arrival to be a picture; browsers look at the bytes of an <img>
            )
        shown = opened and mime_type in SHOWN
        kind = "inline" if shown else "attachment"
        headers = UNSTORED | {
            "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(stored.name, safe='')}",
            "Content-Security-Policy": FILE_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        content_type = SHOWN[mime_type] if shown else "application/octet-stream"
        return Response(stored.content, headers=headers, media_type=content_type)


def _shown(message: Message) -> dict[str, Any]:
    return message.as_json() | {"mine": not message.from_bot}


def _told(event: Event) -> bytes | None:
    """The event as the page hears it."""
    message = event.message
    if event.kind == "action":
        return _event("action", {"action": event.detail})
    if event.kind == "answered":
        query_id, _, text = event.detail.partition(" ")
        return _event("answered", {"query_id": query_id, "text": text})
    if message is None:
        return None
    return _event("message", {"message": _shown(message), "fresh": event.kind in {"sent", "said"}})


def _event(kind: str, body: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _object(sent: bytes) -> dict[str, Any]:
    try:
        body = json.loads(sent)
    except ValueError as error:
        raise bad_request("can't parse the request") from error
    if not isinstance(body, dict):
        raise bad_request("can't parse the request")
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a text")
    return value


def _json(body: Any) -> Response:
    return Response(json.dumps(body).encode(), headers=UNSTORED, media_type="application/json")
