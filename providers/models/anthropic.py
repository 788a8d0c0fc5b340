"""Claude through the anthropic SDK (2.x). Always streamed: long answers are refused otherwise.

Decisions: the whole prompt carries one cache mark, at its end. The SDK's version header refuses every
temperature, so one is asked for under the older header; models that refuse it there too answer with their own
sampling. `messages.parse` is not used: on a truncated answer it loses stop reason and usage.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

import anthropic
import httpx2
from anthropic import AsyncAnthropic

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.batches import Outcome, refused_line
from providers.models.services import Pace, Target
from providers.models.stepping import Memory, Tried
from providers.models.stream import Said, asked_in_words, count, object_of, streamed, word_of
from providers.models.streamed import StreamedModel
from providers.models.transport import open_client

# The last version under which the API takes a temperature at all.
VERSION_WITH_TEMPERATURE = "2023-06-01"

# Only a natural end is a ballot. What is not listed is unknown.
FINISHES: Mapping[str, Finish] = {
    "end_turn": Finish.NATURAL,
    "max_tokens": Finish.LENGTH,
    "model_context_window_exceeded": Finish.LENGTH,
    "refusal": Finish.REFUSAL,
}


def build(
    target: Target, memory: Memory, pace: Pace, *, transport: httpx2.AsyncBaseTransport | None = None
) -> StreamedModel:
    """A Claude model. `transport` replaces the network in tests."""
    return StreamedModel(target, AnthropicWire(target, transport), memory, pace)


class AnthropicWire:
    """How the anthropic SDK is asked."""

    sdk = anthropic

    def __init__(self, target: Target, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._target = target
        # 2.x sends the key as a bearer token; proxies and compatible servers still look for the older header.
        official = target.address == target.service.address
        self.client = AsyncAnthropic(
            api_key=target.secret,
            base_url=target.address,
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=10.0),
            default_headers={} if official else {"X-Api-Key": target.secret},
            http_client=open_client(target, transport),
        )

    async def stream(self, brief: Brief, tried: Tried) -> AsyncIterator[Said]:
        used: dict[str, Any] = {}
        body = self.request(brief, tried)
        async for value in streamed(anthropic, self.client, "/v1/messages", body, _version((tried,))):
            for said in read(value, used):
                yield said

    def request(self, brief: Brief, tried: Tried) -> dict[str, Any]:
        """The body of a question, without `stream`: a batch holds it too."""
        content: dict[str, Any] = {"type": "text", "text": brief.user + asked_in_words(brief, tried.mode)}
        if "cache_control" not in tried.dropped:
            content["cache_control"] = {"type": "ephemeral"}
        request: dict[str, Any] = {
            "model": self._target.model,
            "max_tokens": tried.max_tokens,
            "system": [{"type": "text", "text": brief.system}],
            "messages": [{"role": "user", "content": [content]}],
        }
        if tried.mode == "schema":
            request["output_config"] = {"format": {"type": "json_schema", "schema": json.loads(brief.schema)}}
        if tried.temperature is not None:
            request["temperature"] = float(tried.temperature)
        return request

    async def hand_in(self, questions: Mapping[str, tuple[Brief, Tried]], nonce: str) -> str:
        requests = [{"custom_id": name, "params": self.request(*asked)} for name, asked in questions.items()]
        made = await self.client.post(
            "/v1/messages/batches",
            cast_to=object,
            body={"requests": requests},
            options={"headers": _version(tried for _, tried in questions.values())},
        )
        return word_of(made, "id") if isinstance(made, Mapping) else ""

    async def found(self, nonce: str, *, questions: int, since: float) -> str | None:
        """The only batch of that size since then; its results carry the mark and are checked by it."""
        page = await self.client.messages.batches.list(limit=100)
        fits = [
            one.id
            for one in page.data
            if one.created_at.timestamp() >= since - 60 and _size(one.request_counts) == questions
        ]
        return "" if len(fits) > 1 else next(iter(fits), None)

    async def ended(self, batch_id: str) -> bool:
        return (await self.client.messages.batches.retrieve(batch_id)).processing_status == "ended"

    async def results(self, batch_id: str) -> AsyncIterator[str]:
        # Not the address that the answer names: it would get the key wherever it leads.
        answer = await self.client.get(f"/v1/messages/batches/{batch_id}/results", cast_to=httpx2.Response)
        yield answer.text

    def outcome(self, line: Mapping[str, Any]) -> Outcome:
        result = object_of(line, "result")
        kind, body = word_of(result, "type"), object_of(result, "error")
        if kind == "succeeded":
            return tuple(read({**object_of(result, "message"), "type": "message"}, {}))
        if kind == "errored":
            refused = word_of(object_of(body, "error"), "type") == "invalid_request_error"
            return refused_line(400 if refused else 500, body, self._target.secret)
        return f"it was {kind}" if kind else "the service named no reason"

    async def give_up(self, batch_id: str) -> None:
        await self.client.messages.batches.cancel(batch_id)

    async def aclose(self) -> None:
        await self.client.close()


def _version(all_tried: Iterable[Tried]) -> dict[str, str]:
    asked = any(tried.temperature is not None for tried in all_tried)
    return {"anthropic-version": VERSION_WITH_TEMPERATURE} if asked else {}


def read(value: Mapping[str, Any], used: dict[str, Any]) -> Iterator[Said]:
    """What one event, or a whole message, says. `used` keeps the counts so far: they are running totals."""
    kind = value.get("type")
    if kind == "message_start":
        yield from _message(object_of(value, "message"), used)
    elif kind == "message":
        yield from _message(value, used)
        content = value.get("content")
        for block in content if isinstance(content, list) else ():
            if isinstance(block, Mapping) and block.get("type") == "text":
                yield Said(text=word_of(block, "text"))
    elif kind in {"content_block_start", "content_block_delta"}:
        part = object_of(value, "content_block" if kind == "content_block_start" else "delta")
        yield Said(text=word_of(part, "text"), thinking=True)
    elif kind == "message_delta":
        yield _ended(word_of(object_of(value, "delta"), "stop_reason"), value, used)
    else:
        yield Said()


def _message(message: Mapping[str, Any], used: dict[str, Any]) -> Iterator[Said]:
    yield Said(head=True, id=word_of(message, "id"), model=word_of(message, "model"))
    yield _ended(word_of(message, "stop_reason"), message, used)


def _ended(raw: str, event: Mapping[str, Any], used: dict[str, Any]) -> Said:
    counted = object_of(event, "usage")
    used.update({key: value for key, value in counted.items() if value is not None})
    return Said(
        finish=FINISHES.get(raw, Finish.UNKNOWN) if raw else None,
        finish_raw=raw,
        usage=_usage(used) if counted else None,
        tier=word_of(counted, "service_tier"),
    )


def _usage(raw: Mapping[str, Any]) -> Usage:
    """`input_tokens` is only the uncached rest there; the prompt is the sum of three counts."""
    rest, read_, written = (
        count(raw, (name,))
        for name in ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    )
    cached = sum(part for part in (read_, written) if not isinstance(part, Gap))
    return Usage(
        input=rest if isinstance(rest, Gap) else rest + cached,
        cached_read=read_,
        cache_write=written,
        output=count(raw, ("output_tokens",)),
        reasoning=count(raw, ("output_tokens_details", "thinking_tokens")),
    )


def _size(counts: Any) -> int:
    return sum((counts.processing, counts.succeeded, counts.errored, counts.canceled, counts.expired))
