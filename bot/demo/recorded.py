"""The demo's world: one recorded day and two earlier months, served on loopback in the sources' own wire
format.

Reads only files of its own folder; what was not recorded is a 404, as for a store that is down: nothing is
invented in its place, and no date is moved. The earlier months are made of the same recording: prices are
the real closes of that day, filings and headlines those published until then, euro rates the bank's own of
the days before. Targets and statements are of 26 February in all three reports, and each report says their
age. So what changes between the reports are real prices and real filings, and what the jury makes of them.
Official lists were recorded later than the demo's day; each says when (`Dated`), and what was filed after
the report's day is not read."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from bot.settings import Settings
from core.base.gap import Gap
from core.base.tables import table
from core.facts.fact import Coverage, Gathering, State, Subject
from core.ports import FactSource

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

RECORDINGS = Path(__file__).parent / "recordings"
# The evening of the recorded day in New York: every session that counts has closed.
RECORDED_AT = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
# Each the last session of its kind 28 days before the next, so that `/track` can look at it; in New York's
# evening.
EARLIER = (datetime(2026, 2, 27, 22, 0, tzinfo=UTC), datetime(2026, 3, 27, 21, 0, tzinfo=UTC))

# What the official stores answered: source, when it was recorded, method, path, words that the question must
# hold, file.
OFFICIAL: Final = RECORDINGS / "official"
_LINES = table(__package__, "recordings/official/answers")
ANSWERS: Final = tuple(line for line in _LINES if line["file"])
WHEN: Final = {line["source"]: line["recorded"] for line in _LINES}
# The stores outside the US of which anything was recorded; the demo switches on no other.
KEYS: Final = tuple(dict.fromkeys(line["source"] for line in ANSWERS))

# Which folder answers which address: the sources' own paths below each folder.
ROOTS = (("/news", RECORDINGS / "news"), ("/stats", RECORDINGS / "fx" / "stats"), ("/", RECORDINGS / "sec"))
_FEED = "{base}/news/{ticker}.xml,Recorded headlines,other,name,{ticker},744"


def label(day: date) -> str:
    return f"recorded day {day.isoformat()}"


def market_as_of(day: date) -> str:
    """The market file's text as it would have been on `day`: closes until then, the last of them as the
    price."""
    whole: dict[str, Any] = json.loads((RECORDINGS / "market" / "market.json").read_text(encoding="utf-8"))
    names = [
        {**name, "price": known[-1][1], "day": known[-1][0], "history": known}
        for name in whole["names"]
        if (known := [row for row in name["history"] if row[0] <= day.isoformat()])
    ]
    return json.dumps({**whole, "source": label(day), "names": names})


def feeds_at(base: str) -> str:
    """The feeds file: one row for each name of which headlines were recorded."""
    recorded = sorted(path.stem for path in (RECORDINGS / "news").glob("*.xml"))
    rows = [_FEED.format(base=base, ticker=ticker) for ticker in recorded]
    return "\n".join(["address,publisher,authority,kind,ticker,cadence_hours", *rows])


class Dated:
    """A FactSource whose answers were recorded: what it read says when, and that it was cut to the
    report's day."""

    def __init__(self, source: FactSource, when: str) -> None:
        self._source, self._when = source, when
        self.name, self.source_class = source.name, source.source_class

    def covers(self, subject: Subject) -> bool:
        return self._source.covers(subject)

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        found = await self._source.gather(subjects, as_of)
        said = tuple((ticker, self._said(coverage, as_of)) for ticker, coverage in found.coverage)
        return replace(found, coverage=said)

    def _said(self, coverage: Coverage, as_of: datetime) -> Coverage:
        if coverage.state not in {State.OK, State.EMPTY}:
            return coverage
        told = f"recorded in {self._when}, read until {as_of.date()}"
        known = "" if isinstance(coverage.reason, Gap) else coverage.reason
        return replace(coverage, reason="; ".join(filter(None, (known, told))))


@asynccontextmanager
async def serve_recordings(roots: tuple[tuple[str, Path], ...] = ROOTS) -> AsyncIterator[str]:
    """The base address (as in http://127.0.0.1:40123) while the context is open."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    from bot.local.server import LOOPBACK, Server

    official = Route("/official/{source}/{path:path}", _answer, methods=["GET", "POST"])
    files = [Mount(path, StaticFiles(directory=folder, check_dir=False)) for path, folder in roots]
    server = Server(Starlette(routes=[official, *files]))
    await server.start()
    try:
        yield f"http://{LOOPBACK}:{server.port}"
    finally:
        await server.stop()


async def _answer(request: "Request") -> "Response":
    """The recorded answer to a question below /official/SOURCE."""
    from starlette.responses import FileResponse, PlainTextResponse

    asked = (request.path_params["source"], request.method, f"/{request.path_params['path']}")
    said = f"{request.url.query} {(await request.body()).decode('utf-8', 'replace')}"
    for line in ANSWERS:
        if (line["source"], line["method"], line["path"]) == asked and line["words"] in said:
            return FileResponse(OFFICIAL / line["source"] / line["file"])
    return PlainTextResponse("not recorded", status_code=404)


async def recorded_settings(stack: AsyncExitStack, settings: Settings, day: date) -> Settings:
    """The settings with every source pointed at the recording as it was on `day`, served while `stack` is
    open."""
    from providers.sources.registry import ROWS
    from providers.sources.shape import DEFAULT

    base = await stack.enter_async_context(serve_recordings())
    folder = Path(stack.enter_context(TemporaryDirectory()))
    market, feeds = folder / "market.json", folder / "feeds.csv"
    market.write_text(market_as_of(day), encoding="utf-8")
    feeds.write_text(feeds_at(base), encoding="utf-8")
    return settings.model_copy(
        update={
            **{name: None for row in ROWS for name in row.terms.addresses},
            **{f"{key}_url": f"{base}/official/{key}" for key in KEYS},
            "sec_base_url": base,
            "sec_data_url": base,
            "sources": (DEFAULT, *KEYS),
            "gleif_url": None,
            "openfigi_key": None,
            "fx_url": base,
            "search_url": None,
            "news_feeds": feeds,
            "market_source": f"file:{market}",
            "portfolio_file": None,
            "universe_file": RECORDINGS / "universe.csv",
            "base_currency": "EUR",
            "contact_email": "demo@localhost.invalid",
        }
    )
