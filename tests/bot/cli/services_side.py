"""What the tests of `doctor` and `setup` share: every service on loopback, in a thread with a loop of its
own.

The commands under test run loops of their own, so the services cannot share the test's.
"""

import asyncio
import csv
import json
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.demo.recorded import serve_recordings
from bot.settings import Settings
from providers.sources.registry import ROWS
from tests.local_telegram import LocalTelegram, Person
from tests.providers.models.model_stub import Asked, Served, Service, as_json, openai_stream, serving

T = TypeVar("T")

KEY = "sk-canary-0123456789abcdefghij"
READY = '{"ready": true}'


def refuses_temperature(asked: Asked) -> Served:
    """A model that has no temperature, as most current ones."""
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        return as_json({"error": {"message": f"Incorrect API key provided: {KEY}"}}, status=401)
    if "temperature" in asked.body:
        said = "Unsupported parameter: 'temperature' is not supported with this model."
        return as_json({"error": {"message": said, "param": "temperature"}}, status=400)
    return openai_stream(READY, usage={"prompt_tokens": 120, "completion_tokens": 8})


class Services:
    """Running services. `environment` are the settings that lead to them."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.folder = folder
        self._loop = loop
        self.telegram: LocalTelegram
        self.model: Service
        self.sources = ""
        self.sec = ""

    def on_loop(self, work: Callable[[], T]) -> T:
        """Runs `work` where the services live."""

        async def call() -> T:
            return work()

        return self.wait(call())

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def person(self, number: int, name: str = "Ada") -> Person:
        return self.on_loop(lambda: self.telegram.person(number, name))

    @property
    def addresses(self) -> dict[str, str]:
        """Where everything is; no secret, nothing that the owner must choose."""
        return {
            # Only what is served here is asked; a test must reach nobody else.
            **{name.upper(): "off" for row in ROWS for name in row.terms.addresses},
            "GLEIF_URL": "off",
            "TELEGRAM_BASE_URL": self.telegram.base_url,
            "MODEL_BASE_URL": self.model.address,
            "SEC_BASE_URL": self.sec,
            "SEC_DATA_URL": self.sec,
            "INFO_FINANCIERE_URL": self.sources,
            "SEARCH_URL": self.sources,
            "FX_URL": self.sources,
            "NEWS_FEEDS": str(self.folder / "feeds.csv"),
            "MARKET_SOURCE": f"file:{self.folder / 'market.csv'}",
        }

    @property
    def environment(self) -> dict[str, str]:
        """All that a healthy bot needs."""
        return self.addresses | {
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_ALLOWED_USER_IDS": "42",
            "MODEL": "openai:gpt-6-luna",
            "OPENAI_API_KEY": KEY,
            "CONTACT_EMAIL": "ada@example.org",
            "DATABASE": str(self.folder / "ledger.sqlite"),
            "PORTFOLIO_FILE": str(self.folder / "portfolio.csv"),
        }


@contextmanager
def running_services(
    folder: Path, script: Callable[[Asked], Served] = refuses_temperature
) -> Iterator[Services]:
    """Everything that the settings can name, each where a real adapter looks for it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    services, stack = Services(folder, loop), AsyncExitStack()

    async def start() -> None:
        services.telegram = await stack.enter_async_context(LocalTelegram())
        services.model = await stack.enter_async_context(serving(script))
        # The SEC stands apart: its terms hold for an address, and would slow down the others on the same one.
        services.sec = await stack.enter_async_context(serve_recordings((("/", folder / "web"),)))
        services.sources = await stack.enter_async_context(serve_recordings((("/", folder / "web"),)))

    try:
        services.wait(start())
        services.on_loop(lambda: services.telegram.person(42, "Ada"))
        _write_files(folder, services.sources)
        yield services
    finally:
        services.wait(stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _write_files(folder: Path, base: str) -> None:
    now = datetime.now(UTC)
    day = now.date().isoformat()
    submissions = {
        "cik": "320193",
        "filings": {
            "recent": {
                "accessionNumber": ["0000320193-26-000001"],
                "filingDate": [day],
                "form": ["8-K"],
                "reportDate": [day],
                "items": ["5.02"],
                "primaryDocument": ["a.htm"],
                "primaryDocDescription": ["8-K"],
            }
        },
    }
    item = (
        "<item><title>Apple does "
        f"things</title><link>https://news.example/a</link><pubDate>{format_datetime(now)}</pubDate></item>"
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>n</title>{item}</channel></rss>'
    cube = f'<Cube time="{day}"><Cube currency="USD" rate="1.1"/><Cube currency="CHF" rate="0.95"/></Cube>'
    records = "api/explore/v2.1/catalog/datasets/flux-amf-new-prod/records"
    web = {
        "files/company_tickers.json": json.dumps(
            {"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}}
        ),
        "submissions/CIK0000320193.json": json.dumps(submissions),
        "stats/eurofxref/eurofxref-hist-90d.xml": f"<Envelope><Cube>{cube}</Cube></Envelope>",
        "feed.xml": feed,
        "rss/search": feed,
        records: json.dumps({"total_count": 0, "results": []}),
    }
    for path, text in web.items():
        file = folder / "web" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "feeds.csv").write_text(f"address,publisher\n{base}/feed.xml,The Wire\n", encoding="utf-8")
    with (folder / "market.csv").open("w", encoding="utf-8", newline="") as market:
        rows = csv.writer(market)
        rows.writerow(["ticker", "currency", "price", "day"])
        rows.writerow(["AAPL", "USD", "271.5", day])
        rows.writerow(["^GSPC", "USD", "6900", day])
    (folder / "portfolio.csv").write_text("ticker,quantity,currency\nAAPL,10,USD\n", encoding="utf-8")


def clean_environment(**settings: str) -> dict[str, str]:
    """This process' environment without any setting but these."""
    ours = {name.upper() for name in Settings.model_fields}
    return {name: value for name, value in os.environ.items() if name not in ours} | settings
