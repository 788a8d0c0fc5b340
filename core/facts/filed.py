"""Filings of one name on their way to be facts: dated, graded, told in one line, amendments linked to their original.

Promise: only its day can refuse a filing. Decisions: insiders' forms, daily notices and forms that come in series (a
prospectus for each of four notes) are one fact a week; filings
older than the longest window are refused in one line, since a name's list reaches back decades. A filing of the day of
`as_of` whose hour nobody tells may have come later than that moment: it is kept by its day and tagged `time-unknown`.
"""

from datetime import UTC, datetime, time

from core.base.gap import Gap
from core.facts.cleaning import clean
from core.facts.dates import LONGEST_MONTHS, months_before, refuse_day, refuse_instant
from core.facts.dedupe import Item
from core.facts.fact import Authority, Filing, Rejected
from core.facts.insiders import grade_week, week_of
from core.facts.regulated import is_regulated, kind_of
from core.facts.sec_forms import base_form, form_of, is_amendment
from core.facts.sec_grading import grade_filing
from core.facts.sec_items import item_of


def filed(filings: tuple[Filing, ...], as_of: datetime, refused: list[Rejected]) -> list[Item]:
    """All filings of ONE name as items (a week of routine ones is one item); refusals are added to `refused`."""
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
        if routine := _routine(filing):
            weeks.setdefault((routine, week_of(filing.filed)), []).append(filing)
        else:
            items.append(_item_of_filing(filing, known, as_of))
    for (routine, _), week in weeks.items():
        alone = len(week) == 1 and routine != "insider"
        items.append(_item_of_filing(week[0], known, as_of) if alone else _item_of_week(tuple(week), as_of))
    return items


def _routine(filing: Filing) -> str:
    """The bucket of filings that come by the dozen, of which a week is one fact; "" for all others."""
    if is_regulated(filing.form):
        kind = kind_of(filing)
        return kind.label if kind and kind.weekly else ""
    form = form_of(filing.form)
    if form.role == "insider":
        return "insider"
    return f"{form.form} {is_amendment(filing.form)}" if form.role == "series" else ""


def _instant(filing: Filing) -> datetime:
    """When it was published; the beginning of its day where only that is known."""
    if isinstance(filing.published, Gap):
        return datetime.combine(filing.filed, time(), UTC)
    return filing.published.astimezone(UTC)


def _time_unknown(filings: tuple[Filing, ...], as_of: datetime) -> tuple[str, ...]:
    today = (one for one in filings if one.filed >= as_of.date())
    return ("time-unknown",) if any(isinstance(one.published, Gap) for one in today) else ()


def _item_of_filing(filing: Filing, siblings: tuple[Filing, ...], as_of: datetime) -> Item:
    grade = grade_filing(filing, siblings)
    named = filing.form if is_regulated(filing.form) else base_form(filing.form)
    title = f"{named}{_amends(filing, siblings)}: {grade.label}"
    if grade.excerpt:
        title = f"{title}. “{grade.excerpt}”"
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
        tags=grade.tags + _time_unknown((filing,), as_of),
        # Regulated information comes in two languages: one event of a day may be told by two documents.
        filing=not is_regulated(filing.form),
    )


def _item_of_week(week: tuple[Filing, ...], as_of: datetime) -> Item:
    newest = max(week, key=lambda one: (one.filed, one.key))
    if form_of(newest.form).role == "insider" and not is_regulated(newest.form):
        grade, title = grade_week(week)
    else:
        grade = grade_filing(newest)
        title = f"{len(week)} × {newest.form} in the week of {newest.filed}: {grade.label}"
    return Item(
        ticker=newest.ticker,
        at=_instant(newest),
        day=newest.filed,
        authority=Authority.OFFICIAL,
        source=_source_of(newest),
        publisher=newest.source,
        title=clean(title),
        compared=clean(title),
        url=newest.url,
        key=newest.key,
        grade=grade,
        tags=grade.tags + _time_unknown(week, as_of),
        filing=True,
    )


def _source_of(filing: Filing) -> str:
    if is_regulated(filing.form):
        return clean(filing.source)
    codes = [item_of(code).code for code in filing.items if form_of(filing.form).role == "items"]
    shown = " ".join(code for code in codes if item_of(code).severity is not None)
    return clean(f"{filing.source} {filing.form} {shown}")


def _amends(filing: Filing, siblings: tuple[Filing, ...]) -> str:
    """The words that link an amendment to its original: same form, same report day, a shared item (if it has any)."""
    if not is_amendment(filing.form):
        return ""
    mine = {item_of(code).code for code in filing.items} - {"9.01", "7"}
    for one in sorted(siblings, key=lambda other: (other.filed, other.key), reverse=True):
        theirs = {item_of(code).code for code in one.items} - {"9.01", "7"}
        same_day = isinstance(one.event_day, type(filing.event_day)) and one.event_day == filing.event_day
        if (
            base_form(one.form) == base_form(filing.form)
            and not is_amendment(one.form)
            and one.filed <= filing.filed
            and same_day
            and not isinstance(filing.event_day, Gap)
            and (not mine or not theirs or mine & theirs)
        ):
            return f" (amends the filing of {one.filed}, {clean(one.key)})"
    return " (amendment)"


def _refuse_filing(filing: Filing, gate: str, reason: str) -> Rejected:
    return Rejected(
        ticker=filing.ticker,
        source=_source_of(filing),
        title=clean(
            f"{filing.form}: {filing.title if is_regulated(filing.form) else form_of(filing.form).label}"
        ),
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
