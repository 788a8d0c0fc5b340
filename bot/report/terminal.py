"""The stability map as text for a terminal: every name, no cut. The same order and words as in the chat."""

from datetime import datetime, tzinfo

from bot.report import figures, labels
from bot.report.changes import dossiers_of, stability_of
from bot.report.markup import clean
from bot.report.phrases import comparison, foot, heading, headlines, major_facts, next_line, row
from bot.report.sections import sections
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.jury.verdict import StabilityMap
from core.run import Run


def terminal_map(
    run: Run,
    previous: Run | None = None,
    *,
    zone: tzinfo,
    next_push: datetime | Gap = NOT_GIVEN,
) -> str:
    """The whole map in lines. A run without a map says why there is none, and what was spoiled."""
    stability = stability_of(run)
    lines = [*(f"*** {label} ***" for label in labels.labels(run))]
    lines.append(texts.TITLE.format(day=figures.day(run.opening.snapshot.day)))
    lines += headlines(run)
    failure = labels.failure_of(run)
    if failure or stability is None:
        lines += ["", f"{texts.NOT_RUN}: {clean(failure)}"]
    if stability is not None:
        lines += _body(run, stability)
        lines += ["", *comparison(run, previous), *foot(stability)]
    remarks = labels.remarks(run)
    if remarks:
        lines += ["", f"{texts.REMARKS}:", *(f"- {clean(remark)}" for remark in remarks), ""]
    lines += [clean(labels.made_with(run)), next_line(next_push, zone)]
    return "\n".join(lines)


def _body(run: Run, stability: StabilityMap) -> list[str]:
    dossiers = dossiers_of(run)
    width = max((len(verdict.ticker) for verdict in stability.verdicts), default=4)
    lines: list[str] = []
    for section, listed in sections(stability):
        lines += ["", heading(section, len(listed))]
        for verdict in listed:
            dossier = dossiers.get(verdict.ticker)
            lines.append(f"{verdict.ticker:<{width}}  " + "   ".join(row(verdict, dossier)))
            lines += [f"{'':<{width}}    {text}" for text in major_facts(dossier)]
    snapshot = run.opening.snapshot
    if snapshot.not_judged:
        lines += ["", f"{texts.HEADINGS['not_judged']} ({len(snapshot.not_judged)})"]
        lines += [f"{name.ticker}  {clean(name.reason)}" for name in snapshot.not_judged]
    if snapshot.held_not_judged:
        names = ", ".join(f"{name.ticker} ({clean(name.reason)})" for name in snapshot.held_not_judged)
        lines += ["", texts.HELD_NOT_JUDGED.format(names=names)]
    return lines
