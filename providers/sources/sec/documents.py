"""The texts of SEC documents, one per accession: the main document, and for a 6-K the beginning of its first exhibit.

Refuses to fail a filing for its text: whatever cannot be had is a gap with the reason. Decisions: a filed document never
changes, so its text is kept forever, in memory by the fetcher and on disk where a folder is given. A 6-K is a cover sheet
and its news stands in exhibit 99, so a short cover is followed by the first 6,000 characters of that exhibit: headline and
lead, not the boilerplate behind them, whose warnings would read like events.
"""

import asyncio
import contextlib
import re
import zlib
from pathlib import Path

from core.base.errors import SourceFailed
from core.base.gap import Gap
from providers.http import Fetcher
from providers.sources.plain_text import decode, plain_text
from providers.sources.sec.submissions import Row

DOCUMENT_CAP = 3_000_000
INDEX_CAP = 500_000
# As far as the grading reads.
TEXT_LIMIT = 60_000
EXHIBIT_LIMIT = 6_000
# The recorded 6-K cover has 1,256 characters; one with its report inside is far longer.
COVER_LIMIT = 4_000
FOREVER = float("inf")
# What a damaged or foreign file on disk may unpack to.
UNPACKED_LIMIT = TEXT_LIMIT * 4
# Five requests a second with three seconds each are fifteen under way; more would only wait, all woken at once.
AT_A_TIME = 16

_EXHIBIT = re.compile(
    r'href="(?:/ix\?doc=)?/Archives/edgar/data/\d+/(?P<folder>\d{18})/(?P<name>[A-Za-z0-9_.\-]+\.(?:htm|html|txt))"[^>]*>'
    r"[^<]*</a>[^<]*(?:<span[^>]*>[^<]*</span>[^<]*)?</td>\s*<td[^>]*>\s*EX-99",
    re.IGNORECASE,
)


def folder_of(cik: int, row: Row) -> str:
    """The path of a filing's folder on the SEC's host."""
    return f"/Archives/edgar/data/{cik}/{row.accession.replace('-', '')}"


def path_of(cik: int, row: Row) -> str:
    """The path of the main document, or of the filing's index where the list names none."""
    return f"{folder_of(cik, row)}/{row.document or row.accession + '-index.htm'}"


class Documents:
    """Texts by accession. `folder`, when given, keeps them over restarts; it is only ever a cache."""

    def __init__(self, fetcher: Fetcher, *, base_url: str, source: str, folder: Path | None = None) -> None:
        self._fetcher = fetcher
        self._base = base_url
        self._source = source
        self._folder = folder
        self._places = asyncio.Semaphore(AT_A_TIME)

    async def text(self, cik: int, row: Row) -> str | Gap:
        """The text, at most 60,000 characters, or why there is none."""
        if not row.document:
            return Gap(gap="text not read: the list names no document")
        async with self._places:
            return await self._read(cik, row)

    async def _read(self, cik: int, row: Row) -> str | Gap:
        kept = await asyncio.to_thread(self._kept, row.accession)
        if kept is not None:
            return kept
        try:
            text = await self._plain(path_of(cik, row), DOCUMENT_CAP, TEXT_LIMIT)
        except SourceFailed as failure:
            return Gap(gap=f"text not read: {failure}")
        if row.form.startswith("6-K") and len(text) < COVER_LIMIT:
            try:
                text = f"{text}\n{await self._exhibit(cik, row)}".strip()
            except SourceFailed as failure:
                # Not kept on disk: the exhibit may be there next time.
                return text if text else Gap(gap=f"text not read: {failure}")
        if not text:
            return Gap(gap="text not read: the document holds none")
        await asyncio.to_thread(self._keep, row.accession, text)
        return text

    async def _exhibit(self, cik: int, row: Row) -> str:
        index = await self._fetcher.get(
            f"{self._base}{folder_of(cik, row)}/{row.accession}-index.htm",
            source=self._source,
            cap=INDEX_CAP,
            fresh_for=FOREVER,
        )
        found = _EXHIBIT.search(decode(index.body))
        if found is None or found["folder"] != row.accession.replace("-", ""):
            return ""
        return await self._plain(f"{folder_of(cik, row)}/{found['name']}", DOCUMENT_CAP, EXHIBIT_LIMIT)

    async def _plain(self, path: str, cap: int, limit: int) -> str:
        fetched = await self._fetcher.get(self._base + path, source=self._source, cap=cap, fresh_for=FOREVER)
        # Up to 3 MB of markup: off the event loop.
        return await asyncio.to_thread(lambda: plain_text(decode(fetched.body), limit=limit))

    def _kept(self, accession: str) -> str | None:
        """What is on disk; a file that is missing, unreadable or damaged counts as not kept."""
        if self._folder is None:
            return None
        try:
            packed = (self._folder / f"{accession}.z").read_bytes()
            return zlib.decompressobj().decompress(packed, UNPACKED_LIMIT).decode() or None
        except (OSError, zlib.error, UnicodeDecodeError):
            return None

    def _keep(self, accession: str, text: str) -> None:
        if self._folder is None:
            return
        file = self._folder / f"{accession}.z"
        part = file.with_suffix(".part")
        # A full or read-only disk costs a request next time, never the report.
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(zlib.compress(text.encode()))
            part.replace(file)
