"""The methods that make a new message: text, photo, document, album, chat action."""

import mimetypes
from dataclasses import dataclass
from typing import Any, Literal

from bot.local.formatting import Entity, detected, formatted
from bot.local.forms import Params, Upload
from bot.local.markup import picture_size, read_rows
from bot.local.refusals import Refused, bad_request
from bot.local.world import Chat, Message, StoredFile, World

MAX_TEXT = 4096  # code points, after the markup is parsed
MAX_CAPTION = 1024
MAX_FILE = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
ALBUM = range(2, 11)
FileKind = Literal["photos", "documents"]
KINDS: dict[str, FileKind] = {"photo": "photos", "document": "documents"}
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def read_text(params: Params) -> tuple[str, list[Entity]]:
    text, entities = read_formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    return text, entities


def read_formatted(params: Params, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    given = params.json(entities_name, "entities")
    if isinstance(given, list) and given:
        return params.text(name), detected(params.text(name), given)
    return formatted(params.text(name), params.text("parse_mode"))


def read_caption(params: Params) -> tuple[str, list[Entity]]:
    caption, entities = read_formatted(params, "caption", "caption_entities")
    if len(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption, entities


def send_message(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    text, entities = read_text(params)
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _send(world, chat, params, text=text, entities=entities).as_json()


def send_photo(world: World, params: Params) -> Any:
    return _send_file(world, params, "photo")


def send_document(world: World, params: Params) -> Any:
    return _send_file(world, params, "document")


def send_chat_action(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.announce("action", chat, detail=params.text("action"))
    return True


def send_media_group(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    media = params.json("media", "media")
    if not isinstance(media, list) or len(media) not in ALBUM:
        raise bad_request("media group must include 2-10 items")
    items = [read_media(world, params, item) for item in media]
    if len({item.file.kind for item in items}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    album = str(world.number("album"))
    sent = [
        _send(world, chat, params, text=item.caption, entities=item.entities, file=item.file, album=album)
        for item in items
    ]
    return [message.as_json() for message in sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    file: StoredFile
    caption: str
    entities: list[Entity]


def read_media(world: World, params: Params, item: Any) -> Media:
    """One InputMedia of an album or an edit. Raises Refused."""
    if not isinstance(item, dict) or item.get("type") not in KINDS:
        raise bad_request("unsupported media type specified")
    inner = Params({name: value for name, value in item.items() if isinstance(value, str)})
    caption, entities = read_caption(inner)
    return Media(
        file=_file(world, params, item["type"], inner.text("media")), caption=caption, entities=entities
    )


def _send_file(world: World, params: Params, what: str) -> Any:
    chat = world.chat(params.text("chat_id"))
    caption, entities = read_caption(params)
    file = _file(world, params, what, params.text(what))
    return _send(world, chat, params, text=caption, entities=entities, file=file).as_json()


def _file(world: World, params: Params, what: str, given: str) -> StoredFile:
    """The uploaded file, or one that is known already by its id."""
    upload = params.files.get(given.removeprefix("attach://") if given else what)
    if upload is not None:
        return store(world, upload, KINDS[what])
    if not given:
        raise bad_request(f"there is no {what} in the request")
    known = world.files.get(given)
    if known is None or known.kind != KINDS[what]:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return known


def store(world: World, upload: Upload, kind: FileKind) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_FILE:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photos":
        if len(upload.content) > MAX_PHOTO:
            raise bad_request("file is too big for a photo; the maximum size is 10485760 bytes")
        return world.keep(upload, kind, picture_size(upload.content))
    guessed = mimetypes.guess_type(upload.name)[0] or ""
    named = upload.content_type if upload.content_type != "application/octet-stream" else ""
    return world.keep(
        Upload(name=upload.name, content_type=named or guessed, content=upload.content), kind, (0, 0)
    )


def _send(world: World, chat: Chat, params: Params, **content: Any) -> Message:
    return world.add(
        chat,
        world.bot,
        rows=read_rows(params.json("reply_markup", "reply keyboard markup")),
        reply_to=_replied(chat, params),
        silent=params.flag("disable_notification"),
        **content,
    )


def _replied(chat: Chat, params: Params) -> Message | None:
    reply = params.json("reply_parameters", "reply parameters")
    if not isinstance(reply, dict):
        return None
    message = chat.messages.get(reply.get("message_id", 0))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message
