"""How many tokens a server of one's own takes, asked before it works for minutes on a question that cannot
fit.

Decisions: only what is certain refuses. A server that counts (`/tokenize`, as llama.cpp and vLLM have it)
says how long the question is; else it is taken for at least a quarter of its characters. A server that says
nothing is simply asked.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2

from core.brief.model import Brief
from providers.models.services import Target
from providers.models.transport import TooLargeError, UnreadableError, open_client

WAIT_S = 5.0
# No tokenizer makes fewer tokens of such text: English comes out at four to five characters a token, figures
# at two.
MOST_CHARACTERS_A_TOKEN = 4


async def fits(target: Target, brief: Brief, *, answer: int) -> str | None:
    """None when nothing speaks against asking, else one sentence: what is needed, what there is, what to
    do."""
    limit = await context_of(target)
    if limit is None:
        return None
    text = brief.system + brief.user
    counted = await _json(target, "/tokenize", {"content": text, "prompt": text, "model": target.model})
    tokens = _way(counted, ("count",))
    listed = _way(counted, ("tokens",))
    needed = tokens if isinstance(tokens, int) else len(listed) if isinstance(listed, list) and listed else 0
    least = needed or len(text) // MOST_CHARACTERS_A_TOKEN
    # An answer needs a line a name at the very least; without room for it the question would be paid for
    # nothing.
    room = min(answer, 60 * len(brief.names))
    if least + room <= limit:
        return None
    said = f"{least:,}" if needed else f"at least {least:,}"
    return (
        f"The question has {said} tokens and its answer needs some {room:,}; {target.service.title} at "
        f"{target.shown_address} takes {limit:,}. Start it with a context of "
        f"{2 ** (least + answer).bit_length():,}, or with "
        "fewer slots (each has its share). Nothing was asked."
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
    address = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
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
