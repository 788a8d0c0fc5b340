"""Run: the complete record of one analysis, from which everything later is answered without asking anyone
again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Answer, Usage
from core.jury.verdict import StabilityMap
from core.snapshot.model import Snapshot


class Purpose(StrEnum):
    """Why a jury was asked. Only REPORT and PUSH are reports; the others never become one."""

    REPORT = "report"
    PUSH = "push"
    RERUN = "rerun"
    ORDER = "order"
    FACTS = "facts"
    BLIND = "blind"
    MEMORY = "memory"


class RunState(StrEnum):
    """OPEN runs may have been interrupted and can be resumed; the others are final and never changed."""

    OPEN = "open"
    DONE = "done"
    NO_QUORUM = "no quorum"
    FAILED = "failed"
    CANCELLED = "cancelled"


ONE_SIZE = Gap(gap="a jury of one size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to write one run, `holder`'s until `until`. `fence` rises whenever the run is taken over: a
    write with an older one is refused, however late it comes. `errand` is what a person asked for in a chat,
    empty for nobody."""

    run_id: str
    holder: str
    fence: int
    until: datetime
    errand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a run was made with. `asked` is N, or the most where a jury may end with fewer (`least`); `tier`
    the price class asked for. `sampling` and `mode` are what really happened, known only after the first
    reply.

    `settings_digest` covers model, sampling request, jury size and principles: another digest means that
    stability figures are not comparable. `address` is the model's own (MODEL_BASE_URL), empty for its
    service's usual one.
    """

    model: str
    rehearsal: bool
    temperature: Decimal | Gap
    asked: int
    principles_digest: str
    prompt_digest: str
    snapshot_digest: str
    settings_digest: str
    version: str
    least: int | Gap = ONE_SIZE
    tier: str = "standard"
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is written before any money is spent. `parent` is the run whose snapshot a laboratory run repeats.

    `period` (as in 2026-11) is the push's idempotency key.
    """

    id: str
    purpose: Purpose
    opened: datetime
    period: str | Gap
    parent: str | Gap
    stamp: Stamp
    snapshot: Snapshot
    brief: Brief
    estimate_usd: Decimal | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What is written once, at the end. `usage` sums all attempts; `cost_usd` is a gap when a price is
    unknown."""

    state: RunState
    closed: datetime
    stability: StabilityMap | Gap
    sampling: str | Gap
    mode: str | Gap
    usage: Usage
    cost_usd: Decimal | Gap
    seconds: float
    failure: str | Gap
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One analysis: how it began, every answer (ordered by index, then attempt), how it ended (a gap while
    open)."""

    opening: Opening
    answers: tuple[Answer, ...]
    closing: Closing | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One line of the history."""

    id: str
    purpose: Purpose
    state: RunState
    opened: datetime
    period: str | Gap
    model: str
    rehearsal: bool
    names: int
    asked: int
    valid: int | Gap
    cost_usd: Decimal | Gap
