"""One event, one fact: copies are merged within a name, and the highest authority stands for them."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from core.facts.dedupe import canonical, numbers_agree, numbers_of
from core.facts.fact import Authority, Filing, Severity, Story
from tests.core.facts.made import facts_of, filing, story

DAY = datetime(2026, 4, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.wsj.example/a/b/?siteid=yhoof2&yptr=yahoo#top", "wsj.example/a/b"),
        ("http://m.site.example/x?id=7&utm_source=rss", "site.example/x?id=7"),
        ("https://site.example/x?b=2&a=1", "site.example/x?a=1&b=2"),
        ("not an address", ""),
        ("https://[broken", ""),
    ],
)
def test_an_address_loses_what_says_who_clicked(url: str, short: str) -> None:
    assert canonical(url) == short


def test_numbers_agree_when_one_set_holds_the_other() -> None:
    assert numbers_agree(numbers_of("up 5% to 1,200"), numbers_of("up 5%"))
    assert numbers_of("1,200") == frozenset({"1200"})
    assert not numbers_agree(numbers_of("Q1 up 5%"), numbers_of("Q2 up 5%"))


def test_the_same_address_is_one_fact_that_lists_the_others() -> None:
    one = story("Nvidia opens a lab", publisher="Reuters", url="https://a.example/1?utm_source=x")
    two = story("Nvidia has a new laboratory", publisher="AFP", url="https://a.example/1")

    (fact,) = facts_of(one, two)

    assert len(fact.also_reported_by) == 1
    assert {fact.source, *fact.also_reported_by} == {"Reuters", "AFP"}


def test_a_page_that_every_item_links_to_makes_no_two_events_one() -> None:
    page = "https://wire.example/press-releases"
    bought = story("Nvidia agrees to acquire a supplier", published=DAY, url=page)
    named = story("Nvidia names a new chief financial officer", published=DAY, url=page)
    retitled = story("Nvidia agrees to acquire a big supplier, shares rise", published=DAY, url=page)

    assert len(facts_of(bought, named)) == 2
    assert len(facts_of(bought, retitled)) == 1


def test_nearly_equal_titles_within_three_days_are_one_fact() -> None:
    one = story("Nvidia to invest $1.5 billion in SB Energy", published=DAY)
    near = story(
        "Nvidia to invest $1.5 billion in SB Energy: report of deal",
        publisher="AFP",
        published=DAY + timedelta(hours=70),
    )
    far = story(
        "Nvidia to invest $1.5 billion in SB Energy", publisher="dpa", published=DAY - timedelta(hours=80)
    )

    assert len(facts_of(one, near)) == 1
    assert len(facts_of(far, near)) == 2


def test_titles_with_contradicting_numbers_stay_apart() -> None:
    one = story("Nvidia to open plant number 7 in Ohio", published=DAY)
    two = story("Nvidia to open plant number 8 in Ohio", publisher="AFP", published=DAY)

    assert len(facts_of(one, two)) == 2


def test_one_kind_of_event_on_one_day_is_one_fact() -> None:
    one = story("Nvidia quarterly profit jumps on chip demand", published=DAY)
    two = story(
        "Earnings beat: Nvidia tops expectations", publisher="AFP", published=DAY + timedelta(hours=3)
    )
    later = story("Nvidia profit rises", publisher="dpa", published=DAY + timedelta(days=2))

    assert len(facts_of(one, two)) == 1
    assert len(facts_of(one, later)) == 2


def test_the_filing_stands_for_the_news_of_it_and_keeps_the_heavier_grade() -> None:
    official = filing("8-K", "5.02", filed=DAY.date())
    told = story("Nvidia chief executive steps down", published=DAY)

    (fact,) = facts_of(official, told)

    assert fact.authority is Authority.OFFICIAL
    assert fact.severity is Severity.G3
    assert fact.also_reported_by == ("Reuters",)


def test_two_filings_are_two_facts_even_of_one_kind_and_day() -> None:
    facts = facts_of(filing("8-K", "4.02", key="1"), filing("8-K", "4.02", key="2"))

    assert sorted(fact.key for fact in facts) == ["1", "2"]


def test_an_amendment_is_not_merged_with_the_news() -> None:
    facts = facts_of(
        filing("8-K/A", "5.02", filed=DAY.date()), story("Nvidia chief executive steps down", published=DAY)
    )

    assert len(facts) == 2


def test_the_order_of_arrival_never_matters() -> None:
    items: tuple[Filing | Story, ...] = (
        filing("8-K", "2.02", filed=DAY.date()),
        story("Nvidia quarterly profit jumps", published=DAY),
        story("Nvidia quarterly profit jumps 5%", publisher="AFP", published=DAY + timedelta(hours=1)),
        story("Nvidia opens a lab", publisher="dpa", published=DAY),
    )

    results = {facts_of(*order) for order in permutations(items)}

    assert len(results) == 1


def test_items_without_an_address_are_not_copies_of_each_other() -> None:
    one = story("Nvidia opens a lab", url="no address")
    two = story("Nvidia wins an award", url="no address", publisher="AFP")

    assert len(facts_of(one, two)) == 2


def test_two_deals_of_one_day_stay_two_and_one_deal_with_a_rounded_price_is_one() -> None:
    foo = story("Nvidia to acquire Foo for $2 billion", published=DAY)
    bar = story("Nvidia to acquire Bar for $9 billion", publisher="AFP", published=DAY)
    unpriced = story("Nvidia agrees to buy Foo", publisher="KNA", published=DAY)
    rounded = story(
        "Chip maker Nvidia agrees to buy Foo in $2.05 billion cash deal", publisher="dpa", published=DAY
    )

    assert len(facts_of(foo, bar)) == 2
    assert len(facts_of(foo, rounded)) == 1
    assert len(facts_of(foo, unpriced)) == 1


def test_one_lawsuit_told_twice_a_day_is_one_fact_and_another_lawsuit_of_that_day_is_its_own() -> None:
    one = story("Dutch regulator fines Nvidia $966m for automating driver suspensions", published=DAY)
    again = story(
        "Nvidia fined $966 million over automated suspensions of drivers, Dutch watchdog says",
        publisher="AFP",
        published=DAY + timedelta(hours=3),
    )
    other = story("Texas sues Nvidia over children's mental health", publisher="dpa", published=DAY)
    dearer = story("Dutch regulator fines Nvidia $12m for driver contracts", publisher="KNA", published=DAY)
    next_day = story(
        "Nvidia appeals Dutch fine over driver suspensions",
        publisher="ANP",
        published=DAY + timedelta(days=1),
    )

    assert [fact.also_reported_by for fact in facts_of(one, again)] == [("AFP",)]
    assert len(facts_of(one, other)) == 2
    assert len(facts_of(one, dearer)) == 2
    assert len(facts_of(one, next_day)) == 2


def test_a_filing_and_the_news_of_it_some_days_apart_are_one_fact_of_the_regulator() -> None:
    text = "Item 5.02. The Chief Executive Officer of the Company resigned."
    filed = filing("8-K", "5.02", text=text, filed=(DAY + timedelta(days=2)).date())
    news = story("Nvidia chief executive steps down", published=DAY)
    old = story("Nvidia CEO resigns", publisher="AFP", published=DAY - timedelta(days=9))

    facts = facts_of(filed, news, old)

    assert [(fact.authority, fact.also_reported_by) for fact in facts] == [
        (Authority.OFFICIAL, ("Reuters",)),
        (Authority.NEWSWIRE, ()),
    ]


def test_a_directors_farewell_does_not_take_in_the_news_of_the_chief() -> None:
    filed = filing(
        "8-K",
        "5.02",
        text="Item 5.02. Ann Poe was elected a director.",
        filed=(DAY + timedelta(days=1)).date(),
    )
    news = story("Nvidia chief executive steps down", published=DAY)

    assert [fact.authority for fact in facts_of(filed, news)] == [Authority.NEWSWIRE, Authority.OFFICIAL]


def test_odd_numbers_are_compared_and_never_an_error() -> None:
    titles = ("1.234.567 euros", "1,2.3,4 dollars", "12.5.2026", "9" * 280, "٣ dollars")
    stories = [story(f"Nvidia to buy Foo for {title}", publisher=title[:3]) for title in titles]

    assert len(facts_of(*stories)) >= 2
    assert numbers_of("1.234.567 and 1,234.5") == frozenset({"1234567", "1234.5"})
