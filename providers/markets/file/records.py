"""From one entry of a market file to one `MarketRecord` as of a day. What a wrong field spoils stays as small as it can.

A wrong ticker, currency, price or day spoils the record (FAILED, with the reason); a wrong target spoils the consensus, a
wrong measure only itself. Nothing dated after the asked day is used: later prices, targets and statements do not exist yet.
"""

from dataclasses import replace
from datetime import date

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.plausible import judged
from core.market.quote import LookUp, MarketRecord, PricePoint, Quote
from core.market.sessions import lag
from providers.markets.file.entries import (
    Entry,
    read_consensus,
    read_currency,
    read_history,
    read_kind,
    read_measures,
    read_price,
    read_splits,
    read_texts,
)
from providers.markets.file.fields import WrongField, read_day, read_text


def failed(ticker: str, reason: str) -> MarketRecord:
    """We could not look: nothing is known of the name this time."""
    return _bare(ticker, LookUp.FAILED, reason)


def empty(ticker: str, reason: str) -> MarketRecord:
    """We looked: the source does not know the name."""
    return _bare(ticker, LookUp.EMPTY, reason)


def _bare(ticker: str, state: LookUp, reason: str) -> MarketRecord:
    gap = Gap(gap=reason)
    return MarketRecord(
        ticker=ticker, state=state, reason=reason, name=gap, kind=Kind.EQUITY, quote=gap, consensus=gap
    )


def read_record(ticker: str, entry: Entry, day: date, *, source: str) -> MarketRecord:
    """The record of `ticker` as of `day`. Never raises for what the entry holds."""
    try:
        currency, parts = read_currency(entry.get("currency"))
        history = read_history(entry.get("history"), parts)
        record = replace(
            failed(ticker, "no price is given"),
            name=read_text(entry.get("name"), "name"),
            kind=read_kind(entry.get("kind")),
            sector=read_text(entry.get("sector"), "sector"),
            country=read_text(entry.get("country"), "country"),
            isin=read_text(entry.get("isin"), "isin"),
            aliases=read_texts(entry.get("aliases"), "aliases"),
            history=tuple(point for point in history if point.day <= day),
            currency=currency,
            splits=tuple(split for split in read_splits(entry.get("splits")) if split.day <= day),
        )
    except WrongField as error:
        return failed(ticker, str(error))
    try:
        price = read_price(entry, parts, history)
        statements = read_day(entry.get("statements"), "statements")
        next_results = read_day(entry.get("next_results"), "next_results")
        measures = read_measures(entry.get("measures"), currency)
    except WrongField as error:
        return replace(record, reason=str(error), quote=Gap(gap=str(error)))
    points = record.history
    if price is not None and price.day <= day:
        others = (point for point in points if point.day != price.day)
        points = tuple(sorted((*others, price), key=lambda point: point.day))
    if not points:
        return replace(record, reason=_nothing_yet(price, history, day))
    dated_later = isinstance(statements, date) and statements > day
    record = replace(
        record,
        state=LookUp.OK,
        reason="",
        quote=_quote(ticker, points[-1], currency, day, source),
        consensus=read_consensus(entry.get("targets"), currency, parts, day),
        measures=() if dated_later else measures,
        history=points,
        statements=NOT_GIVEN if dated_later else statements,
        next_results=next_results,
    )
    return judged(record, day)


def _nothing_yet(price: PricePoint | None, history: tuple[PricePoint, ...], day: date) -> str:
    later = [point.day for point in (*history, price) if point is not None]
    return f"its first price is of {min(later)}, after {day}" if later else "no price is given"


def _quote(ticker: str, point: PricePoint, currency: str, day: date, source: str) -> Quote:
    return Quote(
        ticker=ticker,
        price=point.close,
        currency=currency,
        day=point.day,
        source=source,
        stale_sessions=lag(point.day, day),
    )
