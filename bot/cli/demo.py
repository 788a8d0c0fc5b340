"""`demo`: everything local. Runs the main job on the recorded day, prints the map, writes the report files, then serves the
chat page until Ctrl-C. `--once` stops after the report."""

import asyncio
from pathlib import Path

import click

from bot.app import open_engine
from bot.cli.analyze import next_push, show_progress, zone_of
from bot.cli.base import DONE
from bot.cli.files import write_report_files
from bot.logs import quieter, set_up
from bot.report.terminal import terminal_map
from bot.settings import Settings, load, secrets_of
from core.run import Run

FOLDER = Path("build/demo")


@click.command
@click.option("--once", is_flag=True, help="Stop after the report.")
def command(*, once: bool) -> int:
    """Everything local: the recorded day with the rehearsal jury, then the chat page until Ctrl-C."""
    settings = load()
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    finished, previous = asyncio.run(_report(settings))
    print(terminal_map(finished, previous, zone=zone_of(settings), next_push=next_push(settings)))
    print()
    for file in write_report_files(finished, previous, FOLDER, zone=zone_of(settings)):
        print(f"written: {file}")
    if not once:
        from bot.cli.chat import serve_chat

        asyncio.run(serve_chat(settings))
    return DONE


async def _report(settings: Settings) -> tuple[Run, Run | None]:
    async with open_engine(settings, demo=True) as engine:
        finished = await engine.analyze(progress=show_progress)
        return finished, engine.previous_report(finished)
