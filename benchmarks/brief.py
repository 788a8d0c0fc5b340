"""A snapshot of 500 names becomes a brief in under 100 ms; growth at three sizes.

The snapshot is the demo's own, frozen from the recorded day through the real adapters, its dossiers repeated under invented
tickers until there are enough, each with six facts of its own wording: the work depends on how much there is, not on whose it
is. What cleaning remembers is forgotten before each measurement. The canonical digest is measured beside it, because every
freeze and every snapshot file pays for it.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from core.brief.render import FACTS_PER_NAME, render
from core.facts.cleaning import clean
from core.facts.fact import Fact
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Dossier, Snapshot

SIZES = (125, 250, 500)
LIMIT_MS = 100.0
# Twice the names may take up to three times as long: above that the growth would no longer be linear with some noise.
GROWTH_LIMIT = 3.0
BEST_OF = 7


def main() -> int:
    snapshot, principles = asyncio.run(_demo())
    snapshots = [repeated(snapshot, size) for size in SIZES]
    rendered = [_best(partial(render, one, principles)) for one in snapshots]
    digested = [_best(partial(snapshot_digest, one)) for one in snapshots]
    over = _table("brief", rendered, LIMIT_MS)
    _table("canonical digest of the snapshot", digested, None)
    length = len(render(snapshots[-1], principles).user)
    print(f"length of the brief of {SIZES[-1]} names | {length} characters | - | ok")
    for name, figures in (("brief", rendered), ("digest", digested)):
        for small, large, first, second in zip(SIZES, SIZES[1:], figures, figures[1:], strict=False):
            growth = second / first
            over |= growth > GROWTH_LIMIT
            verdict = "over" if growth > GROWTH_LIMIT else "ok"
            print(
                f"{name} growth {small} to {large} | {growth:.2f} times | {GROWTH_LIMIT:g} times | {verdict}"
            )
    return int(over)


def repeated(snapshot: Snapshot, size: int) -> Snapshot:
    """`snapshot` with `size` dossiers, each with as many facts as a brief shows."""
    facts = tuple(fact for dossier in snapshot.dossiers for fact in dossier.facts)
    many = islice(cycle(snapshot.dossiers), size)
    return replace(
        snapshot, dossiers=tuple(_renamed(one, f"N{number:03d}", facts) for number, one in enumerate(many))
    )


def _renamed(dossier: Dossier, ticker: str, facts: tuple[Fact, ...]) -> Dossier:
    own = [*dossier.facts, *facts][:FACTS_PER_NAME]
    return replace(
        dossier,
        ticker=ticker,
        name=f"{dossier.name} {ticker}",
        facts=tuple(
            replace(fact, id=f"{ticker}-{number}", ticker=ticker) for number, fact in enumerate(own, 1)
        ),
    )


async def _demo() -> tuple[Snapshot, str]:
    from bot.app.house import open_engine
    from bot.settings import load

    with TemporaryDirectory() as folder:
        # The rehearsal jury and a ledger of its own, whatever stands in this machine's settings.
        os.environ["DATABASE"], os.environ["MODEL"] = str(Path(folder) / "brief.sqlite"), "rehearsal"
        async with open_engine(load(), demo=True) as engine:
            return await engine.freeze(), engine.terms.principles


def _best(work: Callable[[], object]) -> float:
    """Milliseconds."""
    best = float("inf")
    for _ in range(BEST_OF):
        clean.cache_clear()
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def _table(name: str, figures: list[float], limit: float | None) -> bool:
    over = limit is not None and figures[-1] > limit
    for size, took in zip(SIZES, figures, strict=True):
        shown = f"{limit:g} ms" if limit is not None and size == SIZES[-1] else "-"
        print(
            f"{name}, {size} names | {took:.1f} ms | {shown} | {'over' if over and size == SIZES[-1] else 'ok'}"
        )
    return over


if __name__ == "__main__":
    sys.exit(main())
