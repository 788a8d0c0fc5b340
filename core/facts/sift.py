"""The sieve: raw filings and stories in, ranked facts out, and everything refused with its gate and reason.

Promise: the same gatherings in any order give the same facts with the same ids; a fact's id is its rank under its name
(AAPL-1 is the heaviest). No official item is lost to sourcing or opinion, to a merge with another filing, or because
its form is unknown; only its day can refuse it. Refused: a story that does not name the name, is undated, or is older
than the window of its severity. Reads no clock: `as_of` decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from core.facts.cleaning import clean
from core.facts.dates import LONGEST_MONTHS, Refusal, instant_of, months_before, refuse_age, refuse_day
from core.facts.dedupe import AUTHORITY_RANK, Item, Merged, merge
from core.facts.events import grade_headline
from core.facts.fact import Authority, Fact, Filing, Gathering, Rejected, Severity, Sieve, Story, Subject
from core.facts.gates import forecast, stop
from core.facts.grade import RANK, Grade
from core.facts.insiders import grade_week, week_of
from core.facts.matching import Match, Matcher
from core.facts.rule import line
from core.facts.sec_forms import base_form, form_of, is_amendment
from core.facts.sec_grading import grade_filing
from core.facts.sec_items import item_of
from core.gap import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """`facts`: every asked ticker once, in order, its facts by rank. `rejected` ordered by (ticker, day, title)."""

    facts: tuple[tuple[str, tuple[Fact, ...]], ...]
    rejected: tuple[Rejected, ...]
    sieve: Sieve


def sift(gatherings: tuple[Gathering, ...], subjects: tuple[Subject, ...], as_of: datetime) -> Sifted:
    """Facts per subject at `as_of` (aware). Ranked G3 first, official before newswire before other, newest first."""
    tickers = sorted({subject.ticker for subject in subjects})
    refused: list[Rejected] = []
    items: list[Item] = []
    filings = _distinct(filing for one in gatherings for filing in one.filings if filing.ticker in tickers)
    for ticker in tickers:
        items += _filed(tuple(one for one in filings if one.ticker == ticker), as_of, refused)
    matcher = Matcher(subjects)
    for story in _distinct_stories(one for gathering in gatherings for one in gathering.stories):
        items += _told(story, matcher, as_of, refused)
    by_ticker: dict[str, list[Item]] = {ticker: [] for ticker in tickers}
    for item in items:
        by_ticker[item.ticker].append(item)
    facts = tuple((ticker, _ranked(ticker, by_ticker[ticker], as_of, refused)) for ticker in tickers)
    kept = [fact for _, mine in facts for fact in mine]
    return Sifted(
        facts=facts,
        rejected=tuple(sorted(set(refused), key=_order_of_refusal)),
        sieve=Sieve(
            read=sum(gathering.read for gathering in gatherings),
            kept=len(kept),
            g3=sum(fact.severity is Severity.G3 for fact in kept),
        ),
    )


def _distinct(filings: Iterable[Filing]) -> list[Filing]:
    # Two official sources may list one document; the one with its text is kept.
    found: dict[tuple[str, str], Filing] = {}
    for filing in sorted(
        filings, key=lambda one: (one.ticker, one.key, isinstance(one.text, Gap), one.source, one.url)
    ):
        found.setdefault((filing.ticker, filing.key), filing)
    return sorted(found.values(), key=lambda one: (one.ticker, one.filed, one.key))


def _distinct_stories(stories: Iterable[Story]) -> list[Story]:
    ordered = sorted(
        stories, key=lambda one: (one.source, one.key, one.url, one.title, repr(one.only_for), repr(one))
    )
    return list(dict.fromkeys(ordered))


def _filed(filings: tuple[Filing, ...], as_of: datetime, refused: list[Rejected]) -> list[Item]:
    items: list[Item] = []
    oldest = months_before(as_of.date(), LONGEST_MONTHS)
    current: list[Filing] = []
    ancient: list[Filing] = []
    for filing in filings:
        if why := refuse_day(filing.filed, as_of):
            refused.append(_refuse_filing(filing, why.gate, why.reason))
        else:
            (current if filing.filed >= oldest else ancient).append(filing)
    if ancient:
        refused.append(_refuse_ancient(ancient))
    weeks: dict[tuple[int, int], list[Filing]] = {}
    for filing in current:
        if form_of(filing.form).role == "insider":
            weeks.setdefault(week_of(filing.filed), []).append(filing)
        else:
            items.append(_item_of_filing(filing, filings))
    items += [_item_of_week(tuple(week)) for week in weeks.values()]
    return items


def _item_of_filing(filing: Filing, siblings: tuple[Filing, ...]) -> Item:
    grade = grade_filing(filing, siblings)
    title = f"{base_form(filing.form)}{_amends(filing, siblings)}: {grade.label}"
    if grade.excerpt:
        title = f"{title}. “{grade.excerpt}”"
    return Item(
        ticker=filing.ticker,
        at=datetime.combine(filing.filed, time(), UTC),
        day=filing.filed,
        authority=Authority.OFFICIAL,
        source=_source_of(filing),
        publisher=filing.source,
        title=clean(title),
        compared=clean(filing.title),
        url=filing.url,
        key=filing.key,
        grade=grade,
        tags=grade.tags,
        filing=True,
    )


def _item_of_week(week: tuple[Filing, ...]) -> Item:
    grade, title = grade_week(week)
    newest = max(week, key=lambda one: (one.filed, one.key))
    return Item(
        ticker=newest.ticker,
        at=datetime.combine(newest.filed, time(), UTC),
        day=newest.filed,
        authority=Authority.OFFICIAL,
        source=f"{clean(newest.source)} Form {base_form(newest.form)}",
        publisher=newest.source,
        title=clean(title),
        compared=clean(title),
        url=newest.url,
        key=newest.key,
        grade=grade,
        tags=grade.tags,
        filing=True,
    )


def _source_of(filing: Filing) -> str:
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


def _told(story: Story, matcher: Matcher, as_of: datetime, refused: list[Rejected]) -> list[Item]:
    title, summary = clean(story.title), clean(story.summary)
    own: str | Gap = story.only_for
    if not title:
        refused.append(_refuse(story, own, "title", "no readable title"))
        return []
    at = instant_of(story.published, as_of)
    if isinstance(at, Refusal):
        refused.append(_refuse(story, own, at.gate, at.reason))
        return []
    matches = matcher.matches(story, title, summary)
    if not matches:
        reason = f"does not name {own}" if isinstance(own, str) else "names nobody who was asked for"
        refused.append(_refuse(story, own, "name", reason))
        return []
    headline = line(title)
    event = grade_headline(headline)
    stopped = stop(headline, story.authority, story.publisher, event.grade.severity)
    items = []
    for match in _addressed(matches, two_sided=event.two_sided):
        if stopped:
            refused.append(_refuse(story, match.ticker, stopped.gate, stopped.reason))
            continue
        looks_ahead = forecast(headline)
        if looks_ahead and story.authority is not Authority.OFFICIAL and not match.leads:
            refused.append(
                _refuse(story, match.ticker, "forecast", f"{looks_ahead.name}: {looks_ahead.reason}")
            )
            continue
        tags = (("forecast",) if looks_ahead else ()) + (("shared",) if match.shared else ())
        items.append(_item_of_story(story, match.ticker, at, title, event.grade, tags))
    return items


def _addressed(matches: tuple[Match, ...], *, two_sided: bool) -> tuple[Match, ...]:
    """Whom a story of several names goes to: all sides of a two-sided event, else its subjects, else all, as shared."""
    if len(matches) == 1:
        return matches
    leading = tuple(match for match in matches if match.leads)
    if leading and not two_sided:
        return leading
    return tuple(Match(match.ticker, shared=True, leads=match.leads) for match in matches)


def _item_of_story(
    story: Story, ticker: str, at: datetime, title: str, grade: Grade, tags: tuple[str, ...]
) -> Item:
    return Item(
        ticker=ticker,
        at=at.astimezone(UTC),
        day=at.date(),
        authority=story.authority,
        source=clean(story.publisher) or clean(story.source),
        publisher=clean(story.publisher) or clean(story.source),
        title=title,
        compared=title,
        url=story.url,
        key=story.key,
        grade=grade,
        tags=tags,
    )


def _ranked(ticker: str, items: list[Item], as_of: datetime, refused: list[Rejected]) -> tuple[Fact, ...]:
    kept: list[Merged] = []
    for merged in merge(items):
        why = refuse_age(merged.item.day, merged.grade.severity, as_of)
        if why:
            refused.append(_refuse_item(merged.item, why.gate, why.reason))
        else:
            kept.append(merged)
    kept.sort(
        key=lambda one: (
            -RANK[one.grade.severity],
            AUTHORITY_RANK[one.item.authority],
            -one.item.at.timestamp(),
            one.item.key,
            one.item.title,
        )
    )
    return tuple(_fact(f"{ticker}-{number}", merged) for number, merged in enumerate(kept, 1))


def _fact(fact_id: str, merged: Merged) -> Fact:
    item = merged.item
    return Fact(
        id=fact_id,
        ticker=item.ticker,
        day=item.day,
        authority=item.authority,
        severity=merged.grade.severity,
        source=item.source,
        title=item.title,
        url=item.url,
        graded_by=merged.grade.row,
        tags=item.tags,
        also_reported_by=merged.also,
        key=item.key,
    )


def _refuse(story: Story, ticker: str | Gap, gate: str, reason: str) -> Rejected:
    return Rejected(
        ticker=ticker,
        source=clean(story.publisher) or clean(story.source),
        title=clean(story.title),
        url=story.url,
        day=story.published.date() if isinstance(story.published, datetime) else story.published,
        gate=gate,
        reason=reason,
    )


def _refuse_filing(filing: Filing, gate: str, reason: str) -> Rejected:
    return Rejected(
        ticker=filing.ticker,
        source=_source_of(filing),
        title=clean(f"{filing.form}: {form_of(filing.form).label}"),
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
        title=f"{len(filings)} older filings, {first.filed} to {last.filed}",
        url=last.url,
        day=last.filed,
        gate="window",
        reason=f"older than the longest window ({LONGEST_MONTHS} months)",
    )


def _refuse_item(item: Item, gate: str, reason: str) -> Rejected:
    return Rejected(
        ticker=item.ticker,
        source=item.source,
        title=item.title,
        url=item.url,
        day=item.day,
        gate=gate,
        reason=reason,
    )


def _order_of_refusal(one: Rejected) -> tuple[str, ...]:
    ticker = one.ticker if isinstance(one.ticker, str) else ""
    day = one.day.isoformat() if not isinstance(one.day, Gap) else ""
    return (ticker, day, one.source, one.title, one.url, one.gate, one.reason)
