"""One question to one model over a stream, whatever the SDK: deadline, capabilities, stop reasons, usage, failures.

Promises: one answer or one ModelFailed with one clear sentence; no retry of a failure, no cache, nothing repaired. The only
thing asked again is a question that was refused before it was answered, because of a field the service does not take.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import httpx2

from core.base.errors import ModelFailed
from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Reply, Usage
from providers.models.dialect import Arrived, Dialect, RefusedError, Target, UnreachableError, storable, word
from providers.models.memory import Accepted, Memory
from providers.models.refusals import failed, message, redacted
from providers.models.services import Service
from providers.models.stepping import Tried, step_down
from providers.models.wire import TooLargeError, UnreadableError, events

# Sampling, two modes, the length and a few extras can each be refused once.
ROUNDS = 10
# Long answers of thinking models take minutes. A little less than the ballot's own ten minutes, so that what came until
# then, and was paid, can still be told.
CALL_DEADLINE_S = 580.0
# Prompt caches live five minutes after their last use; a minute less, so that no report blames one that has just ended.
CACHE_LIFE_S = 240.0
# Failures after which something was paid even if no word of an answer could be read: its price is then unknown, not zero.
UNCOUNTED = frozenset({"timeout", "too_large", "stream_cut"})


class StreamedModel:
    """A `ChatModel` over one dialect."""

    rehearsal = False

    def __init__(
        self, target: Target, dialect: Dialect, memory: Memory, *, deadline_s: float = CALL_DEADLINE_S
    ) -> None:
        self.label = target.label
        self._target = target
        self._dialect = dialect
        self._memory = memory
        self._deadline_s = deadline_s
        self._begun_at: dict[str, float] = {}

    async def ask(
        self, brief: Brief, *, index: int, attempt: int, on_first_token: Callable[[], None]
    ) -> Reply:
        target = self._target
        accepted = self._memory.of(target.address, target.model, strongest=target.service.modes[0])
        call = _Call(began=asyncio.get_running_loop().time(), on_first_token=on_first_token)
        warmed = call.began - self._begun_at.get(brief.digest, -CACHE_LIFE_S) < CACHE_LIFE_S
        try:
            async with asyncio.timeout(self._deadline_s):
                await self._negotiate(brief, accepted, call)
        except TimeoutError as error:
            text = f"{target.service.title} gave no complete answer within {self._deadline_s:g} seconds."
            raise self._failure(text, "timeout", call) from error
        try:
            reply = self._reply(call, call.arrived.text())
        except UnreadableError as error:
            text = f"{target.service.title} sent {error} in its answer."
            raise self._failure(text, "not_an_answer", call) from error
        accepted.settled_for = brief.digest
        note = self._cache_note(reply.usage) if warmed else None
        return reply if note is None else replace(reply, notes=(*reply.notes, note))

    async def aclose(self) -> None:
        await self._dialect.aclose()

    async def _negotiate(self, brief: Brief, accepted: Accepted, call: "_Call") -> None:
        """Asks until the service takes the request; each refused field is left out once and remembered."""
        for _ in range(ROUNDS):
            call.tried = self._tried(accepted)
            try:
                await self._receive(brief, call)
            except RefusedError as refusal:
                stepped = step_down(
                    accepted, call.tried, self._target.service, brief.digest, refusal.status, refusal.body
                )
                if stepped is None:
                    raise self._refusal(refusal.status, refusal.body, refusal.headers) from refusal
                if stepped.note:
                    said = redacted(message(refusal.body), self._target.secret)
                    call.notes.append(f"{self._target.service.title} {stepped.note} It said: {said}")
            else:
                return
        text = f"{self._target.service.title} kept refusing fields of the question."
        raise self._failure(text, "refused_request", call, permanent=True)

    async def _receive(self, brief: Brief, call: "_Call") -> None:
        title = self._target.service.title
        arrived = call.arrived = Arrived()
        try:
            async with self._dialect.open(brief, call.tried) as response:
                async for event in events(response):
                    self._take(event, brief, call)
        except TooLargeError as error:
            raise self._failure(f"{title} sent more than any ballot can hold.", "too_large", call) from error
        except UnreadableError as error:
            raise self._failure(
                f"{title} sent {error} instead of an answer.", "not_an_answer", call
            ) from error
        except UnreachableError as error:
            text = f"{title} could not be reached at {self._target.shown_address}: {error}."
            raise self._failure(text, "unreachable", call) from error
        except httpx2.HTTPError as error:
            text = f"{title} broke off in the middle of its answer."
            raise self._failure(text, "stream_cut", call) from error
        if arrived.error is not None and not arrived.begun:
            raise RefusedError(status=_status(arrived.error), body=arrived.error, headers={})
        if arrived.error is not None:
            raise self._refusal(_status(arrived.error), arrived.error, {}, call)
        if not arrived.begun:
            raise self._failure(f"{title} sent an empty answer with status 200.", "not_an_answer", call)
        if arrived.finish is None:
            raise self._failure(f"{title} broke off in the middle of its answer.", "stream_cut", call)

    def _take(self, event: object, brief: Brief, call: "_Call") -> None:
        if isinstance(event, list):
            event = next((item for item in event if isinstance(item, dict)), {})
        if not isinstance(event, dict):
            raise UnreadableError("something that is no JSON object")
        self._dialect.fold(event, call.arrived)
        if call.arrived.speaking and call.first_token is None:
            call.first_token = self._begun_at[brief.digest] = asyncio.get_running_loop().time()
            call.on_first_token()

    def _tried(self, accepted: Accepted) -> Tried:
        target = self._target
        ignored = target.model.startswith(target.service.ignores_temperature)
        asked = None if ignored or not accepted.temperature else target.temperature
        return Tried(
            mode=accepted.mode,
            temperature=asked,
            max_tokens_step=accepted.max_tokens_step,
            dropped=frozenset(accepted.dropped),
        )

    def _reply(self, call: "_Call", text: str) -> Reply:
        arrived, target = call.arrived, self._target
        raw = arrived.finish or "none"
        finish = self._dialect.finishes.get(raw.lower(), Finish.UNKNOWN)
        first = call.began if call.first_token is None else call.first_token
        return Reply(
            text=text,
            finish=Finish.REFUSAL if arrived.refused else finish,
            finish_raw=word(raw)[:40],
            usage=self._dialect.usage(arrived.usage),
            response_id=word(arrived.id) if arrived.id else Gap(gap="the service gave no id"),
            model=word(arrived.model or target.model),
            sampling=_sampling(target.service, call.tried, thought=arrived.thought),
            mode=call.tried.mode,
            first_token_s=first - call.began,
            seconds=asyncio.get_running_loop().time() - call.began,
            notes=tuple(call.notes),
        )

    def _cache_note(self, usage: Usage) -> str | None:
        """What to say when a brief that was answered before was not read from the cache although it should be."""
        service, total = self._target.service, usage.input
        least = next(
            (n for prefix, n in service.cache_minimum if self._target.model.startswith(prefix)), None
        )
        if least is None or isinstance(total, Gap) or total < least:
            return None
        if usage.cached_read == 0 or isinstance(usage.cached_read, Gap):
            return f"{service.title} reported no cached tokens for a repeated question, which was therefore paid in full."
        return None

    def _failure(self, text: str, cause: str, call: "_Call", *, permanent: bool = False) -> ModelFailed:
        paid = call.arrived.begun or cause in UNCOUNTED
        partial = self._partial(call) if paid else None
        return ModelFailed(text, source=self.label, cause=cause, permanent=permanent, partial=partial)

    def _partial(self, call: "_Call") -> Reply:
        """What came before it broke off. Until an answer has ended nobody has said how long it was."""
        reply = self._reply(call, storable("".join(call.arrived.parts)))
        if call.arrived.finish is not None:
            return reply
        unsaid = Gap(gap="the answer broke off before it was counted")
        return replace(reply, usage=replace(reply.usage, output=unsaid, reasoning=unsaid))

    def _refusal(
        self, status: int, body: object, headers: Mapping[str, str], call: "_Call | None" = None
    ) -> ModelFailed:
        target = self._target
        failure = failed(
            status=status,
            body=body,
            headers=headers,
            label=self.label,
            service=target.service.title,
            model=target.model,
            address=target.shown_address,
            secret=target.secret,
        )
        if call is not None and call.arrived.begun:
            failure.partial = self._partial(call)
        return failure


@dataclass(slots=True, kw_only=True)
class _Call:
    """One `ask` while it runs."""

    began: float
    on_first_token: Callable[[], None]
    tried: Tried = field(default_factory=Tried)
    arrived: Arrived = field(default_factory=Arrived)
    first_token: float | None = None
    notes: list[str] = field(default_factory=list)


def _sampling(service: Service, tried: Tried, *, thought: bool) -> str:
    """What really happened, for the map."""
    for name, said in service.forced.items():
        if name in tried.dropped:
            return said
    if thought and service.thinking_forces:
        return service.thinking_forces
    return "provider default" if tried.temperature is None else f"T={tried.temperature.normalize():f}"


def _status(body: object) -> int:
    """The status that an error body with status 200 names itself; 200 when it names none."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    code = inner.get("code") if isinstance(inner, dict) else None
    return code if isinstance(code, int) and 300 <= code <= 599 else 200
