"""Telegram: is the token good, and can the bot reach each person it would write to? The token stands in no
sentence.

Plain requests instead of the library: three methods are needed, and the library takes half a second to
import.
"""

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.cli.checks.bench import Bench, Finding, fine, unreachable, warned, wrong
from core.base.errors import BadRequest, SourceFailed

if TYPE_CHECKING:
    from providers.http import Fetched, Fetcher

TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
# Statuses with which the Bot API explains itself in JSON.
EXPLAINED = (200, 400, 401, 403, 404, 409, 429)
SECONDS = 10.0
MOST_PEOPLE = 10


class Refused(BadRequest):
    """Telegram answered no. `code` is its status, `str(error)` its own words."""

    def __init__(self, message: str, *, code: int) -> None:
        super().__init__(message)
        self.code = code


async def call(
    fetcher: "Fetcher", base_url: str, token: str, method: str, *, seconds: float = SECONDS, **values: object
) -> "tuple[Any, Fetched]":
    """The method's result, and the answer it stood in. Raises Refused, or SourceFailed when there is no such
    answer."""
    if not TOKEN.fullmatch(token):
        raise Refused("A token looks like 123456789:AA… (@BotFather shows it).", code=401)
    query = f"?{urlencode(values)}" if values else ""
    answer = await fetcher.get(
        f"{base_url}/bot{token}/{method}{query}", source="Telegram", deadline=seconds, accept=EXPLAINED
    )
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or "ok" not in told:
        raise SourceFailed(
            "Telegram did not answer as its Bot API does: check TELEGRAM_BASE_URL.", source="Telegram"
        )
    if not told["ok"]:
        raise Refused(str(told.get("description", "it did not say why"))[:200], code=answer.status)
    return told.get("result"), answer


async def check_bot(bench: Bench) -> tuple[tuple[Finding, ...], Any]:
    """Whose token it is, and what Telegram says of that bot; None when it is nobody's."""
    settings = bench.settings
    if settings.telegram_token is None:
        return (warned("telegram", "not asked: TELEGRAM_TOKEN is missing."),), None
    token = settings.telegram_token.get_secret_value()
    try:
        me, answer = await call(bench.outside.fetcher, settings.telegram_base_url, token, "getMe")
    except Refused as refusal:
        if refusal.code == 429:
            return (unreachable("telegram", "asks for patience (429): try again in a minute."),), None
        said = f"refuses TELEGRAM_TOKEN: {refusal} Ask @BotFather for the bot's token."
        return (wrong("telegram", said),), None
    bench.heard(answer)
    return (fine("telegram", f"the token is that of @{name_of(me)}."),), me


async def check_telegram(bench: Bench) -> tuple[Finding, ...]:
    """The token; then, per allowed person, whether the bot may write first."""
    found, me = await check_bot(bench)
    settings = bench.settings
    if me is None or settings.telegram_token is None:
        return found
    token = settings.telegram_token.get_secret_value()
    people = [number for number in settings.telegram_allowed_user_ids if number > 0]
    for number in people[:MOST_PEOPLE]:
        try:
            await call(bench.outside.fetcher, settings.telegram_base_url, token, "getChat", chat_id=number)
        except Refused:
            said = (
                f"{number} has not written to @{name_of(me)} yet, so no report can be sent there: "
                "send it /start."
            )
            found += (warned("telegram owner", said),)
        else:
            found += (fine("telegram owner", f"{number} can be written to."),)
    return found


def name_of(me: Any) -> str:
    """The bot's name for people; Telegram always gives one."""
    name = me.get("username") if isinstance(me, dict) else None
    return name if isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9_]{1,64}", name) else "an unnamed bot"
