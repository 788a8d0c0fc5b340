"""News feeds on loopback: silence is told from failure, and each item stands with its real publisher."""

from datetime import UTC, datetime

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Gathering, State, Subject
from providers.http import Fetcher
from providers.sources.feeds.client import FeedSource, feed_sources
from providers.sources.feeds.rows import FeedKind, FeedRow
from providers.sources.stories.parser import Parser
from tests.providers.http.loopback import Loopback

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
BLOCK_PAGE = (
    "<!doctype html><html><head><title>Just a moment</title></head><body>Are you human?</body></html>"
)


def item(
    title: str,
    date: str = "Fri, 24 Apr 2026 09:00:00 GMT",
    link: str = "https://www.reuters.com/a",
    extra: str = "",
) -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{extra}</item>"


def rss(*items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'
    )


def subject(ticker: str) -> Subject:
    return Subject(ticker=ticker, name=NOT_GIVEN, isin=NOT_GIVEN, country=NOT_GIVEN)


def row(
    web: Loopback,
    path: str,
    kind: FeedKind,
    *,
    publisher: str = "Example",
    authority: Authority = Authority.OTHER,
    ticker: str | Gap = NOT_GIVEN,
    cadence_hours: float | Gap = NOT_GIVEN,
) -> FeedRow:
    return FeedRow(
        address=web.url + path,
        publisher=publisher,
        authority=authority,
        kind=kind,
        ticker=ticker,
        cadence_hours=cadence_hours,
    )


async def gather(web: Loopback, *rows: FeedRow, tickers: tuple[str, ...] = ("NVDA",)) -> Gathering:
    async with Fetcher(trusted=[web.url]) as fetcher:
        source = FeedSource(rows, fetcher, Parser())
        return await source.gather(tuple(subject(ticker) for ticker in tickers), AS_OF)


async def test_a_names_own_feed_gives_dated_attributed_stories() -> None:
    async with Loopback() as web:
        web.serve(
            "/NVDA.xml",
            rss(
                item(
                    "Nvidia &amp;amp; Arm: a &lt;b&gt;deal&lt;/b&gt;",
                    extra="<guid>g1</guid><description>text</description>",
                )
            ),
        )
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    (story,) = gathering.stories
    assert story.title == "Nvidia & Arm: a deal"
    assert (story.publisher, story.authority, story.only_for) == ("Reuters", Authority.NEWSWIRE, "NVDA")
    assert story.published == datetime(2026, 4, 24, 9, tzinfo=UTC)
    assert (story.key, story.url, story.summary) == ("g1", "https://www.reuters.com/a", "text")
    assert (gathering.coverage[0][1].state, gathering.read) == (State.OK, 1)


async def test_the_declared_origin_of_an_item_counts_before_its_link_and_its_feed() -> None:
    origin = '<source url="https://www.zacks.com">Zacks</source>'
    unknown = '<source url="https://blog.example">A &amp; B</source>'
    async with Loopback() as web:
        web.serve(
            "/all",
            rss(
                item("One - Zacks", link="https://www.reuters.com/x", extra=origin),
                item("Two", link="https://www.reuters.com/y", extra=unknown),
                item("Three", link="https://issuer.example/z"),
            ),
        )
        gathering = await gather(
            web, row(web, "/all", FeedKind.GENERAL, publisher="NVIDIA", authority=Authority.NEWSWIRE)
        )

    assert [(story.title, story.publisher, story.authority) for story in gathering.stories] == [
        ("One", "Zacks", Authority.OTHER),
        ("Two", "A & B", Authority.OTHER),
        ("Three", "NVIDIA", Authority.NEWSWIRE),
    ]
    assert all(isinstance(story.only_for, Gap) for story in gathering.stories)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (BLOCK_PAGE, "Example answered with a page instead of a feed."),
        ("", "Example answered with an empty body instead of a feed."),
        ("  \n", "Example answered with an empty body instead of a feed."),
        ('{"error": "quota"}', "Example answered with a page instead of a feed."),
        ("Exceeded the daily hits limit", "Example answered with a page instead of a feed."),
    ],
)
async def test_a_block_page_with_status_200_is_a_failure(body: str, reason: str) -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", body)
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    assert (gathering.coverage[0][1].state, gathering.coverage[0][1].reason) == (State.FAILED, reason)
    assert gathering.stories == ()


async def test_a_general_feed_that_cannot_be_read_is_the_whole_source() -> None:
    async with Loopback() as web:
        web.serve("/all", BLOCK_PAGE)
        with pytest.raises(SourceFailed, match="Example answered with a page instead of a feed"):
            await gather(web, row(web, "/all", FeedKind.GENERAL))


@pytest.mark.parametrize(
    ("cadence", "state", "reason"),
    [
        (NOT_GIVEN, State.EMPTY, NOT_GIVEN),
        (24.0, State.FAILED, "The feed holds no item, although its longest usual pause is 24 hours."),
    ],
)
async def test_an_empty_feed_is_empty_or_failed_by_its_cadence(
    cadence: float | Gap, state: State, reason: str | Gap
) -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss())
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME, cadence_hours=cadence))

    assert (gathering.coverage[0][1].state, gathering.coverage[0][1].reason) == (state, reason)


async def test_a_frozen_feed_is_stale_with_its_age_and_its_items_are_still_recorded() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(item("old", date="Wed, 01 Apr 2026 21:00:00 GMT")))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME, cadence_hours=96.0))

    assert gathering.coverage[0][1].state is State.STALE
    assert gathering.coverage[0][1].reason == (
        "The feed's newest item is 23 days old, although its longest usual pause is 4 days."
    )
    assert len(gathering.stories) == 1


async def test_a_future_item_does_not_make_a_frozen_feed_fresh() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(item("x", date="Sat, 01 Jan 2077 00:00:00 GMT")))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME, cadence_hours=96.0))

    assert gathering.coverage[0][1].state is State.STALE


async def test_items_without_a_readable_date_are_kept_undated_and_the_feed_fails() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(item("x", date="2026/6/29 15:07:41")))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    assert isinstance(gathering.stories[0].published, Gap)
    assert gathering.coverage[0][1].state is State.FAILED
    assert (
        gathering.coverage[0][1].reason == "None of the feed's items carries a date with an explicit offset."
    )


async def test_a_names_own_feed_decides_its_coverage_and_a_general_one_only_adds() -> None:
    async with Loopback() as web:
        web.serve("/all", rss(item("general")))
        web.serve("/NVDA.xml", BLOCK_PAGE)
        gathering = await gather(
            web,
            row(web, "/NVDA.xml", FeedKind.ISSUER, ticker="NVDA"),
            row(web, "/all", FeedKind.GENERAL),
            tickers=("NVDA", "AAPL"),
        )

    states = {ticker: coverage.state for ticker, coverage in gathering.coverage}
    assert states == {"NVDA": State.FAILED, "AAPL": State.OK}
    assert [story.title for story in gathering.stories] == ["general"]


async def test_one_dead_feed_among_forty_fails_its_own_name_only() -> None:
    tickers = tuple(f"T{number}" for number in range(40))
    async with Loopback() as web:
        for ticker in tickers[1:]:
            web.serve(f"/{ticker}.xml", rss(item(ticker)))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME), tickers=tickers)

    states = [coverage.state for _ticker, coverage in gathering.coverage]
    assert states == [State.FAILED] + [State.OK] * 39
    assert gathering.coverage[0][1].reason == "Example answered 404."


def test_rows_of_one_publisher_are_one_source() -> None:
    def made(publisher: str, ticker: str) -> FeedRow:
        return FeedRow(
            address=f"https://x.example/{ticker}",
            publisher=publisher,
            authority=Authority.NEWSWIRE,
            kind=FeedKind.ISSUER,
            ticker=ticker,
        )

    sources = feed_sources((made("B", "T1"), made("A", "T2"), made("B", "T3")), Fetcher(), Parser())

    assert [source.name for source in sources] == ["B", "A"]
    assert [sources[0].covers(subject(ticker)) for ticker in ("T1", "T2", "T3")] == [True, False, True]


async def test_an_address_that_is_no_web_address_is_left_out() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(item("x", link="javascript:alert(1)")))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    assert gathering.stories[0].url == ""
    assert gathering.stories[0].key == "x"


async def test_a_search_feeds_link_with_line_breaks_is_joined() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(item("x", link="\n  https://news.google.com/rss/\n  articles/1\n")))
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    assert gathering.stories[0].url == "https://news.google.com/rss/articles/1"


async def test_a_feed_of_a_hundred_megabytes_is_refused() -> None:
    async with Loopback() as web:
        web.serve("/NVDA.xml", rss(), content_length="100000000")
        gathering = await gather(web, row(web, "/{ticker}.xml", FeedKind.NAME))

    assert gathering.coverage[0][1].reason == "Example sent more than 4,000,000 bytes."
