"""The map as a picture: one row per name, its ballots as coloured cells ordered from sell to buy, evidence
and weights beside.

Under a name stands its G3 event, or where there is room (few names) the reason that most ballots of its side
give. Nothing is drawn that the text does not say. The helpers of `bot.report.canvas` keep it readable on a
phone and without colours.
"""

from bot.report import figures, labels
from bot.report.canvas import MARGIN, WIDTH, Canvas, drawable, stances
from bot.report.markup import clean
from bot.report.phrases import heading, major_line
from bot.report.reasons import first_reason
from bot.report.sheet import OPEN, Row, Sheet, evidence_short, sheet_of
from bot.texts import report as texts
from core.base.errors import BadRequest
from core.run import Run

ROW, BELOW, GAP, TOP, LINE, BOTTOM = 40, 22, 38, 144, 26, 84
# With more names than these a line under each would make the picture too high for a phone.
REASONED = 14
NAMES, CELLS, EVIDENCE = (MARGIN, 238), (244, 448), 456
WEIGHT = WIDTH - MARGIN


def picture(run: Run, dark: bool = False) -> bytes:
    """PNG bytes. Raises BadRequest for a run that has no map. Blocking (a second): call it off the event
    loop."""
    sheet = sheet_of(run)
    if sheet is None:
        raise BadRequest(f"This run has no map. {labels.failure_of(run)}".strip())
    below = {row.ticker: _below(sheet, row) for row in sheet.rows}
    said = labels.short(run) or (labels.not_truth(sheet.stability),)
    lines = sum(1 for line in below.values() if line)
    height = TOP + LINE * (len(said) - 1) + ROW * len(sheet.rows) + BELOW * lines + GAP * len(sheet.sections)
    signed = any(
        texts.NO_SOURCE_SIGN in evidence_short(row.verdict, row.dossier) for row in sheet.rows
    )  # the sign in the evidence column stands for a whole sentence
    canvas = Canvas(height + BOTTOM + BELOW * signed, dark=dark)
    y = _head(canvas, sheet, said)
    for section, rows in sheet.sections:
        canvas.text(MARGIN, y + GAP * 0.58, heading(section, rows), bold=True, colour=canvas.theme.dim)
        y += GAP
        for row in rows:
            _row(canvas, row, y)
            y += ROW
            if line := below[row.ticker]:
                canvas.text(MARGIN, y + 5, line, size=12, colour=canvas.theme.dim, room=WIDTH - 2 * MARGIN)
                y += BELOW
    canvas.legend(y + 28)
    notes = [*([texts.PICTURE_SIGN] if signed else []), labels.made_with(run)]
    for place, note in enumerate(notes):
        canvas.text(
            MARGIN, y + 62 + BELOW * place, note, size=12, colour=canvas.theme.dim, room=WEIGHT - MARGIN
        )
    return canvas.png()


def _head(canvas: Canvas, sheet: Sheet, said: tuple[str, ...]) -> float:
    """Title, what must be said, the counts, and the columns' names; returns where the rows begin."""
    theme = canvas.theme
    title = texts.TITLE.format(day=figures.day(sheet.run.opening.snapshot.day))
    canvas.text(MARGIN, 28, title, size=19, bold=True)
    colour = theme.warn if labels.labels(sheet.run) else theme.dim
    for place, line in enumerate(said):
        canvas.text(MARGIN, 62 + LINE * place, line, bold=True, colour=colour, room=WIDTH - 2 * MARGIN)
    y = 62 + LINE * len(said)
    cash = texts.CASH.format(move=figures.move(sheet.cash_now, sheet.cash_then))
    canvas.text(MARGIN, y, f"{cash} · {labels.counts(sheet.stability)}", room=WIDTH - 2 * MARGIN)
    columns = ((CELLS[0], texts.PICTURE_CELLS, "left"), (EVIDENCE, texts.PICTURE_EVIDENCE, "left"))
    for x, words, align in (*columns, (WEIGHT, texts.PICTURE_WEIGHT, "right")):
        canvas.text(x, y + 34, words, size=12, colour=theme.dim, align=align)
    return y + TOP - 88


def _below(sheet: Sheet, row: Row) -> str:
    if row.major:
        more = texts.AND_MORE.format(count=len(row.major) - 1) if len(row.major) > 1 else ""
        return drawable(f"{major_line(row, row.major[0])} {more}".rstrip(), texts.G3_HERE)
    reason = first_reason(sheet.run, row.verdict) if len(sheet.rows) <= REASONED else ""
    return drawable(clean(reason), "")


def _row(canvas: Canvas, row: Row, y: float) -> None:
    theme, centre = canvas.theme, y + ROW / 2
    canvas.rule(y)
    name = drawable(row.name, row.ticker)
    canvas.text(NAMES[0], centre, name, size=14, bold=True, room=NAMES[1] - NAMES[0])
    counted = stances(row.verdict.counts)
    pitch = min(40.5, (CELLS[1] - CELLS[0]) / (sum(count for _stance, count in counted) or 1))
    x = float(CELLS[0])
    for stance, count in counted:
        for _ in range(count):
            canvas.cell(stance, x, y + 5, pitch - min(3.0, pitch * 0.15), ROW - 10)
            x += pitch
    weak = row.weak or not row.verdict.evidence.official
    shown = evidence_short(row.verdict, row.dossier)
    canvas.text(EVIDENCE, centre, shown, size=12.5, colour=theme.warn if weak else theme.text)
    moved = row.now != row.then and row.section not in OPEN
    canvas.text(
        WEIGHT, centre, row.weights, align="right", bold=moved, colour=theme.text if moved else theme.dim
    )
