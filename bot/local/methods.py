"""What the bot may ask for: the methods of the Bot API that this house uses, with the limits of the official
server.

Each takes the world and the parameters, and returns the result or raises Refused. Keyboards are checked too:
a ninth button in a row is refused here although the official server only documents the limit, for nobody
should rely on it."""

import json
import mimetypes
import re
import struct
import time
from collections.abc import Callable
from typing import Any

from bot.local.formatting import Entity, formatted
from bot.local.forms import Params, Upload, rows
from bot.local.refusals import NOT_MODIFIED, STALE_QUERY, Refused, bad_request
from bot.local.world import Chat, FileKind, Message, StoredFile, World

MAX_TEXT = 4096  # code points, after the markup is parsed
MAX_CAPTION = 1024
MAX_ANSWER = 200  # shown over the chat
MAX_FILE = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024  # what the cloud server hands out; uploads may be larger
MAX_COMMANDS = 100
COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
                    "chat_administrators", "chat_member"})  # fmt: skip
ACTIONS = frozenset({"typing", "upload_photo", "upload_document"})
KINDS: dict[str, FileKind] = {"photo": "photos", "document": "documents"}


def get_chat(world: World, params: Params) -> Any:
    return world.chat(params.text("chat_id")).as_json()


def get_file(world: World, params: Params) -> Any:
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    body = stored.as_json()
    named = {name: body[name] for name in ("file_id", "file_unique_id", "file_size")}
    return named | {"file_path": stored.path}


def set_my_commands(world: World, params: Params) -> Any:
    commands = params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not COMMAND.fullmatch(str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, params)] = [
        {"command": each["command"].removeprefix("/"), "description": each["description"]}
        for each in commands
    ]
    return True


def get_my_commands(world: World, params: Params) -> Any:
    return world.commands.get(_scope(world, params), [])


def delete_my_commands(world: World, params: Params) -> Any:
    world.commands.pop(_scope(world, params), None)
    return True


def menu(world: World, chat_id: int) -> list[dict[str, str]]:
    """The commands a private chat shows: its own, else those of private chats, else the default ones."""
    for scope in (_key({"type": "chat", "chat_id": chat_id}), _key({"type": "all_private_chats"}), _key({})):
        if commands := world.commands.get((scope, "")):
            return commands
    return []


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = params.json("scope", "BotCommandScope") or {}
    if not isinstance(scope, dict) or scope.get("type", "default") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in scope:
        scope["chat_id"] = world.chat(str(scope["chat_id"])).chat_id
    return _key(scope), params.text("language_code")


def _key(scope: dict[str, Any]) -> str:
    return json.dumps({"type": "default"} | scope, sort_keys=True)


def send_message(world: World, params: Params) -> Any:
    world.chat(params.text("chat_id"))
    text, entities = _text(params)
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _send(world, params, text, entities, None)


def send_photo(world: World, params: Params) -> Any:
    world.chat(params.text("chat_id"))
    return _send(world, params, *_caption(params), _file(world, params, "photo", params.text("photo")))


def send_document(world: World, params: Params) -> Any:
    world.chat(params.text("chat_id"))
    return _send(world, params, *_caption(params), _file(world, params, "document", params.text("document")))


def send_chat_action(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.announce("action", chat, detail=params.text("action"))
    return True


def edit_message_text(world: World, params: Params) -> Any:
    message = _editable(world, params)
    text, entities = _text(params)
    if len(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, params, text, entities, None)


def edit_message_media(world: World, params: Params) -> Any:
    message = _editable(world, params)
    media = params.json("media", "media")
    if not isinstance(media, dict) or media.get("type") not in KINDS:
        raise bad_request("unsupported media type specified")
    inner = Params({name: value for name, value in media.items() if isinstance(value, str)})
    file = _file(world, params, media["type"], inner.text("media"))
    return _change(world, message, params, *_caption(inner), file)


def answer_callback_query(world: World, params: Params) -> Any:
    chat_id = world.presses.get(params.text("callback_query_id"))
    if chat_id is None:
        raise bad_request(STALE_QUERY)
    if len(params.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    detail = f"{params.text('callback_query_id')} {params.text('text')}"
    world.announce("answered", world.chats[chat_id], detail=detail)
    return True


def pin_chat_message(world: World, params: Params) -> Any:
    chat, message_id = world.chat(params.text("chat_id")), params.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to pin not found")
    chat.pinned = message_id
    return True


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getMe": lambda world, _params: world.bot,
    "getChat": get_chat,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "sendMessage": send_message,
    "pinChatMessage": pin_chat_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageMedia": edit_message_media,
    "answerCallbackQuery": answer_callback_query,
}


def store(world: World, upload: Upload, kind: FileKind) -> StoredFile:
    """Keeps an upload. Raises Refused."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_FILE:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photos":
        if len(upload.content) > MAX_PHOTO:
            raise bad_request("file is too big for a photo; the maximum size is 10485760 bytes")
        return world.keep(
            upload.name, upload.content_type, upload.content, kind, picture_size(upload.content)
        )
    named = upload.content_type if upload.content_type != "application/octet-stream" else ""
    guessed = named or mimetypes.guess_type(upload.name)[0] or ""
    return world.keep(upload.name, guessed, upload.content, kind, (0, 0))


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the head of a PNG: nothing else is drawn here. Raises Refused for
    others."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", content[16:24])
    if min(width, height) < 1 or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _text(params: Params) -> tuple[str, list[Entity]]:
    text, entities = formatted(params.text("text"), params.text("parse_mode"))
    if not text:
        raise bad_request("message text is empty")
    return text, entities


def _caption(params: Params) -> tuple[str, list[Entity]]:
    caption, entities = formatted(params.text("caption"), params.text("parse_mode"))
    if len(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption, entities


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


def _send(world: World, params: Params, text: str, entities: list[Entity], file: StoredFile | None) -> Any:
    chat, silent = world.chat(params.text("chat_id")), params.flag("disable_notification")
    _favourites(world, chat, params)
    message = world.add(
        chat, world.bot, text=text, entities=entities, file=file, rows=rows(params), silent=silent
    )
    return message.as_json()


def _favourites(world: World, chat: Chat, params: Params) -> None:
    """A keyboard of plain words at the person's side, or its removal; any other markup leaves it as it is."""
    markup = params.json("reply_markup", "reply keyboard markup")
    if not isinstance(markup, dict) or not {"keyboard", "remove_keyboard"} & set(markup):
        return
    given = markup.get("keyboard", [])
    try:
        chat.favourites = tuple(
            tuple(key if isinstance(key, str) else key["text"] for key in row) for row in given
        )
    except (TypeError, KeyError) as error:
        raise bad_request('can\'t parse keyboard button: field "text" must be a String') from error
    world.announce("favourites", chat)


def _editable(world: World, params: Params) -> Message:
    message = world.chat(params.text("chat_id")).messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _change(
    world: World, message: Message, params: Params, text: str, entities: list[Entity], file: StoredFile | None
) -> Any:
    """An edit without markup takes the buttons away. The same file sent again counts as the same."""
    below = rows(params)
    same_file = (file.content if file else None) == (message.file.content if message.file else None)
    if (text, entities, below) == (message.text, message.entities, message.rows) and same_file:
        raise bad_request(NOT_MODIFIED)
    message.versions.append(message.text)
    message.text, message.entities, message.rows, message.file = text, entities, below, file
    message.edited_at = int(time.time())
    world.announce("edited", message.chat, message)
    return message.as_json()
