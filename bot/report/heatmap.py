"""`/variance` as a picture: names by ballots, the least stable first, each ballot's allocation sum above its column.

The same colours, letters and phone size as the stability map (`bot.report.picture`); here a column is one ballot, in its
order, so that a derailed run shows as a stripe. Nothing is drawn that the text does not say.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from bot.report import figures
from bot.report.markup import clean
from bot.report.phrases import sum_words
from bot.report.picture import DARK, DPI, EMPTY, LABEL, LIGHT, WIDEST, WIDTH, Theme
from bot.report.variance import result_labels
from bot.texts import laboratory as words
from bot.texts import report as texts
from core.base.gap import Gap
from core.jury.verdict import BallotSum
from core.laboratory.result import NameRow, VarianceResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 38
TOP = 168
BOTTOM = 70
LEFT, RIGHT = 132, 590
# Below this column width in pixels letters would overlap; the colours still tell.
LETTERED = 17


def heatmap(result: VarianceResult, *, dark: bool) -> bytes:
    """PNG bytes. Blocking (a few hundred ms): call it off the event loop."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    theme = DARK if dark else LIGHT
    said = result_labels(result)
    top = TOP + LABEL * max(0, len(said) - 1)
    height = top + BOTTOM + ROW * len(result.rows)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=theme.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    _head(axes, result, said, theme)
    _draw(axes, result, theme, top, height)
    stored = BytesIO()
    figure.savefig(stored, format="png", dpi=DPI, facecolor=theme.ground)
    return stored.getvalue()


def _head(axes: "Axes", result: VarianceResult, said: tuple[str, ...], theme: Theme) -> None:
    _say(axes, 14, 28, words.TITLES[result.purpose], theme.text, size=18, bold=True)
    for place, label in enumerate(said):
        _say(axes, 14, 62 + LABEL * place, clean(label, WIDEST), theme.warn, size=12.5, bold=True)
    if not said:
        _say(axes, 14, 62, texts.NOT_TRUTH, theme.dim, size=12.5)


def _draw(axes: "Axes", result: VarianceResult, theme: Theme, top: float, height: int) -> None:
    pitch = (RIGHT - LEFT) / max(1, len(result.indexes))
    pitch = min(pitch, 84.0)  # five ballots fill most of the width; three do not become bars
    numbers, sums = top - 64, top - 32
    _say(axes, 14, numbers, words.PICTURE_BALLOT, theme.dim, size=12)
    _say(axes, 14, sums, words.PICTURE_SUM, theme.dim, size=12)
    _say(axes, WIDTH - 14, (numbers + sums) / 2, words.PICTURE_AGREEMENT, theme.dim, size=12, right=True)
    known = {one.index: one for one in result.sums}
    for place, index in enumerate(result.indexes):
        x = LEFT + (place + 0.5) * pitch
        _say(axes, x, numbers, str(index + 1), theme.dim, size=min(12.0, pitch * 0.5), middle=True)
        if index in known:
            _sum(axes, known[index], theme, x, sums, pitch)
    for number, row in enumerate(result.rows):
        _row(axes, row, theme, top + number * ROW, pitch)
    agreement = words.PICTURE_AGREES.format(
        share=figures.share(result.agreement), stable=result.stable_names, names=result.names
    )
    _say(axes, 14, height - 34, agreement, theme.dim, size=12)


def _sum(axes: "Axes", one: BallotSum, theme: Theme, x: float, y: float, pitch: float) -> None:
    """A ballot's allocation sum over its column; upright where the column is too narrow for it."""
    narrow = pitch < 2 * LETTERED
    said = sum_words(one)
    axes.text(
        x,
        y,
        said,
        fontsize=8 if narrow else 12,
        color=theme.warn if one.marked else theme.text,
        fontweight="bold" if one.marked else "normal",
        rotation=90 if narrow else 0,
        ha="center",
        va="center",
    )


def _row(axes: "Axes", row: NameRow, theme: Theme, y: float, pitch: float) -> None:
    from matplotlib.patches import Rectangle

    axes.plot([14, WIDTH - 14], [y, y], color=theme.line, linewidth=0.6)
    size = 15 if len(row.ticker) < 8 else 11.5
    _say(axes, 14, y + ROW / 2, clean(row.ticker, 11), theme.text, size=size, bold=True)
    for place, stance in enumerate(row.stances):
        name = "missing" if isinstance(stance, Gap) else str(stance)
        fill, letter = theme.cells[name]
        edge = theme.line if name in EMPTY else "none"
        x = LEFT + place * pitch
        axes.add_patch(
            Rectangle((x + 1, y + 4), pitch - 2, ROW - 8, facecolor=fill, edgecolor=edge, linewidth=0.8)
        )
        if pitch >= LETTERED:
            _say(
                axes,
                x + pitch / 2,
                y + ROW / 2,
                texts.LETTERS[name],
                letter,
                size=min(13.0, pitch * 0.5),
                middle=True,
            )
    _say(
        axes,
        WIDTH - 14,
        y + ROW / 2,
        figures.share(row.agreement),
        theme.dim if row.stable else theme.text,
        size=13,
        right=True,
        bold=not row.stable,
    )


def _say(
    axes: "Axes",
    x: float,
    y: float,
    said: str,
    colour: str,
    *,
    size: float,
    bold: bool = False,
    right: bool = False,
    middle: bool = False,
) -> None:
    axes.text(
        x,
        y,
        said.replace("$", r"\$"),
        fontsize=size,
        color=colour,
        fontweight="bold" if bold else "normal",
        ha="right" if right else "center" if middle else "left",
        va="center",
    )
