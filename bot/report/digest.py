"""The report's digest: one phone screen, what needs the person first. Blocks of escaped HTML; the choke point splits between them.

Decisions. Every heading's count equals the names it lists plus "+n more". A budget of name lines is shared out section by
section in reading order, so a portfolio of thirty still fits a screen and no section goes unmentioned. No share counts:
they read like orders. A run without a map becomes a short message that says why.
"""

from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.changes import changes, dossiers_of, stability_of
from bot.report.markup import bold, clean, esc, italic
from bot.report.phrases import (
    change_headline,
    heading,
    headlines,
    major_facts,
    next_line,
    row,
    sums_words,
)
from bot.report.sections import Section, sections
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.jury.verdict import StabilityMap, Verdict
from core.run import Run, RunState

LINES = 14  # name lines on one phone screen beside headings and foot, at 40 characters a line
CHANGE_LINES = 3
REMARK_LINES = 2


def digest(
    run: Run,
    previous: Run | None = None,
    *,
    zone: tzinfo,
    next_push: datetime | Gap = NOT_GIVEN,
) -> tuple[str, ...]:
    """The digest as blocks. `previous` is the report before this one, for the reader's comparison only."""
    stability = stability_of(run)
    if stability is None or labels.state_of(run) is not RunState.DONE:
        return (*_head(run), *_failure(run, stability), esc(next_line(next_push, zone)))
    blocks = [*_head(run), *_sections(run, stability), *_left_out(run), *_compared(run, previous)]
    blocks.append(_foot(run, stability, zone, next_push))
    return tuple(blocks)


def _head(run: Run) -> list[str]:
    said = [bold(label) for label in labels.labels(run)]
    title = bold(texts.TITLE.format(day=figures.day(run.opening.snapshot.day)))
    return ["\n".join([*said, title, *(esc(line) for line in headlines(run))])]


def _failure(run: Run, stability: StabilityMap | None) -> list[str]:
    lines = [bold(texts.NOT_RUN), esc(labels.failure_of(run))]
    if stability is not None and labels.state_of(run) is RunState.NO_QUORUM:
        lines.append(
            esc(
                texts.NO_QUORUM_REPORT.format(
                    valid=stability.valid, asked=stability.asked, quorum=stability.quorum
                )
            )
        )
    return ["\n".join([*lines, esc(labels.made_with(run))])]


def _sections(run: Run, stability: StabilityMap) -> list[str]:
    grouped = sections(stability)
    shown = share_out([len(listed) for _, listed in grouped], LINES)
    dossiers = dossiers_of(run)
    blocks = []
    for (section, listed), count in zip(grouped, shown, strict=True):
        lines = [bold(heading(section, len(listed)))]
        for verdict in listed[:count]:
            dossier = dossiers.get(verdict.ticker)
            lines.append(
                f"{bold(verdict.ticker)}  "
                + "   ".join(esc(part) for part in _short(verdict, row(verdict, dossier), section))
            )
            lines += [f"  {esc(text, 70)}" for text in major_facts(dossier)[:1]]
        if len(listed) > count:
            lines.append(texts.AND_MORE.format(count=len(listed) - count))
        blocks.append("\n".join(lines))
    return blocks


def _short(verdict: Verdict, parts: list[str], section: Section) -> list[str]:
    # On a split the chance that it splits again says nothing that the votes do not: the line stays short.
    if section in {Section.SPLIT, Section.LEANING, Section.STEADY_HOLD} and not isinstance(
        verdict.repeat_probability, Gap
    ):
        repeats = texts.REPEATS.format(share=figures.share(verdict.repeat_probability))
        return [part for part in parts if part != repeats]
    return parts


def share_out(sizes: list[int], lines: int) -> list[int]:
    """How many names each section may list: one each, then one more each in turn, in order, until the lines are used up."""
    given = [min(1, size) for size in sizes]
    left = lines - sum(given)
    while left > 0 and any(count < size for count, size in zip(given, sizes, strict=True)):
        for place, size in enumerate(sizes):
            if left > 0 and given[place] < size:
                given[place] += 1
                left -= 1
    return given


def _left_out(run: Run) -> list[str]:
    snapshot = run.opening.snapshot
    blocks = []
    if snapshot.not_judged:
        lines = [bold(f"{texts.HEADINGS['not_judged']} ({len(snapshot.not_judged)})")]
        lines += [
            f"{bold(name.ticker)}  {esc(name.reason, 90)}" for name in snapshot.not_judged[:CHANGE_LINES]
        ]
        if len(snapshot.not_judged) > CHANGE_LINES:
            lines.append(texts.AND_MORE.format(count=len(snapshot.not_judged) - CHANGE_LINES))
        blocks.append("\n".join(lines))
    if snapshot.held_not_judged:
        names = ", ".join(name.ticker for name in snapshot.held_not_judged)
        blocks.append(esc(texts.HELD_NOT_JUDGED.format(names=names), 160))
    return blocks


def _compared(run: Run, previous: Run | None) -> list[str]:
    if previous is None or stability_of(previous) is None:
        return []
    lines = []
    incomparable = labels.settings_changed(run, previous)
    if incomparable:
        lines.append(bold(incomparable))
    found = changes(run, previous)
    lines.append(esc(change_headline(found, previous)))
    for change in found.changed[:CHANGE_LINES]:
        moved = texts.CHANGE_LINE.format(ticker=change.ticker, before=change.before, after=change.after)
        lines.append(f"{esc(moved)}\n  {italic(clean(change.news, 80))}")
    if len(found.changed) > CHANGE_LINES:
        lines.append(texts.AND_MORE.format(count=len(found.changed) - CHANGE_LINES))
    for names, words in ((found.appeared, texts.CHANGE_NEWCOMER), (found.gone, texts.CHANGE_GONE)):
        if names:
            lines.append(esc(words.format(names=", ".join(names)), 160))
    return ["\n".join(lines)]


def _foot(run: Run, stability: StabilityMap, zone: tzinfo, next_push: datetime | Gap) -> str:
    remarks = labels.remarks(run)
    lines = [f"· {esc(remark, 120)}" for remark in remarks[:REMARK_LINES]]
    if len(remarks) > REMARK_LINES:
        lines.append(texts.AND_MORE.format(count=len(remarks) - REMARK_LINES))
    lines += [esc(sums_words(stability.runs)), italic(texts.NOT_TRUTH)]
    lines += [esc(labels.made_with(run)), esc(next_line(next_push, zone))]
    return "\n".join(lines)
