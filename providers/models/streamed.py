"""One question to one model, whatever the service: deadline, negotiation, first token, usage, failures.

Promises: one answer or one ModelFailed with one clear sentence; no retry of a failure, no cache, nothing
repaired. The only thing asked again is a question that was refused before it was answered, because of a field
the service does not take. A ballot's time begins with the first byte of its answer where a server keeps a
queue (`queue_s`): waiting behind others is no failure of the answer.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Reply, Usage
from providers.models.context import room
from providers.models.refusals import failed, message, redacted
from providers.models.services import Pace, Target
from providers.models.stepping import Accepted, Memory, Tried, step_down
from providers.models.stream import (
    NOT_SAID,
    Arrived,
    BrokenOffError,
    RefusedError,
    Said,
    UnreachableError,
    Wire,
    storable,
    word,
)
from providers.models.transport import TooLargeError, UnreadableError

# An answer ends a little before its ballot does, so that what came until then, and was paid, can still be
# told.
SHARE_OF_DEADLINE = 0.97
# Sampling, two modes, the length and a few extras can each be refused once.
ROUNDS = 10
# Prompt caches live five minutes after their last use; a minute less, so that no report blames one that has
# just ended.
CACHE_LIFE_S = 240.0
# Failures after which something was paid even if no word of an answer could be read: its price is then
# unknown, not zero.
UNCOUNTED = frozenset({"timeout", "too_large", "stream_cut"})
# A ballot line with its reasons is some 150 tokens; a wordy model writes twice that. Beside them a model may
# think first: longer where it runs on the service's own machines, and a small local model that loops must end
# before the deadline does.
TOKENS_A_NAME, THINKING_TOKENS, OWN_THINKING_TOKENS = 400, 16_000, 2_000
NOTHING_USED = Usage(
    input=NOT_SAID, cached_read=NOT_SAID, cache_write=NOT_SAID, output=NOT_SAID, reasoning=NOT_SAID
)


class StreamedModel:
    """A `ChatModel` over one wire."""

    rehearsal = False

    def __init__(self, target: Target, wire: Wire, memory: Memory, pace: Pace) -> None:
        self.label = target.label
        self.target = target
        self.wire = wire
        self._memory = memory
        self._pace = pace
        self._begun_at: dict[str, float] = {}
        self._rooms: dict[str, int | None] = {}

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        accepted = self.accepted()
        loop = asyncio.get_running_loop()
        call = _Call(began=loop.time(), heard=heard)
        warmed = call.began - self._begun_at.get(brief.digest, -CACHE_LIFE_S) < CACHE_LIFE_S
        pace = self._pace
        try:
            async with asyncio.timeout(pace.whole_s * SHARE_OF_DEADLINE) as clock:

                def served() -> None:
                    if pace.queue_s:
                        clock.reschedule(loop.time() + pace.deadline_s * SHARE_OF_DEADLINE)

                call.on_first_byte = served
                if self.target.service.context and brief.digest not in self._rooms:
                    self._rooms[brief.digest] = await room(self.target, brief, self.tried(accepted, brief))
                await self._negotiate(brief, accepted, call)
        except TimeoutError as error:
            raise self._failure(self._too_late(call), "timeout", call) from error
        try:
            reply = self._reply(call, call.arrived.joined())
        except UnreadableError as error:
            text = f"{self.target.service.title} sent {error} in its answer."
            raise self._failure(text, "not_an_answer", call) from error
        accepted.settled_for = brief.digest
        note = self._cache_note(reply.usage) if warmed else None
        return reply if note is None else replace(reply, notes=(*reply.notes, note))

    def accepted(self) -> Accepted:
        """What the service has shown to take so far."""
        return self._memory.of(self.target.address, self.target.model, strongest=self.target.service.modes[0])

    def tried(self, accepted: Accepted, brief: Brief) -> Tried:
        """The form of the next request."""
        target = self.target
        ignored = target.model.startswith(target.service.ignores_temperature)
        thinking = OWN_THINKING_TOKENS if target.service.local else THINKING_TOKENS
        wanted = target.max_tokens or thinking + TOKENS_A_NAME * len(brief.names)
        limits = (wanted, accepted.max_tokens, self._rooms.get(brief.digest))
        return Tried(
            mode=accepted.mode,
            temperature=None if ignored or not accepted.temperature else target.temperature,
            max_tokens=min(limit for limit in limits if limit is not None),
            dropped=frozenset(accepted.dropped),
        )

    def reply_of(self, events: Iterable[Said], tried: Tried, *, seconds: float) -> Reply:
        """The reply of an answer that came whole, from a batch. Raises ModelFailed when it is none."""
        now = asyncio.get_running_loop().time()
        call = _Call(began=now - seconds, heard=lambda _: None, tried=tried, first_token=now)
        try:
            for said in events:
                call.arrived.add(said)
            text = call.arrived.joined()
        except (TooLargeError, UnreadableError) as error:
            said_ = f"{self.target.service.title} sent no readable answer in its batch."
            raise self._failure(said_, "not_an_answer", call) from error
        if call.arrived.last.finish is None:
            raise self._failure(
                f"{self.target.service.title} sent an empty answer in its batch.", "not_an_answer", call
            )
        return replace(self._reply(call, text), tier="batch")

    async def aclose(self) -> None:
        await self.wire.aclose()

    def _too_late(self, call: "_Call") -> str:
        title, pace = self.target.service.title, self._pace
        if call.first_byte is None and pace.queue_s:
            return f"{title} began no answer within {pace.whole_s:g} seconds."
        return f"{title} gave no complete answer within {pace.deadline_s:g} seconds."

    async def _negotiate(self, brief: Brief, accepted: Accepted, call: "_Call") -> None:
        """Asks until the service takes the request; each refused field is left out once and remembered."""
        service = self.target.service
        for _ in range(ROUNDS):
            call.tried = self.tried(accepted, brief)
            try:
                await self._receive(brief, call)
            except RefusedError as refusal:
                stepped = step_down(accepted, call.tried, service, brief.digest, refusal.status, refusal.body)
                if call.arrived.head or stepped is None:
                    raise self._refusal(refusal, call) from refusal
                if stepped:
                    said = redacted(message(refusal.body), self.target.secret)
                    call.notes.append(f"{service.title} {stepped} It said: {said}")
            else:
                return
        text = f"{service.title} kept refusing fields of the question."
        raise self._failure(text, "refused_request", call, permanent=True)

    async def _receive(self, brief: Brief, call: "_Call") -> None:
        title = self.target.service.title
        arrived = call.arrived = Arrived()
        broke_off = f"{title} broke off in the middle of its answer."
        try:
            async for said in self.wire.stream(brief, call.tried):
                self._take(said, brief, call)
        except TooLargeError as error:
            raise self._failure(f"{title} sent more than any ballot can hold.", "too_large", call) from error
        except UnreadableError as error:
            raise self._failure(
                f"{title} sent {error} instead of an answer.", "not_an_answer", call
            ) from error
        except UnreachableError as error:
            text = f"{title} could not be reached at {self.target.shown_address}: {error}."
            raise self._failure(text, "unreachable", call) from error
        except BrokenOffError as error:
            raise self._failure(broke_off, "stream_cut", call) from error
        if not arrived.head:
            raise self._failure(f"{title} sent an empty answer with status 200.", "not_an_answer", call)
        if arrived.last.finish is None:
            raise self._failure(broke_off, "stream_cut", call)

    def _take(self, said: Said, brief: Brief, call: "_Call") -> None:
        now = asyncio.get_running_loop().time()
        if call.first_byte is None:
            call.first_byte = now
            call.on_first_byte()
        call.arrived.add(said)
        if (said.text or said.thinking) and call.first_token is None:
            call.first_token = self._begun_at[brief.digest] = now
        call.heard(call.arrived.tokens)

    def _reply(self, call: "_Call", text: str) -> Reply:
        last, target = call.arrived.last, self.target
        first = call.began if call.first_token is None else call.first_token
        return Reply(
            text=text,
            finish=last.finish or Finish.UNKNOWN,
            finish_raw=word(last.finish_raw or "none")[:40],
            usage=last.usage or NOTHING_USED,
            response_id=word(last.id) if last.id else Gap(gap="the service gave no id"),
            model=word(last.model or target.model),
            sampling=sampling_of(target, call.tried, thought=call.arrived.thought),
            mode=call.tried.mode,
            first_token_s=first - call.began,
            seconds=asyncio.get_running_loop().time() - call.began,
            notes=tuple(call.notes),
            tier=tier_of(target, call.tried, last.tier),
        )

    def _cache_note(self, usage: Usage) -> str | None:
        """What to say when a brief that was answered before should have been read from the cache and was
        not."""
        service, total = self.target.service, usage.input
        least = service.cached_from(self.target.model)
        if least is None or isinstance(total, Gap) or total < least:
            return None
        if usage.cached_read == 0 or isinstance(usage.cached_read, Gap):
            said = "reported no cached tokens for a repeated question, which was therefore paid in full"
            return f"{service.title} {said}."
        return None

    def _failure(self, text: str, cause: str, call: "_Call", *, permanent: bool = False) -> ModelFailed:
        partial = self._partial(call) if call.arrived.head or cause in UNCOUNTED else None
        return ModelFailed(text, source=self.label, cause=cause, permanent=permanent, partial=partial)

    def _partial(self, call: "_Call") -> Reply:
        """What came before it broke off. Until an answer has ended nobody has said how long it was."""
        reply = self._reply(call, storable("".join(call.arrived.parts)))
        if call.arrived.last.finish is not None:
            return reply
        unsaid = Gap(gap="the answer broke off before it was counted")
        return replace(reply, usage=replace(reply.usage, output=unsaid, reasoning=unsaid))

    def _refusal(self, refusal: RefusedError, call: "_Call") -> ModelFailed:
        failure = failed(self.target, refusal.status, refusal.body, refusal.headers)
        if call.arrived.head:
            failure.partial = self._partial(call)
        return failure


@dataclass(slots=True, kw_only=True)
class _Call:
    """One `ask` while it runs."""

    began: float
    heard: Callable[[int], None]
    on_first_byte: Callable[[], None] = lambda: None
    tried: Tried = field(default_factory=Tried)
    arrived: Arrived = field(default_factory=Arrived)
    first_byte: float | None = None
    first_token: float | None = None
    notes: list[str] = field(default_factory=list)


def sampling_of(target: Target, tried: Tried, *, thought: bool) -> str:
    """What really happened, for the map."""
    service = target.service
    for name, said in service.forced.items():
        if name in tried.dropped:
            return said
    if thought and service.thinking_forces:
        return service.thinking_forces
    return "provider default" if tried.temperature is None else f"T={tried.temperature.normalize():f}"


def tier_of(target: Target, tried: Tried, said: str) -> str:
    """The price class that was used: the service's own word, else what was asked and not refused."""
    fields: Mapping[str, object] = target.service.tiers.get(target.tier, {})
    if not fields or any(name in tried.dropped for name in fields):
        return "standard"
    return target.tier if said in {"", target.tier} else "standard"
