"""Targeted search for names that trade outside the US: the name in quotes, since the oldest day that counts,
in the language and region of its exchange and in English.

Refuses the search engine's own authority: each item stands with the publisher in its `<source url>`.
Decisions: the phrase is the shortest spelling that is no common word (LVMH instead of its nine registered
words, but Shell plc and not Shell); `after:` instead of `when:` because it is exact and says the same on
every day of a recording, and no `before:`, which leaked on six of eight measured queries. Items are matched
to names like any other: a hit is no proof that it is about the name, but a common word counts as the name
that was asked for.
"""

import asyncio
import re
from datetime import datetime
from urllib.parse import quote_plus

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.dates import months_before
from core.facts.fact import Authority, Coverage, Gathering, SourceClass, State, Story, Subject
from core.facts.names_of import aliases_of
from core.facts.spelling import is_unspaced, straight
from core.facts.stores import ENGLISH, listed_in
from providers.http import Fetcher, Terms
from providers.http.fetcher import USER_AGENT
from providers.sources.feeds.client import judge
from providers.sources.stories.parser import Parser
from providers.sources.stories.reading import Origin, read_feed, stories

NAME = "news search"
# A G2 story counts three months; older G3 events of names abroad come from their regulator, not from
# headlines.
MONTHS = 3
AT_ONCE = 4
REQUESTS_PER_SECOND = 5.0

# An exchange suffix: what follows the last dot, unless it is a class of shares of a US name (BRK.B).
_ABROAD = re.compile(r".+\.(?![A-EK]$)[A-Z]{1,4}")

_ENGLISH = (ENGLISH, "US")


def editions(ticker: str) -> tuple[tuple[str, str], ...]:
    """Language and region of the queries for a ticker: its exchange's own first, and English."""
    home = listed_in(ticker)
    own = (home.language, home.code) if home and home.language != ENGLISH else _ENGLISH
    return (own,) if own[0].startswith("en") else (own, _ENGLISH)


def search_terms(search_url: str, *, per_second: float = REQUESTS_PER_SECOND) -> Terms:
    """The pace for the search's host, and the rest after it refuses (it names no rule)."""
    return Terms(addresses=(search_url,), per_second=per_second, user_agent=USER_AGENT)


class Search:
    """FactSource over a query feed in the shape of Google News (`/rss/search?q=`)."""

    name = NAME
    source_class = SourceClass.SEARCH

    def __init__(self, fetcher: Fetcher, parser: Parser, *, url: str) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._url = url.rstrip("/")

    def covers(self, subject: Subject) -> bool:
        """Names with an exchange suffix of another country and a known name: without one there is nothing to
        ask.
        """
        return _ABROAD.fullmatch(subject.ticker) is not None and phrase(subject) is not None

    async def gather(self, subjects: tuple[Subject, ...], as_of: datetime) -> Gathering:
        """The hits per name in the search's order. Raises SourceFailed when none of several names could be
        asked.
        """
        turns = asyncio.Semaphore(AT_ONCE)
        async with self._parser:
            outcomes = await asyncio.gather(*(self._ask(subject, as_of, turns) for subject in subjects))
        failures = [coverage for coverage, _found, _count in outcomes if coverage.state is State.FAILED]
        if len(failures) == len(outcomes) > 1 and isinstance(failures[0].reason, str):
            raise SourceFailed(failures[0].reason, source=NAME)
        return Gathering(
            source=NAME,
            source_class=SourceClass.SEARCH,
            coverage=tuple(
                (subject.ticker, coverage)
                for subject, (coverage, _found, _count) in zip(subjects, outcomes, strict=True)
            ),
            stories=tuple(story for _coverage, found, _count in outcomes for story in found),
            read=sum(count for _coverage, _found, count in outcomes),
        )

    async def _ask(
        self, subject: Subject, as_of: datetime, turns: asyncio.Semaphore
    ) -> tuple[Coverage, tuple[Story, ...], int]:
        since = months_before(as_of.date(), MONTHS)
        origin = Origin(
            source=NAME,
            publisher=NAME,
            authority=Authority.OTHER,
            only_for=Gap(gap="a search result"),
            asked_for=subject.ticker,
        )
        read: list[tuple[Coverage, tuple[Story, ...], int]] = []
        for language, region in editions(subject.ticker):
            wanted = phrase(subject, language)
            if wanted is None:
                return _covered(State.FAILED, "the name of the company is not known"), (), 0
            query = quote_plus(f'"{wanted}" after:{since.isoformat()}')
            edition = f"hl={language}&gl={region}&ceid={region}:{language.partition('-')[0]}"
            try:
                async with turns:
                    parsed = await read_feed(
                        self._fetcher,
                        self._parser,
                        f"{self._url}/rss/search?q={query}&{edition}",
                        source=NAME,
                    )
            except SourceFailed as failure:
                read.append((_covered(State.FAILED, str(failure)), (), 0))
                continue
            found = stories(parsed, origin)
            read.append((_covered(*judge(parsed, found, NOT_GIVEN, as_of)), found, parsed.count))
        best = min((coverage for coverage, _, _ in read), key=lambda one: _ORDER.index(one.state))
        found = tuple(dict.fromkeys(story for _, some, _ in read for story in some))
        repeated = sum(len(some) for _, some, _ in read) - len(found)
        return best, found, sum(count for _, _, count in read) - repeated


_ORDER = (State.OK, State.EMPTY, State.STALE, State.FAILED)
# Languages of a script without blanks, in which a name has another spelling than in Latin letters.
_UNSPACED = frozenset({"ja"})


def phrase(subject: Subject, language: str = ENGLISH) -> str | None:
    """What is put in quotes: the shortest spelling that is no common word, the name's own first; in a
    language without blanks the one in its own script, where there is one.
    """
    isin = subject.isin if isinstance(subject.isin, str) else ""
    spellings = [
        spelled
        for alias in aliases_of(subject)
        if not alias.weak and (spelled := " ".join(alias.words)) != isin
    ]
    written = [spelled for spelled in spellings if is_unspaced(spelled)]
    if language in _UNSPACED and written:
        return min(written, key=lambda spelled: (len(spelled), spelled))
    name = straight(subject.name).casefold() if isinstance(subject.name, str) else ""
    own = re.findall(r"[\w.&'-]+", name)
    joined = {"".join(own[start:end]) for start in range(len(own)) for end in range(start + 2, len(own) + 1)}
    usual = [
        spelled
        for spelled in spellings
        if spelled not in written
        and spelled.casefold() not in joined
        and (spelled.casefold() in name or "." not in spelled)
    ]
    best = min(
        usual or written,
        key=lambda words: (words.count(" "), not name.startswith(words.casefold()), len(words)),
        default=None,
    )
    return best.replace('"', "") if best else None


def _covered(state: State, reason: str) -> Coverage:
    return Coverage(
        source=NAME, source_class=SourceClass.SEARCH, state=state, reason=reason if reason else NOT_GIVEN
    )
