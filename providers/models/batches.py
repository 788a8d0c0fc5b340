"""Half the price: a run's questions handed in together and answered within a day. A `ChatModel` for one run,
over one service.

Promises: what is handed in is remembered before and after, so another process goes on with it and nothing is
handed in twice; a result belongs to a question by its id alone, whatever the order, and results of others are
not taken; what expired, was cancelled elsewhere, is missing or was refused is a failure of that ballot, which
the jury then asks once more in the standard way. A service is asked for news politely: after half a minute,
then ever less often, at least every five.

Decision: the five-minute cache mark stays in a batch. Its questions share one prefix, and the service says
that three to nine of ten of them read it from the cache; with its prices (1.25 to write, a tenth or less to
read) a mark pays from three of ten on, while the mark of an hour (2.0 to write) would need seven."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Protocol

from core.base.errors import ModelFailed
from core.brief.model import Brief
from core.jury.ballot import Reply
from core.ports import Notes
from providers.models.refusals import failed, message, redacted
from providers.models.stepping import Tried
from providers.models.stream import BrokenOffError, RefusedError, Said, UnreachableError, sdk_errors, word_of
from providers.models.streamed import StreamedModel
from providers.models.transport import TooLargeError, UnreadableError

# Seconds: for the questions of one jury to come together, then between two looks.
GATHER_S, FIRST_LOOK_S, SLOWER, LONGEST_LOOK_S = 0.2, 30.0, 1.5, 300.0
# Services promise a day; an hour more is theirs.
GIVEN_UP_S = 25 * 3600.0
# Times that results which are there are tried to be read: what is no answer then will not become one.
MOST_READS = 5
# Questions handed in at once: their results are read whole, at some 50,000 characters each.
MOST = 500
# Calls at once of what is asked in the standard way after all.
STANDARD_AT_ONCE = 8
# Fields that make sense in a stream only.
LEFT_OUT = frozenset({"stream_options"})
# Refusals that would meet the standard way too.
FINAL = frozenset({"bad_key", "no_credit", "forbidden", "unknown_model", "too_long"})

Outcome = tuple[Said, ...] | RefusedError | str
"""What became of one question: its answer, a refusal, or in a word why there is none."""


class BatchWire(Protocol):
    """How an SDK hands in many questions, in its own words and with its own errors."""

    sdk: ModuleType

    async def hand_in(self, questions: Mapping[str, tuple[Brief, Tried]], nonce: str) -> str:
        """The id of the new batch. `nonce` marks it as ours, where a service keeps a word with a batch."""
        ...

    async def found(self, nonce: str, *, questions: int, since: float) -> str | None:
        """A batch that was handed in with `nonce` and whose id was lost; None when there is none, "" when it
        is not clear which one it is."""
        ...

    async def ended(self, batch_id: str) -> bool: ...

    def results(self, batch_id: str) -> AsyncIterator[str]:
        """Texts of one JSON object a line, in any order."""
        ...

    def outcome(self, line: Mapping[str, Any]) -> Outcome:
        """What one line says of its question, whose id is its `custom_id`."""
        ...

    async def give_up(self, batch_id: str) -> None: ...


@dataclass(slots=True, kw_only=True)
class Batch:
    """One batch of a run as it is remembered. `id` is blank until the service has named it."""

    nonce: str
    questions: list[str]
    since: float
    id: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """The `Batches` port: batches of one service, remembered in the ledger's notes. `sleep` waits seconds."""

    inner: Callable[[], Awaitable[StreamedModel]]
    label: str
    notes: Notes
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    def sitting(self, run_id: str) -> "Sitting":
        return Sitting(batches=self, label=self.label, run_id=run_id)

    async def give_up(self, run_id: str) -> None:
        """Cancels what is under way for a run. A service that cannot be reached bills what it answers."""
        model = await self.inner()
        wire: Any = model.wire
        for batch in self.remembered(run_id):
            if batch.id and not batch.ended:
                try:
                    with sdk_errors(wire.sdk, begun=[]):
                        await wire.give_up(batch.id)
                except (RefusedError, UnreachableError, UnreadableError, BrokenOffError):
                    continue

    def remembered(self, run_id: str) -> list[Batch]:
        kept = self.notes.note(_key(run_id))
        return [Batch(**row) for row in json.loads(kept)] if kept else []

    def remember(self, run_id: str, batches: Sequence[Batch]) -> None:
        rows = json.dumps([asdict(one) for one in batches])
        self.notes.write_note(_key(run_id), rows, now=self.now())


def _key(run_id: str) -> str:
    return f"batch:{run_id}"


@dataclass(slots=True, kw_only=True)
class Sitting:
    """The model of one run. Each `ask` waits for its own result; whoever waits first looks for all."""

    batches: Batches
    label: str
    run_id: str
    rehearsal: bool = False
    _model: StreamedModel | None = None
    _known: list[Batch] | None = None
    _asked: dict[str, tuple[Brief, Tried]] = field(default_factory=dict)
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _standard: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(STANDARD_AT_ONCE))
    _pause: float = FIRST_LOOK_S
    _unread: int = 0

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        began = asyncio.get_running_loop().time()
        async with self._turn:
            if self._model is None:
                self._model = await self.batches.inner()
        model = self._model
        if attempt > 1:
            async with self._standard:
                return await model.ask(brief, index=index, attempt=attempt, heard=heard)
        question = f"q{index}-{attempt}"
        form = model.tried(model.accepted(), brief)
        tried = replace(form, dropped=form.dropped | LEFT_OUT)
        self._asked[question] = (brief, tried)
        await asyncio.sleep(GATHER_S)
        while question not in self._outcomes:
            async with self._turn:
                if question not in self._outcomes:
                    await self._step(model, question)
        outcome = self._outcomes[question]
        if isinstance(outcome, RefusedError):
            raise _softened(model, outcome)
        if isinstance(outcome, str):
            raise self._failed(f"{model.target.service.title} gave no answer from its batch: {outcome}.")
        return model.reply_of(outcome, tried, seconds=asyncio.get_running_loop().time() - began)

    async def aclose(self) -> None:
        """The inner model is closed by whoever built it."""

    def _batches(self) -> list[Batch]:
        if self._known is None:
            self._known = self.batches.remembered(self.run_id)
        return self._known

    def _batch_of(self, question: str) -> Batch | None:
        return next((one for one in self._batches() if question in one.questions), None)

    async def _step(self, model: StreamedModel, question: str) -> None:
        """One step towards the answer of `question`: hand in, find a lost batch, or wait and look."""
        wire: Any = model.wire
        batch = self._batch_of(question)
        try:
            with sdk_errors(wire.sdk, begun=[]):
                if batch is None:
                    await self._hand_in(wire)
                elif not batch.id:
                    await self._find(wire, batch)
                elif batch.ended:
                    await self._read(wire, batch)
                else:
                    await self._look(wire, batch)
        except RefusedError as refusal:
            raise _softened(model, refusal) from refusal
        except (UnreachableError, UnreadableError, TooLargeError, BrokenOffError) as error:
            if batch is None:
                said = f"{model.target.service.title} could not be handed the batch: {error}."
                raise self._failed(said, cause="unreachable") from error
            # News that cannot be had now is asked for again; the batch goes on without us.
            self._unread += batch.ended
            if self._unread >= MOST_READS:
                self._outcomes |= dict.fromkeys(batch.questions, f"its results could not be read: {error}")
            await self._rest()

    async def _hand_in(self, wire: BatchWire) -> None:
        waiting = [name for name in self._asked if self._batch_of(name) is None][:MOST]
        questions = {name: self._asked[name] for name in waiting}
        batch = Batch(nonce=secrets.token_hex(8), questions=waiting, since=self.batches.now().timestamp())
        self._batches().append(batch)
        self._keep()
        named = {f"{batch.nonce}-{name}": asked for name, asked in questions.items()}
        try:
            with sdk_errors(wire.sdk, begun=[]):
                batch.id = await wire.hand_in(named, batch.nonce)
        except RefusedError:
            # The service said no, so there is nothing that could be lost.
            self._batches().remove(batch)
            self._keep()
            raise
        self._keep()

    async def _find(self, wire: BatchWire, batch: Batch) -> None:
        """A process ended between handing in and being told the id."""
        found = await wire.found(batch.nonce, questions=len(batch.questions), since=batch.since)
        if found == "":
            self._outcomes |= dict.fromkeys(batch.questions, "it cannot be told from another batch")
            return
        if found is None:
            # It never reached the service, so its questions are handed in anew.
            self._batches().remove(batch)
        else:
            batch.id = found
        self._keep()

    async def _look(self, wire: BatchWire, batch: Batch) -> None:
        await self._rest()
        if await wire.ended(batch.id):
            batch.ended = True
            self._keep()
        elif self.batches.now().timestamp() - batch.since > GIVEN_UP_S:
            await wire.give_up(batch.id)
            self._outcomes |= dict.fromkeys(batch.questions, "it was not answered within a day")

    async def _read(self, wire: BatchWire, batch: Batch) -> None:
        found: dict[str, Outcome] = {}
        async for text in wire.results(batch.id):
            for line in _objects(text):
                found[word_of(line, "custom_id")] = wire.outcome(line)
        self._outcomes |= {
            name: found.get(f"{batch.nonce}-{name}", "its result is missing") for name in batch.questions
        }

    async def _rest(self) -> None:
        await self.batches.sleep(self._pause)
        self._pause = min(LONGEST_LOOK_S, self._pause * SLOWER)

    def _keep(self) -> None:
        self.batches.remember(self.run_id, self._batches())

    def _failed(self, text: str, *, cause: str = "batch") -> ModelFailed:
        return ModelFailed(text, source=self.label, cause=cause)


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    """The JSON objects of a text, one a line. What is none is nobody's result: its question is then
    missing."""
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, Mapping):
            yield value


def _softened(model: StreamedModel, refusal: RefusedError) -> ModelFailed:
    """A refusal of the batch alone is asked again in the standard way; what would meet that too is final."""
    failure = failed(model.target, refusal.status, refusal.body, refusal.headers)
    failure.permanent = failure.permanent and failure.cause in FINAL
    return failure


def refused_line(status: int, body: object, secret: str) -> RefusedError | str:
    """What a line of results says of a question that was not answered."""
    if status:
        return RefusedError(status=status, body=body, headers={})
    return redacted(message(body), secret) or "the service named no reason"
