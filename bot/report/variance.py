"""/variance: what moved when the same question was asked again, what moved first; and `/variance history`,
earlier runs.

The words are the report's: a name moved when its *call* is another one. A name "depends on it" only where the
experiment's own test shows an effect; else every difference is what asking again does too, and is called
noise. Nothing here measures whether a call is right, and the last line says so.
"""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from bot.report import figures, labels
from bot.report.lookup import called, stability_of
from bot.report.markup import bold, esc, italic
from bot.report.phrases import rate_words, sums_words
from bot.report.report_json import to_json
from bot.report.sheet import call_words
from bot.report.why import why_blocks
from bot.texts import laboratory as texts
from bot.texts import report as words
from core.base.errors import NotFound
from core.base.gap import Gap
from core.jury.verdict import called as call_from
from core.laboratory.earlier import AskedAgain, Figures, Measured
from core.laboratory.masking import revealed_run
from core.laboratory.result import Experiment, NameRow, VarianceResult
from core.run import Purpose, Run

ROWS = 20  # names listed in the chat; the command line's --json has all


def variance_blocks(
    result: VarianceResult, report: Run, ticker: str = "", *, cost: Decimal | Gap
) -> tuple[str, ...]:
    """The answer in blocks; with `ticker` only that name's row. `report` is the run that was asked again."""
    names = called(report)
    rows = [row for row in result.rows if not ticker or row.ticker == ticker]
    blocks = [_head(result, cost)]
    if not isinstance(result.experiment, Gap):
        blocks.append(_experiment(result.experiment, result.purpose, names))
    moved = [row for row in rows if row.repeated is False]
    blocks.append(_listed(texts.MOVED, moved, names) if moved else esc(texts.MOVED_NONE))
    wavered = [row for row in rows if row.repeated is True and not row.stable]
    uncompared = [row for row in rows if isinstance(row.repeated, Gap)]
    others = ((texts.WAVERED, wavered), (texts.UNCOMPARED, uncompared))
    blocks += [_listed(heading, listed, names) for heading, listed in others if listed]
    if not ticker:
        blocks += [_figures(result), _runs(result)]
    blocks += [esc(figures.tidy(remark)) for remark in result.remarks]
    return (*blocks, f"{esc(texts.LETTERS)}\n{italic(labels.not_truth(stability_of(report)))}")


def name_blocks(
    result: VarianceResult, report: Run, run: Run, ticker: str, *, cost: Decimal | Gap
) -> tuple[str, ...]:
    """One name in full: its row, then each ballot of `run` with its reasons, targets and the facts it
    cites."""
    told = of_name(report, run)
    row = variance_blocks(result, report, ticker, cost=cost)
    if isinstance(told, Gap):
        return (*row, esc(told.reason))
    return (*row[:-1], *why_blocks(told, ticker))


def of_name(report: Run, run: Run) -> Run | Gap:
    """`run` as it can be read by the report's tickers: a masked jury speaks of masks."""
    return revealed_run(report, run) if run.opening.purpose is Purpose.BLIND else run


def result_labels(result: VarianceResult) -> tuple[str, ...]:
    """What stands above anything made of this result."""
    said = (words.REHEARSAL,) if result.rehearsal else ()
    if isinstance(result.recording, Gap):
        return said
    return (*said, words.RECORDING.format(name=result.recording))


def _head(result: VarianceResult, cost: Decimal | Gap) -> str:
    lines = [bold(texts["TITLES"][result.purpose])]
    asked = texts.ASKED.format(
        valid=result.valid, asked=result.asked, model=result.model, cost=figures.usd(cost)
    )
    lines.append(esc(asked))
    if result.constant:
        lines.append(bold(words.CONSTANT))
    if result.purpose is Purpose.RERUN:
        said = texts.SAME if result.same_snapshot and result.same_brief else texts.NOT_SAME
        lines.append(esc(said.format(snapshot=result.snapshot_digest[:12], prompt=result.prompt_digest[:12])))
    if result.model != result.report_model:
        lines.append(esc(texts.OTHER_MODEL.format(model=result.report_model)))
    return "\n".join(lines)


def _listed(heading: str, rows: Sequence[NameRow], names: Mapping[str, str]) -> str:
    lines = [bold(f"{heading} ({len(rows)})"), *(_row(row, names) for row in rows[:ROWS])]
    if len(rows) > ROWS:
        lines.append(words.AND_MORE.format(count=len(rows) - ROWS))
    return "\n".join(lines)


def _row(row: NameRow, names: Mapping[str, str]) -> str:
    stances = " ".join(
        words["LETTERS"]["missing"] if isinstance(stance, Gap) else words["LETTERS"][stance]
        for stance in row.stances
    )
    return f"{bold(names.get(row.ticker, row.ticker))}  <code>{esc(stances)}</code>  {esc(moved_words(row))}"


def moved_words(row: NameRow) -> str:
    """`cut → undecided (was expected again with 61 %)`, or the call that came again."""
    now = call_words(call_from(row.stability, row.direction))
    if isinstance(row.repeated, Gap):
        return f"{now} ({row.repeated.reason})"
    then = call_words(call_from(row.report_stability, row.report_direction))
    expected = (
        "" if isinstance(row.predicted, Gap) else texts.PREDICTED.format(share=figures.share(row.predicted))
    )
    return f"{now if row.repeated else f'{then} → {now}'}{expected}"


def _figures(result: VarianceResult) -> str:
    repeats = result.repeats
    if isinstance(repeats, Gap):
        lines = [texts.NO_REPEATS.format(reason=repeats.reason)]
    else:
        lines = [texts.REPEATS.format(**to_json(repeats))]
    if not isinstance(result.distinct, Gap):
        then = words.UNKNOWN if isinstance(result.report_distinct, Gap) else str(result.report_distinct)
        lines.append(texts.DISTINCT.format(distinct=result.distinct, valid=result.valid, then=then))
    lines += [
        texts.STABLE.format(stable=result.stable_names, names=result.names),
        texts.AGREEMENT.format(
            now=figures.share(result.agreement), then=figures.share(result.report_agreement)
        ),
        texts.UNANIMOUS.format(
            now=figures.share(result.unanimous_share),
            asked=result.asked,
            then=figures.share(result.report_unanimous_share),
            report_asked=result.report_asked,
        ),
    ]
    if not isinstance(result.base_rate, Gap):
        lines.append(rate_words(result.base_rate))
    return "\n".join(esc(figures.tidy(line)) for line in lines)


def _runs(result: VarianceResult) -> str:
    derailed = [
        texts.DERAILED.format(number=ballot.index + 1, reasons="; ".join(ballot.reasons))
        for ballot in result.derailed
    ]
    return "\n".join(map(esc, [sums_words(result.sums), *derailed]))


def _experiment(experiment: Experiment, purpose: Purpose, names: Mapping[str, str]) -> str:
    """What the test says first. The names that it holds responsible only where it shows an effect at all."""
    real = experiment.effects[0].real if experiment.effects else False
    on = texts["CHANGED_THING"][purpose]
    if real and experiment.depends:
        head = texts.DEPENDS.format(on=on, names=", ".join(names.get(t, t) for t in experiment.depends))
    else:
        head = (texts.EFFECT if real else texts.NOISE).format(on=on)
    lines = [bold(head)]
    for effect in experiment.effects:
        mark = texts.EFFECT_REAL if effect.real else texts.EFFECT_NOISE
        lines.append(f"{mark} {esc(figures.tidy(effect.sentence))}")
    return "\n".join(lines)


# --- earlier runs
# ----------------------------------------------------------------------------------------------------


def laboratory_blocks(questions: tuple[AskedAgain, ...], *, zone: tzinfo) -> tuple[str, ...]:
    """One block a frozen question, the one asked again last first, in figures that may be compared; the first
    sentence says which compare across N and models. Raises NotFound when there was no such run."""
    if not questions:
        raise NotFound(texts.NO_RUNS)
    return (
        f"{bold(texts.RUNS)}\n{italic(texts.RUNS_READ)}",
        *(_question(question, zone) for question in questions),
        italic(labels.not_truth(None)),
    )


def laboratory_json(questions: tuple[AskedAgain, ...]) -> dict[str, Any]:
    """The same as data; unknown is null."""
    return {"questions": to_json(questions)}


def _question(question: AskedAgain, zone: tzinfo) -> str:
    head = texts.QUESTION.format(day=figures.day(question.day), snapshot=question.snapshot_digest[:12])
    first = question.first
    lines = [bold(head), esc(first.reason) if isinstance(first, Gap) else _run(first, zone)]
    return "\n".join([*lines, *(_run(run, zone) for run in question.runs)])


def _run(run: Measured, zone: tzinfo) -> str:
    head = texts.RUN_HEAD.format(
        what=texts["SHORT"][run.purpose],
        moment=figures.long_moment(run.opened, zone),
        model=run.model,
        cost=figures.usd(run.cost_usd),
    )
    if run.rehearsal:
        head = f"{head} · {words.REHEARSAL}"
    return f"{esc(head)}\n  {esc(_measured(run))}"


def _measured(run: Measured) -> str:
    seen = run.figures
    if not isinstance(seen, Figures):
        return f"{words['STATES'][run.state]} {seen.reason}".strip()
    if seen.constant:
        return texts.RUN_CONSTANT.format(valid=seen.valid, asked=run.asked)
    return texts.RUN_FIGURES.format(
        agreement=figures.share(seen.agreement),
        unanimous=figures.share(seen.unanimous_share),
        asked=run.asked,
        valid=seen.valid,
        stable=seen.stable_names,
        names=run.names,
        marked=figures.counted(seen.marked, texts.MARKED_SUMS),
    )
