"""How far a consensus of price targets can be relied on: a score, a band, and the upside beside a corrected
upside.

R = 100 · min(1, √(N/12)) · max(0, 1 − σ/0.40) · 0.5^(max(0, a − 45)/120), rounded to a whole number, where N
is the number of analysts, a the age of the targets in days and σ their relative spread: 1.4826 · MAD / median
over each firm's latest target of the past year when at least five firms are known, else (high − low) / (d2(N)
· mean).

Refuses a neutral value: whatever is missing or contradictory makes the consensus "unreliable", with the
reason. Without dated targets of single firms the age is only that of the collection, so the band is at
most "weak"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

from core.base.gap import NOT_GIVEN, Gap
from core.base.tables import table
from core.market.quote import Band, Consensus, FirmTarget, PricePoint, Quote, Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """One number of the formula and where it comes from."""

    value: Decimal
    source: str


CONSTANTS = {
    row["name"]: Constant(value=Decimal(row["value"]), source=row["source"])
    for row in table(__package__, "reliability")
}
# d2(N): expected range of N normal draws in standard deviations (control-chart tables; 5, 10, 20, 30 as in
# the source of the formula). Between two rows the line between them, beyond the last row its value: a larger
# N only lowers σ further.
RANGE_IN_SIGMAS = tuple(
    (int(row["analysts"]), Decimal(row["sigmas"])) for row in table(__package__, "ranges")
)
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


def _constant(name: str) -> Decimal:
    return CONSTANTS[name].value


def _d2(count: int) -> Decimal:
    below_count, below = RANGE_IN_SIGMAS[0]
    for row_count, row in RANGE_IN_SIGMAS:
        if count <= row_count:
            if row_count == below_count:
                return row
            return below + (row - below) * (count - below_count) / (row_count - below_count)
        below_count, below = row_count, row
    return below


def _median(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _latest_by_firm(firms: Sequence[FirmTarget], day: date) -> tuple[FirmTarget, ...]:
    """Each firm's latest target of the past year, none from after `day`, ordered by firm."""
    latest: dict[str, FirmTarget] = {}
    for target in sorted(firms, key=lambda item: (item.firm, item.day, item.target)):
        if 0 <= (day - target.day).days <= _constant("firm_target_days") and target.target > 0:
            latest[target.firm] = target
    return tuple(latest.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inputs:
    count: int
    spread: Decimal
    age: Decimal
    day: date
    dated: bool


def _whole(value: Decimal | Gap) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and value > 0


def _centre(consensus: Consensus) -> Decimal | Gap:
    for candidate in (consensus.mean, consensus.median):
        if isinstance(candidate, Decimal) and _whole(candidate):
            return candidate
    return Gap(gap="no mean target is given")


def _inputs(consensus: Consensus, day: date) -> _Inputs | Gap:
    latest = _latest_by_firm(consensus.firms, day)
    dated = len(latest) >= _constant("firms_for_spread")
    if isinstance(consensus.analysts, Gap) and not dated:
        return Gap(gap="the number of analysts is not known")
    count = len(latest) if isinstance(consensus.analysts, Gap) else consensus.analysts
    least = _constant("least_count")
    if count < least:
        return Gap(gap=f"only {count} analyst{'' if count == 1 else 's'}, {least} are needed")
    if dated:
        targets = [target.target for target in latest]
        centre = _median(targets)
        spread = _constant("mad_to_sigma") * _median([abs(item - centre) for item in targets]) / centre
        age = _median([Decimal((day - target.day).days) for target in latest])
        oldest = sorted(target.day for target in latest)[len(latest) // 2]
        return _Inputs(count=count, spread=spread, age=age, day=oldest, dated=True)
    if isinstance(consensus.day, Gap):
        return Gap(gap="the day of the targets is not known")
    if consensus.day > day:
        return Gap(gap=f"the targets are dated {consensus.day}, after {day}")
    mean, high, low = consensus.mean, consensus.high, consensus.low
    if isinstance(mean, Gap) or isinstance(high, Gap) or isinstance(low, Gap):
        return Gap(gap="mean, high and low target are not all given")
    if not (_whole(mean) and _whole(high) and _whole(low) and low <= mean <= high):
        return Gap(gap="mean, high and low target contradict each other")
    spread = (high - low) / (_d2(count) * mean)
    return _Inputs(
        count=count, spread=spread, age=Decimal((day - consensus.day).days), day=consensus.day, dated=False
    )


def _score(inputs: _Inputs) -> Decimal:
    count = min(Decimal(1), (inputs.count / _constant("full_count")).sqrt())
    spread = max(Decimal(0), 1 - inputs.spread / _constant("spread_limit"))
    halvings = max(Decimal(0), inputs.age - _constant("fresh_days")) / _constant("half_life_days")
    return (_HUNDRED * count * spread * Decimal("0.5") ** halvings).quantize(Decimal(1), ROUND_HALF_UP)


def _band(score: Decimal, *, dated: bool) -> Band:
    if score >= _constant("usable"):
        return Band.USABLE if dated else Band.WEAK
    return Band.WEAK if score >= _constant("weak") else Band.UNUSABLE


def _flags(
    inputs: _Inputs, quote: Quote, history: Sequence[PricePoint], earnings: date | Gap
) -> tuple[str, ...]:
    flags = []
    if not inputs.dated:
        flags.append(f"targets of single firms are not dated; collected {inputs.day}, at best weak")
    before = [point for point in history if point.day <= inputs.day and point.close > 0]
    if before:
        then = max(before, key=lambda point: point.day)
        move = (quote.price / then.close - 1) * _HUNDRED
        if move <= _constant("fall_flag"):
            flags.append(f"the price fell {-move:.0f} % since the targets of {inputs.day}")
    if isinstance(earnings, date) and inputs.day < earnings <= quote.day:
        flags.append(f"results were published on {earnings}, after the targets")
    return tuple(flags)


def _unreliable(reason: str, upside: Decimal | Gap, adjusted: Decimal | Gap) -> Reliability:
    return Reliability(band=Band.UNRELIABLE, score=Gap(gap=reason), upside=upside, adjusted_upside=adjusted)


def grade(
    consensus: Consensus | Gap,
    quote: Quote,
    day: date,
    *,
    history: Sequence[PricePoint] = (),
    earnings: date | Gap = NOT_GIVEN,
) -> Reliability:
    """The grade of `consensus` on `day`. Score 0 to 100; upsides in percent, the adjusted one 15 points
    lower.

    `history` (in the quote's currency) and `earnings` (the day of the latest results) only raise flags.
    """
    if isinstance(consensus, Gap):
        return _unreliable(f"no consensus ({consensus.gap})", consensus, consensus)
    if consensus.currency != quote.currency:
        gap = Gap(gap=f"targets are in {consensus.currency}, the price is in {quote.currency}")
        return _unreliable(gap.gap, gap, gap)
    with localcontext(Context(prec=28, rounding=ROUND_HALF_EVEN)):
        centre = _centre(consensus)
        if isinstance(centre, Gap):
            return _unreliable(centre.gap, centre, centre)
        ratio = centre / quote.price
        if not 1 / _constant("farthest_ratio") <= ratio <= _constant("farthest_ratio"):
            gap = Gap(gap=f"the target is {ratio:.2g} times the price, their units may differ")
            return _unreliable(gap.gap, gap, gap)
        upside = ((ratio - 1) * _HUNDRED).quantize(_TENTH)
        adjusted = upside - _constant("bias_points")
        inputs = _inputs(consensus, day)
        if isinstance(inputs, Gap):
            return _unreliable(inputs.gap, upside, adjusted)
        score = _score(inputs)
        return Reliability(
            band=_band(score, dated=inputs.dated),
            score=score,
            upside=upside,
            adjusted_upside=adjusted,
            flags=_flags(inputs, quote, history, earnings),
        )
