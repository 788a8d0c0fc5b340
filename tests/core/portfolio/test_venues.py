"""Exchanges by the names that files and services give them, and the ticker that a listing there has."""

import pytest

from core.base.gap import Gap
from core.portfolio.venues import VENUES, Venue, ticker_at, venue_named, venue_of_ticker


@pytest.mark.parametrize(
    ("written", "suffix"),
    [
        ("SBF", ".PA"),
        ("xpar", ".PA"),
        ("Euronext  Paris", ".PA"),
        ("London Stock Exchange", ".L"),
        ("ibis2", ".DE"),
        ("NASDAQ", ""),
        ("LN", ".L"),
    ],
)
def test_an_exchange_is_known_by_every_name_of_its_row(written: str, suffix: str) -> None:
    venue = venue_named(written)

    assert isinstance(venue, Venue)
    assert venue.suffix == suffix


def test_a_name_that_is_not_in_the_table_is_not_guessed() -> None:
    assert venue_named("IBUSCFDMS") == Gap(gap="no exchange 'IBUSCFDMS' is known")


@pytest.mark.parametrize(
    ("ticker", "name"),
    [
        ("AI.PA", "Euronext Paris"),
        ("AAPL", "United States"),
        ("7203.T", "Tokyo"),
        ("VOD.L", "London Stock Exchange"),
    ],
)
def test_a_ticker_names_its_exchange_by_its_suffix(ticker: str, name: str) -> None:
    venue = venue_of_ticker(ticker)

    assert isinstance(venue, Venue)
    assert venue.name == name


def test_an_unknown_suffix_is_a_gap() -> None:
    assert venue_of_ticker("X.QQ") == Gap(gap="no exchange has the suffix .QQ")


@pytest.mark.parametrize(
    ("symbol", "exchange", "ticker"),
    [
        ("bmw", "IBIS", "BMW.DE"),
        ("EQQQ.L", "LSEETF", "EQQQ.L"),
        ("700", "SEHK", "0700.HK"),
        ("BRK B", "NYSE", "BRK B"),
        ("VOLV B", "SFB", "VOLV-B.ST"),
    ],
)
def test_a_symbol_gets_its_exchange_behind_it_once(symbol: str, exchange: str, ticker: str) -> None:
    venue = venue_named(exchange)

    assert isinstance(venue, Venue)
    assert ticker_at(symbol, venue) == ticker


def test_every_suffix_stands_once() -> None:
    assert len({venue.suffix for venue in VENUES}) == len(VENUES)
