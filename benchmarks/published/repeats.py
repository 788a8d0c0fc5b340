"""Does a call repeat, and does the repeat probability say so? And what do more answers buy?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum
from statistics import fmean

from benchmarks.published.rows import (
    JURY,
    OTHER_BANDS,
    SAMPLES,
    STABILITIES,
    Named,
    Row,
    banded,
    by_model,
    pairs,
    portfolios,
    stability_of,
)
from benchmarks.published.writing import percent, table
from core.jury.call import Votes, call_of
from core.jury.statistics import JEFFREYS, agreement, base_rate, majority, prior, repeat_probability
from core.jury.verdict import BaseRate

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
SIZES = (3, 5, 9, 15)


def bias(named: Sequence[Named]) -> None:
    print("\n### Stability without any information: the base rate of each model (all 30 answers)")
    lines = []
    for model, group in by_model(named):
        votes = [(one.said.count(0), one.said.count(1), one.said.count(2)) for one in group]
        rate, agree = base_rate(votes), agreement(votes)
        five = [first for one in group for first, _ in pairs(one, JURY)]
        unanimous = fmean(max(each) == JURY for each in five)
        if isinstance(rate, BaseRate) and isinstance(agree, float):
            shares = [percent(share) for share in (rate.up, rate.flat, rate.down)]
            lines.append([model, *shares, f"{agree:.2f}", percent(unanimous)])
    table(["model", "up", "flat", "down", "agreement", "unanimous at N=5"], lines)


def _forecasts(named: Sequence[Named], *, pooled: bool) -> list[tuple[float, bool]]:
    """(predicted, came true) for each name of each jury of five, predicted from that jury's portfolio
    alone."""
    found = []
    for portfolio in portfolios(named):
        for start in range(0, SAMPLES - 2 * JURY + 1, 2 * JURY):
            both = [(one.votes(start, JURY), one.votes(start + JURY, JURY)) for one in portfolio]
            juries = [(first, second) for first, second in both if first is not None and second is not None]
            alpha = prior(first for first, _ in juries).alpha if pooled else JEFFREYS
            found += [
                (repeat_probability(first, alpha), call_of(first) is call_of(second))
                for first, second in juries
            ]
    return found


def _brier(forecasts: Sequence[tuple[float, bool]]) -> float:
    return fmean((predicted - came) ** 2 for predicted, came in forecasts)


def _skill(forecasts: Sequence[tuple[float, bool]]) -> float | None:
    """1 − Brier / Brier of always saying the rate that was observed in the end: a flat forecast has no
    skill."""
    rate = fmean(came for _, came in forecasts)
    flat = rate * (1 - rate)
    return None if flat == 0 else 1 - _brier(forecasts) / flat


def _calibration_error(forecasts: Sequence[tuple[float, bool]]) -> float:
    return fsum(
        len(group) * abs(fmean(predicted for predicted, _ in group) - fmean(came for _, came in group))
        for _, group in _binned(forecasts)
    ) / len(forecasts)


def _binned(forecasts: Sequence[tuple[float, bool]]) -> Iterator[tuple[str, list[tuple[float, bool]]]]:
    for low, high in pairwise(BINS):
        group = [one for one in forecasts if low <= one[0] < high or (high == BINS[-1] and one[0] == high)]
        if group:
            yield f"{low:.2f} to {high:.2f}", group


def calibration(named: Sequence[Named]) -> None:
    print(
        "\n### Does the repeat probability hold? The call of one jury of five against another, no answer "
        "shared"
    )
    pooled = {model: _forecasts(group, pooled=True) for model, group in by_model(named)}
    fixed = {model: _forecasts(group, pooled=False) for model, group in by_model(named)}
    every = [one for forecasts in pooled.values() for one in forecasts]
    table(
        ["predicted", "cases", "mean predicted", "observed"],
        [
            [
                label,
                str(len(group)),
                percent(fmean(p for p, _ in group)),
                percent(fmean(came for _, came in group)),
            ]
            for label, group in _binned(every)
        ],
    )
    lines = [_scored("all", every, [one for forecasts in fixed.values() for one in forecasts])]
    lines += [_scored(model, pooled[model], fixed[model]) for model in pooled]
    table(
        [
            "model",
            "same call again",
            "Brier",
            "skill over base rate",
            "calibration error",
            "skill, Jeffreys",
            "error, Jeffreys",
        ],
        lines,
    )


def other_bands(rows: Sequence[Row]) -> None:
    """The same forecast under other meanings of "flat": how skill goes with how often a call comes again at
    all."""
    print("\n## The repeat probability under other bands")
    lines = []
    for label, band in OTHER_BANDS:
        named = [_forecasts(group, pooled=True) for _model, group in by_model(banded(rows, band))]
        every = [one for forecasts in named for one in forecasts]
        again = percent(fmean(came for _, came in every))
        lines.append([label, again, _signed(_skill(every)), f"{_calibration_error(every):.3f}"])
    table(["band", "same call again", "skill over base rate", "calibration error"], lines)


def _scored(
    model: str, pooled: Sequence[tuple[float, bool]], fixed: Sequence[tuple[float, bool]]
) -> list[str]:
    return [
        model,
        percent(fmean(came for _, came in pooled)),
        f"{_brier(pooled):.4f}",
        _signed(_skill(pooled)),
        f"{_calibration_error(pooled):.3f}",
        _signed(_skill(fixed)),
        f"{_calibration_error(fixed):.3f}",
    ]


def _signed(value: float | None) -> str:
    return "none (all repeated)" if value is None else f"{value:+.3f}"


def classes(named: Sequence[Named]) -> None:
    print("\n### How often each verdict of N=5 repeats at N=5")
    lines = []
    for model, group in [("all", list(named)), *by_model(named)]:
        repeated = [pair for one in group for pair in pairs(one, JURY)]
        for stability in STABILITIES:
            mine = [(first, second) for first, second in repeated if stability_of(first) is stability]
            if not mine:
                continue
            same = fmean(
                stability_of(second) is stability and majority(second) == majority(first)
                for first, second in mine
            )
            direction = fmean(majority(second) == majority(first) for first, second in mine)
            reverse = fmean({majority(first), majority(second)} == {0, 2} for first, second in mine)
            lines.append(
                [model, stability.value, str(len(mine)), percent(same), percent(direction), percent(reverse)]
            )
    table(
        ["model", "verdict", "cases", "same verdict again", "same direction again", "up and down swapped"],
        lines,
    )


def rules(named: Sequence[Named]) -> None:
    print("\n### What four of five buys against three of five (per 100 names, two independent juries)")
    needs = (("one answer", 1, 1), ("3 of 5", 5, 3), ("4 of 5", 5, 4), ("5 of 5", 5, 5))
    lines = []
    for title, size, need in needs:
        acted = changed = swapped = right = cases = 0
        for one in named:
            whole = majority((one.said.count(0), one.said.count(1), one.said.count(2)))
            for first, second in pairs(one, size):
                before, after = _action(first, need), _action(second, need)
                cases += 1
                acted += before is not None
                changed += before != after
                swapped += before is not None and after is not None and before != after
                right += before is not None and before == whole
        lines.append(
            [
                title,
                f"{100 * acted / cases:.1f}",
                f"{100 * changed / cases:.1f}",
                f"{100 * swapped / cases:.2f}",
                percent(right / acted) if acted else "never acted",
            ]
        )
    table(["rule", "acts on", "action changes", "up and down swapped", "is the majority of all 30"], lines)


def _action(votes: Votes, need: int) -> int | None:
    """Up (0) or down (2) with at least `need` votes; None is to do nothing."""
    return next((place for place in (0, 2) if votes[place] >= need), None)


def sizes(named: Sequence[Named]) -> None:
    print("\n### What more answers buy: agreement does not depend on N, the share of unanimous names does")
    lines = []
    for size in SIZES:
        repeated = [pair for one in named for pair in pairs(one, size)]
        if not repeated:
            continue
        agree = agreement(first for first, _ in repeated)
        lines.append(
            [
                str(size),
                f"{agree:.3f}" if isinstance(agree, float) else agree.reason,
                percent(fmean(max(first) == size for first, _ in repeated)),
                percent(fmean(majority(first) == majority(second) for first, second in repeated)),
            ]
        )
    table(["N", "agreement", "unanimous", "direction (or split) repeats"], lines)
