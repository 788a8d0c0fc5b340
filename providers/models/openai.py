"""OpenAI and everything that speaks its chat completions, through the openai SDK. What differs is in the
service's row.

Decisions: N requests instead of `n`, which half of the services lack; usage is asked for in the stream; a
body that is an error with status 200, a list, or has no choices is a failure of the service and never an
answer. Chunks are taken as plain JSON: services add fields and invent words, and none of that may break an
answer.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import httpx2
import openai
from openai import AsyncOpenAI

from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.batches import Outcome, refused_line
from providers.models.services import Pace, Service, Target
from providers.models.stepping import Memory, Tried
from providers.models.stream import RefusedError, Said, asked_in_words, count, object_of, streamed, word_of
from providers.models.streamed import StreamedModel
from providers.models.transport import open_client

# Only a natural end is a ballot. Services invent words; what is not listed is unknown. Gemini's own words
# come folded.
FINISHES: Mapping[str, Finish] = {
    "stop": Finish.NATURAL,
    "length": Finish.LENGTH,
    "max_tokens": Finish.LENGTH,
    "content_filter": Finish.FILTER,
    "safety": Finish.FILTER,
    "recitation": Finish.FILTER,
    "prohibited_content": Finish.FILTER,
    "blocklist": Finish.FILTER,
    "refusal": Finish.REFUSAL,
}

# States of a batch in which nothing more will come.
ENDED = frozenset({"failed", "completed", "expired", "cancelled"})
# Where thinking aloud arrives; it counts as the first token and never as text of the answer.
THINKING = ("reasoning_content", "reasoning", "thinking")


def build(
    target: Target, memory: Memory, pace: Pace, *, transport: httpx2.AsyncBaseTransport | None = None
) -> StreamedModel:
    """A model behind chat completions. `transport` replaces the network in tests."""
    return StreamedModel(target, OpenAIWire(target, transport), memory, pace)


class OpenAIWire:
    """How the openai SDK is asked."""

    sdk = openai

    def __init__(self, target: Target, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._target = target
        self.client = AsyncOpenAI(
            # The SDK insists on a key; a local server gets a word that says what it is.
            api_key=target.secret or "no-key",
            base_url=target.address,
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=10.0),
            http_client=open_client(target, transport),
        )

    async def stream(self, brief: Brief, tried: Tried) -> AsyncIterator[Said]:
        body = self.request(brief, tried)
        async for value in streamed(openai, self.client, "/chat/completions", body, {}):
            for said in read(value, self._target.service):
                yield said

    def request(self, brief: Brief, tried: Tried) -> dict[str, Any]:
        """The body of a question, without `stream`: a batch holds it too."""
        service = self._target.service
        question: Any = brief.user + asked_in_words(brief, tried.mode)
        if self._target.model.startswith(service.cache_marks) and "cache_control" not in tried.dropped:
            question = [{"type": "text", "text": question, "cache_control": {"type": "ephemeral"}}]
        optional: dict[str, Any] = {
            service.length_field: tried.max_tokens,
            "stream_options": {"include_usage": True},
            **service.extra,
            **service.tiers.get(self._target.tier, {}),
        }
        if service.cache_key_field:
            optional[service.cache_key_field] = brief.digest[:32]
        request: dict[str, Any] = {
            "model": self._target.model,
            "messages": [{"role": "system", "content": brief.system}, {"role": "user", "content": question}],
            **{name: value for name, value in optional.items() if name not in tried.dropped},
        }
        if tried.mode == "schema":
            form = {"name": "ballot", "strict": True, "schema": json.loads(brief.schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": form}
        if tried.mode == "json":
            request["response_format"] = {"type": "json_object"}
        if tried.temperature is not None:
            request["temperature"] = float(tried.temperature)
        return request

    async def hand_in(self, questions: Mapping[str, tuple[Brief, Tried]], nonce: str) -> str:
        line = {"method": "POST", "url": "/v1/chat/completions"}
        lines = (
            json.dumps({"custom_id": name, **line, "body": self.request(*asked)}, ensure_ascii=False)
            for name, asked in questions.items()
        )
        content = "\n".join(lines).encode()
        file = await self.client.files.create(file=(f"{nonce}.jsonl", content), purpose="batch")
        made = await self.client.batches.create(
            input_file_id=file.id,
            endpoint="/v1/chat/completions",
            completion_window="24h",
            metadata={"nonce": nonce},
        )
        return made.id

    async def found(self, nonce: str, *, questions: int, since: float) -> str | None:
        page = await self.client.batches.list(limit=100)
        return next((one.id for one in page.data if (one.metadata or {}).get("nonce") == nonce), None)

    async def ended(self, batch_id: str) -> bool:
        return (await self.client.batches.retrieve(batch_id)).status in ENDED

    async def results(self, batch_id: str) -> AsyncIterator[str]:
        batch = await self.client.batches.retrieve(batch_id)
        for file_id in (batch.output_file_id, batch.error_file_id):
            if file_id:
                yield (await self.client.files.content(file_id)).text

    def outcome(self, line: Mapping[str, Any]) -> Outcome:
        answer = object_of(line, "response")
        body, status = object_of(answer, "body"), answer.get("status_code")
        if status == 200 and body:
            try:
                return tuple(read(body, self._target.service))
            except RefusedError as refusal:
                return refusal
        return refused_line(status if isinstance(status, int) else 0, body or line, self._target.secret)

    async def give_up(self, batch_id: str) -> None:
        await self.client.batches.cancel(batch_id)

    async def aclose(self) -> None:
        await self.client.close()


def read(value: Mapping[str, Any], service: Service) -> Iterator[Said]:
    """What one chunk, or a whole answer, says."""
    raw = value.get("usage")
    yield Said(
        id=word_of(value, "id"),
        model=word_of(value, "model"),
        usage=_usage(raw, service) if isinstance(raw, Mapping) else None,
        tier=word_of(value, "service_tier"),
    )
    choices = value.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, Mapping) and choice.get("index", 0) == 0:
            yield from _choice(choice)


def _choice(choice: Mapping[str, Any]) -> Iterator[Said]:
    if choice.get("error"):
        raise RefusedError(status=200, body=choice, headers={})
    said = choice.get("delta") or choice.get("message") or {}
    if isinstance(said, Mapping):
        refused = bool(said.get("refusal"))
        thinking = any(said.get(name) for name in (*THINKING, "tool_calls"))
        yield Said(head=True, thinking=thinking or refused, finish=Finish.REFUSAL if refused else None)
        content = said.get("content")
        for part in content if isinstance(content, list) else [content]:
            text = part.get("text") if isinstance(part, Mapping) else part
            if isinstance(text, str) and text:
                yield Said(head=True, text=text)
    raw = choice.get("finish_reason")
    if isinstance(raw, str):
        yield Said(finish=FINISHES.get(raw.lower(), Finish.UNKNOWN), finish_raw=raw)


def _usage(raw: Mapping[str, Any], service: Service) -> Usage:
    """`prompt_tokens` includes what was read from and written to the cache there."""
    return Usage(
        input=count(raw, ("prompt_tokens",)),
        cached_read=count(raw, *service.cached),
        cache_write=count(raw, *service.written),
        output=count(raw, ("completion_tokens",)),
        reasoning=count(raw, ("completion_tokens_details", "reasoning_tokens")),
    )
