"""A snapshot of 500 names becomes a brief in under 100 ms; growth at three sizes.

The snapshot is the demo's own, frozen from the recorded day through the real adapters, its dossiers repeated
under invented tickers until there are enough, each with six facts of its own wording: the work depends on how
much there is, not on whose it is. What cleaning remembers is forgotten before each measurement. The canonical
digest is measured beside it, because every freeze and every snapshot file pays for it.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.brief import ALL, CHARACTERS_PER_TOKEN, parts
from core.brief.model import Brief
from core.brief.render import FACTS_PER_NAME, render
from core.brief.schema import MOST_REASONS, MOST_WORDS
from core.facts.cleaning import clean
from core.facts.fact import Authority, Excerpt, Fact
from core.jury.waves import FEWEST
from core.snapshot.codec import snapshot_digest
from core.snapshot.model import Dossier, Snapshot
from providers.models.prices import BALLOTS, PRICED_ON, TOKENS_OUT, ListPrices

SIZES = (125, 250, 500)
LIMIT_MS = 100.0
# Characters over 3.6; a real tokenizer counted 20,911 for the first version's brief of the same day.
TOKENS_LIMIT, FIRST_VERSION = 14_000, 20_911
EXCERPT = 220
# Of the first version's price, in the classes that a monthly report can use.
PRICE_LIMIT = Decimal("0.4")
# Twice the names may take up to three times as long: above that the growth would no longer be linear with
# some noise.
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
    tokens = parts(render(snapshot, principles))[ALL]
    fine = tokens <= TOKENS_LIMIT
    over |= not fine
    verdict = "ok" if fine else "over"
    print(f"tokens in of the demo's {len(snapshot.dossiers)} names | {tokens} | {TOKENS_LIMIT} | {verdict}")
    quoted = parts(render(_quoted(snapshot), principles))[ALL]
    over |= quoted > TOKENS_LIMIT
    verdict = "ok" if quoted <= TOKENS_LIMIT else "over"
    print(
        f"the same, {EXCERPT} characters quoted at each official fact | {quoted} | {TOKENS_LIMIT} | {verdict}"
    )
    priced, dear = prices(render(snapshot, principles))
    over |= dear
    print(priced)
    for name, figures in (("brief", rendered), ("digest", digested)):
        for small, large, first, second in zip(SIZES, SIZES[1:], figures, figures[1:], strict=False):
            growth = second / first
            over |= growth > GROWTH_LIMIT
            verdict = "over" if growth > GROWTH_LIMIT else "ok"
            print(
                f"{name} growth {small} to {large} | {growth:.2f} times | {GROWTH_LIMIT:g} times | {verdict}"
            )
    return int(over)


def _quoted(snapshot: Snapshot) -> Snapshot:
    """Every official fact with an excerpt as long as they usually are."""
    quote = Excerpt(
        text=("The board appointed a new chief financial officer, who joins in May. " * 4)[:EXCERPT],
        document="d",
        offset=0,
    )
    return replace(
        snapshot,
        dossiers=tuple(
            replace(
                one,
                facts=tuple(
                    replace(fact, excerpt=quote) if fact.authority is Authority.OFFICIAL else fact
                    for fact in one.facts
                ),
            )
            for one in snapshot.dossiers
        ),
    )


def answer_tokens(brief: Brief, reasons: int) -> int:
    """Tokens of an answer on every name that cites the most that could be cited and gives so many reasons a
    side, each as long as the form allows, in the brief's own words. Thinking is not in it."""
    words = [word for word in brief.system.split() if word.isalpha()]

    def sides(start: int) -> list[str]:
        at = [(start + place * MOST_WORDS) % (len(words) - MOST_WORDS) for place in range(reasons)]
        return [" ".join(words[place : place + MOST_WORDS]) + "." for place in at]

    lines = [
        {"ticker": name.ticker, "facts": list(name.fact_ids), "reasons_against": sides(7 * place),
         "reasons_for": sides(7 * place + 40), "stance": "lighten", "target_weight": 3.45}
        for place, name in enumerate(brief.names)
    ]  # fmt: skip
    text = json.dumps({"names": lines, "cash_target_weight": 4.5})
    return round(len(text) / CHARACTERS_PER_TOKEN)


def prices(brief: Brief) -> tuple[str, bool]:
    """What a report of the demo costs by price class, beside the first version's (whose answers had no limit;
    6,000 tokens are an assumption), with the longest answer that the form allows. And whether one is over its
    limit."""
    made, day, tokens, bad = ListPrices(), PRICED_ON, parts(brief)[ALL], False
    longest, usual = (answer_tokens(brief, reasons) for reasons in (MOST_REASONS, 1))
    lines = [f"tokens of an answer, two reasons a side | {longest} | - | ok",
             f"tokens of an answer, one reason a side | {usual} | - | ok"]  # fmt: skip
    for model, tiers in (
        ("anthropic:claude-sonnet-5-5", ("standard", "batch")),
        ("openai:gpt-6.1-sol", ("standard", "flex", "batch")),
    ):
        first = made.estimate(
            model, input_tokens=FIRST_VERSION, output_tokens=TOKENS_OUT, ballots=BALLOTS, day=day
        )
        for tier, ballots, out in product(tiers, (BALLOTS, FEWEST), (longest, usual)):
            cost = made.estimate(
                model, input_tokens=tokens, output_tokens=out, ballots=ballots, day=day, tier=tier
            )
            assert isinstance(first, Decimal)
            assert isinstance(cost, Decimal)
            share, limit = cost / first, PRICE_LIMIT if tier != "standard" else None
            over = limit is not None and share > limit
            bad |= over
            lines.append(
                f"price of a report, {model}, {tier}, {ballots} ballots of {out} tokens, in the first's | "
                f"{share:.2f} | {limit or '-'} | {'over' if over else 'ok'}"
            )
    return "\n".join(lines), bad


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
            f"{name}, {size} names | {took:.1f} ms | {shown} | "
            f"{'over' if over and size == SIZES[-1] else 'ok'}"
        )
    return over


if __name__ == "__main__":
    sys.exit(main())
