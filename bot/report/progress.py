"""Where a running analysis stands, in one line: `facts 19/30 · ballots 3/5, 1 spoiled, 2 answering · $0.18 ·
41 s`."""

from collections.abc import Iterable

from bot.report import figures
from bot.texts import chat as texts
from core.base.gap import Gap
from core.base.progress import Stage, Step


def progress_line(steps: Iterable[Step], *, seconds: float = 0.0) -> str:
    """The stages that have begun, in their order, and the time since; blank before the first."""
    order = list(Stage)
    shown = []
    spent = ""
    for step in sorted(steps, key=lambda step: order.index(step.stage)):
        if step.stage is Stage.DONE:
            continue
        part = texts.STEP.format(stage=texts["STAGES"][step.stage], done=step.done, total=step.total)
        if step.spoiled:
            part += ", " + texts.STEP_SPOILED.format(count=step.spoiled)
        if step.answering:
            part += ", " + texts.STEP_ANSWERING.format(count=step.answering)
        if step.tokens:
            part += ", " + texts.STEP_TOKENS.format(count=step.tokens)
        shown.append(part)
        if not isinstance(step.spent, Gap):
            spent = figures.usd(step.spent)
    took = texts.SECONDS.format(seconds=seconds) if seconds >= 1 and shown else ""
    return " · ".join(part for part in (*shown, spent, took) if part)
