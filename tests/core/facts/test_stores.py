"""Which country a name is of, and where a person can look when no source is built in for it."""

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Subject
from core.facts.stores import STORES, listed_in, stated_country, stores_of, where_to_look


def subject(ticker: str, isin: str | Gap = NOT_GIVEN, country: str | Gap = NOT_GIVEN) -> Subject:
    return Subject(ticker=ticker, name="X", isin=isin, country=country)


def test_every_store_has_a_link_and_no_two_share_a_code_a_name_or_a_suffix() -> None:
    assert all(store.link.startswith("http") and store.title for store in STORES)
    assert len({store.code for store in STORES}) == len({store.name for store in STORES}) == len(STORES)
    suffixes = [suffix for store in STORES for suffix in store.suffixes]
    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize(
    ("ticker", "code"),
    [
        ("SAP.DE", "DE"),
        ("7203.T", "JP"),
        ("AAPL", "US"),
        ("BRK.B", "US"),
        ("VOD.L", "GB"),
        ("X.QQ", ""),
        ("^GSPC", ""),
    ],
)
def test_a_suffix_names_the_country_of_the_exchange(ticker: str, code: str) -> None:
    found = listed_in(ticker)

    assert (found.code if found else "") == code


def test_the_isin_comes_before_what_is_stated_and_the_exchange_comes_last() -> None:
    ferrari = subject("RACE.MI", "NL0011585146", "Italy")

    assert [store.code for store in stores_of(ferrari)] == ["NL", "IT"]
    assert [store.code for store in stores_of(subject("SHOP.TO", "XX0000000000", "us"))] == ["US", "CA"]


def test_the_exchange_alone_says_nothing_of_the_home_country() -> None:
    assert stated_country(subject("SAP.DE")) == Gap(gap="nothing says its country")
    assert stated_country(subject("SAP.DE", country="Atlantis")) == "DE"
    assert stated_country(subject("RACE.MI", "NL0011585146")) == "NL"
    assert stated_country(subject("^X", country="Atlantis")) == Gap(gap="nothing says its country")


def test_where_to_look_names_the_country_and_its_store() -> None:
    assert where_to_look(subject("BMW.DE")) == (
        "no official source for Germany in this program; look at Unternehmensregister, "
        "https://www.unternehmensregister.de"
    )
    assert where_to_look(subject("ENEL.MI"), frozenset({"IT"})) == (
        "no official source of this program for Italy knows it; look at 1INFO, https://www.1info.it"
    )
    assert where_to_look(subject("X.QQ")) == "no official source for its country in this program"
