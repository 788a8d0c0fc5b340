"""One feed from its address to stories: fetched, parsed in the child, cleaned, attributed to its real publisher.

Refuses bytes that are no feed: a block page with status 200 and an empty body are failures with a reason, never "no news".
Decisions: the publisher of an item is the domain of its `<source url>`, else of its link, else the feed's own row; the
table of domains wins over the row, so an aggregator's row cannot lend its authority to what it passes on.
"""

import html
import re
from dataclasses import dataclass

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.fact import Authority, Story
from providers.http import Fetcher
from providers.sources.stories.dates import read_date
from providers.sources.stories.parser import Entry, FeedBroken, Parsed, Parser
from providers.sources.stories.publishers import host_of, publisher_at

# The largest recorded feed (300 items) is 0.15 MB, full-text feeds reach 1 MB.
FEED_CAP = 4_000_000
FEED_DEADLINE = 15.0
TITLE_LIMIT = 300
SUMMARY_LIMIT = 600
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who stands behind a feed as a whole: the label and authority for items whose address tells nothing."""

    source: str
    publisher: str
    authority: Authority
    only_for: str | Gap


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
    publisher, authority = _attributed(entry, origin)
    summary = cleaned(entry.summary)[:SUMMARY_LIMIT]
    title = cleaned(entry.title)
    # Search feeds append the publisher to the title.
    title = title.removesuffix(f" - {cleaned(entry.source_title)}") or summary or "(untitled)"
    link = "".join(entry.link.split())
    url = link if host_of(link) else ""
    return Story(
        source=origin.source,
        publisher=publisher,
        authority=authority,
        title=title[:TITLE_LIMIT],
        summary=summary,
        url=url,
        published=read_date(entry.published),
        only_for=origin.only_for,
        key="".join(entry.id.split()) or url or title[:TITLE_LIMIT],
    )


def _attributed(entry: Entry, origin: Origin) -> tuple[str, Authority]:
    declared = host_of(entry.source_url)
    row = publisher_at(entry.source_url if declared else entry.link)
    if row is not None:
        return row.name, row.authority
    if declared:
        return cleaned(entry.source_title)[:100] or declared, Authority.OTHER
    return origin.publisher, origin.authority


def cleaned(text: str) -> str:
    """One line without markup. Entities are decoded once more, since many feeds encode them twice."""
    return " ".join(_TAG.sub(" ", html.unescape(text)).split())


def _failed(source: str, what: str) -> SourceFailed:
    return SourceFailed(f"{source} {what}.", source=source)
