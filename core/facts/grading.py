"""A filing's grade: the heaviest of what it reports, each weighed by its event and by what the text says. Every grade names
its row.

Promise: without a text the event decides, and the fact is tagged `text-not-read` where a text could have changed it; only
the stretches of an item are read, so a director's farewell cannot borrow the words of another item. A raising row wins over
any lowering one. Decision on a listing that ends: G3 when the shares leave. Where nobody could read which class leaves, the
filings around it say it: a new listing in the same days is a move, a warning or a bid within 45 days is the end of the
listing, and an issuer that reports as before months later has lost another class.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.base.gap import Gap
from core.facts.events import WEIGHTS, Event, Severity
from core.facts.excerpt import Piece, around, sentences
from core.facts.fact import NO_SENTENCE, TEXT_NOT_READ, Excerpt
from core.facts.fields import made, told_of_stake
from core.facts.filing import Filing, Reported
from core.facts.grade import Grade, heaviest
from core.facts.headlines import grade_headline
from core.facts.phrases import LOWERING, RAISING, TextRow
from core.facts.rule import line

_NEAR: Final = timedelta(days=45)
# An issuer whose shares left stops reporting, or was warned by the exchange up to a year before.
_LATER: Final = timedelta(days=60)
_WARNED: Final = timedelta(days=400)
# A move: the new exchange's registration stands within days of the removal.
_SAME_DAYS: Final = timedelta(days=10)
_ENDS: Final = frozenset(
    {Event.LISTING_DANGER, Event.CONTROL, Event.INSOLVENCY, Event.BID_RECEIVED, Event.DEREGISTERED}
)
# Events whose grade hangs on their text: unread, they say so.
_HANGS: Final = frozenset({Event.LISTING_LEFT}).union(*(row.events for row in (*RAISING, *LOWERING))) - {
    Event.OTHER
}


def grade_filing(filing: Filing, siblings: tuple[Filing, ...] = ()) -> Grade:
    """The grade of one filing. `siblings` are the same name's other filings, read only where a listing ends."""
    # The first is the form's own weight where a source gives one after its items: between equals what stands first says more.
    grade = heaviest(_graded(filing, reported, siblings) for reported in filing.reports)
    return replace(grade, tags=("amendment", *grade.tags)) if filing.amends else grade


def pieces(filing: Filing, reported: Reported) -> tuple[Piece, ...]:
    """The stretches of text that belong to `reported`, in order; () where no text was read."""
    if isinstance(filing.documents, Gap):
        return ()
    if not reported.spans:
        return tuple(Piece(document, 0, document.text) for document in filing.documents if document.text)
    cut = ((filing.documents[span.document], span) for span in reported.spans)
    return tuple(Piece(document, span.start, document.text[span.start : span.end]) for document, span in cut)


def _graded(filing: Filing, reported: Reported, siblings: tuple[Filing, ...]) -> Grade:
    read = pieces(filing, reported)
    row = f"{filing.form} {reported.code}".strip()
    plain = Grade(
        severity=reported.weight or WEIGHTS[reported.event],
        row=f"{row}: {reported.event.value}",
        event=reported.event,
        label=reported.label,
    )
    if reported.event is Event.LISTING_LEFT or (reported.event is Event.LISTING_DANGER and not read):
        plain = _end(filing, plain, siblings)
    if sentence := filing.made or told_of_stake(filing, siblings):
        return replace(plain, excerpt=made(sentence, filing))
    if not read:
        tags = ("text-not-read",) if reported.open or reported.event in _HANGS else ()
        return replace(plain, tags=tags, excerpt=TEXT_NOT_READ)
    raised = [grade for rule in RAISING if (grade := _by(rule, reported, row, read))]
    if reported.open:
        raised += _titled(filing, row, read)
    heavy = heaviest((plain, *raised))
    if heavy is not plain:
        return heavy
    lowered = (grade for rule in LOWERING if (grade := _by(rule, reported, row, read)))
    return next(lowered, None) or replace(plain, excerpt=_first(read))


def _by(rule: TextRow, reported: Reported, row: str, read: tuple[Piece, ...]) -> Grade | None:
    if rule.concerns(reported):
        for piece in read:
            if found := rule.finds(piece.text):
                return Grade(
                    severity=rule.severity,
                    row=f"{row}: {rule.label}",
                    event=rule.event,
                    label=rule.label,
                    excerpt=around(piece, found.start()),
                )
    return None


def _titled(filing: Filing, row: str, read: tuple[Piece, ...]) -> list[Grade]:
    """What the title says, in any language that headlines are read in, when the document is no more than its title."""
    if any(piece.text != filing.title for piece in read):
        return []
    told = grade_headline(line(filing.title)).grade
    return [replace(told, row=f"{row}, {told.row}", excerpt=_first(read))]


def _first(read: tuple[Piece, ...]) -> Excerpt | Gap:
    for piece in read:
        for begin, _ in sentences(piece.text):
            return around(piece, begin)
    return NO_SENTENCE


def _end(filing: Filing, plain: Grade, siblings: tuple[Filing, ...]) -> Grade:
    """What the filings around it say of a listing that ends or is in danger."""
    near = [one for one in siblings if abs(one.filed - filing.filed) <= _NEAR and one.key != filing.key]
    if any(event in {Event.CONTROL, Event.INSOLVENCY} for event in _events((filing, *near))):
        return plain
    if _moves((filing, *near)) or any(_tells_of_a_move(one) for one in near):
        label = "the shares move to another exchange"
        row = f"{plain.row}, with a new listing"
        return replace(plain, severity=Severity.G1, event=Event.LISTING_MOVED, label=label, row=row)
    unknown = plain.event is Event.LISTING_LEFT and not filing.made
    if unknown and not any(_ends(one) for one in near) and _went_on_reporting(filing, siblings):
        label = "a class leaves the exchange; months later the issuer still reports, so it was not the shares"
        row = f"{plain.row}, went on reporting"
        return replace(plain, severity=Severity.G1, event=Event.OTHER, label=label, row=row)
    return plain


def _tells_of_a_move(filing: Filing) -> bool:
    dangers = (one for one in filing.reports if one.event is Event.LISTING_DANGER and pieces(filing, one))
    return any(_graded(filing, one, ()).event is Event.LISTING_MOVED for one in dangers)


def _events(filings: tuple[Filing, ...]) -> Iterator[Event]:
    return (reported.event for filing in filings for reported in filing.reports)


def _ends(filing: Filing) -> bool:
    """Whether a filing speaks of the end of the listing: its text, where it was read, has the last word."""
    if filing.about_other or not _ENDS.intersection(_events((filing,))):
        return False
    return any(
        _graded(filing, reported, ()).severity is Severity.G3
        for reported in filing.reports
        if reported.event in _ENDS
    )


def _moves(near: tuple[Filing, ...]) -> bool:
    left = [one.filed for one in near if Event.LISTING_LEFT in _events((one,))]
    listed = [one.filed for one in near if Event.LISTED in _events((one,))]
    return any(abs(one - other) <= _SAME_DAYS for one in left for other in listed)


def _went_on_reporting(filing: Filing, siblings: tuple[Filing, ...]) -> bool:
    warned = any(timedelta(0) <= filing.filed - one.filed <= _WARNED and _ends(one) for one in siblings)
    reports = (one for one in siblings if Event.RESULTS in _events((one,)))
    return not warned and any(one.filed - filing.filed >= _LATER for one in reports)
