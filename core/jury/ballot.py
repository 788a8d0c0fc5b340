"""What one answer of the model is: read as a ballot, or spoiled with its cause. There is no third state."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.base.gap import Gap


class Stance(StrEnum):
    """What a ballot says of one name. `abstain` is said; a missing name is not."""

    BUY = "buy"
    ADD = "add"
    HOLD = "hold"
    LIGHTEN = "lighten"
    SELL = "sell"
    ABSTAIN = "abstain"


class Direction(StrEnum):
    """The first level of the vote."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"


class Finish(StrEnum):
    """Why the model stopped. Only NATURAL can be a ballot."""

    NATURAL = "natural"
    LENGTH = "length"
    REFUSAL = "refusal"
    FILTER = "filter"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one answer. `input` is the whole prompt, cached or not; a gap where nobody says."""

    input: int | Gap
    cached_read: int | Gap
    cache_write: int | Gap
    output: int | Gap
    reasoning: int | Gap


# How a temperature of zero reads that the model really took (`Reply.sampling`).
HONOURED_ZERO = "T=0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer as it came. Times in seconds from the request; `sampling` is what really happened ("T=0",
    …).

    `mode` is the structured-output mode used (schema, json, text); `finish_raw` the provider's own word;
    `tier` the price class (standard, flex, batch).
    """

    text: str
    finish: Finish
    finish_raw: str
    usage: Usage
    response_id: str | Gap
    model: str
    sampling: str
    mode: str
    first_token_s: float
    seconds: float
    notes: tuple[str, ...] = ()
    tier: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLine:
    """One name's vote. `target_weight` in percent as the model gave it, before division by the ballot's sum.

    `impossible` holds the stance that cannot be (lighten or sell of a name not held): the line is an
    abstention. `facts` are the cited ids that stand beside this name, each once; `false_citations` those that
    do not exist or belong to another name. No id is in both.
    """

    ticker: str
    stance: Stance
    target_weight: Decimal
    facts: tuple[str, ...]
    false_citations: tuple[str, ...]
    reasons_against: tuple[str, ...]
    reasons_for: tuple[str, ...]
    impossible: Stance | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A readable answer. `missing` names are shown and never "hold"; then the weights are left out (`raw_sum`
    is a gap).

    `raw_sum` in percent points: all names (abstained and impossible ones at their current weight) plus cash.
    `digest` is of the answer's bytes: equal digests under different ids mean that no variance can be
    measured.
    """

    index: int
    attempt: int
    response_id: str | Gap
    digest: str
    lines: tuple[BallotLine, ...]
    missing: tuple[str, ...]
    cash_target_weight: Decimal
    raw_sum: Decimal | Gap
    fenced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoiledBallot:
    """An answer that is no ballot. `cause` is a short stable word, `detail` a sentence for a person.

    `unanswered` tells a provider's failure (nothing to read, tried again once) from an unreadable answer
    (asked again).
    """

    index: int
    attempt: int
    cause: str
    detail: str
    unanswered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One attempt at one ballot, as stored: the raw reply (or why there is none) and its reading.

    `index` from 0 to N-1; `attempt` from 1. The last attempt of an index counts; all are kept. `version` is
    that of the ballot's fields (core.brief.schema) that was asked for; answers stored before there was one
    have 1.
    """

    index: int
    attempt: int
    reply: Reply | Gap
    reading: Ballot | SpoiledBallot
    version: int = 1
