"""The whole vote a second time, written from the words of the product with fractions, and held against the
first."""

import random
from fractions import Fraction
from statistics import median
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.gap import Gap
from core.brief.model import Brief
from core.jury.ballot import Ballot
from core.jury.tally import tally_jury
from tests.core.jury.juries import asked, brief, cast, line, reply, spoiled, written

SIDES = {"buy": "up", "add": "up", "hold": "flat", "lighten": "down", "sell": "down"}
MILD = {"up": ("buy", "add"), "down": ("sell", "lighten")}


class Opinion(NamedTuple):
    verdicts: dict[str, tuple[str, str | None]]
    targets: dict[str, Fraction]
    cash: Fraction
    sums: list[Fraction | None]


def second_opinion(question: Brief, ballots: list[dict[str, tuple[str, str]]], asked_for: int) -> Opinion:
    """`ballots`: ticker -> (stance, weight) with the weight of cash under ""; names may be missing."""
    needed = max(3, -(-2 * asked_for // 3))
    weights = {name.ticker: Fraction(name.weight) for name in question.names}
    held = {name.ticker: name.held for name in question.names}
    sums: list[Fraction | None] = []
    for ballot in ballots:
        whole = Fraction(ballot[""][1])
        for ticker in weights:
            if ticker in ballot:
                stance, weight = ballot[ticker]
                lost = stance == "abstain" or (not held[ticker] and stance in ("lighten", "sell"))
                whole += weights[ticker] if lost else Fraction(weight)
        sums.append(whole if all(ticker in ballot for ticker in weights) else None)
    rough = any(whole is not None and abs(whole - 100) > 10 for whole in sums)
    verdicts: dict[str, tuple[str, str | None]] = {}
    targets: dict[str, Fraction] = {}
    for ticker, current in weights.items():
        said = [
            (ballot[ticker][0], Fraction(ballot[ticker][1]), whole)
            for ballot, whole in zip(ballots, sums, strict=True)
            if ticker in ballot
            and ballot[ticker][0] != "abstain"
            and (held[ticker] or ballot[ticker][0] not in ("lighten", "sell"))
        ]
        sides = [SIDES[stance] for stance, _, _ in said]
        best = max(("up", "flat", "down"), key=sides.count)
        share = Fraction(sides.count(best), len(said)) if said else Fraction(0)
        targets[ticker] = current
        if len(said) < needed:
            verdicts[ticker] = ("no quorum", None)
            continue
        if share <= Fraction(1, 2):
            verdicts[ticker] = ("split", None)
            continue
        if best == "flat":
            action = "hold"
        else:
            strong, mild = MILD[best]
            stances = [stance for stance, _, _ in said]
            action = strong if stances.count(strong) > stances.count(mild) else mild
        word = "unanimous" if share == 1 else "consensus" if share >= Fraction(8, 10) else "leaning"
        verdicts[ticker] = (word, action)
        shares = sorted(
            100 * weight / whole
            for stance, weight, whole in said
            if SIDES[stance] == best
            and whole is not None
            and not (best == "up" and 100 * weight / whole < current)
            and not (best == "down" and 100 * weight / whole > current)
        )
        if word in ("unanimous", "consensus") and best != "flat" and shares:
            kept = shares[1:-1]
            targets[ticker] = (
                median(shares) if rough or len(shares) < 4 else sum(kept, Fraction(0)) / len(kept)
            )
    cash = 100 - sum(targets.values(), Fraction(0))
    grown = sum(
        (targets[ticker] - current for ticker, current in weights.items() if targets[ticker] > current),
        Fraction(0),
    )
    if cash < 0:
        factor = (grown + cash) / grown
        for ticker, current in weights.items():
            if targets[ticker] > current:
                targets[ticker] = current + (targets[ticker] - current) * factor
        cash = Fraction(0)
    return Opinion(verdicts, targets, cash, sums)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 9))
def test_two_implementations_of_the_vote_agree_on_random_juries(seed: int, size: int) -> None:
    chance = random.Random(seed)
    current = [chance.choice(["0", "2.5", "7", "10", "15"]) for _ in range(10)]
    scale = 1 if sum(map(float, current)) <= 100 else 2
    question = brief(
        *(
            asked(f"N{place}", str(float(weight) / scale), held=float(weight) > 0 or place % 2 == 0)
            for place, weight in enumerate(current)
        )
    )
    mood = {
        name.ticker: chance.choice(["buy", "add", "hold", "lighten", "sell", "abstain"])
        for name in question.names
    }
    ballots, answers = [], []
    for index in range(size):
        if chance.random() < 0.1:
            answers.append(spoiled(index))
            continue
        ballot = {"": ("", str(chance.choice([0, 2, 5, 10])))}
        for name in question.names:
            stance = mood[name.ticker] if chance.random() < 0.8 else chance.choice([*SIDES, "abstain"])
            factor = {"up": 1.6, "down": 0.5}.get(SIDES.get(stance, ""), 1.0) * chance.uniform(0.8, 1.3)
            ballot[name.ticker] = (
                stance,
                str(round(float(name.weight) * factor + (SIDES.get(stance) == "up"), 2)),
            )
        if chance.random() < 0.15:
            del ballot[chance.choice(question.names).ticker]
        ballots.append(ballot)
        lines = [
            line(ticker, stance, float(weight), reasons_for=[str(index)])
            for ticker, (stance, weight) in ballot.items()
            if ticker
        ]
        answers.append(cast(question, reply(written(lines, float(ballot[""][1]))), index))
        assert isinstance(answers[-1].reading, Ballot)
    chance.shuffle(answers)

    stability = tally_jury(tuple(answers), question, (), asked=size)

    other = second_opinion(question, ballots, size)
    for verdict in stability.verdicts:
        action = None if isinstance(verdict.action, Gap) else verdict.action.value
        assert (verdict.stability.value, action) == other.verdicts[verdict.ticker]
        assert float(verdict.target_weight) == pytest.approx(float(other.targets[verdict.ticker]), abs=2e-4)
    assert float(stability.cash_target_weight) == pytest.approx(float(other.cash), abs=2e-3)
    whole = [None if isinstance(one.raw_sum, Gap) else Fraction(one.raw_sum) for one in stability.runs]
    assert whole == other.sums
