"""OpenAI and everything that speaks its chat completions, through the openai SDK. What differs is in the service's row.

Decisions: N requests instead of `n`, which half of the services lack; usage is asked for in the stream; a body that is an
error with status 200, a list, or has no choices is a failure of the service and never an answer.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from openai import APIConnectionError, APIStatusError, AsyncOpenAI, OpenAIError

from core.brief.model import Brief
from core.jury.ballot import Finish, Usage
from providers.models.dialect import Arrived, RefusedError, Target, UnreachableError, count
from providers.models.memory import Memory
from providers.models.stepping import Tried
from providers.models.streamed import CALL_DEADLINE_S, StreamedModel
from providers.models.wire import UnreadableError, open_client
from providers.models.words import asked_in_words, unreachable

# Only a natural end is a ballot. Services invent words; what is not listed is unknown. Gemini's own words come folded.
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

# Where thinking aloud arrives; it counts as the first token and never as text of the answer.
THINKING = ("reasoning_content", "reasoning")


def build(
    target: Target,
    memory: Memory,
    *,
    deadline_s: float = CALL_DEADLINE_S,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> StreamedModel:
    """A model behind chat completions. `transport` replaces the network in tests."""
    return StreamedModel(target, OpenAIDialect(target, transport), memory, deadline_s=deadline_s)


class OpenAIDialect:
    """How the openai SDK is asked, and what its chunks mean."""

    finishes = FINISHES

    def __init__(self, target: Target, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._target = target
        self._client = AsyncOpenAI(
            # The SDK insists on a key; a local server gets a word that says what it is.
            api_key=target.secret or "no-key",
            base_url=target.address,
            max_retries=0,
            timeout=httpx2.Timeout(None, connect=10.0),
            http_client=open_client(target.address, transport),
        )

    @asynccontextmanager
    async def open(self, brief: Brief, tried: Tried) -> AsyncIterator[httpx2.Response]:
        try:
            create = self._client.chat.completions.with_streaming_response.create
            async with create(**self._request(brief, tried)) as opened:
                yield opened.http_response
        except APIStatusError as error:
            raise RefusedError(
                status=error.status_code, body=_body(error), headers=error.response.headers
            ) from error
        except APIConnectionError as error:
            if isinstance(error.__cause__, UnreadableError):
                raise error.__cause__ from error
            raise UnreachableError(unreachable(error)) from error
        except OpenAIError as error:
            raise UnreadableError("something the SDK could not read") from error

    def _request(self, brief: Brief, tried: Tried) -> dict[str, Any]:
        service = self._target.service
        question: Any = brief.user + asked_in_words(brief, tried.mode)
        if self._target.model.startswith(service.cache_marks) and "cache_control" not in tried.dropped:
            question = [{"type": "text", "text": question, "cache_control": {"type": "ephemeral"}}]
        optional: dict[str, Any] = {
            service.length_field: tried.max_tokens,
            "stream_options": {"include_usage": True},
        }
        extra: dict[str, object] = dict(service.extra)
        if service.cache_key_field:
            extra[service.cache_key_field] = brief.digest[:32]
        request: dict[str, Any] = {
            "model": self._target.model,
            "messages": [{"role": "system", "content": brief.system}, {"role": "user", "content": question}],
            "stream": True,
            "extra_body": {name: value for name, value in extra.items() if name not in tried.dropped},
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

    def fold(self, event: Mapping[str, Any], arrived: Arrived) -> None:
        if event.get("error"):
            arrived.error = event
            return
        for name in ("id", "model"):
            if isinstance(event.get(name), str) and event[name]:
                setattr(arrived, name, event[name])
        if isinstance(event.get("usage"), Mapping):
            arrived.usage.update(event["usage"])
        choices = event.get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, Mapping) and choice.get("index", 0) == 0:
                self._choice(choice, arrived)

    def _choice(self, choice: Mapping[str, Any], arrived: Arrived) -> None:
        if choice.get("error"):
            arrived.error = choice
        said = choice.get("delta") or choice.get("message") or {}
        if isinstance(said, Mapping):
            arrived.begun = True
            if any(said.get(name) for name in ("content", "refusal", "tool_calls", *THINKING)):
                arrived.speaking = True
            arrived.thought = arrived.thought or any(said.get(name) for name in THINKING)
            arrived.refused = arrived.refused or bool(said.get("refusal"))
            content = said.get("content")
            for part in content if isinstance(content, list) else [content]:
                arrived.add(part.get("text") if isinstance(part, Mapping) else part)
        if isinstance(choice.get("finish_reason"), str):
            arrived.finish = choice["finish_reason"]

    def usage(self, raw: Mapping[str, Any]) -> Usage:
        """`prompt_tokens` includes what was read from and written to the cache there."""
        service = self._target.service
        return Usage(
            input=count(raw, ("prompt_tokens",)),
            cached_read=count(raw, *service.cached),
            cache_write=count(raw, *service.written),
            output=count(raw, ("completion_tokens",)),
            reasoning=count(raw, ("completion_tokens_details", "reasoning_tokens")),
        )

    async def aclose(self) -> None:
        await self._client.close()


def _body(error: APIStatusError) -> object:
    """The whole body: the SDK keeps only its `error` part, and nothing of a body that is a list."""
    try:
        body: object = json.loads(error.response.content)
    except (ValueError, RecursionError):
        return error.response.text
    return body
