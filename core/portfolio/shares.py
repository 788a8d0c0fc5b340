"""Percentages that sum to exactly one hundred. Pure: largest remainder, ties by order."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, localcontext

_HUNDRED = Decimal(100)


def percentages(amounts: Sequence[Decimal], *, quantum: Decimal) -> tuple[Decimal, ...]:
    """Each amount's percent of their sum, in whole quanta, in the given order; the results sum to exactly
    100.

    Every share is rounded down, then the missing quanta go to those that lost most; a tie goes to the earlier
    amount.
    Amounts may be negative (a debt), their sum must be positive: raises ValueError otherwise.
    """
    with localcontext(Context(prec=40, rounding=ROUND_HALF_EVEN)):
        total = sum(amounts, Decimal(0))
        if total <= 0:
            raise ValueError("shares of nothing: the amounts do not sum to more than zero")
        exact = [amount * _HUNDRED / total for amount in amounts]
        floors = [value.quantize(quantum, ROUND_FLOOR) for value in exact]
        missing = int((_HUNDRED - sum(floors, Decimal(0))) / quantum)
        by_loss = sorted(range(len(exact)), key=lambda index: (floors[index] - exact[index], index))
        rounded_up = set(by_loss[:missing])
        return tuple(floor + quantum if index in rounded_up else floor for index, floor in enumerate(floors))
