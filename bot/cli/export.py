"""`export [FOLDER]`: everything in the ledger as JSON and as CSV tables that no spreadsheet runs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import database_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.settings import load


@click.command
@click.argument("folder", required=False, type=Path)
@demo_option
@json_option
def command(folder: Path | None, *, demo: bool, as_json: bool) -> int:
    """Everything in the ledger as JSON and CSV in a new FOLDER (default: dated, here)."""
    from providers.ledger.export import export
    from providers.ledger.store import Store, existing

    now = datetime.now(UTC)
    target = folder or Path(f"condorcet-export-{now:%Y%m%d-%H%M%S}")
    store = Store(existing(database_of(load(), demo=demo)))
    try:
        files = export(store, target, now=now)
    finally:
        store.close()
    if as_json:
        say_json({"files": [str(file) for file in files]})
    else:
        print("\n".join(f"written: {file}" for file in files))
    return DONE
