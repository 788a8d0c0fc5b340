"""The methods about the bot itself: who it is, its commands per scope, its descriptions, chats and files."""

import json
import re
from typing import Any

from bot.local.forms import Params
from bot.local.refusals import bad_request
from bot.local.world import World

MAX_DOWNLOAD = 20 * 1024 * 1024  # what the cloud server hands out; uploads may be larger
MAX_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
SCOPES = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
})  # fmt: skip
# What may be set about the bot: method's name, the parameter, its greatest length.
PROFILE = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def get_me(world: World, params: Params) -> Any:
    return world.bot


def get_chat(world: World, params: Params) -> Any:
    chat = world.chat(params.text("chat_id"))
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }


def get_file(world: World, params: Params) -> Any:
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    body = stored.as_json()
    return {name: body[name] for name in ("file_id", "file_unique_id", "file_size")} | {
        "file_path": stored.path
    }


def set_my_commands(world: World, params: Params) -> Any:
    commands = params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not COMMAND.match(
            str(command.get("command", "")).removeprefix("/")
        ):
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


def set_profile(what: str, world: World, params: Params) -> Any:
    parameter, limit = PROFILE[what]
    value = params.text(parameter)
    if len(value) > limit:
        raise bad_request(f"{parameter} is too long")
    world.profile[what, params.text("language_code")] = value
    return True


def get_profile(what: str, world: World, params: Params) -> Any:
    parameter, _ = PROFILE[what]
    fallback = world.bot["first_name"] if what == "Name" else ""
    return {parameter: world.profile.get((what, params.text("language_code")), fallback)}
