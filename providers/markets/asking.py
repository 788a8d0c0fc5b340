"""What all sources of prices over HTTP share: names side by side, JSON as decimals, and what a refusal means.

Decisions: five names at a time; after the first "too many requests" no further name is asked. When no name
could be asked at all, the whole source failed. A refused key fails the whole source at once: every other
name would be refused too."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from core.base.errors import SourceFailed
from core.base.names import fold_ticker
from core.market.quote import MarketRecord
from providers.http import Fetched, Fetcher
from providers.markets.file.entries import empty, failed
from providers.markets.file.fields import WrongField

AT_ONCE = 5
CAP = 8_000_000  # bytes: far more than any answer about one name
DEADLINE_S = 15.0
HISTORY_DAYS = 400
"""A year of sessions (252) with every holiday, and a month more."""
LIMITED = "the source limits its requests (429)"


class Unanswered(Exception):
    """A request brought no readable answer. `limited` when the source asked for silence, `denied` when it
    wants a session."""

    def __init__(self, reason: str, *, limited: bool = False, denied: bool = False) -> None:
        super().__init__(reason)
        self.limited = limited
        self.denied = denied


class Unknown(Exception):
    """The source says that it does not know what was asked for."""


Stopped = asyncio.Event
One = Callable[[str, date, Stopped], Awaitable[MarketRecord]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The way to one service. `label` is its name for people; `key_setting` names the setting of its key,
    if it has one."""

    fetcher: Fetcher
    label: str
    base_url: str
    key_setting: str = ""

    async def fetch(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        cap: int = CAP,
        fresh_for: float = 0.0,
    ) -> Fetched:
        """An answer of status 200 or 404. Raises Unanswered, or SourceFailed for a key that is refused."""
        address = f"{self.base_url.rstrip('/')}{path}{'?' + urlencode(params) if params else ''}"
        try:
            answer = await self.fetcher.get(
                address,
                source=self.label,
                headers=headers,
                cap=cap,
                deadline=DEADLINE_S,
                fresh_for=fresh_for,
                accept=(200, 401, 402, 403, 404, 429),
            )
        except SourceFailed as error:
            raise Unanswered(str(error).removesuffix(".")) from error
        if answer.status == 429:
            raise Unanswered(LIMITED, limited=True)
        if answer.status == 402:
            raise Unanswered(
                "the source says that the plan of this key is used up or does not hold this (402)"
            )
        if answer.status in (401, 403):
            if self.key_setting:
                raise SourceFailed(
                    f"{self.label} refuses the key ({answer.status}): check {self.key_setting}.",
                    source=self.label,
                    permanent=True,
                )
            raise Unanswered(f"the source answered {answer.status}", denied=True)
        return answer

    async def look_up(self, tickers: tuple[str, ...], day: date, one: One) -> tuple[MarketRecord, ...]:
        """One record per ticker, in the asked order, each made by `one`. Raises SourceFailed when none was
        answered."""
        gate, stopped = asyncio.Semaphore(AT_ONCE), asyncio.Event()
        answered = False

        async def each(ticker: str) -> MarketRecord:
            nonlocal answered
            async with gate:
                if stopped.is_set():
                    return failed(ticker, "not asked: the source limits its requests")
                try:
                    record = await one(ticker, day, stopped)
                except Unknown as error:
                    record = empty(ticker, str(error))
                except WrongField as error:
                    record = failed(ticker, str(error))
                except Unanswered as error:
                    if error.limited:
                        stopped.set()
                    return failed(ticker, str(error))
            answered = True
            return record

        tasks = [asyncio.create_task(each(fold_ticker(ticker))) for ticker in tickers]
        try:
            records = tuple(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()
        if records and not answered:
            raise SourceFailed(f"{self.label} could not be asked: {records[0].reason}.", source=self.label)
        return records


def decoded(answer: Fetched) -> object:
    """The JSON of an answer, its numbers as decimals. Raises Unanswered for a page, a cut or anything
    else."""
    try:
        found: object = json.loads(
            answer.body, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda _: None
        )
    except (ValueError, RecursionError) as error:
        raise Unanswered(f"the answer with status {answer.status} is not JSON") from error
    return found
