"""`health`: is the running bot alive and working? For containers and people; reads what the bot notes beside
its ledger.

Decision: only work counts (Telegram answered, the schedule looked, the outbox was tried), not that a process
is there: a bot that is alive and deaf is the one thing that must be noticed. Exit 0 when all three were done
of late, else 3 with the reason.
"""

from datetime import UTC, datetime

import click

from bot.app import database_of
from bot.app.supervisor import LATEST, stale
from bot.cli.base import Answer, answering
from bot.settings import load
from core.base.errors import SourceFailed


@click.command
@answering
def command(*, demo: bool) -> Answer:
    """Is the running bot alive and working?"""
    from providers.ledger.lock import signs_of

    path, now = database_of(load(), demo=demo), datetime.now(UTC)
    signs = signs_of(path)
    if signs is None:
        raise SourceFailed(f"No bot runs on {path}.", source="the bot")
    if reasons := stale(signs, now):
        raise SourceFailed(f"The bot runs, but {'; '.join(reasons)}.", source="the bot")
    known = {name: at.isoformat() for name, at in signs.items() if name in LATEST}
    oldest = min(known.values())
    return {
        "alive": True,
        **known,
    }, lambda: f"Alive: Telegram heard, schedule looked at, outbox tried, the oldest at {oldest}."
