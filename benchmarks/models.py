"""What N ballots cost in time, input and memory, against a loopback service that is paced and bills like the
real ones.

The service needs 0.8 s to the first token and sends 100 tokens a second, 6,000 tokens out, for a prompt of
25,000 tokens. Its cache entry can be read from the first token on (writing costs 1.25, reading 0.1 of a
token), so calls that begin too early pay for writing it again. The clock runs six times as fast as that;
ratios are what counts. It runs in a process of its own.
"""

import asyncio
import hashlib
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.run import size
from core.base.gap import Gap
from core.brief.model import AskedName, Brief
from core.brief.schema import ballot_schema
from core.jury.ballot import Answer, Ballot, Reply
from core.jury.sampler import Bounds, Sitting
from core.ports import ChatModel
from providers.models.registry import build_model
from providers.models.rehearsal import RehearsalModel
from providers.models.stepping import Memory
from tests.providers.models.model_stub import Asked, Served, serving

ROOT = Path(__file__).resolve().parent.parent

FASTER = size(6, 15)
FIRST_TOKEN_S, TOKENS_PER_S, TOKENS_OUT, TOKENS_IN = 0.8, 100, 6_000, 25_000
# Services send a few tokens in one event.
TOKENS_PER_EVENT = 5
WRITE, READ = 1.25, 0.1
NAMES = tuple(f"NAME{number}" for number in range(30))

# Warming costs a first token of sixty seconds of answer; the rest is this program beside five streams.
WALL_LIMIT, INPUT_LIMIT = 1.05, 1.65
# A ballot kept is its answer as text and as lines; half as much again is allowed for the passing needs of the
# last calls.
MEMORY_LIMIT = 1.5


def main() -> int:
    rows = [("importing bot loads an SDK", float(_sdks_loaded()), 0.0)]
    for wire in ("anthropic", "openai"):
        wall, billed = asyncio.run(_jury(wire))
        rows.append((f"five ballots, wall time of one call ({wire})", wall, WALL_LIMIT))
        rows.append((f"five ballots, input billed in prompts ({wire})", billed, INPUT_LIMIT))
    rows.append(("memory a further ballot, in answers kept", asyncio.run(_growth()), MEMORY_LIMIT))
    for name, measured, limit in rows:
        print(f"{name} | {measured:.2f} | {limit:.2f} | {'ok' if measured <= limit else 'over'}")
    return int(any(measured > limit for _, measured, limit in rows))


def _sdks_loaded() -> int:
    """How many of the two SDKs are there after importing everything that a start of the bot imports."""
    code = (
        "import importlib.util, sys\n"
        "for name in ('bot', 'bot.settings', 'bot.app', 'bot.__main__', 'providers.models.registry',\n"
        "             'providers.models.prices'):\n"
        "    if importlib.util.find_spec(name): importlib.import_module(name)\n"
        "print(sum(sdk in sys.modules for sdk in ('anthropic', 'openai')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


async def _jury(wire: str) -> tuple[float, float]:
    """(wall time of five ballots over that of one call, input billed for five over one prompt)."""
    code = "from benchmarks.models import serve; serve()"
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        address = (await server.stdout.readline()).decode().strip()
        model = _model(wire, address)
        await _ask(model, _brief("warming up the SDK", tokens_out=5), 1)
        one, _ = await _ask(model, _brief("one call"), 1)
        five, answers = await _ask(model, _brief("five ballots"), 5)
        await model.aclose()
        return five / one, sum(_billed(answer) for answer in answers) / TOKENS_IN
    finally:
        server.terminate()
        await server.wait()


def _model(wire: str, address: str) -> ChatModel:
    return build_model(
        f"{wire}:claude-sonnet-5-5",
        temperature=None,
        base_url=address,
        keys={"MODEL_API_KEY": "none"},
        memory=Memory(),
    )


async def _ask(
    model: ChatModel, brief: Brief, ballots: int, concurrency: int = 8
) -> tuple[float, tuple[Answer, ...]]:
    began = asyncio.get_running_loop().time()
    answers = await Sitting(
        model=model,
        brief=brief,
        asked=ballots,
        bounds=Bounds(concurrency=concurrency, deadline_s=120.0),
        store=lambda _: None,
        progress=lambda _: None,
        may_spend=lambda _: True,
        jitter=lambda: 0.0,
    ).answers()
    took = asyncio.get_running_loop().time() - began
    assert len(answers) == ballots
    assert all(isinstance(answer.reading, Ballot) for answer in answers), answers[0].reading
    return took, answers


def _billed(answer: Answer) -> float:
    """Tokens of input at the full price, as the answer's normalised usage has them."""
    assert isinstance(answer.reply, Reply)
    usage = answer.reply.usage
    counts = [usage.input, usage.cached_read, usage.cache_write]
    whole, read, written = (0 if isinstance(count, Gap) else count for count in counts)
    return whole - read - written + READ * read + WRITE * written


def _brief(word: str, *, tokens_out: int = TOKENS_OUT) -> Brief:
    each = Decimal(100) / len(NAMES)
    elements = "".join(f'<name ticker="{name}" held="yes" weight="3"></name>' for name in NAMES)
    return Brief(
        system="principles",
        user=f'<portfolio cash_weight="10">{elements}</portfolio><task>{word} {tokens_out}</task>',
        schema=json.dumps(ballot_schema(NAMES)),
        digest=word,
        principles_digest="p",
        names=tuple(AskedName(ticker=name, held=True, weight=each, fact_ids=()) for name in NAMES),
        cash_weight=Decimal(0),
    )


async def _growth() -> float:
    """Peak memory that each further ballot adds, over what one kept answer takes."""
    kept = await _traced(8, peak=False)
    less, more = await _traced(8, peak=True), await _traced(31, peak=True)
    return (more - less) / 23 / (kept / 8)


async def _traced(ballots: int, *, peak: bool) -> float:
    model, brief = RehearsalModel(), _brief("memory")
    await _ask(model, brief, 1)
    tracemalloc.start()
    _, answers = await _ask(model, brief, ballots)
    now, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(answers) == ballots
    return float(highest if peak else now)


def serve() -> None:
    """The paced service: prints its address, serves until it is ended."""
    asyncio.run(_serve())


async def _serve() -> None:
    readable: set[str] = set()

    def script(asked: Asked) -> Served:
        prefix = hashlib.sha256(json.dumps(asked.body["messages"]).encode()).hexdigest()
        words = json.dumps(asked.body["messages"]).rpartition("</task>")[0].split()
        hit = prefix in readable
        wire = "anthropic" if asked.path.endswith("/messages") else "openai"
        events = _events(wire, asked.number, int(words[-1]), hit=hit)
        return Served(pieces=_paced(events, lambda: readable.add(prefix)))

    async with serving(script) as service:
        print(service.address, flush=True)
        await asyncio.Event().wait()


def _paced(events: list[bytes], first_token: Any) -> Iterator[bytes | float]:
    """Head at once, then each event when it is due by the clock, so that slowness of this process does not
    add up."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    yield events[0]
    for number, event in enumerate(events[1:]):
        due = began + (FIRST_TOKEN_S + number * TOKENS_PER_EVENT / TOKENS_PER_S) / FASTER
        yield max(0.0, due - loop.time())
        if number == 0:
            first_token()
        yield event


def _events(wire: str, number: int, tokens: int, *, hit: bool) -> list[bytes]:
    text = json.dumps(
        {
            "names": [
                {"ticker": name, "facts": [], "reasons_against": ["x " * (tokens // 60)], "reasons_for": [],
                 "stance": "hold", "target_weight": 3}
                for name in NAMES
            ],
            "cash_target_weight": 10,
        }
    )  # fmt: skip
    count = max(1, tokens // TOKENS_PER_EVENT)
    size = -(-len(text) // count)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    read, written = (TOKENS_IN, 0) if hit else (0, TOKENS_IN)
    if wire == "anthropic":
        usage = {"input_tokens": 0, "cache_read_input_tokens": read, "cache_creation_input_tokens": written}
        head = {"type": "message_start", "message": {"id": f"m{number}", "model": "m", "usage": usage}}
        body = [
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": part}} for part in parts
        ]
        tail = {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn"},
            "usage": {"output_tokens": tokens},
        }
        return [_event(event["type"], event) for event in (head, *body, tail)]
    details = {"cached_tokens": read, "cache_write_tokens": written}
    said = [{"content": ""}, *({"content": part} for part in parts)]
    chunks: list[dict[str, Any]] = [
        {"id": f"c{number}", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        for delta in said
    ]
    chunks[-1]["choices"][0]["finish_reason"] = "stop"
    chunks[-1]["usage"] = {
        "prompt_tokens": TOKENS_IN,
        "completion_tokens": tokens,
        "prompt_tokens_details": details,
    }
    return [_event("", chunk) for chunk in chunks]


def _event(kind: Any, body: Any) -> bytes:
    named = f"event: {kind}\n" if kind else ""
    return f"{named}data: {json.dumps(body)}\n\n".encode()


if __name__ == "__main__":
    raise SystemExit(main())
