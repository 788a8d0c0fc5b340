"""Reads the SEC's lists: company_tickers.json into ticker → company, a submissions page into its filings.

Refuses pages that are not what they should be (a block page with status 200, columns of unequal length) with
ValueError and a sentence; single rows that cannot be dated are counted, not guessed. Decisions: filings are
dated by `filingDate` only, because `acceptanceDateTime` ends in Z but is New York time in some files and UTC
in others. Item codes are kept as they stand, also the one- and two-digit ones from before August 2004.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from providers.sources.sec.forms import is_about_other

_REQUIRED = ("accessionNumber", "filingDate", "form")
_OPTIONAL = ("reportDate", "items", "primaryDocument", "primaryDocDescription", "fileNumber")
# Words of registered names that tell no two companies apart.
LEGAL_WORDS = frozenset(
    """inc corp co company corporation plc ltd limited sa se ag nv the and of group holding holdings
    international spa ab asa oyj adr class de new""".split()
)
# The longest registered name recorded has 80 characters.
NAME_LIMIT = 120
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A file name below the filing's own folder: nothing that could climb out of it or leave the host.
_DOCUMENT = re.compile(r"[A-Za-z0-9_.\-]+(?:/[A-Za-z0-9_.\-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One filing of a submissions page. `document` and `description` are blank where the page has none.

    `about_other`: this company filed it about another one (a stake it holds, its tender offer for a target).
    """

    accession: str
    filed: date
    form: str
    items: tuple[str, ...]
    event_day: date | None
    document: str
    description: str
    about_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The readable rows in the page's order, how many rows could not be read, and the company's names, former
    ones too."""

    rows: tuple[Row, ...]
    unreadable: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A company as the list of tickers has it: the SEC's number and the registered name."""

    cik: int
    title: str

    def can_be(self, name: str) -> bool:
        """Whether the two names share a word; endings differ between registers, so four letters may do."""
        return any(
            own.startswith(word[:4]) and word.startswith(own[:4])
            for own in _words(self.title)
            for word in _words(name)
        )


def _words(name: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return set(re.findall(r"[a-z0-9]{2,}", bare)) - LEGAL_WORDS


def spelled(ticker: str) -> str:
    """The SEC's spelling of a ticker: class shares with a hyphen (BRK.B, BRK/B and brk b are BRK-B)."""
    return re.sub(r"[./ ]", "-", ticker.strip().upper())


def read_tickers(body: bytes) -> dict[str, Listed]:
    """ticker (the SEC's spelling) → company. Raises ValueError for anything but a filled list."""
    listed = _json(body)
    entries = list(listed.values()) if isinstance(listed, dict) else listed
    found: dict[str, Listed] = {}
    entries = entries if isinstance(entries, list) else []
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        ticker, cik = entry.get("ticker"), entry.get("cik_str")
        if isinstance(ticker, str) and ticker.strip() and isinstance(cik, int) and 0 < cik < 10**10:
            title = entry.get("title")
            found.setdefault(spelled(ticker), Listed(cik=cik, title=title if isinstance(title, str) else ""))
    if not found:
        named = {name for entry in entries if isinstance(entry, dict) for name in entry}
        lacks = next(
            (f": it lacks the field {name}" for name in ("ticker", "cik_str") if name not in named), ""
        )
        raise ValueError(f"the list of tickers holds no ticker{lacks}")
    return found


def read_submissions(body: bytes) -> Page:
    """The filings of one page, wrapped in `filings.recent` or bare as in older pages. Raises ValueError."""
    page = _json(body)
    names = _names(page) if isinstance(page, dict) else ()
    if isinstance(page, dict) and isinstance(page.get("filings"), dict):
        page = page["filings"].get("recent")
    lacks = [name for name in _REQUIRED if not isinstance(page, dict) or not isinstance(page.get(name), list)]
    if lacks:
        named = f": it lacks the field {lacks[0]}" if len(lacks) < len(_REQUIRED) else ""
        raise ValueError(f"the page is not a list of filings{named}")
    size = len(page["accessionNumber"])
    columns = {name: page.get(name) for name in (*_REQUIRED, *_OPTIONAL)}
    if any(isinstance(column, list) and len(column) != size for column in columns.values()):
        raise ValueError("the columns of the page are of unequal length")
    numbered = isinstance(columns["fileNumber"], list)
    cells = [{name: _cell(column, index) for name, column in columns.items()} for index in range(size)]
    rows = [_row(each, numbered=numbered) for each in cells]
    readable = tuple(row for row in rows if row is not None)
    return Page(rows=readable, unreadable=size - len(readable), names=names)


def _names(page: dict[str, Any]) -> tuple[str, ...]:
    """What the company is called and was called before, as the page has it."""
    former = page.get("formerNames")
    earlier = [one.get("name") for one in former if isinstance(one, dict)] if isinstance(former, list) else []
    spelled = (one.strip() for one in (page.get("name"), *earlier) if isinstance(one, str))
    return tuple(dict.fromkeys(one[:NAME_LIMIT] for one in spelled if one))


def _row(cells: dict[str, str], *, numbered: bool) -> Row | None:
    filed = _day(cells["filingDate"])
    form = cells["form"].strip()
    if filed is None or not form or not _ACCESSION.fullmatch(cells["accessionNumber"]):
        return None
    document = cells["primaryDocument"]
    return Row(
        accession=cells["accessionNumber"],
        filed=filed,
        form=form,
        items=tuple(item for part in cells["items"].split(",") if (item := part.strip())),
        event_day=_day(cells["reportDate"]),
        document=document if _DOCUMENT.fullmatch(document) and ".." not in document else "",
        description=cells["primaryDocDescription"].strip(),
        about_other=numbered and is_about_other(form, cells["fileNumber"]),
    )


def _cell(column: Any, index: int) -> str:
    value = column[index] if isinstance(column, list) else ""
    return value if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("the answer is a page, not the list that was asked for") from error
