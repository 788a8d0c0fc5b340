"""What a host asks of its visitors, and the gate that holds us to it: one rate over all tasks, a rest after a
refusal.

Refuses to go on asking a host that has said no: after a refusal every waiting and later request fails at
once, with the rule that was broken, until the rest is over. Decisions: turns are spaced evenly instead of
counted per second, six percent wider than the rate, because requests that leave 200 ms apart may arrive
closer together. The space is measured from when the request before was on the wire, not from when it was due:
a busy machine or a slow greeting holds one up, and those behind it would close up. Five failures to connect
in a row rest the host for a minute, so that a dead host costs five deadlines and not one per name.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.base.errors import SourceFailed

HEADROOM = 1.06
SILENCES_BEFORE_REST = 5
REST_AFTER_SILENCE = 60.0
# How long the others wait for a request whose turn it is to get onto the wire: a greeting takes a tenth of
# it.
PATIENCE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the host refused: `rule` completes "… refused the request: ". `rests` is false when only this one
    document is closed and the host itself still answers us."""

    rule: str
    permanent: bool
    rests: bool = True


def _unexplained(status: int, _body: bytes) -> Refusal:
    return Refusal(rule=f"it answered {status}", permanent=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`addresses` are prefixes of the URLs these terms hold for; `per_second` counts over all of them
    together.

    `refusal` reads the body of a refusing answer; `refusing` are the statuses that are refusals; `rest` in
    seconds.
    """

    addresses: tuple[str, ...]
    per_second: float
    user_agent: str
    refusing: frozenset[int] = frozenset({403, 429})
    rest: float = 600.0
    refusal: Callable[[int, bytes], Refusal] = _unexplained

    def hold_for(self, url: str) -> bool:
        return any(
            url == address or url.startswith((address.rstrip("/") + "/", address.rstrip("/") + "?"))
            for address in self.addresses
        )


class Gate:
    """The state of one host's terms over all tasks of this process."""

    def __init__(self, terms: Terms, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.terms = terms
        self._clock = clock
        self._spacing = HEADROOM / terms.per_second
        self._turns = asyncio.Lock()
        self._turn = 0
        self._taken_at = 0.0
        self._next_turn = 0.0
        self._unsent: set[int] = set()
        self._stirred = asyncio.Event()
        self._rests_until = 0.0
        self._refused: tuple[str, bool] | None = None
        self._silences = 0

    async def enter(self, source: str) -> int:
        """Waits for a turn and gives its number, for `sent`. Raises SourceFailed while the host rests."""
        async with self._turns:
            while (left := self._left(source)) > 0:
                # Woken when the request before is on the wire, and by a refusal: then it fails now, not at
                # its turn.
                self._stirred.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(left):
                        await self._stirred.wait()
            self._turn += 1
            self._unsent.add(self._turn)
            self._taken_at = self._clock()
            self._next_turn = self._taken_at + self._spacing
            return self._turn

    def _left(self, source: str) -> float:
        """Seconds until the next turn, as far as is known. Raises SourceFailed while the host rests."""
        self._check(source)
        now = self._clock()
        patient = self._taken_at + PATIENCE - now if self._unsent else 0.0
        return max(patient, self._next_turn - now)

    def sent(self, turn: int) -> None:
        """The request of this turn is on the wire, or will never be. Saying it again changes nothing."""
        if turn in self._unsent:
            self._unsent.remove(turn)
            self._next_turn = max(self._next_turn, self._clock() + self._spacing)
            self._stirred.set()

    def tracing(self, turn: int) -> dict[str, object]:
        """What makes the client say `sent` of a request once its head is written."""

        async def trace(event: str, _info: object) -> None:
            if event == "http11.send_request_headers.complete":
                self.sent(turn)

        return {"trace": trace}

    def answered(self) -> None:
        self._silences = 0

    def silent(self, reason: str) -> None:
        """The host could not be reached at all."""
        self._silences += 1
        if self._silences >= SILENCES_BEFORE_REST:
            self._silences = 0
            self._rest(f"{SILENCES_BEFORE_REST} times in a row {reason}", REST_AFTER_SILENCE, permanent=False)

    def refused(self, refusal: Refusal) -> None:
        self._rest(f"it refused the request: {refusal.rule}", self.terms.rest, permanent=refusal.permanent)

    def _rest(self, reason: str, seconds: float, *, permanent: bool) -> None:
        self._rests_until = self._clock() + seconds
        self._refused = (reason, permanent)
        self._next_turn = 0.0
        self._stirred.set()

    def _check(self, source: str) -> None:
        left = self._rests_until - self._clock()
        if self._refused is None or left <= 0:
            return
        reason, permanent = self._refused
        minutes = max(1, round(left / 60))
        raise SourceFailed(
            f"{source} is left alone for {minutes} more minute{'s' if minutes > 1 else ''}: {reason}.",
            source=source,
            permanent=permanent,
        )


class Free(Gate):
    """The gate of hosts that named no terms: nobody waits, and one that is silent is no reason to rest the
    others."""

    async def enter(self, source: str) -> int:
        return 0

    def silent(self, reason: str) -> None:
        """Nothing: each host stands for itself."""
