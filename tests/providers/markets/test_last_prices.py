"""The last stored price, and what it guards against."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from core.base.errors import NotFound, SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.quote import LookUp, MarketRecord, PricePoint, Quote
from core.ports import Ledger
from providers.markets.file.entries import empty, failed
from providers.markets.last import LastPrices, ReportPrices

DAY = date(2026, 4, 24)


def quote(price: str, day: date, currency: str = "USD") -> Quote:
    return Quote(ticker="A", price=Decimal(price), currency=currency, day=day, source="before")


def record(price: str, *history: PricePoint) -> MarketRecord:
    return replace(
        failed("A", ""),
        state=LookUp.OK,
        kind=Kind.EQUITY,
        quote=quote(price, DAY),
        consensus=NOT_GIVEN,
        history=history,
    )


@dataclass
class Source:
    """A market source that gives what it was told."""

    record: MarketRecord | None
    name: str = "told"

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        if self.record is None:
            raise SourceFailed("down", source=self.name)
        return tuple(replace(self.record, ticker=ticker) for ticker in tickers)


@dataclass
class Store:
    quotes: tuple[Quote, ...]

    def last_quotes(self, day: date) -> tuple[Quote, ...]:
        return self.quotes


async def looked_up(found: MarketRecord | None, *stored: Quote) -> MarketRecord:
    (answer,) = await LastPrices(Source(found), Store(stored)).look_up(("A",), DAY)
    return answer


async def test_a_failed_name_takes_its_stored_price_marked_stale() -> None:
    found = await looked_up(failed("A", "timed out"), quote("10", date(2026, 4, 17)))

    assert found.state is LookUp.STALE
    assert found.reason == "last stored price, of 2026-04-17, 5 sessions old: timed out"
    assert found.quote == replace(quote("10", date(2026, 4, 17)), stale_sessions=5)
    assert found.stored


async def test_a_stored_price_of_the_same_session_has_no_age() -> None:
    found = await looked_up(failed("A", "timed out"), quote("10", DAY))

    assert (found.state, found.reason) == (LookUp.STALE, "last stored price, of 2026-04-24: timed out")


async def test_an_older_stored_price_is_history_and_no_price() -> None:
    found = await looked_up(failed("A", "timed out"), quote("10", date(2026, 4, 16)))

    assert (found.state, found.reason, found.currency) == (LookUp.FAILED, "timed out", "USD")
    assert isinstance(found.quote, Gap)
    assert [point.close for point in found.history] == [Decimal(10)]


async def test_a_history_of_the_source_is_kept_before_a_stored_price() -> None:
    known = replace(failed("A", "NaN"), history=(PricePoint(day=date(2026, 4, 22), close=Decimal(11)),))

    assert await looked_up(known, quote("10", date(2026, 4, 1))) == known


async def test_a_name_that_does_not_exist_stays_empty() -> None:
    found = await looked_up(empty("A", "not listed"), quote("10", date(2026, 4, 23)))

    assert found.state is LookUp.EMPTY


async def test_a_good_price_stays_as_it_is() -> None:
    good = record("10.5")
    before = PricePoint(day=date(2026, 4, 23), close=Decimal(10))
    assert isinstance(good.quote, Quote)

    found = await looked_up(good, quote("10", before.day))

    assert found == replace(good, history=(before,), quote=replace(good.quote, previous=Decimal(10)))
    assert await looked_up(record("10.5")) == record("10.5")


async def test_a_stored_price_of_the_same_day_judges_nothing() -> None:
    assert await looked_up(record("99"), quote("10", DAY)) == record("99")


async def test_a_history_of_its_own_judges_the_move() -> None:
    own = record("99", PricePoint(day=date(2026, 4, 23), close=Decimal(98)))

    assert await looked_up(own, quote("10", date(2026, 4, 20))) == own


async def test_a_move_beyond_the_stored_price_is_refused_and_the_stored_price_used() -> None:
    found = await looked_up(record("1000"), quote("10", date(2026, 4, 23)))

    assert found.state is LookUp.STALE
    assert "moved +9900 % since 2026-04-23 without a split" in found.reason
    assert isinstance(found.quote, Quote)
    assert found.quote.price == 10


async def test_another_currency_than_the_stored_one_is_refused() -> None:
    found = await looked_up(record("10"), quote("10", date(2026, 4, 1), currency="GBP"))

    assert found.state is LookUp.FAILED
    assert found.reason == "quoted in USD, but known in GBP: this may be another listing"


async def test_a_source_that_is_down_stays_down() -> None:
    with pytest.raises(SourceFailed, match="down"):
        await looked_up(None, quote("10", date(2026, 4, 23)))


class Silent:
    """A ledger without a report."""

    def last_report(self, *, before: str | None = None) -> object:
        raise NotFound("no report yet")


def test_without_a_report_no_price_is_stored() -> None:
    assert ReportPrices(cast(Ledger, Silent())).last_quotes(DAY) == ()


class Reported:
    """A ledger whose last report froze one judged and two held names."""

    def last_report(self, *, before: str | None = None) -> object:
        def held(ticker: str, price: Quote | Gap) -> SimpleNamespace:
            return SimpleNamespace(holding=SimpleNamespace(ticker=ticker), quote=price)

        positions = (held("FUND", replace(quote("5", DAY), ticker="FUND")), held("LOST", Gap(gap="none")))
        dossiers = (
            SimpleNamespace(ticker="A", quote=quote("10", date(2026, 4, 23))),
            SimpleNamespace(ticker="LATER", quote=quote("10", date(2026, 4, 27))),
        )
        snapshot = SimpleNamespace(dossiers=dossiers, valuation=SimpleNamespace(positions=positions))
        return SimpleNamespace(opening=SimpleNamespace(snapshot=snapshot))


def test_the_last_report_holds_the_prices_of_held_and_judged_names() -> None:
    quotes = ReportPrices(cast(Ledger, Reported())).last_quotes(DAY)

    assert [found.price for found in quotes] == [Decimal(10), Decimal(5)]
