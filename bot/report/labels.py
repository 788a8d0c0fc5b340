"""What every output says of itself: rehearsal, recording, no variance, other settings than last time. In one
place, so none forgets it."""

from collections import Counter
from collections.abc import Iterable

from bot.report import figures
from bot.report.lookup import stability_of
from bot.report.markup import plain_text
from bot.texts import report as texts
from core.base.gap import Gap
from core.jury.verdict import StabilityMap
from core.run import Closing, Run, RunState, Stamp


def labels(run: Run) -> tuple[str, ...]:
    """Plain sentences that belong at the top of anything made from this run."""
    found = []
    if run.opening.stamp.rehearsal:
        found.append(texts.REHEARSAL)
    if not isinstance(run.opening.snapshot.recording, Gap):
        found.append(texts.RECORDING.format(name=run.opening.snapshot.recording))
    stability = stability_of(run)
    if stability is not None and stability.constant:
        found.append(texts.CONSTANT)
    return tuple(found)


def short(run: Run) -> tuple[str, ...]:
    """The same for a phone: rehearsal and recording on one line, the constant answers in few words."""
    recording = run.opening.snapshot.recording
    full = {texts.CONSTANT: texts.CONSTANT_SHORT}
    if run.opening.stamp.rehearsal and not isinstance(recording, Gap):
        return (
            texts.REHEARSAL_SHORT.format(name=recording),
            *(full.get(label, label) for label in labels(run)[2:]),
        )
    return tuple(full.get(label, label) for label in labels(run))


def as_text(blocks: Iterable[str], run: Run | None = None, *, rehearsal: bool = False) -> str:
    """A chat's blocks for a terminal or a pipe: what must be said of the run above, no markup, plain
    blanks."""
    said = labels(run) if run else (texts.REHEARSAL,) * rehearsal
    above = [f"*** {label} ***" for label in said]
    return figures.plain_spaces("\n\n".join([*above, *(plain_text(block) for block in blocks if block)]))


def counts(stability: StabilityMap) -> str:
    """`30 names · 5 answers · 5 different`: how many were asked, could be read, and differ from each
    other."""
    answers = texts.ANSWERS_SOME.format(valid=stability.valid, asked=stability.asked)
    if stability.valid == stability.asked:
        answers = figures.counted(stability.valid, texts.ANSWERS_ALL)
    names = figures.counted(len(stability.verdicts), texts.NAMES)
    if isinstance(stability.distinct, Gap):
        return texts.COUNTS_OLD.format(names=names, answers=answers)
    return texts.COUNTS.format(names=names, answers=answers, distinct=stability.distinct)


def spoiled(stability: StabilityMap) -> str:
    """How many ballots were spoiled at their last attempt, and of what."""
    causes = Counter(ballot.cause for ballot, _attempts in stability.spoiled)
    shown = [
        cause if count == 1 else texts.SPOILED_CAUSE.format(cause=cause, count=count)
        for cause, count in sorted(causes.items())
    ]
    return texts.SPOILED.format(count=len(stability.spoiled), causes=", ".join(shown))


def no_quorum(run: Run) -> str:
    """How many answers could be read of how many that are needed; blank when nothing was counted."""
    stability = stability_of(run)
    if stability is None:
        return ""
    return texts.NO_QUORUM_REPORT.format(
        valid=stability.valid, asked=stability.asked, quorum=stability.quorum
    )


def not_truth(stability: StabilityMap | None) -> str:
    """Law 8, in the words of every output."""
    return texts.NOT_TRUTH.format(count=stability.valid if stability else texts.SEVERAL)


def settings_changed(run: Run, previous: Run | None) -> str | None:
    """The sentence for the first report after a change of settings, naming what changed; None when
    comparable.

    Sampling counts as it really happened too: a service may refuse from one month to the next what it took
    before.
    """
    if previous is None:
        return None
    resampled = _resampled(run, previous)
    if not resampled and previous.opening.stamp.settings_digest == run.opening.stamp.settings_digest:
        return None
    what = _difference(run.opening.stamp, previous.opening.stamp, resampled=resampled)
    return texts.NOT_COMPARABLE.format(what=what)


def _resampled(run: Run, previous: Run) -> bool:
    now, before = run.closing, previous.closing
    if not isinstance(now, Closing) or not isinstance(before, Closing):
        return False
    known = not isinstance(now.sampling, Gap) and not isinstance(before.sampling, Gap)
    return known and now.sampling != before.sampling


def _difference(now: Stamp, before: Stamp, *, resampled: bool) -> str:
    pairs = (
        (texts.SETTING_MODEL, now.model != before.model),
        (texts.SETTING_SAMPLING, resampled or now.temperature != before.temperature),
        (texts.SETTING_JURY, now.asked != before.asked),
        (texts.SETTING_PRINCIPLES, now.principles_digest != before.principles_digest),
    )
    return ", ".join(word for word, differs in pairs if differs) or texts.SETTING_OTHER


def made_with(run: Run) -> str:
    """`model · sampling · cost`: what really happened, or that it is not known."""
    closing = run.closing
    sampling = texts.UNKNOWN
    if isinstance(closing, Closing) and not isinstance(closing.sampling, Gap):
        sampling = closing.sampling
    return texts.MADE_WITH.format(model=run.opening.stamp.model, sampling=sampling, cost=cost_of(run))


def cost_of(run: Run) -> str:
    return figures.usd(run.closing.cost_usd) if isinstance(run.closing, Closing) else texts.COST_UNKNOWN


def state_of(run: Run) -> RunState:
    return run.closing.state if isinstance(run.closing, Closing) else RunState.OPEN


def failure_of(run: Run) -> str:
    """Why there is no report, as one sentence; blank when there is one."""
    state = state_of(run)
    if state is RunState.DONE:
        return ""
    if isinstance(run.closing, Closing) and not isinstance(run.closing.failure, Gap):
        return run.closing.failure
    return texts["STATES"][state]


def remarks(run: Run) -> tuple[str, ...]:
    """Everything a reader must know, from prices to sampling; each once, in the order of the walk."""
    found = [*run.opening.snapshot.valuation.remarks, *run.opening.snapshot.remarks]
    if isinstance(run.closing, Closing):
        if not isinstance(run.closing.stability, Gap):
            found += run.closing.stability.remarks
        found += run.closing.remarks
    return tuple(figures.tidy(remark) for remark in dict.fromkeys(found))
