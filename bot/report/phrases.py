"""The sentences that terminal, chat and page share, as plain text. Outside text is cleaned here, escaped by whoever writes markup."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.changes import Changes, changes, stability_of
from bot.report.markup import clean
from bot.report.sections import Section, evidence_words, section_of, votes
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.fact import Severity
from core.jury.verdict import STEADY, BallotSum, BaseRate, StabilityMap, Verdict
from core.run import Run
from core.snapshot.model import Dossier


def headlines(run: Run) -> list[str]:
    """What was read, what was asked, and how many names fell into each class; the classes sum to the names."""
    snapshot, stability = run.opening.snapshot, stability_of(run)
    sieve = snapshot.sieve
    facts = texts.FACTS[0] if sieve.kept == 1 else texts.FACTS[1]
    lines = [texts.SIEVE.format(read=sieve.read, kept=sieve.kept, facts=facts, g3=sieve.g3)]
    if stability is None:
        return lines
    names = figures.counted(len(stability.verdicts), texts.NAMES)
    lines.append(
        texts.ANSWERS.format(
            names=names, valid=stability.valid, asked=stability.asked, months=snapshot.horizon_months
        )
    )
    counts = Counter(
        "steady" if verdict.stability in STEADY else str(section_of(verdict))
        for verdict in stability.verdicts
    )
    shown = [
        words.format(count=counts[key])
        for key, words in texts.CLASSES.items()
        if counts[key] or key in {"steady", "leaning", "split"}
    ]
    lines.append(" · ".join(shown))
    if stability.spoiled:
        lines.append(spoiled_words(stability))
    return lines


def spoiled_words(stability: StabilityMap) -> str:
    """How many ballots were spoiled at their last attempt, and of what."""
    causes = Counter(spoiled.cause for spoiled, _attempts in stability.spoiled)
    shown = [
        cause if count == 1 else texts.SPOILED_CAUSE.format(cause=cause, count=count)
        for cause, count in sorted(causes.items())
    ]
    return texts.SPOILED.format(count=len(stability.spoiled), causes=", ".join(shown))


def heading(section: Section, count: int) -> str:
    return f"{texts.HEADINGS[section]} ({count})"


def row(verdict: Verdict, dossier: Dossier | None) -> list[str]:
    """The parts of one name's line behind its ticker, in the order in which they are read."""
    parts = [votes(verdict)]
    if section_of(verdict) in {Section.STEADY_DOWN, Section.STEADY_UP}:
        parts.append(figures.move(verdict.current_weight, verdict.target_weight))
    if not isinstance(verdict.repeat_probability, Gap):
        parts.append(texts.REPEATS.format(share=figures.share(verdict.repeat_probability)))
    parts.append(evidence_words(verdict, dossier))
    if verdict.contested and section_of(verdict) is not Section.SPLIT:
        parts.append(texts.CONTESTED)
    if not verdict.held:
        parts.append(texts.NOT_HELD)
    return parts


def major_facts(dossier: Dossier | None) -> list[str]:
    """One line per G3 fact of this name, newest first."""
    if dossier is None:
        return []
    facts = [fact for fact in dossier.facts if fact.severity is Severity.G3]
    return [
        texts.MAJOR_FACT.format(
            severity=fact.severity,
            source=clean(fact.source),
            day=figures.fact_day(fact.day, dossier.quote.day),
            title=clean(fact.title, 90),
        )
        for fact in sorted(facts, key=lambda fact: (-fact.day.toordinal(), fact.id))
    ]


def comparison(run: Run, previous: Run | None) -> list[str]:
    """Changed since the last report, or why that cannot be said; nothing without a last report."""
    if previous is None or stability_of(previous) is None:
        return []
    incomparable = labels.settings_changed(run, previous)
    found = changes(run, previous)
    lines = [incomparable] if incomparable else []
    lines.append(change_headline(found, previous))
    for change in found.changed:
        lines.append(
            "  " + texts.CHANGE_LINE.format(ticker=change.ticker, before=change.before, after=change.after)
        )
        lines.append(f"    {clean(change.news, 100)}")
    if found.appeared:
        lines.append("  " + texts.CHANGE_NEWCOMER.format(names=", ".join(found.appeared)))
    if found.gone:
        lines.append("  " + texts.CHANGE_GONE.format(names=", ".join(found.gone)))
    return lines


def change_headline(found: Changes, previous: Run) -> str:
    month = figures.short_day(previous.opening.snapshot.day)
    if not found.changed:
        return texts.CHANGED_NONE.format(month=month)
    return texts.CHANGED.format(month=month, count=len(found.changed), noise=found.noise)


def sum_words(ballot: BallotSum) -> str:
    """One raw allocation sum; `!` where it is more than ten off one hundred."""
    if isinstance(ballot.raw_sum, Gap):
        return texts.SUM_LEFT_OUT
    return f"{ballot.raw_sum:.0f}{'!' if ballot.marked else ''}"


def sums_words(ballots: Sequence[BallotSum]) -> str:
    """The raw allocation sum of each readable ballot."""
    return texts.SUMS.format(sums=" ".join(map(sum_words, ballots)) or texts.SUM_LEFT_OUT)


def rate_words(rate: BaseRate) -> str:
    """The shares of all votes."""
    return texts.BASE_RATE.format(
        up=figures.share(rate.up), flat=figures.share(rate.flat), down=figures.share(rate.down)
    )


def foot(stability: StabilityMap) -> list[str]:
    """Sums, agreement and base rate, what the remarks say, and the law that stability is not truth."""
    lines = [sums_words(stability.runs)]
    lines.append(
        texts.CASH.format(move=figures.move(stability.cash_current_weight, stability.cash_target_weight))
    )
    if stability.increase_factor < 1:
        lines.append(texts.INCREASES_SHRUNK.format(share=figures.share(float(stability.increase_factor))))
    lines.append(
        texts.AGREEMENT.format(
            share=figures.share(stability.agreement),
            unanimous=figures.share(stability.unanimous_share),
            asked=stability.asked,
        )
    )
    rate = stability.base_rate
    if not isinstance(rate, Gap):
        lines.append(rate_words(rate))
    return [*lines, texts.NOT_TRUTH]


def next_line(next_push: datetime | Gap, zone: tzinfo) -> str:
    if isinstance(next_push, Gap):
        return texts.NEXT_NONE.format(reason=next_push.reason)
    return texts.NEXT.format(moment=figures.moment(next_push, zone))
