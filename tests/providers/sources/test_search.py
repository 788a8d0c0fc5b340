"""Targeted search on loopback: what is asked, and whose word an answer is."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Gathering, State, Subject
from providers.http import Fetcher
from providers.sources.search.client import Search, phrase, search_terms
from providers.sources.stories.parser import Parser
from tests.providers.http.loopback import Loopback, page

AS_OF = datetime(2026, 4, 24, 21, 0, tzinfo=UTC)
HITS = (
    '<rss version="2.0"><channel><item><title>LVMH sales fall - Reuters</title>'
    "<link>https://news.google.com/rss/articles/1</link><guid>1</guid><pubDate>Thu, 23 Apr "
    "2026 10:00:00 GMT</pubDate>"
    '<source url="https://www.reuters.com">Reuters</source></item></channel></rss>'
)


def subject(ticker: str, name: str | Gap) -> Subject:
    return Subject(ticker=ticker, name=name, isin="FR0000121014", country=NOT_GIVEN)


LVMH = subject("MC.PA", "LVMH Moët Hennessy - Louis Vuitton, Société Européenne")
SHELL = subject("SHEL.L", "Shell plc")


async def search(body: str, *subjects: Subject, status: int = 200) -> tuple[Gathering, Loopback]:
    async with Loopback() as web:
        web.fallback = page(body.encode(), status=status)
        terms = search_terms(web.url, per_second=500)
        async with Fetcher(trusted=[web.url], terms=[terms]) as fetcher:
            return await Search(fetcher, Parser(), url=web.url).gather(subjects, AS_OF), web


async def test_the_name_is_asked_in_quotes_since_three_months() -> None:
    gathering, web = await search(HITS, LVMH)

    asked = parse_qs(urlsplit(web.asked[0].path).query)
    assert asked["q"] == ['"LVMH" after:2026-01-24']
    assert gathering.coverage[0][1].state is State.OK


async def test_a_name_is_asked_in_its_exchange_s_language_and_in_english_once_where_that_is_the_same() -> (
    None
):
    french, web = await search(HITS, LVMH)
    _, english = await search(HITS, SHELL)

    editions = [parse_qs(urlsplit(asked.path).query) for asked in web.asked]
    assert [(one["hl"], one["gl"], one["ceid"]) for one in editions] == [
        (["fr"], ["FR"], ["FR:fr"]),
        (["en-US"], ["US"], ["US:en"]),
    ]
    assert [parse_qs(urlsplit(asked.path).query)["ceid"] for asked in english.asked] == [["GB:en"]]
    assert len(french.stories) == 1
    assert french.read == 1
    assert french.stories[0].asked_for == "MC.PA"


async def test_an_item_stands_with_its_real_publisher_and_not_with_the_search() -> None:
    gathering, _web = await search(HITS, LVMH)

    (story,) = gathering.stories
    assert (story.title, story.publisher, story.authority) == (
        "LVMH sales fall",
        "Reuters",
        Authority.NEWSWIRE,
    )
    assert (story.source, isinstance(story.only_for, Gap)) == ("news search", True)


async def test_no_hit_is_empty_and_a_consent_page_is_failed() -> None:
    empty, _ = await search('<rss version="2.0"><channel><title>t</title></channel></rss>', LVMH)
    consent, _ = await search("<html>Before you continue</html>", LVMH)

    assert empty.coverage[0][1].state is State.EMPTY
    assert consent.coverage[0][1].state is State.FAILED


async def test_a_search_that_refuses_everybody_is_down_as_a_whole() -> None:
    with pytest.raises(SourceFailed, match="it answered 429"):
        await search("slow down", LVMH, SHELL, status=429)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("LVMH Moët Hennessy - Louis Vuitton, Société Européenne", "LVMH"),
        ("Shell plc", "SHELL PLC"),
        ("Royal Bank of Canada", "RBC"),
        ("Siemens Aktiengesellschaft", "SIEMENS"),
    ],
)
def test_the_phrase_is_the_shortest_spelling_that_is_no_common_word(name: str, wanted: str) -> None:
    asked = phrase(subject("X.DE", name))

    assert asked is not None
    assert asked.upper() == wanted


@pytest.mark.parametrize(
    ("ticker", "name", "covered"),
    [
        ("MC.PA", "LVMH", True),
        ("7203.T", "Toyota Motor", True),
        ("AAPL", "Apple Inc.", False),
        ("BRK.B", "Berkshire Hathaway", False),
        ("MC.PA", NOT_GIVEN, False),
    ],
)
def test_names_abroad_with_a_known_name_are_covered(ticker: str, name: str | Gap, covered: bool) -> None:
    named = Subject(ticker=ticker, name=name, isin=NOT_GIVEN, country=NOT_GIVEN)

    assert Search(Fetcher(), Parser(), url="https://news.google.com").covers(named) is covered


def test_a_name_of_tokyo_is_asked_in_its_own_script_and_in_english_by_its_letters() -> None:
    nissan = Subject(ticker="7201.T", name="Nissan Motor Co., Ltd.", isin=NOT_GIVEN, country=NOT_GIVEN)

    assert (phrase(nissan, "ja"), phrase(nissan, "en-US")) == ("日産", "Nissan")
