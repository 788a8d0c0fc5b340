"""Which bot, and who may talk to it. The owner's id is found out by a message that holds a one-time code.

Decisions: the code is good for three minutes and one person, and only a private message counts, so nobody
else can become the owner. What was read meanwhile is confirmed to Telegram: the bot would otherwise answer
the code at its first start.
"""

import asyncio
import json
import secrets
from typing import Any

from bot.cli.asking.talk import Choice, Talk, failed
from bot.cli.checks.bench import Finding, open_bench
from bot.cli.checks.telegram import SECONDS, Refused, call, check_bot, name_of
from bot.settings import Settings
from bot.settings.values import ids
from core.base.errors import BadRequest, SourceFailed

WAIT_SECONDS = 180.0
# Telegram holds an empty answer back this long; shorter than the client's patience with a silent host.
POLL_SECONDS = 20
PAUSE_SECONDS = 2.0
# No 0, 1, i, l, o: a code is read on one screen and typed on another.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 8
MESSAGE = "m"


def ask_token(talk: Talk) -> str:
    """Asks for the token until Telegram knows it. The bot's name, or nothing when it was skipped or not
    checked."""
    say = talk.terminal.say
    say("1. The bot. @BotFather makes one in a minute: /newbot, then copy the token it shows.")
    while True:
        kept = talk.offered("TELEGRAM_TOKEN")
        token = talk.terminal.secret(
            "Telegram token (Enter skips)" if not kept else "Telegram token", kept=kept
        )
        if token in {"", "-"}:
            talk.unset("TELEGRAM_TOKEN")
            say("  Skipped: without a token only the command line works.")
            return ""
        talk.answers["TELEGRAM_TOKEN"] = token
        names: list[str] = []

        async def look(settings: Settings, names: list[str] = names) -> tuple[Finding, ...]:
            async with open_bench(settings) as bench:
                found, me = await check_bot(bench)
            names += [name_of(me)] if me is not None else []
            return found

        if not failed(talk.check("telegram", look, seconds=SECONDS)):
            return names[0]
        if talk.after_failure("TELEGRAM_TOKEN") is not Choice.AGAIN:
            return ""


def ask_owner(talk: Talk, bot: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Asks for the ids, or finds the owner's. `bot` is the checked bot's name; without one nobody can write
    to it."""
    say = talk.terminal.say
    say("2. Who may talk to it. Nobody else gets an answer.")
    while True:
        default = talk.value("TELEGRAM_ALLOWED_USER_IDS") or (MESSAGE if bot else "")
        hint = f"; `{MESSAGE}`: found out by a message to the bot" if bot else ""
        answer = talk.terminal.ask(f"Numeric Telegram ids, separated by commas{hint}", default=default)
        if answer.casefold() == MESSAGE and bot:
            answer = _found_out(talk, bot, wait_seconds)
            if not answer:
                continue
        if answer in {"", "-"}:
            talk.unset("TELEGRAM_ALLOWED_USER_IDS")
            say("  Skipped: the bot does not start without it.")
            return
        try:
            numbers = ids(answer)
        except ValueError as error:
            say(f"  It {error}.")
            continue
        if not any(int(number) > 0 for number in numbers):
            say("  At least one must be a person's id: those of groups are negative.")
            continue
        talk.answers["TELEGRAM_ALLOWED_USER_IDS"] = ",".join(numbers)
        return


def _found_out(talk: Talk, bot: str, wait_seconds: float) -> str:
    """The id of whoever sent the code, confirmed by the person at the terminal; nothing when nobody did."""
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    say = talk.terminal.say
    say(f"  Open https://t.me/{bot}?start={code} and press Start, or send this code to @{bot}: {code}")
    say(f"  Waiting up to {wait_seconds / 60:g} minutes. (Ctrl-C ends the setup; nothing is written then.)")
    try:
        sender = asyncio.run(wait_for(talk.settings(), code, seconds=wait_seconds))
    except (BadRequest, SourceFailed) as error:
        say(f"  {error}")
        return ""
    if sender is None:
        say("  No message with the code came. Try again, or type the id (@userinfobot tells it).")
        return ""
    number, name = sender
    return str(number) if talk.terminal.yes(f"  {name} (id {number}) sent it. Is that you?") else ""


async def wait_for(settings: Settings, code: str, *, seconds: float) -> tuple[int, str] | None:
    """Id and name of the person whose private message is `code`, or None after `seconds`. Raises BadRequest
    when Telegram refuses to be asked; a network that fails for a moment is asked again."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token is not None else ""
    loop = asyncio.get_running_loop()
    end, offset = loop.time() + seconds, 0
    async with open_bench(settings) as bench:

        async def poll(wait: int) -> Any:
            values = {"timeout": wait, "offset": offset, "allowed_updates": json.dumps(["message"])}
            patience = wait + SECONDS
            base = settings.telegram_base_url
            return (await call(bench.outside.fetcher, base, token, "getUpdates", seconds=patience, **values))[
                0
            ]

        while (left := end - loop.time()) > 0:
            try:
                updates = await poll(max(1, min(POLL_SECONDS, int(left))))
            except Refused as refusal:
                raise BadRequest(_refused(refusal)) from refusal
            except SourceFailed:
                await asyncio.sleep(min(PAUSE_SECONDS, left))
                continue
            for update in updates if isinstance(updates, list) else ():
                if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
                    raise BadRequest("Telegram sent no updates: check TELEGRAM_BASE_URL.")
                offset = max(offset, update["update_id"] + 1)
                sender = _sender(update.get("message"), code)
                if sender is not None:
                    await poll(0)
                    return sender
    return None


def _sender(message: Any, code: str) -> tuple[int, str] | None:
    """Who sent `code` in a private chat, as it stands or through the link, which sends `/start` before it."""
    if not isinstance(message, dict) or message.get("chat", {}).get("type") != "private":
        return None
    words = str(message.get("text", "")).casefold().split()
    person = message.get("from", {})
    if (
        words not in ([code], ["/start", code])
        or person.get("is_bot")
        or not isinstance(person.get("id"), int)
    ):
        return None
    # A name may hold anything, also what would steer a terminal.
    name = "".join(sign for sign in str(person.get("first_name", "")) if sign.isprintable())[:40]
    return person["id"], name or "Somebody"


def _refused(refusal: Refused) -> str:
    if refusal.code == 409:
        return "Another program reads this bot's messages. Stop it and try again, or type the id."
    return f"Telegram refused: {refusal}"
