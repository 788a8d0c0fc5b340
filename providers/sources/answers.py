"""How a store's answers are asked for and read: every failure in the store's name, and a changed form names what is missing.

Refuses to guess: a page in place of a list, a field that is not there or of another kind, a date that cannot be read are
failures, since nobody could tell them from "nothing published".
"""

import asyncio
import html
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from core.base.errors import SourceFailed
from providers.http import Fetched
from providers.sources.shape import Reach, SourceTerms

# One list a name and day is plenty; a look again within a minute asks nobody.
FRESH_FOR: Final = 60.0
# Lists of issuers change when a company comes to the market or leaves it.
ISSUERS_FRESH_FOR: Final = 86_400.0
CAP: Final = 8_000_000


class Answers:
    """A store at its address, and how to read what it says."""

    terms: ClassVar[SourceTerms]

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.url = reach.addresses[0].rstrip("/")
        self.name = self.terms.name
        self._one = asyncio.Lock()
        self._read: dict[str, tuple[bytes, Any]] = {}

    async def get(
        self, path: str, *, fresh_for: float = FRESH_FOR, post: object = None, **headers: str
    ) -> Fetched:
        """An answer of the store; `post` is sent as JSON. Raises SourceFailed, in the store's name."""
        body = None if post is None else json.dumps(post, separators=(",", ":")).encode()
        sent = {} if body is None else {"content-type": "application/json"}
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return await self.reach.fetcher.get(
            f"{self.url}{path}",
            source=self.name,
            headers=sent | named,
            cap=CAP,
            fresh_for=fresh_for,
            post=body,
        )

    async def json(
        self, path: str, *, fresh_for: float = FRESH_FOR, post: object = None, **headers: str
    ) -> Any:
        """The same, read. Raises SourceFailed for a page in its place."""
        fetched = await self.get(path, fresh_for=fresh_for, post=post, **headers)
        try:
            return json.loads(fetched.body)
        except (ValueError, RecursionError) as error:
            raise self.failed("answered with a page instead of its list") from error

    async def once(
        self, path: str, read: Callable[[bytes], Any], *, fresh_for: float = ISSUERS_FRESH_FOR
    ) -> Any:
        """A list that serves all names: fetched by the first who asks, parsed when it changed."""
        async with self._one:
            fetched = await self.get(path, fresh_for=fresh_for)
            known = self._read.get(path)
            if known is None or known[0] != fetched.body:
                known = (fetched.body, await asyncio.to_thread(read, fetched.body))
                self._read[path] = known
            return known[1]

    def failed(self, what: str) -> SourceFailed:
        return SourceFailed(f"{self.name} {what}.", source=self.name)

    def without(self, field: str) -> SourceFailed:
        """What is said of an answer whose form has changed."""
        return self.failed(f"answered without the field {field}: its form has changed")

    def field(self, record: Any, *path: str, kind: type = str) -> Any:
        """What stands at `path`, of that kind. Raises SourceFailed naming the first field that is not there."""
        for name in path:
            if not isinstance(record, dict) or name not in record:
                raise self.without(name)
            record = record[name]
        if not isinstance(record, kind) or (kind is not bool and isinstance(record, bool)):
            raise self.without(path[-1])
        return " ".join(str(record).split())[:400] if kind is str else record

    def records(self, answer: Any, *path: str) -> list[dict[str, Any]]:
        """The list of records at `path`. Raises SourceFailed naming what is missing."""
        rows = self.field(answer, *path, kind=list) if path else answer
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.without(path[-1] if path else "of records")
        return rows

    def mark(self, pattern: re.Pattern[str], part: str, name: str) -> str:
        """What `pattern` finds in a piece of a page, as text. Raises SourceFailed naming the mark that is not there."""
        found = pattern.search(part)
        if found is None:
            raise self.without(name)
        return " ".join(html.unescape(found[1]).split())

    def moment(self, text: str, read: Callable[[str], datetime], field: str) -> datetime:
        """A date as `read` understands it. Raises SourceFailed naming its field: no day is guessed."""
        try:
            return read(text)
        except ValueError as error:
            raise self.failed(f"answered with a date that cannot be read in the field {field}") from error

    def local(self, text: str, form: str, zone: ZoneInfo, field: str) -> datetime:
        """A wall-clock time of the store's zone, written as `form` says. Raises SourceFailed naming its field."""
        return self.moment(text, lambda said: datetime.strptime(said, form).replace(tzinfo=zone), field)
