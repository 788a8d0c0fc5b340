"""Where a running analysis stands: `facts 19/30 · ballots 3/5, 1 spoiled, 2 answering · $0.18 · 41 s`, and
below it each ballot that is being asked: `ballot 4: writing, 812 tokens · 20 s`."""

from collections.abc import Iterable
from dataclasses import replace

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
        parts = [texts.STEP.format(stage=texts["STAGES"][step.stage], done=step.done, total=step.total)]
        for words, count in (
            (texts.STEP_SPOILED, step.spoiled),
            (texts.STEP_ANSWERING, step.answering),
            (texts.STEP_TOKENS, step.tokens),
        ):
            parts += [words.format(count=count)] if count else []
        shown.append(", ".join(parts))
        if not isinstance(step.spent, Gap):
            spent = figures.usd(step.spent)
    took = texts.SECONDS.format(seconds=seconds) if seconds >= 1 and shown else ""
    return " · ".join(part for part in (*shown, spent, took) if part)


def asking_lines(steps: Iterable[Step]) -> list[str]:
    """One line for each ballot that is being asked: whether it writes, how much, and since when it was
    asked."""
    lines = []
    for one in (one for step in steps for one in step.asking):
        seconds = texts.SECONDS.format(seconds=one.seconds)
        again = texts.ASKING_AGAIN if one.attempt > 1 else ""
        words = texts.ASKING_SILENT if isinstance(one.first_byte_s, Gap) else texts.ASKING_WRITES
        lines.append(words.format(number=one.number, again=again, tokens=one.tokens, seconds=seconds))
    return lines


class PipeProgress:
    """For a pipe or a file: a plain line when a stage is through and at each ballot, nothing written over."""

    def __init__(self) -> None:
        self._told: dict[Stage, tuple[int, int]] = {}

    def line(self, step: Step) -> str:
        """What is to be written of this step, blank where nothing new is through."""
        news = step.done > 0 and (step.stage is Stage.BALLOTS or step.done >= step.total)
        if step.stage is Stage.DONE or not news or self._told.get(step.stage) == (step.done, step.spoiled):
            return ""
        self._told[step.stage] = (step.done, step.spoiled)
        return figures.plain_spaces(progress_line((replace(step, answering=0, tokens=0),)))
