"""Keyboards, checked as the official server checks them: buttons under a message, and favourite words at the person's side.

A ninth button in a row is refused here although the official server only documents the limit: nobody should rely on it.
"""

from typing import Any

from bot.local.forms import Params
from bot.local.refusals import bad_request
from bot.local.world import Button, Chat, Rows, World

MAX_DATA = 64  # bytes, not characters
MAX_BUTTONS = 100
MAX_IN_ROW = 8


def rows(params: Params) -> Rows:
    """No markup and an empty keyboard are both no rows. Raises Refused."""
    markup = params.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = markup.get("inline_keyboard", [])  # other keyboards live at the person's side
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = tuple(tuple(_button(button) for button in row) for row in keyboard if row)
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def favourites(world: World, chat: Chat, params: Params) -> None:
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


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    label, data, url = raw.get("text"), raw.get("callback_data"), raw.get("url")
    if not isinstance(label, str) or not label.strip() or not (isinstance(data, str) or isinstance(url, str)):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if isinstance(data, str) and not 1 <= len(data.encode()) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if isinstance(url, str) and not url.startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(label=label, data=data, url=None if data else url)
