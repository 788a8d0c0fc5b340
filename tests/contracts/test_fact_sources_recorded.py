"""The adapters over what the sources really answered, served on loopback."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Gathering, State, Story, Subject
from providers.http import Fetcher, ResponseCache
from providers.sources.feeds.client import FeedSource
from providers.sources.feeds.rows import FeedKind, FeedRow
from providers.sources.search.client import Search
from providers.sources.sec.submissions import read_submissions, read_tickers
from providers.sources.stories.parser import FeedBroken, Parser
from tests.providers.http.loopback import Loopback, page
from tests.providers.sources.reaching import source_of, terms_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = [path for path in sorted((DATA / "sec").glob("submissions_*/CIK*.json")) if ".meta." not in path.name]
pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(not DATA.is_dir(), reason="the recorded material of ../shared/data is not here"),
]


def recorded(path: str) -> bytes:
    return (DATA / path).read_bytes()


def subject(ticker: str, name: str | Gap = NOT_GIVEN) -> Subject:
    return Subject(ticker=ticker, name=name, isin=NOT_GIVEN, country=NOT_GIVEN)


async def filings(web: Loopback, as_of: datetime, *tickers: str) -> Gathering:
    web.serve("/files/company_tickers.json", recorded("sec/company_tickers.json"))
    terms = terms_of("sec", web.url)
    async with Fetcher(trusted=[web.url], terms=[terms], cache=ResponseCache()) as fetcher:
        source = source_of("sec", fetcher, web.url)
        return await source.gather(tuple(subject(ticker) for ticker in tickers), as_of)


async def test_the_recorded_day_has_the_filings_of_nvidia_with_the_text_of_its_march_8_k() -> None:
    as_of = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
    async with Loopback() as web:
        web.serve("/submissions/CIK0001045810.json", recorded("sec/submissions_2026-08/CIK0001045810.json"))
        web.serve(
            "/Archives/edgar/data/1045810/000104581026000024/nvda-20260302.htm",
            recorded("sec/filings_8k/1045810_nvda-20260302.htm"),
        )
        gathering = await filings(web, as_of, "NVDA")

    eight_ks = [filing for filing in gathering.filings if filing.form == "8-K"]
    march = next(filing for filing in eight_ks if filing.key == "0001045810-26-000024")
    assert len(eight_ks) == 8
    assert [one.code for one in march.reports] == ["5.02"]
    assert not isinstance(march.documents, Gap)
    assert "Item 5.02" in march.documents[0].text
    assert "<" not in march.documents[0].text
    assert max(filing.filed for filing in gathering.filings) <= as_of.date()


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_recorded_list_of_filings_is_read_whole(path: Path) -> None:
    body = path.read_bytes()
    raw = json.loads(body)
    columns = raw["filings"]["recent"] if "filings" in raw else raw

    read = read_submissions(body)

    assert (len(read.rows), read.unreadable) == (len(columns.get("accessionNumber", [])), 0)


def test_the_recorded_list_of_tickers_knows_class_shares() -> None:
    listed = read_tickers(recorded("sec/company_tickers.json"))

    assert (listed["NVDA"].cik, listed["NVDA"].title) == (1045810, "NVIDIA CORP")
    assert listed["BRK-B"].cik == 1067983
    assert len(listed) > 5000


async def test_the_storage_error_for_a_missing_company_is_failed_and_not_empty() -> None:
    async with Loopback() as web:
        missing = recorded("sec/submissions_verbatim/CIK-000000001__2026-03-05__http404.xml")
        web.serve("/submissions/CIK0001045810.json", missing, status=404)
        gathering = await filings(web, datetime(2026, 4, 24, tzinfo=UTC), "NVDA")

    assert gathering.coverage[0][1].state is State.FAILED


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("sec_rate_threshold_exceeded.html", "more requests per second than it allows"),
        ("sec_undeclared_automated_tool.html", "no contact e-mail in the user agent"),
    ],
)
async def test_the_regulators_own_pages_name_their_rule(file: str, rule: str) -> None:
    async with Loopback() as web:
        web.serve("/submissions/CIK0001045810.json", recorded(f"sec/errors/{file}"), status=403)
        gathering = await filings(web, datetime(2026, 4, 24, tzinfo=UTC), "NVDA")

    assert gathering.coverage[0][1].state is State.FAILED
    assert rule in str(gathering.coverage[0][1].reason)


async def test_the_archives_own_403_closes_one_document_and_not_the_host() -> None:
    closed = recorded("sec/errors/form.gz__http403.html")
    async with Loopback() as web:
        web.serve("/submissions/CIK0001045810.json", recorded("sec/submissions_2026-08/CIK0001045810.json"))
        web.fallback = page(closed, status=403)
        gathering = await filings(web, datetime(2026, 4, 24, tzinfo=UTC), "NVDA")

    reasons = {
        filing.documents.reason
        for filing in gathering.filings
        if any(one.code == "5.02" for one in filing.reports)
        if isinstance(filing.documents, Gap)
    }
    assert reasons == {"text not read: SEC EDGAR refused the request: this document is not open."}
    assert gathering.coverage[0][1].state is State.OK


async def stories(body: bytes, as_of: datetime, cadence: float = 96.0) -> Gathering:
    async with Loopback() as web:
        web.serve("/feed", body)
        row = FeedRow(
            address=web.url + "/feed",
            publisher="A publisher",
            authority=Authority.NEWSWIRE,
            kind=FeedKind.GENERAL,
            cadence_hours=cadence,
        )
        async with Fetcher(trusted=[web.url]) as fetcher:
            return await FeedSource((row,), fetcher, Parser()).gather((subject("NVDA"),), as_of)


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("aljazeera", 25),
        ("almonitor", 20),
        ("bbc_world", 33),
        ("cbs_world", 30),
        ("csmonitor", 10),
        ("dawn_world", 30),
        ("dw_rdf", 141),
        ("economist_asia", 300),
        ("japantoday", 30),
        ("ndtv", 20),
        ("nyt_world", 57),
    ],
)
async def test_a_recorded_feed_is_ok_on_its_day_with_every_item_dated(file: str, count: int) -> None:
    gathering = await stories(recorded(f"news/rss_2026-02/{file}.xml"), datetime(2026, 2, 18, 3, tzinfo=UTC))

    assert (gathering.coverage[0][1].state, gathering.read) == (State.OK, count)
    assert all(isinstance(story.published, datetime) for story in gathering.stories)
    assert all(story.title and story.key for story in gathering.stories)


async def test_the_frozen_journal_feed_is_stale_by_a_year() -> None:
    gathering = await stories(
        recorded("news/rss_2026-02/wsj_world_STALE.xml"), datetime(2026, 2, 18, 3, tzinfo=UTC)
    )

    assert gathering.coverage[0][1].state is State.STALE
    assert "386 days old" in str(gathering.coverage[0][1].reason)


async def test_the_recorded_search_gives_the_real_publishers_and_clean_titles_and_links() -> None:
    async with Loopback() as web:
        web.fallback = page(recorded("news/rss_2026-03/crawinsight_google.xml"))
        async with Fetcher(trusted=[web.url]) as fetcher:
            source = Search(fetcher, Parser(), url=web.url)
            gathering = await source.gather((subject("MC.PA", "LVMH"),), datetime(2026, 3, 15, tzinfo=UTC))

    found: tuple[Story, ...] = gathering.stories
    assert len(found) == 100
    assert {story.publisher for story in found} == {"Reuters"}
    assert [story.title for story in found if story.title.endswith("Reuters")] == ["Transcript - Reuters"]
    assert all(story.url.startswith("https://news.google.com/") for story in found)
    assert all(not set(story.url) & set(" \n") for story in found)


async def test_the_regulators_page_past_the_end_is_no_feed() -> None:
    with pytest.raises(SourceFailed, match="answered with a page instead of a feed"):
        await stories(
            recorded("sec/atom_getcurrent/getcurrent_type-all_count-100_start-5100__2025-12-12T2302Z.html"),
            datetime(2025, 12, 13, tzinfo=UTC),
        )


async def test_the_corpus_of_odd_feeds_is_survived_file_by_file() -> None:
    files = sorted(path for path in (DATA / "news" / "robustness").rglob("*.xml"))
    broken = []
    async with Parser() as parser:
        for file in files:
            try:
                parsed = await parser.parse(file.read_bytes())
            except FeedBroken as error:
                broken.append((file.name, str(error)))
            else:
                assert all(len(entry.title) <= 2_000 for entry in parsed.entries)

    assert len(files) > 300
    assert broken == []
