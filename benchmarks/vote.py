"""How long reading and voting take, at three sizes: all that stands between the last answer and the stability
map.

Ballots are made by a fixed generator (no chance, no clock in what is measured); the best of five rounds is
printed, because other work on the machine only ever makes a round slower."""

import json
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import cycle

from core.base.gap import Gap
from core.brief.model import AskedName, Brief
from core.jury.ballot import Answer, Finish, Reply, Usage
from core.jury.count import bench
from core.jury.reading import read_ballot
from core.jury.tally import tally_jury
from core.laboratory.derailed import derailed

# (names, ballots, limit in seconds of the vote, limit of reading and vote together). The first and the last
# are the product's; the middle shows how it grows.
SIZES = ((30, 9, 0.050, 0.050), (120, 15, 0.250, 0.250), (500, 31, 1.0, 1.0))
ROUNDS = 5
SAYS = ("add", "hold", "buy", "add", "lighten", "hold", "add", "sell", "abstain", "hold", "add")


def main() -> int:
    """Prints one line per figure; non-zero when one is over its limit."""
    over = 0
    for names, ballots, vote_limit, whole_limit in SIZES:
        brief = _brief(names)
        replies = _replies(brief, ballots)
        answers = _read(brief, replies)
        vote = _best(partial(tally_jury, answers, brief, (), asked=ballots))
        marks = _best(partial(_marks, answers))
        reading = _best(partial(_read, brief, replies))
        over += _line(f"vote, {names} names x {ballots} ballots", vote, vote_limit)
        over += _line(
            f"vote and marks of derailed runs, {names} names x {ballots} ballots", vote + marks, vote_limit
        )
        over += _line(f"read and vote, {names} names x {ballots} ballots", vote + reading, whole_limit)
    return 1 if over else 0


def _marks(answers: tuple[Answer, ...]) -> None:
    derailed(bench(answers), answers)


def _line(name: str, measured: float, limit: float) -> bool:
    late = measured > limit
    print(f"{name} | {1000 * measured:.1f} ms | {1000 * limit:.0f} ms | {'over' if late else 'ok'}")
    return late


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def _brief(names: int) -> Brief:
    weight = (Decimal(96) / names).quantize(Decimal("0.01"))
    asked = tuple(
        AskedName(
            ticker=f"N{place}", held=place % 7 > 0, weight=weight if place % 7 else Decimal(0), fact_ids=()
        )
        for place in range(names)
    )
    cash = 100 - sum((name.weight for name in asked), Decimal(0))
    return Brief(
        system="", user="", schema="", digest="", principles_digest="", names=asked, cash_weight=cash
    )


def _replies(brief: Brief, ballots: int) -> tuple[Reply, ...]:
    unknown = Gap(gap="not measured here")
    usage = Usage(input=unknown, cached_read=unknown, cache_write=unknown, output=unknown, reasoning=unknown)
    # Steps that share no factor with the list's length, so that names and ballots differ from each other.
    says = cycle(SAYS)
    return tuple(
        Reply(
            text=json.dumps(
                {
                    "names": [
                        {
                            "ticker": name.ticker,
                            "facts": [f"{name.ticker}-1"],
                            "reasons_against": [f"Ballot {index} sees a high price."],
                            "reasons_for": ["The order book has grown for three quarters."],
                            "stance": next(says),
                            "target_weight": round(float(name.weight) * (0.6 + (index + place) % 10 / 10), 2),
                        }
                        for place, name in enumerate(brief.names)
                    ],
                    "cash_target_weight": 4.0,
                }
            ),
            finish=Finish.NATURAL,
            finish_raw="stop",
            usage=usage,
            response_id=f"r{index}",
            model="none",
            sampling="none",
            mode="schema",
            first_token_s=0.0,
            seconds=0.0,
        )
        for index in range(ballots)
    )


def _read(brief: Brief, replies: tuple[Reply, ...]) -> tuple[Answer, ...]:
    return tuple(
        Answer(index=index, attempt=1, reply=reply, reading=read_ballot(reply, brief, index=index, attempt=1))
        for index, reply in enumerate(replies)
    )


if __name__ == "__main__":
    raise SystemExit(main())
