"""One feed from its address to stories: fetched, parsed in the child, cleaned, attributed to its real
publisher.

Refuses bytes that are no feed: a block page with status 200 and an empty body are failures with a reason,
never "no news". Decisions: the publisher of an item is who wrote it: what its `<source>` says, else its
byline or the end of its title where that is a publisher's name, else the host of its link, else the feed's
own row. An aggregator's host says nothing about who wrote it, so such an item without a name stays "other";
and a name gives authority only where an aggregator puts it there.
"""

import html
import re
from dataclasses import dataclass

from core.base.errors import SourceFailed
from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Story
from providers.http import Fetcher
from providers.sources.stories.dates import read_date
from providers.sources.stories.parser import Entry, FeedBroken, Parsed, Parser
from providers.sources.stories.publishers import (
    AGGREGATORS,
    Publisher,
    host_of,
    publisher_at,
    publisher_named,
)

# The largest recorded feed (300 items) is 0.15 MB, full-text feeds reach 1 MB.
FEED_CAP = 4_000_000
FEED_DEADLINE = 15.0
TITLE_LIMIT = 300
SUMMARY_LIMIT = 600
_TAILS = (" - ", " | ", " – ", " — ")
_RANKS = (Authority.OFFICIAL, Authority.NEWSWIRE, Authority.OTHER)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who stands behind a feed as a whole: the label and authority for items whose address tells nothing."""

    source: str
    publisher: str
    authority: Authority
    only_for: str | Gap
    asked_for: str | Gap = NOT_GIVEN


async def read_feed(fetcher: Fetcher, parser: Parser, address: str, *, source: str) -> Parsed:
    """The feed's items. Raises SourceFailed when it could not be fetched, parsed, or is no feed."""
    fetched = await fetcher.get(address, source=source, cap=FEED_CAP, deadline=FEED_DEADLINE)
    if not fetched.body.strip():
        raise _failed(source, "answered with an empty body instead of a feed")
    try:
        parsed = await parser.parse(fetched.body)
    except FeedBroken as error:
        raise _failed(source, f"sent a feed that could not be read: {error}") from error
    if not parsed.version:
        raise _failed(source, "answered with a page instead of a feed")
    return parsed


def stories(parsed: Parsed, origin: Origin) -> tuple[Story, ...]:
    """The items in the feed's order, undated ones included: they are rejected where it is recorded."""
    return tuple(_story(entry, origin) for entry in parsed.entries)


def _story(entry: Entry, origin: Origin) -> Story:
    summary = cleaned(entry.summary)[:SUMMARY_LIMIT]
    title, tail = _parted(cleaned(entry.title), cleaned(entry.source_title))
    publisher, authority = _attributed(entry, tail, origin)
    link = "".join(entry.link.split())
    url = link if host_of(link) else ""
    title = (title or summary or "(untitled)")[:TITLE_LIMIT]
    return Story(
        source=origin.source,
        publisher=publisher,
        authority=authority,
        title=title,
        summary=summary,
        url=url,
        published=read_date(entry.published),
        only_for=origin.only_for,
        key="".join(entry.id.split()) or url or title,
        asked_for=origin.asked_for,
    )


def _parted(title: str, source: str) -> tuple[str, str]:
    """A title without the publisher at its end, and that publisher ("" when it ends with none)."""
    if source and title.endswith(f" - {source}"):
        return title.removesuffix(f" - {source}"), source
    for mark in _TAILS:
        head, _, tail = title.rpartition(mark)
        if head and publisher_named(tail) is not None:
            return head, tail
    return title, ""


def _attributed(entry: Entry, tail: str, origin: Origin) -> tuple[str, Authority]:
    """Who wrote an item, and with what authority."""
    host = publisher_at(entry.link)
    passed_on = host is not None and host.name in AGGREGATORS
    declared = publisher_at(entry.source_url) if host_of(entry.source_url) else None
    if declared is not None and declared.name not in AGGREGATORS:
        return declared.name, declared.authority
    source, byline = cleaned(entry.source_title)[:100], cleaned(entry.author)[:100]
    for name in (source, byline, tail):
        row = publisher_named(name) if name else None
        if row is not None and row.name not in AGGREGATORS:
            given = (
                passed_on and row.authority is not Authority.OFFICIAL
            )  # only its own domain speaks for a regulator
            return row.name, row.authority if given else _lower(row.authority, host, origin)
    if source and source not in AGGREGATORS:
        return source, Authority.OTHER
    if host is not None:
        return host.name, host.authority
    return origin.publisher, origin.authority


def _lower(named: Authority, host: Publisher | None, origin: Origin) -> Authority:
    """A name outside an aggregator takes authority away and gives none."""
    own = host.authority if host is not None else origin.authority
    return max(named, own, key=_RANKS.index)


def cleaned(text: str) -> str:
    """One line without markup. Entities are decoded once more, since many feeds encode them twice."""
    return " ".join(_TAG.sub(" ", html.unescape(text)).split())


def _failed(source: str, what: str) -> SourceFailed:
    return SourceFailed(f"{source} {what}.", source=source)
