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

MOST: Final = 320

_END: Final = re.compile(r"[.!?][”\"’)\]]{0,2}(?= )|\n|(?<=\w) (?=[•●▪■] )")
# A full stop behind these ends no sentence.
_SHORT: Final = frozenset(
    """mr ms mrs dr st no nos inc corp co cos ltd llc lp jr sr vs approx dept gov gen jan feb mar apr jun jul
    aug sep sept oct nov dec art sec para fig ca e.g i.e u.s u.k d.c n.a n.v s.a p.a l.p esq ph.d a.m p.m
    """.split()
)
_INITIALS: Final = re.compile(r"(?:[a-z][.])*[a-z]")
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
    return end[0][0] != "." or not (before in _SHORT or _INITIALS.fullmatch(before))


# Never read: warnings about the future and lists of risks, conditions of contracts, signatures.
_VOID: Final = re.compile(
    r"\bforward-looking statements?\b|\bactual results\b.{0,80}\bdiffer|\brisks and uncertainties\b"
    r"|\brisk factors?\b"
    r"|\bPrivate Securities Litigation Reform Act\b|\bcautionary (?:statement|note)"
    r"|\bno obligation to update\b"
    r"|^\W*(?:If|In the event|Upon (?:a|any|the) (?:termination|change))\b|\bduly (?:caused|authorized)\b"
    r"|\bRule 14a-12\b|\bRule 425\b|\bsolicitation of (?:a |any )?prox",
    re.IGNORECASE,
)
_FORWARD: Final = re.compile(r"\bforward-looking statements?\b", re.IGNORECASE)
# Read, but not quoted where anything else can be.
_DULL: Final = re.compile(
    r"\b(?:furnished|incorporated (?:herein |by )|attached (?:hereto|as)|filed (?:herewith|as)|not be deemed"
    r"|copy of"
    r"|full text|qualified in its entirety|for purposes of|pursuant to item|conference call|webcast"
    r"|further information"
    r"|family relationship|Item 404|capitalized terms|no disagreement|foregoing (?:description|summary)"
    r"|contact:"
    r"|hereinafter|collectively referred|investor relations|set forth (?:in|under)|presentation materials"
    r"|commission file number|state or other jurisdiction|emerging growth company"
    r"|financial statements and exhibits|date of (?:earliest event|report)|fully complies|exhibit description"
    r"|GAAP (?:financial )?measures|website|did not cite|has not been appointed"
    r"|arrangements? or understandings?|related (?:party|person) transaction"
    r"|to any committee|as to the committee)\b",
    re.IGNORECASE,
)
_EVENT: Final = re.compile(
    r"\b(?:entered into|announc(?:ed|es|ing)|complet(?:ed|es)|appoint(?:ed|s)|elected|resign(?:ed|s)?"
    r"|retire[sd]?|approved"
    r"|declar(?:ed|es)|receiv(?:ed|es)|issued|repurchase[sd]?|adopted|amended|report(?:ed|s)|agreed|notified"
    r"|commenced|sold"
    r"|pric(?:ed|es)|closed|acquire[sd]?|authorize[sd]|determined|filed|terminated|concluded|committed"
    r"|granted|voted"
    r"|borrowed|paid|increased|decreased|rose|fell|grew|was|were|will|expects?|identified|detected|dismissed"
    r"|engaged|achieved"
    r"|delivered|represents|record|generated|posted|earned|totaled|reached)\b",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"\b(?:the (?:company|registrant|board|corporation|bank|issuer|partnership|trust|committee)|we|our"
    r"|inc|corp|ltd|plc|llc|co|holders|shareholders|stockholders)\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"[$€£]\s?\d|\d(?:\.\d+)?\s?(?:%|percent\b|million\b|billion\b)", re.IGNORECASE)
_RESULT: Final = re.compile(
    r"\b(?:revenues?|net sales|sales|net income|net loss|earnings|EPS|operating income)\b", re.IGNORECASE
)
_RELEASE: Final = re.compile(r"\b(?:press|news|earnings|financial news) release\b", re.IGNORECASE)
# "On May 1, 2026, the Company …": how the sentence that tells the news begins.
_OPENS: Final = re.compile(
    r"\b(?:On|Effective|As of) (?:or about )?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November"
    r"|December) \d"
)
# What an agreement or a plan provides, what somebody is for, what has not happened.
_PROVIDES: Final = re.compile(
    r"^\W*(?:\([a-e]\) ?)*(?:The|This|Such|These|Each|Under|Pursuant to"
    r"|In connection with entering) (?:\S+ ){0,6}"
    r"(?:Agreements?|Plans?|Notes|Amendment|Rights|Facility|Indenture|role|measures) (?:provides?|matures?"
    r"|contains?|will|are"
    r"|amends?|has|have|bear)\b|^\W*(?:We believe|Neither|Under the|In connection with entering)\b"
    r"|\bscheduled to expire\b"
    r"|\bserves as (?:a )?(?:lender|trustee|agent)|\bno longer than\b",
    re.IGNORECASE,
)
# Words that the sentence telling an event has, where its item holds other sentences too.
_OWN: Final = {
    Event.CONTRACT_LOST: re.compile(r"\bterminat|\brepaid\b|\bexpire|\bcancel", re.IGNORECASE),
    Event.LISTING_DANGER: re.compile(r"\bnotice|\bnotif|\bletter\b|\bdelist|\bcomplian", re.IGNORECASE),
    Event.AUDITOR: re.compile(r"\bdismiss|\bengag|\bresign|\bappoint", re.IGNORECASE),
    Event.RIGHTS: re.compile(r"\bdeclared a dividend\b|\bamend|\badopt|\bconvert", re.IGNORECASE),
    Event.MEETING: re.compile(r"\belected\b|\bapproved\b|\bvoted\b|\bnominat", re.IGNORECASE),
    Event.AGREEMENT: re.compile(
        r"\bentered into\b|\bapproved\b|\bcompleted\b|\bamended and restated\b", re.IGNORECASE
    ),
    Event.INSOLVENCY: re.compile(r"\bpetition|\bchapter|\breceiver|\btrustee\b", re.IGNORECASE),
    Event.PAY: re.compile(r"\bapproved\b|\bentered into\b|\badopted\b|\bamend", re.IGNORECASE),
}
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
    return _DULL.search(said) is not None


def read(piece: Piece) -> tuple[tuple[int, int], ...]:
    """Where the sentences of `piece` stand that may state something. A warning about the future ends the
    reading of a piece, for what follows it is a list of risks; at the beginning of one it ends its paragraph
    only.
    """
    found: list[tuple[int, int]] = []
    skip = 0
    for begin, end in islice(sentences(piece.text), _LOOKED):
        if begin < skip:
            continue
        said = piece.text[begin:end]
        if _FORWARD.search(said):
            if found and begin > len(piece.text) // 4:
                break
            skip = piece.text.find("\n", end) % (len(piece.text) + 1)
        elif not _VOID.search(said):
            found.append((begin, end))
    return tuple(found)


def best(lines: tuple[tuple[Piece, int, int], ...], event: Event) -> Excerpt | None:
    """The sentence of `lines` that most likely says what happened: a subject and a verb of an event, a day or
    an amount, words of `event` itself, early in the text; of results one that states a figure. None when no
    sentence says anything.
    """
    figures = event is Event.RESULTS
    chosen: tuple[int, Piece, int, int] | None = None
    place, before = 0, None
    for piece, begin, end in lines:
        place, before = (place + 1 if piece is before else 0), piece
        said = piece.text[begin:end]
        if place > _QUOTED or len(said) < _SAYS or not (_EVENT.search(said) or said[-1] in ".!”"):
            continue
        value = weight(said, event) - min(place, 12) // (4 if figures else 2)
        if chosen is None or value > chosen[0]:
            chosen = (value, piece, begin, end)
    if chosen is None:
        return None
    return grown(chosen[1], chosen[2], chosen[3])


def weight(said: str, event: Event) -> int:
    """How likely a sentence says what happened: subject, verb, day, amount, the event's own words; less for
    what every filing says and for what an agreement provides.
    """
    figures, own = event is Event.RESULTS, _OWN.get(event)
    value = (
        3 * bool(own and own.search(said))
        + 3 * bool(_OPENS.search(said[:120]))
        - 5 * bool(_PROVIDES.search(said))
    )
    value += (
        3 * bool(_EVENT.search(said))
        + 4 * bool(_SUBJECT.search(said))
        + 2 * bool(_FIGURE.search(said))
        + bool(_DAY.search(said))
    )
    value += 6 * bool(figures and _RESULT.search(said) and _FIGURE.search(said))
    value -= 4 * (figures and _RELEASE.search(said) is not None) + 3 * (len(said) > 4 * MOST)
    return value - 8 * dull(said) - 6 * (len(said) < _SAYS or said.isupper())


def grown(piece: Piece, begin: int, end: int) -> Excerpt:
    """The sentence from `begin` to `end` with the next one or two of its paragraph, as long as they fit and
    say something.
    """
    for _, (start, stop) in zip(range(2), sentences(piece.text[: end + MOST], end), strict=False):
        said = piece.text[start:stop]
        fits = stop - begin <= MOST and "\n" not in piece.text[begin:stop] and said[-1:] in ".!?”"
        if not fits or dull(said) or _VOID.search(said):
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
