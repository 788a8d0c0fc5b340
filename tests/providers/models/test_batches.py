"""Batches: remembered before and after, merged by their ids, cancelled, and asked the standard way where they
fail."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.base.errors import ModelFailed
from core.jury.ballot import Answer, Ballot, Reply, SpoiledBallot
from core.jury.sampler import Bounds, Sitting
from providers.models.batches import FIRST_LOOK_S, LONGEST_LOOK_S, MOST_READS, Batches
from providers.models.registry import build_batches, build_model
from providers.models.stepping import Memory
from tests.core.jury.juries import asked, brief, line, reply_of, written
from tests.providers.models.batch_stub import BatchService, batching, lost, succeeded

WIRES = ("anthropic", "openai")
QUESTION = brief(asked("AAPL", "60"))


class Book:
    """Notes that survive, as those of the ledger do."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def note(self, name: str) -> str | None:
        return self.kept.get(name)

    def write_note(self, name: str, text: str, *, now: datetime) -> None:
        self.kept[name] = text


def text(number: str) -> str:
    return written([line("AAPL", "hold", 60, reasons_for=[f"answer {number}"])], 40)


def good(wire: str, question: dict[str, Any]) -> dict[str, Any] | None:
    number = question["custom_id"].rpartition("-q")[2]
    return succeeded(wire, text(number), number)


class Clock:
    """Time that passes by waiting only."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 10, tzinfo=UTC)
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


def batches_of(
    wire: str, service: BatchService, book: Book, clock: Clock, *, tier: str = "batch"
) -> tuple[Any, Batches]:
    model: Any = build_model(
        f"{wire}:m",
        temperature=None,
        base_url=service.address,
        keys={"MODEL_API_KEY": "k"},
        memory=Memory(),
        tier=tier,
    )
    made = Batches(inner=model.built, label=model.label, notes=book, now=lambda: clock.now, sleep=clock.sleep)
    return model, made


async def run(
    wire: str,
    service: BatchService,
    *,
    book: Book | None = None,
    clock: Clock | None = None,
    ballots: int = 5,
    already: tuple[Answer, ...] = (),
) -> tuple[Answer, ...]:
    model, made = batches_of(wire, service, book or Book(), clock or Clock())
    try:
        return await Sitting(
            model=made.sitting("run-1"),
            brief=QUESTION,
            asked=ballots,
            bounds=Bounds(concurrency=ballots, deadline_s=60.0, warm_s=0.0),
            store=lambda _: None,
            progress=lambda _: None,
            may_spend=lambda _: True,
            jitter=lambda: 0.0,
            sleep=lambda _: asyncio.sleep(0),
            already=already,
        ).answers()
    finally:
        await model.aclose()


def readable(answers: tuple[Answer, ...]) -> list[tuple[int, int, str]]:
    return [
        (one.index, one.attempt, one.reply.tier if isinstance(one.reply, Reply) else cause_of(one))
        for one in answers
    ]


def cause_of(one: Answer) -> str:
    assert isinstance(one.reading, SpoiledBallot)
    return one.reading.cause


@pytest.mark.parametrize("wire", WIRES)
async def test_five_questions_are_one_batch_and_come_back_as_ballots_whatever_their_order(wire: str) -> None:
    with batching(
        good, backwards=True, foreign=[{"custom_id": "other-q0-1", **succeeded(wire, "{}", "x")}]
    ) as service:
        answers = await run(wire, service)

    assert readable(answers) == [(index, 1, "batch") for index in range(5)]
    assert [reply_of(one).text for one in answers] == [text(f"{index}-1") for index in range(5)]
    assert len(service.batches) == 1
    assert service.plain == []
    assert reply_of(answers[0]).usage.input == 2000


@pytest.mark.parametrize("wire", WIRES)
async def test_a_batch_carries_no_stream_and_the_shared_prefix_is_marked_where_marks_are_wanted(
    wire: str,
) -> None:
    with batching(good) as service:
        await run(wire, service)

    asked_ = service.batches[0].questions[0]
    body = asked_["params"] if wire == "anthropic" else asked_["body"]
    assert not {"stream", "stream_options"} & set(body)
    assert ("cache_control" in str(body)) == (wire == "anthropic")
    assert len({json.dumps(one.get("params") or one["body"]) for one in service.batches[0].questions}) == 1
    assert "json_schema" in str(body)


@pytest.mark.parametrize("wire", WIRES)
async def test_news_is_asked_for_ever_less_often(wire: str) -> None:
    clock = Clock()
    with batching(good, looks=9) as service:
        await run(wire, service, clock=clock)

    assert clock.waits[0] == FIRST_LOOK_S
    assert clock.waits == sorted(clock.waits)
    assert clock.waits[-1] == LONGEST_LOOK_S
    assert len(clock.waits) == 10


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("kind", ["expired", "canceled", "refused", "missing"])
async def test_what_a_batch_does_not_answer_is_asked_once_more_in_the_standard_way(
    wire: str, kind: str
) -> None:
    def half(wire: str, question: dict[str, Any]) -> dict[str, Any] | None:
        number = question["custom_id"].rpartition("-q")[2]
        if number in {"1-1", "3-1"}:
            return None if kind == "missing" else lost(wire, kind)
        return succeeded(wire, text(number), number + str(len(service.plain)))

    with batching(half) as service:
        answers = await run(wire, service)

    last = {one.index: one for one in answers}
    assert all(isinstance(one.reading, Ballot) for one in last.values())
    assert [reply_of(last[index]).tier for index in range(5)] == [
        "batch",
        "standard",
        "batch",
        "standard",
        "batch",
    ]
    assert [last[index].attempt for index in range(5)] == [1, 2, 1, 2, 1]
    assert len(service.plain) == 2
    assert len(service.batches) == 1


@pytest.mark.parametrize("wire", WIRES)
async def test_lines_that_are_no_results_are_passed_over_and_results_that_are_never_readable_are_given_up(
    wire: str,
) -> None:
    with batching(good, spoil=b'{"custom_id": \n[1]\n\n') as service:
        answers = await run(wire, service)
    assert readable(answers) == [(index, 1, "batch") for index in range(5)]

    clock = Clock()
    with batching(good, unreadable=True) as service:
        answers = await run(wire, service, clock=clock)

    last = {one.index: one for one in answers}
    assert [reply_of(last[index]).tier for index in range(5)] == ["standard"] * 5
    assert len(clock.waits) <= 2 + MOST_READS + 1


@pytest.mark.parametrize("wire", WIRES)
async def test_another_process_goes_on_with_a_batch_and_hands_nothing_in_twice(wire: str) -> None:
    book = Book()
    with batching(good, looks=10**9) as service:
        model, made = batches_of(wire, service, book, Clock())
        sitting = made.sitting("run-1")
        asking = [
            asyncio.create_task(sitting.ask(QUESTION, index=index, attempt=1, heard=lambda _: None))
            for index in range(3)
        ]
        while not service.batches or service.batches[0].looks < 2:
            await asyncio.sleep(0.01)
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await model.aclose()

        service.looks = 0
        answers = await run(wire, service, book=book, ballots=3)

    assert readable(answers) == [(index, 1, "batch") for index in range(3)]
    assert len(service.batches) == 1


@pytest.mark.parametrize("wire", WIRES)
async def test_a_batch_whose_id_was_lost_is_found_again(wire: str) -> None:
    book, kept = Book(), {}
    with batching(good, created_at="2026-11-28T10:00:30Z") as service:
        await run(wire, service, book=book, ballots=3)
        kept = dict(book.kept)
        # As it stood on disk when the program ended before the service's answer came.
        book.kept["batch:run-1"] = (
            kept["batch:run-1"].replace(service.batches[0].id, "").replace("true", "false")
        )
        answers = await run(wire, service, book=book, ballots=3)

    assert readable(answers) == [(index, 1, "batch") for index in range(3)]
    assert len(service.batches) == 1


@pytest.mark.parametrize("wire", WIRES)
async def test_a_batch_that_never_reached_the_service_is_handed_in_anew(wire: str) -> None:
    book = Book()
    book.kept["batch:run-1"] = (
        '[{"nonce": "n", "questions": ["q0-1", "q1-1", "q2-1"], "since": 1.0, "id": "", "ended": false}]'
    )

    with batching(good) as service:
        answers = await run(wire, service, book=book, ballots=3)

    assert readable(answers) == [(index, 1, "batch") for index in range(3)]
    assert len(service.batches) == 1


async def test_a_lost_batch_that_cannot_be_told_from_another_is_asked_in_the_standard_way() -> None:
    book = Book()
    with batching(good, created_at="2026-11-28T10:00:30Z") as service:
        for other in ("run-2", "run-3"):
            model, made = batches_of("anthropic", service, Book(), Clock())
            await made.sitting(other).ask(QUESTION, index=0, attempt=1, heard=lambda _: None)
            await model.aclose()
        since = datetime(2026, 11, 28, 10, tzinfo=UTC).timestamp()
        book.kept["batch:run-1"] = (
            f'[{{"nonce": "n", "questions": ["q0-1"], "since": {since}, "id": "", "ended": false}}]'
        )
        model, made = batches_of("anthropic", service, book, Clock())
        with pytest.raises(ModelFailed, match="cannot be told from another batch") as caught:
            await made.sitting("run-1").ask(QUESTION, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert caught.value.permanent is False


@pytest.mark.parametrize("wire", WIRES)
async def test_giving_up_cancels_at_the_service_and_a_silent_service_is_no_error(wire: str) -> None:
    book = Book()
    with batching(good) as service:
        await run(wire, service, book=book)
        book.kept["batch:run-1"] = book.kept["batch:run-1"].replace("true", "false")
        model, made = batches_of(wire, service, book, Clock())
        await made.give_up("run-1")
        await made.give_up("another run")
        await model.aclose()
    silent, gone = batches_of(wire, service, book, Clock())
    await gone.give_up("run-1")
    await silent.aclose()

    assert service.batches[0].cancelled


@pytest.mark.parametrize("wire", WIRES)
async def test_a_service_that_is_down_while_a_batch_runs_is_asked_again_later(wire: str) -> None:
    with batching(good, unavailable=3) as service:
        answers = await run(wire, service, ballots=3)

    assert [one.reading.cause for one in answers if isinstance(one.reading, SpoiledBallot)].count(
        "bad_key"
    ) == 0
    assert len(service.batches) == 1


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize(
    ("status", "said", "permanent"),
    [
        (401, "invalid x-api-key", True),
        (404, "batches are not offered here", False),
        (429, "slow down", False),
    ],
)
async def test_a_refused_batch_is_final_only_where_the_standard_way_would_fail_too(
    wire: str, status: int, said: str, permanent: bool
) -> None:
    with batching(good, refuse=(status, {"error": {"message": said}})) as service:
        model, made = batches_of(wire, service, Book(), Clock())
        with pytest.raises(ModelFailed) as caught:
            await made.sitting("r").ask(QUESTION, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert caught.value.permanent is permanent
    assert made.remembered("r") == []


@pytest.mark.parametrize("wire", WIRES)
async def test_a_batch_that_is_not_answered_within_a_day_is_given_up(wire: str) -> None:
    clock = Clock()
    with batching(good, looks=10**9) as service:
        model, made = batches_of(wire, service, Book(), clock)
        sitting = made.sitting("r")
        sitting._pause = LONGEST_LOOK_S
        with pytest.raises(ModelFailed, match="not answered within a day"):
            await sitting.ask(QUESTION, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert service.batches[0].cancelled
    assert sum(clock.waits) > 25 * 3600


def test_only_the_batch_class_makes_batches() -> None:
    def made(model: str, tier: str) -> Any:
        built = build_model(
            model, temperature=None, base_url=None, keys={"MODEL_API_KEY": "k"}, memory=Memory(), tier=tier
        )
        return build_batches(built, Book())

    assert isinstance(made("anthropic:m", "batch"), Batches)
    assert not isinstance(made("anthropic:m", "standard"), Batches)
    assert not isinstance(made("rehearsal", "standard"), Batches)
