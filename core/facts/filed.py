"""Filings of one name on their way to be facts: dated, graded, told in one line, amendments linked to their
original.

Promise: only its day can refuse a filing. Decisions: filings of one series (insiders' forms, daily notices, a
prospectus for each of four notes) are one fact a week; filings older than the longest window are refused in
one line, since a name's list reaches back decades. A filing of the day of `as_of` whose hour nobody tells may
have come later than that moment: it is kept by its day and tagged `time-unknown`.
"""

from datetime import UTC, datetime, time
from decimal import Decimal

from core.base.gap import NOT_GIVEN, Gap
from core.facts.cleaning import clean
from core.facts.dates import LONGEST_MONTHS, months_before, refuse_day, refuse_instant
from core.facts.dedupe import Item
from core.facts.events import Event
from core.facts.fact import Authority, Filing, Grade, Rejected
from core.facts.fields import grade_week, week_of
from core.facts.grading import grade_filing


def filed(
    filings: tuple[Filing, ...], as_of: datetime, refused: list[Rejected], worth: Decimal | Gap = NOT_GIVEN
) -> list[Item]:
    """All filings of ONE name as items (a week of routine ones is one item); refusals go to `refused`."""
    items: list[Item] = []
    oldest = months_before(as_of.date(), LONGEST_MONTHS)
    current: list[Filing] = []
    ancient: list[Filing] = []
    for filing in filings:
        if why := refuse_day(filing.filed, as_of) or refuse_instant(filing.published, as_of):
            refused.append(_refuse_filing(filing, why.gate, why.reason))
        else:
            (current if filing.filed >= oldest else ancient).append(filing)
    if ancient:
        refused.append(_refuse_ancient(ancient))
    # Siblings are what could be known: nothing from after `as_of` explains a filing.
    known = (*ancient, *current)
    weeks: dict[tuple[str, tuple[int, int]], list[Filing]] = {}
    for filing in current:
        if filing.series:
            weeks.setdefault((filing.series, week_of(filing.filed)), []).append(filing)
        else:
            items.append(_item_of_filing(filing, known, as_of, worth))
    items.extend(_item_of_week(tuple(week), known, as_of, worth) for week in weeks.values())
    return items


def _instant(filing: Filing) -> datetime:
    """When it was published; the beginning of its day where only that is known."""
    if isinstance(filing.published, Gap):
        return datetime.combine(filing.filed, time(), UTC)
    return filing.published.astimezone(UTC)


def _time_unknown(filings: tuple[Filing, ...], as_of: datetime) -> tuple[str, ...]:
    today = (one for one in filings if one.filed >= as_of.date())
    return ("time-unknown",) if any(isinstance(one.published, Gap) for one in today) else ()


def _item_of_filing(
    filing: Filing, siblings: tuple[Filing, ...], as_of: datetime, worth: Decimal | Gap
) -> Item:
    grade = grade_filing(filing, siblings, worth)
    title = f"{filing.form}{_amends(filing, siblings)}: {grade.label}"
    return _item(filing, grade, title, grade.tags + _time_unknown((filing,), as_of))


def _item_of_week(
    week: tuple[Filing, ...], siblings: tuple[Filing, ...], as_of: datetime, worth: Decimal | Gap
) -> Item:
    newest = max(week, key=lambda one: (one.filed, one.key))
    if newest.reports[0].event is Event.INSIDER:
        grade = grade_week(week)
        title = grade.label
    elif len(week) == 1:
        return _item_of_filing(newest, siblings, as_of, worth)
    else:
        grade = grade_filing(newest, worth=worth)
        title = f"{len(week)} × {newest.form} in the week of {newest.filed}: {grade.label}"
    return _item(newest, grade, title, grade.tags + _time_unknown(week, as_of))


def _item(filing: Filing, grade: Grade, title: str, tags: tuple[str, ...]) -> Item:
    return Item(
        ticker=filing.ticker,
        at=_instant(filing),
        day=filing.filed,
        authority=Authority.OFFICIAL,
        source=_source_of(filing),
        publisher=filing.source,
        title=clean(title),
        compared=clean(filing.title),
        url=filing.url,
        key=filing.key,
        grade=grade,
        tags=tags,
        filing=not filing.told_twice,
    )


def _source_of(filing: Filing) -> str:
    if filing.told_twice:
        return clean(filing.source)
    codes = " ".join(dict.fromkeys(one.code for one in filing.reports if one.code))
    return clean(f"{filing.source} {filing.form} {codes}")


def _amends(filing: Filing, siblings: tuple[Filing, ...]) -> str:
    """The words that link an amendment to its original: earlier, of the same day of event, of the same form
    and with a label in common.
    """
    if not filing.amends:
        return ""
    mine = {one.label for one in filing.reports}
    for one in sorted(siblings, key=lambda other: (other.filed, other.key), reverse=True):
        if (
            not one.amends
            and one.filed <= filing.filed
            and not isinstance(filing.event_day, Gap)
            and one.event_day == filing.event_day
            and one.form == filing.form
            and mine & {reported.label for reported in one.reports}
        ):
            return f" (amends the filing of {one.filed}, {clean(one.key)})"
    return " (amendment)"


def _refuse_filing(filing: Filing, gate: str, reason: str) -> Rejected:
    return Rejected(
        ticker=filing.ticker,
        source=_source_of(filing),
        title=clean(f"{filing.form}: {filing.title}"),
        url=filing.url,
        day=filing.filed,
        gate=gate,
        reason=reason,
    )


def _refuse_ancient(filings: list[Filing]) -> Rejected:
    # One line for all: a name's list reaches back decades, and nothing of it can be a fact.
    first, last = filings[0], filings[-1]
    return Rejected(
        ticker=last.ticker,
        source=clean(last.source),
        title=f"{len(filings)} older filing{'s' if len(filings) > 1 else ''}, {first.filed} to {last.filed}",
        url=last.url,
        day=last.filed,
        gate="window",
        reason=f"older than the longest window ({LONGEST_MONTHS} months)",
    )
