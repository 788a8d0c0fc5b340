"""What both pictures (map, heat map) are drawn with: a theme, words, ballot cells, a legend, and PNG bytes.

Drawn at 720 px for phones that show it 360 px wide: words are 16 to 26 px high, so 8 to 13 there. Okabe-Ito
colours, light and dark shade by degree, and a letter in every cell: nothing needs a colour to be told apart.
matplotlib is imported on use (it takes a second) and only its object-oriented Agg canvas: no global state. A
text that no font at hand can draw is replaced.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from bot.report.markup import clean
from bot.texts import report as texts
from core.jury.verdict import Counts

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

WIDTH, DPI, MARGIN = 720, 100, 14
FONT = "DejaVu Sans"  # comes with matplotlib
# Fonts with Chinese, Japanese and Korean letters, of which a machine may have one.
ASIAN = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "Hiragino Sans",
    "Yu Gothic",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
ORDER = ("sell", "lighten", "hold", "add", "buy", "abstain", "missing")
EMPTY = frozenset({"abstain", "missing"})
DRAWN = 1.04  # hinting makes drawn words a little wider than their outlines
LETTERED = 17  # below this cell width in pixels letters would overlap; the colours still tell


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme, as `themes.toml` has them. `cells` maps a stance to (fill, letter)."""

    ground: str
    text: str
    dim: str
    line: str
    warn: str
    cells: dict[str, tuple[str, str]]


@cache
def theme_of(*, dark: bool) -> Theme:
    rows = tomllib.loads((files("bot.report") / "templates" / "themes.toml").read_text("utf-8"))
    return Theme(**rows["dark" if dark else "light"])


def stances(counts: Counts) -> list[tuple[str, int]]:
    """The ballots on one name from sell to buy, then what is no vote."""
    return [(stance, getattr(counts, stance)) for stance in ORDER]


class Canvas:
    """One picture in the making; x and y in pixels, y grows downwards. Cells of one colour are one
    collection: sixty rows stay fast."""

    def __init__(self, height: float, *, dark: bool) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.theme = theme_of(dark=dark)
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=self.theme.ground)
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")
        self._boxes: dict[str, list[tuple[float, float, float, float]]] = {}
        self._letters: dict[tuple[str, float], list[tuple[float, float]]] = {}
        self._rules: list[float] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 13,
        colour: str = "",
        bold: bool = False,
        align: str = "left",
        room: float = 0,
        upright: bool = False,
    ) -> None:
        """Words around `y`, cut with an ellipsis where they would be wider than `room` pixels."""
        self.axes.text(
            x,
            y,
            (fitted(words, room, size, bold) if room else words).replace("$", r"\$"),
            fontproperties=_font(size, bold),
            color=colour or self.theme.text,
            ha=align,
            va="center",
            rotation=90 if upright else 0,
            clip_on=False,
        )

    def rule(self, y: float) -> None:
        self._rules.append(y)

    def cell(self, stance: str, x: float, y: float, width: float, tall: float) -> None:
        """One ballot; its letter stands in it where it is wide enough."""
        self._boxes.setdefault(stance, []).append((x, y, width, tall))
        if width >= LETTERED - 3:
            self._letters.setdefault((stance, min(14.0, width * 0.55)), []).append(
                (x + width / 2, y + tall / 2)
            )

    def legend(self, y: float) -> None:
        x = float(MARGIN)
        for stance in ORDER:
            self.cell(stance, x, y - 10, 20, 20)
            self.text(x + 25, y, texts["STANCES"][stance], size=12, colour=self.theme.dim)
            x += 99

    def png(self) -> bytes:
        from matplotlib.collections import LineCollection, PatchCollection
        from matplotlib.patches import Rectangle

        rules = [((MARGIN, y), (WIDTH - MARGIN, y)) for y in self._rules]
        self.axes.add_collection(LineCollection(rules, colors=self.theme.line, linewidths=0.6, zorder=0.9))
        for stance, boxes in self._boxes.items():
            patches = PatchCollection(
                [Rectangle((x, y), width, tall) for x, y, width, tall in boxes],
                facecolor=self.theme.cells[stance][0],
                edgecolor=self.theme.dim if stance in EMPTY else "none",
                linewidth=0.8,
                zorder=1,
            )
            self.axes.add_collection(patches)
        for (stance, size), places in self._letters.items():
            self._stamp(stance, size, places)
        stored = BytesIO()
        self.figure.savefig(stored, format="png", dpi=DPI, facecolor=self.theme.ground)
        return stored.getvalue()

    def _stamp(self, stance: str, size: float, places: Sequence[tuple[float, float]]) -> None:
        """One outline, stamped at every place: three hundred texts would take as long as all the rest."""
        from matplotlib.collections import PathCollection
        from matplotlib.textpath import TextPath
        from matplotlib.transforms import Affine2D

        outline = TextPath((0, 0), texts["LETTERS"][stance], size=size * DPI / 72, prop=_font(size, False))
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


def fitted(words: str, room: float, size: float, bold: bool) -> str:
    """`words`, or as much of them as is `room` pixels wide, with an ellipsis."""
    if _wide(words, size, bold) <= room:
        return words
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _wide(clean(words, middle), size, bold) <= room else (low, middle - 1)
    return clean(words, low)


def drawable(words: str, instead: str) -> str:
    """`words` where a font at hand has every letter and they run from left to right, else `instead`: a row of
    boxes, or letters in the wrong order, name nobody."""
    import unicodedata

    from matplotlib.font_manager import findfont, get_font

    fonts = [get_font(findfont(family)) for family in families()]
    known = all(
        any(font.get_char_index(ord(letter)) for font in fonts) for letter in words if letter > "\u00a0"
    )
    turned = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)
    return instead if turned or not known else words


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return (FONT, *(name for name in ASIAN if name in known))


@lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")


def _wide(words: str, size: float, bold: bool) -> float:
    from matplotlib.textpath import TextPath

    if not words.strip():
        return 0.0
    said = words.replace("$", r"\$")
    return (
        float(TextPath((0, 0), said, size=size * DPI / 72, prop=_font(size, bold)).get_extents().width)
        * DRAWN
    )
