"""The publisher of an item is who wrote it: from the story itself, never from an aggregator's host."""

import pytest

from core.base.gap import Gap
from core.facts.fact import Authority, Story
from providers.sources.stories.parser import Entry, Parsed
from providers.sources.stories.reading import Origin, stories

YAHOO = "https://finance.yahoo.com/news/x.html"
WIRE = "https://www.reuters.com/markets/x"
BLOG = "https://blog.example/x"


def read(
    title: str = "Maker cuts outlook",
    *,
    link: str = YAHOO,
    author: str = "",
    source: str = "",
    source_url: str = "",
    authority: Authority = Authority.OTHER,
) -> Story:
    entry = Entry(
        title=title,
        summary="",
        link=link,
        id="1",
        published="",
        author=author,
        source_url=source_url,
        source_title=source,
    )
    origin = Origin(source="feed", publisher="Row", authority=authority, only_for=Gap(gap="a general feed"))
    return stories(Parsed(version="rss20", count=1, broken="", entries=(entry,)), origin)[0]


@pytest.mark.parametrize(
    ("story", "publisher", "authority"),
    [
        (read(), "Yahoo Finance", Authority.OTHER),
        (read(source="Zacks"), "Zacks", Authority.OTHER),
        (read(source="Reuters"), "Reuters", Authority.NEWSWIRE),
        (read(source="Somebody", source_url="https://blog.example"), "Somebody", Authority.OTHER),
        (read(source="Reuters", source_url="https://www.zacks.com"), "Zacks", Authority.OTHER),
        (read(source="Yahoo Finance"), "Yahoo Finance", Authority.OTHER),
        (read(author="Simply Wall St."), "Simply Wall St.", Authority.OTHER),
        (read(author="Barrons.com"), "Barron's", Authority.OTHER),
        (read(author="Jane Roe"), "Yahoo Finance", Authority.OTHER),
        (read("Maker cuts outlook - Reuters"), "Reuters", Authority.NEWSWIRE),
        (read("Maker cuts outlook | Motley Fool"), "Motley Fool", Authority.OTHER),
        (read(link=WIRE), "Reuters", Authority.NEWSWIRE),
        (read(link=WIRE, author="Zacks"), "Zacks", Authority.OTHER),
        (read(link=BLOG), "Row", Authority.OTHER),
        (read(link=BLOG, authority=Authority.NEWSWIRE), "Row", Authority.NEWSWIRE),
        (read(link=BLOG, author="Zacks", authority=Authority.NEWSWIRE), "Zacks", Authority.OTHER),
    ],
)
def test_the_publisher_is_who_wrote_it(story: Story, publisher: str, authority: Authority) -> None:
    assert (story.publisher, story.authority) == (publisher, authority)


def test_a_name_outside_an_aggregator_gives_no_authority() -> None:
    assert read(link=BLOG, author="Reuters").authority is Authority.OTHER
    assert read(source="SEC").authority is Authority.OTHER
    assert read("Maker cuts outlook - SEC", link=BLOG).authority is Authority.OTHER


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Maker cuts outlook - Reuters", "Maker cuts outlook"),
        ("Maker cuts outlook | Zacks", "Maker cuts outlook"),
        ("Maker cuts outlook - for now", "Maker cuts outlook - for now"),
        ("Reuters", "Reuters"),
        (" - Reuters", "- Reuters"),
    ],
)
def test_a_publisher_at_the_end_of_a_title_is_cut_off(title: str, left: str) -> None:
    assert read(title).title == left
