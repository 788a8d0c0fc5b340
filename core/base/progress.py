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
class Asking:
    """One ballot that is being asked, `number` from 1. `seconds` since it was asked; `first_byte_s` of them
    until the model gave a sign of life, a gap as long as it is silent; `tokens` written until now, by the
    pieces in which they came."""

    number: int
    attempt: int
    seconds: float
    first_byte_s: float | Gap
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`done` of `total` at this stage. Of ballots also: those that are being asked (`asking`, told anew every
    second, by number), how many of these write, how many are spoiled, and the tokens written so far by all.
    `spent` in US dollars so far."""

    stage: Stage
    done: int
    total: int
    spoiled: int = 0
    answering: int = 0
    tokens: int = 0
    spent: Decimal | Gap = NOT_GIVEN
    asking: tuple[Asking, ...] = ()


Sink = Callable[[Step], None]
