"""`restore FILE`: puts a backup in the ledger's place; the former ledger is kept beside it."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import database_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.settings import load


@click.command
@click.argument("file", type=Path)
@demo_option
@json_option
def command(file: Path, *, demo: bool, as_json: bool) -> int:
    """Puts the backup FILE in the ledger's place; the former ledger is kept beside it."""
    from providers.ledger.keeping import restore

    path = database_of(load(), demo=demo)
    kept = restore(file, path, now=datetime.now(UTC))
    if as_json:
        say_json({"ledger": str(path), "former": None if kept is None else str(kept)})
    else:
        former = "" if kept is None else f" What stood there before is kept as {kept}."
        print(f"The ledger {path} is now the backup {file}.{former}")
    return DONE
