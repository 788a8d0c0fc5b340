"""The words of a document that say what happened: one to three sentences, verbatim, at most 320 characters.

Promise: an excerpt is a stretch of the document's normalised text at its offset, to the letter, never joined or mended. A
sentence longer than the limit is cut at a word. Refused: boilerplate (what is furnished, looks forward, lists exhibits).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.facts.fact import Excerpt
from core.facts.filing import Document

MOST: Final = 320

_END: Final = re.compile(r"[.!?][”\"’)\]]{0,2}(?= )|\n|(?<=\w) (?=[•●▪■] )")
# A full stop behind these ends no sentence.
_SHORT: Final = frozenset(
    """mr ms mrs dr st no nos inc corp co cos ltd llc lp jr sr vs approx dept gov gen jan feb mar apr jun jul aug sep sept oct
    nov dec art sec para fig ca e.g i.e u.s u.k d.c n.a n.v s.a p.a l.p esq ph.d a.m p.m""".split()
)
_BEGINS: Final = re.compile(r"[A-Z0-9“\"‘(•●$€£]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document: `text` stands at `start`."""

    document: Document
    start: int
    text: str


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, from `start` on."""
    begin = start
    for end in _END.finditer(text, start):
        if _ends(text, begin, end):
            yield from _trimmed(text, begin, end.end())
            begin = end.end()
    yield from _trimmed(text, begin, len(text))


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin] in " \n":
        begin += 1
    while end > begin and text[end - 1] in " \n":
        end -= 1
    if begin < end:
        yield begin, end


def _ends(text: str, begin: int, end: re.Match[str]) -> bool:
    if end[0][0] not in ".!?":
        return True
    following = _BEGINS.match(text, end.end() + 1)
    if following is None:
        return False
    before = text[max(begin, end.start() - 12) : end.start()].rpartition(" ")[2].lstrip('(“"').lower()
    return end[0][0] != "." or not (before in _SHORT or (len(before) == 1 and before.isalpha()))


def around(piece: Piece, place: int) -> Excerpt:
    """The sentence of `piece` that holds `place` (an offset in its text); it begins shortly before `place` where it is long."""
    low = max(piece.text.rfind("\n", 0, place) + 1, place - 4 * MOST)
    begin, end = next(
        ((one, other) for one, other in sentences(piece.text[: place + 4 * MOST], low) if other > place),
        (place, len(piece.text)),
    )
    if place - begin > MOST // 2:
        begin = piece.text.find(" ", place - MOST // 3, place) + 1 or place
    return quoted(piece, begin, end)


def quoted(piece: Piece, begin: int, end: int) -> Excerpt:
    """The excerpt from `begin` to `end` of the piece's text, cut at a word where it is longer than `MOST`."""
    text = piece.text[begin:end]
    if len(text) > MOST:
        text = text[: MOST + 1].rpartition(" ")[0] or text[:MOST]
    text = text.rstrip()
    return Excerpt(text=text, document=piece.document.digest, offset=piece.start + begin)
