"""`demo`: everything local. Runs the main job on the recorded day, prints the map, writes the report files,
then serves the chat page until Ctrl-C. `--once` stops after the report.

The first time it makes the reports of two earlier months first, so that there is something to compare with;
always by the rehearsal jury, so that a paid model is asked once.
"""

import asyncio
import json
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import click

from bot.app import open_engine, open_ledger
from bot.cli.analyze import coloured, next_push, progress, zone_of
from bot.cli.base import DONE, run
from bot.demo.recorded import EARLIER
from bot.logs import quieter, set_up
from bot.report.picture import picture
from bot.report.report_html import report_html
from bot.report.report_json import report_json
from bot.report.terminal import terminal_map
from bot.settings import Settings, load, secrets_of
from bot.settings.choices import Choices
from core.base.errors import BadRequest
from core.run import Run

FOLDER = Path("build/demo")
# The one person of the local Telegram.
OWNER = 1
BANNER = "Rehearsal: no model was asked; recorded data of 24 April 2026. Nothing leaves this machine."
MODEL_BANNER = (
    "Recorded data of 24 April 2026, asked of the model that MODEL names. This chat stays on this machine."
)


@click.command
@click.option("--once", is_flag=True, help="Stop after the report.")
def command(*, once: bool) -> int:
    """Everything local: the recorded day with the rehearsal jury, then the chat page until Ctrl-C."""
    settings = load()
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    finished, previous = run(_report(settings))
    zone, due = zone_of(settings), next_push(settings, demo=True)
    print(terminal_map(finished, previous, zone=zone, next_push=due, colour=coloured()))
    print()
    for file in write_report_files(finished, previous, FOLDER, zone=zone, due=due):
        print(f"written: {file}")
    if not once:
        asyncio.run(serve_chat(settings))
    return DONE


async def _report(settings: Settings) -> tuple[Run, Run | None]:
    with open_ledger(settings, demo=True) as ledger:
        begun = bool(ledger.runs(limit=1))
    for moment in () if begun else EARLIER:
        rehearsed = settings.model_copy(update={"model": "rehearsal"})
        async with open_engine(rehearsed, demo=True, at=moment) as engine:
            await engine.analyze(progress=progress())
    async with open_engine(settings, demo=True) as engine:
        finished = await engine.analyze(progress=progress())
        return finished, engine.previous_report(finished)


def write_report_files(
    run: Run, previous: Run | None, folder: Path, *, zone: tzinfo, due: datetime
) -> tuple[Path, ...]:
    """The paths written, for people to open; `due` is the next report's date. Raises BadRequest when the
    folder cannot be written."""
    contents = (
        ("report.html", report_html(run, previous, zone=zone, next_push=due).encode()),
        (
            "report.json",
            (json.dumps(report_json(run, previous), ensure_ascii=False, indent=1) + "\n").encode(),
        ),
        ("map-light.png", picture(run, dark=False)),
        ("map-dark.png", picture(run, dark=True)),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents:
            (folder / name).write_bytes(content)
    except OSError as error:
        raise BadRequest(f"The report files could not be written to {folder} ({error.strerror}).") from error
    return tuple(folder / name for name, _ in contents)


async def serve_chat(settings: Settings, *, port: int = 0) -> None:
    """The real bot against the local Telegram, in a browser, until Ctrl-C."""
    from pydantic import SecretStr

    from bot.app.serve import serve  # telegram takes a second: the report is shown before that
    from bot.local import LocalTelegram

    async with LocalTelegram(port=port) as telegram:
        owner = telegram.person(OWNER, "You")
        rehearsal = settings.model in {None, "rehearsal"}

        def themed(dark: bool) -> None:
            """Pictures follow the page's theme until the button under one is pressed."""
            with open_ledger(settings, demo=True) as ledger:
                choices = Choices(settings, ledger.notes)
                choices.suggest("picture", "dark" if dark else "light", now=datetime.now(UTC))

        banner = BANNER if rehearsal else MODEL_BANNER
        address = telegram.open_page(owner, banner=banner, themed=themed)
        print(f"\nThe chat page: {address}  (Ctrl-C ends it)", flush=True)
        owner.says("/start")
        local = settings.model_copy(
            update={
                "telegram_token": SecretStr(telegram.token),
                "telegram_allowed_user_ids": (OWNER,),
                "telegram_base_url": telegram.base_url,
                "heartbeat_url": None,
            }
        )
        await serve(local, demo=True)
