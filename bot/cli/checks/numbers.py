"""Prices and currency: one look-up of a held name and of the index, and the last published rates."""

from zoneinfo import ZoneInfo

from bot.app.sources import market_source
from bot.cli.checks.bench import Bench
from bot.cli.checks.finding import Finding, fine, unreachable, warned, wrong
from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.market.quote import LookUp, MarketRecord

SECONDS = 45.0
# A published rate older than this many sessions is flagged in reports too.
OLD_SESSIONS = 5


async def check_market(bench: Bench) -> tuple[Finding, ...]:
    """The price of one name, and whether the index that track records are held against is known."""
    settings = bench.settings
    source = market_source(settings, bench.fetcher)
    held = bench.name(lambda _: True).ticker
    day = bench.now.astimezone(ZoneInfo(settings.timezone)).date()
    try:
        name, index = await source.look_up((held, settings.index_ticker), day)
    except SourceFailed as error:
        if settings.market_source.startswith("file:"):
            return (wrong("market", f"{error} Check MARKET_SOURCE."),)
        said = f"{error} Check the network; MARKET_SOURCE=file:PATH takes prices from a file of your own."
        return (unreachable("market", said),)
    found = [_of(name, "market", source.name, needed=True)]
    found.append(_of(index, "index", source.name, needed=False))
    return tuple(found)


def _of(record: MarketRecord, check: str, source: str, *, needed: bool) -> Finding:
    if isinstance(record.quote, Gap):
        reason = record.reason or record.quote.reason
        if record.state is LookUp.EMPTY or not needed:
            advice = "Check its ticker." if needed else "Check INDEX_TICKER: /track needs it."
            return warned(check, f"{source} has no price of {record.ticker}: {reason}. {advice}")
        return unreachable(check, f"{source} gave no price of {record.ticker}: {reason}.")
    quote = record.quote
    said = f"{record.ticker} {quote.price} {quote.currency} of {quote.day} ({source})."
    return warned(check, f"{said} The price is stale.") if record.state is LookUp.STALE else fine(check, said)


async def check_currency(bench: Bench) -> tuple[Finding, ...]:
    """The rates of the last published day, and whether they hold the base currency."""
    from providers.markets.ecb.client import EcbRates

    settings = bench.settings
    table = await EcbRates(bench.fetcher, settings.fx_url).rates(bench.now.date())
    known = {"EUR", *(rate.currency for rate in table.rates)}
    if settings.base_currency not in known:
        said = f"{table.source} publishes no rate of BASE_CURRENCY; it knows {', '.join(sorted(known))}."
        return (wrong("currency", said),)
    said = f"{len(table.rates)} rates of {table.day} ({table.source})."
    if table.stale_sessions > OLD_SESSIONS:
        return (warned("currency", f"{said} They are {table.stale_sessions} sessions old."),)
    return (fine("currency", said),)
