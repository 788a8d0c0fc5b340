"""The methods that change or remove a message, and the answer to a pressed button."""

import time
from typing import Any

from bot.local.formatting import Entity
from bot.local.forms import Params
from bot.local.markup import read_rows
from bot.local.refusals import NOT_MODIFIED, STALE_QUERY, bad_request
from bot.local.sending import MAX_TEXT, read_caption, read_media, read_text
from bot.local.world import Message, Rows, StoredFile, World

MAX_ANSWER = 200  # characters shown over the chat


def edit_message_text(world: World, params: Params) -> Any:
    message = _editable(world, params)
    text, entities = read_text(params)
    if len(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, text, entities, _rows(params), message.file)


def edit_message_caption(world: World, params: Params) -> Any:
    message = _editable(world, params)
    caption, entities = read_caption(params)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, caption, entities, _rows(params), message.file)


def edit_message_media(world: World, params: Params) -> Any:
    message = _editable(world, params)
    media = read_media(world, params, params.json("media", "media"))
    if message.album is not None and message.file is not None and message.file.kind != media.file.kind:
        raise bad_request("message media can't be changed to another type inside an album")
    return _change(world, message, media.caption, media.entities, _rows(params), media.file)


def edit_message_reply_markup(world: World, params: Params) -> Any:
    message = _editable(world, params)
    return _change(world, message, message.text, message.entities, _rows(params), message.file)


def delete_message(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not message.from_bot and chat.kind != "private":
        raise bad_request("message can't be deleted")
    _remove(world, message)
    return True


def delete_messages(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    for message_id in params.json("message_ids", "message identifiers") or []:
        message = chat.messages.get(message_id)
        if message is not None:
            _remove(world, message)
    return True


def answer_callback_query(world: World, params: Params) -> Any:
    chat_id = world.presses.get(params.text("callback_query_id"))
    if chat_id is None:
        raise bad_request(STALE_QUERY)
    if len(params.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    detail = f"{params.text('callback_query_id')} {params.text('text')}"
    world.announce("answered", world.chats[chat_id], detail=detail)
    return True


def _rows(params: Params) -> Rows:
    return read_rows(params.json("reply_markup", "reply keyboard markup"))


def _editable(world: World, params: Params) -> Message:
    chat = world.chat(params.text("chat_id"))
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _change(
    world: World, message: Message, text: str, entities: list[Entity], rows: Rows, file: StoredFile | None
) -> Any:
    """An edit without markup takes the buttons away. The same file sent again counts as the same."""
    same_file = file is message.file or (
        file is not None and message.file is not None and file.content == message.file.content
    )
    if (text, entities, rows) == (message.text, message.entities, message.rows) and same_file:
        raise bad_request(NOT_MODIFIED)
    message.versions.append(message.text)
    message.text, message.entities, message.rows, message.file = text, entities, rows, file
    message.edited_at = int(time.time())
    world.announce("edited", message.chat, message)
    return message.as_json()


def _remove(world: World, message: Message) -> None:
    del message.chat.messages[message.message_id]
    message.deleted = True
    world.announce("deleted", message.chat, message)
