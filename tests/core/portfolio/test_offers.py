"""Listings of an instrument without a ticker: the file's exchange first, then its currency, then the home
exchange."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.engine.offering import offers_for, unknown
from core.engine.terms import Sources
from core.market.quote import LookUp, MarketRecord, Quote
from core.portfolio.holding import Holding, Unnamed
from core.portfolio.identities import Certainty, Listing
from core.portfolio.offers import MOST, ranked, unnamed_of

DAY = date(2026, 4, 24)


def listing(ticker: str, currency: str | Gap = "EUR", certainty: Certainty = Certainty.SURE) -> Listing:
    return Listing(
        ticker=ticker, exchange="", currency=currency, name="Air Liquide", source="test", certainty=certainty
    )


def what(
    *, identity: str = "FR0000120073", currency: str | Gap = NOT_GIVEN, exchange: str | Gap = NOT_GIVEN
) -> Unnamed:
    return Unnamed(
        identity=identity,
        name="Air Liquide",
        quantity=Decimal(4),
        kind=Kind.EQUITY,
        symbol=NOT_GIVEN,
        currency=currency,
        exchange=exchange,
        held=True,
    )


FOUND = (
    listing("AIL.DE"),
    listing("AI.PA"),
    listing("AIQUY", "USD"),
    listing("0NWF.L", "GBp"),
    listing("AI.PA"),
)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({}, "AI.PA"),
        ({"exchange": "XETR"}, "AIL.DE"),
        ({"exchange": "nowhere", "currency": "USD"}, "AIQUY"),
        ({"currency": "GBP"}, "0NWF.L"),
        ({"currency": "XXX1"}, "AI.PA"),
        ({"identity": "Air Liquide"}, "AIL.DE"),
    ],
)
def test_the_likeliest_listing_comes_first(told: dict[str, str], first: str) -> None:
    order = [each.ticker for each in ranked(what(**told), FOUND)]

    assert order[0] == first
    assert sorted(order) == ["0NWF.L", "AI.PA", "AIL.DE", "AIQUY"]


def test_what_one_sign_speaks_for_comes_last() -> None:
    found = (listing("AI.PA", certainty=Certainty.ONE), listing("AIL.DE"), listing("X.QQ", Gap(gap="?")))

    assert [each.ticker for each in ranked(what(), found)] == ["AIL.DE", "X.QQ", "AI.PA"]


def test_no_more_are_offered_than_can_be_chosen_from() -> None:
    assert len(ranked(what(), [listing(f"A{n}.PA") for n in range(20)])) == MOST


def test_holdings_under_their_isin_want_a_ticker() -> None:
    holdings = [
        Holding(ticker=ticker, name="Air Liquide", quantity=Decimal(4), kind=Kind.EQUITY, isin="FR0000120073")
        for ticker in ("FR0000120073", "AI.PA")
    ]

    assert [(each.identity, each.quantity, each.held) for each in unnamed_of(holdings)] == [
        ("FR0000120073", Decimal(4), True)
    ]


class Finder:
    """A ListingSource and a MarketSource of a test."""

    name = "finder"

    def __init__(
        self,
        found: tuple[Listing, ...] = (),
        error: SourceFailed | None = None,
        prices: dict[str, str] | None = None,
    ) -> None:
        self.found, self.error, self.prices = found, error, prices
        self.asked: list[str] = []

    async def find(self, what: Unnamed) -> tuple[Listing, ...]:
        self.asked.append(what.identity)
        if self.error:
            raise self.error
        return self.found

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        if self.prices is None:
            raise SourceFailed("No prices today.", source="prices")
        return tuple(
            MarketRecord(
                ticker=each,
                state=LookUp.OK if each in self.prices else LookUp.EMPTY,
                reason="" if each in self.prices else "not listed",
                name=NOT_GIVEN,
                kind=Kind.EQUITY,
                consensus=NOT_GIVEN,
                quote=Quote(
                    ticker=each, price=Decimal(self.prices[each]), currency="EUR", day=day, source="t"
                )
                if each in self.prices
                else Gap(gap="not listed"),
            )
            for each in tickers[:-1] or tickers
        )


NOBODY: Any = None
"""A source of the wrong type on purpose: whoever asks it fails."""


def sources(*finders: Finder, market: Finder | None = None) -> Sources:
    return Sources(
        holdings=NOBODY,
        market=market or Finder(prices={}),
        fx=NOBODY,
        facts=(),
        universe=NOBODY,
        listings=finders,
    )


async def test_offers_come_with_the_price_they_would_get_and_the_sure_source_is_the_last_asked() -> None:
    sure, unasked = Finder((listing("AI.PA"), listing("AIL.DE"), listing("AIQUY"))), Finder((listing("X"),))
    market = Finder(prices={"AI.PA": "170.2"})

    offered, failed = await offers_for([what()], sources(sure, unasked, market=market), DAY)

    ((_, offers),) = offered
    assert [(each.listing.ticker, each.price) for each in offers] == [
        ("AI.PA", Decimal("170.2")),
        ("AIL.DE", Gap(gap="not listed")),
        ("AIQUY", Gap(gap="no price was found")),
    ]
    assert (failed, unasked.asked) == ((), [])


async def test_a_source_that_could_not_be_asked_is_said_and_the_next_one_asked() -> None:
    broken = Finder(error=SourceFailed("The search is down.", source="search"))
    unsure = Finder((listing("AI.PA", certainty=Certainty.ONE),))

    offered, failed = await offers_for(
        [what(), what(identity="B")], sources(broken, unsure, market=Finder()), DAY
    )

    assert [[each.listing.ticker for each in offers] for _, offers in offered] == [["AI.PA"], ["AI.PA"]]
    assert failed == ("The search is down.", "No prices today.")


async def test_what_nobody_knows_is_offered_nothing_and_no_price_is_asked_for() -> None:
    offered, failed = await offers_for([what()], sources(Finder(), market=Finder()), DAY)

    assert (offered, failed) == (((what(), ()),), ())


@pytest.mark.parametrize(
    ("market", "answer"),
    [
        (Finder(prices={"AI.PA": "1"}), Gap(gap="")),
        (Finder(prices={}), "not listed"),
        (Finder(), Gap(gap="No prices today.")),
    ],
)
async def test_a_new_ticker_is_known_unknown_or_could_not_be_asked_about(
    market: Finder, answer: str | Gap
) -> None:
    assert await unknown("AI.PA", sources(market=market), DAY) == answer


@pytest.mark.parametrize(
    ("state", "reason", "answer"), [(LookUp.EMPTY, "", "not known"), (LookUp.FAILED, "down", Gap(gap="down"))]
)
async def test_a_failed_look_up_is_no_unknown_ticker(state: LookUp, reason: str, answer: str | Gap) -> None:
    class Market(Finder):
        async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
            record = (await Finder(prices={}).look_up(tickers, day))[0]
            return (replace(record, state=state, reason=reason),)

    assert await unknown("X", sources(market=Market()), DAY) == answer
