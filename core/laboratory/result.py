"""What the laboratory found, as values: ready for JSON and for views. Unknown is a gap with a sentence, never
NaN or zero.

Shares, agreements and probabilities are fractions; allocation sums percent. Everything here measures how well
a jury repeats itself and what moves it; nothing measures whether it is right.
"""

from dataclasses import dataclass

from core.base.gap import NOT_GIVEN, Gap
from core.jury.ballot import Direction, Stance
from core.jury.verdict import BallotSum, BaseRate, Counts, Stability
from core.run import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """One name over the runs. `stances` stand in the order of `VarianceResult.indexes`; a gap where it was
    missing.

    `stable`: every readable ballot voted, all in one direction. `predicted` is the chance of repeating the
    report's call that the report's own ballots gave; `repeated` whether it came again.
    """

    ticker: str
    held: bool
    stances: tuple[Stance | Gap, ...]
    counts: Counts
    stability: Stability
    direction: Direction | Gap
    report_stability: Stability
    report_direction: Direction | Gap
    agreement: float | Gap
    stable: bool
    predicted: float | Gap
    repeated: bool | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Derailed:
    """A ballot that looks wrong: marked, never dropped; leaving dissenters out would make agreement."""

    index: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How often the report's calls came again. `expected` is the sum of their repeat probabilities.

    `low` and `high` hold 95 % of what that prediction allows (Poisson-binomial, names taken as independent).
    """

    names: int
    observed: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect of an experiment. `size`, `low`, `high` and `noise` as fractions; `low` to `high` holds 95
    %.

    `noise` is what asking the plain question again would reach by chance in 95 of 100 cases; `p_value` the
    share of divisions of all ballots that show as much as the true one. `real` only if it beats the noise and
    its interval excludes zero.
    """

    what: str
    size: float
    low: float | Gap
    high: float | Gap
    noise: float
    p_value: float
    real: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEffect:
    """What the change did to one name: votes as (up, flat, down, abstain) without and with it.

    `p_value` is corrected for looking at all names at once; `depends` when it is at most one in twenty.
    `changed` says only that the two verdicts differ, which noise also does.
    """

    ticker: str
    plain: tuple[int, int, int, int]
    changed_to: tuple[int, int, int, int]
    size: float
    p_value: float
    depends: bool
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment held against `plain` ballots of the unchanged question. Largest size first."""

    plain_ballots: int
    changed_ballots: int
    effects: tuple[Effect, ...]
    names: tuple[NameEffect, ...]
    depends: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceResult:
    """A laboratory run beside its report. `rows` with flip-floppers first; `indexes` are the readable
    ballots.

    `same_snapshot` and `same_brief` compare digests: true for a plain re-run, and proof that only chance
    moved. `experiment` is a gap for a plain re-run, or with a sentence when there is nothing to compare.
    `recording` names the recorded day when the frozen inputs are a recording. `distinct` is how many
    different answers, by stances, there are.
    """

    purpose: Purpose
    report_id: str
    run_id: str
    model: str
    report_model: str
    rehearsal: bool
    snapshot_digest: str
    prompt_digest: str
    same_snapshot: bool
    same_brief: bool
    asked: int
    quorum: int
    valid: int
    constant: bool
    indexes: tuple[int, ...]
    sums: tuple[BallotSum, ...]
    derailed: tuple[Derailed, ...]
    rows: tuple[NameRow, ...]
    stable_names: int
    names: int
    agreement: float | Gap
    unanimous_share: float | Gap
    base_rate: BaseRate | Gap
    report_agreement: float | Gap
    report_unanimous_share: float | Gap
    report_asked: int
    repeats: Repeats | Gap
    experiment: Experiment | Gap
    remarks: tuple[str, ...]
    recording: str | Gap = NOT_GIVEN
    distinct: int | Gap = NOT_GIVEN
    report_distinct: int | Gap = NOT_GIVEN
