"""The stability map as text for a terminal: every name, nothing cut; the same order and words as in the chat.

Colour only where the caller knows that a person looks. In a pipe the text is the same without it, with plain
blanks.
"""

import unicodedata
from datetime import datetime, tzinfo

import click

from bot.report import figures, labels
from bot.report.lookup import called
from bot.report.markup import clean
from bot.report.phrases import below, comparison, foot, heading, headlines, next_line, parts
from bot.report.sheet import OPEN, Section, Sheet, sheet_of
from bot.texts import report as texts
from core.base.gap import NOT_GIVEN, Gap
from core.run import Run

COLOURS = {Section.CUT: "yellow", Section.ADD: "cyan", **dict.fromkeys(OPEN, "magenta")}


def terminal_map(
    run: Run,
    previous: Run | None = None,
    *,
    zone: tzinfo,
    next_push: datetime | Gap = NOT_GIVEN,
    colour: bool = False,
) -> str:
    """The whole map in lines. A run without a map says why there is none, and what was spoiled."""
    sheet = sheet_of(run, previous)
    lines = [click.style(f"*** {label} ***", bold=True) for label in labels.labels(run)]
    lines.append(click.style(texts.TITLE.format(day=figures.day(run.opening.snapshot.day)), bold=True))
    lines += headlines(run, sheet)
    failure = labels.failure_of(run)
    if failure or sheet is None:
        lines += ["", f"{texts.NOT_RUN}: {clean(failure)}"]
    if sheet is not None:
        lines += _body(sheet)
    lines += _left_out(run)
    if sheet is not None:
        lines += ["", *comparison(sheet, previous), *foot(sheet)]
    remarks = labels.remarks(run)
    if remarks:
        lines += ["", f"{texts.REMARKS}:", *(f"- {clean(remark)}" for remark in remarks), ""]
    lines += [clean(labels.made_with(run)), next_line(next_push, zone)]
    text = figures.plain_spaces("\n".join(lines))
    return text if colour else click.unstyle(text)


def _body(sheet: Sheet) -> list[str]:
    rows = sheet.rows
    names = max((_width(row.name) for row in rows), default=4)
    tickers = max((len(row.ticker) for row in rows), default=4)
    lines: list[str] = []
    for section, listed in sheet.sections:
        lines += ["", click.style(heading(section, listed), fg=COLOURS.get(section), bold=True)]
        for row in listed:
            padded = row.name + " " * (names - _width(row.name))
            said = "   ".join(parts(row))
            if row.weak:
                said = click.style(said, fg="red")
            lines.append(f"{click.style(padded, bold=True)}  {row.ticker:<{tickers}}  {said}")
            lines += [f"    {line}" for line in below(row)]
    return lines


def _left_out(run: Run) -> list[str]:
    snapshot, names = run.opening.snapshot, called(run)
    lines: list[str] = []
    if snapshot.not_judged:
        lines += ["", f"{texts['HEADINGS']['not_judged']} ({len(snapshot.not_judged)})"]
        lines += [f"{names[one.ticker]}  {one.ticker}  {clean(one.reason)}" for one in snapshot.not_judged]
    if snapshot.held_not_judged:
        held = ", ".join(f"{names[one.ticker]} ({clean(one.reason)})" for one in snapshot.held_not_judged)
        lines += ["", texts.HELD_NOT_JUDGED.format(names=held)]
    return lines


def _width(text: str) -> int:
    """Columns in a terminal: wide letters (Japanese, say) take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(bool(unicodedata.combining(letter)) for letter in text)
