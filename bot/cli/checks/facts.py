"""The sources of facts: the SEC, Info-financière, each feed, the targeted search.

Which failure rules out a report follows the run itself: of each class at least one source must be readable. So a feed alone
is a warning, all feeds together are a failure.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from bot.cli.checks.bench import Bench
from bot.cli.checks.finding import Finding, State, bounded, fine, unreachable, warned, wrong
from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.fact import Coverage, Gathering
from core.facts.fact import State as Read

SECONDS = 30.0
FEEDS_AT_ONCE = 8
NETWORK = "Check the network and its address in the settings."


async def check_sec(bench: Bench) -> tuple[Finding, ...]:
    """Two requests with the owner's contact: the list of tickers, and one company's filings."""
    from providers.sources.sec.client import LIST_CAP, NAME
    from providers.sources.sec.submissions import read_submissions, read_tickers, spelled

    settings = bench.settings
    if settings.contact_email is None:
        return (warned("SEC EDGAR", "not asked: CONTACT_EMAIL is missing, and the SEC wants one."),)
    listing = await bench.fetcher.get(
        f"{settings.sec_base_url}/files/company_tickers.json", source=NAME, cap=LIST_CAP
    )
    bench.heard(listing)
    try:
        listed = read_tickers(listing.body)
        name = bench.name(lambda subject: spelled(subject.ticker) in listed).ticker
        ticker = name if spelled(name) in listed else next(iter(listed), name)
        page = await bench.fetcher.get(
            f"{settings.sec_data_url}/submissions/CIK{listed[spelled(ticker)].cik:010d}.json",
            source=NAME,
            cap=LIST_CAP,
            accept=(200, 404),
        )
        if page.status == 404:
            return (
                warned("SEC EDGAR", f"lists {ticker} but has no page of its filings: check SEC_DATA_URL."),
            )
        rows = read_submissions(page.body).rows
    except ValueError as error:
        raise SourceFailed(f"{NAME} failed: {error}.", source=NAME) from error
    newest = max((row.filed for row in rows), default=None)
    filings = f"newest filing of {ticker}: {newest}" if newest else f"no filing of {ticker}"
    return (fine("SEC EDGAR", f"{len(listed):,} tickers; {filings}."),)


async def check_info_financiere(bench: Bench) -> tuple[Finding, ...]:
    """One question about one French issuer, and the honest word on how this adapter came about."""
    from providers.sources.info_financiere.client import NAME, UNRECORDED, InfoFinanciere

    address = bench.settings.info_financiere_url
    if address is None:
        return (fine(NAME, "switched off: no official source for French issuers."),)
    source = InfoFinanciere(bench.fetcher, url=address)
    subject = bench.name(source.covers)
    read = await source.gather((subject,), bench.now)
    coverage = read.coverage[0][1]
    if coverage.state is Read.FAILED:
        said = f"{_reason(coverage)} {UNRECORDED}"
        return (unreachable(NAME, said) if bench.holds(source.covers) else warned(NAME, said),)
    return (warned(NAME, f"answers, {read.read} records of {subject.ticker}. {UNRECORDED}"),)


async def check_feeds(bench: Bench) -> tuple[Finding, ...]:
    """Each row once, for one name where it is a feed per name."""
    from providers.sources.feeds.client import feed_sources

    if isinstance(bench.rows, str):
        return (wrong("feeds", bench.rows),)
    rows = bench.rows
    turns = asyncio.Semaphore(FEEDS_AT_ONCE)

    async def one(number: int) -> tuple[Finding, ...]:
        row = rows[number]
        source = feed_sources((row,), bench.fetcher, bench.parser)[0]
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
    from providers.sources.search.client import NAME, Search

    address = bench.settings.search_url
    if address is None:
        return (fine(NAME, "switched off."),)
    source = Search(bench.fetcher, bench.parser, url=address)
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
