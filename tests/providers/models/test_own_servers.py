"""A server of one's own: one answer at a time, patient with its queue, asked only what can fit, and never
billed."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from core.base.errors import BadRequest, ModelFailed
from core.brief.model import AskedName, Brief
from core.jury.ballot import Answer, Reply, SpoiledBallot
from core.jury.sampler import Bounds, Sitting
from providers.models import openai
from providers.models.registry import build_model, check_model, pace_of
from providers.models.services import BY_NAME, SERVICES, Pace, Target
from providers.models.stepping import Memory
from tests.contracts.test_models import BRIEF, error_body
from tests.providers.models.model_stub import Asked, Served, as_json, openai_stream, serving

OWN = ("ollama", "llamacpp", "vllm", "lmstudio", "openai-compatible")


def own(name: str, address: str, pace: Pace) -> Any:
    target = Target(service=BY_NAME[name], model="m", address=f"{address}/v1", temperature=None, secret="")
    return openai.build(target, Memory(), pace)


async def ask(
    name: str,
    script: Any,
    *,
    pages: dict[str, Any] | None = None,
    pace: Pace | None = None,
    brief: Brief = BRIEF,
) -> tuple[Reply, list[Asked]]:
    async with serving(script) as service:
        service.pages.update(pages or {})
        model = own(name, service.address, pace or Pace())
        try:
            return await model.ask(brief, index=0, attempt=1, heard=lambda _: None), service.asked
        finally:
            await model.aclose()


@pytest.mark.parametrize(
    ("model", "base_url", "at_once"),
    [
        ("llamacpp:m", None, 1),
        ("ollama:m", "http://192.168.1.9:11434", 1),
        ("vllm:m", "http://gpu:8000", 1),
        ("vllm:m", "https://cluster.example.com", 8),
        ("openai-compatible:m", "http://127.0.0.1:1", 1),
        ("openai-compatible:m", "https://api.example.com", 8),
        ("anthropic:m", None, 8),
        ("openai:m", "http://127.0.0.1:4000", 8),
    ],
)
def test_a_program_of_ones_own_is_asked_one_ballot_at_a_time(
    model: str, base_url: str | None, at_once: int
) -> None:
    pace = pace_of(model, base_url, deadline_s=100.0)

    assert pace.concurrency == at_once
    assert pace.whole_s == (200.0 if at_once == 1 else 100.0)
    assert pace_of(model, base_url, concurrency=3).concurrency == 3


async def test_the_clock_of_an_answer_begins_with_its_first_byte_where_a_server_keeps_a_queue() -> None:
    def script(_: Asked) -> Served:
        served = openai_stream("{}")
        return Served(pieces=[0.35, served.pieces[0], 0.1, *served.pieces[1:]])

    reply, _ = await ask("llamacpp", script, pace=Pace(concurrency=1, deadline_s=0.3, queue_s=0.6))

    assert reply.text == "{}"
    assert reply.seconds > 0.4
    with pytest.raises(ModelFailed, match=r"no complete answer within 0\.3 seconds"):
        await ask("openai", script, pace=Pace(deadline_s=0.3))


async def test_an_answer_that_goes_on_past_its_time_ends_although_it_was_served_late() -> None:
    def script(_: Asked) -> Served:
        served = openai_stream("x" * 400)
        return Served(pieces=[0.2, served.pieces[0], 0.6, *served.pieces[1:]])

    with pytest.raises(ModelFailed, match=r"no complete answer within 0\.3 seconds") as caught:
        await ask("llamacpp", script, pace=Pace(concurrency=1, deadline_s=0.3, queue_s=5.0))

    assert caught.value.cause == "timeout"


async def test_a_server_that_never_begins_is_said_to_have_begun_nothing() -> None:
    with pytest.raises(ModelFailed, match=r"began no answer within 0\.2 seconds"):
        await ask("vllm", lambda _: Served(pieces=[5.0]), pace=Pace(deadline_s=0.1, queue_s=0.1))


async def test_progress_of_reading_the_question_is_a_sign_of_life_and_no_answer() -> None:
    served = openai_stream("{}")
    progress = b'data: {"id":"c","choices":[],"prompt_progress":{"total":9000,"processed":512}}\n\n'

    reply, asked = await ask("llamacpp", lambda _: Served(pieces=[progress, 0.1, *served.pieces]))

    assert asked[0].body["return_progress"] is True
    assert (reply.text, reply.first_token_s >= 0.1) == ("{}", True)


LONG = Brief(
    system="s",
    user="word " * 4_000,
    schema="{}",
    digest="long",
    principles_digest="p",
    names=tuple(AskedName(ticker=f"N{n}", held=True, weight=0, fact_ids=()) for n in range(20)),  # type: ignore[arg-type]
    cash_weight=BRIEF.cash_weight,
)
PROPS = {"/props": {"default_generation_settings": {"n_ctx": 4096}}}


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("llamacpp", PROPS),
        ("openai-compatible", PROPS),
        ("vllm", {"/v1/models": {"data": [{"id": "m", "max_model_len": 4096}]}}),
        ("lmstudio", {"/api/v0/models": {"data": [{"loaded_context_length": 4096}]}}),
        ("ollama", {"/api/ps": {"models": [{"context_length": 4096}]}}),
    ],
)
async def test_a_question_that_cannot_fit_is_refused_before_anyone_works_on_it(
    name: str, pages: dict[str, Any]
) -> None:
    async with serving(lambda _: openai_stream("{}")) as service:
        service.pages.update(pages)
        model = own(name, service.address, Pace())
        with pytest.raises(ModelFailed, match=r"takes 4,096\. Start it with a context of 16,384") as caught:
            await model.ask(LONG, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert (caught.value.cause, caught.value.permanent, service.asked) == ("too_long", True, [])


@pytest.mark.parametrize(("tokens", "fits"), [(2_896, True), (2_897, False)])
async def test_a_server_that_counts_decides_to_the_token(tokens: int, fits: bool) -> None:
    pages = {**PROPS, "/tokenize": {"tokens": [1] * tokens}}

    if fits:
        reply, _ = await ask("llamacpp", lambda _: openai_stream("{}"), pages=pages, brief=LONG)
        assert reply.text == "{}"
    else:
        with pytest.raises(
            ModelFailed, match="The question has 2,897 tokens and its answer needs some 1,200"
        ):
            await ask("llamacpp", lambda _: openai_stream("{}"), pages=pages, brief=LONG)


@pytest.mark.parametrize(
    "page",
    [None, "no", 7, {}, {"default_generation_settings": {"n_ctx": -1}}, {"default_generation_settings": []}],
)
async def test_a_server_that_tells_nothing_sensible_is_simply_asked(page: Any) -> None:
    reply, _ = await ask("llamacpp", lambda _: openai_stream("{}"), pages={"/props": page}, brief=LONG)

    assert reply.text == "{}"


@pytest.mark.parametrize(
    ("status", "said", "cause", "words"),
    [
        (400, "request (3362 tokens) exceeds the available context size (2048 tokens), try increasing it",
         "too_long", "start the server with a larger"),
        (500, "the request exceeds the available context size. try increasing the context size",
         "too_long", "longer than the context"),
        (500, "Context size has been exceeded.", "memory_full", "JURY_CONCURRENCY=1"),
        (500, "KV cache is full", "memory_full", "fewer slots"),
    ],
)  # fmt: skip
async def test_an_overflow_is_named_as_it_really_reads_and_not_tried_again(
    status: int, said: str, cause: str, words: str
) -> None:
    with pytest.raises(ModelFailed, match=words) as caught:
        await ask("llamacpp", lambda _: as_json({"error": {"code": status, "message": said}}, status=status))

    assert (caught.value.cause, caught.value.permanent) == (cause, True)


@pytest.mark.parametrize(("context", "said"), [(8_192, True), (20_000, False)])
async def test_a_check_says_when_a_report_would_not_fit(context: int, said: bool) -> None:
    async with serving(lambda _: openai_stream('{"ready": true}')) as service:
        service.pages["/props"] = {"default_generation_settings": {"n_ctx": context}}
        model = build_model(
            "llamacpp:m", temperature=None, base_url=service.address, keys={}, memory=Memory()
        )
        reply = await check_model(model)
        await model.aclose()

    assert any("a report of thirty names needs some 20,000" in note for note in reply.notes) is said


@pytest.mark.parametrize("name", OWN)
async def test_an_answer_has_room_for_its_names_and_not_for_a_loop(name: str) -> None:
    _, asked = await ask(name, lambda _: openai_stream("{}"), brief=LONG)

    assert asked[0].body["max_tokens"] == 2_000 + 400 * 20


@pytest.mark.parametrize(
    ("counted", "room"), [({"/tokenize": {"count": 2_000}}, 4_096 - 2_000 - 100), ({}, 1_200)]
)
async def test_an_answer_is_asked_to_fit_into_what_the_question_leaves(
    counted: dict[str, Any], room: int
) -> None:
    pages = {"/v1/models": {"data": [{"id": "m", "max_model_len": 4096}]}, **counted}
    brief = LONG if counted else replace(LONG, user="word " * 2_200, digest="shorter")

    _, asked = await ask("vllm", lambda _: openai_stream("{}"), pages=pages, brief=brief)

    assert asked[0].body["max_tokens"] == room


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 8192 tokens. However, you requested 9200 tokens (2000 in the "
        "messages, 7200 in the completion). Please reduce the length of the messages or completion.",
        "'max_tokens' or 'max_completion_tokens' is too large: 7200. This model's maximum context length is "
        "8192 tokens and your request has 2000 input tokens (7200 > 8192 - 2000).",
    ],
)
async def test_a_limit_of_the_answer_that_does_not_fit_is_left_out_and_not_taken_for_a_long_question(
    said: str,
) -> None:
    def script(asked: Asked) -> Served:
        error = {"object": "error", "message": said, "type": "BadRequestError", "param": None, "code": 400}
        return as_json(error, status=400) if "max_tokens" in asked.body else openai_stream("{}")

    reply, asked = await ask("vllm", script)

    assert (reply.text, len(asked)) == ("{}", 2)
    assert "refused the field max_tokens; it was left out" in reply.notes[0]


async def test_a_server_behind_a_path_is_asked_there_how_much_it_takes() -> None:
    async with serving(lambda _: openai_stream("{}")) as service:
        service.pages["/llm/v1/models"] = {"data": [{"max_model_len": 4096}]}
        model = own("vllm", f"{service.address}/llm", Pace())
        with pytest.raises(ModelFailed, match=r"takes 4,096"):
            await model.ask(LONG, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()


async def test_a_server_that_still_loads_its_model_is_asked_again_later() -> None:
    loading = {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}

    with pytest.raises(ModelFailed, match="is still loading its model") as caught:
        await ask("llamacpp", lambda _: as_json(loading, status=503))

    assert (caught.value.cause, caught.value.permanent, caught.value.retry_after) == ("loading", False, 30.0)


async def test_a_server_that_dies_between_ballots_leaves_what_was_answered_and_says_where_nobody_is() -> None:
    slept: list[float] = []
    stored: list[Answer] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with serving(lambda asked: openai_stream("in prose", response_id=f"c{asked.number}")) as service:
        model = own("llamacpp", service.address, Pace(concurrency=1))
        dying = service.stop

        def store(answer: Answer) -> None:
            stored.append(answer)
            dying()

        answers = await Sitting(
            model=model,
            brief=BRIEF,
            asked=3,
            bounds=Bounds(concurrency=1, deadline_s=60.0),
            store=store,
            progress=lambda _: None,
            may_spend=lambda _: True,
            jitter=lambda: 0.0,
            sleep=sleep,
        ).answers()
        await model.aclose()

    causes = [one.reading.cause for one in answers if isinstance(one.reading, SpoiledBallot)]
    assert causes[0] == "not json"
    assert set(causes[1:]) == {"unreachable"}
    assert len(answers) == len(stored) == 2 + 2 * 2 + 1
    assert slept == [2.0] * 3
    assert "nothing listens there" in str(answers[-1].reading)


async def test_a_server_that_takes_one_question_a_connection_without_saying_so_loses_none() -> None:
    """Servers end idle connections at a time of their own; a question that is sent just then is lost."""
    ports: list[int] = []
    handlers: list[Any] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handlers.append(asyncio.current_task())
        ports.append(writer.get_extra_info("peername")[1])
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in head.lower().split("\r\n") if line.startswith("content-length"))
        await reader.readexactly(int(length.partition(":")[2]))
        body = b"".join(piece for piece in openai_stream("{}").pieces)
        kept = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n" % len(body)
        writer.write(kept + body)
        await writer.drain()
        await reader.read(1)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    target = Target(
        service=BY_NAME["openai"], model="m", address=f"{address}/v1", temperature=None, secret="k"
    )
    model = openai.build(target, Memory(), Pace())
    texts = [
        (await model.ask(BRIEF, index=index, attempt=1, heard=lambda _: None)).text for index in range(4)
    ]
    await model.aclose()
    server.close()
    await asyncio.gather(*handlers)

    assert texts == ["{}"] * 4
    assert len(set(ports)) == 4


async def test_a_set_limit_of_an_answer_wins() -> None:
    async with serving(lambda _: openai_stream("{}")) as service:
        model = build_model(
            "vllm:m", temperature=None, base_url=service.address, keys={}, memory=Memory(), max_tokens=777
        )
        await model.ask(LONG, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert service.asked[0].body["max_tokens"] == 777


@pytest.mark.parametrize(("name", "tier"), [("anthropic", "flex"), ("gemini", "batch"), ("ollama", "batch")])
def test_a_price_class_that_a_service_has_not_is_refused_with_those_it_has(name: str, tier: str) -> None:
    with pytest.raises(BadRequest, match=f"MODEL_TIER={tier}: .* has standard"):
        build_model(
            f"{name}:m",
            temperature=None,
            base_url=None,
            keys={"MODEL_API_KEY": "k"},
            memory=Memory(),
            tier=tier,
        )


@pytest.mark.parametrize("name", [service.name for service in SERVICES if service.tiers])
@pytest.mark.parametrize(
    ("said", "tier", "refused"),
    [("flex", "flex", False), ("default", "standard", False), ("", "standard", True)],
)
async def test_the_price_class_is_the_one_that_was_really_used(
    name: str, said: str, tier: str, refused: bool
) -> None:
    def script(asked: Asked) -> Served:
        if refused and "service_tier" in asked.body:
            return as_json(error_body(name, "Unsupported service_tier: flex"), status=400)
        served = openai_stream("{}")
        told = f', "service_tier": "{said}"}}\n\n'.encode()
        return Served(pieces=[piece.replace(b"}\n\n", told) for piece in served.pieces])

    async with serving(script) as service:
        model = build_model(
            f"{name}:m",
            temperature=None,
            base_url=service.address,
            keys={"MODEL_API_KEY": "k"},
            memory=Memory(),
            tier="flex",
        )
        reply = await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
        await model.aclose()

    assert service.asked[0].body["service_tier"] == "flex"
    assert reply.tier == tier
    assert bool(reply.notes) is refused


async def test_cancelling_while_it_waits_in_a_queue_closes_the_connection() -> None:
    async with serving(lambda _: Served(pieces=[30.0])) as service:
        model = own("llamacpp", service.address, Pace(queue_s=60.0))
        task = asyncio.create_task(model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None))
        while not service.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await model.aclose()
