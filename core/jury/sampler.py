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
from collections.abc import Awaitable, Callable, Mapping
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
    """A call that is being answered. Moments by the event loop's clock; `heard_at` None while it is silent."""

    attempt: int
    began: float
    heard_at: float | None = None
    tokens: int = 0


@dataclass(slots=True, kw_only=True)
class _Sitting:
    """One jury while it sits."""

    model: ChatModel
    brief: Brief
    asked: int
    bounds: Bounds
    store: Callable[[Answer], None]
    progress: Sink
    may_spend: Callable[[tuple[Answer, ...]], bool]
    sleep: Callable[[float], Awaitable[object]]
    jitter: Callable[[], float]
    answers: list[Answer]
    slots: asyncio.Semaphore
    ended: set[int] = field(default_factory=set)
    calls: dict[int, _UnderWay] = field(default_factory=dict)
    fatal: ModelFailed | None = None


async def sample(
    model: ChatModel,
    brief: Brief,
    *,
    asked: int,
    bounds: Bounds,
    store: Callable[[Answer], None],
    progress: Sink,
    may_spend: Callable[[tuple[Answer, ...]], bool],
    jitter: Callable[[], float],
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    already: tuple[Answer, ...] = (),
) -> tuple[Answer, ...]:
    """All answers, ordered by index, then attempt; the last attempt of an index counts.

    `store` is called for each answer as it arrives, before anything else happens with it; what it raises ends
    the jury. `may_spend` is asked with all answers so far before every call. `jitter` gives seconds in [0,
    1). `already` are stored answers of an interrupted jury: only what is missing is asked. Cancelling it
    cancels every call under way; what was stored stays stored.
    """
    sitting = _Sitting(
        model=model,
        brief=brief,
        asked=asked,
        bounds=bounds,
        store=store,
        progress=progress,
        may_spend=may_spend,
        sleep=sleep,
        jitter=jitter,
        answers=list(already),
        slots=asyncio.Semaphore(bounds.concurrency),
    )
    sitting.ended.update(index for index in range(asked) if not _chances(already, index).any)
    open_indexes = [index for index in range(asked) if index not in sitting.ended]
    _report(sitting)
    if open_indexes:
        await _sit(sitting, open_indexes)
    return tuple(sorted(sitting.answers, key=lambda answer: (answer.index, answer.attempt)))


async def _sit(sitting: _Sitting, indexes: list[int]) -> None:
    """Runs the open ballots to their ends; the first warms the cache for the rest."""
    begun = asyncio.Event()

    async def warm() -> None:
        await _ballot(sitting, indexes[0], begun.set)
        begun.set()

    async def follow(index: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(sitting.bounds.warm_s):
                await begun.wait()
        await _ballot(sitting, index, _ignore)

    async def told() -> None:
        while True:
            await asyncio.sleep(NEWS_S)
            _report(sitting)

    tasks = [asyncio.create_task(warm()), *(asyncio.create_task(follow(index)) for index in indexes[1:])]
    telling = asyncio.create_task(told())
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        for task in (*tasks, telling):
            task.cancel()
        await asyncio.gather(*tasks, telling, return_exceptions=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chances:
    """What a ballot may still do: `retry` after a provider's failure, `again` after a spoiled answer."""

    attempts: int
    readable: bool
    retry: bool
    again: bool

    @property
    def any(self) -> bool:
        return not self.readable and (self.attempts == 0 or self.retry or self.again)


def _chances(answers: tuple[Answer, ...] | list[Answer], index: int) -> _Chances:
    """Second chances follow from the stored answers alone, so a resumed jury goes on where it was
    interrupted."""
    mine = [answer for answer in answers if answer.index == index]
    last = max(mine, key=lambda answer: answer.attempt, default=None)
    failures = [answer for answer in mine if _failed(answer)]
    spoiled = [answer for answer in mine if isinstance(answer.reading, SpoiledBallot) and not _failed(answer)]
    return _Chances(
        attempts=0 if last is None else last.attempt,
        readable=last is not None and isinstance(last.reading, Ballot),
        retry=last is not None and _failed(last) and len(failures) == 1,
        again=last is not None and last in spoiled and len(spoiled) == 1,
    )


def _failed(answer: Answer) -> bool:
    """Whether the provider failed, as against answering something unreadable."""
    return isinstance(answer.reading, SpoiledBallot) and answer.reading.unanswered


async def _ballot(sitting: _Sitting, index: int, on_first_token: Callable[[], None]) -> None:
    """One ballot to its end: the call, and its second chances as far as deadline and cost limit allow."""
    loop = asyncio.get_running_loop()
    wait, ends = 0.0, None

    while (chances := _chances(sitting.answers, index)).any:
        if wait:
            await sitting.sleep(wait)
        async with sitting.slots:
            ends = ends or loop.time() + sitting.bounds.deadline_s
            latest = ends - sitting.bounds.deadline_s * LEAST_LEFT
            if (refusal := _refusal(sitting, index, chances.attempts)) is not None:
                if chances.attempts == 0:
                    _record(sitting, _answer(index, 1, Gap(gap="not asked"), refusal))
                break
            failure = await _call(sitting, index, chances.attempts + 1, ends, on_first_token)
        wait = 0.0
        if failure is not None:
            wait = (BACKOFF_S if failure.retry_after is None else failure.retry_after) + sitting.jitter()
        if (failure is not None and failure.permanent) or loop.time() + wait >= latest:
            break
    sitting.ended.add(index)
    _report(sitting)


def _refusal(sitting: _Sitting, index: int, attempts: int) -> SpoiledBallot | None:
    """Why no further call may begin for this ballot, or None."""
    if sitting.fatal is not None:
        cause, detail = (
            sitting.fatal.cause,
            f"Not asked, because an earlier call failed for good: {sitting.fatal}",
        )
    elif not sitting.may_spend(tuple(sitting.answers)):
        cause, detail = "cost limit", "Not asked, because the cost limit of this run was reached."
    else:
        return None
    return SpoiledBallot(index=index, attempt=attempts + 1, cause=cause, detail=detail, unanswered=True)


async def _call(
    sitting: _Sitting, index: int, attempt: int, ends: float, on_first_token: Callable[[], None]
) -> ModelFailed | None:
    """One call, recorded. Returns the provider's failure, if it was one."""
    loop = asyncio.get_running_loop()
    call = sitting.calls[index] = _UnderWay(attempt=attempt, began=loop.time())

    def heard(tokens: int) -> None:
        first = tokens > 0 == call.tokens
        if call.heard_at is None:
            call.heard_at = loop.time()
        call.tokens = max(call.tokens, tokens)
        if first:
            _report(sitting)
            on_first_token()

    failure = None
    try:
        async with asyncio.timeout_at(ends):
            reply = await sitting.model.ask(sitting.brief, index=index, attempt=attempt, heard=heard)
    except TimeoutError:
        failure = ModelFailed(
            f"No complete answer within {sitting.bounds.deadline_s:g} seconds.",
            source=sitting.model.label,
            cause="timeout",
        )
    except ModelFailed as error:
        failure = error
    finally:
        del sitting.calls[index]
    if failure is None:
        reading = _mixed(sitting, reply, index, attempt) or read_ballot(
            reply, sitting.brief, index=index, attempt=attempt
        )
        _record(sitting, _answer(index, attempt, reply, reading))
        return None
    if failure.permanent:
        sitting.fatal = sitting.fatal or failure
    spoiled = SpoiledBallot(
        index=index, attempt=attempt, cause=failure.cause, detail=str(failure), unanswered=True
    )
    partial = failure.partial if isinstance(failure.partial, Reply) else Gap(gap=str(failure))
    _record(sitting, _answer(index, attempt, partial, spoiled))
    return failure


def _mixed(sitting: _Sitting, reply: Reply, index: int, attempt: int) -> SpoiledBallot | None:
    """The jury's mode and sampling are those of its readable answers so far; another one is not the same
    question."""
    for answer in sitting.answers:
        if isinstance(answer.reading, Ballot) and isinstance(answer.reply, Reply):
            asked, came = (answer.reply.mode, answer.reply.sampling), (reply.mode, reply.sampling)
            if asked != came:
                detail = (
                    f"Answered as {came[0]} with {came[1]}, but this jury was asked as {asked[0]} with "
                    f"{asked[1]}."
                )
                return SpoiledBallot(index=index, attempt=attempt, cause="mixed modes", detail=detail)
    return None


def _answer(index: int, attempt: int, reply: Reply | Gap, reading: Ballot | SpoiledBallot) -> Answer:
    return Answer(index=index, attempt=attempt, reply=reply, reading=reading, version=BALLOT_VERSION)


def _record(sitting: _Sitting, answer: Answer) -> None:
    sitting.store(answer)
    sitting.answers.append(answer)


def _report(sitting: _Sitting) -> None:
    spoiled = sum(not _chances(sitting.answers, index).readable for index in sitting.ended)
    written = [answer.reply.usage.output for answer in sitting.answers if isinstance(answer.reply, Reply)]
    stored = sum(tokens for tokens in written if not isinstance(tokens, Gap))
    sitting.progress(
        Step(
            stage=Stage.BALLOTS,
            done=len(sitting.ended),
            total=sitting.asked,
            spoiled=spoiled,
            answering=sum(call.tokens > 0 for call in sitting.calls.values()),
            tokens=stored + sum(call.tokens for call in sitting.calls.values()),
            asking=_asking(sitting.calls),
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


def _ignore() -> None:
    """Only the first ballot's first token starts anything."""
