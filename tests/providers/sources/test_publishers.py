"""Authority comes from the publisher's domain and from nothing else."""

import pytest

from core.facts.fact import Authority
from providers.sources.stories.publishers import PUBLISHERS, host_of, publisher_at


@pytest.mark.parametrize(
    ("address", "name", "authority"),
    [
        ("https://www.reuters.com/markets/x", "Reuters", Authority.NEWSWIRE),
        ("http://feeds.reuters.com/reuters/businessNews", "Reuters", Authority.NEWSWIRE),
        ("https://www.sec.gov/news/x", "SEC", Authority.OFFICIAL),
        ("https://finance.yahoo.com/news/x", "Yahoo Finance", Authority.OTHER),
        ("https://www.fool.com/investing/x", "Motley Fool", Authority.OTHER),
        ("https://simplywall.st/x", "Simply Wall St.", Authority.OTHER),
        ("https://www.PRNewswire.com./news-releases/x", "PR Newswire", Authority.NEWSWIRE),
    ],
)
def test_a_known_domain_and_what_is_below_it_has_its_row(
    address: str, name: str, authority: Authority
) -> None:
    row = publisher_at(address)

    assert row is not None
    assert (row.name, row.authority) == (name, authority)


@pytest.mark.parametrize(
    "address",
    [
        "https://reuters.com.example.org/x",
        "https://notreuters.com/x",
        "https://example.org/reuters.com",
        "https://user@example.org/?https://reuters.com",
        "javascript:reuters.com",
        "reuters.com",
        "http://[",
        "",
    ],
)
def test_a_domain_that_only_resembles_one_has_no_row(address: str) -> None:
    assert publisher_at(address) is None


def test_every_row_is_there_once_and_says_why() -> None:
    domains = [row.domain for row in PUBLISHERS]

    assert len(domains) == len(set(domains))
    assert all(
        row.reason and row.name and row.domain == host_of(f"https://{row.domain}") for row in PUBLISHERS
    )
