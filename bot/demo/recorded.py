"""Serves the recorded day on loopback, so that filings, currency and news flow through the real adapters.

Reads only files of its own folder; what is not recorded is a 404, as at the sources themselves. The official
stores outside the US, some of which take questions by POST, stand in `bot.demo.official`.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import Settings

RECORDINGS = Path(__file__).parent / "recordings"
# The evening of the recorded day in New York: every session that counts has closed.
RECORDED_AT = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)

# Which folder answers which address: the sources' own paths below each folder.
ROOTS = (("/news", RECORDINGS / "news"), ("/stats", RECORDINGS / "fx" / "stats"), ("/", RECORDINGS / "sec"))


@asynccontextmanager
async def serve_recordings(roots: tuple[tuple[str, Path], ...] = ROOTS) -> AsyncIterator[str]:
    """The base address (as in http://127.0.0.1:40123) while the context is open."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    from bot.demo.official import answer
    from bot.local.server import LOOPBACK, Server

    official = Route("/official/{source}/{path:path}", answer, methods=["GET", "POST"])
    files = [Mount(path, StaticFiles(directory=folder, check_dir=False)) for path, folder in roots]
    server = Server(Starlette(routes=[official, *files]))
    await server.start()
    try:
        yield f"http://{LOOPBACK}:{server.port}"
    finally:
        await server.stop()


async def recorded_settings(stack: AsyncExitStack, settings: Settings, day: date) -> Settings:
    """The settings with every source pointed at the recording as it was on `day`, served while `stack` is
    open."""
    from bot.demo.months import market_as_of
    from bot.demo.official import KEYS
    from providers.sources.registry import ROWS
    from providers.sources.shape import DEFAULT

    base = await stack.enter_async_context(serve_recordings())
    folder = Path(stack.enter_context(TemporaryDirectory()))
    market, feeds = folder / "market.json", folder / "feeds.csv"
    recorded = (RECORDINGS / "market" / "market.json").read_text(encoding="utf-8")
    market.write_text(market_as_of(recorded, day), encoding="utf-8")
    feeds.write_text(
        (RECORDINGS / "news" / "feeds.csv")
        .read_text(encoding="utf-8")
        .replace("http://recordings.invalid", base)
    )
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
