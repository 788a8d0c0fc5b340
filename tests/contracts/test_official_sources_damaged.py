"""No damage to a store's answer is more than a failed coverage: whatever is odd in it, no other error comes
out and nothing is sifted that was not there. The damage is drawn from a fixed seed; FUZZ=1 draws anew.
"""

import json
import os
import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from core.base.errors import SourceFailed
from core.facts.fact import State
from core.facts.sift import sift
from tests.contracts.test_official_sources import AS_OF, KEYS, gather, of
from tests.providers.http.loopback import Asked, page
from tests.providers.sources.wires import FULL, SILENT, WIRES, Site, documents

TIMES = 20
SEED = str(random.SystemRandom().random()) if os.environ.get("FUZZ") else "as always"
ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, "", "x" * 3000, [], {}, [None], [[]], {"a": 1},
    "2026-13-45", "０", "\x00", "NaN",
)  # fmt: skip
MARKS = (b";", b"<", b">", b'"', b"\xff", b"\n", b"\r", b"\x00")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in an answer."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, found in inner:
        yield (*path, key)
        yield from places(found, (*path, key))


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The answer with one value of another kind or gone; one that is no JSON cut, doubled or spoilt
    somewhere."""
    try:
        answer = json.loads(raw)
        *path, last = chance.choice(list(places(answer)))
    except (ValueError, IndexError):
        first, second = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        middle = chance.choice((b"", raw[first:second] * 2, chance.choice(MARKS), chance.randbytes(8)))
        return raw[:first] + middle + raw[second:]
    held = answer
    for key in path:
        held = held[key]
    if isinstance(held, dict) and chance.random() < 0.2:
        del held[last]
    else:
        held[last] = chance.choice(ODD)
    return json.dumps(answer).encode()


@dataclass
class Odd(Site):
    """A store of which every second answer is damaged, and which knows nothing of what it is then asked
    for."""

    chance: random.Random = field(default_factory=random.Random)

    async def __call__(self, asked: Asked, writer: object) -> None:
        try:
            body = self.wire.answer(self, asked)
        except (LookupError, ValueError):
            body = None
        raw = body.encode() if isinstance(body, str) else body
        if raw and self.chance.random() < 0.5:
            raw = damaged(raw, self.chance)
        script: Callable[..., Awaitable[None]] = page(b"not here", status=404) if raw is None else page(raw)
        await script(asked, writer)


@pytest.mark.parametrize("key", KEYS)
async def test_a_damaged_answer_is_a_failure_or_less_and_never_another_error(key: str) -> None:
    full = WIRES[key].subject(FULL)
    for number in range(TIMES):
        chance = random.Random(f"{SEED} {key} {number}")
        store = Odd(WIRES[key], {FULL: documents(), SILENT: ()}, chance=chance)
        try:
            found = await gather(key, store, full)
        except SourceFailed:
            continue
        sift((found,), (full,), AS_OF)
        row = of(found, full.ticker)
        assert row.state is not State.FAILED or str(row.reason).strip()
        assert row.state is State.OK or not found.filings
