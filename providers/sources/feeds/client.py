"""Newswires by RSS and Atom: one source per publisher, its rows read side by side, its state told per name.

Refuses silence: a feed that answers with a page, holds nothing against its cadence, carries no readable date,
or has not moved for longer than its longest usual pause is FAILED or STALE with a reason. Decisions: rows of
one publisher are one source, so coverage says which publisher could be read for which name; a name's own feed
decides its coverage, a general feed only where there is no own one. A general feed that cannot be read
raises: then the whole source is down. At most eight requests to one publisher at a time.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Coverage, Gathering, SourceClass, State, Story, Subject
from providers.http import Fetcher
from providers.sources.feeds.rows import PLACE, FeedKind, FeedRow
from providers.sources.stories.parser import Parsed, Parser
from providers.sources.stories.reading import Origin, read_feed, stories

AT_ONCE = 8
# Clocks of publishers run ahead a little; an item further in the future is not this feed's newest.
AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One feed's outcome. `ticker` is a gap for a general feed."""

    ticker: str | Gap
    state: State
    reason: str
    stories: tuple[Story, ...] = ()
    count: int = 0


class FeedSource:
    """FactSource for one publisher's feeds."""

    source_class = SourceClass.NEWSWIRE

    def __init__(self, rows: tuple[FeedRow, ...], fetcher: Fetcher, parser: Parser) -> None:
        self.name = rows[0].publisher
        self._rows = rows
        self._fetcher = fetcher
        self._parser = parser

    def covers(self, subject: Subject) -> bool:
        """Whether any row is general, is for every ticker, or is this ticker's own."""
        return any(_serves(row, subject.ticker) for row in self._rows)

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """The feeds' items, undated ones included, ordered by row, then ticker as asked, then the feed's
        order. Raises SourceFailed when a general feed could not be read and nothing else was.
        """
        turns = asyncio.Semaphore(AT_ONCE)
        tickers = tuple(dict.fromkeys(subject.ticker for subject in subjects))
        wanted: list[tuple[FeedRow, str | Gap]] = []
        for row in self._rows:
            if row.kind is FeedKind.GENERAL:
                wanted.append((row, Gap(gap="a general feed")))
            else:
                wanted.extend((row, ticker) for ticker in tickers if _serves(row, ticker))
        async with self._parser:
            readings = await asyncio.gather(
                *(self._read(row, ticker, as_of, turns) for row, ticker in wanted)
            )
        general = [reading for reading in readings if isinstance(reading.ticker, Gap)]
        if general and all(reading.state is State.FAILED and not reading.count for reading in readings):
            raise SourceFailed(general[0].reason, source=self.name)
        own = {ticker: [reading for reading in readings if reading.ticker == ticker] for ticker in tickers}
        return Gathering(
            source=self.name,
            source_class=self.source_class,
            coverage=tuple((ticker, self._coverage(own[ticker] or general)) for ticker in tickers),
            stories=tuple(story for reading in readings for story in reading.stories),
            read=sum(reading.count for reading in readings),
        )

    async def _read(
        self, row: FeedRow, ticker: str | Gap, as_of: datetime, turns: asyncio.Semaphore
    ) -> _Reading:
        address = row.address if isinstance(ticker, Gap) else row.address_for(ticker)
        try:
            async with turns:
                parsed = await read_feed(self._fetcher, self._parser, address, source=self.name)
        except SourceFailed as failure:
            return _Reading(ticker=ticker, state=State.FAILED, reason=str(failure))
        origin = Origin(source=self.name, publisher=row.publisher, authority=row.authority, only_for=ticker)
        found = stories(parsed, origin)
        state, reason = judge(parsed, found, row.cadence_hours, as_of)
        return _Reading(ticker=ticker, state=state, reason=reason, stories=found, count=parsed.count)

    def _coverage(self, readings: list[_Reading]) -> Coverage:
        """The best state among a name's feeds, with the reasons of those that did worse."""
        if not readings:
            return Coverage(
                source=self.name,
                source_class=self.source_class,
                state=State.FAILED,
                reason="no feed of this publisher is for this name",
            )
        best = min(readings, key=lambda reading: _ORDER.index(reading.state)).state
        reasons = tuple(dict.fromkeys(reading.reason for reading in readings if reading.reason))
        return Coverage(
            source=self.name,
            source_class=self.source_class,
            state=best,
            reason=" ".join(reasons) if reasons else NOT_GIVEN,
        )


_ORDER = (State.OK, State.EMPTY, State.STALE, State.FAILED)


def feed_sources(rows: tuple[FeedRow, ...], fetcher: Fetcher, parser: Parser) -> tuple[FeedSource, ...]:
    """One source per publisher, in the order in which the rows first name it."""
    publishers = dict.fromkeys(row.publisher for row in rows)
    return tuple(
        FeedSource(tuple(row for row in rows if row.publisher == publisher), fetcher, parser)
        for publisher in publishers
    )


def judge(
    parsed: Parsed, found: tuple[Story, ...], cadence_hours: float | Gap, as_of: datetime
) -> tuple[State, str]:
    """How far a feed that could be parsed can be relied on at `as_of`, and why not further."""
    usual = "" if isinstance(cadence_hours, Gap) else f"its longest usual pause is {_span(cadence_hours)}"
    if parsed.count == 0:
        return (State.FAILED, f"The feed holds no item, although {usual}.") if usual else (State.EMPTY, "")
    dated = [story.published for story in found if isinstance(story.published, datetime)]
    if not dated:
        return State.FAILED, "None of the feed's items carries a date with an explicit offset."
    if isinstance(cadence_hours, Gap):
        return State.OK, ""
    past = [moment for moment in dated if moment <= as_of + AHEAD]
    if not past:
        return State.STALE, "The feed holds no item from before now."
    age = (as_of - max(past)) / timedelta(hours=1)
    if age > cadence_hours:
        return State.STALE, f"The feed's newest item is {_span(age)} old, although {usual}."
    return State.OK, ""


def _span(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"


def _serves(row: FeedRow, ticker: str) -> bool:
    if row.kind is FeedKind.GENERAL or row.ticker == ticker:
        return True
    return isinstance(row.ticker, Gap) and PLACE in row.address
