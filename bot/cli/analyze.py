"""`analyze`: the main job without Telegram. Freezes (or reads a snapshot), asks N times, prints the stability
map."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.app import database_of, open_engine, open_ledger
from bot.cli.base import Answer, answering, run
from bot.logs import quieter, set_up
from bot.report.progress import PipeProgress, asking_lines, progress_line
from bot.report.report_json import report_json
from bot.report.terminal import terminal_map
from bot.settings import NEEDS_MODEL, NEEDS_REPORT, Settings, load, secrets_of
from core.base.errors import BadRequest
from core.base.progress import Sink, Stage, Step
from core.due.period import next_period
from core.run import Run
from core.snapshot.codec import decode, encode
from core.snapshot.model import Snapshot


@click.command
@click.option("--snapshot", type=Path, metavar="FILE", help="Ask about this frozen snapshot, read no source.")
@click.option("--save-snapshot", type=Path, metavar="FILE", help="Write the frozen snapshot to FILE.")
@answering
def command(snapshot: Path | None, save_snapshot: Path | None, *, demo: bool) -> Answer:
    """Freezes the inputs, asks the model N times, prints the stability map."""
    settings = load(_needs(demo=demo, frozen=snapshot is not None))
    set_up(quieter(settings.log_level), secrets=secrets_of(settings))
    frozen = None if snapshot is None else read_snapshot(snapshot)
    finished, previous = run(_analyze(settings, frozen, save_snapshot, demo=demo))
    zone, due = zone_of(settings), next_push(settings, demo=demo)
    return report_json(finished, previous), lambda: terminal_map(
        finished, previous, zone=zone, next_push=due, colour=coloured()
    )


def _needs(*, demo: bool, frozen: bool) -> tuple[str, ...]:
    if demo:
        return ()
    return NEEDS_MODEL if frozen else NEEDS_REPORT


def coloured() -> bool:
    """Whether a person looks at a terminal that wants colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def zone_of(settings: Settings) -> ZoneInfo:
    """The zone of the settings."""
    return ZoneInfo(settings.timezone)


def next_push(settings: Settings, *, demo: bool = False) -> datetime:
    """When the next monthly report will come, if the bot runs: a month that has its report already is
    passed."""
    from bot.app.desk import next_report_of
    from bot.settings.choices import Choices

    now = datetime.now(UTC)
    if not database_of(settings, demo=demo).exists():
        return next_period(now, zone_of(settings), settings.push_day, settings.push_time).due
    with open_ledger(settings, demo=demo) as ledger:
        return next_report_of(Choices(settings, ledger.notes).settings(), ledger, now=now).due


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in `path`. Raises BadRequest with one sentence when it cannot be read or was edited."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadRequest(
            f"There is no snapshot file {path}. Make one with `analyze --save-snapshot FILE`."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"The snapshot file {path} cannot be read as UTF-8 text.") from error
    return decode(text, origin=str(path))


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Writes `snapshot`, readable by its owner alone: it holds the portfolio. Raises BadRequest when it
    cannot."""
    try:
        path.touch(mode=0o600)
        path.write_text(encode(snapshot), encoding="utf-8")
    except OSError as error:
        raise BadRequest(f"The snapshot could not be written to {path} ({error.strerror}).") from error


async def _analyze(
    settings: Settings, frozen: Snapshot | None, save_to: Path | None, *, demo: bool
) -> tuple[Run, Run | None]:
    async with open_engine(settings, demo=demo, asks_sources=frozen is None) as engine:
        show = progress()
        snapshot = frozen if frozen is not None else await engine.freeze(show)
        if save_to is not None:
            write_snapshot(save_to, snapshot)
        finished = await engine.analyze(snapshot=snapshot, progress=show)
        return finished, engine.previous_report(finished)


def progress() -> Sink:
    """One line on the standard error that is written over, where a person looks at a terminal; plain lines of
    what is through into files and pipes."""
    piped = PipeProgress()

    def show(step: Step) -> None:
        if sys.stderr.isatty():
            ended, room = step.stage is Stage.DONE, shutil.get_terminal_size().columns - 1
            line = "" if ended else " · ".join([progress_line((step,)), *asking_lines((step,))[:1]])
            # A line that wraps could not be written over.
            print(f"\r\x1b[K{line[:room]}", end="\n" * ended, file=sys.stderr, flush=True)
        elif line := piped.line(step):
            print(line, file=sys.stderr, flush=True)

    return show
