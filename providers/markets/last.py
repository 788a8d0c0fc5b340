"""The last stored price where a market source has none, marked stale, up to five sessions old. A MarketSource
around another.

Decisions: only a name that FAILED is filled; EMPTY is the source's word that the name does not exist, and
a source that is down as a whole stays down, because a report on last week's prices alone would be hollow.
An older stored price is no price: it is kept as history, so that the weight of the hole can be estimated.
What is stored also guards what is new: another currency, or a move over two fifths that no history
explains, refuses the new price."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Protocol

from core.base.errors import NotFound
from core.base.gap import Gap
from core.market.plausible import currency_refusal, judged
from core.market.quote import LookUp, MarketRecord, PricePoint, Quote
from core.market.sessions import MAX_STALE_SESSIONS, age_in_words, lag
from core.ports import Ledger, MarketSource


class PriceStore(Protocol):
    """Prices that were used before: the latest per ticker, none where nothing is stored. Raises
    LedgerFailed."""

    def last_quotes(self, day: date) -> tuple[Quote, ...]: ...


class ReportPrices:
    """A PriceStore over the last report in the ledger: the prices of all that was held or judged in it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def last_quotes(self, day: date) -> tuple[Quote, ...]:
        """The prices of the last report, none newer than `day`, ordered by ticker."""
        try:
            snapshot = self._ledger.last_report().opening.snapshot
        except NotFound:
            return ()
        quotes = {dossier.ticker: dossier.quote for dossier in snapshot.dossiers}
        for position in snapshot.valuation.positions:
            if isinstance(position.quote, Quote):
                quotes[position.holding.ticker] = position.quote
        return tuple(quotes[ticker] for ticker in sorted(quotes) if quotes[ticker].day <= day)


class LastPrices:
    """A MarketSource that falls back on `store` for the names that `source` failed on."""

    def __init__(self, source: MarketSource, store: PriceStore) -> None:
        self._source = source
        self._store = store
        self.name = source.name

    async def look_up(self, tickers: tuple[str, ...], day: date) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order. Raises SourceFailed when the source is down as a
        whole."""
        records = await self._source.look_up(tickers, day)
        # Reading a whole report takes 30 ms: off the event loop.
        kept = await asyncio.to_thread(self._store.last_quotes, day)
        stored = {quote.ticker: quote for quote in kept}
        return tuple(
            _with_stored(record, stored[record.ticker], day) if record.ticker in stored else record
            for record in records
        )


def _with_stored(record: MarketRecord, stored: Quote, day: date) -> MarketRecord:
    if isinstance(record.quote, Quote):
        record = _guarded(record, record.quote, stored, day)
    if record.state is not LookUp.FAILED:
        return record
    age = lag(stored.day, day)
    if age > MAX_STALE_SESSIONS:
        if record.history:
            return record
        return replace(record, history=(_point(stored),), currency=stored.currency)
    late = f", {age_in_words(age)}" if age else ""
    reason = f"last stored price, of {stored.day}{late}: {record.reason}"
    return replace(
        record,
        state=LookUp.STALE,
        reason=reason,
        quote=replace(stored, stale_sessions=age),
        currency=stored.currency,
        stored=True,
    )


def _guarded(record: MarketRecord, quote: Quote, stored: Quote, day: date) -> MarketRecord:
    """`record`, or FAILED when the stored price contradicts its own."""
    refusal = currency_refusal(quote, stored.currency)
    if refusal is not None:
        gap = Gap(gap=refusal)
        return replace(record, state=LookUp.FAILED, reason=refusal, quote=gap, history=())
    if any(point.day < quote.day for point in record.history) or stored.day >= quote.day:
        return record
    return judged(replace(record, history=(_point(stored), *record.history)), day)


def _point(quote: Quote) -> PricePoint:
    return PricePoint(day=quote.day, close=quote.price)
