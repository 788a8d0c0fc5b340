"""From settings to sources: each address is a setting, so the whole system can run against a recording."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from bot.settings import Settings
from core.base.errors import BadRequest
from core.engine.terms import Sources
from core.portfolio.books import Books
from core.ports import FactSource, FxSource, Identities, ListingSource, MarketSource, Notes

if TYPE_CHECKING:
    from providers.http import Fetcher
    from providers.identities.client import Kept, Register
    from providers.ledger.sqlite import SqliteLedger
    from providers.sources.feeds.rows import FeedRow
    from providers.sources.search.client import Search
    from providers.sources.shape import Reach, Source
    from providers.sources.stories.parser import Parser

# Requests a second where our own recording answers.
UNPACED: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A row of the registry with what the settings make of it. `off` is why it is not asked, or "" when
    on."""

    row: "Source"
    reach: "Reach"
    off: str


def official_rows(
    settings: Settings, fetcher: "Fetcher", identities: Identities, *, folder: Path | None
) -> tuple[Official, ...]:
    """Every source of official filings that is built in, on or off, in the registry's order. `folder` keeps
    documents."""
    from providers.sources.registry import ROWS
    from providers.sources.shape import Reach

    found = []
    for row in ROWS:
        secrets = {name: value for name in row.terms.needs if (value := _secret(settings, name))}
        found.append(
            Official(
                row=row,
                reach=Reach(
                    fetcher=fetcher,
                    addresses=_addresses(settings, row),
                    contact=settings.contact_email or "",
                    secrets=secrets,
                    folder=folder,
                    identities=identities,
                ),
                off=_off(settings, row),
            )
        )
    return tuple(found)


def official_states(settings: Settings) -> dict[str, str]:
    """By name, in the registry's order: "on", or why a source of official filings is off."""
    from providers.sources.registry import ROWS

    return {row.terms.name: _off(settings, row) or "on" for row in ROWS}


def _off(settings: Settings, row: "Source") -> str:
    """Why the settings switch a source off, or ""."""
    from providers.sources.shape import why_off

    given = frozenset(name for name in row.terms.needs if _secret(settings, name))
    return why_off(
        row.terms, {name: getattr(settings, name) for name in row.terms.addresses}, settings.sources, given
    )


def open_fetcher(
    settings: Settings, rows: "Iterable[FeedRow]" = (), *, recorded: bool = False, more: Iterable[str] = ()
) -> "Fetcher":
    """The one egress door with the terms and the trust of every source that the settings name, and of `more`
    addresses: Telegram's concerns an examination alone, no feed may lead there.

    Our own recording on loopback is no regulator and needs no waiting."""
    from providers.http import Fetcher, ResponseCache
    from providers.identities.client import gleif_terms
    from providers.markets.registry import BY_NAME as MARKETS
    from providers.sources.registry import ROWS
    from providers.sources.search.client import search_terms

    contact = settings.contact_email or ""
    terms = [
        row.terms.host_terms(addresses, contact, per_second=UNPACED if recorded else None)
        for row in ROWS
        if (addresses := _addresses(settings, row))
    ]
    if settings.search_url is not None:
        terms.append(search_terms(settings.search_url))
    if settings.gleif_url is not None:
        terms.append(
            gleif_terms(settings.gleif_url, contact, **({"per_second": UNPACED} if recorded else {}))
        )
    market = MARKETS.get(settings.market_source)
    terms.extend(() if market is None else market.terms(settings.market_url))
    named = (settings.search_url, settings.market_url, settings.fx_url, settings.openfigi_url, *more)
    # Only what stands in the settings may lie on a private network.
    ours = {host for row in ROWS for host in row.terms.hosts}
    trusted = [
        *(address for address in named if address is not None),
        *(address for each in terms for address in each.addresses if address not in ours),
        *(row.address for row in rows),
    ]
    return Fetcher(trusted=trusted, terms=terms, cache=ResponseCache(), proxy=proxy_of(settings))


def proxy_of(settings: Settings) -> str | None:
    """The one proxy there is."""
    return None if settings.proxy_url is None else settings.proxy_url.get_secret_value()


def kept_identities(notes: Notes) -> "Kept":
    """Who a name is, as kept in `notes`; asks nobody."""
    from providers.identities.client import CIK, LEI, Kept
    from providers.sources.registry import ROWS

    registers = (row.terms.key for row in ROWS if row.terms.key != "sec")
    return Kept(notes, now=lambda: datetime.now(UTC), schemes=(LEI, CIK, *registers))


def open_identities(settings: Settings, fetcher: "Fetcher", notes: Notes) -> "Register":
    """Who a name is, as kept in `notes` and asked for at the addresses of the settings."""
    from providers.identities.client import Register

    return Register(
        fetcher,
        notes,
        gleif_url=settings.gleif_url,
        now=lambda: datetime.now(UTC),
        figi_url=settings.openfigi_url,
        figi_key=_secret(settings, "openfigi_key"),
    )


def _addresses(settings: Settings, row: "Source") -> tuple[str, ...]:
    return tuple(address for name in row.terms.addresses if (address := getattr(settings, name)) is not None)


def _secret(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything that is asked outside, built once from the settings: a run takes all of it
    (`sources_of`), `doctor` and `setup` ask the same objects one by one. `feeds_unread` says why
    NEWS_FEEDS cannot be used."""

    settings: Settings
    fetcher: "Fetcher"
    parser: "Parser"
    identities: "Register"
    official: tuple[Official, ...]
    rows: "tuple[FeedRow, ...]"
    feeds_unread: str
    search: "Search | None"
    prices: MarketSource
    fx: FxSource


@asynccontextmanager
async def open_outside(
    settings: Settings,
    notes: Notes,
    *,
    documents: Path | None,
    recorded: bool = False,
    more: Iterable[str] = (),
) -> AsyncIterator[Outside]:
    """What the settings name, and `more` addresses; what never changes is kept in `documents`. Reads nothing
    yet. Raises BadRequest for a price file of the settings that cannot be read."""
    from providers.markets.ecb.client import EcbRates
    from providers.sources.search.client import Search
    from providers.sources.stories.parser import Parser

    rows: tuple[FeedRow, ...] = ()
    unread = ""
    try:
        rows = feed_rows(settings)
    except BadRequest as error:
        unread = str(error)
    opened = open_fetcher(settings, rows, recorded=recorded, more=more)
    async with opened as fetcher, Parser() as parser:
        identities = open_identities(settings, fetcher, notes)
        yield Outside(
            settings=settings,
            fetcher=fetcher,
            parser=parser,
            identities=identities,
            official=official_rows(settings, fetcher, identities, folder=documents),
            rows=rows,
            feeds_unread=unread,
            search=None if settings.search_url is None else Search(fetcher, parser, url=settings.search_url),
            prices=market_source(settings, fetcher),
            fx=EcbRates(fetcher, settings.fx_url),
        )


async def open_sources(
    stack: AsyncExitStack,
    settings: Settings,
    ledger: "SqliteLedger",
    *,
    documents: Path | None,
    recorded: bool = False,
) -> Sources:
    """What a run asks. Raises BadRequest for a file of the settings that cannot be read."""
    outside = await stack.enter_async_context(
        open_outside(settings, ledger.notes, documents=documents, recorded=recorded)
    )
    if outside.feeds_unread:
        raise BadRequest(outside.feeds_unread)
    return sources_of(outside, ledger, recorded=recorded)


def sources_of(outside: Outside, ledger: "SqliteLedger", *, recorded: bool) -> Sources:
    """The sources of a run: prices with the last stored one where there is none, and a service's US numbers
    from the regulator; of the facts those that are on, and what is said where none is."""
    from providers.holdings.sources import LedgerHoldings, PortfolioFile, UniverseFile
    from providers.markets.frames.client import WithFrames
    from providers.markets.last import LastPrices, ReportPrices

    settings, prices = outside.settings, outside.prices
    market: MarketSource = LastPrices(prices, ReportPrices(ledger))
    if not settings.market_source.startswith("file:"):
        market = WithFrames(
            market, outside.fetcher, base_url=settings.sec_base_url, data_url=settings.sec_data_url
        )
    portfolio, universe = settings.portfolio_file, settings.universe_file
    books = Books(ledger, ledger.notes)
    return Sources(
        holdings=LedgerHoldings(ledger) if portfolio is None else PortfolioFile(portfolio, books, date.today),
        market=market,
        fx=outside.fx,
        facts=_fact_sources(outside, recorded=recorded),
        universe=ledger.watched if universe is None else UniverseFile(universe),
        listings=(*((prices,) if isinstance(prices, ListingSource) else ()), outside.identities),
    )


def _fact_sources(outside: Outside, *, recorded: bool) -> tuple[FactSource, ...]:
    from providers.sources.feeds.client import feed_sources
    from providers.sources.nowhere import Nowhere

    sources: list[FactSource] = [each.row.build(each.reach) for each in outside.official if not each.off]
    if recorded:
        from bot.demo.recorded import WHEN, Dated

        keys = [each.row.terms.key for each in outside.official if not each.off]
        sources = [Dated(source, WHEN[key]) for source, key in zip(sources, keys, strict=True)]
    off: dict[str, tuple[str, ...]] = {}
    for each in outside.official:
        if each.off:
            terms = each.row.terms
            off[terms.country] = (*off.get(terms.country, ()), f"{terms.name} is {each.off}")
    read = frozenset(each.row.terms.country for each in outside.official if not each.off)
    sources.append(Nowhere(off, read, recorded=recorded))
    sources.extend(feed_sources(outside.rows, outside.fetcher, outside.parser))
    return (*sources, outside.search) if outside.search is not None else tuple(sources)


def market_source(settings: Settings, fetcher: "Fetcher") -> MarketSource:
    """The source of prices that MARKET_SOURCE names."""
    kind, _, path = settings.market_source.partition(":")
    if kind == "file":
        from providers.markets.file.client import FileMarket

        return FileMarket(Path(path.strip()))
    from providers.markets.registry import BY_NAME

    key = "" if settings.market_key is None else settings.market_key.get_secret_value()
    return BY_NAME[kind].build(fetcher, settings.market_url, key)


def feed_rows(settings: Settings) -> "tuple[FeedRow, ...]":
    """The feeds of NEWS_FEEDS, or those that ship. Raises BadRequest naming every bad row."""
    from providers.sources.feeds.rows import DEFAULT_FEEDS, load_feeds

    return DEFAULT_FEEDS if settings.news_feeds is None else load_feeds(settings.news_feeds)
