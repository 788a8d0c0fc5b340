"""Lines of a phone: what fits on one at 360 px, and text broken or cut so that the phone breaks none.

Widths are measured in ems of a wide phone font; a line has at most `WIDTH` characters besides.
"""

import unicodedata

from bot.report.markup import bold, clean, esc

WIDTH = 38
# Widths of letters in ems, rounded up from a wide phone font; a line of a bubble at 360 px holds EMS of them.
EMS, BOLD = 20.2, 1.1
WIDTHS = ((" .,:;'’|!ijlft()·-\u202f\u00a0“”", 0.33), ("mw→=▲▼◇✕⚠&…%", 0.84), ("MW@", 1.0))
CAPITAL, OTHER, ASIAN = 0.67, 0.56, 1.0


class Bold(str):
    """A part of a line that stands out."""

    __slots__ = ()


Line = tuple[str, ...]


def html_of(line: Line) -> str:
    """The line as HTML; blanks around a part stay."""
    told = ""
    for part in line:
        words = part.strip(" ")
        marked = bold(words) if isinstance(part, Bold) else esc(words)
        told += part.replace(words, marked, 1) if words else part
    return told


def _ems(text: str) -> float:
    return sum(_wide(letter) for letter in text)


def _wide(letter: str) -> float:
    for letters, width in WIDTHS:
        if letter in letters:
            return width
    if unicodedata.east_asian_width(letter) in "WF":
        return ASIAN
    return CAPITAL if letter.isupper() else OTHER


def fits(line: str, *, heavy: str = "") -> bool:
    """Whether a phone shows it on one line; the part `heavy` of it is bold."""
    return len(line) <= WIDTH and _ems(line) + (BOLD - 1) * _ems(heavy) <= EMS


def fits_line(line: Line) -> bool:
    """The same of a line in parts."""
    return fits("".join(line), heavy="".join(part for part in line if isinstance(part, Bold)))


def cut(text: str, *, behind: str = "", heavy: bool = False) -> str:
    """As much of `text` as fits on one line before `behind`, with an ellipsis where it is not all."""
    for length in range(len(text), 1, -1):
        short = clean(text, length)
        if fits(short + behind, heavy=short if heavy else ""):
            return short
    return clean(text, 2)


def wrapped(text: str, indent: str = "") -> list[str]:
    """Lines that fit, broken at plain blanks. The first begins with `indent`."""
    made = [indent]
    for word in text.split(" "):
        longer = f"{made[-1]} {word}" if made[-1].strip() and made[-1] != indent else made[-1] + word
        if not fits(longer) and made[-1] and made[-1] != indent:
            made.append(word)
        else:
            made[-1] = longer
    return [cut(line) for line in made if line]


def held_to_a_line(item: Line) -> Line:
    """The parts behind a name, the name bold and as long as the line allows."""
    name, *rest = item
    return (Bold(cut(name, behind="".join(rest), heavy=True)), *rest)
