"""/variance: what moved when the same question was asked again, flip-floppers first. Blocks of escaped HTML for the chat.

The laboratory's figures are shown as they are; nothing here measures whether a verdict is right, and the last line says so.
"""

from decimal import Decimal

from bot.report import figures
from bot.report.markup import bold, clean, esc, italic
from bot.report.phrases import rate_words, sums_words
from bot.report.why import why_blocks
from bot.texts import laboratory as texts
from bot.texts import report as words
from core.base.gap import Gap
from core.jury.verdict import Stability
from core.laboratory.masking import revealed_run
from core.laboratory.result import Effect, Experiment, NameRow, VarianceResult
from core.run import Purpose, Run

ROWS = 20  # names listed in the chat; the command line and --json have all


def variance_blocks(result: VarianceResult, ticker: str = "", *, cost: Decimal | Gap) -> tuple[str, ...]:
    """The answer in blocks; with `ticker` only that name's row."""
    rows = [row for row in result.rows if not ticker or row.ticker == ticker]
    blocks = [_head(result, cost)]
    if not isinstance(result.experiment, Gap):
        blocks.append(_experiment(result.experiment))
    blocks.append(_rows(result, rows))
    if not ticker:
        blocks += [_runs(result), _figures(result)]
    blocks += [esc(remark) for remark in result.remarks]
    blocks.append(italic(words.NOT_TRUTH))
    return tuple(blocks)


def name_blocks(
    result: VarianceResult, report: Run, run: Run, ticker: str, *, cost: Decimal | Gap
) -> tuple[str, ...]:
    """One name in full: its row, then each ballot of `run` with its reasons, targets and the facts it cites."""
    told = of_name(report, run)
    row = variance_blocks(result, ticker, cost=cost)
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
    lines = [bold(label) for label in result_labels(result)]
    lines.append(bold(texts.TITLES[result.purpose]))
    lines.append(
        esc(
            texts.ASKED.format(
                valid=result.valid, asked=result.asked, model=result.model, cost=figures.usd(cost)
            )
        )
    )
    if result.constant:
        lines.append(bold(words.CONSTANT))
    if result.purpose is Purpose.RERUN:
        same = result.same_snapshot and result.same_brief
        said = texts.SAME if same else texts.NOT_SAME
        lines.append(esc(said.format(snapshot=result.snapshot_digest[:12], prompt=result.prompt_digest[:12])))
    if result.model != result.report_model:
        lines.append(esc(texts.OTHER_MODEL.format(model=result.report_model)))
    return "\n".join(lines)


def _rows(result: VarianceResult, rows: list[NameRow]) -> str:
    lines = [bold(texts.STABLE.format(stable=result.stable_names, names=result.names))]
    for row in rows[:ROWS]:
        stances = " ".join(
            words.LETTERS["missing"] if isinstance(stance, Gap) else words.LETTERS[stance]
            for stance in row.stances
        )
        mark = texts.STABLE_MARK if row.stable else texts.FLIP_MARK
        lines.append(f"{mark} {bold(row.ticker)}  <code>{esc(stances)}</code>  {esc(_moved(row))}")
    if len(rows) > ROWS:
        lines.append(words.AND_MORE.format(count=len(rows) - ROWS))
    return "\n".join(lines)


def _moved(row: NameRow) -> str:
    now = _verdict(row.stability, row.direction)
    if isinstance(row.repeated, Gap):
        return f"{now} ({row.repeated.reason})"
    then = _verdict(row.report_stability, row.report_direction)
    moved = texts.CAME_AGAIN if row.repeated else texts.WAS.format(then=then)
    predicted = (
        "" if isinstance(row.predicted, Gap) else texts.PREDICTED.format(share=figures.share(row.predicted))
    )
    return f"{now}, {moved}{predicted}"


def _verdict(stability: Stability, direction: object) -> str:
    way = "" if isinstance(direction, Gap) else words.DIRECTIONS[str(direction)]
    return f"{stability} {way}".rstrip()


def _runs(result: VarianceResult) -> str:
    lines = [esc(sums_words(result.sums))]
    lines += [
        esc(texts.DERAILED.format(number=ballot.index + 1, reasons="; ".join(ballot.reasons)))
        for ballot in result.derailed
    ]
    return "\n".join(lines)


def _figures(result: VarianceResult) -> str:
    lines = [
        texts.AGREEMENT.format(
            now=figures.share(result.agreement),
            then=figures.share(result.report_agreement),
        ),
        texts.UNANIMOUS.format(
            now=figures.share(result.unanimous_share),
            asked=result.asked,
            then=figures.share(result.report_unanimous_share),
            report_asked=result.report_asked,
        ),
    ]
    if not isinstance(result.distinct, Gap):
        then = words.UNKNOWN if isinstance(result.report_distinct, Gap) else str(result.report_distinct)
        lines.insert(0, texts.DISTINCT.format(distinct=result.distinct, valid=result.valid, then=then))
    rate = result.base_rate
    if not isinstance(rate, Gap):
        lines.append(rate_words(rate))
    repeats = result.repeats
    if isinstance(repeats, Gap):
        lines.append(texts.NO_REPEATS.format(reason=repeats.reason))
    else:
        lines.append(
            texts.REPEATS.format(
                observed=repeats.observed,
                names=repeats.names,
                expected=f"{repeats.expected:.1f}",
                low=repeats.low,
                high=repeats.high,
            )
        )
    return "\n".join(esc(line) for line in lines)


def _experiment(experiment: Experiment) -> str:
    lines = [bold(clean(experiment.sentence))]
    lines += [_effect(effect) for effect in experiment.effects]
    if experiment.depends:
        lines.append(esc(texts.DEPENDS.format(names=", ".join(experiment.depends))))
    return "\n".join(lines)


def _effect(effect: Effect) -> str:
    mark = texts.EFFECT_REAL if effect.real else texts.EFFECT_NOISE
    return f"{mark} {esc(effect.sentence)}"
