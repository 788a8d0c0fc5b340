"""The project's labels, and the recorded headlines they speak of, joined by file and key: each headline comes
as its feed would bring it, through the parser and the reader of the live path.

The label file holds no publisher's text: titles stay in the recordings beside the repository
(../shared/data). Recorded feeds are read as they are; archives that keep titles and links only are written as
a feed first, without a publisher, since aggregators' feeds name none. Refused: a key that its file does not
hold is an error with its name.
"""

import asyncio
import csv
import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from core.base.gap import NOT_GIVEN, Gap
from core.facts.fact import Authority, Story, Subject
from providers.sources.stories.parser import Parsed, Parser
from providers.sources.stories.reading import Origin, stories

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "recordings" / "labels"
RECORDED = ROOT.parent / "shared" / "data"
# Labels of another reader, beside the recordings.
OTHERS = RECORDED / "news" / "labelled" / "headlines.jsonl"
NOT_HERE = "skipped: the recorded headlines are not here"
AS_OF = datetime(2026, 11, 1, 20, tzinfo=UTC)
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A label with the story it speaks of, as the live path brings it. `publisher` is who really wrote it, if
    known.
    """

    label: Row
    story: Story
    publisher: str

    @property
    def names(self) -> frozenset[str]:
        """The names it is about; `?` is undecided."""
        return frozenset(self.label["names"].split())


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


def invented() -> list[tuple[Row, Story, Subject]]:
    """The headlines of the project's own making as stories of a general feed, each with the name it is
    about (of Tokyo by its ticker, of which the tables know how its press writes it).
    """
    with (LABELS / "headlines.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    keys = [f"https://wire.example/{number}" for number, _ in enumerate(rows)]
    found = _live(_written((key, row["title"], key) for key, row in zip(keys, rows, strict=True)), "")
    return [(row, found[key], _about(row["name"])) for key, row in zip(keys, rows, strict=True)]


def _about(name: str) -> Subject:
    tokyo = name.endswith(".T")
    return Subject(
        ticker=name if tokyo else "NAME", name=NOT_GIVEN if tokyo else name, isin=NOT_GIVEN, country=NOT_GIVEN
    )


def joined(rows: Iterable[Row]) -> list[Labelled] | None:
    """The story rows with their headlines; None where the recordings are not there. KeyError for a key not in
    its file.
    """
    told = [row for row in rows if row["type"] == "story"]
    if not all((RECORDED / row["source"]).is_file() for row in told):
        return None
    return [_labelled(row) for row in told]


def of_others() -> list[Labelled] | None:
    """The 408 labels of another reader, in the same shape; None where they are not there."""
    if not OTHERS.is_file():
        return None
    rows = [json.loads(line) for line in OTHERS.read_text(encoding="utf-8").splitlines()]
    found = _live(_written((row["id"], row["title"], row["link"]) for row in rows), "")
    return [
        Labelled(
            label={
                "names": " ".join(row["names"]),
                "kind": row["kind"],
                "severity": row["severity"],
                "feed": "",
                "part": "others",
            },
            story=found[row["id"]],
            publisher=row["publisher"],
        )
        for row in rows
    ]


def _labelled(row: Row) -> Labelled:
    story, publisher = _items(RECORDED / row["source"])[row["key"]]
    own: str | Gap = row["feed"] or NOT_GIVEN
    return Labelled(label=row, story=replace(story, only_for=own), publisher=publisher)


@lru_cache(maxsize=128)
def _items(path: Path) -> dict[str, tuple[Story, str]]:
    if path.suffix == ".xml":
        found = _live(path.read_bytes(), "")
        return {key: (story, "") for key, story in found.items()}
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjson":
        archived = [json.loads(line) for line in text.splitlines()]
        # The collector escaped some titles twice.
        rows = [(row["id"], html.unescape(row["title"]), row["link"], row["source"]) for row in archived]
    else:
        data = json.loads(text)
        listed = data["news"] if isinstance(data, dict) else data
        rows = [(row["link"], row["title"], row["link"], row["publisher"]) for row in listed]
    found = _live(_written((key, title, link) for key, title, link, _ in rows), "")
    return {key: (found[key], publisher) for key, _, _, publisher in rows}


def _written(items: Iterable[tuple[str, str, str]]) -> bytes:
    """A feed of items as an aggregator writes it: title, link and key, and nobody's name."""

    def made() -> Iterator[str]:
        for key, title, link in items:
            told = f"<title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(key)}</guid>"
            yield f"<item>{told}</item>"

    return f'<rss version="2.0"><channel><title>feed</title>{"".join(made())}</channel></rss>'.encode()


def _live(body: bytes, publisher: str) -> dict[str, Story]:
    """The stories of a feed's bytes by key and by address, dated an hour before `AS_OF`: dates are another
    measurement.
    """
    origin = Origin(
        source="feed", publisher=publisher, authority=Authority.OTHER, only_for=Gap(gap="a general feed")
    )
    found: dict[str, Story] = {}
    for part in _parts(body):
        for story in stories(asyncio.run(_parse(part)), origin):
            dated = replace(story, published=AS_OF - timedelta(hours=1))
            found[story.key] = dated
            if story.url:
                found.setdefault(story.url, dated)
    return found


def _parts(body: bytes) -> Iterator[bytes]:
    """The parser reads five hundred items of a feed: longer archives come in parts."""
    head, *items = body.split(b"<item>")
    if len(items) <= 400:
        yield body
        return
    for start in range(0, len(items), 400):
        part = b"<item>".join((head, *items[start : start + 400]))
        yield part if part.endswith(b"</rss>") else part + b"</channel></rss>"


async def _parse(body: bytes) -> Parsed:
    async with Parser(seconds=60) as parser:
        return await parser.parse(body)
