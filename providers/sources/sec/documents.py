"""The documents of an EDGAR filing: the main one, and the beginning of the press release that it points to.

Refuses to fail a filing for its text: whatever cannot be had is a gap with the reason. Decisions: a filed
document never changes, so its text is kept forever, in memory by the fetcher and on disk where a folder is
given. A 6-K is a cover sheet and an 8-K about results a reference: the news stands in exhibit 99, of which
the first 8,000 characters are read: headline and lead, not the boilerplate behind them, whose warnings would
read like events. An exhibit that is a picture is none.
"""

import asyncio
import contextlib
import json
import re
from pathlib import Path

from core.base.errors import SourceFailed
from core.base.gap import Gap
from core.facts.filing import Document, document_of
from providers.http import Fetcher
from providers.sources.kept import Kept
from providers.sources.plain_text import decode, plain_text
from providers.sources.sec import accounts
from providers.sources.sec.accounts import telling
from providers.sources.sec.forms import is_accounts
from providers.sources.sec.submissions import Row

DOCUMENT_CAP = 3_000_000
# Periodic reports carry their figures as tags in the text.
ACCOUNTS_CAP = 16_000_000
INDEX_CAP = 500_000
# As far as the grading reads.
TEXT_LIMIT = 60_000
EXHIBIT_LIMIT = 8_000
# The recorded 6-K cover has 1,256 characters; one with its report inside is far longer.
COVER_LIMIT = 4_000
FOREVER = float("inf")
# Five requests a second with three seconds each are fifteen under way; more would only wait, all woken at
# once.
AT_A_TIME = 16
# Periodic reports are large: two in memory at once.
LARGE_AT_A_TIME = 2

_EXHIBIT = re.compile(
    r'href="(?:/ix\?doc=)?/Archives/edgar/data/\d+/(?P<folder>\d{18})/'
    r'(?P<name>[A-Za-z0-9_.\-]+\.(?:htm|html|txt))"[^>]*>'
    r"[^<]*</a>[^<]*(?:<span[^>]*>[^<]*</span>[^<]*)?</td>\s*<td[^>]*>\s*(?P<type>EX-99(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
_EXHIBIT_NAMED = re.compile(r"\bexhibit\s+99", re.IGNORECASE)
MOST_EXHIBITS = 2


def folder_of(cik: int, row: Row) -> str:
    """The path of a filing's folder on the SEC's host."""
    return f"/Archives/edgar/data/{cik}/{row.accession.replace('-', '')}"


# The list names the page that a style sheet makes of a structured filing; the fields stand beside it.
_STYLED = re.compile(r"xsl[^/]*/(?=[^/]+\.xml\Z)", re.IGNORECASE)


def path_of(cik: int, row: Row) -> str:
    """The path of the main document, or of the filing's index where the list names none."""
    return f"{folder_of(cik, row)}/{row.document or row.accession + '-index.htm'}"


class Documents:
    """Texts by accession. `folder`, when given, keeps them over restarts; it is only ever a cache."""

    def __init__(self, fetcher: Fetcher, *, base_url: str, source: str, folder: Path | None = None) -> None:
        self._fetcher = fetcher
        self._base = base_url
        self._source = source
        self._kept = Kept(folder)
        self._places = asyncio.Semaphore(AT_A_TIME)
        self._large = asyncio.Semaphore(LARGE_AT_A_TIME)

    async def read(self, cik: int, row: Row) -> tuple[Document, ...] | Gap:
        """The main document and what it points to, or why there is none."""
        if not row.document:
            return Gap(gap="text not read: the list names no document")
        async with self._large if is_accounts(row.form) else self._places:
            return await self._read(cik, row)

    async def _read(self, cik: int, row: Row) -> tuple[Document, ...] | Gap:
        with contextlib.suppress(ValueError, TypeError):
            if kept := json.loads(await self._kept.read(row.accession)):
                return tuple(document_of(str(name), str(text)) for name, text in kept)
        try:
            main = document_of(row.form, await self._main(_STYLED.sub("", path_of(cik, row)), row.form))
        except SourceFailed as failure:
            return Gap(gap=f"text not read: {failure}")
        documents, whole = (main,) if main.text or is_accounts(row.form) else (), True
        if _points_on(row, main):
            try:
                documents = (*documents, *await self._exhibits(cik, row))
            except SourceFailed as failure:
                if not documents:
                    return Gap(gap=f"text not read: {failure}")
                # Not kept on disk: the exhibit may be there next time.
                whole = False
        if not documents:
            return Gap(gap="text not read: the document holds none")
        if whole:
            await self._kept.keep(row.accession, json.dumps([(one.name, one.text) for one in documents]))
        return documents

    async def _exhibits(self, cik: int, row: Row) -> tuple[Document, ...]:
        index = await self._fetcher.get(
            f"{self._base}{folder_of(cik, row)}/{row.accession}-index.htm",
            source=self._source,
            cap=INDEX_CAP,
            fresh_for=FOREVER,
        )
        listed = [
            one for one in _EXHIBIT.finditer(decode(index.body)) if one["folder"] == folder_of(cik, row)[-18:]
        ]
        found = []
        for one in listed[:MOST_EXHIBITS]:
            path = f"{folder_of(cik, row)}/{one['name']}"
            found.append(document_of(one["type"], await self._plain(path, EXHIBIT_LIMIT)))
        return tuple(document for document in found if document.text)

    async def _main(self, path: str, form: str) -> str:
        """The main document; of a periodic report only the paragraphs that tell something."""
        if not is_accounts(form):
            return await self._plain(path, TEXT_LIMIT)
        return telling(await self._plain(path, accounts.LIMIT, cap=ACCOUNTS_CAP))

    async def _plain(self, path: str, limit: int, cap: int = DOCUMENT_CAP) -> str:
        # Of a large report the few paragraphs are kept on disk, not its bytes in memory.
        fresh_for = FOREVER if cap == DOCUMENT_CAP else 0.0
        fetched = await self._fetcher.get(
            self._base + path, source=self._source, cap=cap, fresh_for=fresh_for
        )
        if path.endswith(".xml"):
            return decode(fetched.body[: 2 * limit])[:limit]
        # Up to 3 MB of markup: off the event loop.
        return await asyncio.to_thread(lambda: plain_text(decode(fetched.body), limit=limit))


def _points_on(row: Row, main: Document) -> bool:
    """Whether the news stands in an exhibit: behind the cover of a 6-K, and where an item sends to its press
    release.
    """
    if row.form.startswith("6-K"):
        return len(main.text) < COVER_LIMIT
    return row.form.startswith("8-K") and _EXHIBIT_NAMED.search(main.text) is not None
