"""What stands on this machine: the settings file, the ledger and its disk, the portfolio, the principles, the
clock, and whether the heartbeat's address takes connections. Writes nothing: a ledger that is not there yet
is not made here.
"""

import asyncio
import os
import shutil
import ssl
import stat
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.app import database_of, open_ledger
from bot.app.desk import guards_of
from bot.app.house import principles_of
from bot.cli.checks.bench import Bench, Finding, fine, unreachable, warned, wrong
from bot.report import figures
from bot.report.guards import Pinged
from bot.settings import NEEDS_BOT, Settings, forgetful_host, missing, overridden
from core.base.errors import CondorcetError, NotFound
from core.base.gap import Gap
from core.due.period import next_period
from core.portfolio.books import Books
from core.portfolio.holding import Portfolio

# A year of reports takes about 20 MB; less than this is a disk that is about to be full.
LEAST_FREE = 100_000_000
# A push fires by this clock, and certificates are judged by it.
CLOCK_OFF = timedelta(minutes=2)
CONNECT_SECONDS = 5.0
# Places that a restart empties.
FORGOTTEN = (tempfile.gettempdir(), "/dev/shm")  # noqa: S108  looked at, nothing is written there
NO_PORTFOLIO = (
    "there is none yet: send the bot a file, run `python -m bot portfolio import FILE`, or "
    "set PORTFOLIO_FILE."
)


def check_settings(settings: Settings, faults: tuple[str, ...], env_file: Path) -> tuple[Finding, ...]:
    """Every fault its own line, then the file's mode."""
    named = {fault.partition(" ")[0] for fault in faults}
    lacking = [name for name in missing(settings, NEEDS_BOT) if name not in named]
    found = [wrong("settings", f"{fault}.") for fault in faults]
    found += [wrong("settings", f"{name} is missing. `python -m bot setup` asks for it.") for name in lacking]
    if not env_file.is_file():
        said = f"there is no {env_file}; everything comes from the environment and the defaults."
        return (*found, fine("settings file", said))
    mode = stat.S_IMODE(env_file.stat().st_mode)
    if mode & 0o077:
        said = f"{env_file} can be read by others on this machine ({mode:04o}): run `chmod 600 {env_file}`."
        found.append(warned("settings file", said))
    else:
        found.append(fine("settings file", f"{env_file}, readable by its owner alone."))
    if overruled := overridden(env_file):
        said = f"the environment holds other values than {env_file}, and wins: {', '.join(overruled)}."
        found.append(warned("environment", said))
    return tuple(found)


def check_principles(settings: Settings) -> tuple[Finding, ...]:
    """Whether they can be read and hold to their own rule."""
    try:
        principles_of(settings)
    except CondorcetError as error:
        return (wrong("principles", str(error)),)
    return (fine("principles", f"{settings.principles_file or 'the shipped ones'}, no number in them."),)


def check_ledger(settings: Settings) -> tuple[Finding, ...]:
    """Where it lies, whether it opens, and whether its disk will keep it."""
    path = database_of(settings, demo=False).absolute()
    found = list(_opened(settings, path))
    host = forgetful_host()
    if host is not None:
        said = (
            f"{host} empties this disk at each restart: without a lasting one the ledger, and with "
            "it every report, is lost."
        )
        found.append(warned("disk", said))
    elif any(path.is_relative_to(place) for place in FORGOTTEN):
        found.append(
            warned("disk", f"{path} lies where things are thrown away: set DATABASE to a lasting place.")
        )
    return tuple(found)


def _opened(settings: Settings, path: Path) -> tuple[Finding, ...]:
    folder = path.parent
    if not folder.is_dir():
        return (wrong("ledger", f"the folder {folder} does not exist: make it, or change DATABASE."),)
    if not path.exists():
        if not os.access(folder, os.W_OK):
            return (wrong("ledger", f"nothing can be written in {folder}: change DATABASE or its rights."),)
        return (fine("ledger", f"{path} will be made at the first run."),)
    try:
        with open_ledger(settings) as ledger:
            runs = len(ledger.runs(limit=1_000_000))
    except CondorcetError as error:
        return (wrong("ledger", str(error)),)
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return (warned("ledger", f"{path} opens, but only {free // 1_000_000} MB are free on its disk."),)
    return (fine("ledger", f"{path} opens and is whole; {runs} runs."),)


async def read_portfolio(settings: Settings) -> tuple[Portfolio | Gap, Finding]:
    """The portfolio for later questions, and what was found."""
    path, kept = settings.portfolio_file, database_of(settings, demo=False).exists()
    if path is None and not kept:
        return Gap(gap="none yet"), warned("portfolio", NO_PORTFOLIO)
    from providers.holdings.sources import LedgerHoldings, PortfolioFile

    try:
        with ExitStack() as stack:
            ledger = stack.enter_context(open_ledger(settings)) if kept else None
            if path is not None:
                books = None if ledger is None else Books(ledger, ledger.notes)
                portfolio = await PortfolioFile(path, books, date.today).portfolio()
            elif ledger is not None:
                portfolio = await LedgerHoldings(ledger).portfolio()
    except NotFound as error:
        return Gap(gap="none yet"), warned("portfolio", str(error))
    except CondorcetError as error:
        return Gap(gap="unreadable"), wrong("portfolio", str(error))
    origin = "the ledger" if settings.portfolio_file is None else str(settings.portfolio_file)
    return portfolio, fine("portfolio", f"{len(portfolio.holdings)} positions from {origin}.")


async def check_universe(settings: Settings) -> tuple[Finding, ...]:
    """The list of names that could be bought."""
    if settings.universe_file is None:
        return (fine("universe", _watched(settings)),)
    from providers.holdings.sources import UniverseFile

    names = await UniverseFile(settings.universe_file).tickers()
    return (fine("universe", f"{len(names)} names from {settings.universe_file}."),)


def _watched(settings: Settings) -> str:
    """Without a file the universe is the watch list; a ledger that is not there yet is not made by
    looking."""
    names: tuple[str, ...] = ()
    if database_of(settings, demo=False).exists():
        with open_ledger(settings) as ledger:
            names = ledger.watched.names()
    if not names:
        return "no UNIVERSE_FILE and an empty watch list: only held names are judged."
    return f"{len(names)} names from the watch list."


def check_clock(bench: Bench) -> tuple[Finding, ...]:
    """This machine's clock against the servers that answered, and when the next push falls."""
    settings = bench.settings
    zone = ZoneInfo(settings.timezone)
    due = next_period(bench.now, zone, settings.push_day, settings.push_time).due
    said = (
        f"{bench.now.astimezone(zone):%d %b %Y %H:%M} in {settings.timezone}; next push {due:%d %b %Y %H:%M}."
    )
    # The nearest one: a single server may itself be wrong.
    off = min(bench.offsets, key=abs, default=timedelta(0))
    if abs(off) > CLOCK_OFF:
        minutes = round(abs(off) / timedelta(minutes=1))
        side = "behind" if off > timedelta(0) else "ahead"
        return (
            warned("clock", f"{said} The clock is {minutes} minutes {side}: set it, or let it be set (NTP)."),
        )
    return (fine("clock", said),)


async def check_heartbeat(settings: Settings) -> tuple[Finding, ...]:
    """A connection and nothing more: any request would count as a sign of life."""
    if settings.heartbeat_url is None:
        return (fine("heartbeat", "not set: nothing outside would notice that the bot has stopped."),)
    parts = urlsplit(settings.heartbeat_url)
    secure = parts.scheme == "https"
    try:
        _, writer = await asyncio.open_connection(
            parts.hostname, parts.port or (443 if secure else 80), ssl=secure or None
        )
    except (OSError, ssl.SSLError, UnicodeError):
        said = f"{parts.hostname} takes no connection: check HEARTBEAT_URL and the network."
        return (unreachable("heartbeat", said),)
    writer.close()
    said = f"{parts.hostname} takes connections; nothing was sent, for it would count as a ping."
    last = _last_ping(settings)
    if last is None:
        return (fine("heartbeat", said),)
    moment = figures.moment(last.at, ZoneInfo(settings.timezone))
    if last.failure:
        return (warned("heartbeat", f"{said} The last ping ({last.kind}, {moment}) failed: {last.failure}."),)
    return (fine("heartbeat", f"{said} The last ping ({last.kind}, {moment}) arrived."),)


def _last_ping(settings: Settings) -> Pinged | None:
    """As the ledger has it; a ledger that is not there or cannot be read is told by its own check."""
    if not database_of(settings, demo=False).exists():
        return None
    try:
        with open_ledger(settings) as ledger:
            pings = guards_of(settings, ledger, now=datetime.now(UTC)).pings
    except CondorcetError:
        return None
    return max(pings, key=lambda ping: ping.at, default=None)
