"""Claude through the anthropic SDK (2.x). Always streamed: long answers are refused otherwise.

Decisions: the whole prompt carries one cache mark, at its end. The SDK's version header refuses every temperature, so one
is asked for under the older header; models that refuse it there too answer with their own sampling. `messages.parse` is not
used: on a truncated answer it loses stop reason and usage.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from anthropic import AnthropicError, APIConnectionError, APIStatusError, AsyncAnthropic

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.dialect import Arrived, RefusedError, Target, UnreachableError, count
from providers.models.memory import Memory
from providers.models.stepping import Tried
from providers.models.streamed import CALL_DEADLINE_S, StreamedModel
from providers.models.wire import UnreadableError, open_client
from providers.models.words import asked_in_words, unreachable

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
    target: Target,
    memory: Memory,
    *,
    deadline_s: float = CALL_DEADLINE_S,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> StreamedModel:
    """A Claude model. `transport` replaces the network in tests."""
    return StreamedModel(target, AnthropicDialect(target, transport), memory, deadline_s=deadline_s)


class AnthropicDialect:
    """How the anthropic SDK is asked, and what its events mean."""

    finishes = FINISHES

    def __init__(self, target: Target, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._target = target
        # 2.x sends the key as a bearer token; proxies and compatible servers still look for the older header.
        official = target.address == target.service.address
        self._client = AsyncAnthropic(
            api_key=target.secret,
            base_url=target.address,
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=10.0),
            default_headers={} if official else {"X-Api-Key": target.secret},
            http_client=open_client(target.address, transport),
        )

    @asynccontextmanager
    async def open(self, brief: Brief, tried: Tried) -> AsyncIterator[httpx2.Response]:
        try:
            async with self._client.messages.with_streaming_response.create(
                **self._request(brief, tried)
            ) as opened:
                yield opened.http_response
        except APIStatusError as error:
            raise RefusedError(
                status=error.status_code, body=error.body, headers=error.response.headers
            ) from error
        except APIConnectionError as error:
            if isinstance(error.__cause__, UnreadableError):
                raise error.__cause__ from error
            raise UnreachableError(unreachable(error)) from error
        except AnthropicError as error:
            raise UnreadableError("something the SDK could not read") from error

    def _request(self, brief: Brief, tried: Tried) -> dict[str, Any]:
        content: dict[str, Any] = {"type": "text", "text": brief.user + asked_in_words(brief, tried.mode)}
        if "cache_control" not in tried.dropped:
            content["cache_control"] = {"type": "ephemeral"}
        request: dict[str, Any] = {
            "model": self._target.model,
            "max_tokens": tried.max_tokens,
            "system": [{"type": "text", "text": brief.system}],
            "messages": [{"role": "user", "content": [content]}],
            "stream": True,
        }
        if tried.mode == "schema":
            request["output_config"] = {"format": {"type": "json_schema", "schema": json.loads(brief.schema)}}
        if tried.temperature is not None:
            request["extra_headers"] = {"anthropic-version": VERSION_WITH_TEMPERATURE}
            request["extra_body"] = {"temperature": float(tried.temperature)}
        return request

    def fold(self, event: Mapping[str, Any], arrived: Arrived) -> None:
        kind = event.get("type")
        if kind == "error" or event.get("error"):
            arrived.error = event
        elif kind == "message_start":
            self._head(_object(event, "message"), arrived)
        elif kind == "message":
            self._head(event, arrived)
            content = event.get("content")
            for block in content if isinstance(content, list) else ():
                if isinstance(block, Mapping) and block.get("type") == "text":
                    arrived.add(block.get("text"))
        elif kind == "content_block_start":
            arrived.speaking = True
            arrived.add(_object(event, "content_block").get("text"))
        elif kind == "content_block_delta":
            arrived.speaking = True
            arrived.add(_object(event, "delta").get("text"))
        elif kind == "message_delta":
            stop = _object(event, "delta").get("stop_reason")
            arrived.finish = stop if isinstance(stop, str) else arrived.finish
            self._use(event, arrived)

    def _head(self, message: Mapping[str, Any], arrived: Arrived) -> None:
        arrived.begun = True
        for name in ("id", "model"):
            if isinstance(message.get(name), str):
                setattr(arrived, name, message[name])
        if isinstance(message.get("stop_reason"), str):
            arrived.finish = message["stop_reason"]
        self._use(message, arrived)

    def _use(self, event: Mapping[str, Any], arrived: Arrived) -> None:
        # Later counts replace earlier ones: they are running totals, and some events name only a part.
        arrived.usage.update(
            {key: value for key, value in _object(event, "usage").items() if value is not None}
        )

    def usage(self, raw: Mapping[str, Any]) -> Usage:
        """`input_tokens` is only the uncached rest there; the prompt is the sum of three counts."""
        rest, read, written = (
            count(raw, (name,))
            for name in ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
        )
        cached = sum(part for part in (read, written) if not isinstance(part, Gap))
        return Usage(
            input=rest if isinstance(rest, Gap) else rest + cached,
            cached_read=read,
            cache_write=written,
            output=count(raw, ("output_tokens",)),
            reasoning=count(raw, ("output_tokens_details", "thinking_tokens")),
        )

    async def aclose(self) -> None:
        await self._client.close()


def _object(event: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = event.get(key)
    return value if isinstance(value, Mapping) else {}
