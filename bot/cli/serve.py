"""No command: the bot itself. Refuses a host that empties its disk, unless DATABASE says where the ledger
will last."""

import asyncio

from bot.settings import NEEDS_BOT, Settings, forgetful_host, load, secrets_of
from core.base.errors import BadRequest


def serve_bot() -> None:
    """Runs the bot until it is told to stop. Raises BadRequest for wrong settings."""
    settings = load(NEEDS_BOT)
    _refuse_to_forget(settings)
    from bot.app.serve import serve  # telegram and pandas take a second: wrong settings are said before that
    from bot.logs import set_up

    set_up(settings.log_level, secrets=secrets_of(settings))
    asyncio.run(serve(settings))


def _refuse_to_forget(settings: Settings) -> None:
    """A bot that forgets what it sent would send it twice and lose every report: only an explicit DATABASE is
    believed."""
    host = forgetful_host()
    if host is not None and "database" not in settings.model_fields_set:
        raise BadRequest(
            f"{host} empties this disk at each restart, and with it the ledger: set DATABASE to a "
            "file on a disk that lasts."
        )
