"""How names and headlines are compared letter by letter: one spelling of apostrophes and accents, the words
of a text, and names in scripts that are written without blanks.

Japanese headlines write a company in its own script, which no rule makes from Latin letters:
`words/japanese.txt` holds the names of the companies that are traded most, by their code in Tokyo; others
come from whoever vouches for a registered name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from core.facts.words import pairs, sections

_WORD: Final = re.compile(r"[\w]+(?:[&'’.+][\w]+)*|[&]", re.UNICODE)
# One spelling of apostrophes, and of letters that have no accent to drop.
_LETTERS: Final = str.maketrans(
    dict(zip("’‘ʼ`´øØłŁđ", "'''''oOlLd", strict=True))
    | {"æ": "ae", "Æ": "Ae", "ß": "ss", "œ": "oe", "Œ": "Oe"}
)
_POSSESSIVE: Final = re.compile(r"'s?$")
# Han, kana and hangul.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def straight(text: str) -> str:
    """Straight apostrophes and no accents, so that L’Oréal, L'Oreal and L'Oréal are one spelling. Case is
    kept.
    """
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in bare if not unicodedata.combining(character))


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of straight text with their places; a possessive "'s" and dots inside initials are cut off
    the word.
    """
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word.endswith(("'s", "'")):
            word = _POSSESSIVE.sub("", word)
        if "." in word and len(word) <= 2 * word.count(".") + 2:
            word = word.replace(".", "")  # "J.P", "S.p.A"
        found.append((word.rstrip("."), match.start(), match.end()))
    return found


def is_unspaced(text: str) -> bool:
    """Whether a text holds a script that is written without blanks: Han, kana, hangul."""
    return not text.isascii() and _UNSPACED.search(text) is not None


@cache
def _japanese() -> dict[str, tuple[str, ...]]:
    return {f"{code}.T": tuple(map(straight, names.split())) for code, names in pairs("japanese", "names")}


def in_japanese(ticker: str) -> tuple[str, ...]:
    """How the press of its home writes a name traded in Tokyo; () where the table does not know it."""
    return _japanese().get(ticker, ())


def of_unspaced(name: str) -> Iterator[str]:
    """A name in such a script without its legal form, and without or with a short form of what marks a
    holding.
    """
    bare = straight(name).replace(" ", "")
    for mark in map(straight, sections("japanese")["legal forms"]):
        bare = bare.removeprefix(mark).removesuffix(mark)
    yield bare
    for mark, short in pairs("japanese", "holdings"):
        if len(root := bare.removesuffix(straight(mark))) > 1 and root != bare:
            yield root
            yield root + short
