"""More votes where they count: juries that end when no call is expected to change, against juries of five.

Each portfolio of thirty names is asked twice, by juries that share no answer; a jury of waves reads its
answers in the order in which they were sampled and ends by the house's own rule. "Opposite" is a name that
one jury adds and the other cuts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.published.rows import SAMPLES, Named, portfolios
from benchmarks.published.writing import percent, table
from core.jury.call import Call, call_of
from core.jury.waves import STOP_SHARE, WAVE, Size, share_of_changes

# The second jury begins in the middle of the answers.
SECOND = SAMPLES // 2
SHARES = (0.10, STOP_SHARE, 0.20)
SIZES = (Size(least=5, most=5), Size(least=3, most=7), Size(least=3, most=9))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ended:
    """A jury on a portfolio: how many ballots it took, and its calls."""

    ballots: int
    calls: tuple[Call, ...]


def waves(named: Sequence[Named]) -> None:
    print("\n### More votes where they count: ballots asked, and what a second jury says")
    lines = []
    for size in SIZES:
        for stop in SHARES if size.least < size.most else (STOP_SHARE,):
            pairs = [
                (_jury(portfolio, 0, size, stop), _jury(portfolio, SECOND, size, stop))
                for portfolio in portfolios(named)
                if all(len(one.said) == SAMPLES for one in portfolio)
            ]
            if not pairs:
                continue
            both = [calls for first, second in pairs for calls in zip(first.calls, second.calls, strict=True)]
            ballots = fmean(one.ballots for pair in pairs for one in pair)
            rule = str(size) if size.least == size.most else f"{size}, stop at {percent(stop)}"
            lines.append(
                [
                    f"{rule} (the rule)" if size.least < size.most and stop == STOP_SHARE else rule,
                    f"{ballots:.1f}",
                    percent(1 - ballots / 5),
                    percent(fmean(before is after for before, after in both)),
                    f"{100 * fmean({before, after} == {Call.ADD, Call.CUT} for before, after in both):.2f}",
                ]
            )
    table(
        ["ballots", "asked on average", "saved against 5", "same call again", "opposite calls per 100"], lines
    )


def _jury(portfolio: Sequence[Named], start: int, size: Size, stop: float) -> _Ended:
    asked = size.least
    while True:
        votes = [found for one in portfolio if (found := one.votes(start, asked)) is not None]
        if asked >= size.most or share_of_changes(votes) <= stop:
            return _Ended(ballots=asked, calls=tuple(call_of(one) for one in votes))
        asked = min(size.most, asked + WAVE)
