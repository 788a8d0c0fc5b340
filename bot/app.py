"""The composition root: the one place that knows settings, providers and core. Nothing is built before it is asked for.

`open_engine` gives an engine over the real sources, or, with `demo`, over the recorded day served on loopback with the
demo's own portfolio. `open_ledger` gives the memory alone, for everything that is answered without asking anyone.

Decisions: the demo keeps its runs in a ledger of its own beside the set one (a rehearsal must never become the owner's
last report), unless DATABASE stands in the process' environment, which is a choice made for this one command.
"""

import asyncio
import os
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.settings import Settings, model_keys
from core.brief.principles import checked
from core.engine.engine import Engine
from core.engine.terms import Doors, Sources, Terms
from core.errors import BadRequest
from core.gap import NOT_GIVEN, Gap
from core.ports import ChatModel, FactSource, Ledger, MarketSource

if TYPE_CHECKING:
    from providers.http import Fetcher
    from providers.http import Terms as HostTerms
    from providers.news.feed_rows import FeedRow

VERSION = "0.1.0"
PRINCIPLES = Path(__file__).parent.parent / "core" / "brief" / "principles.md"
# No I, L, O, U: an id is read aloud and typed.
ID_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
DEMO_DATABASE = Path("build/demo/condorcet.sqlite")


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def new_run_id(now: datetime) -> str:
    """A short id that sorts by day: yymmdd, a hyphen, five signs of chance (33 million a day)."""
    return f"{now:%y%m%d}-{''.join(secrets.choice(ID_SIGNS) for _ in range(5))}"


def database_of(settings: Settings, *, demo: bool) -> Path:
    """Where runs are kept. See the module's decision on the demo."""
    if not demo or "DATABASE" in {name.upper() for name in os.environ}:
        return settings.database
    return DEMO_DATABASE


@contextmanager
def open_ledger(settings: Settings, *, demo: bool = False) -> Iterator[Ledger]:
    """The ledger, closed at the end. Raises LedgerFailed when it cannot be trusted."""
    from providers.ledger.sqlite import SqliteLedger

    path = database_of(settings, demo=demo)
    if demo:
        path.parent.mkdir(parents=True, exist_ok=True)
    ledger = SqliteLedger(path)
    try:
        yield ledger
    finally:
        ledger.close()


def principles_of(settings: Settings) -> str:
    """The principles' text, held to law 2. Raises BadRequest naming file, line and word."""
    path = settings.principles_file or PRINCIPLES
    try:
        return checked(path.read_text(encoding="utf-8"), origin=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"PRINCIPLES_FILE names {path}, which cannot be read as UTF-8 text.") from error


def build_chat_model(settings: Settings, *, seed: int = 0) -> ChatModel:
    """The model that MODEL names, imported on use. `seed` concerns the rehearsal jury alone. Raises BadRequest."""
    from providers.models.memory import Memory
    from providers.models.registry import build_model

    return build_model(
        settings.model or "",
        temperature=settings.temperature,
        base_url=settings.model_base_url,
        keys=model_keys(settings),
        memory=Memory(),
        seed=seed,
    )


@asynccontextmanager
async def open_engine(
    settings: Settings, *, demo: bool = False, asks_sources: bool = True
) -> AsyncIterator[Engine]:
    """An engine with everything it needs. `asks_sources` false serves no recordings (`analyze --snapshot`)."""
    from providers.models.prices import ListPrices

    async with AsyncExitStack() as stack:
        ledger = stack.enter_context(open_ledger(settings, demo=demo))
        if demo:
            settings = settings.model_copy(update={"model": settings.model or "rehearsal"})
        # Another seed for each run in the ledger: a rehearsal that repeated itself to the letter would show no variance.
        model = build_chat_model(settings, seed=len(ledger.runs(limit=1_000_000)))
        stack.push_async_callback(model.aclose)
        if demo and asks_sources:
            settings = await _demo_settings(stack, settings)
        sources: Sources | Gap = Gap(gap="this command reads no source")
        if asks_sources:
            sources = await open_sources(stack, settings, ledger, recorded=demo)
        doors = Doors(
            sources=sources,
            model=model,
            prices=ListPrices(base_url=settings.model_base_url),
            ledger=ledger,
            clock=SystemClock(),
            new_id=new_run_id,
            jitter=random.random,
            sleep=asyncio.sleep,
        )
        yield Engine(doors, _terms(settings, demo=demo))


def _terms(settings: Settings, *, demo: bool) -> Terms:
    recording: str | Gap = NOT_GIVEN
    frozen_at: datetime | Gap = NOT_GIVEN
    if demo:
        from bot.demo.recorded import LABEL, RECORDED_AT

        recording, frozen_at = LABEL, RECORDED_AT
    return Terms(
        jury_size=settings.jury_size,
        concurrency=settings.jury_concurrency,
        temperature=settings.temperature,
        max_cost_usd=settings.max_cost_usd,
        budget_usd=settings.budget_usd,
        confirm_above_usd=settings.confirm_above_usd,
        base_currency=settings.base_currency,
        horizon_months=settings.horizon_months,
        zone=ZoneInfo(settings.timezone),
        index_ticker=settings.index_ticker if not demo else "VOO",
        recording=recording,
        frozen_at=frozen_at,
        version=VERSION,
        principles=principles_of(settings),
        fractional_shares=settings.fractional_shares,
    )


async def open_sources(
    stack: AsyncExitStack, settings: Settings, ledger: Ledger, *, recorded: bool = False
) -> Sources:
    """Every source that the settings name. Raises BadRequest for a file of the settings that cannot be read."""
    from providers.holdings.sources import LedgerHoldings, PortfolioFile, UniverseFile
    from providers.http import Fetcher, ResponseCache
    from providers.markets.ecb import EcbRates
    from providers.news.search import search_terms

    trusted = [
        address
        for address in (
            settings.sec_base_url,
            settings.sec_data_url,
            settings.info_financiere_url,
            settings.search_url,
            settings.market_url,
            settings.fx_url,
        )
        if address is not None
    ]
    rows = feed_rows(settings)
    fetcher = await stack.enter_async_context(
        Fetcher(
            trusted=[*trusted, *(row.address for row in rows)],
            terms=[
                _edgar_terms(settings, recorded=recorded),
                *([] if settings.search_url is None else [search_terms(settings.search_url)]),
            ],
            cache=ResponseCache(),
        )
    )
    return Sources(
        holdings=LedgerHoldings(ledger)
        if settings.portfolio_file is None
        else PortfolioFile(settings.portfolio_file),
        market=market_source(settings),
        fx=EcbRates(fetcher, settings.fx_url),
        facts=await _fact_sources(stack, settings, fetcher, rows),
        universe=UniverseFile(settings.universe_file),
    )


def _edgar_terms(settings: Settings, *, recorded: bool) -> "HostTerms":
    """The regulator's terms. Our own recording on loopback is no regulator and needs no waiting."""
    from providers.regulators.edgar import REQUESTS_PER_SECOND, edgar_terms

    return edgar_terms(
        settings.sec_base_url,
        settings.sec_data_url,
        settings.contact_email or "",
        per_second=1000.0 if recorded else REQUESTS_PER_SECOND,
    )


def market_source(settings: Settings) -> MarketSource:
    """The source of prices that MARKET_SOURCE names."""
    kind, _, path = settings.market_source.partition(":")
    if kind == "file":
        from providers.markets.file import FileMarket

        return FileMarket(Path(path.strip()))
    from providers.markets.yahoo import YahooMarket

    return YahooMarket(base_url=settings.market_url)


def feed_rows(settings: Settings) -> "tuple[FeedRow, ...]":
    """The feeds of NEWS_FEEDS, or those that ship. Raises BadRequest naming every bad row."""
    from providers.news.feed_rows import DEFAULT_FEEDS, load_feeds

    return DEFAULT_FEEDS if settings.news_feeds is None else load_feeds(settings.news_feeds)


async def _fact_sources(
    stack: AsyncExitStack, settings: Settings, fetcher: "Fetcher", rows: "tuple[FeedRow, ...]"
) -> tuple[FactSource, ...]:
    from providers.news.feeds import feed_sources
    from providers.news.parser import Parser
    from providers.news.search import Search
    from providers.regulators.edgar import Edgar
    from providers.regulators.info_financiere import InfoFinanciere

    parser = await stack.enter_async_context(Parser())
    sources: list[FactSource] = [
        Edgar(fetcher, base_url=settings.sec_base_url, data_url=settings.sec_data_url)
    ]
    if settings.info_financiere_url is not None:
        sources.append(InfoFinanciere(fetcher, url=settings.info_financiere_url))
    sources.extend(feed_sources(rows, fetcher, parser))
    if settings.search_url is not None:
        sources.append(Search(fetcher, parser, url=settings.search_url))
    return tuple(sources)


async def _demo_settings(stack: AsyncExitStack, settings: Settings) -> Settings:
    """The settings with every source pointed at the recorded day, which is served while `stack` is open."""
    from bot.demo.recorded import RECORDINGS, serve_recordings

    base = await stack.enter_async_context(serve_recordings())
    feeds = Path(stack.enter_context(TemporaryDirectory())) / "feeds.csv"
    feeds.write_text(
        (RECORDINGS / "news" / "feeds.csv")
        .read_text(encoding="utf-8")
        .replace("http://recordings.invalid", base)
    )
    return settings.model_copy(
        update={
            "sec_base_url": base,
            "sec_data_url": base,
            "fx_url": base,
            "search_url": None,
            "info_financiere_url": None,
            "news_feeds": feeds,
            "market_source": f"file:{RECORDINGS / 'market' / 'market.json'}",
            "portfolio_file": RECORDINGS / "portfolio.csv",
            "universe_file": RECORDINGS / "universe.csv",
            "base_currency": "EUR",
            "contact_email": "demo@localhost.invalid",
        }
    )
