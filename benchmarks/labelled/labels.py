"""The project's labels, and the recorded headlines they speak of, joined by file and key.

The label file holds no publisher's text: titles stay in the recordings beside the repository (../shared/data). Refused:
measuring a part of the labels as if it were all of them; a key that its file does not hold is an error with its name.
"""

import csv
import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Story, Subject
from providers.sources.stories.dates import read_date
from providers.sources.stories.publishers import publisher_at

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "recordings" / "labels"
RECORDED = ROOT.parent / "shared" / "data"
NOT_HERE = "skipped: the recorded headlines are not here"
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One item of a recorded file: what its label does not repeat."""

    title: str
    publisher: str
    published: datetime | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A label with the headline it speaks of."""

    label: Row
    headline: Headline

    @property
    def names(self) -> frozenset[str]:
        """The names it is about; `?` is undecided."""
        return frozenset(self.label["names"].split())

    def story(self) -> Story:
        """The item as its feed would bring it, from a newswire."""
        return Story(
            source=self.label["source"],
            publisher=self.headline.publisher,
            authority=Authority.NEWSWIRE,
            title=self.headline.title,
            summary="",
            url=self.label["key"],
            published=self.headline.published,
            only_for=self.label["feed"] or NOT_GIVEN,
            key=self.label["key"],
        )


def labels(part: str | None = None) -> list[Row]:
    """The rows of one part, or all, in the file's order."""
    with (LABELS / "labels.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if part in (None, row["part"])]


def subjects() -> tuple[Subject, ...]:
    """The names that the labels know, as the portfolio would ask for them."""
    with (LABELS / "subjects.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Subject(ticker=row["ticker"], name=row["name"], isin=NOT_GIVEN, country=NOT_GIVEN)
            for row in csv.DictReader(file)
        )


def joined(rows: Iterable[Row]) -> list[Labelled] | None:
    """The story rows with their headlines; None where the recordings are not there. KeyError for a key not in its file."""
    stories = [row for row in rows if row["type"] == "story"]
    if not all((RECORDED / row["source"]).is_file() for row in stories):
        return None
    return [Labelled(label=row, headline=_items(RECORDED / row["source"])[row["key"]]) for row in stories]


@lru_cache(maxsize=128)
def _items(path: Path) -> dict[str, Headline]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return dict(_feed(text))
    if path.suffix == ".ndjson":
        return dict(_archive(text))
    data = json.loads(text)
    return dict(_searched(data["news"]) if isinstance(data, dict) else _sliced(data))


def _feed(text: str) -> Iterator[tuple[str, Headline]]:
    # A plain RSS reader is enough for three well-formed recordings, and does not measure the sieve by its own parser.
    for item in ElementTree.fromstring(text).iter("item"):
        link = (item.findtext("link") or "").strip()
        told_by = publisher_at(link)
        yield (
            link,
            Headline(
                title=(item.findtext("title") or "").strip(),
                publisher=told_by.name if told_by else "",
                published=read_date(item.findtext("pubDate") or ""),
            ),
        )


def _archive(text: str) -> Iterator[tuple[str, Headline]]:
    for line in text.splitlines():
        item = json.loads(line)
        yield (
            item["id"],
            Headline(
                title=html.unescape(item["title"]),  # the collector escaped some titles twice
                publisher=item["source"],
                published=read_date(item["pubDate"] or ""),
            ),
        )


def _sliced(items: list[dict[str, str]]) -> Iterator[tuple[str, Headline]]:
    for item in items:
        yield (
            item["link"],
            Headline(title=item["title"], publisher=item["publisher"], published=read_date(item["date"])),
        )


def _searched(items: list[dict[str, str]]) -> Iterator[tuple[str, Headline]]:
    for item in items:
        yield (
            item["link"],
            Headline(
                title=item["title"],
                publisher=item["publisher"],
                published=datetime.fromtimestamp(int(item["providerPublishTime"]), UTC),
            ),
        )
