"""What the portfolio is worth on one day, and how heavy each name weighs. Pure, Decimal throughout.

Refuses a total that hides a hole: when the names without a usable price, and those whose source failed so
that the last stored price stands in, weigh more than a tenth together, there is no valuation, and the error
names them. Below that they are listed in the remarks; the former are left out of the total.

Decisions: the weight of a name without a usable price is estimated by its last known price (a late quote,
else the last close of its history); when there is none at all it counts as much as the average name with a
price. The error says which.
A price that the source itself gave for one of the last five sessions is late, said, and no hole: exchanges
have holidays.
Values keep six decimals and the total is their sum, so a view may round to the cent and still agree with its
source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from core.base.errors import BadRequest, SourcesFailed
from core.base.gap import NOT_GIVEN, Gap
from core.market.fx import rate_between
from core.market.plausible import currency_refusal, price_refusal
from core.market.quote import FxTable, LookUp, MarketRecord, Quote
from core.market.sessions import MAX_STALE_SESSIONS, age_in_words, is_weekend, lag, last_session
from core.market.units import whole_currency
from core.portfolio.holding import Cash, Holding, Portfolio
from core.portfolio.listings import listing_remarks
from core.portfolio.position import CashPosition, Position, Valuation
from core.portfolio.shares import percentages

UNPRICED_LIMIT = Decimal("0.1")
"""A tenth of the weight: the largest hole that leaves the other weights meaningful (fault 31)."""

_VALUE = Decimal("0.000001")
_SHARE = Decimal("0.0001")
_WEIGHT = Decimal("0.01")
_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unpriced:
    """A name or a cash amount left out of the total; `estimate` in base currency, a gap when nothing is
    known."""

    label: str
    reason: str
    estimate: Decimal | Gap


def value(
    portfolio: Portfolio, records: Sequence[MarketRecord], fx: FxTable, *, base_currency: str, day: date
) -> Valuation:
    """The portfolio at `day` in `base_currency`; positions in the portfolio's order, shares and cash share
    sum to 100.

    Raises SourcesFailed when names without a usable price exceed a tenth of the weight, BadRequest when the
    base currency is not quoted or there is nothing to value.
    """
    base_rate = rate_between(fx, "EUR", base_currency)
    if isinstance(base_rate, Gap):
        raise BadRequest(f"BASE_CURRENCY cannot be {base_currency}: {base_rate.gap}.")
    by_ticker = {record.ticker: record for record in records}
    with localcontext(_EXACT):
        positions = [
            # What was paid is for its owner alone: what is valued here is frozen, and read by others.
            _position(replace(holding, paid=NOT_GIVEN), by_ticker.get(holding.ticker), fx, base_currency, day)
            for holding in portfolio.holdings
        ]
        cash, cash_holes = _cash_positions(portfolio.cash, fx, base_currency)
        holes = _holes(positions, by_ticker, fx, base_currency) + cash_holes
        worth = [position.value for position in positions if isinstance(position.value, Decimal)]
        cash_total = sum((item.value for item in cash), Decimal(0))
        stored = _stored(positions, by_ticker)
        _refuse_large_holes(holes, stored, worth, cash_total)
        total = sum(worth, cash_total)
        if total <= 0:
            raise BadRequest("The portfolio is worth nothing: import holdings or cash first.")
        *shares, cash_share = percentages([*worth, cash_total], quantum=_SHARE)
    return Valuation(
        currency=base_currency,
        positions=_with_shares(positions, shares),
        cash=tuple(cash),
        total=total,
        cash_share=cash_share,
        remarks=_remarks(positions, holes, stored, fx, day) + listing_remarks(portfolio, records, day),
    )


def _position(
    holding: Holding, record: MarketRecord | None, fx: FxTable, base_currency: str, day: date
) -> Position:
    quote = _usable_quote(holding, record, day)
    if isinstance(quote, Gap):
        return Position(holding=holding, quote=quote, rate=quote, value=quote, share=quote)
    rate = rate_between(fx, quote.currency, base_currency)
    if isinstance(rate, Gap):
        return Position(holding=holding, quote=quote, rate=rate, value=rate, share=rate)
    worth = (holding.quantity * quote.price * rate).quantize(_VALUE)
    return Position(holding=holding, quote=quote, rate=rate, value=worth, share=Decimal(0))


def _usable_quote(holding: Holding, record: MarketRecord | None, day: date) -> Quote | Gap:
    if record is None:
        return Gap(gap="no market source was asked about it")
    quote = record.quote
    if isinstance(quote, Gap):
        return Gap(gap=record.reason or quote.gap)
    if record.state not in (LookUp.OK, LookUp.STALE):
        return Gap(gap=record.reason or f"the look-up was {record.state}")
    refusal = price_refusal(quote.price) or currency_refusal(quote, _stated_currency(holding))
    if refusal is not None:
        return Gap(gap=refusal)
    age = lag(quote.day, day)
    if age > MAX_STALE_SESSIONS:
        return Gap(gap=f"the last price is of {quote.day}, {age_in_words(age)}")
    return quote


def _stated_currency(holding: Holding) -> str | Gap:
    """The currency the owner's file gives for the price, in whole units: pence and pounds are the same
    listing."""
    if isinstance(holding.currency, Gap):
        return holding.currency
    unit = whole_currency(holding.currency)
    return unit if isinstance(unit, Gap) else unit[0]


def _cash_positions(
    cash: Sequence[Cash], fx: FxTable, base_currency: str
) -> tuple[list[CashPosition], list[_Unpriced]]:
    positions, holes = [], []
    for item in cash:
        rate = rate_between(fx, item.currency, base_currency)
        if isinstance(rate, Gap):
            holes.append(_Unpriced(label=f"cash in {item.currency}", reason=rate.gap, estimate=rate))
        else:
            worth = (item.amount * rate).quantize(_VALUE)
            positions.append(CashPosition(cash=item, rate=rate, value=worth))
    return positions, holes


def _holes(
    positions: Sequence[Position], by_ticker: dict[str, MarketRecord], fx: FxTable, base_currency: str
) -> list[_Unpriced]:
    return [
        _Unpriced(
            label=position.holding.ticker,
            reason=position.value.gap,
            estimate=_last_known(position, by_ticker.get(position.holding.ticker), fx, base_currency),
        )
        for position in positions
        if isinstance(position.value, Gap)
    ]


def _last_known(
    position: Position, record: MarketRecord | None, fx: FxTable, base_currency: str
) -> Decimal | Gap:
    """The position at its last known price, however late: good enough to weigh a hole, never shown as a
    value."""
    price, currency = _last_price(record)
    if isinstance(price, Gap) or isinstance(currency, Gap):
        return Gap(gap="no price is known")
    rate = rate_between(fx, currency, base_currency)
    return rate if isinstance(rate, Gap) else position.holding.quantity * price * rate


def _last_price(record: MarketRecord | None) -> tuple[Decimal | Gap, str | Gap]:
    unknown = Gap(gap="no price is known")
    if record is None:
        return unknown, unknown
    quote = record.quote
    if isinstance(quote, Quote) and price_refusal(quote.price) is None:
        return quote.price, quote.currency
    closes = [point for point in record.history if price_refusal(point.close) is None]
    if not closes:
        return unknown, unknown
    return max(closes, key=lambda point: point.day).close, record.currency


def _stored(positions: Sequence[Position], by_ticker: dict[str, MarketRecord]) -> list[_Unpriced]:
    """The names in the total whose source failed: their last stored price stands in."""
    return [
        _Unpriced(
            label=position.holding.ticker,
            reason=by_ticker[position.holding.ticker].reason,
            estimate=position.value,
        )
        for position in positions
        if isinstance(position.value, Decimal) and by_ticker[position.holding.ticker].stored
    ]


def _refuse_large_holes(
    holes: Sequence[_Unpriced], stored: Sequence[_Unpriced], worth: Sequence[Decimal], cash_total: Decimal
) -> None:
    failed = [*holes, *stored]
    if not failed:
        return
    known = [hole.estimate for hole in holes if isinstance(hole.estimate, Decimal)]
    late = [hole.estimate for hole in stored if isinstance(hole.estimate, Decimal)]
    priced = [*worth, *known]
    guesses = len(holes) - len(known)
    missing = sum(known, Decimal(0)) + (guesses * sum(priced, Decimal(0)) / len(priced) if priced else 0)
    whole = sum(worth, cash_total) + missing
    share = sum(late, missing) / whole if priced and whole > 0 else Decimal(1)
    if share <= UNPRICED_LIMIT:
        return
    by_price = "weighed by the last known price" if known or late else ""
    by_count = "counted as an average name where no price is known" if guesses else ""
    basis = ", ".join(part for part in (by_price, by_count) if part)
    raise SourcesFailed(
        f"No total and no report: {len(failed)} of {len(worth) + len(holes)} names have no usable price of "
        "their source, "
        f"about {share * 100:.0f} % of the weight ({basis}), more than {UNPRICED_LIMIT * 100:.0f} %: "
        + "; ".join(f"{hole.label}: {hole.reason}" for hole in failed)
        + ".",
        failures=tuple((hole.label, hole.reason) for hole in failed),
    )


def _with_shares(positions: Sequence[Position], shares: Sequence[Decimal]) -> tuple[Position, ...]:
    remaining = iter(shares)
    return tuple(
        position if isinstance(position.value, Gap) else replace(position, share=next(remaining))
        for position in positions
    )


def _remarks(
    positions: Sequence[Position],
    holes: Sequence[_Unpriced],
    stored: Sequence[_Unpriced],
    fx: FxTable,
    day: date,
) -> tuple[str, ...]:
    remarks = []
    if is_weekend(day):
        remarks.append(f"{day} is a weekend: prices are of the last session, {last_session(day)}")
    remarks += [
        f"{hole.label} has no usable price and is left out of the total: {hole.reason}" for hole in holes
    ]
    remarks += [f"{hole.label} counts at its {hole.reason}" for hole in stored]
    said = {hole.label for hole in stored}
    late: dict[date, list[str]] = {}
    for position in positions:
        if (
            isinstance(position.quote, Quote)
            and isinstance(position.value, Decimal)
            and lag(position.quote.day, day)
            and position.holding.ticker not in said
        ):
            late.setdefault(position.quote.day, []).append(position.holding.ticker)
    remarks += [
        f"prices of {price_day}, {age_in_words(lag(price_day, day))}: {', '.join(late[price_day])}"
        for price_day in sorted(late)
    ]
    fx_age = lag(fx.day, day)
    if fx_age > MAX_STALE_SESSIONS:
        remarks.append(f"currency rates of {fx.source} are of {fx.day}, {age_in_words(fx_age)}")
    return tuple(remarks)


def votable_weights(
    valuation: Valuation, judged: Sequence[str]
) -> tuple[tuple[tuple[str, Decimal], ...], Decimal]:
    """(ticker, weight) for each judged ticker in the given order, and the cash weight: percent of the judged
    part plus cash, in hundredths, summing to exactly 100. A name that is not held weighs zero.

    Raises BadRequest when judged part and cash are worth nothing, ValueError for a held name without a value.
    """
    values = {position.holding.ticker: position.value for position in valuation.positions}
    worthless = [ticker for ticker in judged if isinstance(values.get(ticker), Gap)]
    if worthless:
        raise ValueError(f"{', '.join(worthless)}: a name without a value cannot be judged")
    amounts = [
        item for item in (values.get(name, Decimal(0)) for name in judged) if isinstance(item, Decimal)
    ]
    cash = sum((item.value for item in valuation.cash), Decimal(0))
    if sum(amounts, cash) <= 0:
        raise BadRequest("Nothing can be judged: neither a votable name nor cash is worth anything.")
    *weights, cash_weight = percentages([*amounts, cash], quantum=_WEIGHT)
    return tuple(zip(judged, weights, strict=True)), cash_weight
