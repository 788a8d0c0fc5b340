"""No command: the bot itself."""

import argparse
import asyncio

from bot.cli.exits import DONE
from bot.settings import NEEDS_BOT, load, secrets_of


def run(args: argparse.Namespace) -> int:
    settings = load(NEEDS_BOT)
    from bot.app.serve import serve  # telegram and pandas take a second: wrong settings are said before that
    from bot.logs import set_up

    set_up(settings.log_level, secrets=secrets_of(settings))
    asyncio.run(serve(settings))
    return DONE
