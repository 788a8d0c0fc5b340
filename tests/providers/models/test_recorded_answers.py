"""Real recorded answers and errors of model services, replayed below the SDKs. Needs the recorded
material."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from core.base.errors import ModelFailed
from core.brief.model import Brief
from core.jury.ballot import Finish, Reply
from providers.models import anthropic, openai
from providers.models.services import BY_NAME, Pace, Target
from providers.models.stepping import Memory

RECORDED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "llm"

pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(
        not RECORDED.is_dir(), reason="the recorded material (../shared/data/llm) is not here"
    ),
]

BRIEF = Brief(
    system="s", user="u", schema="{}", digest="d", principles_digest="p", names=(), cash_weight=Decimal(100)
)


async def replay(name: str, file: str) -> Reply:
    meta: dict[str, Any] = json.loads((RECORDED / f"{file}.meta.json").read_text())
    kind = "text/event-stream" if file.endswith(".sse") else "application/json"
    kept = {"content-type": kind}

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(meta.get("status", 200), headers=kept, content=(RECORDED / file).read_bytes())

    service = BY_NAME[name]
    target = Target(
        service=service, model="asked-model", address=service.address, temperature=None, secret="k"
    )
    build = anthropic.build if service.wire == "anthropic" else openai.build
    model = build(target, Memory(), Pace(), transport=httpx2.MockTransport(answer))
    try:
        return await model.ask(BRIEF, index=0, attempt=1, heard=lambda _: None)
    finally:
        await model.aclose()


async def test_a_recorded_claude_stream() -> None:
    reply = await replay("anthropic", "simonw_test_prompt.sse")

    assert reply.text == "- Captain\n- Scoop"
    assert (reply.finish, reply.model) == (Finish.NATURAL, "claude-sonnet-4-5-20250929")
    assert (reply.usage.input, reply.usage.output) == (17, 10)
    assert reply.response_id == "msg_017A4s3HAsrqf5d2WvBmrpLr"


async def test_a_recorded_openai_stream() -> None:
    reply = await replay("openai", "openai_chat_stream_sse.sse")

    assert reply.text.startswith("The capital of Mexico is Mexico")
    assert (reply.finish, reply.usage.input, reply.usage.output) == (Finish.NATURAL, 14, 8)
    assert reply.usage.cached_read == 0


async def test_recorded_cache_reads_and_writes_are_counted() -> None:
    read = await replay("anthropic", "anthropic_cache_read.json")
    both = await replay("anthropic", "anthropic_cache_read_and_write.json")
    chat = await replay("openai", "openai_chat_cached_tokens.json")

    assert (read.usage.input, read.usage.cached_read, read.usage.cache_write) == (1114, 1111, 0)
    assert isinstance(both.usage.cache_write, int)
    assert both.usage.cache_write > 0
    assert (chat.usage.input, chat.usage.cached_read) == (4020, 4012)


async def test_a_recorded_structured_answer_is_its_text() -> None:
    reply = await replay("anthropic", "anthropic_structured_output.json")

    assert json.loads(reply.text)["city"] == "London"


async def test_a_recorded_truncation_is_no_natural_end() -> None:
    reply = await replay("openai-compatible", "openai_compat_finish_length.json")

    assert (reply.finish, reply.usage.output, reply.usage.cached_read) == (Finish.LENGTH, 100, 0)


@pytest.mark.parametrize(
    ("name", "file", "cause", "permanent"),
    [
        ("anthropic", "anthropic_error_400.json", "refused_request", True),
        ("anthropic", "anthropic_error_404_model.json", "unknown_model", True),
        ("openai", "openai_error_404_model.json", "unknown_model", True),
        ("openai", "openai_error_400_unsupported_value.json", "refused_request", True),
        ("openai-compatible", "groq_error_400_tool_use_failed.json", "refused_request", True),
        ("openrouter", "openrouter_error_429_upstream.json", "rate_limited", False),
        ("gemini", "gemini_safety_block.json", "not_an_answer", False),
        ("openai", "openai_responses_web_search.json", "not_an_answer", False),
    ],
)
async def test_a_recorded_refusal_has_its_cause(name: str, file: str, cause: str, permanent: bool) -> None:
    with pytest.raises(ModelFailed) as caught:
        await replay(name, file)

    assert (caught.value.cause, caught.value.permanent) == (cause, permanent)
    assert str(caught.value)
