"""An experiment's ballots held against plain ones, in sentences: one per effect, each with an interval and
the noise.

Nothing is called an effect that asking the same question again could as well have done, and too few ballots
are said to be too few instead of being read as "no effect".
"""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

from core.base.gap import Gap
from core.jury.ballot import Ballot, Direction, Stance
from core.jury.count import DIRECTIONS
from core.jury.statistics import majority
from core.laboratory.chance import t_975
from core.laboratory.effects import (
    SIGNIFICANT,
    Choices,
    Field,
    Interval,
    Moved,
    Shift,
    beats_noise,
    least_p,
    moved,
    shift,
)
from core.laboratory.result import Effect, Experiment, NameEffect
from core.run import Purpose

# What each experiment changes, as a sentence begins; what the effect is called.
CHANGES: Final[Mapping[Purpose, tuple[str, str]]] = {
    Purpose.ORDER: ("Position", "Shuffling the names"),
    Purpose.FACTS: ("Facts", "Removing all facts"),
    Purpose.BLIND: ("Brand", "Masking names and tickers"),
    # A name that does not depend on its data is ruled on from memory.
    Purpose.MEMORY: ("Data", "Taking away all data"),
}

PLACES: Final = {stance: tuple(Direction).index(direction) for stance, direction in DIRECTIONS.items()}
ABSTAINED: Final = 3
SMALLEST: Final = 1e-6


def trial(purpose: Purpose, plain: Sequence[Ballot], changed: Sequence[Ballot]) -> Experiment | Gap:
    """The effects of `purpose` on the votes. A gap with a sentence when nothing can be compared."""
    if _constant(plain) or _constant(changed):
        return Gap(
            gap="all ballots of one side are identical: no variance measurable, so no effect can be told"
        )
    field = _field(plain, changed)
    result = moved(field)
    if isinstance(result, Gap):
        return result
    what, doing = CHANGES[purpose]
    votes = Shift(
        size=result.size, interval=_around(result, field), noise=result.noise, p_value=result.p_value
    )
    share = f"{doing} moved {written(result.size)} % of the votes beyond what asking again moves"
    effects = [_effect(what, share, votes, field, unit=" %")]
    for figure, said, of_ballots in (
        ("lean", "the balance of up over down votes", _leans),
        ("abstentions", "the share of abstentions", _abstentions),
    ):
        found = shift(of_ballots(plain), of_ballots(changed))
        if not isinstance(found, Gap):
            points = f"{doing} shifted {said} by {_signed(found.size)} points"
            effects.append(_effect(f"{what}, {figure}", points, found, field, unit=""))
    names = _names(field, result)
    depends = tuple(one.ticker for one in names if one.depends)
    return Experiment(
        plain_ballots=field.plain,
        changed_ballots=field.changed,
        effects=tuple(effects),
        names=names,
        depends=depends,
        sentence=_summary(what, field, names, depends),
    )


def _constant(ballots: Sequence[Ballot]) -> bool:
    return len(ballots) > 1 and len({ballot.digest for ballot in ballots}) == 1


def _field(plain: Sequence[Ballot], changed: Sequence[Ballot]) -> Field:
    names: dict[str, list[int]] = {}
    for place, ballot in enumerate((*plain, *changed)):
        for line in ballot.lines:
            choice = PLACES.get(line.stance, ABSTAINED)
            names.setdefault(line.ticker, [0, 0, 0, 0])[choice] |= 1 << place
    return Field(
        plain=len(plain),
        changed=len(changed),
        names={ticker: (up, flat, down, none) for ticker, (up, flat, down, none) in sorted(names.items())},
    )


def _around(result: Moved, field: Field) -> Interval:
    if isinstance(result.error, Gap):
        return result.error
    half = t_975(field.plain + field.changed - 2) * result.error
    return result.size - half, result.size + half


def _effect(what: str, moves: str, found: Shift, field: Field, *, unit: str) -> Effect:
    """`moves` is how its sentence begins; `unit` is that of its figures: a share in percent, or points with a
    sign."""
    real = beats_noise(found.p_value, found.interval)
    low: float | Gap
    high: float | Gap
    if isinstance(found.interval, Gap):
        low = high = found.interval
        between = f"no interval: {found.interval.reason}"
    else:
        low, high = found.interval
        shown = [f"{written(end)}{unit}" if unit else _signed(end) for end in found.interval]
        between = f"95 % interval {shown[0]} to {shown[1]}"
    judged = _judged(real, found.p_value, field)
    return Effect(
        what=what,
        size=found.size,
        low=low,
        high=high,
        noise=found.noise,
        p_value=found.p_value,
        real=real,
        sentence=f"{moves} ({between}; noise alone reaches {written(found.noise)}{unit}): {judged}.",
    )


def _judged(real: bool, p_value: float, field: Field) -> str:
    if real:
        return "an effect"
    if least_p(field.plain, field.changed) > SIGNIFICANT:
        return f"with {field.plain} and {field.changed} ballots no effect could be told from noise"
    if p_value <= SIGNIFICANT:
        return "more than noise, but too uncertain in size to be called an effect"
    return "no more than noise"


def _names(field: Field, result: Moved) -> tuple[NameEffect, ...]:
    found = []
    for ticker, size, p_value in result.names:
        choices = field.names[ticker]
        plain, changed = _split(choices, field)
        found.append(
            NameEffect(
                ticker=ticker,
                plain=plain,
                changed_to=changed,
                size=size,
                p_value=p_value,
                depends=p_value <= SIGNIFICANT,
                changed=_leader(plain) != _leader(changed),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.size, one.ticker)))


def _split(choices: Choices, field: Field) -> tuple[Choices, Choices]:
    up, flat, down, none = ((ballots & field.group).bit_count() for ballots in choices)
    all_up, all_flat, all_down, all_none = (ballots.bit_count() for ballots in choices)
    return (all_up - up, all_flat - flat, all_down - down, all_none - none), (up, flat, down, none)


def _leader(said: Choices) -> int | None:
    votes = said[:3]
    return majority(votes) if sum(votes) else None


def _summary(what: str, field: Field, names: Sequence[NameEffect], depends: Sequence[str]) -> str:
    changed = sum(one.changed for one in names)
    if depends:
        verb = "depends" if len(depends) == 1 else "depend"
        return f"{what}: {', '.join(depends)} {verb} on it; {changed} of {len(names)} verdicts differ in all."
    if least_p(field.plain, field.changed) > SIGNIFICANT:
        return f"{field.plain} and {field.changed} ballots are too few to tell which name depends on it."
    differ = f"{changed} of {len(names)} verdicts differ, as noise does too"
    return f"No name could be shown to depend on it; {differ}."


def _leans(ballots: Sequence[Ballot]) -> list[float]:
    """Per ballot that votes, its up votes less its down votes, as a share of its votes."""
    found = []
    for ballot in ballots:
        said = [DIRECTIONS[line.stance] for line in ballot.lines if line.stance is not Stance.ABSTAIN]
        if said:
            found.append((said.count(Direction.UP) - said.count(Direction.DOWN)) / len(said))
    return found


def _abstentions(ballots: Sequence[Ballot]) -> list[float]:
    return [fmean(line.stance is Stance.ABSTAIN for line in ballot.lines) for ballot in ballots]


def _signed(share: float) -> str:
    return f"+{written(share)}" if share > 0 else written(share)


def written(share: float) -> str:
    """Percent with one decimal, or as many as it takes to tell it from zero: an interval that just excludes
    zero must not be printed as if it began there. Below a millionth of a percent it is the rounding of sums,
    so 0."""
    percent = 100 * share
    if abs(percent) < SMALLEST:
        return "0"
    digits = next(digits for digits in range(1, 8) if round(percent, digits))
    return f"{percent:.{digits}f}"
