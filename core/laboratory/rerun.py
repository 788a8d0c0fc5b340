"""A laboratory run beside the report whose frozen snapshot it repeats: what moved, and what was to be
expected. Pure.

Promise: the two juries are compared and never mixed; every figure is one that is defined, else a gap that
says why. All is computed from the stored answers and briefs, so it can be shown again at any time, with every
provider down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final

from core.base.errors import BadRequest
from core.base.gap import Gap
from core.jury.ballot import Answer, Ballot, Stance
from core.jury.count import Bench, bench
from core.jury.statistics import pairwise, prior, repeat_probability
from core.jury.tally import tally_jury
from core.jury.verdict import Stability, StabilityMap, Verdict
from core.laboratory.chance import central, poisson_binomial
from core.laboratory.derailed import derailed
from core.laboratory.masking import mask_between, revealed_answers
from core.laboratory.result import Experiment, NameRow, Repeats, VarianceResult
from core.laboratory.trial import CHANGES, trial
from core.run import Purpose, Run

NO_EXPERIMENT: Final = Gap(gap="a plain re-run changes nothing but chance")
MISSING: Final = Gap(gap="this ballot left the name out")
CONSTANT: Final = (
    "All readable ballots are identical: no variance measurable, no claim of stability. "
    "Variance needs sampling: set TEMPERATURE above 0, or a model that samples."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jury:
    """A run's jury under the report's tickers."""

    bench: Bench
    answers: tuple[Answer, ...]
    map: StabilityMap

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        return {verdict.ticker: verdict for verdict in self.map.verdicts}


def compare(report: Run, other: Run, *, reruns: tuple[Run, ...] = ()) -> VarianceResult:
    """`other` (a re-run or an experiment) beside `report`. `reruns` are earlier plain re-runs of the same
    brief.

    Re-runs serve as further plain ballots that an experiment is held against; those of another brief or other
    settings are left out. Raises BadRequest when `other` did not ask about the report's names.
    """
    first, second = _jury(report, report), _jury(report, other)
    plain = [*first.bench.ballots]
    for rerun in reruns:
        if _same_question(report, rerun):
            plain += _jury(report, rerun).bench.ballots
    rows = _rows(first, second)
    return VarianceResult(
        purpose=other.opening.purpose,
        report_id=report.opening.id,
        run_id=other.opening.id,
        model=other.opening.stamp.model,
        report_model=report.opening.stamp.model,
        rehearsal=other.opening.stamp.rehearsal,
        snapshot_digest=other.opening.stamp.snapshot_digest,
        prompt_digest=other.opening.stamp.prompt_digest,
        same_snapshot=other.opening.stamp.snapshot_digest == report.opening.stamp.snapshot_digest,
        same_brief=other.opening.stamp.prompt_digest == report.opening.stamp.prompt_digest,
        asked=second.map.asked,
        quorum=second.map.quorum,
        valid=second.map.valid,
        constant=second.map.constant,
        indexes=tuple(ballot.index for ballot in second.bench.ballots),
        sums=second.map.runs,
        derailed=derailed(second.bench, second.answers),
        rows=rows,
        stable_names=sum(row.stable for row in rows),
        names=len(rows),
        agreement=second.map.agreement,
        unanimous_share=second.map.unanimous_share,
        base_rate=second.map.base_rate,
        report_agreement=first.map.agreement,
        report_unanimous_share=first.map.unanimous_share,
        report_asked=first.map.asked,
        repeats=_repeats(rows),
        experiment=_experiment(other.opening.purpose, plain, second.bench.ballots),
        remarks=_remarks(report, other, second),
        recording=report.opening.snapshot.recording,
        distinct=second.map.distinct,
        report_distinct=first.map.distinct,
    )


def _same_question(report: Run, rerun: Run) -> bool:
    ours, theirs = report.opening.stamp, rerun.opening.stamp
    return (
        rerun.opening.purpose is Purpose.RERUN
        and theirs.prompt_digest == ours.prompt_digest
        and theirs.model == ours.model
        and theirs.temperature == ours.temperature
    )


def _jury(report: Run, run: Run) -> _Jury:
    answers = run.answers
    if run.opening.purpose is Purpose.BLIND:
        mask = mask_between(report.opening.brief, run.opening.brief)
        if isinstance(mask, Gap):
            raise BadRequest(f"These runs cannot be compared: {mask.reason}.")
        answers = revealed_answers(answers, mask)
    elif _names(report) != _names(run):
        raise BadRequest("These runs cannot be compared: they asked about different names.")
    stability = tally_jury(answers, report.opening.brief, (), asked=run.opening.stamp.asked)
    return _Jury(bench=bench(answers), answers=answers, map=stability)


def _names(run: Run) -> list[str]:
    return sorted(name.ticker for name in run.opening.brief.names)


def _rows(first: _Jury, second: _Jury) -> tuple[NameRow, ...]:
    """Flip-floppers first: least agreement, then most sides, then ticker; names without two votes last."""
    before = first.verdicts
    belief = prior(
        one.counts.votes for one in before.values() if one.stability is not Stability.NO_QUORUM
    ).alpha
    rows = [_row(before[verdict.ticker], verdict, second, belief) for verdict in second.map.verdicts]

    def instability(row: NameRow) -> tuple[float, bool, str]:
        shaken = 2.0 if isinstance(row.agreement, Gap) else row.agreement
        return shaken, row.stable, row.ticker

    return tuple(sorted(rows, key=instability))


def _row(before: Verdict, after: Verdict, jury: _Jury, alpha: tuple[float, float, float]) -> NameRow:
    stances = tuple(_stance(ballot, after.ticker) for ballot in jury.bench.ballots)
    votes = after.counts.votes
    predicted = _predicted(before, after, alpha)
    return NameRow(
        ticker=after.ticker,
        held=after.held,
        stances=stances,
        counts=after.counts,
        stability=after.stability,
        direction=after.direction,
        report_stability=before.stability,
        report_direction=before.direction,
        agreement=pairwise(votes) if sum(votes) > 1 else Gap(gap="fewer than two votes"),
        stable=len(stances) > 1 and max(votes) == len(stances),
        predicted=predicted,
        repeated=predicted if isinstance(predicted, Gap) else before.call == after.call,
    )


def _stance(ballot: Ballot, ticker: str) -> Stance | Gap:
    return next((line.stance for line in ballot.lines if line.ticker == ticker), MISSING)


def _predicted(before: Verdict, after: Verdict, alpha: tuple[float, float, float]) -> float | Gap:
    """The chance, from the report's votes, that a jury with as many votes as this one repeats its call."""
    if isinstance(before.repeat_probability, Gap):
        return before.repeat_probability
    if after.stability is Stability.NO_QUORUM:
        return Gap(gap="no quorum in this run")
    return repeat_probability(before.counts.votes, alpha, again=after.valid)


def _repeats(rows: tuple[NameRow, ...]) -> Repeats | Gap:
    known = [(row.predicted, row.repeated) for row in rows if not isinstance(row.predicted, Gap)]
    if not known:
        return Gap(gap="no name has a verdict on both sides that could repeat")
    chances = [chance for chance, _ in known]
    low, high = central(poisson_binomial(chances))
    return Repeats(
        names=len(known),
        observed=sum(came is True for _, came in known),
        expected=fsum(chances),
        low=low,
        high=high,
    )


def _experiment(purpose: Purpose, plain: list[Ballot], changed: tuple[Ballot, ...]) -> Experiment | Gap:
    return trial(purpose, plain, changed) if purpose in CHANGES else NO_EXPERIMENT


def _remarks(report: Run, other: Run, jury: _Jury) -> tuple[str, ...]:
    ours, theirs = report.opening.stamp, other.opening.stamp
    remarks = [
        CONSTANT if jury.map.constant else "",
        f"{jury.map.valid} of {jury.map.asked} ballots are readable: {jury.map.quorum} are needed for "
        f"verdicts."
        if jury.map.valid < jury.map.quorum
        else "",
        f"The model is another one than the report's ({ours.model}, now {theirs.model}): what moved is not "
        f"the noise of one model."
        if ours.model != theirs.model
        else "",
        "Temperature or principles are not the report's: what moved is not the noise of one question."
        if (ours.temperature, ours.principles_digest) != (theirs.temperature, theirs.principles_digest)
        else "",
        "The brief is not the report's, although nothing was to be changed: the program's rendering has "
        "changed since."
        if other.opening.purpose is Purpose.RERUN and ours.prompt_digest != theirs.prompt_digest
        else "",
    ]
    return tuple(remark for remark in remarks if remark)
