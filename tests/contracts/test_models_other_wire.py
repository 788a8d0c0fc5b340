"""Another SDK is one file and one row: Amazon Bedrock over boto3, which is no HTTP of the two SDKs' shape, as
a throw-away.

The adapter below is the whole cost. A loopback server answers in the AWS event stream's own bytes, so that
boto3 signs, sends, checks and decodes as it would; no recording of a live answer exists."""

import asyncio
import json
import struct
import sys
import zlib
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from core.base.errors import ModelFailed
from core.brief.model import Brief
from core.jury.ballot import Ballot, Finish, Reply, Usage
from core.jury.reading import read_ballot
from providers.models import services
from providers.models.registry import build_model
from providers.models.services import Pace, Service, Target
from providers.models.stepping import Memory, Tried
from providers.models.stream import NOT_SAID, BrokenOffError, RefusedError, Said, asked_in_words, count
from providers.models.streamed import StreamedModel
from tests.core.jury.juries import asked, brief, line, written
from tests.providers.models.model_stub import Asked, Served, as_json, serving

FINISHES = {"end_turn": Finish.NATURAL, "max_tokens": Finish.LENGTH, "content_filtered": Finish.FILTER}


class BedrockWire:
    """`converse_stream` of boto3, read in a thread; the service names no id before the end."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._client = boto3.client(
            "bedrock-runtime",
            region_name="us-east-1",
            endpoint_url=target.address,
            aws_access_key_id="id",
            aws_secret_access_key="none",
            config=Config(retries={"total_max_attempts": 1}, proxies={}),
        )

    async def stream(self, brief: Brief, tried: Tried) -> AsyncIterator[Said]:
        try:
            answer = await asyncio.to_thread(self._client.converse_stream, **self._request(brief, tried))
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            raise RefusedError(status=status, body={"error": error.response["Error"]}, headers={}) from error
        yield Said(head=True, id=answer["ResponseMetadata"]["RequestId"])
        events = iter(answer["stream"])
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield self._said(event)

    def _request(self, brief: Brief, tried: Tried) -> dict[str, Any]:
        text = brief.user + asked_in_words(brief, tried.mode)
        return {
            "modelId": self._target.model,
            "system": [{"text": brief.system}],
            "messages": [{"role": "user", "content": [{"text": text}]}],
            "inferenceConfig": {"maxTokens": tried.max_tokens},
        }

    def _said(self, event: dict[str, Any]) -> Said:
        if "contentBlockDelta" in event:
            return Said(text=event["contentBlockDelta"]["delta"].get("text", ""))
        if "messageStop" in event:
            raw = event["messageStop"]["stopReason"]
            return Said(finish=FINISHES.get(raw, Finish.UNKNOWN), finish_raw=raw)
        if "metadata" in event:
            used = event["metadata"]["usage"]
            return Said(
                usage=Usage(
                    input=count(used, ("inputTokens",)),
                    cached_read=count(used, ("cacheReadInputTokens",)),
                    cache_write=count(used, ("cacheWriteInputTokens",)),
                    output=count(used, ("outputTokens",)),
                    reasoning=NOT_SAID,
                )
            )
        if "internalServerException" in event:
            raise BrokenOffError
        return Said()

    async def aclose(self) -> None:
        self._client.close()


def build(target: Target, memory: Memory, pace: Pace) -> StreamedModel:
    return StreamedModel(target, BedrockWire(target), memory, pace)


ROW = Service(
    name="bedrock",
    title="Amazon Bedrock",
    wire="throw_away_bedrock",
    address="https://bedrock-runtime.us-east-1.amazonaws.com",
    path="",
    keys=("MODEL_API_KEY",),
    key_needed=False,
    modes=("text",),
)
QUESTION = brief(asked("AAPL", "60"))
ANSWER = written([line("AAPL", "hold", 60)], 40)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the row, as a pull request would add them."""
    module = ModuleType("providers.models.throw_away_bedrock")
    module.build = build  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "providers.models.throw_away_bedrock", module)
    monkeypatch.setitem(services.BY_NAME, "bedrock", ROW)


def frame(kind: str, body: dict[str, Any]) -> bytes:
    """One message of the AWS event stream: lengths, check sums, headers of strings (type 7), JSON."""
    named = {":message-type": "event", ":event-type": kind, ":content-type": "application/json"}
    headers = b"".join(
        struct.pack(">B", len(name)) + name.encode() + struct.pack(">BH", 7, len(value)) + value.encode()
        for name, value in named.items()
    )
    payload = json.dumps(body).encode()
    head = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    told = head + struct.pack(">I", zlib.crc32(head)) + headers + payload
    return told + struct.pack(">I", zlib.crc32(told))


def streamed(text: str, stop: str | None = "end_turn") -> Served:
    frames = [frame("messageStart", {"role": "assistant"})]
    frames += [
        frame("contentBlockDelta", {"delta": {"text": text[at : at + 50]}, "contentBlockIndex": 0})
        for at in range(0, len(text), 50)
    ]
    frames += [frame("messageStop", {"stopReason": stop})] if stop else []
    usage = {"inputTokens": 900, "outputTokens": 70, "totalTokens": 970}
    frames.append(frame("metadata", {"usage": usage, "metrics": {"latencyMs": 5}}))
    headers = {"content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "req-9"}
    return Served(headers=headers, pieces=frames)


async def ask(script: Any) -> tuple[Reply, list[Asked]]:
    async with serving(script) as service:
        model = build_model(
            "bedrock:anthropic.claude", temperature=None, base_url=service.address, keys={}, memory=Memory()
        )
        try:
            return await model.ask(QUESTION, index=0, attempt=1, heard=lambda _: None), service.asked
        finally:
            await model.aclose()


async def test_a_service_that_is_not_http_shaped_gives_a_readable_ballot() -> None:
    reply, questions = await ask(lambda _: streamed(ANSWER))

    assert isinstance(read_ballot(reply, QUESTION, index=0, attempt=1), Ballot)
    assert (reply.finish_raw, reply.response_id) == ("end_turn", "req-9")
    assert (reply.usage.input, reply.usage.output, reply.usage.cached_read) == (900, 70, NOT_SAID)
    assert (reply.mode, reply.sampling) == ("text", "provider default")
    assert questions[0].path == "/model/anthropic.claude/converse-stream"
    assert questions[0].body["inferenceConfig"] == {"maxTokens": 16_400}


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (lambda _: as_json({"message": "Too many requests"}, status=429, x_amzn_errortype="Throttling"),
         "rate_limited"),
        (lambda _: streamed(ANSWER, stop=None), "stream_cut"),
        (lambda _: streamed(ANSWER, stop="max_tokens"), ""),
    ],
)  # fmt: skip
async def test_its_refusals_and_cut_streams_are_those_of_the_table(script: Any, cause: str) -> None:
    if not cause:
        assert (await ask(script))[0].finish is Finish.LENGTH
        return

    with pytest.raises(ModelFailed) as caught:
        await ask(script)

    assert (caught.value.cause, caught.value.permanent) == (cause, False)
