"""What series of closes say: return over twelve months without the last one, over its volatility. Pure, in
floats.

Decisions: returns are weekly (every fifth session), as index providers measure momentum: closing times of
exchanges matter less, and thousands of names cost a fifth. Closes may come with or without adjustment for
splits: a step that is implausible as it stands and vanishes with the ratio of a split of that day is
unadjusted, so the closes before it are divided by the ratio. Nothing else is repaired."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from core.market.plausible import MAX_MOVE
from core.market.quote import PricePoint, Split

WEEK_SESSIONS = 5
WEEKS = 50
"""Fifty steps of five sessions: 250 sessions, a year."""
WEEKS_LEFT_OUT = 4
"""The last twenty sessions, a month, are left out: short-term returns tend to reverse."""

_OFFSETS = tuple(-1 - WEEK_SESSIONS * week for week in range(WEEKS, -1, -1))


def weekly_closes(history: Sequence[PricePoint], splits: Sequence[Split]) -> list[float]:
    """51 closes at weekly steps, oldest first, comparable across splits. Needs 251 sessions."""
    points = [history[offset] for offset in _OFFSETS]
    closes = [float(point.close) for point in points]
    for split in splits:
        if _unadjusted(history, split):
            ratio = float(split.ratio)
            closes = [
                close / ratio if point.day < split.day else close
                for close, point in zip(closes, points, strict=True)
            ]
    return closes


def _unadjusted(history: Sequence[PricePoint], split: Split) -> bool:
    """Whether the closes around the split show its step."""
    for before, after in pairwise(history):
        if before.day < split.day <= after.day:
            step = after.close / before.close
            return abs(step - 1) > MAX_MOVE >= abs(step * split.ratio - 1)
    return False


def year_change(history: Sequence[PricePoint], splits: Sequence[Split]) -> Decimal | None:
    """Change of the price over the twelve months before the last one, in percent; None without a year of
    closes."""
    if len(history) <= WEEKS * WEEK_SESSIONS:
        return None
    closes = weekly_closes(history, splits)
    return Decimal(repr(round(100 * (closes[-1 - WEEKS_LEFT_OUT] / closes[0] - 1), 1)))


def momenta(series: Sequence[Sequence[float]]) -> list[float | None]:
    """For each year of weekly closes: the return from its first to a month before its last, over the
    volatility of the year (standard deviation of the weekly returns, times the root of 50). None for a price
    that never moved.

    All series at once: one by one they would cost more than everything else in a universe of thousands.
    """
    if not series:
        return []
    import numpy as np

    closes = np.array(series, dtype="float64")
    steps = closes[:, 1:] / closes[:, :-1] - 1
    spread = steps.std(axis=1, ddof=1)
    moved = spread > 0
    returns = closes[:, -1 - WEEKS_LEFT_OUT] / closes[:, 0] - 1
    ratios = returns / np.where(moved, spread * WEEKS**0.5, 1.0)
    return [float(ratio) if known else None for ratio, known in zip(ratios, moved, strict=True)]
