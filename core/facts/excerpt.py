"""The words of a document that say what happened: one to three sentences, verbatim, at most 320 characters.

Promise: an excerpt is a stretch of the document's normalised text at its offset, to the letter, never joined
or mended. A sentence longer than the limit is cut at a word. Refused: boilerplate (what is furnished, looks
forward, lists exhibits).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from core.facts.events import Event
from core.facts.fact import Excerpt
from core.facts.filing import Document
from core.facts.phrases import cleared, marks

MOST: Final = 320

_END: Final = re.compile(r"[.!?][”\"’)\]]{0,2}(?= )|\n|(?<=\w) (?=[•●▪■] )")
# A full stop behind these ends no sentence.
_SHORT: Final = frozenset(
    """mr ms mrs dr st no nos inc corp co cos ltd llc lp jr sr vs approx dept gov gen jan feb mar apr jun jul
    aug sep sept oct nov dec art sec para fig ca e.g i.e u.s u.k d.c n.a n.v s.a p.a l.p esq ph.d a.m p.m
    """.split()
)
# Behind these it does when a word follows with which sentences begin.
_FIRMS: Final = frozenset("inc corp co cos ltd llc lp jr sr u.s n.a n.v s.a p.a l.p".split())
_OPENER: Final = re.compile(
    r" (?:The|On|In|As|Pursuant|Under|Upon|Each|This|These|It|An?|Following|If|Mr|Ms|We|Our)\b"
)
_INITIALS: Final = re.compile(r"(?:[a-z][.])*[a-z]")
_BEGINS: Final = re.compile(r"[A-Z0-9“\"‘(•●$€£]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document: `text` stands at `start`."""

    document: Document
    start: int
    text: str


# Sentences: the stretch of text, where they stand in it, and what they state (see `phrases.cleared`).
Lines = tuple[tuple[Piece, int, int, str], ...]


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
    if end[0][0] != "." or (before in _FIRMS and _OPENER.match(text, end.end())):
        return True
    return before not in _SHORT and _INITIALS.fullmatch(before) is None


# What a sentence shows (marks of `words/filing_marks.txt`), and the points for it.
_WEIGHED: Final = {"event": 3, "subject": 4, "figure": 2, "provides": -5, "dull": -8}
_DAY: Final = re.compile(r"\b(?:19|20)\d\d\b")
# Sentences of one stretch that are looked at: an item has some forty, a press release's first pages a
# hundred.
_LOOKED: Final = 150
# What happened stands in front: a sentence is quoted from among the first of a stretch.
_QUOTED: Final = 50
# A line of a table, a heading, an address: too short or without small letters to say anything.
_SAYS: Final = 25


def dull(said: str) -> bool:
    """Whether a sentence is one that every filing has."""
    return marks()["dull"].search(said.lower()) is not None


def read(piece: Piece) -> Lines:
    """The sentences of `piece` that may state something. A warning about the future ends the
    reading of a piece, for what follows it is a list of risks; at the beginning of one it ends its paragraph
    only.
    """
    found: list[tuple[Piece, int, int, str]] = []
    skip = 0
    for begin, end in islice(sentences(piece.text), _LOOKED):
        if begin < skip:
            continue
        said = piece.text[begin:end]
        if marks()["forward"].search(said.lower()):
            if found and begin > len(piece.text) // 4:
                break
            skip = piece.text.find("\n", end) % (len(piece.text) + 1)
        elif not marks()["void"].search(said.lower()):
            found.append((piece, begin, end, cleared(said)))
    return tuple(found)


def best(lines: Lines, event: Event) -> Excerpt | None:
    """The sentence of `lines` that most likely says what happened: a subject and a verb of an event, a day or
    an amount, words of `event` itself, early in the text; of results one that states a figure. None when no
    sentence says anything.
    """
    figures = event is Event.RESULTS
    chosen: tuple[int, Piece, int, int] | None = None
    place, before = 0, None
    for piece, begin, end, _ in lines:
        place, before = (place + 1 if piece is before else 0), piece
        said = piece.text[begin:end]
        if (
            place > _QUOTED
            or len(said) < _SAYS
            or not (marks()["event"].search(said.lower()) or said[-1] in ".!”")
        ):
            continue
        value = weight(said, event) - min(place, 12) // (4 if figures else 2)
        if chosen is None or value > chosen[0]:
            chosen = (value, piece, begin, end)
    return None if chosen is None else grown(*chosen[1:])


def weight(said: str, event: Event) -> int:
    """How likely a sentence says what happened: subject, verb, day, amount, the event's own words; less for
    what every filing says and for what an agreement provides.
    """
    low = said.lower()
    shows = {name: pattern.search(low) is not None for name, pattern in marks().items() if name in _WEIGHED}
    own = marks().get(f"own {event.value}")
    value = sum(points * shows[name] for name, points in _WEIGHED.items())
    value += 3 * (own is not None and own.search(low) is not None)
    value += 3 * (marks()["opens"].search(low[:120]) is not None) + (_DAY.search(said) is not None)
    value -= 3 * (len(said) > 4 * MOST) + 6 * (len(said) < _SAYS or said.isupper())
    if event is Event.RESULTS:
        value += 6 * (shows["figure"] and marks()["result"].search(low) is not None)
        value -= 4 * (marks()["release"].search(low) is not None)
    return value


def grown(piece: Piece, begin: int, end: int) -> Excerpt:
    """The sentence from `begin` to `end` with the next one or two of its paragraph, as long as they fit and
    say something.
    """
    for _, (start, stop) in zip(range(2), sentences(piece.text[: end + MOST], end), strict=False):
        said = piece.text[start:stop]
        fits = stop - begin <= MOST and "\n" not in piece.text[begin:stop] and said[-1:] in ".!?”"
        if not fits or dull(said) or marks()["void"].search(said.lower()):
            break
        end = stop
    return quoted(piece, begin, end)


def quoted(piece: Piece, begin: int, end: int) -> Excerpt:
    """The excerpt from `begin` to `end` of the piece's text, cut at a word where it is longer than `MOST`."""
    text = piece.text[begin:end]
    if len(text) > MOST:
        text = text[: MOST + 1].rpartition(" ")[0] or text[:MOST]
    text = text.rstrip()
    return Excerpt(text=text, document=piece.document.digest, offset=piece.start + begin)


def around(piece: Piece, begin: int, end: int, place: int) -> Excerpt:
    """The sentence from `begin` to `end`; where it is too long, from a word shortly before `place` on, where
    it says it.
    """
    if end - begin > MOST and place - begin > MOST - 80:
        begin = piece.text.find(" ", place - MOST // 3, place) + 1 or place
        return quoted(piece, begin, end)
    return grown(piece, begin, end)
