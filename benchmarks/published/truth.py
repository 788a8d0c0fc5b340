"""Were steady names right more often, the month after? Months are the unit: stocks of one month move
together."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, stdev

from benchmarks.published.rows import JURY, SAMPLES, STABILITIES, Named, by_model, stability_of
from benchmarks.published.writing import percent, table
from core.jury.verdict import Stability
from core.laboratory.chance import t_975

WORDS = ("right more often", "right less often", "no difference shown", "too few months")


def truth(named: Sequence[Named]) -> list[str]:
    """Prints both tables; returns what each comparison of unanimous with shaky names came to, in one of
    WORDS."""
    outcomes = []
    print("\n### Were steady names right more often, the month after?")
    for relative, title in (
        (False, "the stock rose or fell"),
        (True, "it did better or worse than the median stock"),
    ):
        lines = []
        for model, group in [("all", list(named)), *by_model(named)]:
            hits = _hits(group, relative=relative)
            by_class = {stability: _over_months(hits, (stability,)) for stability in STABILITIES}
            difference, outcome = _difference(hits)
            outcomes.append(outcome)
            lines.append([model, *(by_class[stability] for stability in STABILITIES), difference])
        print(f"\nShare of up and down answers that were right ({title}; 95 % interval over months):")
        table(
            ["model", *(stability.value for stability in STABILITIES), "unanimous less leaning or split"],
            lines,
        )
    return outcomes


def _hits(named: Sequence[Named], *, relative: bool) -> dict[tuple[str, Stability], list[float]]:
    """For each month and class, the share of right up and down answers of each jury of five that gave any."""
    middles = {
        month: median(
            {
                one.row.ticker: one.row.after
                for one in named
                if one.row.month == month and one.row.after is not None
            }.values()
        )
        for month in {one.row.month for one in named if one.row.after is not None}
    }
    found: dict[tuple[str, Stability], list[float]] = {}
    for one in named:
        if one.row.after is None:
            continue
        gain = one.row.after - (middles[one.row.month] if relative else 0.0)
        for start in range(0, SAMPLES - JURY + 1, JURY):
            votes = one.votes(start, JURY)
            if votes is None or gain == 0 or votes[0] + votes[2] == 0:
                continue
            right = votes[0] if gain > 0 else votes[2]
            found.setdefault((one.row.month, stability_of(votes)), []).append(right / (votes[0] + votes[2]))
    return found


def _monthly(hits: dict[tuple[str, Stability], list[float]], kinds: Sequence[Stability]) -> dict[str, float]:
    months = sorted({month for month, _ in hits})
    pooled = {month: [value for kind in kinds for value in hits.get((month, kind), [])] for month in months}
    return {month: fmean(values) for month, values in pooled.items() if values}


def _over_months(hits: dict[tuple[str, Stability], list[float]], kinds: Sequence[Stability]) -> str:
    monthly = list(_monthly(hits, kinds).values())
    if len(monthly) < 2:
        return "too few months"
    return f"{percent(fmean(monthly))} ± {100 * _half(monthly):.1f}"


def _half(values: Sequence[float]) -> float:
    return t_975(len(values) - 1) * stdev(values) / sqrt(len(values))


def _difference(hits: dict[tuple[str, Stability], list[float]]) -> tuple[str, str]:
    steady = _monthly(hits, (Stability.UNANIMOUS,))
    shaky = _monthly(hits, (Stability.LEANING, Stability.SPLIT))
    months = sorted(steady.keys() & shaky.keys())
    values = [steady[month] - shaky[month] for month in months]
    if len(values) < 2:
        return WORDS[3], WORDS[3]
    middle, half = fmean(values), _half(values)
    word = WORDS[0] if middle - half > 0 else WORDS[1] if middle + half < 0 else WORDS[2]
    return f"{100 * middle:+.1f} ± {100 * half:.1f} points: {word}", word
