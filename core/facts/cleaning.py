"""Outside text made harmless to read: one line, no invisible characters, at most 300 characters.

Promise: the same text always gives the same line; nothing here escapes markup (that is the view's and the
brief's work) and nothing judges content. Refused: keeping characters that a reader cannot see, because they
hide words from people.
"""

import unicodedata
from functools import lru_cache
from typing import Final

# 300: the longest recorded headline has 220 characters; what is longer is a text, not a title.
LIMIT: Final = 300
# Work is bounded before normalising: NFKC may expand one character to eighteen.
_READ: Final = 4_000

# Cc control, Cf format (bidi marks, zero width, tags), Cs lone surrogates, Co private use, Cn unassigned.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Marks that render as nothing although Unicode calls them letters or marks: fillers and variation selectors.
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800") | frozenset(
    chr(code) for code in range(0xFE00, 0xFE10)
)


@lru_cache(maxsize=4096)
def clean(text: str, limit: int = LIMIT) -> str:
    """`text` as one visible line in NFKC, at most `limit` characters; "" when nothing visible is left.

    A cut line ends in "…". Line breaks and tabs are spaces; other controls vanish.
    """
    line = visible(text[:_READ])
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def visible(text: str) -> str:
    """`text` of any length as one visible line in NFKC. The caller bounds the work: NFKC may expand a
    character to eighteen.
    """
    if text.isprintable() and _BLANK.isdisjoint(text) and unicodedata.is_normalized("NFKC", text):
        # Most headlines: nothing hidden and nothing to normalise, only blanks to fold.
        return " ".join(text.split())
    kept = []
    for character in unicodedata.normalize("NFKC", text):
        if character.isspace():
            kept.append(" ")
        elif character not in _BLANK and not _hidden(character):
            kept.append(character)
    return unicodedata.normalize("NFKC", " ".join("".join(kept).split()))


def _hidden(character: str) -> bool:
    # Every plane-14 character is a tag or a variation selector: instructions have been smuggled in them.
    return unicodedata.category(character) in _INVISIBLE or 0xE0000 <= ord(character) <= 0xE0FFF
