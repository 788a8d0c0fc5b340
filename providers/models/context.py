"""How many tokens a server of one's own takes, asked before it works for minutes on a question that cannot
fit.

Decisions: only what is certain refuses. A server that counts (`/tokenize`, as llama.cpp and vLLM have it)
says how long the question is; else it is taken for at least a quarter of its characters. What the question
leaves bounds the answer: some servers refuse a limit that is larger, with words that blame the question. A
server that says nothing is simply asked."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2

from core.base.errors import ModelFailed
from core.brief.model import Brief
from providers.models.services import Target
from providers.models.stepping import Tried
from providers.models.stream import asked_in_words
from providers.models.transport import TooLargeError, UnreadableError, open_client

WAIT_S = 5.0
# No tokenizer makes fewer tokens of such text than one for four characters, and hardly any makes more than
# one for three: English comes out at four to five characters a token, figures at two.
MOST_CHARACTERS_A_TOKEN, FEWEST_CHARACTERS_A_TOKEN = 4, 3
# An answer needs a line a name at the very least; without room for it the question would be paid for nothing.
LEAST_A_NAME = 60
# What the server's own template puts around question and answer.
TEMPLATE_TOKENS = 100


async def room(target: Target, brief: Brief, tried: Tried) -> int | None:
    """The tokens that an answer may have; None where the server does not tell. Raises ModelFailed when the
    question cannot fit: what is needed, what there is, what to do."""
    limit = await context_of(target)
    if limit is None:
        return None
    text = brief.system + brief.user + asked_in_words(brief, tried.mode)
    counted = await _json(target, "/tokenize", {"content": text, "prompt": text, "model": target.model})
    tokens, listed = _way(counted, ("count",)), _way(counted, ("tokens",))
    exact = tokens if isinstance(tokens, int) else len(listed) if isinstance(listed, list) else 0
    fewest = exact or len(text) // MOST_CHARACTERS_A_TOKEN
    least = min(tried.max_tokens, LEAST_A_NAME * len(brief.names))
    if fewest + least <= limit:
        return max(least, limit - (exact or len(text) // FEWEST_CHARACTERS_A_TOKEN) - TEMPLATE_TOKENS)
    said = f"{fewest:,}" if exact else f"at least {fewest:,}"
    raise ModelFailed(
        f"The question has {said} tokens and its answer needs some {least:,}; {target.service.title} at "
        f"{target.shown_address} takes {limit:,}. Start it with a context of "
        f"{2 ** (fewest + tried.max_tokens).bit_length():,}, or with fewer slots (each has its share). "
        "Nothing was asked.",
        source=target.label,
        cause="too_long",
        permanent=True,
    )


async def context_of(target: Target) -> int | None:
    """The tokens that the server takes for question and answer together, where it tells."""
    for path, way in target.service.context:
        found = _way(await _json(target, path, None), way)
        if isinstance(found, int) and not isinstance(found, bool) and found > 0:
            return found
    return None


async def _json(target: Target, path: str, body: Mapping[str, object] | None) -> Any:
    """What the server answers beside its API; None for anything but JSON with status 200."""
    parts = urlsplit(target.address)
    before = parts.path.removesuffix(target.service.path)
    address = urlunsplit((parts.scheme, parts.netloc, before + path, "", ""))
    headers = {"authorization": f"Bearer {target.secret}"} if target.secret else {}
    try:
        async with asyncio.timeout(WAIT_S), open_client(target) as client:
            if body is None:
                answer = await client.get(address, headers=headers)
            else:
                answer = await client.post(address, json=body, headers=headers)
            return answer.json() if answer.status_code == 200 else None
    except (httpx2.HTTPError, TimeoutError, ValueError, RecursionError, TooLargeError, UnreadableError):
        return None


def _way(value: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value
