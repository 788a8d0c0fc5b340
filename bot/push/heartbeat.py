"""Tells an address outside this house that the house lives: start, success, fail, and once a day that it
would fire.

Decisions. An alarm for silence must live outside the process it watches. A ping that could not be delivered
is owed in the ledger and tried again at each tick, so a crash between "delivered" and "ping" raises no false
alarm. Bounded: an address that hangs costs five seconds and never a report. A web page as answer is a
failure: it comes from a proxy or a typing error.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.base.errors import LedgerFailed
from core.ports import Clock, Notes

log = logging.getLogger(__name__)

PING_S = 5.0
LONGEST_BODY = 500
OWED = "heartbeat owed"
LAST = "heartbeat last {kind}"

# Sends `body` to `address` and returns the status and the beginning of the answer.
Post = Callable[[str, str], Awaitable[tuple[int, str]]]


class Ping(StrEnum):
    """What is said. Healthchecks' own paths; SUCCESS and ALIVE go to the address itself."""

    START = "start"
    SUCCESS = "success"
    FAIL = "fail"
    ALIVE = "alive"


PATHS = {Ping.START: "/start", Ping.SUCCESS: "", Ping.FAIL: "/fail", Ping.ALIVE: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """Without an address nothing is sent, and nothing is owed. `ping` never raises. Once `over` is set only a
    failure is said: a sign of life behind it would take the alarm back."""

    address: str | None
    post: Post
    notes: Notes
    clock: Clock
    over: asyncio.Event = field(default_factory=asyncio.Event)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ping(self, kind: Ping, body: str) -> bool:
        """Says it once, after what is being said: what is said last arrives last. True when it arrived; the
        outcome is noted for `/status`."""
        async with self.turn:
            return await self._ping(kind, body)

    async def _ping(self, kind: Ping, body: str) -> bool:
        if self.address is None or (self.over.is_set() and kind is not Ping.FAIL):
            return False
        try:
            async with asyncio.timeout(PING_S):
                status, answer = await self.post(self.address + PATHS[kind], body[:LONGEST_BODY])
            failure = _failure(status, answer)
        except TimeoutError:
            failure = f"no answer within {PING_S:.0f} s"
        # BLE001: whatever is wrong with the heartbeat must never stop a report.
        except Exception as error:  # noqa: BLE001
            failure = f"could not be reached ({type(error).__name__})"
        self._note(kind, failure)
        return not failure

    def owe(self, kind: Ping, body: str) -> None:
        """Remembers a ping that must arrive; the newest one replaces an older one."""
        if self.address is not None:
            text = json.dumps({"kind": kind.value, "body": body})
            self.notes.write_note(OWED, text, now=self.clock.now())

    async def settle(self) -> None:
        """Sends what is owed, once."""
        owed = self.notes.note(OWED)
        if owed and self.address is not None:
            ping = json.loads(owed)
            arrived = await self.ping(Ping(ping["kind"]), ping["body"])
            if arrived and self.notes.note(OWED) == owed:
                self.notes.write_note(OWED, "", now=self.clock.now())

    def last(self, kind: Ping) -> tuple[datetime, str] | None:
        """When this was last said, and what went wrong (empty: nothing)."""
        return self.last_in(self.notes, kind)

    @staticmethod
    def last_in(notes: Notes, kind: Ping) -> tuple[datetime, str] | None:
        """The same from notes alone, for those who ping nobody."""
        noted = notes.note(LAST.format(kind=kind.value))
        if noted is None:
            return None
        value = json.loads(noted)
        return datetime.fromisoformat(value["at"]), value["failure"]

    def _note(self, kind: Ping, failure: str) -> None:
        now = self.clock.now()
        if failure:
            log.warning("The heartbeat (%s) failed: %s.", kind.value, failure)
        text = json.dumps({"at": now.isoformat(), "failure": failure})
        try:
            self.notes.write_note(LAST.format(kind=kind.value), text, now=now)
        except LedgerFailed as error:
            log.warning("The heartbeat could not be noted: %s", error)


def _failure(status: int, answer: str) -> str:
    """Empty when the ping was understood."""
    if not 200 <= status < 300:
        return f"answered {status}"
    if answer.lstrip().lower().startswith(("<!doctype", "<html")):
        return "answered with a web page; check HEARTBEAT_URL"
    return ""
