"""How a store's answers are asked for and read: every failure in the store's name, and a changed form names
what is missing.

Refuses to guess: a page in place of a list, a field that is not there or of another kind, a date that cannot
be read are failures, since nobody could tell them from "nothing published".
"""

import asyncio
import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, TypeVar
from urllib.parse import urlencode
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from core.base.errors import SourceFailed
from providers.http import Fetched
from providers.sources.shape import Reach, SourceTerms

# One list a name and day is plenty; a look again within a minute asks nobody.
FRESH_FOR: Final = 60.0
# Lists of issuers change when a company comes to the market or leaves it.
ISSUERS_FRESH_FOR: Final = 86_400.0
FOREVER: Final = float("inf")
CAP: Final = 8_000_000

Made = TypeVar("Made")


class _Turn:
    """Names that ask the same side by side cost one request: the first asks, the others read what was kept of
    it, or hear of its failure. Forgotten once nobody waits."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.failure: SourceFailed | None = None


class Answers:
    """A store at its address, and how to read what it says."""

    terms: ClassVar[SourceTerms]

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.url = reach.addresses[0].rstrip("/")
        self.name = self.terms.name
        self.zone = ZoneInfo(self.terms.zone)
        self._asked: WeakValueDictionary[str, _Turn] = WeakValueDictionary()
        self._one = asyncio.Lock()
        self._made: tuple[object, Any] | None = None

    async def get(
        self,
        path: str,
        *,
        fresh_for: float = FRESH_FOR,
        post: object = None,
        form: Mapping[str, object] | None = None,
        accept: tuple[int, ...] = (200,),
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """An answer of the store, at a path or a whole address. `post` is sent as JSON, `form` as a page
        would. Raises SourceFailed, in the store's name."""
        sent = dict(headers or {})
        body = None
        if post is not None:
            body = json.dumps(post, separators=(",", ":")).encode()
            sent["content-type"] = "application/json"
        if form is not None:
            body = urlencode(form).encode()
            sent["content-type"] = "application/x-www-form-urlencoded"
        turn = self._asked.setdefault(f"{path} {body!r}", _Turn())
        async with turn.lock:
            if turn.failure is not None:
                raise turn.failure
            try:
                return await self.reach.fetcher.get(
                    f"{self.url}{path}" if path.startswith("/") else path,
                    source=self.name,
                    headers=sent,
                    cap=CAP,
                    fresh_for=fresh_for,
                    post=body,
                    accept=accept,
                )
            except SourceFailed as failure:
                turn.failure = failure
                raise

    async def json(
        self,
        path: str,
        *,
        fresh_for: float = FRESH_FOR,
        post: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The same, read. Raises SourceFailed for a page in its place."""
        return self.parsed((await self.get(path, fresh_for=fresh_for, post=post, headers=headers)).body)

    def parsed(self, body: bytes | str) -> Any:
        """JSON, read. Raises SourceFailed for a page in its place."""
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise self.failed("answered with a page instead of its list") from error

    async def once(self, key: object, make: Callable[[], Awaitable[Made]]) -> Made:
        """What serves all names: made by the first who asks, the newest `key` is kept."""
        async with self._one:
            if self._made is None or self._made[0] != key:
                self._made = (key, await make())
            made: Made = self._made[1]
            return made

    def failed(self, what: str) -> SourceFailed:
        return SourceFailed(f"{self.name} {what}.", source=self.name)

    def without(self, field: str) -> SourceFailed:
        """What is said of an answer whose form has changed."""
        return self.failed(f"answered without the field {field}: its form has changed")

    def field(self, record: Any, *path: str, kind: type = str) -> Any:
        """What stands at `path`, of that kind. Raises SourceFailed naming the first field that is not
        there."""
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
        """What `pattern` finds in a piece of a page, as text. Raises SourceFailed naming the mark that is not
        there."""
        found = pattern.search(part)
        if found is None:
            raise self.without(name)
        return " ".join(html.unescape(found[1]).split())

    def moment(self, text: str, field: str, form: str = "") -> datetime:
        """A time, written as `form` says (else as ISO); where it names no zone its zone is `self.zone`, the
        store's own. Raises SourceFailed naming its field: no day is guessed."""
        try:
            if form:
                return datetime.strptime(text, form).replace(tzinfo=self.zone)
            read = datetime.fromisoformat(text)
        except ValueError as error:
            raise self.failed(f"answered with a date that cannot be read in the field {field}") from error
        return read if read.tzinfo is not None else read.replace(tzinfo=self.zone)
