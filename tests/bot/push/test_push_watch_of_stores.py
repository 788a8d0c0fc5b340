"""The watch reads whatever official sources are on: two stores outside the US, over real HTTP, the engine's
own look and a real ledger.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot

from bot.push.watch import Watch, WatchPlan
from bot.telegram.delivery import Delivery
from core.base.kind import Kind
from core.engine.engine import Engine
from core.engine.looking import Sighting, sight
from core.engine.terms import Sources
from core.portfolio.holding import Holding, Portfolio
from core.portfolio.identities import Certainty, Known
from providers.http import Fetcher, ResponseCache
from providers.identities.client import Register
from providers.ledger.notes import SqliteNotes, SqliteWatchBook
from providers.ledger.outbox import SqliteOutbox
from providers.ledger.sqlite import SqliteLedger
from providers.sources.shape import Reach
from tests.bot.push_house import OWNER, SetClock, shown
from tests.local_telegram import LocalTelegram
from tests.providers.http.loopback import Loopback
from tests.providers.sources.reaching import row_of
from tests.providers.sources.wires import FULL, LEIS, WIRES, Doc, Site

EVENING = datetime(2026, 4, 21, 18, tzinfo=UTC)
KEYS = ("uk_nsm", "dk_oam")


class Look:
    """The one thing of an engine that a watch asks for, as the engine does it."""

    def __init__(self, ledger: SqliteLedger, facts: tuple[Any, ...], clock: SetClock) -> None:
        self.ledger, self.facts, self.clock = ledger, facts, clock

    async def portfolio(self) -> Portfolio:
        names = [WIRES[key].subject(FULL) for key in KEYS]
        held = [
            Holding(ticker=one.ticker, name=one.name, isin=one.isin, quantity=Decimal(1), kind=Kind.EQUITY)
            for one in names
        ]
        return Portfolio(holdings=tuple(sorted(held, key=lambda one: one.ticker)), cash=())

    async def watch(self) -> Sighting:
        nobody = cast("Any", None)
        sources = Sources(holdings=self, market=nobody, fx=nobody, facts=self.facts, universe=nobody)
        return await sight(sources, (), self.clock.now())


@pytest.fixture
def sites() -> dict[str, Site]:
    quiet = Doc(EVENING.date() - timedelta(days=3), "Directorate change", "1")
    return {key: Site(WIRES[key], {FULL: (quiet,)}) for key in KEYS}


async def test_what_two_stores_outside_the_us_announce_is_one_message_and_said_once(
    sites: dict[str, Site], tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        local = await stack.enter_async_context(LocalTelegram())
        local.person(OWNER, "Ada")
        ledger = SqliteLedger(tmp_path / "ledger.sqlite")
        stack.callback(ledger.close)
        clock = SetClock(EVENING)
        webs = {key: await stack.enter_async_context(Loopback(fallback=site)) for key, site in sites.items()}
        cache = ResponseCache(clock=lambda: clock.at.timestamp())
        terms = [row_of(key).terms.host_terms((web.url,), "", per_second=5000) for key, web in webs.items()]
        fetcher = await stack.enter_async_context(
            Fetcher(trusted=[web.url for web in webs.values()], terms=terms, cache=cache)
        )
        names = Register(fetcher, ledger.notes, gleif_url=None, now=clock.now)
        lei = Known(scheme="lei", value=LEIS[FULL], source="GLEIF", certainty=Certainty.SURE)
        names.keep(WIRES["uk_nsm"].subject(FULL).ticker, lei)
        facts = tuple(
            row_of(key).build(Reach(fetcher=fetcher, addresses=(web.url,), identities=names))
            for key, web in webs.items()
        )
        look = Look(ledger, facts, clock)
        outbox = SqliteOutbox(ledger.store)
        bot = await stack.enter_async_context(
            Bot(local.token, base_url=local.bot_url, base_file_url=local.file_url)
        )
        watch = Watch(
            engine=cast("Engine", look),
            book=SqliteWatchBook(ledger.store),
            notes=SqliteNotes(ledger.store),
            outbox=outbox,
            delivery=Delivery(outbox, bot, holder="one", clock=clock),
            plan=WatchPlan(zone=ZoneInfo("Europe/Paris"), at=time(18, 30), chat_id=OWNER),
            clock=clock,
        )

        await watch.tick()
        assert shown(local) == []
        clock.at = EVENING + timedelta(days=1)
        for key, title in (
            ("uk_nsm", "Appointment of administrators"),
            ("dk_oam", "Insolvency proceedings opened"),
        ):
            sites[key].docs = {FULL: (Doc(clock.at.date(), title, "2"), *sites[key].of(FULL))}
        await watch.tick()
        clock.at = EVENING + timedelta(days=2)
        await watch.tick()
        (message,) = local.world.chats[OWNER].messages.values()

    head, danish, british = message.text.splitlines()
    assert head == "2 new major filings"
    assert danish == "FULL.CO · 2026-04-22 · insolvency: “Insolvency proceedings opened” · source"
    assert british.startswith("FULL.L · 2026-04-22 · insolvency: ")
