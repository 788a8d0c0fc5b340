"""The 8-K items in the house's events: 33 codes in force since August 2004, and the twelve numbers used
before.

`items.txt`, one item a line: code | event | weight | role | what a person reads | why; below it the SEC's own
title (Form 8-K, General Instructions), which is cut off the text so that it feeds no row. Roles: `open` says
nothing of the content, `read` is changed by its text, `plain` is not. Weights: 1.03, 2.04, 3.01, 4.02 and
5.01 rest on published price evidence or law; the rest is judgement. Refused: 9.01 carries exhibits and never
raises a grade (it stands on three of four recorded 8-Ks).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from core.facts.events import Event, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`weight` is None for a pure carrier of exhibits."""

    code: str
    event: Event
    weight: Severity | None
    role: str
    label: str
    title: str


def _items() -> Iterator[Item]:
    table = files(__package__).joinpath("items.txt").read_text(encoding="utf-8")
    for line in table.replace("\n    ", "|").splitlines()[1:]:
        code, event, weight, role, label, _, *title = line.split("|")
        yield Item(
            code=code,
            event=Event.OTHER if event == "-" else Event(event),
            weight=None if weight == "-" else Severity(weight),
            role=role,
            label=label,
            title=" ".join(title),
        )


ITEMS: Final = tuple(_items())
BY_CODE: Final = {item.code: item for item in ITEMS}

_SHORT = re.compile(r"(\d)\.(\d)")
_PADDED = re.compile(r"0(\d)[a-z]?")


def item_of(code: str) -> Item:
    """The row of `code` as filers write it ("9.1" and "06" occur); an unknown code is notable until read."""
    folded = code.strip().removeprefix("Item").strip().rstrip(".")
    if short := _SHORT.fullmatch(folded):
        folded = f"{short[1]}.0{short[2]}"
    elif padded := _PADDED.fullmatch(folded):
        folded = padded[1]
    return BY_CODE.get(folded) or Item(
        code=folded,
        event=Event.OTHER,
        weight=Severity.G2,
        role="open",
        label=f"unclassified item {folded}",
        title="",
    )


# A heading, not a reference to an item ("furnished under Item 2.02 of Form 8-K", "Item 404(a) of Regulation
# S-K").
_HEAD: Final = re.compile(
    r"\bItems?\s*(\d{1,2}(?:\.\d{2})?+)\b(?!\()[.:\s–—-]"
    r"(?!\s*(?:of|above|below|and|or|shall|is|are|hereof|in|by|to|has|have|was|,)\b)",
    re.IGNORECASE,
)
_EDGES: Final = " .:;–—-\n"
# From this many characters on, a beginning that agrees with the item's title is the title.
_TITLE_KNOWN: Final = 20
_TITLE_MOST: Final = 360


def sections(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the text of each item stands, headings cut off; a code that stands twice has two stretches. {}
    without heads.
    """
    heads = [head for head in _HEAD.finditer(text) if item_of(head[1]).code in BY_CODE]
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for index, head in enumerate(heads):
        code = item_of(head[1]).code
        stop = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        start = _behind_title(text, head.end(), stop, BY_CODE[code].title)
        if start < stop:
            found[code] = (*found.get(code, ()), (start, stop))
    return found


def _behind_title(text: str, start: int, stop: int, title: str) -> int:
    # The titles speak of departures and delistings themselves: they must not feed the rows.
    start = _skipped(text, start, stop)
    same = 0
    while same < min(len(title), stop - start) and _plain(text[start + same]) == _plain(title[same]):
        same += 1
    if same >= _TITLE_KNOWN or same == len(title) > 0:  # some write half of a long title: cut what agrees
        start = _skipped(text, start + same, stop)
    # Older filings use other titles: a first line or sentence in which nearly every long word has a capital
    # is one.
    ends = [
        end for mark in (". ", "\n") if (end := text.find(mark, start, min(stop, start + _TITLE_MOST))) > 0
    ]
    if ends:
        long = [word for word in text[start : min(ends)].split() if len(word) > 3]
        if long and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
            return _skipped(text, min(ends), stop)
    return start


def _skipped(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] in _EDGES:
        start += 1
    return start


def _plain(character: str) -> str:
    return "'" if character == "’" else " " if character == "\n" else character.lower()
