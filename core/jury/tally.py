"""From a jury's answers to its stability map, in one step. Pure: the same answers in any order give the same
map.

Stability is not truth: nothing here says that a call is right, only how well the jury repeats itself. A jury
below its quorum still gives a map, with every verdict "no quorum", so that it can be read; whether the run
fails is not decided here.
"""

from decimal import Decimal

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import HONOURED_ZERO, Answer, Ballot
from core.jury.count import Tally, bench, tally
from core.jury.statistics import Prior, agreement, base_rate, prior, repeat_probability
from core.jury.verdict import BallotSum, Evidence, Stability, StabilityMap, Verdict
from core.jury.vote import Ruling, rule
from core.jury.vote import quorum as quorum
from core.jury.weights import EXACT, NO_WEIGHT, Proposal, inconsistent, marked, proposed, settle

NO_FACTS = Evidence(official=0, newswire=0, other=0, g3=0)

CONSTANT_REMARK = (
    "All {valid} readable ballots are identical: no variance measurable, no claim of stability. "
    "Variance needs sampling: set TEMPERATURE above 0, or a model that samples."
)
# Measured on a real server (llama.cpp): the same brief at zero gave five equal answers one by one, and three
# different ones of five side by side, with names 5/5 up in one and 5/5 down in the other.
AT_ZERO = Gap(
    gap="the temperature was zero, so answers differ only by what the server ran beside them: no second draw "
    "is measured"
)
ZERO_REMARK = (
    "The temperature was zero and the model took it: how often these calls come again cannot be told. "
    "Leave TEMPERATURE empty for the model's own sampling."
)
# With fewer names equal answers come about by themselves.
DISTINCT_FROM = 5
DISTINCT_REMARK = "{distinct} of {valid} answers are different, name by name; the others repeat them."
FENCED_REMARK = "{count} of {valid} ballots stood inside a code fence, which was taken away."
MISSING_REMARK = "{count} of {valid} ballots left out names; their votes count, their weights do not."
SHRUNK_REMARK = (
    "Proposed increases were shrunk to {percent} % of what was asked, so that cash does not go below zero."
)
NO_WEIGHT_REMARK = "{tickers}: steady, but no ballot gave a usable weight, so the current one is kept."


def tally_jury(
    answers: tuple[Answer, ...], brief: Brief, evidence: tuple[tuple[str, Evidence], ...], *, asked: int
) -> StabilityMap:
    """The stability map of `asked` ballots on `brief`. `evidence` per ticker as shown in the brief."""
    jury = bench(answers)
    ballots = jury.ballots
    constant = len(ballots) > 1 and len({ballot.digest for ballot in ballots}) == 1
    zero = _at_zero(answers)
    distinct = len({tuple((line.ticker, line.stance) for line in ballot.lines) for ballot in ballots})
    needed = quorum(asked)
    tallies = tally(ballots, brief.names)
    rulings = {one.name.ticker: rule(one.counts, needed=needed, constant=constant) for one in tallies}
    sums = tuple(_sum_of(ballot) for ballot in ballots)
    median_only = any(one.marked for one in sums)
    current = {one.name.ticker: one.name.weight for one in tallies}
    wanted = {
        one.name.ticker: proposed(one, rulings[one.name.ticker], median_only=median_only) for one in tallies
    }
    proposal = settle(current, wanted)
    unweighed = tuple(ticker for ticker, target in wanted.items() if target == NO_WEIGHT)
    judged = [one.counts.votes for one in tallies if one.valid >= needed]
    belief = prior(judged)
    facts = dict(evidence)
    verdicts = tuple(
        _verdict(
            one, rulings[one.name.ticker], belief, facts.get(one.name.ticker, NO_FACTS), proposal, zero=zero
        )
        for one in tallies
    )
    return StabilityMap(
        asked=asked,
        quorum=needed,
        valid=len(ballots),
        verdicts=verdicts,
        spoiled=jury.spoiled,
        runs=sums,
        constant=constant,
        agreement=agreement(one.counts.votes for one in tallies),
        unanimous_share=_unanimous_share(verdicts, constant=constant),
        base_rate=base_rate(one.counts.votes for one in tallies),
        cash_current_weight=brief.cash_weight,
        cash_target_weight=proposal.cash,
        increase_factor=proposal.factor,
        remarks=(
            *((ZERO_REMARK,) if zero and not constant else ()),
            *(
                (DISTINCT_REMARK.format(distinct=distinct, valid=len(ballots)),)
                if distinct < len(ballots) and len(tallies) >= DISTINCT_FROM and not constant
                else ()
            ),
            *_remarks(ballots, unweighed, proposal, constant=constant),
        ),
        distinct=distinct,
    )


def _at_zero(answers: tuple[Answer, ...]) -> bool:
    """Whether every readable answer was given at a temperature of zero that the model took."""
    samplings = {
        answer.reply.sampling
        for answer in answers
        if isinstance(answer.reading, Ballot) and not isinstance(answer.reply, Gap)
    }
    return samplings == {HONOURED_ZERO}


def _sum_of(ballot: Ballot) -> BallotSum:
    return BallotSum(
        index=ballot.index,
        raw_sum=ballot.raw_sum,
        marked=marked(ballot.raw_sum),
        complete=not isinstance(ballot.raw_sum, Gap),
    )


def _verdict(
    one: Tally, ruling: Ruling, belief: Prior, evidence: Evidence, proposal: Proposal, *, zero: bool
) -> Verdict:
    return Verdict(
        ticker=one.name.ticker,
        held=one.name.held,
        stability=ruling.stability,
        direction=ruling.direction,
        action=ruling.action,
        tie=ruling.tie,
        counts=one.counts,
        valid=one.valid,
        repeat_probability=_repeat(one, ruling, belief, zero=zero),
        contested=one.counts.votes[0] > 0 and one.counts.votes[2] > 0,
        inconsistent=tuple(
            ballot.index for ballot, line in one.voices if inconsistent(ballot, line, one.name.weight)
        ),
        evidence=evidence,
        current_weight=one.name.weight,
        target_weight=proposal.targets[one.name.ticker],
    )


def _repeat(one: Tally, ruling: Ruling, belief: Prior, *, zero: bool) -> float | Gap:
    if ruling.stability is Stability.NO_QUORUM:
        return Gap(gap="no quorum, so there is no verdict that could repeat")
    if ruling.stability is Stability.CONSTANT:
        return Gap(gap="all ballots are identical: no variance measurable")
    if zero:
        return AT_ZERO
    return repeat_probability(one.counts.votes, belief.alpha)


def _unanimous_share(verdicts: tuple[Verdict, ...], *, constant: bool) -> float | Gap:
    judged = [verdict for verdict in verdicts if verdict.stability is not Stability.NO_QUORUM]
    if not judged:
        return Gap(gap="no name reached the quorum")
    if constant:
        return Gap(gap="all ballots are identical: no variance measurable")
    return sum(verdict.stability is Stability.UNANIMOUS for verdict in judged) / len(judged)


def _remarks(
    ballots: tuple[Ballot, ...], unweighed: tuple[str, ...], proposal: Proposal, *, constant: bool
) -> tuple[str, ...]:
    valid = len(ballots)
    fenced = sum(ballot.fenced for ballot in ballots)
    percent = EXACT.multiply(proposal.factor, Decimal(100))
    incomplete = sum(bool(ballot.missing) for ballot in ballots)
    remarks = [
        CONSTANT_REMARK.format(valid=valid) if constant else "",
        FENCED_REMARK.format(count=fenced, valid=valid) if fenced else "",
        MISSING_REMARK.format(count=incomplete, valid=valid) if incomplete else "",
        NO_WEIGHT_REMARK.format(tickers=", ".join(unweighed)) if unweighed else "",
        SHRUNK_REMARK.format(percent=f"{percent:.0f}") if percent < 100 else "",
    ]
    return tuple(remark for remark in remarks if remark)
