"""From settings to adapters: each address is obeyed, the demo is kept apart, and what cannot be read is said
before anything starts."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import build_chat_model, database_of, open_engine, open_ledger
from bot.app.house import DEMO_DATABASE, SystemClock, new_run_id, principles_of
from bot.app.sources import feed_rows, market_source, open_fetcher, open_sources
from bot.cli.checks.bench import open_bench
from bot.demo.recorded import RECORDED_AT, recorded_settings
from bot.settings import Settings
from core.base.errors import BadRequest, SourceFailed
from core.base.gap import Gap
from core.facts.fact import SourceClass
from providers.http import Fetcher
from tests.providers.http.loopback import Loopback


def _set(folder: Path, **values: Any) -> Settings:
    return Settings(database=folder / "ledger.sqlite", contact_email="reader@example.org", **values)


def test_the_demo_always_has_a_ledger_of_its_own(tmp_path: Path) -> None:
    settings = _set(tmp_path)

    assert database_of(settings, demo=False) == tmp_path / "ledger.sqlite"
    assert database_of(settings, demo=True) == tmp_path / "ledger-demo.sqlite"
    assert database_of(Settings(), demo=True) == DEMO_DATABASE


def test_run_ids_sort_by_day_and_differ() -> None:
    day = datetime(2026, 11, 22, tzinfo=UTC)

    ids = {new_run_id(day) for _ in range(200)}

    assert len(ids) == 200
    assert all(run.startswith("261122-") and len(run) == 12 for run in ids)
    assert SystemClock().now().tzinfo is UTC


async def test_an_examination_may_ask_telegram_on_this_machine_and_no_feed_of_a_run_may_lead_there(
    tmp_path: Path,
) -> None:
    async with Loopback() as web:
        web.serve("/getMe", "hello")
        settings = _set(tmp_path, telegram_base_url=web.url)

        async with open_fetcher(settings) as fetcher:
            with pytest.raises(SourceFailed, match="not public"):
                await fetcher.get(f"{web.url}/getMe", source="a feed")
        async with open_bench(settings) as bench:
            answer = await bench.outside.fetcher.get(f"{web.url}/getMe", source="Telegram")

    assert answer.body == b"hello"


def test_principles_with_a_number_are_refused_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("- Be fair.\n- Hold at most 5 names.\n")

    with pytest.raises(BadRequest, match=r"mine\.md .* line 2 holds the digit '5'"):
        principles_of(_set(tmp_path, principles_file=file))
    with pytest.raises(BadRequest, match="cannot be read as UTF-8"):
        principles_of(_set(tmp_path, principles_file=tmp_path / "none.md"))
    file.write_text("- Be fair.\n")
    assert principles_of(_set(tmp_path, principles_file=file)) == "- Be fair.\n"


def test_the_model_is_the_one_that_is_named_and_there_is_no_other(tmp_path: Path) -> None:
    assert build_chat_model(_set(tmp_path, model="rehearsal")).rehearsal
    named = build_chat_model(
        _set(tmp_path, model="openai-compatible:mine", model_base_url="http://127.0.0.1:9/v1")
    )
    assert (named.label, named.rehearsal) == ("openai-compatible:mine", False)
    with pytest.raises(BadRequest):
        build_chat_model(_set(tmp_path))


async def test_every_class_of_sources_is_wired_and_off_means_not_configured(tmp_path: Path) -> None:
    every = _set(tmp_path)
    some = _set(tmp_path, search_url=None, info_financiere_url=None)

    async with AsyncExitStack() as stack:
        with open_ledger(every) as ledger:
            full = await open_sources(stack, every, ledger, documents=None)
            fewer = await open_sources(stack, some, ledger, documents=None)

    assert {source.source_class for source in full.facts} == set(SourceClass)
    assert {source.source_class for source in fewer.facts} == {SourceClass.OFFICIAL, SourceClass.NEWSWIRE}
    assert len(full.facts) == len(fewer.facts) + 2


def test_market_and_feeds_follow_their_settings(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.csv"
    feeds.write_text("address\nhttp://127.0.0.1:9/all.xml\n")

    def market(**settings: Any) -> str:
        return market_source(_set(tmp_path, **settings), Fetcher()).name

    assert market(market_source="file:prices.csv") == "market file prices.csv"
    assert [market(), *(market(market_source=row) for row in ("eodhd", "tiingo"))] == [
        "yahoo",
        "eodhd",
        "tiingo",
    ]
    assert [row.address for row in feed_rows(_set(tmp_path, news_feeds=feeds))] == [
        "http://127.0.0.1:9/all.xml"
    ]
    assert len(feed_rows(_set(tmp_path))) >= 3
    with pytest.raises(BadRequest, match=r"none\.csv"):
        feed_rows(_set(tmp_path, news_feeds=tmp_path / "none.csv"))


async def test_the_recorded_day_replaces_every_source_and_nothing_of_the_model(tmp_path: Path) -> None:
    mine = _set(tmp_path, model="openai:gpt", portfolio_file=Path("mine.csv"), base_currency="USD")

    async with AsyncExitStack() as stack:
        recorded = await recorded_settings(stack, mine, RECORDED_AT.date())
        async with httpx.AsyncClient(trust_env=False) as client:
            served = await client.get(f"{recorded.sec_base_url}/files/company_tickers.json")
            absent = await client.get(f"{recorded.sec_base_url}/files/../../../../etc/passwd")
        assert recorded.news_feeds is not None
        assert recorded.sec_base_url in recorded.news_feeds.read_text()

    assert recorded.model == "openai:gpt"
    assert recorded.sec_base_url.startswith("http://127.0.0.1:")
    assert {recorded.sec_base_url} == {recorded.sec_data_url, recorded.fx_url}
    assert recorded.portfolio_file != mine.portfolio_file
    assert recorded.market_source.startswith("file:")
    assert "NVDA" in served.text
    assert absent.status_code == 404


async def test_an_engine_without_sources_says_so_instead_of_freezing(tmp_path: Path) -> None:
    settings = _set(tmp_path, model="rehearsal")

    async with open_engine(settings, asks_sources=False) as engine:
        assert isinstance(engine.doors.sources, Gap)
        with pytest.raises(BadRequest, match="No fresh snapshot can be taken"):
            await engine.freeze()
        assert engine.terms.max_cost_usd == Decimal(2)

    assert (tmp_path / "ledger.sqlite").stat().st_mode & 0o077 == 0
