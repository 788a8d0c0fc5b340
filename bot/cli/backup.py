"""`backup [FILE]`: a whole, checked copy of the ledger, also while the bot runs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import database_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.settings import load


@click.command
@click.argument("file", required=False, type=Path)
@demo_option
@json_option
def command(file: Path | None, *, demo: bool, as_json: bool) -> int:
    """A whole, checked copy of the ledger in FILE (default: beside it, dated), also while the bot runs."""
    from providers.ledger.keeping import backup
    from providers.ledger.store import Store, existing

    path, now = existing(database_of(load(), demo=demo)), datetime.now(UTC)
    target = file or path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}.backup.sqlite")
    store = Store(path)
    try:
        made = backup(store, target, now=now)
    finally:
        store.close()
    if as_json:
        say_json({"backup": str(made)})
    else:
        print(f"The ledger is copied to {made}.")
    return DONE
