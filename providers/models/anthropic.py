"""Claude through the anthropic SDK (2.x). Always streamed: long answers are refused otherwise.

Decisions: the whole prompt carries one cache mark, at its end. The SDK's version header refuses every
temperature, so one is asked for under the older header; models that refuse it there too answer with their own
sampling. `messages.parse` is not used: on a truncated answer it loses stop reason and usage.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import anthropic
import httpx2
from anthropic import AsyncAnthropic, AsyncStream

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.batches import Outcome, refused_line
from providers.models.services import Pace, Target
from providers.models.stepping import Memory, Tried
from providers.models.stream import Said, asked_in_words, count, sdk_errors, values, word_of
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
        begun: list[bool] = []
        version = {} if tried.temperature is None else {"anthropic-version": VERSION_WITH_TEMPERATURE}
        with sdk_errors(anthropic, begun=begun):
            opened = await self.client.post(
                "/v1/messages",
                cast_to=object,
                body={**self.request(brief, tried), "stream": True},
                options={"headers": version},
                stream=True,
                stream_cls=AsyncStream[object],
            )
            begun.append(True)
            used: dict[str, Any] = {}
            async with opened:
                async for value in values(opened):
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
        requests = [
            {"custom_id": name, "params": self.request(brief, tried)}
            for name, (brief, tried) in questions.items()
        ]
        asked = any(tried.temperature is not None for _, tried in questions.values())
        version = {"anthropic-version": VERSION_WITH_TEMPERATURE} if asked else {}
        with sdk_errors(anthropic, begun=[]):
            made = await self.client.post(
                "/v1/messages/batches",
                cast_to=object,
                body={"requests": requests},
                options={"headers": version},
            )
        return word_of(_mapping(made), "id")

    async def found(self, nonce: str, *, questions: int, since: float) -> str | None:
        """The only batch of that size since then; its results carry the mark and are checked by it."""
        with sdk_errors(anthropic, begun=[]):
            page = await self.client.messages.batches.list(limit=100)
        fits = [
            one.id
            for one in page.data
            if one.created_at.timestamp() >= since - 60 and _size(one.request_counts) == questions
        ]
        return None if not fits else fits[0] if len(fits) == 1 else ""

    async def ended(self, batch_id: str) -> bool:
        with sdk_errors(anthropic, begun=[]):
            return (await self.client.messages.batches.retrieve(batch_id)).processing_status == "ended"

    async def results(self, batch_id: str) -> AsyncIterator[tuple[str, Outcome]]:
        with sdk_errors(anthropic, begun=[]):
            # Not the address that the answer names: it would get the key wherever it leads.
            answer = await self.client.get(
                f"/v1/messages/batches/{batch_id}/results", cast_to=httpx2.Response
            )
            for line in answer.text.splitlines():
                if line.strip():
                    yield self._outcome(_mapping(json.loads(line)))

    def _outcome(self, line: Mapping[str, Any]) -> tuple[str, Outcome]:
        name, result = word_of(line, "custom_id"), _object(line, "result")
        kind = word_of(result, "type")
        if kind == "succeeded":
            return name, tuple(read({**_object(result, "message"), "type": "message"}, {}))
        if kind == "errored":
            body = _object(result, "error")
            status = 400 if word_of(_object(body, "error"), "type") == "invalid_request_error" else 500
            return name, refused_line(status, body, self._target.secret)
        return name, f"it was {kind}" if kind else "the service named no reason"

    async def give_up(self, batch_id: str) -> None:
        with sdk_errors(anthropic, begun=[]):
            await self.client.messages.batches.cancel(batch_id)

    async def aclose(self) -> None:
        await self.client.close()


def read(value: Mapping[str, Any], used: dict[str, Any]) -> Iterator[Said]:
    """What one event, or a whole message, says. `used` keeps the counts so far: they are running totals in
    parts."""
    kind = value.get("type")
    if kind == "message_start":
        yield from _message(_object(value, "message"), used)
    elif kind == "message":
        yield from _message(value, used)
        content = value.get("content")
        for block in content if isinstance(content, list) else ():
            if isinstance(block, Mapping) and block.get("type") == "text":
                yield Said(text=word_of(block, "text"))
    elif kind in {"content_block_start", "content_block_delta"}:
        part = _object(value, "content_block" if kind == "content_block_start" else "delta")
        yield Said(text=word_of(part, "text"), thinking=True)
    elif kind == "message_delta":
        yield _ended(word_of(_object(value, "delta"), "stop_reason"), value, used)
    else:
        yield Said()


def _message(message: Mapping[str, Any], used: dict[str, Any]) -> Iterator[Said]:
    yield Said(head=True, id=word_of(message, "id"), model=word_of(message, "model"))
    yield _ended(word_of(message, "stop_reason"), message, used)


def _ended(raw: str, event: Mapping[str, Any], used: dict[str, Any]) -> Said:
    counted = _object(event, "usage")
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


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _object(event: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = event.get(key)
    return value if isinstance(value, Mapping) else {}
