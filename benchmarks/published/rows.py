"""Published repeated answers as rows, as directions under a band, and as juries that share no answer.

Rows with fewer than ten answers make no two juries of five and are left out; a stock without a return in the
following month has no "after".
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, pstdev, quantiles

from core.jury.call import Votes
from core.jury.verdict import Counts, Stability
from core.jury.vote import quorum, rule

SAMPLES = 30
PORTFOLIO = 30
JURY = 5
STABILITIES = (Stability.UNANIMOUS, Stability.CONSENSUS, Stability.LEANING, Stability.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model's answers on one stock in one month; `after` is the stock's return in the month after the
    question."""

    model: str
    month: str
    ticker: str
    answers: tuple[float, ...]
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A row whose answers have become directions: 0 up, 1 flat, 2 down."""

    row: Row
    said: tuple[int, ...]

    def votes(self, start: int, size: int) -> Votes | None:
        part = self.said[start : start + size]
        return (part.count(0), part.count(1), part.count(2)) if len(part) == size else None


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    returns = {
        (line["ticker"], line["month"]): float(line["month_return_pct"])
        for line in raw
        if line["month_return_pct"]
    }
    months = sorted({line["month"] for line in raw})
    following = dict(pairwise(months))
    columns = [f"sample_{number:02}_pct" for number in range(1, SAMPLES + 1)]
    return [
        Row(
            model=line["model"],
            month=line["month"],
            ticker=line["ticker"],
            answers=tuple(float(line[column]) for column in columns if line[column]),
            after=returns.get((line["ticker"], following.get(line["month"], ""))),
        )
        for line in sorted(raw, key=lambda line: (line["model"], line["month"], line["ticker"]))
        if sum(bool(line[column]) for column in columns) >= 2 * JURY
    ]


def zero_band(rows: Sequence[Row]) -> list[Named]:
    return [_named(row, 0.0, 0.0) for row in rows]


def half_deviation(rows: Sequence[Row]) -> list[Named]:
    named = []
    for group in _juries(rows):
        band = 0.5 * _deviation([fmean(one.answers) for one in group])
        named += [_named(row, 0.0, band) for row in group]
    return named


def around_the_median(rows: Sequence[Row]) -> list[Named]:
    named = []
    for group in _juries(rows):
        means = [fmean(one.answers) for one in group]
        centre, band = median(means), 0.5 * _deviation(means)
        named += [_named(row, centre, band) for row in group]
    return named


def banded(rows: Sequence[Row], band: Callable[[list[float]], tuple[float, float]]) -> list[Named]:
    """Directions by another band: `band` gives (centre, half width) from the mean answers of a model's
    month."""
    return [
        _named(row, *given)
        for group in _juries(rows)
        for given in [band([fmean(one.answers) for one in group])]
        for row in group
    ]


def _deviation(values: Sequence[float]) -> float:
    """The spread across stocks as quartile distance / 1.349 (a deviation for normal values). One model
    answers some stocks with hundreds of percent a day: an ordinary deviation would make all its answers
    flat."""
    if len(values) < 2:
        return 0.0
    low, _, high = quantiles(values, n=4)
    return (high - low) / 1.349


BANDS: tuple[tuple[str, Callable[[Sequence[Row]], list[Named]]], ...] = (
    ("none (above zero is up)", zero_band),
    ("half the month's deviation across stocks, around zero", half_deviation),
    (
        "half the month's deviation across stocks, around the model's own median of the month",
        around_the_median,
    ),
)


# How much of the skill is the band's doing: beside the three, what else "flat" could mean.
OTHER_BANDS: tuple[tuple[str, Callable[[list[float]], tuple[float, float]]], ...] = (
    ("0.1 % a day, around zero", lambda _means: (0.0, 0.1)),
    ("0.25 % a day, around zero", lambda _means: (0.0, 0.25)),
    ("half an ordinary deviation, around zero", lambda means: (0.0, 0.5 * pstdev(means))),
    ("a whole quartile deviation, around zero", lambda means: (0.0, _deviation(means))),
    ("half an ordinary deviation, around the mean", lambda means: (fmean(means), 0.5 * pstdev(means))),
    ("a whole quartile deviation, around the median", lambda means: (median(means), _deviation(means))),
)


def _juries(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """All stocks of one model in one month."""
    keys = sorted({(row.model, row.month) for row in rows})
    for key in keys:
        yield [row for row in rows if (row.model, row.month) == key]


def _named(row: Row, centre: float, band: float) -> Named:
    said = tuple(0 if value > centre + band else 2 if value < centre - band else 1 for value in row.answers)
    return Named(row=row, said=said)


def by_model(named: Sequence[Named]) -> list[tuple[str, list[Named]]]:
    models = sorted({one.row.model for one in named})
    return [(model, [one for one in named if one.row.model == model]) for model in models]


def portfolios(named: Sequence[Named]) -> Iterator[list[Named]]:
    """Thirty names of one model and month, in the order of their tickers."""
    groups: dict[tuple[str, str], list[Named]] = {}
    for one in named:
        groups.setdefault((one.row.model, one.row.month), []).append(one)
    for group in groups.values():
        for start in range(0, len(group), PORTFOLIO):
            yield group[start : start + PORTFOLIO]


def pairs(one: Named, size: int) -> Iterator[tuple[Votes, Votes]]:
    """Two juries of `size` after one another, as often as the answers allow, none shared."""
    for start in range(0, SAMPLES - 2 * size + 1, 2 * size):
        first, second = one.votes(start, size), one.votes(start + size, size)
        if first is not None and second is not None:
            yield first, second


def stability_of(votes: Votes) -> Stability:
    counts = Counts(buy=0, add=votes[0], hold=votes[1], lighten=votes[2], sell=0, abstain=0, missing=0)
    return rule(counts, needed=quorum(sum(votes)), constant=False).stability
