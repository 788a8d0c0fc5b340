"""The sieve: raw filings and stories in, ranked facts out, and everything refused with its gate and reason.

Promise: the same gatherings in any order give the same facts with the same ids; a fact's id is its rank under
its name (AAPL-1 is the heaviest). No official item is lost to sourcing or opinion, to a merge with another
filing, or because its form is unknown; only its day can refuse it. Refused: a story that does not name the
name, is undated, or is older than the window of its severity. Reads no clock: `as_of` decides.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from core.base.gap import Gap
from core.facts.cleaning import clean
from core.facts.dates import Refusal, instant_of, refuse_age
from core.facts.dedupe import AUTHORITY_RANK, Item, Merged, merge
from core.facts.events import Event
from core.facts.fact import (
    RANK,
    Authority,
    Fact,
    Filing,
    Gathering,
    Grade,
    Rejected,
    Severity,
    Sieve,
    Story,
    Subject,
)
from core.facts.filed import filed
from core.facts.gates import forecast, stop, stop_views
from core.facts.headlines import grade_headline
from core.facts.matching import Matcher, matcher_of
from core.facts.names_of import known_as, own_words
from core.facts.rule import line

# Kinds that come whatever happens: behind all others of their severity.
ROUTINE: Final = frozenset(
    {
        Event.PAY, Event.MEETING, Event.INSIDER, Event.HOLDING, Event.LISTED, Event.DEBT, Event.PRICE,
        Event.CAPITAL_RAISED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """`facts`: every asked ticker once, in order, its facts by rank. `rejected` ordered by (ticker, day,
    title).
    """

    facts: tuple[tuple[str, tuple[Fact, ...]], ...]
    rejected: tuple[Rejected, ...]
    sieve: Sieve


def sift(gatherings: tuple[Gathering, ...], subjects: tuple[Subject, ...], as_of: datetime) -> Sifted:
    """Facts per subject at `as_of` (aware). Ranked G3 first; within a severity the first fact of each kind
    before the second of any, routine kinds last; then official before newswire before other, newest first.
    """
    subjects = known_as(subjects, gatherings)
    tickers = sorted({subject.ticker for subject in subjects})
    refused: list[Rejected] = []
    items: list[Item] = []
    filings = _distinct(filing for one in gatherings for filing in one.filings if filing.ticker in tickers)
    worth = {subject.ticker: subject.worth for subject in subjects}
    for ticker in tickers:
        mine = tuple(one for one in filings if one.ticker == ticker)
        items += filed(mine, as_of, refused, worth[ticker])
    matcher = matcher_of(subjects)
    for story in _distinct_stories(one for gathering in gatherings for one in gathering.stories):
        items += _told(story, matcher, as_of, refused)
    by_ticker: dict[str, list[Item]] = {ticker: [] for ticker in tickers}
    for item in items:
        by_ticker[item.ticker].append(item)
    own = {subject.ticker: own_words(subject) for subject in subjects}
    facts = tuple(
        (ticker, _ranked(ticker, by_ticker[ticker], own[ticker], as_of, refused)) for ticker in tickers
    )
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
        filings, key=lambda one: (one.ticker, one.key, isinstance(one.documents, Gap), one.source, one.url)
    ):
        found.setdefault((filing.ticker, filing.key), filing)
    return sorted(found.values(), key=lambda one: (one.ticker, one.filed, one.key))


def _distinct_stories(stories: Iterable[Story]) -> list[Story]:
    ordered = sorted(stories, key=_order_of_story)
    return list(dict.fromkeys(ordered))


def _order_of_story(one: Story) -> tuple[str, ...]:
    feed = one.only_for if isinstance(one.only_for, str) else ""
    return (
        one.source,
        one.key,
        one.url,
        one.title,
        feed,
        one.publisher,
        str(one.published),
        one.summary,
        one.authority,
    )


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
    # Words first: of ten thousand headlines, those that a gate stops need no grade.
    stopped = stop(headline, story.authority)
    if stopped is None:
        told = grade_headline(headline)
        stopped = stop_views(story.authority, story.publisher, told.grade)
    if stopped is not None:
        refused += [_refuse(story, match.ticker, stopped.gate, stopped.reason) for match in matches]
        return []
    looks_ahead = forecast(headline)
    led = any(match.leads for match in matches)
    items = []
    for match in matches:
        aside = led and not match.leads and not told.two_sided
        if (
            looks_ahead
            and story.authority is not Authority.OFFICIAL
            and not match.leads
            and match.ticker != own
        ):
            why = f"{looks_ahead.name}: {looks_ahead.reason}"
            refused.append(_refuse(story, match.ticker, "forecast", why))
            continue
        grade = grade_headline(headline, bought=True).grade if match.bought else told.grade
        if aside and grade.severity is Severity.G3:
            grade = replace(grade, severity=Severity.G2, row=f"{grade.row}, of another name")
        shared = match.shared or aside or (told.two_sided and len(matches) > 1)
        tags = (("forecast",) if looks_ahead else ()) + (("shared",) if shared else ())
        items.append(_item_of_story(story, match.ticker, at, title, grade, tags))
    return items


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


def _ranked(
    ticker: str, items: list[Item], own: frozenset[str], as_of: datetime, refused: list[Rejected]
) -> tuple[Fact, ...]:
    kept: list[Merged] = []
    for merged in merge(items, own):
        why = refuse_age(merged.item.day, merged.grade.severity, as_of)
        if why:
            refused.append(_refuse_item(merged.item, why.gate, why.reason))
        else:
            kept.append(merged)
    ranked = sorted(kept, key=_weight)
    # The second fact of one kind says less than the first of another: it comes behind them within its
    # severity.
    seen: Counter[tuple[Severity, Event]] = Counter()
    places = []
    for place, one in enumerate(ranked):
        kind = (one.grade.severity, one.grade.event)
        places.append((-RANK[kind[0]], one.grade.event in ROUTINE, seen[kind], place))
        seen[kind] += 1
    order = [ranked[place[-1]] for place in sorted(places)]
    return tuple(_fact(f"{ticker}-{number}", merged) for number, merged in enumerate(order, 1))


def _weight(one: Merged) -> tuple[object, ...]:
    item = one.item
    return (
        -RANK[one.grade.severity],
        AUTHORITY_RANK[item.authority],
        -item.at.timestamp(),
        item.key,
        item.title,
    )


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
        event=merged.grade.event,
        excerpt=item.grade.excerpt,
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
