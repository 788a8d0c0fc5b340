"""`track`: how earlier verdicts fared against the index, by stability class; from the ledger alone."""

from datetime import UTC, datetime

import click

from bot.app import open_ledger
from bot.cli.analyze import zone_of
from bot.cli.base import DONE, demo_option, json_option, say_json
from bot.report.report_json import to_json
from bot.report.track import track_text
from bot.settings import load
from core.engine.past import track_record


@click.command
@demo_option
@json_option
def command(*, demo: bool, as_json: bool) -> int:
    """How earlier verdicts fared against the index, from the ledger."""
    settings = load()
    with open_ledger(settings, demo=demo) as ledger:
        record = track_record(ledger, today=datetime.now(UTC).astimezone(zone_of(settings)).date())
    if as_json:
        say_json(to_json(record))
    else:
        print(track_text(record))
    return DONE
