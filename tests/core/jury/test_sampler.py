"""The sampler: one brief asked N times; every outcome is an answer, and the first ballot warms the cache for
the rest."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest

from core.base.errors import LedgerFailed, ModelFailed
from core.base.gap import Gap
from core.base.progress import Step
from core.brief.model import AskedName, Brief
from core.jury import sampler
from core.jury.ballot import Answer, Ballot, Finish, Reply, SpoiledBallot, Usage
from core.jury.sampler import Bounds, Sitting

UNSAID = Gap(gap="not said")
GOOD = (
    '{"names": [{"ticker": "AAPL", "facts": [], "reasons_against": [], "reasons_for": [], "stance": "hold", '
    '"target_weight": 60}], "cash_target_weight": 40}'
)
BRIEF = Brief(
    system="s",
    user="u",
    schema="{}",
    digest="d",
    principles_digest="p",
    names=(AskedName(ticker="AAPL", held=True, weight=Decimal(60), fact_ids=()),),
    cash_weight=Decimal(40),
)


def reply(text: str = GOOD, *, finish: Finish = Finish.NATURAL, mode: str = "schema") -> Reply:
    return Reply(
        text=text,
        finish=finish,
        finish_raw=finish.value,
        usage=Usage(input=UNSAID, cached_read=UNSAID, cache_write=UNSAID, output=UNSAID, reasoning=UNSAID),
        response_id=UNSAID,
        model="m",
        sampling="provider default",
        mode=mode,
        first_token_s=0.0,
        seconds=0.0,
    )


def busy(retry_after: float | None = None, *, partial: object = None) -> ModelFailed:
    return ModelFailed(
        "It is busy.", source="m", cause="overloaded", retry_after=retry_after, partial=partial
    )


def dead() -> ModelFailed:
    return ModelFailed("The key is wrong.", source="m", cause="bad_key", permanent=True)


@dataclass
class Scripted:
    """A `ChatModel` that does what is written for (index, attempt): a reply, an error to raise, or a
    coroutine."""

    script: dict[tuple[int, int], Any] = field(default_factory=dict)
    label: str = "scripted:m"
    rehearsal: bool = False
    calls: list[tuple[int, int]] = field(default_factory=list)
    now: int = 0
    most: int = 0

    async def ask(self, brief: Brief, *, index: int, attempt: int, heard: Callable[[int], None]) -> Reply:
        self.calls.append((index, attempt))
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(0)
            what = self.script.get((index, attempt), reply())
            if isinstance(what, ModelFailed):
                raise what
            if callable(what):
                said: Reply = await what(heard)
                return said
            heard(1)
            await asyncio.sleep(0)
            assert isinstance(what, Reply)
            return what
        finally:
            self.now -= 1

    async def aclose(self) -> None:
        """Nothing is open."""


@dataclass
class Told:
    """What the sampler told its surroundings."""

    stored: list[Answer] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


async def run(
    model: Scripted,
    told: Told | None = None,
    *,
    asked: int = 3,
    concurrency: int = 8,
    deadline_s: float = 60.0,
    warm_s: float = 60.0,
    may_spend: Callable[[tuple[Answer, ...]], bool] = lambda _: True,
    already: tuple[Answer, ...] = (),
    store: Callable[[Answer], None] | None = None,
) -> tuple[Answer, ...]:
    told = told or Told()
    return await Sitting(
        model=model,
        brief=BRIEF,
        asked=asked,
        bounds=Bounds(concurrency=concurrency, deadline_s=deadline_s, warm_s=warm_s),
        store=store or told.stored.append,
        progress=told.steps.append,
        may_spend=may_spend,
        jitter=lambda: 0.25,
        sleep=told.sleep,
        already=already,
    ).answers()


def shape(answers: tuple[Answer, ...]) -> list[tuple[int, int, str]]:
    return [
        (a.index, a.attempt, a.reading.cause if isinstance(a.reading, SpoiledBallot) else "ok")
        for a in answers
    ]


async def test_five_ballots_come_back_in_order_and_were_stored_one_by_one() -> None:
    told = Told()
    model = Scripted()

    answers = await run(model, told, asked=5)

    assert shape(answers) == [(n, 1, "ok") for n in range(5)]
    assert sorted(answer.index for answer in told.stored) == [0, 1, 2, 3, 4]
    assert sorted({step.done for step in told.steps}) == [0, 1, 2, 3, 4, 5]
    assert max(step.answering for step in told.steps) == 4
    assert {step.total for step in told.steps} == {5}


async def test_a_waiting_person_is_told_every_moment_which_ballot_is_silent_and_how_far_the_others_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sampler, "NEWS_S", 0.01)
    told, model = Told(), Scripted()

    async def writing(heard: Callable[[int], None]) -> Reply:
        await asyncio.sleep(0.03)
        heard(0)
        await asyncio.sleep(0.03)
        heard(7)
        await asyncio.sleep(0.03)
        heard(3)
        return reply()

    model.script = {(0, 1): busy(), (0, 2): writing, (1, 1): writing}
    await run(model, told, asked=2, concurrency=1)

    of_first = [one for step in told.steps for one in step.asking if (one.number, one.attempt) == (1, 2)]
    assert {one.number for step in told.steps for one in step.asking} == {1, 2}
    assert all(len(step.asking) <= 1 for step in told.steps)
    silent = [one for one in of_first if isinstance(one.first_byte_s, Gap)]
    heard = [one.first_byte_s for one in of_first if not isinstance(one.first_byte_s, Gap)]
    assert silent
    assert max(one.seconds for one in silent) > 0.01
    assert len(set(heard)) == 1
    assert 0.02 < heard[0] < 0.06 < max(one.seconds for one in of_first)
    assert {one.tokens for one in of_first} == {0, 7}
    assert {step.answering for step in told.steps} == {0, 1}
    assert max(step.tokens for step in told.steps) == 7
    assert told.steps[-1].asking == ()


async def test_the_others_start_at_the_first_token_of_the_first_and_not_before() -> None:
    model = Scripted()
    seen: list[int] = []

    async def slow(heard: Callable[[int], None]) -> Reply:
        for _ in range(20):
            await asyncio.sleep(0)
        seen.append(len(model.calls))
        heard(1)
        for _ in range(20):
            await asyncio.sleep(0)
        seen.append(len(model.calls))
        return reply()

    model.script[(0, 1)] = slow
    await run(model, asked=4)

    assert seen == [1, 4]


async def test_after_a_stated_wait_the_others_start_without_the_first_ones_token() -> None:
    model = Scripted()
    seen: list[int] = []

    async def silent(_: Callable[[], None]) -> Reply:
        while len(model.calls) < 4:
            await asyncio.sleep(0.01)
        seen.append(len(model.calls))
        return reply()

    model.script[(0, 1)] = silent
    answers = await run(model, asked=4, warm_s=0.02)

    assert seen == [4]
    assert shape(answers) == [(n, 1, "ok") for n in range(4)]


async def test_no_more_than_the_set_number_run_at_once() -> None:
    model = Scripted()

    answers = await run(model, asked=9, concurrency=3)

    assert model.most == 3
    assert len(answers) == 9


async def test_a_truncated_ballot_is_asked_again_once_and_both_outcomes_are_kept() -> None:
    told = Told()
    model = Scripted(script={(1, 1): reply("{", finish=Finish.LENGTH)})

    answers = await run(model, told)

    assert shape(answers) == [(0, 1, "ok"), (1, 1, "truncated"), (1, 2, "ok"), (2, 1, "ok")]
    assert told.slept == []
    assert told.steps[-1].spoiled == 0


async def test_a_ballot_that_stays_unreadable_is_asked_twice_and_not_more() -> None:
    told = Told()
    model = Scripted(script={(1, 1): reply("no"), (1, 2): reply("no"), (1, 3): reply()})

    answers = await run(model, told)

    assert shape(answers)[1:3] == [(1, 1, "not json"), (1, 2, "not json")]
    assert len(model.calls) == 4
    assert told.steps[-1].spoiled == 1


async def test_a_provider_failure_is_tried_again_once_after_the_wait_it_asked_for() -> None:
    told = Told()
    model = Scripted(script={(0, 1): busy(7.0), (2, 1): busy(), (2, 2): busy()})

    answers = await run(model, told)

    assert shape(answers) == [
        (0, 1, "overloaded"),
        (0, 2, "ok"),
        (1, 1, "ok"),
        (2, 1, "overloaded"),
        (2, 2, "overloaded"),
    ]
    assert told.slept == [7.25, 2.25]
    assert isinstance(answers[0].reply, Gap)


async def test_a_failure_and_an_unreadable_answer_each_have_their_own_second_chance() -> None:
    model = Scripted(script={(0, 1): busy(), (0, 2): reply("no"), (0, 3): reply()})

    answers = await run(model, asked=3)

    assert shape(answers)[:3] == [(0, 1, "overloaded"), (0, 2, "not json"), (0, 3, "ok")]


async def test_a_wait_beyond_the_deadline_is_not_waited_for() -> None:
    told = Told()
    model = Scripted(script={(1, 1): busy(3600.0)})

    answers = await run(model, told, deadline_s=30.0)

    assert shape(answers)[1] == (1, 1, "overloaded")
    assert told.slept == []


async def test_a_failure_near_the_deadline_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    began, passed = loop.time(), [0.0]

    async def late(heard: Callable[[int], None]) -> Reply:
        heard(1)
        passed[0] = 950.0
        raise busy(0.0)

    monkeypatch.setattr(loop, "time", lambda: began + passed[0])
    answers = await run(Scripted(script={(0, 1): late}), asked=1, deadline_s=1000.0)

    assert shape(answers) == [(0, 1, "overloaded")]


async def test_an_answer_that_does_not_end_in_time_is_spoiled_and_the_others_count() -> None:
    async def endless(heard: Callable[[int], None]) -> Reply:
        heard(1)
        await asyncio.sleep(3600)
        return reply()

    answers = await run(Scripted(script={(0, 1): endless}), deadline_s=0.05)

    assert shape(answers) == [(0, 1, "timeout"), (1, 1, "ok"), (2, 1, "ok")]


async def test_a_permanent_failure_begins_no_further_call() -> None:
    told = Told()
    model = Scripted(script={(1, 1): dead()})

    answers = await run(model, told, asked=5, concurrency=1)

    assert model.calls == [(0, 1), (1, 1)]
    assert shape(answers) == [(0, 1, "ok"), *((n, 1, "bad_key") for n in range(1, 5))]
    assert isinstance(answers[4].reading, SpoiledBallot)
    assert answers[4].reading.detail.startswith("Not asked, because an earlier call failed for good")
    assert told.steps[-1].spoiled == 4


async def test_a_wrong_key_on_the_first_ballot_costs_one_call() -> None:
    model = Scripted(script={(0, 1): dead()})

    answers = await run(model, asked=31)

    assert model.calls == [(0, 1)]
    assert len(answers) == 31


async def test_a_second_chance_is_not_taken_after_another_ballot_failed_for_good() -> None:
    async def spoiled_late(heard: Callable[[int], None]) -> Reply:
        heard(1)
        for _ in range(30):
            await asyncio.sleep(0)
        return reply("no")

    model = Scripted(script={(0, 1): spoiled_late, (1, 1): dead(), (2, 1): dead()})

    answers = await run(model)

    assert shape(answers) == [(0, 1, "not json"), (1, 1, "bad_key"), (2, 1, "bad_key")]


async def test_beyond_the_cost_limit_nothing_more_is_asked() -> None:
    model = Scripted(script={(0, 1): reply("no")})

    answers = await run(model, may_spend=lambda so_far: not so_far)

    assert (0, 2) not in model.calls
    assert shape(answers)[0] == (0, 1, "not json")


async def test_ballots_never_begun_for_cost_are_spoiled_with_that_cause() -> None:
    answers = await run(Scripted(), concurrency=1, may_spend=lambda so_far: len(so_far) < 1)

    assert shape(answers) == [(0, 1, "ok"), (1, 1, "cost limit"), (2, 1, "cost limit")]


async def test_a_resumed_jury_asks_only_for_what_is_missing() -> None:
    first = await run(Scripted(script={(1, 1): reply("no"), (1, 2): reply("no"), (2, 1): reply("no")}))
    stored = tuple(answer for answer in first if (answer.index, answer.attempt) != (2, 2))
    model = Scripted()

    answers = await run(model, asked=4, already=stored)

    assert model.calls == [(2, 2), (3, 1)]
    assert shape(answers) == [
        (0, 1, "ok"),
        (1, 1, "not json"),
        (1, 2, "not json"),
        (2, 1, "not json"),
        (2, 2, "ok"),
        (3, 1, "ok"),
    ]


async def test_a_complete_jury_is_not_asked_again() -> None:
    first = await run(Scripted())
    model, told = Scripted(), Told()

    answers = await run(model, told, already=first)

    assert model.calls == []
    assert answers == first
    assert [step.done for step in told.steps] == [3]


async def test_an_answer_in_another_mode_than_its_jury_is_spoiled() -> None:
    model = Scripted(script={(2, 1): reply(mode="text"), (2, 2): reply(mode="text")})

    answers = await run(model)

    assert shape(answers)[2:] == [(2, 1, "mixed modes"), (2, 2, "mixed modes")]


async def test_an_unreadable_answer_sets_no_mode_for_the_jury() -> None:
    model = Scripted(script={(0, 1): reply("no", mode="text")})

    answers = await run(model)

    assert shape(answers) == [(0, 1, "not json"), (0, 2, "ok"), (1, 1, "ok"), (2, 1, "ok")]


async def test_what_arrived_before_a_stream_broke_is_kept_with_its_usage() -> None:
    part = replace(reply('{"na'), usage=replace(reply().usage, input=2000))
    model = Scripted(script={(1, 1): busy(partial=part)})

    answers = await run(model)

    assert answers[1].reply == part
    assert shape(answers)[1:3] == [(1, 1, "overloaded"), (1, 2, "ok")]


async def test_a_cancelled_jury_stops_every_call_and_keeps_what_was_stored() -> None:
    ended: list[str] = []

    async def held(heard: Callable[[int], None]) -> Reply:
        heard(1)
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append("cancelled")
        return reply()

    told = Told()
    task = asyncio.create_task(run(Scripted(script={(1, 1): held, (2, 1): held}), told))
    for _ in range(40):
        await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["cancelled", "cancelled"]
    assert shape(tuple(told.stored)) == [(0, 1, "ok")]


async def test_a_ledger_that_cannot_remember_ends_the_jury() -> None:
    def full(answer: Answer) -> None:
        raise LedgerFailed("The disk is full.")

    model = Scripted()

    with pytest.raises(LedgerFailed):
        await run(model, store=full)
    assert len(model.calls) <= 3


async def test_readings_are_ballots_of_this_brief() -> None:
    answers = await run(Scripted())

    assert all(isinstance(answer.reading, Ballot) for answer in answers)
    assert isinstance(answers[2].reading, Ballot)
    assert answers[2].reading.raw_sum == 100
