"""Forty names over ten official stores side by side, against what the slowest store's own rate allows.

The stores are stand-ins of their recorded shapes on loopback with 20 ms latency. Every rate is its terms'
own, four times as fast so that a run takes seconds: the ratio is what counts. No task may wait for another
store's turn.
"""

import asyncio
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from benchmarks.run import size
from core.facts.fact import State, Subject
from core.portfolio.identities import Certainty, Known
from providers.http import Fetcher, ResponseCache
from providers.identities.client import Register, Unwritten
from providers.sources.registry import ROWS
from providers.sources.shape import Reach
from tests.providers.http.loopback import Loopback
from tests.providers.sources.wires import FULL, LEIS, WIRES, Site, documents

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
# EDINET and DART go by days and by the owner's word, the AFM's register is one file a day: the ten others.
NOT_ASKED_BY_NAME = {"sec", "jp_edinet", "kr_dart", "nl_afm"}
KEYS = tuple(key for key in WIRES if key not in NOT_ASKED_BY_NAME)
NAMES_A_STORE = size(4, 1)
FASTER = 4.0
TIME_LIMIT = 1.15


def names_of(key: str) -> tuple[Subject, ...]:
    """Share classes of one company: each is a name of its own to the run, and all are known to the
    stand-in."""
    one = WIRES[key].subject(FULL)
    letters, dot, suffix = one.ticker.partition(".")
    return tuple(
        Subject(ticker=f"{letters}{number}{dot}{suffix}", name=one.name, isin=one.isin, country=one.country)
        for number in range(NAMES_A_STORE)
    )


async def fetch() -> tuple[float, float, int, int]:
    """Seconds for all, seconds that the slowest store's rate allows, names read, requests."""
    rows = {row.terms.key: row for row in ROWS}
    async with AsyncExitStack() as stack:
        webs = {
            key: await stack.enter_async_context(
                Loopback(fallback=Site(WIRES[key], {FULL: documents()}), latency=0.02)
            )
            for key in KEYS
        }
        terms = [
            rows[key].terms.host_terms(
                (web.url,), "me@example.org", per_second=rows[key].terms.per_second * FASTER
            )
            for key, web in webs.items()
        ]
        fetcher = await stack.enter_async_context(
            Fetcher(trusted=[web.url for web in webs.values()], terms=terms, cache=ResponseCache())
        )
        names = Register(fetcher, Unwritten(), gleif_url=None, now=lambda: AS_OF)
        for key in KEYS:
            for subject in names_of(key) if WIRES[key].by_lei else ():
                known = Known(scheme="lei", value=LEIS[FULL], source="GLEIF", certainty=Certainty.SURE)
                names.keep(subject.ticker, known)
        sources = [
            rows[key].build(Reach(fetcher=fetcher, addresses=(web.url,), identities=names))
            for key, web in webs.items()
        ]
        began = time.monotonic()
        found = await asyncio.gather(
            *(source.gather(names_of(key), AS_OF) for key, source in zip(KEYS, sources, strict=True))
        )
        seconds = time.monotonic() - began
    states = Counter(row.state for one in found for _, row in one.coverage)
    asked = Counter({key: len(web.asked) for key, web in webs.items()})
    allowed = max((asked[key] - 1) / (rows[key].terms.per_second * FASTER) for key in KEYS)
    return seconds, allowed, states[State.OK], sum(asked.values())


def main() -> int:
    """Prints "name | measured | limit | ok/over"; 1 when the limit is passed or a name was not read."""
    seconds, allowed, read, asked = asyncio.run(fetch())
    ratio, names = seconds / allowed, NAMES_A_STORE * len(KEYS)
    verdict = "ok" if ratio <= TIME_LIMIT else "over"
    print(
        f"official, {names} names over {len(KEYS)} stores ({asked} requests), times the slowest store's "
        f"{allowed:.2f} s | {ratio:.3f} | {TIME_LIMIT} | {verdict}"
    )
    print(f"official, names read of {names} | {read} | {names} | {'ok' if read == names else 'over'}")
    return int(ratio > TIME_LIMIT or read != names)


if __name__ == "__main__":
    sys.exit(main())
