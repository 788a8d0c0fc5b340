"""What a series of closes says: return over twelve months without the last one, volatility, traded value. Pure, floats.

Decision: closes may come with or without adjustment for splits. A step that is implausible as it stands and vanishes with
the ratio of a split of that day is unadjusted: the closes before it are divided by the ratio. Nothing else is repaired.
"""

from collections.abc import Sequence
from itertools import pairwise

from core.market.plausible import MAX_MOVE
from core.market.quote import PricePoint, Split

YEAR_SESSIONS = 252
MONTH_SESSIONS = 21
QUARTER_SESSIONS = 63


def adjusted_closes(history: Sequence[PricePoint], splits: Sequence[Split]) -> list[float]:
    """The closes of the last year, oldest first, comparable across splits."""
    points = history[-YEAR_SESSIONS:]
    closes = [float(point.close) for point in points]
    limit = float(MAX_MOVE)
    for split in splits:
        ratio = float(split.ratio)
        for index, (before, after) in enumerate(pairwise(points), start=1):
            if before.day < split.day <= after.day:
                step = closes[index] / closes[index - 1]
                if abs(step - 1) > limit >= abs(step * ratio - 1):
                    closes[:index] = [close / ratio for close in closes[:index]]
    return closes
