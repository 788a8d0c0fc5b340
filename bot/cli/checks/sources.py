"""The sources of facts and of prices, on the objects of a run: each official source of the registry, each
feed, the targeted search; one look-up of a held name and of the index, and the last published rates.

Which failure rules out a report follows the run itself: of each class at least one source must be readable.
So a feed alone is a warning, all feeds together are a failure.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.app.sources import Official
from bot.cli.checks.bench import Bench, Finding, State, bounded, fine, unreachable, warned, wrong
from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.fact import Coverage, Gathering
from core.facts.fact import State as Read
from core.market.quote import LookUp, MarketRecord
from providers.sources.shape import Health, Question

SECONDS = 30.0
FEEDS_AT_ONCE = 8
NETWORK = "Check the network and the address in the settings."


PRICE_SECONDS = 45.0
# A published rate older than this many sessions is flagged in reports too.
OLD_SESSIONS = 5


async def check_official(bench: Bench, *, only: str = "") -> tuple[Finding, ...]:
    """Each row of the registry, or `only` the one of that key: those that are on are asked, the others say
    why they are off."""
    question = Question(held=bench.held(), now=bench.now, heard=bench.heard)

    async def one(official: Official) -> tuple[Finding, ...]:
        terms = official.row.terms
        found: tuple[Finding, ...] = (fine(terms.name, f"{official.off}."),)
        if not official.off:
            asked = _checked(official, question)
            found = await bounded(terms.name, asked, seconds=SECONDS, advice=NETWORK)
        return tuple(replace(each, detail=f"{each.detail} {_terms(official)}") for each in found)

    rows = [each for each in bench.outside.official if only in {"", each.row.terms.key}]
    return tuple(each for found in await asyncio.gather(*map(one, rows)) for each in found)


async def _checked(official: Official, question: Question) -> tuple[Finding, ...]:
    found = await official.row.check(official.row, official.reach, question)
    make = {Health.OK: fine, Health.WARNING: warned, Health.FAILED: unreachable}[found.health]
    advice = f" {NETWORK}" if found.health is Health.FAILED else ""
    return (make(official.row.terms.name, f"{found.detail}{advice}"),)


def _terms(official: Official) -> str:
    """Why it is on, where its terms stand and when they were read."""
    terms = official.row.terms
    on = "" if official.off else f"On: {terms.why if terms.welcome else 'SOURCES names it'}. "
    return f"{on}Terms ({'never read' if terms.checked is None else terms.checked}): {terms.licence}."


async def check_feeds(bench: Bench) -> tuple[Finding, ...]:
    """Each row once, for one name where it is a feed per name."""
    from providers.sources.feeds.client import feed_sources

    if bench.outside.feeds_unread:
        return (wrong("feeds", bench.outside.feeds_unread),)
    rows = bench.outside.rows
    turns = asyncio.Semaphore(FEEDS_AT_ONCE)

    async def one(number: int) -> tuple[Finding, ...]:
        row = rows[number]
        source = feed_sources((row,), bench.outside.fetcher, bench.outside.parser)[0]
        check = f"feed {number + 1} {row.publisher}"
        subject = bench.name(source.covers)
        if not source.covers(subject) and isinstance(row.ticker, str):
            subject = replace(subject, ticker=row.ticker)
        async with turns:
            return await bounded(
                check, _gathered(check, source.gather((subject,), bench.now)), seconds=SECONDS
            )

    found = tuple(each for group in await asyncio.gather(*map(one, range(len(rows)))) for each in group)
    if any(finding.state is not State.FAILED for finding in found):
        return tuple(_lighter(finding, "The other feeds are read without it.") for finding in found)
    return found


async def check_search(bench: Bench) -> tuple[Finding, ...]:
    """One query, for a name that trades outside the US."""
    from providers.sources.search.client import NAME

    source = bench.outside.search
    if source is None:
        return (fine(NAME, "switched off."),)
    found = await _gathered(NAME, source.gather((bench.name(source.covers),), bench.now))
    if isinstance(bench.portfolio, Gap) or bench.holds(source.covers):
        return found
    return tuple(_lighter(finding, "No held name is asked for there.") for finding in found)


async def _gathered(check: str, work: Awaitable[Gathering]) -> tuple[Finding, ...]:
    read = await work
    coverage = read.coverage[0][1]
    if coverage.state is Read.FAILED:
        return (unreachable(check, f"{_reason(coverage)} {NETWORK}"),)
    if coverage.state is Read.STALE:
        return (warned(check, _reason(coverage)),)
    return (fine(check, f"{read.read} items."),)


def _reason(coverage: Coverage) -> str:
    return "It gave no reason." if isinstance(coverage.reason, Gap) else coverage.reason


def _lighter(finding: Finding, why: str) -> Finding:
    """A failure that a report can do without is a warning."""
    if finding.state is not State.FAILED:
        return finding
    return warned(finding.check, f"{finding.detail} {why}")


async def check_market(bench: Bench) -> tuple[Finding, ...]:
    """The price of one name, and whether the index that track records are held against is known."""
    settings = bench.settings
    source = bench.outside.prices
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
    base = bench.settings.base_currency
    table = await bench.outside.fx.rates(bench.now.date())
    known = {"EUR", *(rate.currency for rate in table.rates)}
    if base not in known:
        said = f"{table.source} publishes no rate of BASE_CURRENCY; it knows {', '.join(sorted(known))}."
        return (wrong("currency", said),)
    said = f"{len(table.rates)} rates of {table.day} ({table.source})."
    if table.stale_sessions > OLD_SESSIONS:
        return (warned("currency", f"{said} They are {table.stale_sessions} sessions old."),)
    return (fine("currency", said),)
