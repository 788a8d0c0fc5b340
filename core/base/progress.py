"""How a long walk reports where it is, so that the bot can show it. Values only; the sink may ignore them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.base.gap import NOT_GIVEN, Gap


class Stage(StrEnum):
    """The stages of an analysis in the order in which they begin."""

    HOLDINGS = "holdings"
    PRICES = "prices"
    FACTS = "facts"
    BALLOTS = "ballots"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`done` of `total` at this stage; of ballots also how many are being answered, how many are spoiled, and the tokens
    written so far; `spent` in US dollars so far."""

    stage: Stage
    done: int
    total: int
    spoiled: int = 0
    answering: int = 0
    tokens: int = 0
    spent: Decimal | Gap = NOT_GIVEN


Sink = Callable[[Step], None]
