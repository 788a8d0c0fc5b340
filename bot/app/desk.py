"""What the commands work with, put together from the settings and the engine."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.app.engine import VERSION
from bot.app.guards import guards_of
from bot.app.sources import watch_list
from bot.chat.context import Desk
from bot.chat.table import App
from bot.settings import Settings
from bot.telegram import Sender
from bot.telegram.access import Gate
from core.base.errors import NotFound
from core.due.period import next_period
from core.engine.engine import Engine
from core.portfolio.editing import tickers_by_isin
from core.portfolio.holding import Import, Portfolio


def build_desk(settings: Settings, engine: Engine, application: App, gate: Gate, *, demo: bool) -> Desk:
    from providers.holdings.reading import read_file

    zone = ZoneInfo(settings.timezone)

    def read_portfolio(content: bytes, name: str) -> Import:
        """A file from the chat; tickers that the owner gave to ISINs before are known again."""
        try:
            known = tickers_by_isin(engine.ledger.portfolio())
        except NotFound:
            known = {}
        today = engine.doors.clock.now().astimezone(zone).date()
        return read_file(content, origin=name, tickers=known, today=today)

    def next_push() -> datetime:
        return next_period(engine.doors.clock.now(), zone, settings.push_day, settings.push_time).due

    return Desk(
        engine=engine,
        sender=Sender(application.bot),
        zone=zone,
        clock=engine.doors.clock.now,
        monotonic=time.monotonic,
        next_push=next_push,
        read_portfolio=read_portfolio,
        people=tuple(sorted(gate.people)),
        model=engine.doors.model.label,
        rehearsal=engine.doors.model.rehearsal,
        version=VERSION,
        jury_size=settings.jury_size,
        confirm_above_usd=settings.confirm_above_usd,
        budget_usd=settings.budget_usd,
        fractional_shares=settings.fractional_shares,
        pinned=_pinned(settings, demo=demo),
        watched=watch_list(engine.ledger),
        guards=lambda: guards_of(settings, engine.ledger, now=engine.doors.clock.now()),
        universe_pinned=demo or settings.universe_file is not None,
    )


def _pinned(settings: Settings, *, demo: bool) -> Callable[[], Portfolio] | None:
    """What reads the portfolio's file, where one wins over the ledger: PORTFOLIO_FILE, or the demo's own."""
    from providers.holdings.sources import read_portfolio_file

    path = settings.portfolio_file
    if demo:
        from bot.demo.recorded import RECORDINGS

        path = RECORDINGS / "portfolio.csv"
    return None if path is None else partial(read_portfolio_file, path)
