"""What a target weight would mean in shares and cash, for one name. Pure arithmetic on a frozen valuation; no
order.

Decisions: shares are rounded towards no change, so a proposal never goes beyond its target and a purchase
never costs more than it. A target of zero sells everything, fractions too. Commissions and taxes are not
known and not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, localcontext

from core.base.gap import NOT_GIVEN, Gap
from core.market.fx import rate_between
from core.market.quote import FxTable, Quote
from core.portfolio.position import Valuation

_WHOLE = Decimal(1)
_FRACTION = Decimal("0.0001")
"""Four decimals: the finest part of a share that brokers of fractions book."""

_MONEY = Decimal("0.01")
_WEIGHT = Decimal("0.01")
NEAR = Decimal("0.1")
"""Weights are read to a tenth of a percent; a target missed by more is said to be unreachable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`change` in shares (negative: fewer), `cash_effect` in `currency` (negative: spent), weights in percent
    of the judged part plus cash. `remark` is the sentence on a target that shares cannot reach."""

    ticker: str
    shares_now: Decimal
    change: Decimal
    shares_then: Decimal
    cash_effect: Decimal
    currency: str
    weight_now: Decimal
    target_weight: Decimal
    weight_then: Decimal
    remark: str | Gap


def propose(
    valuation: Valuation,
    fx: FxTable,
    quote: Quote,
    *,
    judged: Sequence[str],
    target_weight: Decimal,
    fractional: bool,
) -> Proposal | Gap:
    """The proposal for the name of `quote`, held or not. `judged` are all names of the vote: their value and
    the cash are the hundred percent. A gap with its reason when nothing can be computed."""
    with localcontext(Context(prec=40, rounding=ROUND_HALF_EVEN)):
        rate = rate_between(fx, quote.currency, valuation.currency)
        if isinstance(rate, Gap):
            return rate
        whole = _judged_value(valuation, judged)
        if whole <= 0:
            return Gap(gap="the judged part and the cash are worth nothing")
        shares_now = _held(valuation, quote.ticker)
        share_value = quote.price * rate
        wanted = target_weight * whole / 100 / share_value
        quantum = _FRACTION if fractional else _WHOLE
        change = -shares_now if wanted <= 0 else (wanted - shares_now).quantize(quantum, ROUND_DOWN)
        shares_then = shares_now + change
        per_share = share_value * 100 / whole
        weight_then = shares_then * per_share
        return Proposal(
            ticker=quote.ticker,
            shares_now=shares_now,
            change=change,
            shares_then=shares_then,
            cash_effect=(-change * share_value).quantize(_MONEY),
            currency=valuation.currency,
            weight_now=(shares_now * per_share).quantize(_WEIGHT),
            target_weight=target_weight,
            weight_then=weight_then.quantize(_WEIGHT),
            remark=_remark(quote.ticker, target_weight, weight_then, per_share, change),
        )


def _judged_value(valuation: Valuation, judged: Sequence[str]) -> Decimal:
    names = frozenset(judged)
    held = [position.value for position in valuation.positions if position.holding.ticker in names]
    worth = sum((value for value in held if isinstance(value, Decimal)), Decimal(0))
    return sum((item.value for item in valuation.cash), worth)


def _held(valuation: Valuation, ticker: str) -> Decimal:
    for position in valuation.positions:
        if position.holding.ticker == ticker:
            return position.holding.quantity
    return Decimal(0)


def _remark(ticker: str, target: Decimal, reached: Decimal, per_share: Decimal, change: Decimal) -> str | Gap:
    if abs(reached - target) <= NEAR:
        return NOT_GIVEN
    if change == 0:
        return (
            f"one share of {ticker} is {per_share:.1f} % of the judged part: "
            f"{target:.1f} % cannot be reached, it stays at {reached:.1f} %"
        )
    return (
        f"one share of {ticker} is {per_share:.1f} % of the judged part: "
        f"{target:.1f} % cannot be reached, the nearest is {reached:.1f} %"
    )
