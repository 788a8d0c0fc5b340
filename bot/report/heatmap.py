"""`/variance` as a picture: names by ballots, the least stable first, each ballot's allocation sum above its
column.

The same colours, letters and phone size as the stability map; here a column is one ballot, in its order, so
that a derailed run shows as a stripe. Nothing is drawn that the text does not say.
"""

from collections.abc import Mapping

from bot.report import figures, labels
from bot.report.canvas import LETTERED, MARGIN, WIDTH, Canvas, drawable
from bot.report.phrases import sum_words
from bot.report.variance import result_labels
from bot.texts import laboratory as words
from core.base.gap import Gap
from core.laboratory.result import NameRow, VarianceResult

ROW, LINE, TOP, BOTTOM = 38, 26, 168, 104
LEFT, RIGHT = 244, 606


def heatmap(result: VarianceResult, names: Mapping[str, str], *, dark: bool = False) -> bytes:
    """PNG bytes; `names` maps a ticker to what a person reads. Blocking (some 500 ms): call it off the event
    loop."""
    said = result_labels(result)
    top = TOP + LINE * max(0, len(said) - 1)
    canvas = Canvas(top + BOTTOM + ROW * len(result.rows), dark=dark)
    theme = canvas.theme
    canvas.text(MARGIN, 28, words["TITLES"][result.purpose], size=18, bold=True)
    for place, label in enumerate(said or (labels.not_truth(None),)):
        canvas.text(
            MARGIN,
            62 + LINE * place,
            label,
            bold=bool(said),
            colour=theme.warn if said else theme.dim,
            room=WIDTH - 2 * MARGIN,
        )
    # Five ballots fill most of the width; three do not become bars.
    pitch = min(72.0, (RIGHT - LEFT) / max(1, len(result.indexes)))
    _columns(canvas, result, top, pitch)
    for number, row in enumerate(result.rows):
        _row(canvas, row, names.get(row.ticker, row.ticker), top + number * ROW, pitch)
    y = top + ROW * len(result.rows)
    canvas.legend(y + 30)
    share = figures.share(result.agreement)
    agreed = words.PICTURE_AGREES.format(share=share, stable=result.stable_names, names=result.names)
    canvas.text(MARGIN, y + 66, agreed, size=12, colour=theme.dim)
    return canvas.png()


def _columns(canvas: Canvas, result: VarianceResult, top: float, pitch: float) -> None:
    theme, numbers, sums = canvas.theme, top - 64, top - 32
    canvas.text(MARGIN, numbers, words.PICTURE_BALLOT, size=12, colour=theme.dim)
    canvas.text(MARGIN, sums, words.PICTURE_SUM, size=12, colour=theme.dim)
    canvas.text(
        WIDTH - MARGIN,
        (numbers + sums) / 2,
        words.PICTURE_AGREEMENT,
        size=12,
        colour=theme.dim,
        align="right",
    )
    known = {one.index: one for one in result.sums}
    narrow = pitch < 2 * LETTERED  # then a sum stands upright over its column
    for place, index in enumerate(result.indexes):
        x = LEFT + (place + 0.5) * pitch
        canvas.text(x, numbers, str(index + 1), size=min(12.0, pitch * 0.5), colour=theme.dim, align="center")
        if one := known.get(index):
            canvas.text(
                x,
                sums,
                sum_words(one),
                size=8 if narrow else 12,
                colour=theme.warn if one.marked else theme.text,
                bold=one.marked,
                align="center",
                upright=narrow,
            )


def _row(canvas: Canvas, row: NameRow, name: str, y: float, pitch: float) -> None:
    canvas.rule(y)
    shown = drawable(name, row.ticker)
    canvas.text(MARGIN, y + ROW / 2, shown, size=14, bold=True, room=LEFT - 2 * MARGIN)
    for place, stance in enumerate(row.stances):
        what = "missing" if isinstance(stance, Gap) else str(stance)
        canvas.cell(what, LEFT + place * pitch + 1, y + 4, pitch - 2, ROW - 8)
    canvas.text(
        WIDTH - MARGIN,
        y + ROW / 2,
        figures.share(row.agreement),
        colour=canvas.theme.dim if row.stable else canvas.theme.text,
        align="right",
        bold=not row.stable,
    )
