"""The map as a picture: one row per name, its ballots as coloured cells ordered from sell to buy, evidence and weights beside.

Decisions. Drawn at 720 px for phones that show it 360 px wide: words are 17 to 21 px high, so 8 to 10 there.
Okabe-Ito colours, light and dark shade by degree, and a letter in every cell: no row needs a colour to be told apart.
matplotlib is imported on use (it takes a second) and only its object-oriented Agg canvas is used: no global state, so it may
run in a thread. Nothing is drawn that the text does not say.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from bot.report import figures, labels
from bot.report.changes import stability_of
from bot.report.markup import clean
from bot.report.sections import Section, section_of, sections
from bot.texts import report as texts
from core.base.errors import BadRequest
from core.jury.verdict import Verdict
from core.run import Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 720
ROW = 40
GAP = 38  # a section's title
TOP = 118
LABEL = 26  # each label has a line of its own: two beside each other would run over the edge
BOTTOM = 84
DPI = 100
WIDEST = 58  # letters of a line at these sizes, bold, before it runs over the edge
CELLS_LEFT, CELLS_RIGHT = 132, 408
CELL = 38
EVIDENCE = 420
WEIGHT = WIDTH - 14


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme. `cells` maps a stance to (fill, letter)."""

    ground: str
    text: str
    dim: str
    line: str
    warn: str
    cells: dict[str, tuple[str, str]]


LIGHT = Theme(
    "#ffffff",
    "#1a1a1a",
    "#5f6368",
    "#d5d7da",
    "#a33b00",
    {
        "sell": ("#d55e00", "#ffffff"),
        "lighten": ("#f5c98a", "#3a2600"),
        "hold": ("#d9dbde", "#33363a"),
        "add": ("#a5d3ee", "#00293f"),
        "buy": ("#0072b2", "#ffffff"),
        "abstain": ("none", "#5f6368"),
        "missing": ("none", "#5f6368"),
    },
)
DARK = Theme(
    "#15181d",
    "#ece9e4",
    "#a6abb2",
    "#3a3f47",
    "#ffab73",
    {
        "sell": ("#f07d2e", "#1c0c00"),
        "lighten": ("#7d5a22", "#ffe9c7"),
        "hold": ("#4b5058", "#f0f0f0"),
        "add": ("#24597a", "#dff2ff"),
        "buy": ("#56b4e9", "#001a29"),
        "abstain": ("none", "#a6abb2"),
        "missing": ("none", "#a6abb2"),
    },
)
ORDER = ("sell", "lighten", "hold", "add", "buy", "abstain", "missing")
EMPTY = frozenset({"abstain", "missing"})


def picture(run: Run, dark: bool = False) -> bytes:
    """PNG bytes. Raises BadRequest for a run that has no map. Blocking (a few hundred ms): call it off the event loop."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    stability = stability_of(run)
    if stability is None:
        raise BadRequest(f"This run has no map. {labels.failure_of(run)}".strip())
    grouped = sections(stability)
    top = TOP + LABEL * max(0, len(labels.labels(run)) - 1)
    height = top + BOTTOM + ROW * len(stability.verdicts) + GAP * len(grouped)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI)
    FigureCanvasAgg(figure)
    _Drawing(figure, DARK if dark else LIGHT, height).draw(run, grouped)
    stored = BytesIO()
    figure.savefig(stored, format="png", dpi=DPI, facecolor=figure.get_facecolor())
    return stored.getvalue()


class _Drawing:
    """One figure in the making; y grows downwards in pixels. Cells of one colour are one collection: sixty rows stay fast."""

    def __init__(self, figure: "Figure", theme: Theme, height: int) -> None:
        self.theme = theme
        self.height = height
        figure.patch.set_facecolor(theme.ground)
        self.axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")
        self.boxes: dict[str, list[tuple[float, float, float, float]]] = {stance: [] for stance in ORDER}
        self.letters: dict[tuple[str, float], list[tuple[float, float]]] = {}
        self.rules: list[float] = []

    def draw(self, run: Run, grouped: tuple[tuple[Section, tuple[Verdict, ...]], ...]) -> None:
        y = self._head(run)
        for section, listed in grouped:
            self._text(
                14,
                y + GAP * 0.58,
                f"{texts.HEADINGS[section]} ({len(listed)})",
                size=13,
                dim=True,
                bold=True,
            )
            y += GAP
            for verdict in listed:
                self._row(verdict, y)
                y += ROW
        self._cells()
        self._legend(run)

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 11,
        dim: bool = False,
        bold: bool = False,
        colour: str = "",
        right: bool = False,
    ) -> None:
        self.axes.text(
            x,
            y,
            words.replace("$", r"\$"),
            fontsize=size,
            color=colour or (self.theme.dim if dim else self.theme.text),
            fontweight="bold" if bold else "normal",
            ha="right" if right else "left",
            va="center",
            clip_on=False,
        )

    def _head(self, run: Run) -> float:
        """Title, what must be said, and the columns' names; returns where the rows begin."""
        title = texts.TITLE.format(day=figures.day(run.opening.snapshot.day))
        self._text(14, 28, title, size=19, bold=True)
        y = 64.0
        said = labels.labels(run)
        for place, label in enumerate(said):
            y += LABEL if place else 0
            short = texts.CONSTANT_SHORT if label == texts.CONSTANT else clean(label, WIDEST)
            self._text(14, y, short, size=13, bold=True, colour=self.theme.warn)
        if not said:
            self._text(14, y, texts.NOT_TRUTH, size=13, dim=True)
        self._text(CELLS_LEFT, y + 34, texts.PICTURE_CELLS, size=12, dim=True)
        self._text(EVIDENCE, y + 34, texts.PICTURE_EVIDENCE, size=12, dim=True)
        self._text(WEIGHT, y + 34, texts.PICTURE_WEIGHT, size=12, dim=True, right=True)
        return y + TOP - 64

    def _row(self, verdict: Verdict, y: float) -> None:
        centre = y + ROW / 2
        self.rules.append(y)
        self._text(
            14, centre, clean(verdict.ticker, 11), size=15 if len(verdict.ticker) < 8 else 11.5, bold=True
        )
        counts = [(stance, getattr(verdict.counts, stance)) for stance in ORDER]
        total = sum(count for _stance, count in counts) or 1
        pitch = min(CELL + 3.0, (CELLS_RIGHT - CELLS_LEFT) / total)
        x = float(CELLS_LEFT)
        for stance, count in counts:
            for _ in range(count):
                self.boxes[stance].append((x, y + 5, pitch - min(3.0, pitch * 0.15), ROW - 10))
                if pitch >= 17:
                    kind = (stance, min(14.0, pitch * 0.55))
                    self.letters.setdefault(kind, []).append((x + pitch / 2 - 1, centre))
                x += pitch
        self._evidence(verdict, centre)
        moves = section_of(verdict) in {Section.STEADY_DOWN, Section.STEADY_UP}
        current, target = verdict.current_weight, verdict.target_weight if moves else verdict.current_weight
        self._text(
            WEIGHT,
            centre,
            figures.move(current, target),
            size=13,
            right=True,
            bold=current != target,
            dim=current == target,
        )

    def _evidence(self, verdict: Verdict, y: float) -> None:
        seen = verdict.evidence
        if seen.official:
            words, colour = figures.counted(seen.official, texts.FACTS), self.theme.text
        elif seen.newswire or seen.other:
            words, colour = texts.PICTURE_PRESS.format(count=seen.newswire + seen.other), self.theme.warn
        else:
            words, colour = texts.PICTURE_NONE, self.theme.warn
        self._text(EVIDENCE, y, words, size=13, colour=colour)
        if seen.g3:
            self._text(EVIDENCE + 82, y, f"G3×{seen.g3}" if seen.g3 > 1 else "G3", size=13, bold=True)

    def _cells(self) -> None:
        from matplotlib.collections import LineCollection, PatchCollection
        from matplotlib.patches import Rectangle

        rules = [((14.0, y), (WIDTH - 14.0, y)) for y in self.rules]
        self.axes.add_collection(LineCollection(rules, colors=self.theme.line, linewidths=0.6, zorder=0.9))
        for stance, boxes in self.boxes.items():
            if boxes:
                self.axes.add_collection(
                    PatchCollection(
                        [Rectangle((x, y), width, tall) for x, y, width, tall in boxes],
                        facecolor=self.theme.cells[stance][0],
                        edgecolor=self.theme.line if stance in EMPTY else "none",
                        linewidth=0.8,
                        zorder=1,
                    )
                )
        for (stance, size), places in self.letters.items():
            self._letters(stance, size, places)

    def _letters(self, stance: str, size: float, places: list[tuple[float, float]]) -> None:
        """One outline, stamped at every place: three hundred texts would take as long as all the rest."""
        from matplotlib.collections import PathCollection
        from matplotlib.textpath import TextPath
        from matplotlib.transforms import Affine2D

        outline = TextPath((0, 0), texts.LETTERS[stance], size=size * DPI / 72)
        box = outline.get_extents()
        middle = Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2)
        stamped = PathCollection(
            [outline.transformed(middle)],
            offsets=places,
            offset_transform=self.axes.transData,
            facecolor=self.theme.cells[stance][1],
            edgecolor="none",
            zorder=3,
        )
        stamped.set_transform(Affine2D())
        self.axes.add_collection(stamped)

    def _legend(self, run: Run) -> None:
        y = self.height - BOTTOM + 28
        x = 14.0
        for stance in ORDER:
            fill, letter = self.theme.cells[stance]
            self.axes.text(
                x + 9,
                y,
                texts.LETTERS[stance],
                fontsize=9,
                clip_on=False,
                color=letter,
                ha="center",
                va="center",
                bbox={
                    "boxstyle": "square,pad=0.25",
                    "facecolor": fill,
                    "edgecolor": self.theme.line,
                    "linewidth": 0.6,
                },
            )
            self._text(x + 24, y, texts.STANCES[stance], size=12, dim=True)
            x += 99
        self._text(14, y + 34, clean(labels.made_with(run), WIDEST), size=12, dim=True)
