"""The sentences of the long form, as plain text, shared by terminal and page. Outside text is cleaned here
and escaped there."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.lookup import called, saying
from bot.report.markup import clean
from bot.report.sheet import Row, Section, Sheet, call_words
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.fact import Fact
from core.jury.verdict import BallotSum, BaseRate
from core.run import Run


def headlines(run: Run, sheet: Sheet | None) -> list[str]:
    """What was read, what was asked, what cash does."""
    sieve = run.opening.snapshot.sieve
    lines = [
        texts.SIEVE.format(
            read=sieve.read,
            kept=sieve.kept,
            facts=figures.form(sieve.kept, texts.FACTS),
            g3=sieve.g3,
            months=run.opening.snapshot.horizon_months,
        )
    ]
    if sheet is None:
        return lines
    lines += [
        labels.counts(sheet.stability),
        texts.CASH.format(move=figures.move(sheet.cash_now, sheet.cash_then)),
    ]
    if sheet.stability.spoiled:
        lines.append(labels.spoiled(sheet.stability))
    return lines


def heading(section: Section, rows: Sequence[Row]) -> str:
    return f"{texts['HEADINGS'][section]} ({len(rows)})"


def parts(row: Row) -> list[str]:
    """What stands behind a name in the long form, in the order in which it is read."""
    chance = row.verdict.repeat_probability
    again = [] if isinstance(chance, Gap) else [texts.REPEATS.format(share=figures.share(chance))]
    return [row.tally, row.weights, *again, row.evidence, *row.flags]


def below(row: Row) -> list[str]:
    """What stands under a name: its major facts, and how its call really changed."""
    lines = [major_line(row, fact) for fact in row.major]
    if change := row.news:
        was = texts.CHANGE_WAS.format(before=texts["CALLS"][change.before])
        lines.append(f"{was}: {clean(change.news, 200)}")
    return lines


def major_line(row: Row, fact: Fact) -> str:
    """`G3 · SEC 14 Nov · “the Chief Financial Officer … will resign”`."""
    today = row.dossier.quote.day if row.dossier else fact.day
    return texts.MAJOR_FACT.format(
        source=clean(fact.source), day=figures.fact_day(fact.day, today), said=clean(saying(fact), 360)
    )


def comparison(sheet: Sheet, previous: Run | None) -> list[str]:
    """What changed since the last report; nothing without one. The first line is the head of the others."""
    incomparable = labels.settings_changed(sheet.run, previous)
    lines = [incomparable] if incomparable else []
    found = sheet.changes
    if previous is None or not found.compared:
        return lines
    day = figures.short_day(previous.opening.snapshot.day)
    if found.changed:
        counted = figures.counted(len(found.changed), texts.CALLS_COUNTED)
        lines.append(texts.CHANGED.format(day=day, calls=counted, noise=found.noise))
    else:
        lines.append(texts.CHANGED_NONE.format(day=day))
    names, earlier = called(sheet.run), called(previous)
    for change in found.news:
        moved = texts.CHANGE_LINE.format(
            name=names[change.ticker], before=call_words(change.before), after=call_words(change.after)
        )
        lines.append(f"  {moved} · {clean(change.news, 200)}")
    if found.appeared:
        lines.append("  " + texts.CHANGE_NEWCOMER.format(names=", ".join(names[t] for t in found.appeared)))
    if found.gone:
        lines.append("  " + texts.CHANGE_GONE.format(names=", ".join(earlier[t] for t in found.gone)))
    return lines


def sum_words(ballot: BallotSum) -> str:
    """One raw allocation sum; `!` where it is more than ten off one hundred."""
    if isinstance(ballot.raw_sum, Gap):
        return texts.SUM_LEFT_OUT
    return f"{ballot.raw_sum:.0f}{'!' if ballot.marked else ''}"


def sums_words(ballots: Sequence[BallotSum]) -> str:
    """The raw allocation sum of each readable ballot."""
    return figures.tidy(texts.SUMS.format(sums=" ".join(map(sum_words, ballots)) or texts.SUM_LEFT_OUT))


def rate_words(rate: BaseRate) -> str:
    """The shares of all votes."""
    return texts.BASE_RATE.format(
        up=figures.share(rate.up), flat=figures.share(rate.flat), down=figures.share(rate.down)
    )


def foot(sheet: Sheet) -> list[str]:
    """Sums, agreement and base rate, and the law that stability is not truth."""
    stability = sheet.stability
    lines = [sums_words(stability.runs)]
    if stability.increase_factor < 1:
        lines.append(texts.INCREASES_SHRUNK.format(share=figures.share(float(stability.increase_factor))))
    lines.append(
        texts.AGREEMENT.format(
            share=figures.share(stability.agreement),
            unanimous=figures.share(stability.unanimous_share),
            asked=stability.asked,
        )
    )
    if not isinstance(stability.base_rate, Gap):
        lines.append(rate_words(stability.base_rate))
    return [*lines, labels.not_truth(stability)]


def next_line(next_push: datetime | Gap, zone: tzinfo) -> str:
    if isinstance(next_push, Gap):
        return texts.NEXT_NONE.format(reason=next_push.reason)
    return texts.NEXT.format(moment=figures.moment(next_push, zone))
