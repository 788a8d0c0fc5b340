"""Asks one model the same brief N times. Every outcome is an answer that is returned; a provider's failure is
never raised.

Decisions:
- Warm, then fan out: the first ballot runs alone until its first token (its end, or a minute), so that the
  others read the provider's prompt cache. Five ballots then bill 1.65 prompts; fanning out cold bills 6.25,
  more than without a cache.
- Two different second chances per ballot, each once: a provider's failure is tried again (honouring its
  wait), a spoiled answer is asked again as a fresh identical question. So N ballots are at most 3N calls, all
  within one deadline a ballot.
- A permanent failure (wrong key, unknown model, no credit) begins no further call; what is under way may end,
  it is paid.
- An answer in another mode or under other sampling than its jury's is spoiled: mixed ballots measure nothing.
- No clock and no chance of its own: the event loop's time bounds calls, `sleep` and `jitter` come from
  outside.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from core.base.errors import ModelFailed
from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Asking, Sink, Stage, Step
from core.brief.model import Brief
from core.brief.schema import BALLOT_VERSION
from core.jury.ballot import Answer, Ballot, Reply, SpoiledBallot
from core.jury.reading import read_ballot
from core.ports import ChatModel

# With less than this share of the deadline left a further call would be paid for and hardly end in time.
LEAST_LEFT = 0.1

# How often a waiting person is told what is under way, also while nothing comes.
NEWS_S = 1.0
# Without a Retry-After the services' own examples begin at one to two seconds; one retry needs no exponent.
BACKOFF_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """`concurrency` calls at once; `deadline_s` seconds for one ballot with its second chances, waiting
    included. `warm_s` is how long the others wait for the first ballot's first token: after that a cache is
    not worth their time."""

    concurrency: int
    deadline_s: float
    warm_s: float = 60.0


@dataclass(slots=True, kw_only=True)
class _UnderWay:
    """A call that is being answered. Moments by the event loop's clock; `heard_at` None while it is
    silent."""

    attempt: int
    began: float
    heard_at: float | None = None
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What became of a ballot so far. `open`: it may be asked, for the first time or once more."""

    attempts: int
    readable: bool
    open: bool


def _past(answers: Sequence[Answer], index: int) -> _Past:
    """Second chances follow from the stored answers alone, so a resumed jury goes on where it was
    interrupted: once after a provider's failure, once after a spoiled answer."""
    mine = sorted((answer for answer in answers if answer.index == index), key=lambda answer: answer.attempt)
    if not mine:
        return _Past(attempts=0, readable=False, open=True)
    last = mine[-1]
    readable = isinstance(last.reading, Ballot)
    alike = sum(_failed(answer) == _failed(last) for answer in mine)
    return _Past(attempts=last.attempt, readable=readable, open=not readable and alike == 1)


def _failed(answer: Answer) -> bool:
    """Whether the provider failed, as against answering something unreadable."""
    return isinstance(answer.reading, SpoiledBallot) and answer.reading.unanswered


@dataclass(slots=True, kw_only=True)
class Sitting:
    """One jury while it sits.

    `store` is called for each answer as it arrives, before anything else happens with it; what it raises ends
    the jury. `may_spend` is asked with all answers so far before every call. `jitter` gives seconds in [0,
    1). `already` are stored answers of an interrupted jury: only what is missing is asked.
    """

    model: ChatModel
    brief: Brief
    asked: int
    bounds: Bounds
    store: Callable[[Answer], None]
    progress: Sink
    may_spend: Callable[[tuple[Answer, ...]], bool]
    jitter: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    already: tuple[Answer, ...] = ()
    _answers: list[Answer] = field(default_factory=list)
    _ended: set[int] = field(default_factory=set)
    _calls: dict[int, _UnderWay] = field(default_factory=dict)
    _warmed: asyncio.Event = field(default_factory=asyncio.Event)
    _slots: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)
    _fatal: ModelFailed | None = None

    async def answers(self) -> tuple[Answer, ...]:
        """All answers, ordered by index, then attempt; the last attempt of an index counts. Cancelling it
        cancels every call under way; what was stored stays stored."""
        self._slots = asyncio.Semaphore(self.bounds.concurrency)
        self._answers = list(self.already)
        self._ended = {index for index in range(self.asked) if not _past(self.already, index).open}
        self._report()
        if open_indexes := [index for index in range(self.asked) if index not in self._ended]:
            await self._sit(open_indexes)
        return tuple(sorted(self._answers, key=lambda answer: (answer.index, answer.attempt)))

    async def _sit(self, indexes: list[int]) -> None:
        """Runs the open ballots to their ends; the first warms the cache for the rest."""

        async def warm() -> None:
            await self._ballot(indexes[0])
            self._warmed.set()

        async def follow(index: int) -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.bounds.warm_s):
                    await self._warmed.wait()
            await self._ballot(index)

        async def tell() -> None:
            while True:
                await asyncio.sleep(NEWS_S)
                self._report()

        ballots = [asyncio.create_task(one) for one in (warm(), *(follow(index) for index in indexes[1:]))]
        telling = asyncio.create_task(tell())
        try:
            done, _ = await asyncio.wait(ballots, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in (*ballots, telling):
                task.cancel()
            await asyncio.gather(*ballots, telling, return_exceptions=True)

    async def _ballot(self, index: int) -> None:
        """One ballot to its end: the call, and its second chances as far as deadline and cost limit allow."""
        loop = asyncio.get_running_loop()
        wait, ends = 0.0, None

        while (past := _past(self._answers, index)).open:
            if wait:
                await self.sleep(wait)
            async with self._slots:
                ends = ends or loop.time() + self.bounds.deadline_s
                latest = ends - self.bounds.deadline_s * LEAST_LEFT
                if (refusal := self._refusal(index, past.attempts)) is not None:
                    if past.attempts == 0:
                        self._record(Gap(gap="not asked"), refusal)
                    break
                failure = await self._call(index, past.attempts + 1, ends)
            wait = 0.0
            if failure is not None:
                wait = (BACKOFF_S if failure.retry_after is None else failure.retry_after) + self.jitter()
            if (failure is not None and failure.permanent) or loop.time() + wait >= latest:
                break
        self._ended.add(index)
        self._report()

    def _refusal(self, index: int, attempts: int) -> SpoiledBallot | None:
        """Why no further call may begin for this ballot, or None."""
        if self._fatal is not None:
            cause, detail = (
                self._fatal.cause,
                f"Not asked, because an earlier call failed for good: {self._fatal}",
            )
        elif not self.may_spend(tuple(self._answers)):
            cause, detail = "cost limit", "Not asked, because the cost limit of this run was reached."
        else:
            return None
        return SpoiledBallot(index=index, attempt=attempts + 1, cause=cause, detail=detail, unanswered=True)

    async def _call(self, index: int, attempt: int, ends: float) -> ModelFailed | None:
        """One call, recorded. Returns the provider's failure, if it was one."""
        loop = asyncio.get_running_loop()
        call = self._calls[index] = _UnderWay(attempt=attempt, began=loop.time())

        def heard(tokens: int) -> None:
            first = tokens > 0 == call.tokens
            if call.heard_at is None:
                call.heard_at = loop.time()
            call.tokens = max(call.tokens, tokens)
            if first:
                self._report()
                self._warmed.set()

        failure = None
        try:
            async with asyncio.timeout_at(ends):
                reply = await self.model.ask(self.brief, index=index, attempt=attempt, heard=heard)
        except TimeoutError:
            failure = ModelFailed(
                f"No complete answer within {self.bounds.deadline_s:g} seconds.",
                source=self.model.label,
                cause="timeout",
            )
        except ModelFailed as error:
            failure = error
        finally:
            del self._calls[index]
        if failure is None:
            reading = self._mixed(reply, index, attempt) or read_ballot(
                reply, self.brief, index=index, attempt=attempt
            )
            self._record(reply, reading)
            return None
        if failure.permanent:
            self._fatal = self._fatal or failure
        spoiled = SpoiledBallot(
            index=index, attempt=attempt, cause=failure.cause, detail=str(failure), unanswered=True
        )
        partial = failure.partial if isinstance(failure.partial, Reply) else Gap(gap=str(failure))
        self._record(partial, spoiled)
        return failure

    def _mixed(self, reply: Reply, index: int, attempt: int) -> SpoiledBallot | None:
        """The jury's mode and sampling are those of its readable answers; another one is another question."""
        for answer in self._answers:
            if isinstance(answer.reading, Ballot) and isinstance(answer.reply, Reply):
                asked, came = (answer.reply.mode, answer.reply.sampling), (reply.mode, reply.sampling)
                if asked != came:
                    detail = (
                        f"Answered as {came[0]} with {came[1]}, but this jury was asked as {asked[0]} with "
                        f"{asked[1]}."
                    )
                    return SpoiledBallot(index=index, attempt=attempt, cause="mixed modes", detail=detail)
        return None

    def _record(self, reply: Reply | Gap, reading: Ballot | SpoiledBallot) -> None:
        answer = Answer(
            index=reading.index, attempt=reading.attempt, reply=reply, reading=reading, version=BALLOT_VERSION
        )
        self.store(answer)
        self._answers.append(answer)

    def _report(self) -> None:
        spoiled = sum(not _past(self._answers, index).readable for index in self._ended)
        written = [answer.reply.usage.output for answer in self._answers if isinstance(answer.reply, Reply)]
        stored = sum(tokens for tokens in written if not isinstance(tokens, Gap))
        self.progress(
            Step(
                stage=Stage.BALLOTS,
                done=len(self._ended),
                total=self.asked,
                spoiled=spoiled,
                answering=sum(call.tokens > 0 for call in self._calls.values()),
                tokens=stored + sum(call.tokens for call in self._calls.values()),
                asking=_asking(self._calls),
            )
        )


def _asking(calls: Mapping[int, _UnderWay]) -> tuple[Asking, ...]:
    now = asyncio.get_running_loop().time()
    return tuple(
        Asking(
            number=index + 1,
            attempt=call.attempt,
            seconds=now - call.began,
            first_byte_s=NOT_GIVEN if call.heard_at is None else call.heard_at - call.began,
            tokens=call.tokens,
        )
        for index, call in sorted(calls.items())
    )
