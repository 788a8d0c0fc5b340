"""A filing's grade: the heaviest of what it reports, each weighed by its event and by what the text says.
Every grade names its row.

Promise: without a text the event decides, and the fact is tagged `text-not-read` where a text could have
changed it; only the stretches of an item are read, so a director's farewell cannot borrow the words of
another item. A raising row wins over any lowering one. Decision on a listing that ends: G3 when the shares
leave. Where nobody could read which class leaves, the filings around it say it: a new listing in the same
days is a move, a warning or a bid within 45 days is the end of the listing, and an issuer that reports as
before months later has lost another class.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from core.base.gap import NOT_GIVEN, Gap
from core.facts.events import WEIGHTS, Event, Severity
from core.facts.excerpt import Lines, Piece, around, best, quoted, weight
from core.facts.excerpt import read as statements
from core.facts.fact import NO_SENTENCE, RANK, SAYS_ITSELF, TEXT_NOT_READ, Grade, heaviest
from core.facts.fields import grade_week, made, told_by_accounts, told_of_changes, told_of_stake
from core.facts.filing import Dealing, Filing, Reported
from core.facts.headlines import grade_headline
from core.facts.phrases import Phrase, Text, rows
from core.facts.rule import line
from core.facts.sizes import lowered, slight, structural

# The same with all that they state together, and each by itself.
Section = tuple[Lines, Text, list[Text]]
# Items that name a charge or a cut; its size stands in any of their sentences.
_SIZED: Final = frozenset({Event.IMPAIRMENT, Event.RESTRUCTURING})
_NEAR: Final = timedelta(days=45)
# An issuer whose shares left stops reporting, or was warned by the exchange up to a year before.
_LATER: Final = timedelta(days=60)
_WARNED: Final = timedelta(days=400)
# Item 3.01 is due within four business days.
_NOTICE: Final = timedelta(days=7)
# A move: the new exchange's registration stands within days of the removal.
_SAME_DAYS: Final = timedelta(days=10)
_ENDS: Final = frozenset(
    {Event.LISTING_DANGER, Event.CONTROL, Event.INSOLVENCY, Event.BID_RECEIVED, Event.DEREGISTERED}
)


@cache
def _raising() -> tuple[Phrase, ...]:
    return (*rows("structural"), *rows("notable"))


@cache
def _hangs() -> frozenset[str]:
    """Events whose grade hangs on their text: unread, they say so."""
    read = (row.events for row in (*_raising(), *rows("lowering")))
    return frozenset({Event.LISTING_LEFT}).union(*read) - {Event.OTHER}


def grade_filing(
    filing: Filing, siblings: tuple[Filing, ...] = (), worth: Decimal | Gap = NOT_GIVEN
) -> Grade:
    """The grade of one filing. `siblings` are the same name's other filings, read only where a listing ends.

    `worth`: the company's market value, against which sums are held."""
    if any(isinstance(one, Dealing) for one in filing.fields):
        return grade_week((filing,))
    # The first is the form's own weight where a source gives one after its items: between equals what stands
    # first says more.
    grade = heaviest(_graded(filing, reported, siblings, worth) for reported in filing.reports)
    return replace(grade, tags=("amendment", *grade.tags)) if filing.amends else grade


def pieces(filing: Filing, reported: Reported) -> tuple[Piece, ...]:
    """The stretches of text that belong to `reported`, in order; () where no text was read."""
    if isinstance(filing.documents, Gap):
        return ()
    if not reported.spans:
        return tuple(Piece(document, 0, document.text) for document in filing.documents if document.text)
    cut = ((filing.documents[span.document], span) for span in reported.spans if span.end > span.start)
    return tuple(Piece(document, span.start, document.text[span.start : span.end]) for document, span in cut)


def _graded(filing: Filing, reported: Reported, siblings: tuple[Filing, ...], worth: Decimal | Gap) -> Grade:
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
    told = filing.made or told_of_stake(filing, siblings)
    if reported.quoted or not read:
        told = told or told_of_changes(filing)
    if told:
        return replace(plain, excerpt=made(told, filing))
    if not read and reported.event is Event.RESULTS and (sentence := told_by_accounts(filing, siblings)):
        return replace(plain, tags=("text-not-read",), excerpt=made(sentence, filing))
    if filing.documents == SAYS_ITSELF:
        return replace(plain, excerpt=SAYS_ITSELF)
    if not read and not reported.quoted:
        tags = ("text-not-read",) if reported.open or reported.event in _hangs() else ()
        return replace(plain, tags=tags, excerpt=TEXT_NOT_READ)
    lines = tuple(line for piece in read for line in statements(piece))
    if reported.quoted:
        return replace(plain, excerpt=best(lines, plain.event) or NO_SENTENCE)
    section = (lines, Text(" ".join(said for *_, said in lines)), [Text(said) for *_, said in lines])
    raised = [grade for rule in _raising() if (grade := _by(rule, reported, row, section, worth))]
    title = all(piece.text == filing.title for piece in read)
    raised += _by_size(reported, row, lines, worth)
    if reported.open and title:
        plain = _titled(filing, plain, read)
    heavy = heaviest((plain, *raised))
    if heavy is not plain:
        return heavy
    lowered = (grade for rule in rows("lowering") if (grade := _by(rule, reported, row, section, worth)))
    grade = next(lowered, plain)
    excerpt = quoted(read[0], 0, len(read[0].text)) if title else best(lines, grade.event) or NO_SENTENCE
    return replace(grade, excerpt=excerpt)


def _by(rule: Phrase, reported: Reported, row: str, section: Section, worth: Decimal | Gap) -> Grade | None:
    """The grade that `rule` gives, quoting the sentence that says most of those that state it."""
    lines, whole, texts = section
    # One look at the whole before forty at its sentences: most rows find nothing in most documents.
    if not rule.concerns(reported) or not rule.touches(whole):
        return None
    hits = []
    for number, (piece, begin, end, _) in enumerate(lines):
        following = lines[number + 1] if rule.pair and number + 1 < len(lines) else None
        after = following[3] if following and following[0] is piece else ""
        place = rule.finds(texts[number], after, piece.text[begin:end].lower())
        if place >= 0:
            hits.append((piece, begin, end, begin + place))
    if not hits:
        return None
    piece, begin, end, place = max(hits, key=lambda hit: weight(hit[0].text[hit[1] : hit[2]], rule.event))
    severity, label = rule.severity, rule.label
    if severity is Severity.G2 and any(
        structural(rule.event, one.text[start:stop], worth) for one, start, stop, _ in hits
    ):
        severity, label = Severity.G3, f"{label}, large for the company"
    elif severity is Severity.G3 and rule.event is Event.DEAL_AGREED and slight(piece.text[begin:end], worth):
        severity, label = Severity.G2, f"{label}, small for the company"
    return Grade(
        severity=severity,
        row=f"{row}: {label}",
        event=rule.event,
        label=label,
        excerpt=around(piece, begin, end, place),
    )


def _by_size(reported: Reported, row: str, lines: Lines, worth: Decimal | Gap) -> list[Grade]:
    """What a sum or a share says by itself: guidance that comes down, a charge or a cut that its item already
    names.
    """
    found = []
    for piece, begin, end, said in lines:
        if (reported.open or reported.event is Event.RESULTS) and lowered(said):
            event, label = Event.GUIDANCE_DOWN, "guidance lowered"
        elif reported.event in _SIZED and structural(reported.event, said, worth):
            event, label = reported.event, f"{reported.label}, large for the company"
        else:
            continue
        excerpt = around(piece, begin, end, begin)
        found.append(
            Grade(severity=Severity.G3, row=f"{row}: {label}", event=event, label=label, excerpt=excerpt)
        )
    return found


def _titled(filing: Filing, plain: Grade, read: tuple[Piece, ...]) -> Grade:
    """What the title says, in any language that headlines are read in, when the document is no more than its
    title.
    """
    told = grade_headline(line(filing.title)).grade
    excerpt = quoted(read[0], 0, len(read[0].text))
    if told.event is Event.OTHER:
        return replace(plain, excerpt=excerpt)
    severity = max(plain.severity, told.severity, key=RANK.__getitem__)
    return replace(
        plain, severity=severity, event=told.event, row=f"{plain.row}, {told.row}", excerpt=excerpt
    )


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
    if not unknown or any(_ends(one, siblings) for one in near) or _warned(filing, siblings):
        return plain
    if any(one.filed - filing.filed >= _LATER and Event.RESULTS in _events((one,)) for one in siblings):
        label = "a class leaves the exchange; months later the issuer still reports, so it was not the shares"
        row = f"{plain.row}, went on reporting"
        return replace(plain, severity=Severity.G1, event=Event.OTHER, label=label, row=row)
    # Who reports by items must report the notice of a delisting within days: its absence speaks for another
    # class.
    if any(told.code for one in siblings for told in one.reports) and any(
        one.filed - filing.filed >= _NOTICE for one in siblings
    ):
        label = f"{plain.label}; no notice of a delisting stands beside it, so it may be a note"
        return replace(plain, severity=Severity.G2, label=label, row=f"{plain.row}, without a notice")
    return plain


def _tells_of_a_move(filing: Filing) -> bool:
    dangers = (one for one in filing.reports if one.event is Event.LISTING_DANGER and pieces(filing, one))
    return any(_graded(filing, one, (), NOT_GIVEN).event is Event.LISTING_MOVED for one in dangers)


def _events(filings: tuple[Filing, ...]) -> Iterator[Event]:
    return (reported.event for filing in filings for reported in filing.reports)


def _ends(filing: Filing, siblings: tuple[Filing, ...]) -> bool:
    """Whether a filing speaks of the end of the listing: its text, where it was read, has the last word."""
    if filing.about_other or not _ENDS.intersection(_events((filing,))):
        return False
    return any(
        _graded(filing, reported, siblings, NOT_GIVEN).severity is Severity.G3
        for reported in filing.reports
        if reported.event in _ENDS
    )


def _moves(near: tuple[Filing, ...]) -> bool:
    left = [one.filed for one in near if Event.LISTING_LEFT in _events((one,))]
    listed = [one.filed for one in near if Event.LISTED in _events((one,))]
    return any(abs(one - other) <= _SAME_DAYS for one in left for other in listed)


def _warned(filing: Filing, siblings: tuple[Filing, ...]) -> bool:
    return any(
        timedelta(0) <= filing.filed - one.filed <= _WARNED and _ends(one, siblings) for one in siblings
    )
