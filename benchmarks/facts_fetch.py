"""Fetching facts: 40 names from four sources over loopback with 50 ms latency, against the regulator's rate
limit alone.

The servers run in a process of their own. Time is compared with what five requests a second to the regulator
allow; memory is this process's peak above idle together with the peak of the parser's process.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.run import size
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, State, Subject
from providers.http import Fetcher, ResponseCache
from providers.identities.client import Register, Unwritten
from providers.sources.feeds.client import feed_sources
from providers.sources.feeds.rows import FeedKind, FeedRow
from providers.sources.registry import ROWS
from providers.sources.search.client import Search, search_terms
from providers.sources.shape import Reach
from providers.sources.stories.parser import Parser

SEC = next(row for row in ROWS if row.terms.key == "sec")
NAMES = size(40, 8)
LATENCY = 0.05
AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
TIME_LIMIT = 1.15
MEMORY_LIMIT_MB = 150.0
# Every so many names one has filed on the very day, and its feed is asked for the hour.
FILED_TODAY = 4
# One list of tickers; per name one list of filings and one document whose text decides a grade; the feeds of
# that day.
REGULATOR_REQUESTS = 1 + NAMES * 2 + NAMES // FILED_TODAY
WORDS = [
    "announces",
    "results",
    "of",
    "operations",
    "and",
    "appoints",
    "new",
    "chief",
    "financial",
    "officer",
    "for",
    "the",
    "coming",
    "year",
]


def ticker(number: int) -> str:
    return "N" + chr(65 + number // 26) + chr(65 + number % 26)


def body_for(path: str) -> bytes | None:
    """What the stand-ins answer: a thousand filings a name (0.2 MB), feeds of 50 items, documents of 60
    KB."""
    if path == "/sec/files/company_tickers.json":
        listed = {
            str(n): {"cik_str": n + 1, "ticker": ticker(n), "title": ticker(n)} for n in range(10_000 // 26)
        }
        return json.dumps(listed).encode()
    if path.startswith("/sec/submissions/"):
        cik = int(path.rpartition("CIK")[2].partition(".")[0])
        newest = AS_OF.date() - timedelta(days=cik % FILED_TODAY > 0)
        days = [newest - timedelta(days=index) for index in range(1000)]
        columns = {
            "accessionNumber": [f"{cik:010d}-26-{index:06d}" for index in range(1000)],
            "filingDate": [day.isoformat() for day in days],
            "reportDate": [day.isoformat() for day in days],
            "acceptanceDateTime": [f"{day.isoformat()}T16:30:01.000Z" for day in days],
            # Forms 4 of the last three months are read too; here they are older, so that requests can be
            # counted.
            "form": ["8-K", *["424B2"] * 99, *["4"] * 900],
            "fileNumber": ["001-1"] * 1000,
            "items": ["5.02,9.01", *[""] * 999],
            "primaryDocument": [f"xslF345X05/document-{index}.htm" for index in range(1000)],
            "primaryDocDescription": ["FORM"] * 1000,
        }
        return json.dumps({"filings": {"recent": columns, "files": []}}).encode()
    if path.startswith("/sec/cgi-bin/"):
        updated = "<updated>2026-04-24T16:30:01-04:00</updated>"
        numbers = (f"accession-number={cik:010d}-26-000000" for cik in range(1, NAMES + 1))
        entries = "".join(f"<entry><id>{number}</id>{updated}</entry>" for number in numbers)
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    if path.startswith("/sec/Archives/"):
        return f"<html><body>{('<p>' + ' '.join(WORDS) + '</p>') * 600}</body></html>".encode()
    if path.startswith(("/one/", "/two/", "/rss/search")):
        items = "".join(
            f"<item><title>{ticker(n)} {' '.join(WORDS)} {n}</title><link>https://www.reuters.com/{n}</link>"
            f"<guid>{n}</guid><pubDate>Fri, 24 Apr 2026 {n % 20:02d}:00:00 GMT</pubDate>"
            f"<description>{' '.join(WORDS * 3)}</description></item>"
            for n in range(50)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    return None


async def serve() -> None:
    """Answers each request after the latency; prints its port; when its standard input ends, prints the most
    requests to the regulator that arrived within any second, and ends."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode().split("?")[0]
                if path.startswith("/sec/"):
                    arrivals.append(time.monotonic())
                    busiest[0] = max(busiest[0], sum(moment > arrivals[-1] - 1 for moment in arrivals[-20:]))
                await asyncio.sleep(LATENCY)
                body = body_for(path)
                status = b"404 Not Found" if body is None else b"200 OK"
                body = body or b""
                writer.write(
                    b'HTTP/1.1 %b\r\ncontent-length: %d\r\netag: "1"\r\n\r\n' % (status, len(body)) + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    arrivals: list[float] = []
    busiest = [0]
    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(busiest[0], flush=True)
    server.close()


async def fetch(base: str) -> float:
    """Seconds for all four sources side by side. Raises AssertionError when any name was not read."""
    subjects = tuple(
        Subject(ticker=ticker(n), name=f"{ticker(n)} Industries", isin=NOT_GIVEN, country=NOT_GIVEN)
        for n in range(NAMES)
    )
    rows = tuple(
        FeedRow(
            address=f"{base}/{name}/{{ticker}}.xml",
            publisher=name,
            authority=Authority.OTHER,
            kind=FeedKind.NAME,
            cadence_hours=96.0,
        )
        for name in ("one", "two")
    )
    terms = (SEC.terms.host_terms((f"{base}/sec",), "me@example.org"), search_terms(f"{base}/rss"))
    parser = Parser()
    async with Fetcher(trusted=[base], terms=terms, cache=ResponseCache()) as fetcher:
        sources = (
            SEC.build(
                Reach(
                    fetcher=fetcher,
                    addresses=(f"{base}/sec",) * 2,
                    identities=Register(fetcher, Unwritten(), gleif_url=None, now=lambda: AS_OF),
                )
            ),
            *feed_sources(rows, fetcher, parser),
            Search(fetcher, parser, url=base),
        )
        started = time.monotonic()
        gatherings = await asyncio.gather(*(source.gather(subjects, AS_OF) for source in sources))
        seconds = time.monotonic() - started
    for gathering in gatherings:
        states = {coverage.state for _ticker, coverage in gathering.coverage}
        if len(gathering.coverage) != NAMES or states != {State.OK}:
            raise AssertionError(f"{gathering.source} was not read for every name: {states}")
    texts = [filing for filing in gatherings[0].filings if not isinstance(filing.documents, Gap)]
    if len(texts) != NAMES:
        raise AssertionError(f"{len(texts)} documents were read instead of {NAMES}")
    hours = [filing for filing in gatherings[0].filings if isinstance(filing.published, datetime)]
    if len(hours) != NAMES // FILED_TODAY:
        raise AssertionError(f"{len(hours)} hours are known instead of {NAMES // FILED_TODAY}")
    return seconds


def peak_mb() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Prints "name | measured | limit | ok/over"; 1 when any limit is passed."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.facts_fetch", "--serve"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        base = f"http://127.0.0.1:{int(server.stdout.readline())}"
        idle = peak_mb()
        seconds = asyncio.run(fetch(base))
        parser_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        memory = peak_mb() - idle + parser_peak
    finally:
        said, _ = server.communicate()
    allowed = REGULATOR_REQUESTS / SEC.terms.per_second
    ratio = seconds / allowed
    figures = (
        (
            f"facts, {NAMES} names from 4 sources, times the rate limit's {allowed:.1f} s",
            ratio,
            TIME_LIMIT,
            ".3f",
        ),
        ("facts, most requests to the regulator in any second", float(said), SEC.terms.per_second, ".0f"),
        ("facts, memory above idle with the parser's process, MB", memory, MEMORY_LIMIT_MB, ".0f"),
    )
    for name, measured, limit, shape in figures:
        print(f"{name} | {measured:{shape}} | {limit} | {'ok' if measured <= limit else 'over'}")
    return int(any(measured > limit for _name, measured, limit, _shape in figures))


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(serve())
    else:
        sys.exit(main())
