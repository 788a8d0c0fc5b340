"""From one entry of a market file to one `MarketRecord` as of a day. What a wrong field spoils stays as small
as it can.

A wrong ticker, currency, price or day spoils the record (FAILED, with the reason); a wrong target spoils the
consensus, a wrong measure only itself. Nothing dated after the asked day is used: later prices, targets and
statements do not exist yet.

Decision: a close that is null or NaN means that the session has none, as vendors write holidays; a close
that is zero, negative or no number is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.base.kind import Kind
from core.market.measures import MEASURES
from core.market.plausible import judged, price_refusal
from core.market.quote import Consensus, FirmTarget, LookUp, MarketRecord, Measure, PricePoint, Quote, Split
from core.market.sessions import lag
from core.market.units import whole_amount, whole_currency
from providers.markets.file.fields import (
    WrongField,
    absent,
    read_count,
    read_day,
    read_number,
    read_text,
    shown,
)

Entry = Mapping[str, object]

# How files write what an instrument is; the words of core.base.kind are always accepted.
KINDS = {
    "": Kind.EQUITY,
    "stock": Kind.EQUITY,
    "share": Kind.EQUITY,
    "common stock": Kind.EQUITY,
    "preferred stock": Kind.EQUITY,
    "etf": Kind.FUND,
    "etn": Kind.FUND,
    "etc": Kind.FUND,
    "mutualfund": Kind.FUND,
    "mutual fund": Kind.FUND,
    "cryptocurrency": Kind.CRYPTO,
    "capital notes": Kind.BOND,
    "index": Kind.OTHER,
    **{kind.value: kind for kind in Kind},
}


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


def read_currency(value: object) -> tuple[str, int]:
    text = read_text(value, "currency")
    if isinstance(text, Gap):
        raise WrongField("no currency is given")
    unit = whole_currency(text)
    if isinstance(unit, Gap):
        raise WrongField(unit.gap)
    return unit


def read_kind(value: object) -> Kind:
    text = read_text(value, "kind")
    word = "" if isinstance(text, Gap) else text.casefold()
    if word not in KINDS:
        raise WrongField(f"kind is none of {', '.join(Kind)}: {shown(word)}")
    return KINDS[word]


def read_history(value: object, parts: int) -> tuple[PricePoint, ...]:
    """The closes, oldest first, each day once."""
    by_day: dict[date, PricePoint] = {}
    for item in _items(value, "history"):
        point = _point(item, parts)
        if point is None:
            continue
        if point.day in by_day:
            raise WrongField(f"history gives two prices for {point.day}")
        by_day[point.day] = point
    return tuple(by_day[each] for each in sorted(by_day))


def read_price(entry: Entry, parts: int, history: Sequence[PricePoint]) -> PricePoint | None:
    """The price of the entry as a close of its day, with the volume that its history may give; None when
    it has none."""
    price = read_number(entry.get("price"), "price")
    day = read_day(entry.get("day"), "day")
    if isinstance(price, Gap):
        return None
    if isinstance(day, Gap):
        raise WrongField("the price has no day")
    refusal = price_refusal(price)
    if refusal is not None:
        raise WrongField(refusal)
    known = {point.day: point.volume for point in history}
    volume = known[day] if day in known else read_number(entry.get("volume"), "volume")
    return PricePoint(day=day, close=whole_amount(price, parts), volume=volume)


def _point(item: object, parts: int) -> PricePoint | None:
    """One close: a list [day, close, volume] or an object. None where the session has no close."""
    if isinstance(item, Mapping):
        day, close, volume = item.get("day"), item.get("close"), item.get("volume")
    elif isinstance(item, list) and 2 <= len(item) <= 3:
        day, close, volume = [*item, None][:3]
    else:
        raise WrongField(f"history holds something that is no close: {shown(item)}")
    on = read_day(day, "history")
    if isinstance(on, Gap):
        raise WrongField("history holds a close without a day")
    if absent(close) or (isinstance(close, Decimal) and close.is_nan()):
        return None
    price = read_number(close, f"the close of {on}")
    if isinstance(price, Gap) or price <= 0:
        raise WrongField(f"the close of {on} is {shown(close)}, and a price is positive")
    return PricePoint(
        day=on, close=whole_amount(price, parts), volume=read_number(volume, f"the volume of {on}")
    )


def read_splits(value: object) -> tuple[Split, ...]:
    splits = []
    for item in _items(value, "splits"):
        if not isinstance(item, Mapping):
            raise WrongField(f"splits hold something that is no split: {shown(item)}")
        day = read_day(item.get("day"), "the day of a split")
        ratio = read_number(item.get("ratio"), "the ratio of a split")
        if isinstance(day, Gap) or isinstance(ratio, Gap) or ratio <= 0:
            raise WrongField("a split needs a day and a positive ratio")
        splits.append(Split(day=day, ratio=ratio))
    return tuple(sorted(splits, key=lambda split: split.day))


def read_consensus(value: object, currency: str, parts: int, day: date) -> Consensus | Gap:
    if absent(value):
        return NOT_GIVEN
    if not isinstance(value, Mapping):
        return Gap(gap="the targets are no object")
    try:
        if not absent(value.get("currency")):
            currency, parts = read_currency(value.get("currency"))
        given = read_day(value.get("day"), "the day of the targets")
        if isinstance(given, date) and given > day:
            return Gap(gap=f"the targets are dated {given}, after {day}")
        amounts = {
            field: _amount(value.get(field), f"the {field} target", parts)
            for field in ("mean", "median", "high", "low")
        }
        if all(isinstance(amount, Gap) for amount in amounts.values()):
            return Gap(gap="no target is given")
        return Consensus(
            mean=amounts["mean"],
            median=amounts["median"],
            high=amounts["high"],
            low=amounts["low"],
            analysts=read_count(value.get("analysts"), "the number of analysts"),
            currency=currency,
            day=given,
            firms=tuple(_firms(value.get("firms"), parts, day)),
        )
    except WrongField as error:
        return Gap(gap=str(error))


def _amount(value: object, field: str, parts: int) -> Decimal | Gap:
    amount = read_number(value, field)
    return amount if isinstance(amount, Gap) else whole_amount(amount, parts)


def _firms(value: object, parts: int, day: date) -> Iterable[FirmTarget]:
    for item in _items(value, "firms"):
        if not isinstance(item, Mapping):
            raise WrongField(f"firms hold something that is no target: {shown(item)}")
        firm = read_text(item.get("firm"), "a firm's name")
        target = _amount(item.get("target"), "a firm's target", parts)
        on = read_day(item.get("day"), "the day of a firm's target")
        if isinstance(firm, Gap) or isinstance(target, Gap) or isinstance(on, Gap):
            raise WrongField("a firm's target needs firm, target and day")
        if on <= day:
            yield FirmTarget(firm=firm, target=target, day=on)


def read_measures(value: object, currency: str) -> tuple[Measure, ...]:
    """The known measures that the entry gives, in the order of their table. Money counts in whole units of
    `currency`."""
    if absent(value):
        return ()
    if not isinstance(value, Mapping):
        raise WrongField("the measures are no object")
    found = []
    for kind in MEASURES:
        if kind.name not in value:
            continue
        amount: Decimal | Gap
        try:
            amount = read_number(value[kind.name], kind.name)
        except WrongField as error:
            amount = Gap(gap=str(error))
        unit = currency if kind.unit == "money" else kind.unit
        found.append(Measure(name=kind.name, value=amount, unit=unit))
    return tuple(found)


def read_texts(value: object, field: str) -> tuple[str, ...]:
    texts = [read_text(item, field) for item in _items(value, field)]
    return tuple(text for text in texts if isinstance(text, str))


def _items(value: object, field: str) -> Sequence[object]:
    if absent(value):
        return ()
    if not isinstance(value, list):
        raise WrongField(f"{field} is no list: {shown(value)}")
    return value
