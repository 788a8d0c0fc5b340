"""One event, one fact. Copies are merged within one name; the highest authority is kept, the rest listed.

Five rows, in order: canonical address; the source's own number; near-equal titles within 72 hours with
compatible numbers; one event of one kind on one day (two deals, recalls or trials of a day stay two when
their numbers lie far apart, two lawsuits unless their titles share words of their matter); a filing and the
news of it within 72 hours, since an 8-K has four business days. Promise: the result does not depend on the
order of arrival. Refused: merging across names, or two titles whose numbers contradict each other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from rapidfuzz import fuzz, process, utils

from core.facts.events import Event
from core.facts.fact import RANK, Authority, Grade, Severity
from core.facts.words import sections

# token_sort_ratio from which two titles of one name are one story: P .96 at 70 on 2,061 titles, stricter
# here.
SIMILAR: Final = 80
NEAR: Final = timedelta(hours=72)
# An article that got another headline keeps half of its words; two that share only an address do not.
RETITLED: Final = 60

# Parts of addresses that say who clicked, not what is read.
_TRACKING: Final = re.compile(
    r"utm_\w+|siteid|yptr|guccounter|guce_\w+|at_\w+|cmpid|cid|ref|refer|referrer|src|source|mod|fbclid|gclid"
    r"|ftag|ito|smid|partner|ns_\w+|.tsrc|soc_src|xtor|oc|tag"
)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")

# Kinds of event that happen once a day to one name; product news and prices may happen many times.
ONCE_A_DAY: Final = frozenset(
    {
        Event.INSOLVENCY, Event.RESTATEMENT, Event.LISTING_LEFT, Event.LISTING_DANGER, Event.DEAL_AGREED,
        Event.DEAL_OFF, Event.BID_RECEIVED, Event.CHIEF_LEAVES, Event.CHIEF_COMES, Event.OFFICER,
        Event.GUIDANCE, Event.GUIDANCE_DOWN, Event.GUIDANCE_UP, Event.GUIDANCE_WITHDRAWN,
        Event.PRODUCT_FAILED, Event.RESULTS, Event.DIVIDEND, Event.DIVIDEND_CUT, Event.DIVIDEND_RAISED,
        Event.BUYBACK, Event.RESTRUCTURING, Event.RECALL, Event.CYBER, Event.CONTROL, Event.AUDITOR,
    }
)  # fmt: skip

# An unread filing says less than the news of it: "officer changes" may be the chief who leaves.
FAMILY: Final = {
    **dict.fromkeys((Event.CHIEF_LEAVES, Event.CHIEF_COMES, Event.DIRECTOR), Event.OFFICER),
    **dict.fromkeys((Event.GUIDANCE_DOWN, Event.GUIDANCE_UP, Event.GUIDANCE_WITHDRAWN), Event.GUIDANCE),
    **dict.fromkeys((Event.DIVIDEND_CUT, Event.DIVIDEND_RAISED, Event.BUYBACK), Event.DIVIDEND),
    Event.LISTING_DANGER: Event.LISTING_LEFT,
    Event.REGULATOR: Event.LITIGATION,
    Event.BID_RECEIVED: Event.DEAL_AGREED,
}

# Of these, two on one day are two when no number of one is near a number of the other ("$2 billion", "$9").
SEVERAL_A_DAY: Final = frozenset({Event.DEAL_AGREED, Event.RECALL, Event.PRODUCT_FAILED})
# Kinds of which one name has several a day: two titles are one matter when they share so many words.
ONE_MATTER: Final = frozenset({Event.LITIGATION, Event.REGULATOR})
SHARED_WORDS: Final = 2
BY_DAY: Final = ONCE_A_DAY | ONE_MATTER
BY_NUMBER: Final = SEVERAL_A_DAY | ONE_MATTER
# What every story of a court or a regulator says, so that it tells no matter from another.
_OF_ANY_MATTER: Final = frozenset(" ".join(sections("languages")["of any matter"]).split())
# Four letters, or the letters of an office or a broadcaster ("FCC", "ABC").
_TELLING: Final = re.compile(r"[^\W\d_]{4,}|\b[A-Z]{3}\b")
# "child" and "children", "licence" and "license" are one word.
_STEM: Final = 5
# "$4.9 billion" and "$5 billion" are one price.
NEAR_NUMBER: Final = 0.1
# So many reports of one kind on one day are compared with a new one: bounds the work on a flooded feed.
_COMPARED: Final = 20

AUTHORITY_RANK: Final = {Authority.OFFICIAL: 0, Authority.NEWSWIRE: 1, Authority.OTHER: 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A graded item of one name that passed all gates, on its way to be a fact."""

    ticker: str
    at: datetime
    day: date
    authority: Authority
    source: str
    publisher: str
    title: str
    compared: str
    url: str
    key: str
    grade: Grade
    tags: tuple[str, ...]
    filing: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The item that stands for one event, its grade (the highest of all), and who else reported it."""

    item: Item
    grade: Grade
    also: tuple[str, ...]
    count: int


def canonical(url: str) -> str:
    """An address without scheme, "www.", tracking parts, fragment and closing slash; "" when it is none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.netloc or "").lower().removeprefix("www.").removeprefix("m.")
    if not host:
        return ""
    query = "&".join(
        f"{name}={value}"
        for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))
        if not _TRACKING.fullmatch(name.lower())
    )
    path = parts.path.rstrip("/")
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def numbers_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles' numbers can belong to one event: one set holds the other."""
    return one <= other or other <= one


def numbers_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles can tell of one amount: one has no number, or two numbers lie within
    `NEAR_NUMBER`.
    """
    if not one or not other:
        return True
    return any(
        abs(float(mine) - float(theirs)) <= NEAR_NUMBER * max(float(mine), float(theirs))
        for mine in one
        for theirs in other
    )


def numbers_of(title: str) -> frozenset[str]:
    """The numbers of a title, thousands separators dropped ("1,234.5", "1.234.567" are one each)."""
    plain = (number.replace(",", "") for number in _NUMBER.findall(title))
    return frozenset(number.replace(".", "") if number.count(".") > 1 else number for number in plain)


def matter_of(title: str, own: frozenset[str]) -> frozenset[str]:
    """The words that tell a title's matter from another: not the name's `own`, nor those of any court
    story.
    """
    return frozenset(
        word[:_STEM]
        for word in map(str.lower, _TELLING.findall(title))
        if word not in _OF_ANY_MATTER and word not in own
    )


def merge(items: Iterable[Item], own: frozenset[str] = frozenset()) -> tuple[Merged, ...]:
    """Items of ONE name as events, ordered by time. Two filings stay two facts whatever they share.

    `own`: the words, in lower case, that spell the name itself.
    """
    ordered = sorted(items, key=lambda item: (item.at, item.key, item.url, item.source, item.title))
    groups = _Groups(ordered)
    seen: dict[tuple[str, ...], int] = {}
    titles = [" ".join(sorted(utils.default_process(item.compared).split())) for item in ordered]
    # A filing's own line has no numbers to compare, only those of its form ("8-K").
    numbers = [frozenset() if item.filing else numbers_of(item.compared) for item in ordered]
    matters = [
        matter_of(item.compared, own) if item.grade.event in ONE_MATTER else frozenset() for item in ordered
    ]
    same_event: dict[tuple[str, ...], list[int]] = {}
    at_address: dict[str, list[int]] = {}
    first_near = 0
    for index, item in enumerate(ordered):
        groups.join(seen.setdefault(("key", item.source, item.key), index), index)
        if address := canonical(item.url):
            for other in at_address.setdefault(address, [])[:_COMPARED]:
                if _one_article(ordered[other], item, titles[other], titles[index]):
                    groups.join(other, index)
                    break
            at_address[address].append(index)
        for other in same_event.setdefault(_event_of_day(item), [])[:_COMPARED]:
            if _one_event(item.grade.event, numbers, matters, other, index):
                groups.join(other, index)
                break
        same_event[_event_of_day(item)].append(index)
        while item.at - ordered[first_near].at > NEAR:
            first_near += 1
        near = titles[first_near:index]
        for _, _, offset in process.extract(
            titles[index], near, scorer=fuzz.ratio, processor=None, score_cutoff=SIMILAR, limit=None
        ):
            if numbers_agree(numbers[first_near + offset], numbers[index]):
                groups.join(first_near + offset, index)
    for filing, story in _news_of_filings(ordered):
        groups.join(filing, story)
    return tuple(_represent(group) for group in groups.all())


def _news_of_filings(ordered: list[Item]) -> Iterable[tuple[int, int]]:
    """Filings and stories of one grave event, nearest in time first: only G3 is worth the risk."""
    heavy = [
        (index, item)
        for index, item in enumerate(ordered)
        if item.grade.severity is Severity.G3
        and item.grade.event in ONCE_A_DAY
        and "amendment" not in item.tags
    ]
    pairs = [
        (abs(story.at - filing.at), first, second)
        for first, filing in heavy
        if filing.filing
        for second, story in heavy
        if not story.filing
        and _kind(story) == _kind(filing)
        and -NEAR <= story.at - filing.at <= NEAR + timedelta(days=1)
    ]
    return [(first, second) for _, first, second in sorted(pairs)]


class _Groups:
    """Which items are one event. A group holds at most one filing: regulators number their own documents."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._parent = list(range(len(items)))
        self._filing = [item.key if item.filing else "" for item in items]

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        mine, theirs = self._filing[low], self._filing[high]
        if mine and theirs and mine != theirs:
            return
        self._parent[high] = low
        self._filing[low] = mine or theirs

    def all(self) -> list[list[Item]]:
        groups: dict[int, list[Item]] = {}
        for index, item in enumerate(self._items):
            groups.setdefault(self._root(index), []).append(item)
        return list(groups.values())

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index


def _one_article(one: Item, other: Item, title: str, retold: str) -> bool:
    """Whether two items at one address are one. Some feeds link every item to the page that lists them all:
    two events of weight and of different kinds are then told apart by their words.
    """
    light = Severity.G1 in {one.grade.severity, other.grade.severity}
    same = one.filing or other.filing or one.grade.event == other.grade.event
    return light or same or fuzz.ratio(title, retold) >= RETITLED


def _one_event(
    event: str, numbers: list[frozenset[str]], matters: list[frozenset[str]], one: int, other: int
) -> bool:
    """Whether two items of one kind and day can be one event by their numbers and words."""
    if event in ONE_MATTER and len(matters[one] & matters[other]) < SHARED_WORDS:
        return False
    return event not in BY_NUMBER or numbers_near(numbers[one], numbers[other])


def _kind(item: Item) -> Event:
    return FAMILY.get(item.grade.event, item.grade.event)


def _event_of_day(item: Item) -> tuple[str, ...]:
    if item.grade.event in BY_DAY and "amendment" not in item.tags:
        return (_kind(item), item.day.isoformat())
    return (item.source, item.key, item.url, item.title)


def _represent(group: list[Item]) -> Merged:
    best = min(
        group,
        key=lambda item: (
            AUTHORITY_RANK[item.authority],
            -RANK[item.grade.severity],
            item.at,
            item.key,
            item.title,
        ),
    )
    heaviest = max((best, *group), key=lambda item: RANK[item.grade.severity])
    also = sorted({item.publisher for item in group if item.publisher != best.publisher})
    return Merged(best, heaviest.grade, tuple(also), len(group))
