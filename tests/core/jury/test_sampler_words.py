"""What the sampler writes down and tells, to the letter and to the number."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.base.gap import NOT_GIVEN, Gap
from core.base.progress import Stage, Step
from core.brief.schema import BALLOT_VERSION
from core.jury import sampler
from core.jury.ballot import Reply, SpoiledBallot
from core.jury.sampler import Bounds
from tests.core.jury.test_sampler import Scripted, Told, busy, dead, reply, run, shape


def details(answers: object) -> list[tuple[str, bool]]:
    assert isinstance(answers, tuple)
    read = [one.reading for one in answers]
    return [(one.detail, one.unanswered) for one in read if isinstance(one, SpoiledBallot)]


async def test_a_timeout_says_how_long_it_was_waited() -> None:
    async def endless(_: Callable[[int], None]) -> Reply:
        await asyncio.sleep(3600)
        return reply()

    answers = await run(Scripted(script={(0, 1): endless}), asked=1, deadline_s=0.04)

    assert details(answers) == [("No complete answer within 0.04 seconds.", True)]
    assert answers[0].reply == Gap(gap="No complete answer within 0.04 seconds.")


async def test_what_was_not_asked_says_why() -> None:
    answers = await run(Scripted(script={(0, 1): dead()}), asked=2, concurrency=1)
    stopped = await run(Scripted(), asked=2, concurrency=1, may_spend=lambda so_far: not so_far)

    assert details(answers) == [
        ("The key is wrong.", True),
        ("Not asked, because an earlier call failed for good: The key is wrong.", True),
    ]
    assert answers[1].reply == Gap(gap="not asked")
    assert answers[1].attempt == 1
    assert details(stopped) == [("Not asked, because the cost limit of this run was reached.", True)]
    assert {one.version for one in (*answers, *stopped)} == {BALLOT_VERSION}


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        ({"mode": "text"},
         "Answered as text with provider default, but this jury was asked as schema with provider default."),
        ({"sampling": "T=0"},
         "Answered as schema with T=0, but this jury was asked as schema with provider default."),
    ],
)  # fmt: skip
async def test_another_mode_or_another_sampling_is_no_vote_of_this_jury(
    changed: dict[str, str], detail: str
) -> None:
    other = replace(reply(), **changed)  # type: ignore[arg-type]

    answers = await run(Scripted(script={(1, 1): other, (1, 2): other}), asked=2, concurrency=1)

    assert details(answers) == [(detail, False)] * 2
    assert [one.reading.index for one in answers] == [0, 1, 1]
    assert [one.reading.attempt for one in answers] == [1, 1, 2]


async def test_the_first_permanent_failure_is_the_one_that_is_named() -> None:
    first, second = dead(), dead()
    second.args = ("Another reason.",)

    async def later(_: Callable[[int], None]) -> Reply:
        for _step in range(5):
            await asyncio.sleep(0)
        raise second

    async def speaking(heard: Callable[[int], None]) -> Reply:
        heard(1)
        for _step in range(2):
            await asyncio.sleep(0)
        raise first

    answers = await run(Scripted(script={(0, 1): speaking, (1, 1): later}), asked=3, concurrency=2)

    assert details(answers)[2][0] == "Not asked, because an earlier call failed for good: The key is wrong."


async def test_each_ballots_second_chance_waits_two_seconds_and_a_jitter_unless_told_otherwise() -> None:
    told = Told()

    await run(Scripted(script={(0, 1): busy(), (1, 1): busy(0.0), (2, 1): busy(1.5)}), told)

    assert sorted(told.slept) == [0.25, 1.75, 2.25]


@pytest.mark.parametrize(("share", "asked_again"), [(0.89, True), (0.91, False)])
async def test_with_less_than_a_tenth_of_the_time_left_nothing_is_asked_again(
    share: float, asked_again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    moment = loop.time()
    clock = [moment]

    async def late(_: Callable[[int], None]) -> Reply:
        clock[0] = moment + 1000 * share
        return reply("no")

    model = Scripted(script={(0, 1): late})
    monkeypatch.setattr(loop, "time", lambda: clock[0])
    answers = await run(model, asked=1, deadline_s=1000.0)

    assert shape(answers) == ([(0, 1, "not json"), (0, 2, "ok")] if asked_again else [(0, 1, "not json")])


async def test_before_anything_is_asked_and_at_the_end_the_whole_step_is_told() -> None:
    told = Told()
    counted = replace(reply(), usage=replace(reply().usage, output=40))

    await run(Scripted(script={(0, 1): counted, (1, 1): reply("no"), (1, 2): reply("no")}), told, asked=2)

    assert told.steps[0] == Step(stage=Stage.BALLOTS, done=0, total=2)
    assert told.steps[-1] == Step(stage=Stage.BALLOTS, done=2, total=2, spoiled=1, tokens=40)
    assert told.steps[0].spent == NOT_GIVEN


async def test_news_comes_every_second_while_nothing_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sampler.NEWS_S == 1.0
    assert Bounds(concurrency=1, deadline_s=1.0).warm_s == 60.0
    monkeypatch.setattr(sampler, "NEWS_S", 0.01)
    told = Told()

    async def silent(_: Callable[[int], None]) -> Reply:
        await asyncio.sleep(0.08)
        return reply()

    await run(Scripted(script={(0, 1): silent}), told, asked=1)

    quiet = [step.asking[0] for step in told.steps if step.asking]
    assert len(quiet) >= 3
    assert [one.seconds for one in quiet] == sorted(one.seconds for one in quiet)
    assert {(one.number, one.attempt, one.tokens, one.first_byte_s) for one in quiet} == {
        (1, 1, 0, NOT_GIVEN)
    }
