"""`/variance history`: earlier laboratory runs under the report they repeat, in figures that may be compared. No model is asked.

The first sentence says which figure compares across N and models, and which does not.
"""

from datetime import tzinfo
from typing import Any

from bot.report import figures
from bot.report.data import as_json
from bot.report.markup import bold, esc, italic, plain_text
from bot.texts import laboratory as texts
from bot.texts import report as words
from core.base.errors import NotFound
from core.base.gap import Gap
from core.laboratory.earlier import AskedAgain, Figures, Measured


def laboratory_blocks(questions: tuple[AskedAgain, ...], *, zone: tzinfo) -> tuple[str, ...]:
    """One block a frozen question, the one asked again last first. Raises NotFound when there was no such run."""
    if not questions:
        raise NotFound(texts.NO_RUNS)
    return (
        f"{bold(texts.RUNS)}\n{italic(texts.RUNS_READ)}",
        *(_question(question, zone) for question in questions),
        italic(words.NOT_TRUTH),
    )


def laboratory_text(questions: tuple[AskedAgain, ...], *, zone: tzinfo) -> str:
    """The same for a terminal."""
    return "\n\n".join(plain_text(block) for block in laboratory_blocks(questions, zone=zone))


def laboratory_json(questions: tuple[AskedAgain, ...]) -> dict[str, Any]:
    """The same as data; unknown is null."""
    return {"questions": as_json(questions)}


def _question(question: AskedAgain, zone: tzinfo) -> str:
    head = texts.QUESTION.format(day=figures.day(question.day), snapshot=question.snapshot_digest[:12])
    lines = [bold(head)]
    if isinstance(question.first, Gap):
        lines.append(esc(question.first.reason))
    else:
        lines.append(_run(question.first, zone))
    lines += [_run(run, zone) for run in question.runs]
    return "\n".join(lines)


def _run(run: Measured, zone: tzinfo) -> str:
    head = texts.RUN_HEAD.format(
        what=texts.SHORT[run.purpose],
        moment=figures.long_moment(run.opened, zone),
        model=run.model,
        cost=figures.usd(run.cost_usd),
    )
    if run.rehearsal:
        head = f"{head} · {words.REHEARSAL}"
    return f"{esc(head)}\n  {esc(_figures(run))}"


def _figures(run: Measured) -> str:
    seen = run.figures
    if not isinstance(seen, Figures):
        return f"{words.STATES[run.state]} {seen.reason}".strip()
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
