"""The map's order and its two axes: stability decides the section, evidence stands beside it. What needs the person comes first.

Decisions. No-quorum names stand right behind the split ones: both need the person. Inside a section: G3 first, then the
heavier weight, then the ticker, so that the order depends on nothing but the map itself.
"""

from enum import StrEnum

from bot.report import figures
from bot.texts import report as texts
from core.base.gap import Gap
from core.facts.coverage import has_official
from core.facts.fact import State
from core.jury.ballot import Direction
from core.jury.verdict import STEADY, Counts, Stability, StabilityMap, Verdict
from core.snapshot.model import Dossier


class Section(StrEnum):
    """Sections in reading order; values are the keys of the headings."""

    SPLIT = "split"
    NO_QUORUM = "no_quorum"
    CONSTANT = "constant"
    STEADY_DOWN = "steady_down"
    STEADY_UP = "steady_up"
    LEANING = "leaning"
    STEADY_HOLD = "steady_hold"


_BY_STABILITY = {
    Stability.SPLIT: Section.SPLIT,
    Stability.NO_QUORUM: Section.NO_QUORUM,
    Stability.CONSTANT: Section.CONSTANT,
    Stability.LEANING: Section.LEANING,
}
_BY_DIRECTION = {Direction.DOWN: Section.STEADY_DOWN, Direction.UP: Section.STEADY_UP}


def section_of(verdict: Verdict) -> Section:
    """The one section in which this name is listed."""
    if verdict.stability in STEADY:
        direction = verdict.direction
        return (
            Section.STEADY_HOLD
            if isinstance(direction, Gap)
            else _BY_DIRECTION.get(direction, Section.STEADY_HOLD)
        )
    return _BY_STABILITY[verdict.stability]


def sections(stability: StabilityMap) -> tuple[tuple[Section, tuple[Verdict, ...]], ...]:
    """All sections that hold a name, in reading order. Every verdict stands in exactly one of them."""
    grouped: dict[Section, list[Verdict]] = {section: [] for section in Section}
    for verdict in stability.verdicts:
        grouped[section_of(verdict)].append(verdict)
    return tuple((section, tuple(sorted(held, key=_rank))) for section, held in grouped.items() if held)


def _rank(verdict: Verdict) -> tuple[int, float, str]:
    return (-verdict.evidence.g3, -float(verdict.current_weight), verdict.ticker)


def directions(counts: Counts) -> dict[Direction, int]:
    """Votes per direction, from up to down."""
    return {
        Direction.UP: counts.buy + counts.add,
        Direction.FLAT: counts.hold,
        Direction.DOWN: counts.lighten + counts.sell,
    }


def votes(verdict: Verdict) -> str:
    """`5/5`, `4/5, 1 flat`, or for a split `2 up · 1 flat · 2 down`; abstentions and missing lines behind it."""
    by_direction = directions(verdict.counts)
    cast = {way: count for way, count in by_direction.items() if count}
    if isinstance(verdict.direction, Gap):
        text = " · ".join(f"{count} {texts.DIRECTIONS[way]}" for way, count in cast.items()) or texts.NO_VOTE
    else:
        against = [
            f"{count} {texts.DIRECTIONS[way]}" for way, count in cast.items() if way != verdict.direction
        ]
        text = ", ".join([f"{by_direction[verdict.direction]}/{verdict.valid}", *against])
    for count, words in ((verdict.counts.abstain, texts.ABSTAINED), (verdict.counts.missing, texts.MISSING)):
        if count:
            text += ", " + words.format(count=count)
    return text


def verdict_words(verdict: Verdict) -> str:
    """The verdict as a phrase: `consensus down`, `split, your judgment decides`."""
    direction = "" if isinstance(verdict.direction, Gap) else texts.DIRECTIONS[verdict.direction]
    return texts.VERDICTS[verdict.stability].format(direction=direction)


def lacks_official(verdict: Verdict) -> bool:
    """The most dangerous line of the map: everyone agrees, and nothing official stands behind it."""
    return verdict.stability in STEADY and verdict.evidence.official == 0


def evidence_words(verdict: Verdict, dossier: Dossier | None) -> str:
    """The second axis in a few words. "Nothing found" and "could not look" never read the same."""
    seen = verdict.evidence
    total = seen.official + seen.newswire + seen.other
    coverage = dossier.coverage if dossier else ()
    has_source = has_official(coverage)
    loud = verdict.stability is Stability.UNANIMOUS
    if seen.official:
        words = figures.counted(total, texts.FACTS)
    elif not has_source:
        words = texts.NO_OFFICIAL_SOURCE_MARKED if loud else texts.NO_OFFICIAL_SOURCE
    elif verdict.stability in STEADY:
        words = texts.NO_OFFICIAL_MARKED if loud else texts.NO_OFFICIAL
    else:
        words = texts.NO_OFFICIAL if total else texts.NO_FACTS
    unread = sum(1 for entry in coverage if entry.state is State.FAILED)
    if unread:
        words += " · " + (texts.UNREAD[0] if unread == 1 else texts.UNREAD[1].format(count=unread))
    return words
